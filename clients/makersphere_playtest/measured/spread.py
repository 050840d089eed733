"""How values are spread over games: what one game will bring, where a mean says what a thousand bring together.

Answers from counts of rounded values, which add up and stay as few however many games there are. Never says how sure it
is: that is `intervals.py`'s.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import floor

import attrs

__all__ = ["Spread"]


@attrs.define
class Spread:
    """How often each value was there; values are rounded to a tenth, and from 100 on to whole numbers."""

    counts: Counter[float] = attrs.field(factory=Counter)

    @classmethod
    def of(cls, values: Iterable[float]) -> Spread:
        """Return how some values are spread."""
        found = cls()
        for value in values:
            found.add(value)
        return found

    def add(self, value: float) -> None:
        """Take in a value."""
        self.counts[round(value, 1) if -100 < value < 100 else float(round(value))] += 1

    def merge(self, other: Spread) -> None:
        """Take in the values of others."""
        self.counts.update(other.counts)

    def quantile(self, share: float) -> float:
        """Return the least value that so large a share of all values does not exceed.

        Args:
            share: 0 to 1.

        Raises:
            ValueError: there are no values.
        """
        if not self.counts:
            raise ValueError("no games to see a spread in")
        left = share * self.counts.total()
        for value in sorted(self.counts):
            left -= self.counts[value]
            if left <= 0:
                return value
        return max(self.counts)

    def columns(self, number: int) -> list[tuple[float, float, int]]:
        """Return at most so many columns of the same width: where each begins and ends, and how many values it has.

        Whole numbers that are few have a column each, in the middle of which they are.
        """
        lo, hi = min(self.counts), max(self.counts)
        if all(value == int(value) for value in self.counts):
            width, lo = max(1.0, -(-(hi - lo + 1) // number)), lo - 0.5
        else:
            width = max((hi - lo) / number, 0.1)
        found: Counter[int] = Counter()
        for value, count in self.counts.items():
            found[min(floor((value - lo) / width), number - 1)] += count
        return [(lo + width * at, lo + width * (at + 1), found[at]) for at in range(max(found) + 1)]
