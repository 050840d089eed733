"""Two values of each game: how sure their difference is, and the ratio of their means.

Answers from sums that can be added up, as `intervals.py` does. What both values of a game share, its luck above all,
makes neither the difference nor the ratio less sure.

Source: a ratio of means is that of the values, less as much of the others (the delta method; Fieller 1940). Sums of
products are added up as those of squares and cubes are (Chan, Golub and LeVeque 1979).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

import attrs

from makersphere_playtest.measured.intervals import CONFIDENCE, Estimate, Moments

__all__ = ["Gain", "Pair", "Ratio"]


@attrs.define
class Pair:
    """What is kept of pairs of values.

    Attributes:
        one: of the first values.
        other: of the second ones.
        both: the sum of the products of their distances from the means.
        one_more: the same, the first distance squared.
        other_more: the same, the second distance squared.
    """

    one: Moments = attrs.field(factory=Moments)
    other: Moments = attrs.field(factory=Moments)
    both: float = 0.0
    one_more: float = 0.0
    other_more: float = 0.0

    @classmethod
    def of(cls, values: Iterable[float], others: Iterable[float]) -> Self:
        """Return the sums of some pairs.

        Raises:
            ValueError: there are not as many of both.
        """
        found = cls()
        for value, other in zip(values, others, strict=True):
            found.add(value, other)
        return found

    def add(self, value: float, other: float) -> None:
        """Take in a pair."""
        self.merge(Pair(Moments(1, value), Moments(1, other)))

    def merge(self, more: Pair) -> None:
        """Take in the pairs of others."""
        one, two = self.one.count, more.one.count
        if not two:
            return
        count = one + two
        first, second = more.one.mean - self.one.mean, more.other.mean - self.other.mean
        skewed = one * two * (one - two) / count**2
        across = one * more.both - two * self.both
        self.one_more += more.one_more + first * first * second * skewed
        self.one_more += (2 * first * across + second * (one * more.one.squares - two * self.one.squares)) / count
        self.other_more += more.other_more + first * second * second * skewed
        self.other_more += (2 * second * across + first * (one * more.other.squares - two * self.other.squares)) / count
        self.both += more.both + first * second * one * two / count
        self.one.merge(more.one)
        self.other.merge(more.other)

    def swapped(self) -> Pair:
        """Return the sums with first and second values in each other's place."""
        return Pair(self.other, self.one, self.both, self.other_more, self.one_more)

    def difference(self, times: float = 1.0) -> Moments:
        """Return the moments of the first values less the second ones.

        Args:
            times: how often the second ones are taken away.
        """
        one, other = self.one, self.other
        return Moments(
            one.count,
            one.mean - times * other.mean,
            one.squares - 2 * times * self.both + times**2 * other.squares,
            one.cubes - 3 * times * self.one_more + 3 * times**2 * self.other_more - times**3 * other.cubes,
        )


@attrs.frozen
class Ratio:
    """The mean of the first values of pairs, divided by that of the second ones.

    Attributes:
        pair: of values.
        times: what one is counted as; 100: the ratio is in per cent.
    """

    pair: Pair
    times: float = 1.0

    @property
    def count(self) -> int:
        """Return how many pairs there are."""
        return self.pair.one.count

    def estimate(self, confidence: float = CONFIDENCE, *, is_wary: bool = False) -> Estimate:
        """Return the ratio with its interval.

        Raises:
            ValueError: there are no values, or the mean of the second ones is 0.
        """
        mean = self.pair.other.mean
        if not mean:
            raise ValueError("no games, or nothing in them, to take a ratio to")
        found = self.pair.one.mean / mean
        left = self.pair.difference(found).estimate(confidence, is_wary=is_wary)
        ends = sorted((left.lo / mean, left.hi / mean))
        return Estimate(self.times * found, self.times * (found + ends[0]), self.times * (found + ends[1]))


@attrs.frozen
class Gain:
    """By how many per cent the mean of the first values of pairs is more than that of the second ones."""

    pair: Pair

    @property
    def count(self) -> int:
        """Return how many pairs there are."""
        return self.pair.one.count

    def estimate(self, confidence: float = CONFIDENCE, *, is_wary: bool = False) -> Estimate:
        """Return the gain with its interval.

        Raises:
            ValueError: there are no values, or the mean of the second ones is 0.
        """
        times = Ratio(self.pair).estimate(confidence, is_wary=is_wary)
        return Estimate(*(100 * (one - 1) for one in (times.mean, times.lo, times.hi)))
