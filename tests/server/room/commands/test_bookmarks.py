"""A host marks a moment while the game is played: one press, with a word or without; it stays with the room."""

from typing import Any

from tests.server.rig.fakes import Client, Rig, code

CANARY = "about-Ann"


async def _marked(rig: Rig, host: Client) -> list[dict[str, Any]]:
    await rig.pass_ms(60)
    host.read()
    return list(host.hand.get("bookmark", {}).values())


async def test_a_press_marks_the_moment(rig: Rig) -> None:
    """With season, phase and time; a word may be with it, and they stand in their order."""
    host, _ = await rig.started("two")
    assert (await host.command("host.bookmark")).ok
    assert (await host.command("host.advance")).ok
    assert (await host.command("host.bookmark", word="  the \x07auction\u202e ")).ok
    first, second = await _marked(rig, host)
    assert (first["season"], first["phase"], first["word"]) == (1, "first", "")
    assert (second["season"], second["phase"], second["word"]) == (1, "second", "the auction")
    assert first["at"] <= second["at"]


async def test_the_same_press_marks_once(rig: Rig) -> None:
    """A command that comes again, because its answer was lost, is one bookmark."""
    host, _ = await rig.started("two")
    for _ in range(2):
        assert (await host.command("host.bookmark", "b1", word="here")).ok
    assert [each["word"] for each in await _marked(rig, host)] == ["here"]


async def test_it_is_there_after_the_server_died_and_after_the_end(rig: Rig) -> None:
    """An acknowledged bookmark is kept with the room, its word too."""
    host, _ = await rig.started("two")
    assert (await host.command("host.bookmark", word=CANARY)).ok
    await rig.kill()
    await rig.start()
    await host.resume(fresh=True)
    assert (await host.command("host.end")).ok
    assert [each["word"] for each in await _marked(rig, host)] == [CANARY]


async def test_nobody_but_hosts_sees_it(rig: Rig) -> None:
    """While the game is played and when it is over: a word may be about somebody. The log has only its digest."""
    host, person = await rig.started("two")
    wall = await rig.watch(host.room)
    assert (await host.command("host.bookmark", word=CANARY)).ok
    assert (await host.command("host.end")).ok
    await rig.pass_ms(100)
    for other in (person, wall):
        assert not any(CANARY.encode() in frame for frame in other.connection.sent)
    records = await rig.log.read(host.room)
    assert b"host.bookmark" in records[-2].command
    assert not any(CANARY.encode() in record.command for record in records)


async def test_only_what_is_played_is_marked(rig: Rig) -> None:
    """Before the start and after the end there is nothing to mark; a long word is refused at its field."""
    host = await rig.create("two", seats=3)
    assert code(await host.command("host.bookmark")) == "rule"
    await rig.join(host.room)
    assert (await host.command("host.start")).ok
    refused = await host.command("host.bookmark", word="x" * 81)
    assert (code(refused), refused.error and refused.error.field) == ("bad_args", "word")
    assert (await host.command("host.pause")).ok
    assert (await host.command("host.bookmark")).ok
    assert (await host.command("host.end")).ok
    assert code(await host.command("host.bookmark")) == "over"
