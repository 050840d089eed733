"""The clearinghouse for capital: posted shares for 60 credits, lists of both sides, one stable round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st

from makersphere_rules.ecosystem.table.agreements import Deal, Look
from makersphere_rules.ecosystem.table.entities import Venture
from makersphere_rules.engine import defaults
from makersphere_rules.entity import Entity
from makersphere_rules.modules.clearinghouse import Clearinghouse
from makersphere_rules.modules.clearinghouse.capital import ClearinghouseCapital
from makersphere_rules.modules.clearinghouse.events import CapitalClearing, CapitalListFee, CapitalTerms
from tests.rules.harbour import ANN, BO, CHEN, IVY, MAX, B, C, before_matching
from tests.rules.table import Table, given, investor, maker, space, venture

NOBODY: list[int | str] = []
OPERATOR = 99


def harbour(*more: Entity, credits: Mapping[str, int] | None = None) -> Table:  # noqa: A002  (the game's word)
    """Return the matching phase of the rulebook's "A season in numbers", with both clearinghouses."""
    return before_matching(*more, modules=[ClearinghouseCapital(), Clearinghouse()], credits=credits)


def funded(table: Table) -> list[tuple[int, int, int, int]]:
    """Return venture, investor, credits and shares of each package of capital, in order of signing."""
    return [
        (deal.venture, deal.investor, deal.credits, deal.shares)
        for deal in table.found(Deal)
        if deal.source == "capital"
    ]


# -- terms, lists and what they cost


def test_sixty_credits_for_the_posted_shares() -> None:
    """Ivy asks 2,800 and ranks B; Bo ranks Ivy for 4; B is born, which pays 20, and the terms stay on the table."""
    table = harbour().when(IVY, "post_capital", shares=2800).when(IVY, "rank_capital", ventures=[B])
    table.when(BO, "rank_capital", investors=[IVY]).close()
    assert funded(table) == [(B, IVY, 60, 2800)]
    assert table.one(Venture, B).born
    assert (table.balance("investor:4"), table.balance("venture:2")) == (84 + 20, 60)
    assert table.one(CapitalTerms, IVY).shares == 2800
    assert "capital_posted" in [line.text for line in table.told()]


def test_an_investor_gives_as_often_as_it_can_pay_or_says() -> None:
    """144 credits are two packages, 89 one; it may name fewer."""
    for said, given_ in (({}, [(B, IVY), (C, IVY)]), ({"packages": 1}, [(B, IVY)]), ({"packages": 0}, [])):
        table = harbour().act(IVY, "post_capital", {"shares": 3000, **said})
        table.when(IVY, "rank_capital", ventures=[B, C])
        table.when(BO, "rank_capital", investors=[IVY]).when(CHEN, "rank_capital", investors=[IVY]).close()
        assert [(deal[0], deal[1]) for deal in funded(table)] == given_
        assert table.one(CapitalClearing, 3).capacities == {IVY: len(given_) if said else 2, MAX: 1}
    harbour().when(MAX, "post_capital", shares=3000, packages=2).refused("bad_args", "packages")


def test_no_money_is_spent_unasked() -> None:
    """By default an investor ranks nobody; an unborn lead ranks who asks at most 3,500, the fewest first."""
    table = harbour(CapitalTerms(IVY, 3400), CapitalTerms(MAX, 3500))
    assert defaults(table.state, IVY)["rank_capital"] == {"ventures": []}
    assert defaults(table.state, IVY)["post_capital"] == {"shares": 3400}
    assert defaults(table.state, BO)["rank_capital"] == {"investors": [IVY, MAX]}
    assert "rank_capital" not in defaults(table.state, ANN)  # A is born
    table.put(CapitalTerms(IVY, 3501))
    assert defaults(table.state, BO)["rank_capital"] == {"investors": [MAX]}
    assert funded(table.close()) == []


def test_each_list_pays_its_own_search() -> None:
    """Bo's list for capital and his list for hours cost 4 each, with the same first choice too."""
    table = harbour().when(BO, "rank_capital", investors=[IVY]).when(BO, "rank", investors=[IVY])
    assert table.balance("maker:2") == 31 - 8
    assert table.one(CapitalListFee, BO).credits == 4
    table.when(BO, "rank_capital", investors=NOBODY).close()
    assert table.balance("maker:2") == 27
    assert table.found(CapitalListFee) == []


def test_two_default_lists_are_never_charged_beyond_the_purse() -> None:
    """With 10 credits to keep and 7 in hand no list is sent; where nothing must be kept, the second may lapse."""
    free = {name: {"default_left": 0} for name in ("clearinghouse", "clearinghouse_capital")}
    for purse, lists in ((3, 0), (7, 1), (8, 2)):
        table = before_matching(
            modules=[ClearinghouseCapital(), Clearinghouse()], credits={"maker:2": purse}, params=free
        )
        table.when(IVY, "rank_capital", ventures=[B]).close()
        assert table.balance("maker:2") == purse - 4 * lists
        mine = [deal.source for deal in table.found(Deal) if deal.venture == B and deal.round == 1]
        assert mine == ["capital", "package"][:lists]


