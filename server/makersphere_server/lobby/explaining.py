"""Has the moments of each game that ends explained, in the background, and tells the room as they come.

Listens to every room that is open as a watcher does, and begins when the table says that the game is over. One game is
explained at a time, whatever ends meanwhile. Nothing of it is stored: a room that is opened again is explained again,
with the same numbers. A room whose dice another room still plays with is left alone. What goes wrong here is logged,
and touches no room. Never waits in the way of a room.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import aclosing
from typing import Final

import structlog

from makersphere_server.lobby.lobby import Lobby
from makersphere_server.room.model.explaining import Explains
from makersphere_server.room.model.inbox import MomentMade
from makersphere_server.room.model.live_room import RoomSettings
from makersphere_server.room.room import Room
from makersphere_server.storage.event_log import EventLog

__all__ = ["Explaining"]

_OVER: Final = b'"status":"over"'

_log = structlog.get_logger("makersphere.explaining")


class Explaining:
    """Explains the games of a server that end."""

    def __init__(self, lobby: Lobby, log: EventLog, explains: Explains) -> None:
        """Listen to each room that is opened from now on.

        Args:
            lobby: the rooms.
            log: where their records are.
            explains: makes the moments.
        """
        self._store = log
        self._explains = explains
        self._one_at_a_time = asyncio.Lock()
        self._tasks: dict[Room, asyncio.Task[None]] = {}
        lobby.follow_rooms(self._listen)

    def _listen(self, room: Room) -> None:
        room.follow(_Listener(lambda: self._begin(room), lambda: self._listen(room), lambda: self._end(room)))

    def _begin(self, room: Room) -> None:
        if room not in self._tasks:
            self._tasks[room] = asyncio.create_task(self._explain(room), name=f"explain {room.code}")

    def _end(self, room: Room) -> None:
        task = self._tasks.pop(room, None)
        if task is not None:
            task.cancel()

    async def stop(self) -> None:
        """End all that is under way."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _explain(self, room: Room) -> None:
        try:
            async with self._one_at_a_time:
                await self._make(room)
        except Exception as error:  # noqa: BLE001  (a boundary: the game is over, and its room needs none of this)
            _log.warning("not_explained", room=room.code, exc_info=error)

    async def _make(self, room: Room) -> None:
        row = next((row for row in await self._store.rooms() if row.room == room.code), None)
        if row is None or RoomSettings.stored(await self._store.privates(room.code)).keeps_seed:
            return
        async with aclosing(self._explains(row, await self._store.read(room.code))) as moments:
            async for moment in moments:
                room.inbox.put(MomentMade(int(str(moment["number"])), moment))


class _Listener:
    """A connection that hears when a game is over, and never answers.

    Attributes:
        drained: see `ConnectionPort`.
        is_ended: see `ConnectionPort`.
    """

    def __init__(self, is_over: Callable[[], None], again: Callable[[], None], gone: Callable[[], None]) -> None:
        """Listen.

        Args:
            is_over: called at each frame that says so.
            again: called when something was missed.
            gone: called when the room is.
        """
        self.drained: Callable[[], None] | None = None
        self._is_over = is_over
        self._again = again
        self._gone = gone
        self.is_ended = False

    @property
    def address(self) -> str:
        """Return no address: nothing comes from here."""
        return ""

    def tell(self, frame: bytes) -> None:
        """Hear a frame."""
        if _OVER in frame:
            self._is_over()

    def is_open(self) -> bool:
        """Return whether the room is still there."""
        return not self.is_ended

    def is_clogged(self) -> bool:
        """Return that nothing waits here."""
        return False

    def rest(self, ms: int) -> None:
        """Do nothing: nothing comes from here."""

    def end(self, code: int, reason: str) -> None:
        """Hear that the room is gone."""
        if not self.is_ended:
            self.is_ended = True
            self._gone()

    def cut(self) -> None:
        """Listen anew."""
        self._again()
