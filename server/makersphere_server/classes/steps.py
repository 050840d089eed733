"""Tables of a class that keep together: a phase ends at all of them when the last has done, and none runs ahead.

Answers nothing: it looks each second at the tables that play, and says to those that are least far, once all of these
have done, that they may close their phase. Kept in memory alone: the class says whether tables keep together at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import structlog

from makersphere_protocol.errors import ProtocolError
from makersphere_server.classes.book import ClassBook
from makersphere_server.clock import Clock
from makersphere_server.lobby.open_rooms import OpenRooms
from makersphere_server.room.model.inbox import InStep
from makersphere_server.room.room import Room

__all__ = ["Steps"]

_LOOK_EVERY_MS: Final = 1_000

Tree = Mapping[str, Any]

_log = structlog.get_logger("makersphere.classes")


class Steps:
    """How the tables of one class go on together."""

    def __init__(self, clock: Clock, book: Callable[[], ClassBook], rooms: OpenRooms) -> None:
        """Begin with tables that each go on by themselves.

        Args:
            clock: what time it is.
            book: returns the class as it is by now.
            rooms: the rooms that are in memory.
        """
        self._clock, self._book, self._rooms = clock, book, rooms
        self._waited: set[str] = set()  # the tables whose people have been told that they wait
        self._is_ticking = self._is_stopped = False

    async def wake_tables(self) -> None:
        """Bring back, after the server has begun anew, all tables that keep together: they wait for each other."""
        for table in list(self._book().tables.values()):
            try:
                await self._rooms.find(table.room)
            except ProtocolError as error:
                _log.warning("table_not_woken", room=table.room, reason=error.code)
        self.look()

    def look(self) -> None:
        """Say to each table what it may close, now and each second as long as they keep together."""
        is_kept = self._book().in_step
        rooms = [self._rooms.get(table.room) for table in self._book().tables.values()]
        stand = [(room, room.glance()) for room in rooms if room is not None and not room.failure]
        may_close = _may_close([glance for _, glance in stand]) if is_kept else None
        for room, glance in stand:
            at = glance["at"] if may_close is not None and _place(glance) == may_close else None
            self._say(room, glance, InStep(is_kept, at))
        if is_kept and not self._is_ticking:
            self._is_ticking = True
            self._clock.call_later(_LOOK_EVERY_MS, self._tick)

    def stop(self) -> None:
        """Look no more."""
        self._is_stopped = True

    def _tick(self) -> None:
        self._is_ticking = False
        if not self._is_stopped:
            self.look()

    def _say(self, room: Room, glance: Tree, step: InStep) -> None:
        """Tell a table what it does not know, or that its people are to be shown otherwise whether they wait."""
        waits = "waits" in glance
        if glance["step"] != step or waits != (room.code in self._waited):
            room.inbox.put(step)
        (self._waited.add if waits else self._waited.discard)(room.code)


def _may_close(glances: Iterable[Tree]) -> tuple[int, int] | None:
    """Return which season and phase may be closed: the least of those that are played, where all tables have done."""
    playing = [glance for glance in glances if glance["status"] == "running"]
    least = min(map(_place, playing), default=None)
    done = all(_has_done(glance) for glance in playing if _place(glance) == least)
    return least if done else None


def _place(glance: Tree) -> tuple[int, int]:
    return glance["season"], glance["phase_number"]


def _has_done(glance: Tree) -> bool:
    """Return whether a table waits, or may close its phase already and has bots to wait for."""
    return "waits" in glance or glance["step"].may_close == glance["at"]
