"""A room that people and bots have played to its end, as it is stored, and the game that is taken home of it."""

from collections.abc import Mapping, Sequence

import attrs

from makersphere_protocol.messages import Options
from makersphere_server.afterwards.downloads import game_of
from makersphere_server.afterwards.export_tables import finished_room
from makersphere_server.afterwards.take_home.game import Game, Shown
from makersphere_server.storage.record import Record, RoomRow
from tests.server.rig.fakes import Client, Rig

__all__ = ["StoredRoom", "begun", "stored", "to_the_end"]


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
