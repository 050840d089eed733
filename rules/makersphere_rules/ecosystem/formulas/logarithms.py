"""Exact logarithms in whole numbers, so that no floating point can differ between machines.

log n is the number of binary digits of n to the power 1000, less 1: thousandths of a bit, rounded down.
Source: the rulebook's "7. Appraisal", indices; Shannon 1948.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

__all__ = ["entropy", "evenness", "log"]


@cache
def log(n: int) -> int:
    """Return the logarithm of n (1 or more) to base 2, in thousandths of a bit, rounded down."""
    return (n**1000).bit_length() - 1


def entropy(counts: Iterable[int]) -> int:
    """Return Shannon's H of some counts in thousandths of a bit: log N - (sum of n log n) div N; nothing: 0."""
    present = [count for count in counts if count > 0]
    total = sum(present)
    if total == 0:
        return 0
    return log(total) - sum(count * log(count) for count in present) // total


def evenness(counts: Iterable[int], kinds: int) -> int:
    """Return how equally the kinds are present, 0 to 100.

    Pielou's J of Shannon's H: 100 H div log min(N, K), at most 100; 0 when fewer than two are counted.

    Args:
        counts: how many of each kind.
        kinds: K, how many kinds there could be (2 or more).
    """
    counted = [count for count in counts if count > 0]
    total = sum(counted)
    if total < 2:
        return 0
    return min(100, 100 * entropy(counted) // log(min(total, kinds)))
