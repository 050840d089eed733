"""What a command would change: said to the seat that asks, stored nowhere, noticed by nobody."""

from tests.server.fakes import Rig, code


async def test_a_preview_shows_what_would_change(rig: Rig) -> None:
    """It has the table, hand and log that the command would bring this seat."""
    host, ann = await rig.started()
    await rig.pass_ms(100)
    before = len(host.wire.sent), len(await rig.log.read(host.room))
    result = await ann.preview("count", by=4)
    assert result.ok
    assert result.preview == {
        "table": {"count": {"1": {"seat": 1, "count": 4}}, "tally": {"total": 4, "last": 1}},
        "log": [{"text": "counted", "seq": (result.seq or 0) + 1, "values": {"seat": 1, "by": 4, "total": 4}}],
    }
    await rig.pass_ms(100)
    assert (len(host.wire.sent), len(await rig.log.read(host.room))) == before
    ann.read()
    assert "tally" not in ann.table


async def test_a_preview_is_refused_as_the_command_would_be(rig: Rig) -> None:
    """A refusal is part of what one asks for."""
    host, ann = await rig.started()
    assert code(await ann.preview("count", by=99)) == "bad_args"
    assert code(await ann.preview("fly")) == "unknown_command"
    assert (await ann.preview("ready", ready=True)).preview == {"table": {"seat": {"1": {"ready": True}}}}
    await host.command("host.pause")
    assert code(await ann.preview("count", by=1)) == "paused"