def test_list_looks_come_once() -> None:
    """Two clearinghouses in one phase draw one look for each venture of an investor's spaces."""
    table = harbour().open().then("list_looks_taken")
    assert len(table.found(Look)) == 6


def test_capital_is_cleared_in_one_round() -> None:
    """Further rounds are for hours: at resources 2 there is a second one for hours, and none for capital."""
    table = harbour().when(BO, "rank_capital", investors=[IVY, MAX])
    for seat in (IVY, MAX):
        table.when(seat, "rank_capital", ventures=[B])
    table.close()
    assert [deal[:2] for deal in funded(table)] == [(B, IVY)]
    assert table.one(CapitalClearing, 3).blocking == (0,)


def test_the_garage_and_strangers_stay_out() -> None:
    """As with hours: a desk and a badge."""
    table = harbour(venture(C, CHEN), investor(7), credits={"investor:7": 100})
    table.when(CHEN, "rank_capital", investors=[IVY]).refused("rule", None, "needs_desk")
    table.when(7, "rank_capital", ventures=[B]).refused("rule", None, "no_badge")
    table.when(BO, "rank_capital", investors=[7]).refused("bad_args", "investors")


# -- published matchings, played


def played(ventures: Sequence[Sequence[int]], investors: Sequence[Sequence[int]], places: Sequence[int]) -> list[int]:
    """Return whom each venture is matched with (-1: nobody) when both sides send these lists, counted from 0."""
    makers, seats = len(ventures), range(len(ventures) + 1, len(ventures) + 1 + len(investors))
    entities: list[Entity] = [space(OPERATOR)]
    for seat in range(1, makers + 1):
        entities += [maker(seat), venture(seat, seat, space=OPERATOR)]
    entities += [investor(seat, badges=(OPERATOR,)) for seat in seats]
    purses = {f"investor:{seat}": 60 * number + 59 for seat, number in zip(seats, places, strict=True)}
    purses |= {f"maker:{seat}": 20 for seat in range(1, makers + 1)}
    table = given(*entities, modules=[ClearinghouseCapital()], credits=purses)
    for seat, listed in enumerate(ventures, 1):
        table.when(seat, "rank_capital", investors=[seats[one] for one in listed])
    for seat, listed in zip(seats, investors, strict=True):
        table.when(seat, "rank_capital", ventures=[one + 1 for one in listed])
    table.close()
    assert set(table.one(CapitalClearing, 1).blocking) == {0}
    matched = {deal[0]: seats.index(deal[1]) for deal in funded(table)}
    return [matched.get(seat, -1) for seat in range(1, makers + 1)]


@pytest.mark.parametrize(
    ("ventures", "investors", "places", "matched"),
    [
        pytest.param(
            [[0, 1, 2], [1, 2, 0], [2, 0, 1]],
            [[1, 2, 0], [2, 0, 1], [0, 1, 2]],
            [1, 1, 1],
            [0, 1, 2],
            id="Gale and Shapley 1962, example 1: each proposer has its first choice",
        ),
        pytest.param(
            [[0, 1, 2, 3], [0, 3, 2, 1], [1, 0, 2, 3], [3, 1, 2, 0]],
            [[3, 2, 0, 1], [1, 3, 0, 2], [3, 0, 1, 2], [2, 1, 0, 3]],
            [1, 1, 1, 1],
            [2, 3, 0, 1],
            id="Gale and Shapley 1962, example 2: the only stable matching",
        ),
        pytest.param(
            [[2, 0, 1], [1, 0, 2], [0, 2, 1], [0, 1, 2]],
            [[0, 1, 2, 3], [0, 1, 2, 3], [2, 0, 1, 3]],
            [2, 1, 1],
            [2, 1, 0, 0],
            id="Roth 1985, p. 283: C1 gets s3 and s4, C2 s2, C3 s1",
        ),
        pytest.param(
            [[0], [0, 1], [0, 2, 1], [1, 0, 2], [0, 1, 2]],
            [[4, 0, 1, 3, 2], [1, 2], [4, 0, 2, 3]],
            [2, 2, 2],
            [0, 1, 2, 2, 0],
            id="NRMP 2014, the resident match's own example",
        ),
    ],
)
def test_published_matchings(
    ventures: list[list[int]], investors: list[list[int]], places: list[int], matched: list[int]
) -> None:
    """Ventures propose, as residents and students do; an investor's places are the packages it can pay."""
    assert played(ventures, investors, places) == matched


@given_any(st.data())
@settings(max_examples=60, deadline=None)
def test_no_round_has_blocking_pairs(data: st.DataObject) -> None:
    """Whatever is sent, the round is stable (`played` asserts it), and nobody gives more than it can pay."""
    ventures = [data.draw(st.lists(st.integers(0, 2), unique=True)) for _ in range(5)]
    investors = [data.draw(st.lists(st.integers(0, 4), unique=True)) for _ in range(3)]
    places = [data.draw(st.integers(0, 3)) for _ in range(3)]
    matched = played(ventures, investors, places)
    assert all(matched.count(one) <= places[one] for one in range(3))
    assert all(one == -1 or one in ventures[number] for number, one in enumerate(matched))
