"""What a client knows of its room: the table, its hand and the last `seq`, kept current from frames.

Answers what stands now and where to go on after a lost link. Opens nothing, sends nothing, knows no rule.
Source: the wire contract's "Table and hand" and "`seq`".
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Any, Final

import attrs

from makersphere_protocol.messages import At, Line, Tree, Update, Welcome, You
from makersphere_protocol.patches import apply

__all__ = ["Mirror"]

_LINES_KEPT: Final = 400


def _wall_ms() -> int:
    return time.time_ns() // 1_000_000


@attrs.define(eq=False)
class Mirror:
    """A room as one connection sees it.

    Attributes:
        table: what everyone may see.
        hand: what this seat or host alone may see.
        seq: the last command whose effect is in table and hand; what a `resume` names.
        mark: of that command's record, by which the server tells whether its history is still this one; "" where it
            gave none.
        epoch: the history that `seq` counts in.
        diverged: whether the server's history was not the one that had been seen here, when this one came back last.
        lines: the last things that happened, oldest first.
        ahead_ms: how far the server's clock is before this machine's.
        changes: how many frames have changed this picture; a drawing of it is out of date once this has grown.
    """

    room: str = ""
    you: You = attrs.field(factory=lambda: You("watcher"))
    table: Tree = attrs.field(factory=dict, repr=False)
    hand: Tree = attrs.field(factory=dict, repr=False)
    seq: int | None = None
    mark: str = ""
    epoch: int | None = None
    diverged: bool = False
    lines: deque[Line] = attrs.field(factory=lambda: deque(maxlen=_LINES_KEPT), repr=False)
    ahead_ms: int = 0
    changes: int = 0
    _clock: Callable[[], int] = attrs.field(default=_wall_ms, repr=False)

    def welcome(self, frame: Welcome) -> None:
        """Apply a welcome: a whole picture, or the promise of the updates that were missed."""
        self.room, self.you, self.epoch, self.diverged = frame.room, frame.you, frame.epoch, frame.diverged
        self.set_clock(frame.now)
        self.changes += 1
        if frame.diverged:
            self.lines.clear()  # of a history that the room does not have
        if not frame.resumed:
            self.table = frame.table or {}
            self.hand = frame.hand or {}
            self.seq, self.mark = frame.seq, frame.mark

    def update(self, frame: Update) -> None:
        """Apply an update: what has changed."""
        if frame.table:
            apply(self.table, frame.table)
        if frame.hand:
            apply(self.hand, frame.hand)
        if frame.log:
            again = bool(self.lines) and frame.log[0].seq <= self.lines[-1].seq  # as somebody who comes back is told
            known = list(self.lines) if again else []
            # everything up to there has been told once, and was not kept
            gone = min(known[0].seq - 1, self.seq or 0) if known else -1
            self.lines.extend(line for line in frame.log if line.seq > gone and line not in known)
        self.seq, self.mark = frame.seq, frame.mark
        self.changes += 1
        self.set_clock(frame.now)

    def set_clock(self, now_ms: int) -> None:
        """Learn the server's time from a frame."""
        self.ahead_ms = now_ms - self._clock()

    def now_ms(self) -> int:
        """Return what time it is for the server, whatever this machine's clock says."""
        return self._clock() + self.ahead_ms

    def forget(self) -> None:
        """Ask for a whole picture next time, because this one cannot be trusted."""
        self.seq = self.epoch = None
        self.mark = ""

    # -- the few things that hold for every scenario

    @property
    def game(self) -> dict[str, Any]:
        """Return where the game stands (`status`, `season`, `phase`); empty before the first picture."""
        found = self.table.get("game")
        return found if isinstance(found, dict) else {}

    @property
    def at(self) -> At:
        """Return the present season and phase, as commands name them."""
        return At(int(self.game.get("season", 0)), str(self.game.get("phase", "")))

    @property
    def is_over(self) -> bool:
        """Return whether the game has ended."""
        return self.game.get("status") == "over"

    @property
    def has_turn(self) -> bool:
        """Return whether the room waits for one's own seat."""
        waits = self.my_seat.get("asked", False) or not self.my_seat.get("ready", False)
        return self.game.get("status") == "running" and waits

    @property
    def my_seat(self) -> dict[str, Any]:
        """Return what the table and one's hand say of one's own seat."""
        number = str(self.you.seat)
        return {**_of_kind(self.table, "seat", number), **_of_kind(self.hand, "seat", number)}


def _of_kind(tree: dict[str, Any], kind: str, key: str) -> dict[str, Any]:
    """Return an entity of a tree, or nothing."""
    entities = tree.get(kind)
    found = entities.get(key) if isinstance(entities, dict) else None
    return found if isinstance(found, dict) else {}
