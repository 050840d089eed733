"""How long rooms are kept: every ten minutes, the rooms are erased in which nothing has been done for long.

Answers which rooms are over time, and has the lobby erase them; a room that somebody is in is never named. The wall
clock decides, and it may be wrong on a machine that has just been switched on: so a room is over time only when it has
been so for ten minutes, which a server that runs for one lesson has. A room that cannot be read or erased keeps none of
the others; it is said in the log, and tried again ten minutes later.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Final

import structlog

from makersphere_server.clock import Clock
from makersphere_server.room.model.own_data.wiping import wiped
from makersphere_server.storage.chain import Damaged
from makersphere_server.storage.event_log import EventLog, RoomRow, StoreUnavailable

__all__ = ["Retention"]

_CHECK_EVERY_MS: Final = 600_000
_DAY_MS: Final = 86_400_000

_log = structlog.get_logger("makersphere.lobby")


class Retention:
    """Remembers when each room was last used, and which rooms were over time when that was last checked."""

    def __init__(
        self,
        log: EventLog,
        clock: Clock,
        keep_days: int,
        idle: Callable[[], Iterable[RoomRow]],
        erase: Callable[[str], Awaitable[bool]],
    ) -> None:
        """Prepare; `start` begins.

        Args:
            log: the store.
            clock: what day it is.
            keep_days: how long a room is kept after its last command; 0 for ever.
            idle: returns the rooms that nobody is in.
            erase: erases a room by its code, unless somebody has come into it meanwhile; returns whether it did.
        """
        self._idle = idle
        self._erase = erase
        self._is_on = False
        self._checking: asyncio.Task[None] | None = None
        self._log = log
        self._clock = clock
        self._keep_ms = keep_days * _DAY_MS
        self._used: dict[str, int] = {}
        self._over: dict[str, int] = {}  # since when, on the monotonic clock

    def start(self) -> None:
        """Check now and every ten minutes."""
        self._is_on = True
        self._check()

    async def stop(self) -> None:
        """Check no more, and return when nothing is being erased."""
        self._is_on = False
        if self._checking is not None:
            await self._checking

    def _check(self) -> None:
        if self._is_on:
            self._checking = asyncio.create_task(self._erase_old())
            self._clock.call_later(_CHECK_EVERY_MS, self._check)

    async def _erase_old(self) -> None:
        erased = ""
        for code in await self._over_time(self._idle()):
            if self._is_on and await self._tried(code, self._erase(code)):
                self._used.pop(code, None)
                self._over.pop(code, None)
                erased = code
        if erased:
            await wiped(self._log, erased, self._clock)  # once for all: no room can store anything meanwhile

    async def _tried(self, code: str, step: Awaitable[bool]) -> bool:
        """Return what a step with one room has come to; where it fails, False: the other rooms are not to blame."""
        try:
            return await step
        except StoreUnavailable as error:
            _log.warning("room_not_erased", room=code, reason=str(error))
        except Exception as error:  # noqa: BLE001  (the boundary between rooms: it is said loudly, and tried again)
            _log.error("room_not_erased", room=code, exc_info=error)
        return False

    async def _over_time(self, rows: Iterable[RoomRow]) -> list[str]:
        """Return which of these rooms are to be erased."""
        if not self._keep_ms:
            return []
        sound = [row for row in rows if row.state != "quarantined"]
        due = [row.room for row in sound if self._is_on and await self._tried(row.room, self._is_over(row))]
        now = self._clock.now_ms()
        self._over = {room: self._over.get(room, now) for room in due}
        return [room for room, since in self._over.items() if now - since >= _CHECK_EVERY_MS]

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
            return self._clock.wall_ms()  # the people who run the server decide what becomes of it
        return max(row.created_ms, *(record.at_ms for record in records)) if records else row.created_ms
