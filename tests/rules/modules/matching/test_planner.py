"""Planners: packages of hours and of capital go where their match value is highest."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st

from makersphere_rules.ecosystem.shared_steps.goods import CAPITAL, HOURS, Good
from makersphere_rules.ecosystem.table.agreements import Deal
from makersphere_rules.ecosystem.table.entities import Investor, Venture
from makersphere_rules.engine import defaults
from makersphere_rules.entity import Entity
from makersphere_rules.module import RuleModule
from makersphere_rules.modules.auction import Auction
from makersphere_rules.modules.auction.hours import AuctionHours
from makersphere_rules.modules.clearinghouse import Clearinghouse
from makersphere_rules.modules.clearinghouse.capital import ClearinghouseCapital
from makersphere_rules.modules.planner import Planner
from makersphere_rules.modules.planner.capital import PlannerCapital
from tests.rules.harbour import ANN, BO, CHEN, IVY, MAX, OLGA, A, B, C, before_matching
from tests.rules.table import Table, given, investor, maker, space, venture

MAKERS, INVESTORS, SPACE = (1, 2, 3), (4, 5), 6


def harbour(*more: Entity) -> Table:
    """Return the matching phase of the rulebook's "A season in numbers", with both planners."""
    return before_matching(*more, modules=[PlannerCapital(), Planner()])


def funded(table: Table) -> Table:
    """Let every investor give all the money it can."""
    for seat in table.state.seats("investor"):
        packages = CAPITAL.packages(table.state, table.one(Investor, seat))
        table.when(seat, "take_part_capital", packages=packages)
    return table


def planned(table: Table, source: str) -> list[tuple[int, int]]:
    """Return venture and investor of each package of a good, in order of signing."""
    return [(deal.venture, deal.investor) for deal in table.found(Deal) if deal.source == source]


# -- a season in numbers


def test_hours_go_where_they_are_worth_most() -> None:
    """Values 24 and 12 for A, 18 and 9 for B, 15 and 30 for C: Ivy serves A and B, Max C, 72 in all."""
    table = harbour().close()
    values = {(v, i): HOURS.value(table.state, table.one(Venture, v), table.one(Investor, i)) for v, i in PAIRS}
    assert values == {(A, IVY): 24, (A, MAX): 12, (B, IVY): 18, (B, MAX): 9, (C, IVY): 15, (C, MAX): 30}
    assert planned(table, "package") == [(A, IVY), (B, IVY), (C, MAX)]
    assert [deal.hours for deal in table.found(Deal) if deal.source == "package"] == [4, 4, 4]
    assert {(deal.shares, deal.fee) for deal in table.found(Deal) if deal.source == "package"} == {(300, 0)}
    assert (table.one(Investor, IVY).hours, table.one(Investor, MAX).hours) == (3, 3)


PAIRS = tuple(product((A, B, C), (IVY, MAX)))


def test_capital_goes_to_the_unborn_where_it_is_worth_most() -> None:
    """Ivy has two packages of 60, Max one; food is in Max's thesis, so C is his; no search; a birth pays 20."""
    max_ = investor(MAX, "professional", "technology", badges=(OLGA,), hours=7, thesis_sectors=("food",))
    table = funded(harbour(max_)).close()
    assert planned(table, "capital") == [(B, IVY), (C, MAX)]
    assert table.one(Venture, B).shares == {BO: 6790, IVY: 3210}
    assert (table.balance("investor:4"), table.balance("investor:5")) == (84 + 20, 29 + 20)
    assert table.one(Venture, B).born
    assert table.one(Venture, C).born


# -- taking part


def test_who_does_not_take_part_is_left_out() -> None:
    """A lead takes none, an investor gives one package or none."""
    table = harbour().when(ANN, "take_part", packages=0).when(IVY, "take_part", packages=1)
    table.when(IVY, "take_part_capital", packages=2).when(CHEN, "take_part_capital", packages=0).close()
    assert planned(table, "package") == [(B, IVY), (C, MAX)]
    assert planned(table, "capital") == [(B, IVY)]


def test_by_default_leads_and_hours_take_part_and_no_money() -> None:
    """Unborn ventures for capital, all but products for hours; investors with all their hours, and no credit."""
    table = harbour(venture(A, ANN, space=OLGA, stage=3, born=True))
    assert defaults(table.state, ANN) == {"take_part_capital": {"packages": 0}, "take_part": {"packages": 0}}
    assert defaults(table.state, BO) == {"take_part_capital": {"packages": 1}, "take_part": {"packages": 1}}
    assert defaults(table.state, IVY) == {"take_part_capital": {"packages": 0}, "take_part": {"packages": 3}}
    purses = [table.balance(f"investor:{seat}") for seat in (IVY, MAX)]
    table.close()
    assert planned(table, "capital") == []
    assert [table.balance(f"investor:{seat}") for seat in (IVY, MAX)] == purses


def test_hours_are_planned_for_desks_and_badges_capital_for_all() -> None:
    """The garage gets money, and no hours; an investor without a badge gives money, and no hours."""
    table = harbour(venture(C, CHEN, appeal=5), investor(MAX, "professional", "technology", hours=7))
    table.when(CHEN, "take_part", packages=1).refused("rule", None, "needs_desk")
    table.when(MAX, "take_part", packages=1).refused("rule", None, "no_badge")
    table.when(MAX, "take_part_capital", packages=1).close()
    assert planned(table, "package") == [(A, IVY), (B, IVY)]
    assert planned(table, "capital") == [(C, MAX)]


