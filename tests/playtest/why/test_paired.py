"""Pairs of numbers: the interval is Student's, and exact."""

from __future__ import annotations

import random

import pytest
from scipy.special import stdtrit
from scipy.stats import ttest_rel

from makersphere_playtest.why.paired import Paired, student


@pytest.mark.parametrize("freedom", [1, 2, 3, 4, 9, 10, 59, 60, 1000])
def test_the_quantile_is_students(freedom: int) -> None:
    """It is that of the package that playtests use, which a server does not have."""
    assert student(freedom) == pytest.approx(stdtrit(freedom, 0.975), rel=1e-12)


def test_the_interval_is_that_of_paired_differences() -> None:
    """Mean and interval are those of a paired test, to the last digits."""
    rng = random.Random(7)
    pairs = [(rng.randrange(100), rng.randrange(120)) for _ in range(60)]
    sums = Paired()
    for was, might in pairs:
        sums.add(was, might)
    found = sums.difference()
    tested = ttest_rel([might for _, might in pairs], [was for was, _ in pairs]).confidence_interval(0.95)
    assert (found.lo, found.hi) == pytest.approx((tested.low, tested.high), rel=1e-9)
    assert found.mean == pytest.approx(found.might - found.was)


def test_the_order_of_pairs_changes_no_digit() -> None:
    """Whole numbers are summed, so any order and any share of the work gives the same."""
    pairs = [(3, 9), (1, 1), (250, 13), (7, 8), (0, 100)]
    forth, back, parts = Paired(), Paired(), Paired()
    for was, might in pairs:
        forth.add(was, might)
    for was, might in reversed(pairs):
        back.add(was, might)
    for start in (0, 3):
        part = Paired()
        for was, might in pairs[start : start + 3]:
            part.add(was, might)
        parts.merge(part)
    assert forth.difference() == back.difference() == parts.difference()


def test_equal_differences_have_no_width() -> None:
    """What always differs by the same is sure, and no rounding makes it otherwise."""
    sums = Paired()
    for was in (1, 5, 1_000_003):
        sums.add(was, was + 7)
    found = sums.difference()
    assert (found.mean, found.lo, found.hi) == (7, 7, 7)
    assert found.is_clear


def test_no_pairs_are_no_answer() -> None:
    """Nothing is said of nothing."""
    with pytest.raises(ValueError, match="no futures"):
        Paired().difference()
