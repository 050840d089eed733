"""Intervals mean what they say: as wide as a bootstrap's, true about as often as they claim, from a few sums."""

from __future__ import annotations

from collections.abc import Callable

import attrs
import numpy as np
import numpy.typing as npt
import pytest
from scipy.stats import binom, bootstrap

from makersphere_playtest.measured.intervals import PER_CENT, Estimate, Moments, Share, estimate, share
from makersphere_playtest.measured.pairs import Pair, Ratio

Values = npt.NDArray[np.float64]
Draw = Callable[[np.random.Generator, tuple[int, int]], Values]

# what games give: scores, counts, credits with a long tail, two kinds of game in one
KINDS: dict[str, tuple[Draw, float]] = {
    "even": (lambda rng, size: rng.normal(200, 80, size), 200),
    "skewed": (lambda rng, size: rng.gamma(4, 5, size), 20),
    "counts": (lambda rng, size: rng.poisson(8, size).astype(float), 8),
    "long": (lambda rng, size: rng.exponential(10, size), 10),
    "two kinds": (lambda rng, size: rng.normal(0, 1, size) + 5 * (rng.random(size) < 0.3), 1.5),
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_width_is_that_of_a_bootstrap(kind: str) -> None:
    """Fifty data sets of 200 to 400 games: within 2 % of the BCa interval of 100,000 resamples."""
    rng = np.random.default_rng(sum(kind.encode()))
    for number in range(10):
        values = KINDS[kind][0](rng, (1, 200 + 20 * number))[0]
        known = bootstrap((values,), np.mean, n_resamples=100_000, batch=2_000, rng=rng).confidence_interval
        found = estimate(values.tolist())
        assert (found.hi - found.lo) / (known.high - known.low) == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize(
    ("kind", "games"), [*((kind, games) for kind in KINDS for games in (60, 200)), ("even", 10), ("skewed", 30)]
)
def test_an_interval_of_a_mean_holds_the_truth_as_often_as_it_says(kind: str, games: int) -> None:
    """Of 10,000 playtests whose truth is known, the intervals of 94 to 96 in a hundred hold it."""
    rng = np.random.default_rng(games)
    draw, truth = KINDS[kind]
    found = [estimate(values) for values in draw(rng, (10_000, games)).tolist()]
    assert 94 <= sum(one.lo <= truth <= one.hi for one in found) / 100 <= 96


@pytest.mark.parametrize(
    ("games", "per_cent"), [(10, 5), (60, 1), (60, 50), (200, 1), (200, 10), (1000, 30), (1000, 99)]
)
def test_an_interval_of_a_share_holds_the_truth_as_often_as_it_says(games: int, per_cent: int) -> None:
    """By the exact chance of each outcome: in 94 to 99 of a hundred playtests, for rare things too."""
    chances = [float(binom.pmf(yes, games, per_cent / 100)) for yes in range(games + 1)]
    found = [Share(games, yes).estimate() for yes in range(games + 1)]
    held = sum(chance for chance, one in zip(chances, found, strict=True) if one.lo <= per_cent <= one.hi)
    assert 94 <= 100 * held <= 99


def test_what_never_happened_may_happen() -> None:
    """Ten games without a receivership say little, two thousand say much, and neither says never."""
    never, always = share([False] * 10), share([True] * 2_000)
    assert (never.mean, never.lo, round(never.hi, 1)) == (0, 0, 30.8)
    assert (always.mean, round(always.lo, 1), always.hi) == (100, 99.8, 100)


@pytest.mark.parametrize("kind", KINDS)
def test_sums_of_parts_are_the_sums_of_the_whole(kind: str) -> None:
    """Whether games are taken in one by one, at once, or by workers whose sums are added, the interval is the same."""
    values = KINDS[kind][0](np.random.default_rng(5), (1, 300))[0].tolist()
    whole = Moments.of(values)
    one_by_one, merged = Moments(), Moments()
    for value in values:
        one_by_one.add(value)
    for start, end in ((0, 7), (7, 7), (7, 250), (250, 300)):
        merged.merge(Moments.of(values[start:end]))
    for other in (one_by_one, merged):
        assert attrs.astuple(other.estimate()) == pytest.approx(attrs.astuple(whole.estimate()), rel=1e-9)


def test_shares_of_parts_are_the_share_of_the_whole() -> None:
    """Workers' counts add up."""
    parts = Share(10, 3)
    parts.merge(Share(30, 5))
    assert parts == Share(40, 8)


def test_what_never_varies_has_no_width_and_nothing_has_no_mean() -> None:
    """Equal values are known exactly; no values are refused."""
    assert estimate([3.0, 3.0]) == Estimate(3, 3, 3)
    assert estimate([4.0]) == Estimate(4, 4, 4)
    with pytest.raises(ValueError, match="no games"):
        estimate([])
    with pytest.raises(ValueError, match="no games"):
        share([])
    with pytest.raises(ValueError, match="no games"):
        Ratio(Pair()).estimate()


def test_more_confidence_is_a_wider_interval() -> None:
    """Many comparisons ask more of each."""
    values = [float(one * one % 17) for one in range(60)]
    sure, surer = estimate(values), estimate(values, 0.999)
    assert surer.lo < sure.lo < sure.mean < sure.hi < surer.hi


def _ratio_of_means(one: Values, two: Values, axis: int = -1) -> Values:
    ratio: Values = np.mean(one, axis=axis) / np.mean(two, axis=axis)  # of an older library it is of any type
    return ratio


def test_a_ratio_is_of_means_over_the_same_games() -> None:
    """What all games share makes it no less sure: its interval is that of a bootstrap of pairs."""
    rng = np.random.default_rng(2)
    luck = rng.gamma(3, 5, 300)
    values, others = luck + rng.gamma(2, 4, 300), 0.6 * luck + rng.gamma(2, 4, 300)
    known = bootstrap(
        (values, others),
        _ratio_of_means,
        paired=True,
        vectorized=True,
        n_resamples=20_000,
        rng=rng,
    ).confidence_interval
    found = Ratio(Pair.of(values.tolist(), others.tolist())).estimate()
    assert (found.hi - found.lo) / (known.high - known.low) == pytest.approx(1, abs=0.04)
    assert found.mean == pytest.approx(values.mean() / others.mean())
    assert Ratio(Pair.of([2, 4, 6], [1, 2, 3])).estimate() == Estimate(2, 2, 2)


def test_a_difference_is_taken_game_by_game() -> None:
    """What all games share is in neither side of it."""
    found = Pair.of([11.0, 52.0, 3.0], [10.0, 50.0, 0.0]).difference()
    assert attrs.astuple(found.estimate()) == pytest.approx(attrs.astuple(estimate([1.0, 2.0, 3.0])))


def test_pairs_of_parts_are_the_pairs_of_the_whole() -> None:
    """Differences and ratios too come from sums that add up."""
    rng = np.random.default_rng(8)
    values, others = rng.gamma(3, 5, 90).tolist(), rng.gamma(2, 4, 90).tolist()
    whole, merged = Pair.of(values, others), Pair()
    for start, end in ((0, 7), (7, 7), (7, 90)):
        merged.merge(Pair.of(values[start:end], others[start:end]))
    known = [value - 2 * other for value, other in zip(values, others, strict=True)]
    for found in (whole, merged):
        apart = found.difference(2).estimate()
        assert attrs.astuple(apart) == pytest.approx(attrs.astuple(estimate(known)), rel=1e-9)
    for one, other in ((Ratio(whole), Ratio(merged)), (Ratio(whole.swapped()), Ratio(merged.swapped()))):
        assert attrs.astuple(one.estimate()) == pytest.approx(attrs.astuple(other.estimate()), rel=1e-9)


def test_a_per_cent_that_was_always_the_same_may_be_another() -> None:
    """Ten games of 100 % say little, two thousand much; an interval never leaves what can be."""
    few, many = (Moments.of([100.0] * games, PER_CENT).estimate() for games in (10, 2_000))
    assert (round(few.lo, 1), few.hi, round(many.lo, 1)) == (69.2, 100, 99.8)
    assert Moments.of([0.0] * 10, PER_CENT).estimate().hi == pytest.approx(share([False] * 10).hi)
    near = Moments.of([100.0] * 19 + [0.0], PER_CENT).estimate()
    assert near.lo < near.mean < near.hi <= 100


def test_a_wary_interval_is_rather_too_wide() -> None:
    """Skewness widens it and never narrows it; a few equal values say nothing."""
    skewed = Moments.of([0.0] * 40 + [9.0] * 3)
    plain, wary = skewed.estimate(0.999), skewed.estimate(0.999, is_wary=True)
    assert wary.lo < plain.lo
    assert wary.hi == plain.hi
    assert not Moments.of([1.0] * 5).estimate(is_wary=True).is_clear
    assert Moments.of([1.0] * 12).estimate(is_wary=True).is_clear
