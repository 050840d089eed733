"""What a command would change: said to the seat that asks, stored nowhere, noticed by nobody."""

from makersphere_rules import engine, shipped
from makersphere_rules.dice import SeededDice
from makersphere_server.room.shown import preview
from tests.server.rig.fakes import Rig, code


async def test_a_preview_shows_what_would_change(rig: Rig) -> None:
    """It has the table, hand and log that the command would bring this seat."""
    host, ann = await rig.started()
    await rig.pass_ms(100)
    before = len(host.connection.sent), len(await rig.log.read(host.room))
    result = await ann.preview("count", by=4)
    assert result.ok
    assert result.preview == {
        "table": {"count": {"1": {"seat": 1, "count": 4}}, "tally": {"total": 4, "last": 1}},
        "log": [{"text": "counted", "seq": (result.seq or 0) + 1, "values": {"seat": 1, "by": 4, "total": 4}}],
    }
    await rig.pass_ms(100)
    assert (len(host.connection.sent), len(await rig.log.read(host.room))) == before
    ann.read()
    assert "tally" not in ann.table


async def test_a_preview_is_refused_as_the_command_would_be(rig: Rig) -> None:
    """A refusal is part of what one asks for."""
    _, ann = await rig.started()
    assert code(await ann.preview("count", by=99)) == "bad_args"
    assert code(await ann.preview("fly")) == "unknown_command"
    assert (await ann.preview("ready", ready=True)).preview == {"table": {"seat": {"1": {"ready": True}}}}


async def test_who_plans_while_the_room_is_paused_is_shown_what_would_come_of_it(rig: Rig) -> None:
    """A preview stores nothing, so it needs no clock; the command itself waits."""
    host, ann = await rig.started()
    await host.command("host.pause")
    assert (await ann.preview("count", by=1)).ok
    assert code(await ann.command("count", by=1)) == "paused"


async def test_what_rests_on_another_hand_is_not_previewed() -> None:
    """An exchange teaches only if the other's skill is higher, which it may have studied in secret just now."""
    state = engine.new(shipped.scenario("quickstart"), SeededDice(b"p" * 32), 6)
    engine.step(state, engine.ROOM, engine.Order("start"))
    while state.game.phase != "exchange":
        engine.step(state, engine.ROOM, engine.Order("close"))

    assert not preview._may_be_shown(state, "answer")
    assert preview._may_be_shown(state, "study")
