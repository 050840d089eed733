"""The rooms that `makersphere play` has opened, found again at the next start.

The rooms and the tokens of their host chairs stand in the file of `rooms_file.py`. A new room takes the place of a room
that is over, that cannot be opened any more, or that is of another scenario; the token of the old one is kept. Where no
scenario is asked for, the new room has the scenario and the seats of the last one.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final

import attrs
import msgspec

from makersphere_bots.levels import NORMAL
from makersphere_cli.rooms.rooms_file import OwnRoom, keep_room, kept_rooms
from makersphere_cli.scenarios.lookup import load, say_if_outside
from makersphere_cli.speech.trouble import Trouble
from makersphere_cli.speech.words import complain, named, say
from makersphere_clients.connection import Connection, ConnectionEnded
from makersphere_protocol.messages import Create, Options, Resume
from makersphere_rules import shipped
from makersphere_rules.written.notation import UnknownEvent
from makersphere_server.afterwards.kept_rooms import list_rooms
from makersphere_server.afterwards.verify import UNREAD, verify_stored

__all__ = ["OpenRoom", "RoomWish", "open_room", "rooms_beside", "scenario_and_seats"]

_FIRST: Final = "quickstart"  # where there has been no room
_SOON_S: Final = 2.0  # a room that is well has answered by then
_PATIENCE_S: Final = 15.0  # with a room that is large
_MOST_BESIDE: Final = 3


@attrs.frozen
class RoomWish:
    """What a person wants of a room besides its scenario.

    Attributes:
        seats: how many; None: as many as the last room has, or else the scenario's own number.
        bots: how well bots play; None: as in the last room, or else normal.
        teams: whether people have to be able to share a seat; a room where they can is as good for whoever need not.
        pseudonyms: whether people have to be called by two words of the server's own; else either will do.
    """

    seats: int | None = None
    bots: str | None = None
    teams: bool = False
    pseudonyms: bool = False

    def fits(self, room: OwnRoom) -> bool:
        """Return whether a room has what is wanted."""
        has_both = (room.teams or not self.teams) and (room.pseudonyms or not self.pseudonyms)
        return self.seats in (None, room.seats) and self.bots in (None, room.bots) and has_both


@attrs.frozen
class OpenRoom:
    """A room to play in.

    Attributes:
        own: the record by which the room is found again; its seats are those that were asked for.
        seats: how many the room has now.
        is_new: whether the room was founded just now.
    """

    own: OwnRoom
    seats: int
    is_new: bool


async def open_room(
    url: str, folder: Path, scenario: str, wish: RoomWish, language: str, key: str, *, always_new: bool = False
) -> OpenRoom:
    """Return the room of last time as it was, or a new one.

    Args:
        url: of the server's socket.
        folder: the data folder.
        scenario: which one; "" for that of the last room, else `quickstart`.
        wish: what else is wanted. The seats of the last room count only where no scenario is asked for.
        language: of a new room.
        key: the server's host key, where one is set.
        always_new: open a new room in any case.

    Raises:
        ConnectionEnded: the server opens no room.
        Trouble: the room of last time does not answer, or the file of one's rooms cannot be read.
    """
    fitting = [room for room in kept_rooms(folder) if scenario in ("", room.scenario) and wish.fits(room)]
    if fitting and not always_new:
        again = await _resume(url, folder, fitting[-1])
        if again is not None:
            keep_room(folder, again.own)
            return again
    kept = kept_rooms(folder)
    seats, bots = wish.seats, wish.bots or (kept[-1].bots if kept else NORMAL)
    if not scenario:
        scenario, seats = scenario_and_seats(kept, seats)
    options = {"seats": seats, "language": language, "bots": bots, "teams": wish.teams, "pseudonyms": wish.pseudonyms}
    options["dealt"] = "proportion"  # as in a room that a page opens: whoever comes first is not the first role's
    frame = Create(scenario, msgspec.convert(options, Options), key)
    async with Connection(url, frame) as connection:
        mirror = connection.mirror
        seated = len(mirror.table.get("seat", {}))
        own = OwnRoom(mirror.room, connection.host_token, frame.scenario, seated, bots, wish.teams, wish.pseudonyms)
    keep_room(folder, own)
    return OpenRoom(own, own.seats, is_new=True)


def scenario_and_seats(kept: list[OwnRoom], seats: int | None) -> tuple[str, int | None]:
    """Return the scenario and the seats of a new room for which no scenario was asked: those of the last room.

    Where the last room was of a scenario file, the first scenario is played: the server has only those that ship.
    """
    last = kept[-1] if kept else None
    if last is None or last.scenario not in shipped.scenario_names():
        name, new = _FIRST, seats
    else:
        name, new = last.scenario, seats or last.seats
    say_if_outside(load(name), seats)
    return name, new


def rooms_beside(folder: Path, room: str) -> list[str]:
    """Name the newest games that go on beside a room and are neither rehearsals nor `play`'s own: code and title.

    Their hosts opened them by a page and lead them from there; their tokens are nowhere else.
    """
    own = {one.room for one in kept_rooms(folder)} | {room}
    try:
        found = list_rooms(folder)
    except OSError:  # the server has told it already
        return []
    begun = [one for one in found if one.state == "open" and one.seq > 0 and not one.rehearsal]
    begun = [one for one in begun if one.room not in own]
    return [f"{one.room} ({named('scenario', one.scenario)})" for one in reversed(begun[-_MOST_BESIDE:])]


async def _resume(url: str, folder: Path, own: OwnRoom) -> OpenRoom | None:
    """Return a kept room as it is now, with the token that opens its host chair now; None where it cannot go on.

    Raises:
        Trouble: the room does not answer, though nothing is wrong with it.
    """
    connection = Connection(url, Resume(own.room, host_token=own.host_token))
    try:
        why = await _try_to_open(connection, folder, own.room)
        if why:
            complain(say("room_lost", room=own.room, why=why))
            return None
        mirror = connection.mirror
    finally:
        await connection.close()
    if mirror.game.get("status") == "over":
        return None
    return OpenRoom(attrs.evolve(own, host_token=connection.host_token), len(mirror.table["seat"]), is_new=False)


async def _try_to_open(connection: Connection, folder: Path, room: str) -> str:
    """Open a room; return why it cannot be opened, "" when it is open.

    A server answers for a damaged room as for one that is busy, that it is unavailable. The store says which it is.
    """
    opening = asyncio.create_task(connection.open())
    try:
        await asyncio.wait([opening], timeout=_SOON_S)
        if not opening.done():
            why = await asyncio.to_thread(_why_not, folder, room)
            if why:
                return why
            await asyncio.wait([opening], timeout=_PATIENCE_S)
        if not opening.done():
            raise Trouble("room_silent", room=room)
        await opening
    except ConnectionEnded as ended:
        known = ended.code in ("no_such_room", "unauthorised")
        return say(f"lost.{ended.code}") if known else (ended.message or ended.code).rstrip(".。")
    finally:
        opening.cancel()
        await asyncio.wait([opening])
    return ""


def _why_not(folder: Path, room: str) -> str:
    """Return why a stored room cannot be opened; "" where it is sound, or cannot be read."""
    try:
        report = verify_stored(folder, room)
    except UnknownEvent as error:
        return say("lost.damaged", why=str(error))
    except (KeyError, OSError):
        return ""
    why = report.reason.rstrip(".。")
    return why if report.status == UNREAD or not why else say("lost.damaged", why=why)
