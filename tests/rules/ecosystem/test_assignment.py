"""The best assignment, against a published example, every small market, and its own proof."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from random import Random

from hypothesis import example, given
from hypothesis import strategies as st

from makersphere_rules.ecosystem.formulas.assignment import NOBODY, Values, assign, best_value, value_of
from makersphere_rules.ecosystem.formulas.assignment_solver import LARGE, propose

Row = dict[int, int]


def brute(rows: list[Row], places: list[int]) -> tuple[int, ...]:
    """Return the first of the best assignments by trying all; whoever stays alone counts last."""
    fits = [
        partners
        for partners in product(*([*sorted(row), NOBODY] for row in rows))
        if all(partners.count(column) <= places[column] for column in range(len(places)))
    ]

    def order(partners: tuple[int, ...]) -> tuple[int, list[int]]:
        return -value_of(rows, partners), [len(places) if one == NOBODY else one for one in partners]

    return min(fits, key=order)


def test_kuhns_example() -> None:
    """Kuhn 1955, section 1: of his four men and four jobs, with a 1 where a man qualifies, three can be placed."""
    qualified = [(1, 1, 1, 0), (0, 0, 1, 1), (0, 0, 0, 1), (0, 0, 0, 1)]
    rows = [dict(enumerate(row)) for row in qualified]
    assert best_value(rows, [1] * 4) == 3


def test_the_worked_example_of_the_hungarian_method() -> None:
    """Three workers, three jobs at costs 40 60 15 / 25 30 45 / 55 30 25: the least is 15 + 25 + 30 = 70."""
    costs = [(40, 60, 15), (25, 30, 45), (55, 30, 25)]
    rows = [{column: 100 - cost for column, cost in enumerate(row)} for row in costs]
    assert assign(rows, [1, 1, 1]) == (2, 0, 1)
    assert best_value(rows, [1, 1, 1]) == 300 - 70


def test_a_season_in_numbers() -> None:
    """Packages 18, 12, 6, 6, 3 with capacities 3 and 2: the best with one per venture is 36."""
    rows = [{0: 18, 1: 3}, {0: 12, 1: 6}, {0: 3, 1: 6}]
    assert assign(rows, [3, 2]) == (0, 0, 1)
    assert best_value(rows, [3, 2]) == 36


def test_equals_go_to_the_first_in_lexicographic_order() -> None:
    """All values equal: the first row takes the first column, and so on."""
    rows = [dict.fromkeys(range(3), 5) for _ in range(3)]
    assert assign(rows, [1, 1, 1]) == (0, 1, 2)
    assert assign(rows, [3, 1, 1]) == (0, 0, 0)


def test_nobody_to_have_or_nothing_to_gain() -> None:
    """No rows, no columns, no places, no value: nothing is forced."""
    assert assign([], [1]) == ()
    assert assign([{}], []) == (NOBODY,)
    assert assign([{0: 5}], [0]) == (NOBODY,)
    assert assign([{0: -1}], [1]) == (NOBODY,)
    assert best_value([{0: -1}], [1]) == 0


@st.composite
def markets(draw: st.DrawFn) -> tuple[list[Row], list[int]]:
    """Draw a market of up to five rows and four columns, with many ties."""
    places = draw(st.lists(st.integers(0, 3), max_size=4))
    most = draw(st.sampled_from([1, 3, 30]))
    values = st.dictionaries(st.integers(0, len(places) - 1), st.integers(-1, most)) if places else st.just({})
    return draw(st.lists(values, max_size=5)), places


@given(markets())
def test_every_small_market_is_solved_like_by_trying_all(market: tuple[list[Row], list[int]]) -> None:
    """Exact, and the very assignment that comes first among equals."""
    rows, places = market
    assert assign(rows, places) == brute(rows, places)
    assert best_value(rows, places) == value_of(rows, brute(rows, places))


# -- with a compiled solver's proposal


@given(markets())
def test_the_result_does_not_depend_on_the_solver(market: tuple[list[Row], list[int]]) -> None:
    """What the solver proposes is proved, and its ties are settled: the very assignment found without it."""
    rows, places = market
    assert assign(rows, places, propose) == assign(rows, places)
    assert best_value(rows, places, propose) == best_value(rows, places)


@given(markets(), st.randoms(use_true_random=False))
@example(([{0: 5}, {0: 7}], [1]), Random(0))
def test_a_wrong_proposal_changes_nothing(market: tuple[list[Row], list[int]], chance: Random) -> None:
    """A proposal that is not the best, or seats more rows than there are places, is found out."""
    rows, places = market
    proposal = [chance.choice([*row, NOBODY]) for row in rows]

    def wrong(values: Values, places: Sequence[int]) -> list[int]:
        return proposal

    assert assign(rows, places, wrong) == brute(rows, places)


def test_a_large_market_is_proposed_and_solved_alike() -> None:
    """As many pairs as a room of 300 seats has, full of ties: with the solver and without."""
    chance = Random(7)
    places = [chance.choice((2, 3)) for _ in range(110)]
    rows = [{column: chance.randint(1, 6) * chance.choice((2, 4, 6)) for column in range(110)} for _ in range(190)]
    assert sum(map(len, rows)) >= LARGE
    assert propose(rows, places) is not None
    assert assign(rows, places) == assign(rows, places, _nothing)


def _nothing(values: Values, places: Sequence[int]) -> None:
    """Propose nothing, as where there is no solver."""
