"""How sure a mean is: intervals of means, of differences game by game, of shares and of ratios.

Answers from a few sums, which take in one value at a time and can be added up: a million games need no more memory than
ten, and workers' sums give what one worker's would. No games are drawn again, and no chance is in it.

Sources: Efron 1987 for a mean (the bias-corrected and accelerated interval, whose two corrections are both a sixth of
the skewness over the root of n for a mean; quantiles by Cornish and Fisher; Student's t in place of the normal one, for
few games). Clopper and Pearson 1934 for a share. A ratio of means is that of the values, less as much of the others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum, sqrt
from statistics import fmean
from typing import Final, Self

import attrs
from scipy.special import betaincinv, stdtrit

__all__ = ["CONFIDENCE", "Estimate", "Moments", "Share", "estimate", "paired", "ratio", "share"]

CONFIDENCE: Final = 0.95
_MOST_SKEW: Final = 0.15  # of the correction for skewness: few games say no more about it


@attrs.frozen
class Estimate:
    """A mean over games and its 95 % interval, from `lo` to `hi`."""

    mean: float
    lo: float
    hi: float

    @property
    def is_clear(self) -> bool:
        """Return whether the interval leaves out 0, so that a difference is sure."""
        return self.lo > 0 or self.hi < 0


@attrs.define
class Moments:
    """What is kept of some values to know their mean and how sure it is.

    Attributes:
        count: how many values there are.
        mean: of them.
        squares: the sum of the squares of their distances from the mean.
        cubes: the sum of the cubes.
    """

    count: int = 0
    mean: float = 0.0
    squares: float = 0.0
    cubes: float = 0.0

    @classmethod
    def of(cls, values: Iterable[float]) -> Self:
        """Return the moments of some values."""
        found = [float(value) for value in values]
        if not found:
            return cls()
        mean = fmean(found)
        apart = [value - mean for value in found]
        return cls(len(found), mean, fsum(one**2 for one in apart), fsum(one**3 for one in apart))

    def add(self, value: float) -> None:
        """Take in a value. Source: Welford 1962, for cubes too."""
        self.count += 1
        apart = value - self.mean
        step = apart / self.count
        square = apart * step * (self.count - 1)
        self.cubes += step * (square * (self.count - 2) - 3 * self.squares)
        self.squares += square
        self.mean += step

    def merge(self, other: Moments) -> None:
        """Take in the values of others. Source: Chan, Golub and LeVeque 1979, for cubes too."""
        one, two = self.count, other.count
        if not two:
            return
        count, apart = one + two, other.mean - self.mean
        self.cubes += (
            other.cubes
            + apart**3 * one * two * (one - two) / count**2
            + 3 * apart * (one * other.squares - two * self.squares) / count
        )
        self.squares += other.squares + apart**2 * one * two / count
        self.mean += apart * two / count
        self.count = count

    def estimate(self, confidence: float = CONFIDENCE) -> Estimate:
        """Return the mean with its interval; that of equal values, or of one alone, has no width.

        Raises:
            ValueError: there are no values.
        """
        if not self.count:
            raise ValueError("no games to take the mean of")
        if self.count == 1 or self.squares <= 0:
            return Estimate(self.mean, self.mean, self.mean)
        error = sqrt(self.squares / (self.count - 1) / self.count)
        skew = self.cubes / self.count / (self.squares / self.count) ** 1.5 / (6 * sqrt(self.count))
        skew = min(max(skew, -_MOST_SKEW), _MOST_SKEW)
        outer = float(stdtrit(self.count - 1, (1 + confidence) / 2))
        lo, hi = (self.mean + error * _quantile(side, skew) for side in (-outer, outer))
        return Estimate(self.mean, lo, hi)


def _quantile(side: float, skew: float) -> float:
    """Return the end of an interval in standard errors from the mean, corrected for skewness.

    Args:
        side: where the end would be if the mean were spread evenly to both sides.
        skew: the correction, both for bias and for acceleration.
    """
    moved = skew + (skew + side) / (1 - skew * (skew + side))
    return moved + skew * (moved**2 - 1)


@attrs.define
class Share:
    """What is kept of yes and no: how often it was yes, of how many."""

    count: int = 0
    yes: int = 0

    def add(self, is_yes: bool) -> None:  # noqa: FBT001  (the one value that it takes in)
        """Take in a yes or a no."""
        self.count += 1
        self.yes += is_yes

    def merge(self, other: Share) -> None:
        """Take in what others have."""
        self.count += other.count
        self.yes += other.yes

    def estimate(self, confidence: float = CONFIDENCE) -> Estimate:
        """Return the share in per cent; its interval has a width also where all say the same.

        Raises:
            ValueError: nobody has said anything.
        """
        if not self.count:
            raise ValueError("no games to take the share of")
        no, tail = self.count - self.yes, (1 - confidence) / 2
        lo = float(betaincinv(self.yes, no + 1, tail)) if self.yes else 0.0
        hi = float(betaincinv(self.yes + 1, no, 1 - tail)) if no else 1.0
        return Estimate(100 * self.yes / self.count, 100 * lo, 100 * hi)


def estimate(values: Sequence[float], confidence: float = CONFIDENCE) -> Estimate:
    """Return the mean of some games' values with its interval.

    Raises:
        ValueError: there are no values.
    """
    return Moments.of(values).estimate(confidence)


def share(holds: Iterable[bool], confidence: float = CONFIDENCE) -> Estimate:
    """Return in how many games of a hundred something holds.

    Raises:
        ValueError: there are no games.
    """
    found = Share()
    for one in holds:
        found.add(one)
    return found.estimate(confidence)


def paired(values: Sequence[float], control: Sequence[float], confidence: float = CONFIDENCE) -> Estimate:
    """Return the mean difference to a control, game by game, in the same order of games."""
    return estimate([value - other for value, other in zip(values, control, strict=True)], confidence)


def ratio(values: Sequence[float], others: Sequence[float], confidence: float = CONFIDENCE) -> Estimate:
    """Return the ratio of two means, each pair of values from one game.

    Raises:
        ValueError: there are no values, or the mean of the others is 0.
    """
    mean = fmean(others) if others else 0.0
    if not mean:
        raise ValueError("no games, or nothing in them, to take a ratio to")
    found = fmean(values) / mean
    left = estimate([value - found * other for value, other in zip(values, others, strict=True)], confidence)
    ends = sorted((left.lo / mean, left.hi / mean))
    return Estimate(found, found + ends[0], found + ends[1])
