"""Lent hours at their edges: bounds, strangers, too little, twice, and what becomes of them in incubation."""

from __future__ import annotations

import attrs
import pytest

from makersphere_rules.ecosystem.table.agreements import Lending, Proposal
from makersphere_rules.ecosystem.table.entities import Maker, Venture
from makersphere_rules.entity import Entity
from makersphere_rules.modules.exchange import Exchange
from makersphere_rules.modules.incubation import Incubation
from makersphere_rules.written.notation import state_hash
from tests.rules.harbour import ANN, BO, CHEN, IVY, OLGA, A, B, C, before_exchange
from tests.rules.table import Table, given, maker, space, venture

MATE = 7


def harbour(*more: Entity) -> Table:
    """Return the exchange phase of the rulebook's "A season in numbers"."""
    return before_exchange(*more, modules=[Exchange()])


@pytest.mark.parametrize(
    ("args", "field"),
    [
        ({"hours": 0, "credits": 1}, "hours"),
        ({"hours": 6, "credits": 1}, "hours"),
        ({"hours": 1, "credits": 51}, "credits"),
        ({"hours": 1, "credits": -1}, "credits"),
        ({"hours": 1, "shares": 2001}, "shares"),
        ({"hours": 1, "shares": True}, "shares"),
    ],
)
def test_a_lending_out_of_bounds_changes_nothing(args: dict[str, int], field: str) -> None:
    """One below and one above each bound, and what is no whole number."""
    table = harbour()
    before = state_hash(table.state)
    table.act(CHEN, "propose_lending", {"venture": A, **args}).refused("bad_args", field)
    assert state_hash(table.state) == before


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        ({"hours": 5, "credits": 9}, "credits"),
        ({"hours": 5, "credits": 9, "shares": 24}, "credits"),
        ({"hours": 4, "credits": 25}, "credits"),
        ({"hours": 1, "shares": 49}, "shares"),
        ({"hours": 1, "shares": 151}, "shares"),
    ],
)
def test_lent_hours_have_a_price(terms: dict[str, int], field: str) -> None:
    """2 to 6 credits an hour, 25 shares counting as one: neither a gift of hours nor one of money."""
    harbour().act(CHEN, "propose_lending", {"venture": A, **terms}).refused("rule", field, "price_of_hours")


@pytest.mark.parametrize("terms", [{"credits": 10}, {"credits": 9, "shares": 25}, {"shares": 750}, {"credits": 30}])
def test_the_least_and_the_highest_price_of_lent_hours(terms: dict[str, int]) -> None:
    """The bounds themselves are allowed."""
    harbour().act(CHEN, "propose_lending", {"venture": A, "hours": 5, **terms}).then("proposed")


def test_a_lending_at_its_bounds_is_carried_out() -> None:
    """Five hours, for all that the lead has."""
    table = harbour().when(CHEN, "propose_lending", venture=A, hours=5, credits=30)
    table.when(ANN, "answer", proposal=1, accept=True)
    assert (table.balance("maker:1"), table.balance("maker:3")) == (0, 74)
    assert table.one(Venture, A).shares == {ANN: 7000, IVY: 3000}
    assert table.one(Maker, CHEN).hours == 5


def test_a_lending_is_answered_once() -> None:
    """A second yes finds nothing open, and takes no hour more."""
    table = harbour().when(CHEN, "propose_lending", venture=A, hours=5, credits=10)
    table.when(CHEN, "propose_lending", venture=B, hours=1, credits=2)
    table.when(ANN, "answer", proposal=1, accept=True)
    table.when(ANN, "answer", proposal=1, accept=True).refused("rule", None, "no_such_request")
    assert table.one(Maker, CHEN).hours == 5
    assert len(table.found(Lending)) == 1


def test_the_same_two_may_lend_twice() -> None:
    """Ten hours in two lendings, and then there are none to lend."""
    table = harbour()
    for number in (1, 2):
        table.when(CHEN, "propose_lending", venture=A, hours=5, credits=10)
        table.when(ANN, "answer", proposal=number, accept=True)
    assert table.one(Maker, CHEN).hours == 0
    assert [lent.hours for lent in table.found(Lending)] == [5, 5]
    table.when(CHEN, "propose_lending", venture=A, hours=1, credits=2).refused("cannot_afford", None)
    table.when(CHEN, "study", skill="business").refused("cannot_afford")


def test_hours_promised_twice_are_lent_once() -> None:
    """Offers to two leads stay open as long as the hours are there, and lapse with the first that takes them."""
    table = harbour(attrs.evolve(maker(CHEN), hours=6))
    table.when(CHEN, "propose_lending", venture=A, hours=4, credits=8)
    table.when(CHEN, "propose_lending", venture=B, hours=3, credits=6)
    table.when(ANN, "answer", proposal=1, accept=True)
    assert [(proposal.receiver, proposal.status) for proposal in table.found(Proposal)] == [
        (ANN, "accepted"),
        (BO, "lapsed"),
    ]
    table.when(BO, "answer", proposal=2, accept=True).refused("rule", None, "no_such_request")
    assert table.one(Maker, CHEN).hours == 2


