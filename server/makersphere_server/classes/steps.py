"""Tables of a class that keep together: a phase ends at all of them once the last is done, and none runs ahead.

Answers nothing: it looks each second at the tables that play, and says to those that are least far, once all of these
are done, that they may close their phase. A table where nobody is holds up no other, nor does one where bots stand
in for everybody. Kept in memory alone: the class says whether tables keep together at all, and a table that has not
heard so is told again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from makersphere_server.classes.book import ClassBook
from makersphere_server.clock import Clock
from makersphere_server.lobby.open_rooms import OpenRooms
from makersphere_server.room.model.inbox import InStep
from makersphere_server.room.room import Room

__all__ = ["Steps"]

_LOOK_EVERY_MS: Final = 1_000
_COMING_BACK_MS: Final = 30_000  # for the people of all tables, after the server has begun anew

Tree = Mapping[str, Any]


class Steps:
    """How the tables of one class go on together."""

    def __init__(self, clock: Clock, book: Callable[[], ClassBook], rooms: OpenRooms) -> None:
        """Look from now on; people may just be coming back, so no table goes on at once.

        Args:
            clock: what time it is.
            book: returns the class as it is by now.
            rooms: the rooms that are in memory.
        """
        self._clock, self._book, self._rooms = clock, book, rooms
        self._from_ms = clock.now_ms() + (_COMING_BACK_MS if book().in_step else 0)
        self._waited: set[str] = set()  # the tables whose people have been told that they wait
        self._may_hold = book().in_step  # whether a table may have been told to wait
        self._is_stopped = False
        self._tick()

    def look(self) -> None:
        """Say to each table what it may close, where it does not know."""
        is_kept = self._book().in_step
        if not (is_kept or self._may_hold):
            return
        rooms = [self._rooms.get(table.room) for table in self._book().tables.values()]
        stand = [(room, room.glance()) for room in rooms if room is not None and not room.failure]
        may_close = _may_close([glance for _, glance in stand]) if self._clock.now_ms() >= self._from_ms else None
        for room, glance in stand:
            at = glance["at"] if may_close is not None and _place(glance) == may_close else None
            self._say(room, glance, InStep(is_kept=True, may_close=at) if is_kept else InStep())
        self._may_hold = is_kept or any(glance["step"].is_kept for _, glance in stand)

    def stop(self) -> None:
        """Look no more."""
        self._is_stopped = True

    def _tick(self) -> None:
        if not self._is_stopped:
            self._clock.call_later(_LOOK_EVERY_MS, self._tick)
            self.look()

    def _say(self, room: Room, glance: Tree, step: InStep) -> None:
        """Tell a table what it may close, where that is new to it; or have it show anew whether it waits."""
        waits = "waits" in glance
        if glance["step"] != step or waits != (room.code in self._waited):
            room.inbox.put(step)
        (self._waited.add if waits else self._waited.discard)(room.code)


def _may_close(glances: Iterable[Tree]) -> tuple[int, int] | None:
    """Return the earliest season and phase that a table is in, if all tables in it are done with it; else None."""
    running = [glance for glance in glances if glance["status"] == "running"]
    playing = [glance for glance in running if glance["here"] or "waits" in glance]  # else a table closes nothing
    least = min(map(_place, playing), default=None)
    is_played = any("left" not in glance for glance in playing)  # else each phase takes its time at all of them
    done = all(_has_done(glance) or (is_played and "left" in glance) for glance in playing if _place(glance) == least)
    return least if done else None


def _place(glance: Tree) -> tuple[int, int]:
    return glance["season"], glance["phase_number"]


def _has_done(glance: Tree) -> bool:
    """Return whether a table is done: it waits, or it may close its phase already and has bots to wait for."""
    return "waits" in glance or glance["step"].may_close == glance["at"]
