"""What of a room is news to another program: opened, a phase closed, ended; and for whom the next phase waits.

Follows a room as a watcher does, so nothing secret can be in it: numbers of seats, never a name, a hand or a choice.
Each piece of news has an id that is the same whenever it is told, so that its receiver can tell what came twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, Final

import attrs
import msgspec

from makersphere_protocol.codec import decode_from_server
from makersphere_protocol.messages import Line, Update, Welcome
from makersphere_protocol.patches import apply

__all__ = ["News", "RoomNews"]

_PHASE: Final = ("season", "phase")
_PEOPLE: Final = frozenset({"person", "away"})

Tree = dict[str, Any]


@attrs.frozen
class News:
    """One piece of news.

    Attributes:
        id: the same whenever it is told.
        type: `room.opened`, `phase.closed` or `room.ended`.
        data: what there is to say of it.
    """

    id: str
    type: str
    data: Mapping[str, Any]


class RoomNews:
    """A room's frames on their way to its news, in the form of a connection that watches and never answers.

    Attributes:
        drained: see `ConnectionPort`.
        is_ended: see `ConnectionPort`.
    """

    def __init__(self, room: str, tell: Callable[[News], None], again: Callable[[], None]) -> None:
        """Follow a room.

        Args:
            room: its code.
            tell: called with each piece of news, and not to wait.
            again: called when a whole table is needed.
        """
        self.drained: Callable[[], None] | None = None
        self.is_ended = False
        self._room = room
        self._tell = tell
        self._again = again
        self._table: Tree = {}
        self._epoch = 0
        self._open: Tree = {}  # season and phase, or nothing

    @property
    def address(self) -> str:
        """Return no address: nothing comes from here."""
        return ""

    def tell(self, frame: bytes) -> None:
        """Take a frame in, and tell what is news in it."""
        match decode_from_server(frame):
            case Welcome() as welcome:
                self._table, self._epoch = welcome.table or {}, welcome.epoch
                game = self._table.get("game", {})
                self._open = {name: game[name] for name in _PHASE} if game.get("status") == "running" else {}
                if welcome.seq == 0:
                    self._say("room.opened", 0, {"scenario": game.get("scenario", "")})
            case Update() as update:
                apply(self._table, update.table or {})
                for line in update.log or ():
                    self._hear(line)
            case _:
                pass

    def _hear(self, line: Line) -> None:
        """Tell what is news in a line of the log: an update may have several phases in it, each with its line."""
        if line.text == "phase_opened":
            self._close(line.seq, line.values)
        elif line.text == "rewound":
            self._open = dict(line.values)  # what was open is taken back, and not closed
        elif line.text == "game_ended":
            season = self._open.get("season", 0)
            self._close(line.seq, {})
            self._say("room.ended", line.seq, {"season": season})

    def _close(self, seq: int, opened: Tree) -> None:
        """Tell that the open phase is closed, and take note of the one that is open now."""
        closed, self._open = self._open, dict(opened)
        if closed:
            self._say("phase.closed", seq, {**closed, **self._next()})

    def _next(self) -> Tree:
        """Return what is open now, where something is: until when, and for whom it waits."""
        if not self._open:
            return {}
        now, clock = self._table.get("game", {}), self._table.get("clock", {})
        then = {**self._open}
        if self._open == {name: now.get(name) for name in self._open}:  # else it is closed already
            then["awaited"] = sorted(map(int, self._awaited()))
            if "deadline" in clock:
                then["deadline"] = clock["deadline"]
        return {"next": then}

    def _awaited(self) -> list[str]:
        seats: Tree = self._table.get("seat", {})
        return [number for number, seat in seats.items() if seat.get("by") in _PEOPLE and not seat.get("done")]

    def _say(self, type_: str, seq: int, data: Tree) -> None:
        """Tell news that came with a record; one record may close several phases."""
        said = {"room": self._room, **data}
        about = msgspec.json.encode([type_, self._room, self._epoch, seq, data.get("season"), data.get("phase")])
        self._tell(News(hashlib.sha256(about).hexdigest()[:32], type_, said))

    def is_open(self) -> bool:
        """Return whether the room is still followed."""
        return not self.is_ended

    def is_clogged(self) -> bool:
        """Return that nothing waits here."""
        return False

    def rest(self, ms: int) -> None:
        """Do nothing: nothing comes from here."""

    def end(self, code: int, reason: str) -> None:
        """Take note that the room is put away."""
        self.is_ended = True

    def cut(self) -> None:
        """Ask for a whole table: the room no longer has all that was missed."""
        self._again()
