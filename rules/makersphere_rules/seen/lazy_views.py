"""Table and hand for readers that need little of them: a kind of entity is shown when it is first read.

A kind that was read before is brought up to date with the entities that have changed since.

Answers the same as `views.py`, which makes the trees, and adds the rule modules as a room's table names them. It knows
no secret. It serves `run.py bench simulate` (ADR 12).
"""

from __future__ import annotations

from collections.abc import Collection
from functools import partial
from typing import Any, Final

from makersphere_rules.entity import Entity, Key
from makersphere_rules.scenario import module_tree
from makersphere_rules.seen.lazy_tree import LazyTree
from makersphere_rules.seen.views import Painter, place, whole_table
from makersphere_rules.state import State

__all__ = ["LazyViews"]

_MODULES: Final = "module"


class LazyViews:
    """The table and the hands of one state for readers that need little of them: headless games.

    Read in full after `catch_up`, they equal `Views`, with the rule modules on the table. No patches are made.
    """

    def __init__(self, state: State) -> None:
        """Look at everything once."""
        self._state = state
        self._source = _Source(state)
        self._table = LazyTree(self._source.of_table, state.kinds, (_MODULES,))
        self._scenario = state.scenario
        self._hands = {seat: LazyTree(partial(self._source.of_hand, seat), state.kinds) for seat in state.seats()}
        self._changed: dict[type[Entity], object] | None = None  # since a look at all hands, if there has been one
        state.forget_changes()

    @property
    def table(self) -> LazyTree:
        """Return the table; it is as it was when it last caught up."""
        return self._table

    def hand(self, seat: int) -> LazyTree:
        """Return a seat's hand; it is as it was when it last caught up."""
        return self._hands[seat]

    def catch_up(self, seat: int) -> None:
        """Let the table and a seat's hand forget what has changed since, so that it is fetched when it is read."""
        self._take_in()
        self._hands[seat].clear()

    def catch_up_all(self) -> Collection[str]:
        """Let the table and all hands forget what has changed since they last did, and return those kinds."""
        self._take_in()
        changed = [cls.kind for cls in (self._state.kinds if self._changed is None else self._changed)]
        self._changed = {}
        for hand in self._hands.values():
            for kind in changed:
                hand.drop(kind)
        return changed

    def _take_in(self) -> None:
        touched, shown_anew = self._state.touched, self._state.shown_anew
        if self._scenario is not self._state.scenario:  # another run has begun
            self._scenario = self._state.scenario
            self._table.drop(_MODULES)
        if self._changed is not None:
            self._changed.update(touched)
            self._changed.update(shown_anew)
        for cls, keys in touched.items():
            if cls.shows_at_once:
                self._outdate(cls.kind, keys)
        touched.clear()
        if shown_anew:
            for cls, keys in shown_anew.items():
                self._outdate(cls.kind, keys)
            shown_anew.clear()

    def _outdate(self, kind: str, keys: dict[Key, None]) -> None:
        """Let a kind be fetched anew when it is next read on the table, and bring some of its keys up to date then."""
        stale = self._source.stale
        if kind in stale:
            stale[kind].update(keys)
        else:
            stale[kind] = keys
            self._table.drop(kind)


class _Source:
    """Where lazy trees fetch a kind. It holds none of the trees: without a circle a game that is over is freed at once.

    Attributes:
        stale: keys that may stand differently on the table by now, by kind.
    """

    def __init__(self, state: State) -> None:
        """Look at the whole table once."""
        self.stale: dict[str, dict[Key, None]] = {}
        self._state = state
        self._classes: dict[str, type[Entity]] = {}
        self._painter = Painter(state)
        self._table = whole_table(state, self._painter)

    def of_table(self, kind: str) -> Any:  # noqa: ANN401
        """Return a kind as it stands on the table now, or None."""
        if kind == _MODULES:
            return module_tree(self._state.scenario)
        keys = self.stale.pop(kind, None)
        cls = self._classes.get(kind) or self._class_of(kind)
        if keys and cls is not None:
            place(self._table, cls, map(str, keys), self._painter.on_table(cls, keys))
        return self._table.get(kind)

    def of_hand(self, seat: int, kind: str) -> Any:  # noqa: ANN401
        """Return a kind as it is in a seat's hand now, or None."""
        cls = self._classes.get(kind) or self._class_of(kind)
        keys = self._state.owned[seat].get(cls) if cls is not None else None
        if cls is None or not keys:
            return None
        found = self._painter.in_hand(cls, keys)
        return found.get("0") if cls.single else found or None

    def _class_of(self, kind: str) -> type[Entity] | None:
        """Return the class of a kind, or None if there has been nothing of it yet."""
        if len(self._classes) < len(self._state.kinds):
            self._classes = {cls.kind: cls for cls in self._state.kinds}
        return self._classes.get(kind)
