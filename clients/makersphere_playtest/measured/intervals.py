"""How sure a mean is: intervals of means and of shares.

Answers from a few sums, which take in one value at a time and can be added up: a million games need no more memory than
ten, and workers' sums give what one worker's would. No games are drawn again, and no chance is in it. Differences game
by game and ratios are in `pairs.py`.

Sources: Efron 1987 for a mean (the bias-corrected and accelerated interval, whose two corrections are both a sixth of
the skewness over the root of n for a mean; quantiles by Cornish and Fisher; Student's t in place of the normal one, for
few games). Clopper and Pearson 1934 for a share, and for what values that were all alike may hide.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import fsum, inf, sqrt
from operator import mul
from statistics import fmean
from typing import Final, Protocol, Self

import attrs
from scipy.special import betaincinv, stdtrit

from makersphere_playtest.measured.estimates import Estimate

__all__ = ["CONFIDENCE", "PER_CENT", "Bounds", "Estimate", "Moments", "Share", "Sums", "estimate", "share"]

Bounds = tuple[float, float]

CONFIDENCE: Final = 0.95
PER_CENT: Final[Bounds] = (0, 100)
_MOST_SKEW: Final = 0.15  # of the correction for skewness: few games say no more about it


class Sums(Protocol):
    """What is kept of some values, from which their mean and its interval follow."""

    @property
    def count(self) -> int:
        """Return how many values there are."""
        ...

    def estimate(self, confidence: float = CONFIDENCE, *, is_wary: bool = False) -> Estimate:
        """Return the mean with its interval.

        Args:
            confidence: how often an interval of this kind holds the truth.
            is_wary: for a claim among many: rather too wide than too narrow, however the values are spread.

        Raises:
            ValueError: there are no values.
        """
        ...


@attrs.define
class Moments:
    """What is kept of some values to know their mean and how sure it is.

    Attributes:
        count: how many values there are.
        mean: of them.
        squares: the sum of the squares of their distances from the mean.
        cubes: the sum of the cubes.
        within: the least and the most that a value can be, where that is known.
    """

    count: int = 0
    mean: float = 0.0
    squares: float = 0.0
    cubes: float = 0.0
    within: Bounds | None = None

    @classmethod
    def of(cls, values: Sequence[float], within: Bounds | None = None) -> Self:
        """Return the moments of some values."""
        if not values:
            return cls(within=within)
        mean = fmean(values)
        apart = [value - mean for value in values]
        squares = [one * one for one in apart]
        return cls(len(values), mean, fsum(squares), fsum(map(mul, apart, squares)), within)

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

    def scaled(self, factor: float) -> Moments:
        """Return the moments of the values times a factor."""
        return Moments(self.count, self.mean * factor, self.squares * factor**2, self.cubes * factor**3)

    def estimate(self, confidence: float = CONFIDENCE, *, is_wary: bool = False) -> Estimate:
        """Return the mean with its interval.

        That of equal values has no width, unless it is known what else they could have been.

        Args:
            confidence: how often an interval of this kind holds the truth.
            is_wary: rather too wide than too narrow: skewness widens the interval and never narrows it, and equal
                values are too few to tell as long as the toss of a coin could have made them equal.

        Raises:
            ValueError: there are no values.
        """
        if not self.count:
            raise ValueError("no games to take the mean of")
        if self.within is not None and self.squares <= 0:
            return self._of_equal(confidence, *self.within)
        if self.count == 1 or self.squares <= 0:
            is_little = is_wary and 2.0 ** (1 - self.count) > 1 - confidence
            return Estimate(self.mean, -inf, inf) if is_little else Estimate(self.mean, self.mean, self.mean)
        lo, hi = self._ends(confidence, is_wary=is_wary)
        least, most = self.within or (-inf, inf)
        return Estimate(self.mean, max(lo, least), min(hi, most))

    def _ends(self, confidence: float, *, is_wary: bool) -> tuple[float, float]:
        error = sqrt(self.squares / (self.count - 1) / self.count)
        skew = self.cubes / self.count / (self.squares / self.count) ** 1.5 / (6 * sqrt(self.count))
        skew = min(max(skew, -_MOST_SKEW), _MOST_SKEW)
        outer = float(stdtrit(self.count - 1, (1 + confidence) / 2))
        first, last = (_quantile(side, skew) for side in (-outer, outer))
        if is_wary:
            first, last = min(first, -outer), max(last, outer)
        return self.mean + error * first, self.mean + error * last

    def _of_equal(self, confidence: float, least: float, most: float) -> Estimate:
        """Return the interval of equal values: one game in so many may still have had any other value."""
        unseen = 1 - ((1 - confidence) / 2) ** (1 / self.count)
        return Estimate(self.mean, self.mean - unseen * (self.mean - least), self.mean + unseen * (most - self.mean))


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

    def estimate(self, confidence: float = CONFIDENCE, *, is_wary: bool = False) -> Estimate:
        """Return the share in per cent; its interval has a width also where all say the same, and is wary as it is.

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
