"""The formulas of the indices, each against numbers worked by hand or published."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from makersphere_rules.ecosystem.formulas import indices
from makersphere_rules.ecosystem.formulas.logarithms import entropy, evenness, log

STAR = [4, 1, 1, 1, 1]
RING = [2, 2, 2, 2, 2]


@pytest.mark.parametrize(("n", "bits"), [(1, 0), (2, 1000), (3, 1584), (6, 2584), (8, 3000), (28, 4807)])
def test_logs_are_thousandths_of_a_bit_rounded_down(n: int, bits: int) -> None:
    """A power of two is exact; 28 is the rulebook's own."""
    assert log(n) == bits


def test_logs_are_exact_and_need_no_floating_point() -> None:
    """2^k <= n^1000 < 2^(k+1) for every n up to 500, which a float could not promise."""
    for n in range(1, 501):
        assert 2 ** log(n) <= n**1000 < 2 ** (log(n) + 1)
        assert abs(log(n) - 1000 * math.log2(n)) <= 1


def test_entropy_of_the_rulebooks_hours() -> None:
    """Fund 11, engineer 7, workshop 10 of 28: H = 4,807 - 90,908 div 28 = 1,561, evenness 60."""
    assert 11 * log(11) + 7 * log(7) + 10 * log(10) == 90_908
    assert entropy([11, 7, 10]) == 1561
    assert evenness([0, 11, 0, 7, 0, 10], 6) == 60


def test_evenness_is_100_when_all_kinds_are_equally_present() -> None:
    """Three of three different, and six kinds twice each."""
    assert evenness([1, 1, 1], 6) == 100
    assert evenness([2] * 6, 6) == 100


def test_evenness_of_one_kind_or_of_fewer_than_two_is_0() -> None:
    """Nothing is diverse about a single kind, a single person or nobody."""
    assert evenness([5], 6) == 0
    assert evenness([1], 6) == 0
    assert evenness([], 6) == 0


def test_a_star_is_fully_centralised_and_a_ring_not_at_all() -> None:
    """Freeman 1978: the star has 100, the ring and the complete network 0."""
    assert indices.centralisation(STAR) == 100
    assert indices.centralisation(RING) == 0
    assert indices.centralisation([4] * 5) == 0


def test_a_line_of_five_lies_between() -> None:
    """Degrees 1, 2, 2, 2, 1: (1 + 1) of 12, 16 per cent."""
    assert indices.centralisation([1, 2, 2, 2, 1]) == 16


def test_fewer_than_three_count_nothing_for_being_unhung() -> None:
    """With n under 3 the term 100 - centralisation is 0."""
    assert [indices.centralisation(ties) for ties in ([], [0], [1, 1])] == [100, 100, 100]


def test_density_is_ties_of_possible_ties() -> None:
    """A star of five has 8 of 20 ends; two who know each other all; one alone nothing."""
    assert indices.density(STAR) == 40
    assert indices.density([1, 1]) == 100
    assert indices.density([0]) == indices.density([]) == 0


def test_ties_to_makers_elsewhere_do_not_count() -> None:
    """Degrees are among the members alone."""
    assert indices.degrees([1, 2, 3], {1: (2, 9), 2: (1, 3, 8), 3: (2,)}) == [1, 2, 1]


def test_community_of_the_rulebooks_season() -> None:
    """Backgrounds 100, density 66, 100 - 100, spirit 70: 236 div 4 = 59."""
    assert indices.community_index([1, 1, 1], [1, 2, 1], 7 + 8 + 6) == 59


def test_resources_of_the_rulebooks_season() -> None:
    """60, 28 of 28 hours, appraisals 98 and 78: 248 div 3 = 82."""
    assert indices.resources_index([11, 7, 10], 28, [98, 78]) == 82


def test_integration_of_the_rulebooks_season() -> None:
    """66, 100 and 83: 249 div 3 = 83; the cube root of 59 x 82 x 83 is 73."""
    assert indices.integration_index(66, 100, 83) == 83
    assert indices.vitality(59, 82, 83) == 73


def test_indices_are_kept_within_1_and_100() -> None:
    """An empty space has 1 in everything, the best one 100."""
    assert indices.community_index([], [], 0) == 1
    assert indices.resources_index([0] * 6, 0, []) == 1
    assert indices.integration_index(0, 0, 0) == 1
    assert indices.vitality(1, 1, 1) == 1
    assert indices.vitality(100, 100, 100) == 100


def test_vitality_is_the_whole_part_of_the_cube_root() -> None:
    """27 is 3 exactly, 26 is not yet."""
    assert indices.vitality(3, 3, 3) == 3
    assert indices.vitality(2, 13, 1) == 2
    for product in (1, 7, 8, 9, 999, 1000, 1001, 389_016, 389_017):
        root = indices.vitality(product, 1, 1)
        assert root**3 <= product < (root + 1) ** 3


@pytest.mark.parametrize(
    ("ratings", "moved"), [([], 0), ([3], 0), ([5, 5], 2), ([1, 1, 1], -2), ([3, 2], -1), ([3, 4], 0)]
)
def test_voice_moves_vitality_by_the_mean_rating_less_3_rounded_down(ratings: list[int], moved: int) -> None:
    """Half a point up is lost, half a point down is a whole one."""
    assert indices.voice(50, ratings, receivership=False) == 50 + moved
    exact = Fraction(sum(ratings), len(ratings)) - 3 if ratings else Fraction(0)
    assert moved == math.floor(exact)


def test_receivership_halves_vitality_before_the_voice() -> None:
    """51 div 2 = 25, then two fives add 2; never under 1 and never over 100."""
    assert indices.voice(51, [5, 5], receivership=True) == 27
    assert indices.voice(1, [1, 1], receivership=True) == 1
    assert indices.voice(100, [5, 5], receivership=False) == 100
