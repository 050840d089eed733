"""Which table lies apart: the distance by hand, who is named, and what is left to chance."""

from __future__ import annotations

import random
from math import isclose, sqrt

from makersphere_rules.compared.apart import Named, distances, furthest, named
from makersphere_rules.compared.bots_spread import BotsSpread, OneSize, bots_spread

USUAL = {"rent": (0.0, 0.0, 0.0), "deals": (0.0, 0.0, 0.0)}
BOTS = BotsSpread("made_up", (OneSize(12, 100, {3: 5.0, 5: 4.0}, {"rent": 1.0, "deals": 2.0}, USUAL),))


def tables(*rents: float) -> list[dict[str, float]]:
    """Return tables that differ in their rents alone."""
    return [{"rent": rent, "deals": 7.0} for rent in rents]


def test_the_distance_is_the_formula_of_the_page() -> None:
    """Three others at 1, 2 and 3: median 2, squares 2, and the bots' spread counts as four tables."""
    found = distances(tables(8, 1, 2, 3), {"rent": 1.0})
    assert isclose(found[0]["rent"], (8 - 2) / sqrt((4 * 1 + 2) / (4 + 2) * (1 + 1 / 3)))


def test_one_odd_table_does_not_make_the_others_odd() -> None:
    """The others are held against the median of the rest, one of which is odd."""
    far = furthest(tables(10, 10, 40, 10, 10), {"rent": 1.0, "deals": 2.0})
    assert (far.table, far.figure) == (2, "rent")
    assert named(tables(10, 10, 40, 10, 10), 12, BOTS) == far


def test_of_two_odd_tables_the_furthest_is_named() -> None:
    """A lower figure is told by its sign."""
    found = named(tables(10, 60, 10, -90, 10, 10, 10, 10), 12, BOTS)
    assert found is not None
    assert (found.table, found.distance < 0) == (3, True)


def test_nobody_is_named_of_two_tables_or_of_alike_ones() -> None:
    """However far two lie from each other, either may be the odd one."""
    assert named(tables(1, 1_000), 12, BOTS) is None
    assert named(tables(10, 10.5, 11, 9.8, 10.1), 12, BOTS) is None


def test_figures_that_never_differ_name_whoever_differs() -> None:
    """A spread of nothing is no division by nothing."""
    flat = BotsSpread("made_up", (OneSize(12, 100, {3: 5.0}, {"rent": 0.0}, {}),))
    assert named(tables(3, 3, 3), 12, flat) is None
    found = named(tables(3, 3, 4), 12, flat)
    assert found is not None
    assert found.table == 2


def test_larger_tables_spread_less() -> None:
    """By the square root of the seats; a class is held to the stricter size and number."""
    assert isclose(BOTS.spread(48)["rent"], 0.5)
    assert (BOTS.least(3), BOTS.least(4), BOTS.least(5), BOTS.least(40)) == (5.0, 5.0, 4.0, 4.0)


def test_of_tables_drawn_alike_few_are_named() -> None:
    """Two hundred classes of figures that do not depend on each other, which is more to name by than games have."""
    bots = bots_spread("classroom")
    assert bots is not None
    drawn = random.Random(5)
    spread = bots.spread(30)
    classes = [[{name: drawn.gauss(0, one) for name, one in spread.items()} for _ in range(5)] for _ in range(200)]
    assert sum(bool(named(each, 30, bots)) for each in classes) <= 20
    odd = [*classes[0][:3], {name: value + 9 * spread[name] for name, value in classes[0][3].items()}, classes[0][4]]
    found = named(odd, 30, bots)
    assert found is not None
    assert found.table == 3


def test_a_named_table_says_where_and_how_far() -> None:
    """All that a page needs."""
    found = furthest(tables(1, 1, 9), {"rent": 1.0})
    assert found == Named(2, "rent", found.distance)
    assert found.distance > 5
