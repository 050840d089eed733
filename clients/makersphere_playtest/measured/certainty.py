"""What may be called sure: claims corrected for their number, and what a target's interval says of it.

Answers yes or no to claims, none of which is made because many were tried: of runs in which none of them is true, at
most one in twenty makes any. Says nothing of what is claimed.

Source: Holm 1979.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import inf
from statistics import NormalDist
from typing import Final

from makersphere_playtest.measured.intervals import CONFIDENCE, Estimate, Sums

__all__ = [
    "FEW",
    "LIKELY",
    "MET",
    "MISSED",
    "OPEN",
    "Claim",
    "holm",
    "is_inside",
    "is_outside",
    "outside",
    "stretched",
    "verdict",
]

Claim = Callable[[float], bool]  # whether it holds at a confidence

FEW: Final = 10  # games; of fewer games nothing is claimed
MET: Final = "met"
LIKELY: Final = "likely"
OPEN: Final = "open"
MISSED: Final = "missed"
_LIKELY: Final = 0.8  # the confidence of the interval that has to be inside
_NORMAL: Final = NormalDist()


def holm(claims: Sequence[Claim], confidence: float = CONFIDENCE) -> list[bool]:
    """Return which claims are sure: each as sure as it has to be among those that are not."""
    sure = [False] * len(claims)
    while left := [number for number, is_sure in enumerate(sure) if not is_sure]:
        asked = 1 - (1 - confidence) / len(left)
        found = [number for number in left if claims[number](asked)]
        if not found:
            break
        for number in found:
            sure[number] = True
    return sure


def outside(sums: Sums, lo: float = 0.0, hi: float = 0.0) -> Claim:
    """Return the claim that a mean is less than `lo` or more than `hi`; it does not hold of few games."""

    def holds(confidence: float) -> bool:
        return sums.count >= FEW and is_outside(sums.estimate(confidence, is_wary=True), lo, hi)

    return holds


def is_outside(found: Estimate, lo: float, hi: float) -> bool:
    """Return whether a whole interval is out of bounds; a difference that is known to be none is no gain."""
    return found.hi < lo or found.lo > hi or (found.lo == found.hi == 0 and inf in (-lo, hi) and 0 in (lo, hi))


def is_inside(found: Estimate, lo: float, hi: float) -> bool:
    """Return whether a whole interval is within bounds; of a bound of 0 it has to keep clear."""
    return lo <= found.lo and found.hi <= hi and (found.is_clear or 0 not in (lo, hi))


def verdict(found: Estimate, lo: float, hi: float, *, is_missed: bool) -> str:
    """Return what is known of a target.

    Args:
        found: what was measured, with its 95 % interval.
        lo: the least that is wanted.
        hi: the most.
        is_missed: whether it is sure, for all targets together, that this one is missed.
    """
    if is_inside(found, lo, hi):
        return MET
    if is_missed:
        return MISSED
    return LIKELY if is_inside(stretched(found, _LIKELY), lo, hi) else OPEN


def stretched(found: Estimate, confidence: float) -> Estimate:
    """Return about what a 95 % interval is at another confidence, where its sums are gone."""
    factor = _NORMAL.inv_cdf((1 + confidence) / 2) / _NORMAL.inv_cdf((1 + CONFIDENCE) / 2)
    return Estimate(
        found.mean, found.mean - factor * (found.mean - found.lo), found.mean + factor * (found.hi - found.mean)
    )
