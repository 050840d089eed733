"""The ecosystem's figures against numbers that others have published; each test names its source."""

from __future__ import annotations

from fractions import Fraction

import pytest

from makersphere_rules.ecosystem.figures.all_figures import gini
from makersphere_rules.ecosystem.figures.life import Age, life_table
from makersphere_rules.ecosystem.formulas.indices import centralisation
from makersphere_rules.ecosystem.formulas.logarithms import entropy, evenness
from makersphere_rules.split import split

LEAVITT = {  # who may write to whom, five people: the degree of each
    "wheel": ([4, 1, 1, 1, 1], 100),
    "Y": ([3, 2, 1, 1, 1], 58),
    "chain": ([1, 2, 2, 2, 1], 16),
    "circle": ([2, 2, 2, 2, 2], 0),
}
REMISSION = {  # weeks of remission under 6-mercaptopurine: (age, died) as often as it says
    (6, True): 3,
    (6, False): 1,
    (7, True): 1,
    (9, False): 1,
    (10, True): 1,
    (10, False): 1,
    (11, False): 1,
    (13, True): 1,
    (16, True): 1,
    (17, False): 1,
    (19, False): 1,
    (20, False): 1,
    (22, True): 1,
    (23, True): 1,
    (25, False): 1,
    (32, False): 2,
    (34, False): 1,
    (35, False): 1,
}
CENSUS_1790 = {  # representative population, and the seats of the bill of 1792 that Washington sent back
    "Virginia": (630_560, 21),
    "Massachusetts": (475_327, 16),
    "Pennsylvania": (432_879, 14),
    "North Carolina": (353_523, 12),
    "New York": (331_589, 11),
    "Maryland": (278_514, 9),
    "Connecticut": (236_841, 8),
    "South Carolina": (206_236, 7),
    "New Jersey": (179_570, 6),
    "New Hampshire": (141_822, 5),
    "Vermont": (85_533, 3),
    "Georgia": (70_835, 2),
    "Kentucky": (68_705, 2),
    "Rhode Island": (68_446, 2),
    "Delaware": (55_540, 2),
}


@pytest.mark.parametrize("pattern", LEAVITT)
def test_degree_centralisation_of_leavitts_patterns(pattern: str) -> None:
    """Freeman 1978 on the patterns of Leavitt 1951: wheel 1, Y 7/12, chain 2/12, circle 0 (his .58 and .17)."""
    degrees, per_cent = LEAVITT[pattern]
    assert centralisation(degrees) == per_cent


@pytest.mark.parametrize("n", range(3, 12))
def test_a_star_has_the_most_and_a_line_the_less_the_longer(n: int) -> None:
    """Freeman 1978: a star of any size is 1; a line of n lacks 2 degrees of (n - 1)(n - 2)."""
    assert centralisation([n - 1, *[1] * (n - 1)]) == 100
    assert centralisation([1, *[2] * (n - 2), 1]) == min(100, 200 // ((n - 1) * (n - 2)))


def test_the_entropy_of_shannons_four_letters() -> None:
    """Shannon 1948, section 9: letters of probability 1/2, 1/4, 1/8, 1/8 carry 7/4 bits; Pielou's J is 7/8."""
    assert entropy([4, 2, 1, 1]) == 1750
    assert evenness([4, 2, 1, 1], 4) == 87


def test_the_life_table_of_kaplan_and_meier() -> None:
    """Kaplan and Meier 1958: 0.8, 1.0+, 2.7+, 3.1, 5.4, 7.0+, 9.2, 12.1+ give 7/8, 7/10, 21/40, 21/80."""
    tenths = [(8, True), (10, False), (27, False), (31, True), (54, True), (70, False), (92, True), (121, False)]
    found = {row.age: row.survival for row in life_table(tenths) if row.deaths}
    assert found == {8: Fraction(7, 8), 31: Fraction(7, 10), 54: Fraction(21, 40), 92: Fraction(21, 80)}


def test_the_remission_of_freireichs_patients() -> None:
    """Freireich and others 1963, as in Cox 1972: 21 patients; .857, .807, .753, .690, .627, .538, .448."""
    lives = [life for life, times in REMISSION.items() for _ in range(times)]
    rows = [row for row in life_table(lives) if row.deaths]
    assert [(row.age, row.at_risk, row.deaths) for row in rows] == [
        (6, 21, 3),
        (7, 17, 1),
        (10, 15, 1),
        (13, 12, 1),
        (16, 11, 1),
        (22, 7, 1),
        (23, 6, 1),
    ]
    assert [round(1000 * row.survival) for row in rows] == [857, 807, 753, 690, 627, 538, 448]


def test_deaths_come_before_losses_of_the_same_age_and_the_last_death_ends_all() -> None:
    """Bewick, Cheek and Ball 2004, table 2: 1, 1, 4, 5, 6+, 9, 9+, 22 days give 6/8, 5/8, 4/8, 1/3, 0."""
    days = [(1, True), (1, True), (4, True), (5, True), (6, False), (9, True), (9, False), (22, True)]
    found = [row.survival for row in life_table(days) if row.deaths]
    assert found == [Fraction(3, 4), Fraction(5, 8), Fraction(1, 2), Fraction(1, 3), Fraction(0)]
    assert life_table(days)[-2] == Age(9, 3, 1, 1, Fraction(1, 3))
    assert life_table([]) == []


@pytest.mark.parametrize("n", [2, 5, 10, 100])
def test_gini_of_the_first_n_whole_numbers(n: int) -> None:
    """Incomes 1 to n have (n - 1) / 3n: 1 to 5 are 4/15 = 0.27 (Sen 1973's formula, with half the mean difference)."""
    incomes = list(range(1, n + 1))
    assert gini(incomes) == 100 * (n - 1) // (3 * n)
    differences = sum(abs(one - other) for one in incomes for other in incomes)
    assert gini(incomes) == 100 * differences // (2 * n * sum(incomes))


def test_largest_remainders_seat_the_house_of_1792() -> None:
    """Balinski and Young 1982, chapter 3: Hamilton's method gives the 120 seats of the bill that was vetoed."""
    populations = [people for people, _ in CENSUS_1790.values()]
    assert sum(populations) == 3_615_920
    assert split(120, populations) == [seats for _, seats in CENSUS_1790.values()]