def test_hours_of_an_open_offer_are_not_set_aside() -> None:
    """Nobody else is bound: an offer that is not answered lapses with the close and costs nothing."""
    table = harbour().when(CHEN, "propose_lending", venture=A, hours=5, credits=20, shares=100).close()
    assert table.one(Proposal, 1).status == "lapsed"
    assert table.one(Maker, CHEN).hours == 10
    assert (table.balance("maker:1"), table.one(Venture, A).shares) == (30, {ANN: 7000, IVY: 3000})
    assert table.found(Lending) == []


def test_nobody_lends_to_a_closed_venture_or_another_space() -> None:
    """Hours are lent among people who meet, at a space or over coffee, and a co-founder's venture is its own."""
    table = harbour(
        venture(C, CHEN),
        attrs.evolve(venture(4, 8, space=OLGA, shares={}), closed="unsold"),
        venture(5, 9, space=10),
        maker(8),
        maker(9),
        space(10),
        venture(B, BO, space=OLGA, cofounders=(MATE,)),
        maker(MATE),
    )
    for target in (4, 5, 99):
        table.when(ANN, "propose_lending", venture=target, hours=1, credits=2).refused("bad_args", "venture")
    table.when(ANN, "propose_lending", venture=C, hours=1, credits=2).then("proposed")
    table.when(MATE, "propose_lending", venture=B, hours=1, credits=2).refused("bad_args", "venture")
    table.when(MATE, "propose_lending", venture=A, hours=1, credits=2).then("proposed")


def test_shares_for_hours_spoil_the_leads_other_offers() -> None:
    """What a lead gives for hours it cannot swap any more."""
    table = harbour(venture(B, BO, space=OLGA, shares={BO: 1000, CHEN: 9000}))
    table.when(BO, "propose_swap", maker=ANN, give_venture=B, give_shares=501, take_venture=A, take_shares=501)
    table.when(CHEN, "propose_lending", venture=B, hours=5, shares=500)
    table.when(BO, "answer", proposal=2, accept=True)
    assert table.one(Proposal, 1).status == "lapsed"
    assert table.one(Venture, B).shares == {BO: 500, CHEN: 9500}


def test_credits_spent_on_one_lending_are_not_there_for_the_next() -> None:
    """The second yes is refused with what there is; the offer stays open and nothing has changed."""
    table = harbour()
    for lender in (BO, CHEN):
        table.when(lender, "propose_lending", venture=A, hours=4, credits=20)
    table.when(ANN, "answer", proposal=1, accept=True)
    before = state_hash(table.state)
    table.when(ANN, "answer", proposal=2, accept=True).refused("cannot_afford", "proposal", "cannot_afford.credits")
    assert state_hash(table.state) == before
    assert table.balance("maker:1") == 10


# -- what becomes of them


def at_work(purse: int) -> Table:
    """Close the incubation of a venture that has been lent five hours and whose lead does nothing."""
    table = given(
        maker(1),
        maker(2, (10, 10, 10), hours=5),
        space(3),
        venture(1, 1, space=3),
        venture(2, 2, space=3),
        Lending(1, 1, 2, 1, 5, 10),
        modules=[Incubation()],
        credits={"venture:1": purse, "venture:2": 4},
    )
    for seat in (1, 2):
        table.when(seat, "plan", technology=0, customers=0, business=0, day_job=0)
    table.when(1, "put_in", credits=0)
    table.when(3, "workshop", venture=1, track="technology", hours=0)
    return table.close()


@pytest.mark.parametrize(("purse", "work"), [(3, {}), (4, {2: 5})])
def test_a_lent_hour_is_lost_on_a_venture_that_stands_still(purse: int, work: dict[int, int]) -> None:
    """One credit short of materials: no progress, no contribution, and the lender has neither hours nor price back."""
    table = at_work(purse)
    found = table.one(Venture, 1)
    assert found.work == work
    assert (sum(found.tracks) > 0) is bool(work)
    assert table.balance("maker:2") == 0


def test_a_lender_plans_with_the_hours_that_are_left() -> None:
    """Lent hours cannot be worked at home as well."""
    table = given(
        maker(1), maker(2, hours=5), space(3), venture(1, 1, space=3), venture(2, 2, space=3),
        Lending(1, 1, 2, 1, 5, 10), modules=[Incubation()],
    )  # fmt: skip
    table.when(2, "plan", technology=3, customers=3, business=0, day_job=0).refused("bad_args")
    table.when(2, "plan", technology=3, customers=2, business=0, day_job=0)
