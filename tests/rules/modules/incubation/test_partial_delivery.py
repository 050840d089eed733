"""Partial delivery: what comes of hours that were promised and not, or not all, delivered."""

from __future__ import annotations

import attrs
import pytest

from makersphere_rules.ecosystem.table.agreements import Deal, Pair
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
