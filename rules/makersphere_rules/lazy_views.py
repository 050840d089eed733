"""Table and hand for who reads little of them: each kind is made when it is first read, of what has changed since.

Answers the same as `views.py`, which shows what is made; it knows no secret.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any

from makersphere_rules.entity import Key
from makersphere_rules.lazy_tree import LazyTree
from makersphere_rules.state import State
from makersphere_rules.views import Painter, place, whole_table

__all__ = ["LazyViews"]


class LazyViews:
    """The table and the hands of one state for who reads little of them: headless games.

    Read in full after a `look`, they equal `Views`. No patches are made.
    """

    def __init__(self, state: State) -> None:
        """Look at everything once."""
        self._state = state
        self._source = _Source(state)
        self._table = LazyTree(self._source.of_table, state.kinds)
        self._hands = {seat: LazyTree(partial(self._source.of_hand, seat), state.kinds) for seat in state.seats()}
        self._changed = dict.fromkeys(self._source.classes)  # since somebody last looked at all hands
        state.looked_at()

    @property
    def table(self) -> LazyTree:
        """Return the table; it holds what a look has last brought it."""
        return self._table

    def hand(self, seat: int) -> LazyTree:
        """Return a seat's hand; it holds what a look has last brought it."""
        return self._hands[seat]

    def look(self, seat: int) -> None:
        """Let the table and a seat's hand forget what has changed since, so that it is fetched when it is read."""
        self._take_in()
        self._hands[seat].clear()

    def look_at_all(self) -> Collection[str]:
        """Let the table and all hands forget what has changed since they last did, and return those kinds."""
        self._take_in()
        changed, self._changed = self._changed, {}
        for hand in self._hands.values():
            for kind in changed:
                hand.drop(kind)
        return changed

    def _take_in(self) -> None:
        state, changed = self._state, self._changed
        over = state.game.status == "over"
        for cls, keys in state.touched.items():
            if cls.kind not in changed:
                changed[cls.kind] = None
                self._source.classes[cls.kind] = cls
            if cls.shows_at_once or over:
                self._outdate(cls.kind, keys)
        state.touched.clear()
        if state.newly_settled:
            for cls, keys in state.newly_settled.items():
                changed[cls.kind] = None
                self._outdate(cls.kind, keys)
            state.newly_settled.clear()

    def _outdate(self, kind: str, keys: dict[Key, None]) -> None:
        """Let a kind be fetched anew when it is next read on the table, and some of its keys be looked at then."""
        stale = self._source.stale
        if kind in stale:
            stale[kind].update(keys)
        else:
            stale[kind] = keys
            self._table.drop(kind)


class _Source:
    """What lazy trees are fetched from; it knows none of them: without a cycle a game that is over is let go at once.

    Attributes:
        classes: the kinds by name.
        stale: keys that may stand differently on the table by now, by kind.
    """

    def __init__(self, state: State) -> None:
        """Look at the whole table once."""
        self.classes = {cls.kind: cls for cls in state.kinds}
        self.stale: dict[str, dict[Key, None]] = {}
        self._state = state
        self._painter = Painter(state)
        self._table = whole_table(state, self._painter)

    def of_table(self, kind: str) -> Any:  # noqa: ANN401
        """Return a kind as it stands on the table now, or None."""
        keys = self.stale.pop(kind, None)
        if keys:
            cls = self.classes[kind]
            shown = self._painter.on_table(cls, keys)
            for key in map(str, keys):
                place(self._table, cls, key, shown.get(key))
        return self._table.get(kind)

    def of_hand(self, seat: int, kind: str) -> Any:  # noqa: ANN401
        """Return a kind as it is in a seat's hand now, or None."""
        cls = self.classes.get(kind)
        keys = self._state.owned[seat].get(cls) if cls is not None else None
        if cls is None or not keys:
            return None
        found = self._painter.in_hand(cls, keys)
        return found.get("0") if cls.single else found or None
