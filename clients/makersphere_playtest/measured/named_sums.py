"""Sums of many named values: each game adds one to a name, or says yes or no to it.

Answers with the sums of `intervals.py`. Values wait until there are some hundred games, since they are quicker to take
in together; nothing else is kept of a game.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Final

import attrs

from makersphere_playtest.measured.intervals import Bounds, Moments, Share

__all__ = ["Means", "Shares"]

_AT_ONCE: Final = 256  # games


def _anything(name: str) -> Bounds | None:
    return None


@attrs.define
class Means:
    """The sums of values by name.

    Attributes:
        within: for a name, the least and the most that its values can be, if that is known.
    """

    within: Callable[[str], Bounds | None] = _anything
    _known: dict[str, Moments] = attrs.field(init=False, factory=dict)
    _waiting: dict[str, list[float]] = attrs.field(init=False, factory=lambda: defaultdict(list))
    _games: int = attrs.field(init=False, default=0)

    def add(self, values: Iterable[tuple[str, float]]) -> None:
        """Take in the values of a game."""
        waiting = self._waiting
        for name, value in values:
            waiting[name].append(value)
        self._games += 1
        if self._games >= _AT_ONCE:
            self._settle()

    def all(self) -> Mapping[str, Moments]:
        """Return the sums by name."""
        self._settle()
        return self._known

    def _settle(self) -> None:
        for name, values in self._waiting.items():
            new = Moments.of(values, self.within(name))
            if (known := self._known.get(name)) is None:
                self._known[name] = new
            else:
                known.merge(new)
        self._waiting.clear()
        self._games = 0


@attrs.define
class Shares:
    """How often a game said yes to each name."""

    _known: dict[str, Share] = attrs.field(init=False, factory=dict)

    def add(self, answers: Iterable[tuple[str, bool]]) -> None:
        """Take in the answers of a game."""
        for name, is_yes in answers:
            known = self._known.get(name)
            if known is None:
                known = self._known[name] = Share()
            known.count += 1
            known.yes += is_yes

    def all(self) -> Mapping[str, Share]:
        """Return the counts by name."""
        return self._known
