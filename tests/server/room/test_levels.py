"""How well the bots of a room play: chosen when it is opened, kept over restarts, and for one seat by a host."""

from __future__ import annotations

import msgspec

from makersphere_protocol.messages import Create, Options
from tests.server.rig.fakes import Client, Rig, code, long_id


async def _levels(rig: Rig, host: Client) -> set[str]:
    """Start the game and return at which levels bots were asked."""
    assert (await host.command("host.start")).ok
    await rig.pass_ms(50)
    return {*rig.levels}


async def test_a_room_that_is_told_nothing_has_normal_bots(rig: Rig) -> None:
    """Then nothing is said of it."""
    host = await rig.create("two", options=Options(seats=2))
    assert "bots" not in host.table["room"]
    assert await _levels(rig, host) == {"normal"}


async def test_the_level_of_a_room_is_kept(rig: Rig) -> None:
    """Everybody sees it, and a restart changes nothing."""
    host = await rig.create("two", options=Options(seats=2, bots="hard"))
    assert host.table["room"]["bots"] == "hard"
    await rig.kill()
    await rig.start()
    await host.resume()
    assert host.table["room"]["bots"] == "hard"
    assert await _levels(rig, host) == {"hard"}


async def test_another_level_is_none(rig: Rig) -> None:
    """A room is not opened with bots that the contract does not know."""
    client = Client(rig)
    await client.say(b'{"type":"create","scenario":"two","options":{"bots":"godlike"}}')
    assert code(client.results()[-1]) == "bad_frame"
    assert not await rig.log.rooms()


async def test_the_same_frame_with_another_level_is_another_room(rig: Rig) -> None:
    """A lost create is answered with its own room."""
    rooms = []
    for level in ("hard", "hard", "easy"):
        client = Client(rig)
        await client.say(Create("two", msgspec.convert({"seats": 2, "bots": level}, Options), id=long_id("mine")))
        await rig.pass_ms(50)
        client.read()
        rooms.append(client.room)
    assert rooms[0] == rooms[1] != rooms[2]


async def test_a_host_sets_the_level_of_one_seat(rig: Rig) -> None:
    """The others stay as the room was opened; it is kept, too."""
    host = await rig.create("two", options=Options(seats=2, bots="easy"))
    assert (await host.command("host.seat", seat=2, bot=True, level="hard")).ok
    await rig.kill()
    await rig.start()
    await host.resume()
    assert await _levels(rig, host) == {"easy", "hard"}


async def test_a_host_is_told_which_levels_there_are(rig: Rig) -> None:
    """Another one is refused, and the field is named."""
    host = await rig.create("two", options=Options(seats=2))
    refused = await host.command("host.seat", seat=2, level="godlike")
    assert (code(refused), refused.error.field if refused.error else "") == ("bad_args", "level")
