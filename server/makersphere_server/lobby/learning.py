"""What a server learns of a room when it begins to work with it: its private values, or that these are damaged.

Answers before anything is known of any of them, so that rooms that belong together are known together.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping

import attrs

from makersphere_server.clock import Clock
from makersphere_server.room.model.own_data.wiping import WIPING_KEY, wiped
from makersphere_server.storage.event_log import Damaged, EventLog, RoomRow

__all__ = ["Learning"]

_Learnt = tuple[RoomRow, Mapping[str, bytes] | None]  # None: the room stands still


class Learning:
    """Reads what there is to know of rooms, for as long as they are this server's."""

    def __init__(self, log: EventLog, clock: Clock) -> None:
        """Prepare."""
        self._log, self._clock = log, clock
        self._reading: set[str] = set()

    async def read(self, rows: Iterable[RoomRow]) -> list[_Learnt]:
        """Return rooms with their private values, but for those that another server has got meanwhile.

        Raises:
            StoreUnavailable: the store cannot be read now.
        """
        rows = [*rows]
        self._reading = {row.room for row in rows}
        found = [await self._read(row) for row in rows]
        return [(row, private) for row, private in found if row.room in self._reading]

    async def _read(self, row: RoomRow) -> _Learnt:
        try:
            return row, await self._log.privates(row.room) if row.state != "quarantined" else None
        except Damaged as damage:
            return attrs.evolve(row, state="quarantined", reason=str(damage)), None

    def lose(self, rooms: Iterable[str]) -> None:
        """Learn nothing of rooms that are another server's by now."""
        self._reading.difference_update(rooms)

    async def wipe_what_was_left(self, found: Iterable[_Learnt]) -> None:
        """Wipe what had been erased in rooms whose server was killed before it had wiped that."""
        left = [row.room for row, private in found if private is not None and WIPING_KEY in private]
        await asyncio.gather(*(wiped(self._log, room, self._clock) for room in left))
