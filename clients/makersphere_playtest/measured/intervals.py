"""How sure a mean is: bootstrap intervals of means and of differences game by game.

Source: Efron 1987 (bias-corrected and accelerated intervals), as `scipy.stats.bootstrap` computes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean
from typing import Final

import attrs
import numpy as np
from scipy.stats import bootstrap

__all__ = ["CONFIDENCE", "Estimate", "estimate", "paired", "ratio"]

CONFIDENCE: Final = 0.95
_RESAMPLES: Final = 2000
_SEED: Final = 20  # of the resampling, so that the same games give the same interval


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


def estimate(values: Sequence[float]) -> Estimate:
    """Return the mean of some games' values; the interval of equal values, or of one alone, has no width.

    Raises:
        ValueError: there are no values.
    """
    if not values:
        raise ValueError("no games to take the mean of")
    mean = fmean(values)
    if min(values) == max(values):
        return Estimate(mean, mean, mean)
    found = bootstrap(
        (np.asarray(values, dtype=np.float64),),
        np.mean,
        confidence_level=CONFIDENCE,
        n_resamples=_RESAMPLES,
        rng=np.random.default_rng(_SEED),
    ).confidence_interval
    return Estimate(mean, float(found.low), float(found.high))


def paired(values: Sequence[float], control: Sequence[float]) -> Estimate:
    """Return the mean difference to a control, game by game, in the same order of games."""
    return estimate([value - other for value, other in zip(values, control, strict=True)])


def ratio(values: Sequence[float], others: Sequence[float]) -> Estimate:
    """Return the ratio of two means; the games of both are resampled together."""
    pair = np.asarray(values, dtype=np.float64), np.asarray(others, dtype=np.float64)
    found = bootstrap(
        pair,
        lambda one, other, axis=-1: np.mean(one, axis=axis) / np.mean(other, axis=axis),
        paired=True,
        vectorized=True,
        method="percentile",
        confidence_level=CONFIDENCE,
        n_resamples=_RESAMPLES,
        rng=np.random.default_rng(_SEED),
    ).confidence_interval
    return Estimate(float(pair[0].mean() / pair[1].mean()), float(found.low), float(found.high))
