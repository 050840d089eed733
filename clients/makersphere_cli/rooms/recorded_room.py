"""A stored room as a recorded game, for those who play on from it without a server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from makersphere_playtest.why.recorded import Line, Recorded
from makersphere_server.afterwards.orders import order_of
from makersphere_server.room.model.dirty import Dirty
from makersphere_server.room.model.live_room import RoomSettings
from makersphere_server.room.model.people.seats import Seats
from makersphere_server.storage.record import Record, RoomRow

__all__ = ["names_of", "recorded_room"]


def recorded_room(row: RoomRow, records: Sequence[Record]) -> Recorded:
    """Return the game of a room as its log has it.

    Raises:
        msgspec.MsgspecError: a record has no command.
    """
    lines = (Line(record.seq, record.actor, order_of(row, record), record.events) for record in records)
    return Recorded(row.scenario, row.roles, row.seed, tuple(lines))


def names_of(row: RoomRow, private: Mapping[str, bytes]) -> dict[int, str]:
    """Return what everybody may call the people at the seats, until they are erased; free seats are left out."""
    seats = Seats(range(1, len(row.roles) + 1), private, Dirty())
    language = RoomSettings.stored(private).language
    return {people.seat: people.called_in_sight(language) for people in seats if people.called}
