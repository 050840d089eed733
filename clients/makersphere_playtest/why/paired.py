"""Pairs of whole numbers, as it was and as it might have been: their means, and how sure their difference is.

Answers from four sums of whole numbers, so the order in which pairs come in, and from which process, changes nothing.
The interval is Student's for paired differences; his distribution is worked out here, since a server has no package
for it. Source: Student 1908; Abramowitz and Stegun 1964, 26.7.3 and 26.7.4.
"""

from __future__ import annotations

from functools import lru_cache
from math import atan, cos, pi, sin, sqrt
from typing import Final

import attrs

from makersphere_playtest.measured.estimates import Estimate

__all__ = ["Difference", "Paired", "student"]

_TAIL: Final = 0.975  # of a 95 % interval
_HALVINGS: Final = 60
_WIDEST: Final = 64.0  # more than the quantile of any number of pairs, 2 included


@attrs.frozen(kw_only=True)
class Difference(Estimate):
    """What differs on the mean between as it might have been and as it was, with its interval."""

    was: float
    might: float


@attrs.define
class Paired:
    """What is kept of pairs.

    Attributes:
        count: how many there are.
        was: the sum of the first numbers.
        might: the sum of the second ones.
        squares: the sum of the squares of their differences.
    """

    count: int = 0
    was: int = 0
    might: int = 0
    squares: int = 0

    def add(self, was: int, might: int) -> None:
        """Take in a pair."""
        self.merge(Paired(1, was, might, (might - was) ** 2))

    def merge(self, other: Paired) -> None:
        """Take in the pairs of others."""
        self.count += other.count
        self.was += other.was
        self.might += other.might
        self.squares += other.squares

    def difference(self) -> Difference:
        """Return the difference; that of equal differences has no width.

        Raises:
            ValueError: there are no pairs.
        """
        if not self.count:
            raise ValueError("no futures to compare")
        count, apart = self.count, self.might - self.was
        mean, half = apart / count, 0.0
        spread = count * self.squares - apart * apart  # whole numbers: exactly 0 where all are equal
        if spread:
            half = student(count - 1) * sqrt(spread / (count - 1)) / count
        return Difference(was=self.was / count, might=self.might / count, mean=mean, lo=mean - half, hi=mean + half)


@lru_cache(maxsize=64)
def student(freedom: int) -> float:
    """Return the quantile of Student's distribution that leaves 2.5 % above it.

    Args:
        freedom: degrees of freedom, 1 or more.
    """
    lo, hi = 0.0, _WIDEST
    for _ in range(_HALVINGS):
        middle = (lo + hi) / 2
        lo, hi = (middle, hi) if _below(middle, freedom) < _TAIL else (lo, middle)
    return lo


def _below(value: float, freedom: int) -> float:
    """Return how much of Student's distribution lies below a value of 0 or more."""
    angle = atan(value / sqrt(freedom))
    term = cos(angle) if freedom % 2 else 1.0
    total = 0.0
    for step in range(2 if freedom % 2 else 1, freedom, 2):
        total += term
        term *= cos(angle) ** 2 * step / (step + 1)
    if freedom % 2:
        inside = 2 / pi * (angle + sin(angle) * total)
    else:
        inside = sin(angle) * total
    return (1 + inside) / 2
