"""Partial delivery: what comes of hours that were promised and not, or not all, delivered."""

from __future__ import annotations

import attrs
import pytest

from makersphere_rules.ecosystem.table.agreements import Deal, Idleness, Pair
from makersphere_rules.ecosystem.table.entities import Maker, Venture
from makersphere_rules.entity import Entity
from makersphere_rules.modules.appraisal import Appraisal
from makersphere_rules.modules.incubation import Incubation
from tests.rules.kit.hostile import refuses, refuses_bad_values
from tests.rules.table import Table, given, investor, maker, space, venture

LEAD, OTHER, HELPER, MENTOR, OLGA = 1, 2, 3, 4, 5
IDLE = {"technology": 0, "customers": 0, "business": 0, "day_job": 0}


def lay(*deals: Deal, more: tuple[Entity, ...] = ()) -> Table:
    """Lay a table of two ideas with their materials, an engineer and a mentor with promises."""
    table = given(
        maker(LEAD),
        maker(OTHER),
        investor(HELPER, "professional", "technology", badges=(OLGA,)),
        investor(MENTOR, "mentor", "any", badges=(OLGA,)),
        space(OLGA),
        venture(1, LEAD, space=OLGA),
        venture(2, OTHER, space=OLGA),
        *deals,
        *more,
        modules=[Incubation()],
        credits={"venture:1": 4, "venture:2": 4},
    )
    table.act(OLGA, "workshop", {"venture": 2, "track": "business", "hours": 0})
    return table.act(LEAD, "plan", IDLE).act(OTHER, "plan", IDLE)


def promise(number: int, seat: int = HELPER, *, hours: int = 4, fee: int = 7, venture_: int = 1) -> Deal:
    """Return a promise of hours for a fee."""
    return Deal(number, 1, seat, venture_, venture_, hours=hours, fee=fee)


@pytest.mark.parametrize("trusted", [False, True])
@pytest.mark.parametrize("hours", range(5))
def test_each_hour_that_did_not_come(hours: int, trusted: bool) -> None:  # noqa: FBT001  (a column)
    """Progress 2 an hour (and 2 with trust if any came), fee 7 x hours div 4, 2 credits for each hour sold."""
    pair = (Pair(LEAD, HELPER, trust=True),) if trusted else ()
    table = lay(promise(1), more=pair).when(HELPER, "deliver", venture=1, hours=hours).close()
    bonus = 2 if trusted and hours else 0
    assert table.one(Venture, 1).tracks == (2 * hours + bonus, 0, 0)
    assert table.one(Deal, 1).fee_due == (0, 1, 3, 5, 7)[hours]
    assert table.one(Deal, 1).delivered == hours
    assert table.balance("investor:3") == 2 * (4 - hours)
    assert table.balance("consumers") == -2 * (4 - hours)


@pytest.mark.parametrize("hours", range(8))
def test_hours_fill_a_pairs_deals_in_order(hours: int) -> None:
    """Of 3 promised for 6 and 4 for 8: the first deal is filled first, each fee by its own hours."""
    table = lay(promise(1, hours=3, fee=6), promise(2, fee=8)).when(HELPER, "deliver", venture=1, hours=hours).close()
    first, second = min(hours, 3), max(0, hours - 3)
    assert [(deal.delivered, deal.fee_due) for deal in table.found(Deal)] == [
        (first, 2 * first),
        (second, 2 * second),
    ]


@pytest.mark.parametrize(("hours", "business"), [(0, 4), (2, 4), (3, 5), (4, 5)])
def test_a_mentor_that_stays_away_teaches_nothing(hours: int, business: int) -> None:
    """From 3 hours on the lead learns, here in business, where the track lacks most."""
    idea = attrs.evolve(venture(1, LEAD, space=OLGA), tracks=(10, 6, 0))
    table = lay(promise(1, MENTOR), more=(idea,)).when(MENTOR, "deliver", venture=1, hours=hours).close()
    assert table.one(Maker, LEAD).skills == (4, 4, business)


@pytest.mark.parametrize(
    ("hours", "shares"),
    [
        (0, {LEAD: 10_000}),
        (1, {LEAD: 9900, HELPER: 100}),
        (3, {LEAD: 9700, HELPER: 300}),
        (4, {LEAD: 9600, HELPER: 400}),
    ],
)
def test_shares_are_kept_for_the_hours_that_came(hours: int, shares: dict[int, int]) -> None:
    """Of 400 shares for 4 hours an investor keeps 100 for each; the others go back to who else holds any."""
    idea = attrs.evolve(venture(1, LEAD, space=OLGA), shares={LEAD: 9600, HELPER: 400})
    agreed = attrs.evolve(promise(1), shares=400)
    table = lay(agreed, more=(idea,)).when(HELPER, "deliver", venture=1, hours=hours).close()
    assert table.one(Venture, 1).shares == shares


