"""Going back to the start of a phase: nothing is erased, and everything is as it was then."""

from copy import deepcopy
from typing import Any

from makersphere_protocol.codec import encode
from makersphere_protocol.messages import Command, Options
from makersphere_rules.state import State
from makersphere_rules.written.notation import state_hash
from makersphere_server.afterwards.verify import Report, verify_room
from makersphere_server.room.commands.founded_rules import scenario_of
from makersphere_server.room.commands.reopening import reopen
from makersphere_server.room.model.log.timeline import replayed
from makersphere_server.storage.event_log import Record
from tests.server.rig.fakes import Client, Rig, code


async def _now(client: Client) -> Client:
    await client.rig.pass_ms(1_100)  # hands of seats that nothing happened to are looked at once a second
    client.read()
    return client


async def _checked(rig: Rig, room: str) -> Report:
    row = next(row for row in await rig.log.rooms() if row.room == room)
    report = verify_room(row, await rig.log.read(room))
    assert report.is_right, report
    return report


async def _state(rig: Rig, room: str, records: list[Record]) -> State:
    row = next(row for row in await rig.log.rooms() if row.room == room)
    return await replayed(row, scenario_of(row), records)


def _seen(client: Client) -> tuple[Any, Any]:
    """Return table and hand, but for the clock, which goes on."""
    parts = (deepcopy(client.table), deepcopy(client.hand))  # which patches change in place
    for tree in parts:
        tree.pop("clock", None)
    return parts


async def test_everything_is_as_it_was(rig: Rig) -> None:
    """Tables and hands are those of the start of the phase, told by patches and told anew; the log only grows."""
    host, ann = await rig.started("two")
    ben = await rig.join(host.room, "Ben")
    assert (await ann.command("count", by=2)).ok
    assert (await host.command("host.advance")).ok
    then = [_seen(await _now(client)) for client in (ann, ben, host)]
    assert (await ben.command("count", by=5)).ok
    assert (await ann.command("ready", ready=True)).ok
    for _ in range(2):
        assert (await host.command("host.advance")).ok
    before = await rig.log.read(host.room)
    result = await host.command("host.rewind", season=1, phase="second")
    assert result.seq == len(before) + 1
    assert [_seen(await _now(client)) for client in (ann, ben, host)] == then
    records = await rig.log.read(host.room)
    assert records[: len(before)] == before
    assert (ann.lines()[-1].text, ann.lines()[-1].values) == ("rewound", {"season": 1, "phase": "second"})
    for client in (ann, ben, host):
        await client.resume(fresh=True)
    assert [_seen(client) for client in (ann, ben, host)] == then


async def test_the_log_verifies_and_a_restart_is_there_too(rig: Rig) -> None:
    """Also after going back twice, and on over what was played before."""
    host, ann = await rig.started("classroom", 6)
    for season, phase, steps in ((1, "exchange", 4), (1, "admission", 3), (1, "exchange", 1)):
        for _ in range(steps):
            assert (await host.command("host.advance")).ok
        assert (await host.command("host.rewind", season=season, phase=phase)).ok
        assert (await _now(ann)).table["game"]["phase"] == phase
        records = await rig.log.read(host.room)
        report = await _checked(rig, host.room)
        assert report.records == len(records)
        assert report.state_hash == state_hash(await _state(rig, host.room, records))
    seen = [_seen(await _now(client)) for client in (ann, host)]
    await rig.kill()
    await rig.start()
    for client in (ann, host):
        await client.resume(fresh=True)
    assert [_seen(await _now(client)) for client in (ann, host)] == seen


async def test_the_same_dice_fall_again() -> None:
    """The same bots in the same seats play the very same phase again, to the last draw."""
    rig = await Rig(bots="standard").start()
    host = await rig.create("classroom", options=Options(seats=6, pace="host"))
    assert (await host.command("host.start")).ok
    played = [await _close(rig, host) for _ in range(8)]
    assert host.table["game"]["season"] == 2
    assert (await host.command("host.rewind", season=1, phase="incubation")).ok
    again = [await _close(rig, host) for _ in range(4)]
    assert again == played[4:]
    assert b'"drawn"' in again[-1][-1][-1]  # the walk of demand and two cards
    await _checked(rig, host.room)
    await rig.stop()


async def _close(rig: Rig, host: Client) -> list[tuple[Any, ...]]:
    """Let the bots play a phase, close it, and return what they did and what came of it, whoever was first."""
    before = len(await rig.log.read(host.room))
    await rig.pass_ms(2_000)
    assert (await host.command("host.advance")).ok
    await _now(host)
    records = (await rig.log.read(host.room))[before:]
    closing = next(number for number, record in enumerate(records) if b"host.advance" in record.command)
    moves = sorted((record.actor, record.command, record.events) for record in records[:closing])
    return [*moves, (records[closing].events,)]


