"""A room that people and bots have played to its end, as it is stored, and the game that is taken home of it.

In some of them a seat has one person after the other.
"""

from collections.abc import Mapping, Sequence

import attrs

from makersphere_protocol.messages import Options
from makersphere_server.afterwards.downloads import game_of
from makersphere_server.afterwards.export_tables import finished_room
from makersphere_server.afterwards.take_home.game import Game, Shown
from makersphere_server.storage.record import Record, RoomRow
from tests.server.rig.asking import answer, asks
from tests.server.rig.classes import seen
from tests.server.rig.fakes import Client, Rig

__all__ = ["StoredRoom", "begun", "frees", "let_in_by_mistake", "on_to", "sits_down", "stored", "to_the_end"]


@attrs.frozen
class StoredRoom:
    """What the store has of a room."""

    row: RoomRow
    records: Sequence[Record]
    private: Mapping[str, bytes]

    def game(self, language: str = "en", *, names: bool = True) -> Game:
        """Return its game as the pages read it."""
        shown = Shown(language, names)
        return game_of(finished_room(self.row, self.records), self.records, self.private, shown)


async def begun(rig: Rig, scenario: str, seats: int, names: Sequence[str], *, teams: bool = False) -> list[Client]:
    """Return the host of a game that has begun, and its people; bots have the other seats."""
    host = await rig.create(scenario, options=Options(seats=seats, teams=teams, seed=7))
    people = [await rig.join(host.room, name) for name in names]
    assert (await host.command("host.start")).ok
    await rig.pass_ms(3_000)
    return [host, *people]


async def to_the_end(rig: Rig, host: Client) -> None:
    """Close phase after phase until the game is over."""
    while host.table["game"]["status"] != "over":
        await host.command("host.advance")
        await rig.pass_ms(1_000)
        host.read()


async def stored(rig: Rig, room: str) -> StoredRoom:
    """Return what the store has of a room."""
    row = next(row for row in await rig.log.rooms() if row.room == room)
    return StoredRoom(row, await rig.log.read(room), await rig.log.privates(room))


async def on_to(host: Client, season: int, phase: str, *ready: Client) -> None:
    """Close phase after phase, in which some people are done, up to one."""
    while (host.table["game"]["season"], host.table["game"]["phase"]) != (season, phase):
        before = dict(host.table["game"])
        for person in ready:
            person.read()
            assert (await person.command("ready", ready=True)).ok
        await host.rig.pass_ms(1_000)
        host.read()
        if host.table["game"] == before:
            assert (await host.command("host.advance")).ok
            await host.rig.pass_ms(1_000)
            host.read()


async def frees(host: Client, who: Client) -> None:
    """Have a host take somebody away."""
    assert (await host.command("host.remove", seat=who.you.seat)).ok


async def sits_down(host: Client, name: str, seat: int) -> Client:
    """Return who asks for a seat, and is let in by the host."""
    await asks(host.rig, host.room, name, f"phone of {name}", seat=seat)
    assert await answer(host, name)
    return await seen(await host.rig.join(host.room, name, id=f"phone of {name}", seat=seat))


async def let_in_by_mistake(rig: Rig) -> tuple[Client, Client]:
    """Return the host and Lena of a game in whose first season Zoe had Lena's seat, for two phases."""
    host, lena = await begun(rig, "quickstart", 6, ("Lena",))
    await on_to(host, 1, "admission", lena)
    await frees(host, lena)
    zoe = await sits_down(host, "Zoe", 1)
    await on_to(host, 1, "matching", zoe)
    await frees(host, zoe)
    back = await sits_down(host, "Lena", 1)
    assert (zoe.you.member, back.you.member) == (2, 1)
    await on_to(host, 2, "recap", back)
    return host, back