def test_a_plan_leaves_the_lead_what_it_must_keep() -> None:
    """A lead that would keep under 1,000 shares gets nothing."""
    table = funded(harbour(venture(B, BO, space=OLGA, shares={BO: 1020, CHEN: 8980}))).close()
    assert [one for one in planned(table, "package") if one[0] == B] == []
    assert [one for one in planned(table, "capital") if one[0] == B] == []


# -- secrets


@pytest.mark.parametrize("appeal", [1, 2, 6])
def test_a_plan_shows_nothing_but_its_deals(appeal: int) -> None:
    """With another appeal and the same plan, everyone reads the same to the byte."""

    def played(appeal: int) -> Table:
        pilot = venture(A, ANN, space=OLGA, stage=2, born=True, tracks=(41, 33, 27), appeal=appeal)
        return funded(harbour(pilot)).close()

    one, other = played(appeal), played(4)
    assert planned(one, "package") == planned(other, "package")
    assert [event.type for event in one.events][:-2] == ["choice_made"] * 8 + ["deal_signed"] * 5 + ["choices_cleared"]
    assert one.public() == other.public()
    assert [one.told(seat) for seat in range(7)] == [other.told(seat) for seat in range(7)]


# -- the best there is


@st.composite
def rooms(draw: st.DrawFn) -> list[Entity]:
    """Draw a room of three ventures and two investors, with many ties."""
    sectors = st.sampled_from(("health", "food"))
    tracks = st.tuples(*[st.integers(0, 12)] * 3)
    entities: list[Entity] = [space(SPACE, resources=draw(st.integers(0, 2)))]
    for seat in MAKERS:
        entities.append(maker(seat))
        tracks_ = draw(tracks)
        entities.append(
            venture(seat, seat, space=SPACE, tracks=tracks_, sector=draw(sectors), appeal=draw(st.integers(1, 3)))
        )
    for seat in INVESTORS:
        speciality = draw(st.sampled_from(("technology", "customers", "any")))
        entities.append(
            investor(
                seat,
                speciality=speciality,
                badges=(SPACE,),
                hours=draw(st.integers(0, 9)),
                thesis_sectors=(draw(sectors),),
            )
        )
    return entities


def laid(entities: list[Entity], *modules: RuleModule) -> Table:
    """Return a table with these entities, enough credits and these modules."""
    purses = {**{f"maker:{seat}": 40 for seat in MAKERS}, **dict.fromkeys(("investor:4", "investor:5"), 130)}
    return given(*entities, modules=modules, credits=purses)


def worth(table: Table, good: Good) -> int:
    """Return the match value of the first round's packages, as it was before anybody signed."""
    state = table.state
    return sum(
        good.value(state, table.one(Venture, deal.venture), table.one(Investor, deal.investor))
        for deal in table.found(Deal)
        if deal.source == good.source and deal.round == 1
    )


@pytest.mark.parametrize("good", [HOURS, CAPITAL], ids=["hours", "capital"])
@given_any(rooms())
@settings(max_examples=60, deadline=None)
def test_a_plan_is_the_first_of_the_best_by_trying_all(good: Good, entities: list[Entity]) -> None:
    """Every way to give three ventures an investor or none; ties by the row of seats, nobody counting last."""
    planner = Planner() if good is HOURS else PlannerCapital()
    before = laid(entities, planner).state
    places = {seat: good.packages(before, before.one(Investor, seat)) for seat in INVESTORS}
    nobody = 99
    rows = [
        row
        for row in product((*INVESTORS, nobody), repeat=len(MAKERS))
        if all(row.count(seat) <= places[seat] for seat in INVESTORS)
    ]

    def rank(row: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
        pairs = [(one, seat) for one, seat in zip(MAKERS, row, strict=True) if seat != nobody]
        return -sum(good.value(before, before.one(Venture, v), before.one(Investor, i)) for v, i in pairs), row

    best = min(rows, key=rank)
    table = laid(entities, planner)
    expected = [(number, seat) for number, seat in zip(MAKERS, best, strict=True) if seat != nobody]
    assert planned((table if good is HOURS else funded(table)).close(), good.source) == expected


@given_any(rooms(), st.data())
@settings(max_examples=60, deadline=None)
def test_no_other_module_reaches_more_than_the_plan(entities: list[Entity], data: st.DataObject) -> None:
    """Whatever is ranked and bid: hours and capital in a clearinghouse or an auction are worth at most as much."""
    best = funded(laid(entities, PlannerCapital(), Planner())).close()
    cleared = laid(entities, ClearinghouseCapital(), Clearinghouse())
    auctioned = laid(entities, Auction(), AuctionHours())
    for seat in MAKERS:
        for rank in ("rank", "rank_capital"):
            cleared.when(seat, rank, investors=[*data.draw(st.permutations(INVESTORS))])
    for seat in INVESTORS:
        for rank in ("rank", "rank_capital"):
            cleared.when(seat, rank, ventures=[*data.draw(st.permutations(MAKERS))])
        for number, bid in product(MAKERS, ("bid", "bid_hours")):
            if auctioned.may(seat, bid):
                auctioned.when(seat, bid, venture=number, shares=data.draw(st.integers(0, 300)))
    for other in (cleared.close(), auctioned.close()):
        assert worth(other, HOURS) <= worth(best, HOURS)
        assert worth(other, CAPITAL) <= worth(best, CAPITAL)