async def test_accepted_ids_stay_accepted(rig: Rig) -> None:
    """What was done before the rewind is answered again and not done again."""
    host, ann = await rig.started("two")
    first = await ann.command("count", "mine", by=2)
    assert (await host.command("host.rewind", "back", season=1, phase="first")).ok
    assert (await ann.command("count", "mine", by=2)).seq == first.seq
    assert (await host.command("host.rewind", "back", season=1, phase="first")).ok
    ids = [record.command_id for record in await rig.log.read(host.room)]
    assert (ids.count("mine"), ids.count("back")) == (1, 1)
    assert (await _now(ann)).table["seat"]["1"]["ready"] is False


async def test_where_nobody_has_been(rig: Rig) -> None:
    """A phase that has not been open, or no longer is of this game since a rewind, is refused."""
    host, _ = await rig.started("two")
    assert code(await host.command("host.rewind", season=1, phase="second")) == "rule"
    assert code(await host.command("host.rewind", season=2, phase="first")) == "bad_args"
    assert code(await host.command("host.rewind", season=1, phase="third")) == "bad_args"
    assert (await host.command("host.advance")).ok
    assert (await host.command("host.rewind", season=1, phase="first")).ok
    assert code(await host.command("host.rewind", season=1, phase="second")) == "rule"
    assert (await host.command("host.end")).ok
    assert code(await host.command("host.rewind", season=1, phase="first")) == "over"


async def test_what_came_before_it_is_stored_first(rig: Rig) -> None:
    """A rewind and what comes with it in one breath are done one after another."""
    host, ann = await rig.started("two")
    ann.session.receive(encode(Command("a", "count", {"by": 1}, ann.at)))
    host.session.receive(encode(Command("b", "host.advance")))
    host.session.receive(encode(Command("c", "host.rewind", {"season": 1, "phase": "second"})))
    ann.session.receive(encode(Command("d", "count", {"by": 4}, ann.at)))
    await _now(ann)
    assert [result.ok for result in ann.results()] == [True, False]
    assert code(ann.results()[-1]) == "not_your_phase"
    names = [record.command for record in await rig.log.read(host.room) if record.command_id]
    assert b"host.rewind" in names[-1]
    await _checked(rig, host.room)


async def test_a_rewind_that_the_store_refuses_has_not_been(rig: Rig) -> None:
    """Nobody is told of it, and it can be sent again."""
    host, ann = await rig.started("two")
    assert (await host.command("host.advance")).ok
    seen = _seen(await _now(ann))
    rig.log.fail_next()
    assert code(await host.command("host.rewind", "again", season=1, phase="first")) == "unavailable"
    assert _seen(await _now(ann)) == seen
    assert (await host.command("host.rewind", "again", season=1, phase="first")).ok
    assert (await _now(ann)).table["game"]["phase"] == "first"


async def test_time_begins_anew(rig: Rig) -> None:
    """The phase has its whole time again; a paused room stays paused."""
    host, ann = await rig.started("two")
    await rig.pass_ms(40_000)
    assert (await host.command("host.pause")).ok
    assert (await host.command("host.rewind", season=1, phase="first")).ok
    assert (await _now(ann)).table["clock"] == {"paused": True, "remaining_ms": 60_000}


async def test_who_came_later_keeps_the_seat(rig: Rig) -> None:
    """A latecomer whose seat did not exist then waits for the next admission, and is known after a restart."""
    host = await rig.create("classroom", 3)
    people = [await rig.join(host.room, name) for name in ("Ann", "Ben", "Cem")]
    assert (await host.command("host.start")).ok
    for _ in range(3):
        assert (await host.command("host.advance")).ok
    dan = await rig.join(host.room, "Dan")
    assert dan.you.seat == 4
    assert (await host.command("host.rewind", season=1, phase="policy")).ok
    assert (await _now(dan)).table["seat"]["4"]["role"] == "waiting"
    assert dan.table["seat"]["4"]["name"] == "Dan"
    await rig.kill()
    await rig.start()
    await dan.resume()
    await host.resume()
    assert (await host.command("host.advance")).ok
    assert (await _now(dan)).table["seat"]["4"]["role"] == "maker"
    await _checked(rig, host.room)
    assert [client.you.seat for client in people] == [1, 2, 3]


async def test_no_hand_holds_what_is_another_seats(rig: Rig) -> None:
    """Each hand after a rewind is what the rules show that seat of the state, no more."""
    rig.policy = Rig(bots="standard").policy
    host = await rig.create("classroom", 6)
    people = [await rig.join(host.room, name) for name in ("Ann", "Ben", "Cem")]
    assert (await host.command("host.start")).ok
    for _ in range(9):
        assert (await host.command("host.advance")).ok
        await rig.pass_ms(50)
    marks = [len(client.connection.sent) for client in people]
    assert (await host.command("host.rewind", season=1, phase="matching")).ok
    (row,) = await rig.log.rooms()
    for client, mark in zip(people, marks, strict=True):
        await _now(client)
        looked = await host.command("host.look", seat=client.you.seat)
        assert looked.data is not None
        assert looked.data["hand"] == client.hand
        told = b"".join(client.connection.sent[mark:])
        assert b'"ambition"' not in told  # a card that was in its hand already, and the others' are nobody's to see
    stored = await reopen(rig.log, row, rig.clock, rig.settings, lambda: None)
    assert stored.live.state.pasts == {}
