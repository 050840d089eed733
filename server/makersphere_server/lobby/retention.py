"""How long rooms are kept: which are to be erased, because nothing has been done in them for long.

Answers which rooms are over time. Never erases; never names a room in which somebody is. The wall clock decides, which
may be wrong on a machine that has just been switched on: so a room is over time only when it has been for an hour.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from makersphere_server.clock import Clock
from makersphere_server.storage.chain import Damaged
from makersphere_server.storage.event_log import EventLog, RoomRow

__all__ = ["LOOK_MS", "Retention"]

LOOK_MS: Final = 3_600_000
_DAY_MS: Final = 86_400_000


class Retention:
    """Remembers when each room was last used, and which were over time when it last looked."""

    def __init__(self, log: EventLog, clock: Clock, keep_days: int) -> None:
        """Prepare.

        Args:
            log: the store.
            clock: what day it is.
            keep_days: how long a room is kept after its last command; 0 for ever.
        """
        self._log = log
        self._clock = clock
        self._keep_ms = keep_days * _DAY_MS
        self._used: dict[str, int] = {}
        self._over: dict[str, int] = {}  # since when, on the monotonic clock

    async def over_time(self, rows: Iterable[RoomRow]) -> list[str]:
        """Return which of these rooms are to be erased.

        Args:
            rows: the rooms that nobody is in.

        Raises:
            StoreUnavailable: it cannot be told now.
        """
        if not self._keep_ms:
            return []
        due = [row.room for row in rows if row.state != "quarantined" and await self._is_over(row)]
        now = self._clock.now_ms()
        self._over = {room: self._over.get(room, now) for room in due}
        return [room for room, since in self._over.items() if now - since >= LOOK_MS]

    async def _is_over(self, row: RoomRow) -> bool:
        last_day = self._clock.wall_ms() - self._keep_ms
        if self._used.get(row.room, row.created_ms) > last_day:
            return False
        self._used[row.room] = await self._last_used(row)
        return self._used[row.room] <= last_day

    async def _last_used(self, row: RoomRow) -> int:
        seq, _ = await self._log.head(row.room)
        try:
            records = await self._log.read(row.room, seq - 1) if seq else []
        except Damaged:
            return self._clock.wall_ms()  # whoever runs the server decides what becomes of it
        return max(row.created_ms, *(record.at_ms for record in records)) if records else row.created_ms

    def forget(self, room: str) -> None:
        """Forget a room that has been erased."""
        self._used.pop(room, None)
        self._over.pop(room, None)
