"""Births by negotiated deals: what counts for one, what it pays, in which order it is told."""

from __future__ import annotations

from makersphere_rules.ecosystem.table.entities import Maker, Venture
from makersphere_rules.entity import Entity
from makersphere_rules.modules.negotiation import Negotiation
from tests.rules.harbour import BO, CHEN, IVY, MAX, OLGA, B, C, before_matching
from tests.rules.table import Table, maker, venture


def harbour(*more: Entity) -> Table:
    """Return the matching phase of the rulebook's "A season in numbers", with negotiation alone."""
    return before_matching(*more, modules=[Negotiation()])


def test_a_venture_is_born_with_sixty_credits_in_all() -> None:
    """Forty and twenty make sixty; the lead's spirit rises once, the space is paid once."""
    table = harbour()
    for number, (seat, credits_) in enumerate(((IVY, 40), (MAX, 20), (IVY, 20)), 1):
        table.when(seat, "send_terms", venture=B, credits=credits_, shares=100)
        table.when(BO, "answer_terms", sheet=number, answer="accept")
        assert table.one(Venture, B).born == (number > 1)
    assert table.one(Maker, BO).spirit == 8
    table.close()
    assert table.balance("operator:6") == 32


def test_a_birth_pays_its_backers_by_what_each_has_paid_in() -> None:
    """40 and 20 credits make 13 and 7 of the government's 20; who pays nothing in gets nothing."""
    table = harbour()
    for number, (seat, credits_) in enumerate(((IVY, 40), (MAX, 20)), 1):
        table.when(seat, "send_terms", venture=B, credits=credits_, shares=100)
        table.when(BO, "answer_terms", sheet=number, answer="accept")
    before = table.balance("investor:4"), table.balance("investor:5")
    table.close()
    assert (table.balance("investor:4"), table.balance("investor:5")) == (before[0] + 13, before[1] + 7)


def test_a_birth_on_a_floor_pays_its_backer_at_once() -> None:
    """The close that brings it about pays it."""
    table = harbour().when(IVY, "send_terms", venture=B, credits=60, shares=3000)
    table.when(BO, "set_floor", credits=60, shares=3500)
    before = table.balance("investor:4")
    table.close()
    assert table.one(Venture, B).born
    assert table.balance("investor:4") == before + 20


def test_a_birth_in_the_garage_pays_no_space() -> None:
    """There is nobody to pay but the backer; spirit ends at 10."""
    table = harbour(venture(C, CHEN), maker(CHEN, spirit=10))
    table.when(IVY, "send_terms", venture=C, credits=60, shares=100)
    table.when(CHEN, "answer_terms", sheet=1, answer="accept")
    assert table.one(Venture, C).born
    assert table.balance("operator:6") == 22
    assert table.one(Maker, CHEN).spirit == 10


def test_births_are_told_in_the_order_of_their_signatures() -> None:
    """What counts is the deal that brought the last credit a birth takes, and no number of a venture."""
    table = harbour(venture(C, CHEN), maker(CHEN))
    deals = ((IVY, BO, B, 40), (IVY, CHEN, C, 60), (MAX, BO, B, 20))
    for number, (seat, lead, founded, credits_) in enumerate(deals, 1):
        table.when(seat, "send_terms", venture=founded, credits=credits_, shares=100)
        table.when(lead, "answer_terms", sheet=number, answer="accept")
    table.close()
    assert [line.values["venture"] for line in table.told() if line.text == "venture_born"] == [C, B]


def test_hours_and_grants_do_not_count_for_birth() -> None:
    """Only capital of deals does."""
    table = harbour().when(OLGA, "grant", venture=B, credits=20)
    table.when(IVY, "send_terms", venture=B, credits=50, hours=4, shares=160)
    table.when(BO, "answer_terms", sheet=1, answer="accept")
    assert table.balance("venture:2") == 70
    assert not table.one(Venture, B).born