def test_shares_of_a_deal_with_capital_stay() -> None:
    """What money has bought is not undone by hours that did not come."""
    idea = attrs.evolve(venture(1, LEAD, space=OLGA), shares={LEAD: 9600, HELPER: 400})
    bought = attrs.evolve(promise(1), shares=400, credits=60)
    table = lay(bought, more=(idea,)).when(HELPER, "deliver", venture=1, hours=0).close()
    assert table.one(Venture, 1).shares == {LEAD: 9600, HELPER: 400}


@pytest.mark.parametrize(("hours", "idle"), [(2, True), (3, False)])
def test_a_co_founder_with_under_3_hours_is_idle(hours: int, idle: bool) -> None:  # noqa: FBT001  (a column)
    """A place in a team asks for 3 hours of work a season."""
    team = attrs.evolve(venture(1, LEAD, space=OLGA), cofounders=(OTHER,))
    table = lay(more=(team, attrs.evolve(maker(OTHER), venture=1)))
    table.when(OTHER, "plan", **{**IDLE, "technology": hours}).close()
    assert [found.seat for found in table.found(Idleness)] == [OTHER] * idle


def test_nobody_is_idle_where_materials_were_not_paid() -> None:
    """Where nobody could work nobody is blamed."""
    team = attrs.evolve(venture(1, LEAD, space=OLGA), cofounders=(OTHER,), stage=1)  # whose materials are 10
    table = lay(more=(team, attrs.evolve(maker(OTHER), venture=1)))
    table.close()
    assert not list(table.found(Idleness))


def test_each_venture_gets_what_it_is_given() -> None:
    """Everything for one, nothing for the other: 8 progress here, 8 credits there."""
    table = lay(promise(1), promise(2, venture_=2))
    table.when(HELPER, "deliver", venture=1, hours=4).when(HELPER, "deliver", venture=2, hours=0).close()
    assert [found.tracks for found in table.found(Venture)] == [(8, 0, 0), (0, 0, 0)]
    assert table.balance("investor:3") == 8


@pytest.mark.parametrize(("delivered", "credits_", "score"), [(4, 0, 4), (3, 0, 2), (0, 0, 2), (0, 60, 4)])
def test_whoever_keeps_a_promise_by_half_is_trusted_less(delivered: int, credits_: int, score: int) -> None:
    """By default a lead gives 2 for hours that did not come, which ends trust, unless capital was given."""
    deal = attrs.evolve(promise(1), delivered=delivered, credits=credits_)
    table = given(
        maker(LEAD),
        investor(HELPER),
        space(OLGA),
        venture(1, LEAD, space=OLGA),
        deal,
        Pair(LEAD, HELPER, trust=True),
        modules=[Appraisal()],
    ).close()
    assert table.one(Pair, f"{LEAD}:{HELPER}").trust is (score == 4)


def test_bad_deliveries_change_nothing() -> None:
    """Wrong types, too many hours, a stranger's venture, nothing promised, the wrong role."""
    table = lay(promise(1), promise(2, MENTOR, venture_=2))
    refuses_bad_values(table, HELPER, "deliver", {"venture": 1, "hours": 4})
    for hours in (5, -1):
        assert refuses(table, HELPER, "deliver", {"venture": 1, "hours": hours}, "bad_args").field == "hours"
    assert refuses(table, HELPER, "deliver", {"venture": 2, "hours": 1}, "bad_args").field == "venture"
    assert refuses(table, HELPER, "deliver", {"venture": 1}, "bad_args").field == "hours"
    refuses(table, LEAD, "deliver", {"venture": 1, "hours": 1}, "not_your_role")
    refuses(lay(), HELPER, "deliver", {"venture": 1, "hours": 1}, "rule", "nothing_promised")


def test_said_twice_the_last_stands() -> None:
    """Hours are not delivered twice."""
    table = lay(promise(1)).when(HELPER, "deliver", venture=1, hours=4).when(HELPER, "deliver", venture=1, hours=1)
    assert table.close().one(Venture, 1).tracks == (2, 0, 0)
