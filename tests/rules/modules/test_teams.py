"""Teams at their edges: co-founders who come and go, ventures that close meanwhile, shares that are given twice."""

from __future__ import annotations

from makersphere_rules import engine
from makersphere_rules.ecosystem.table import printed_decks
from makersphere_rules.ecosystem.table.entities import Deck, Maker, Venture
from makersphere_rules.entity import Entity
from makersphere_rules.modules.admission import Admission
from tests.rules.table import Table, given, maker, space, venture

HARBOUR = 9


def hall(*entities: Entity) -> Table:
    """Lay Harbour with what is given, and open admission."""
    deck = Deck("ideas", tuple(printed_decks.names("ideas")))
    return given(space(HARBOUR), deck, *entities, modules=[Admission()], phase="admission", season=2).open()


def test_a_venture_that_closes_meanwhile_takes_nobody_in() -> None:
    """Whatever its lead has said before; who asked founds with the card kept, and later requests are refused."""
    laid = hall(maker(1), maker(2), maker(3), venture(1, 1, space=HARBOUR))
    laid.when(2, "ask_to_join", venture=1).when(1, "answer_join", maker=2, accept=True, shares=3000)
    laid.when(1, "close_venture")
    laid.when(3, "ask_to_join", venture=1).refused("rule", "venture", "not_open")
    laid.close()
    assert laid.one(Venture, 1).shares == {}
    assert [laid.one(Maker, seat).venture for seat in (1, 2, 3)] == [2, 3, 4]
    assert laid.one(Venture, 3).shares == {2: 10_000}


def test_shares_are_given_while_the_lead_has_them() -> None:
    """Two are promised what one can get: the first in table order joins, the second founds."""
    laid = hall(maker(1), maker(2), maker(3), maker(4), venture(1, 1, shares={1: 4000, 4: 6000}))
    for seat in (3, 2):
        laid.when(seat, "ask_to_join", venture=1).when(1, "answer_join", maker=seat, accept=True, shares=3000)
    laid.close()
    assert laid.one(Venture, 1).cofounders == (2,)
    assert laid.one(Venture, 1).shares == {1: 1000, 4: 6000, 2: 3000}
    assert laid.one(Maker, 3).venture != 1


def test_a_team_is_three_at_most() -> None:
    """Of more who are taken in the first in table order join."""
    laid = hall(*(maker(seat) for seat in range(1, 5)), venture(1, 1))
    for seat in (4, 3, 2):
        laid.when(seat, "ask_to_join", venture=1).when(1, "answer_join", maker=seat, accept=True)
    laid.close()
    assert laid.one(Venture, 1).team == (1, 2, 3)
    assert laid.one(Maker, 4).venture == 2


def test_who_leaves_may_come_back_for_more_of_the_leads_own() -> None:
    """Shares kept and shares given again come out of the lead's holding alone."""
    laid = hall(maker(1), maker(2), maker(4), venture(1, 1, cofounders=(2,), shares={1: 6000, 2: 3000, 4: 1000}))
    laid.when(2, "leave_team").when(2, "ask_to_join", venture=1)
    laid.when(1, "answer_join", maker=2, accept=True, shares=3000).close()
    assert laid.one(Venture, 1).shares == {1: 3000, 2: 6000, 4: 1000}
    assert laid.one(Venture, 1).cofounders == (2,)


def test_a_lead_may_close_and_join_in_the_same_phase() -> None:
    """It founds nothing then, and its old shares have ended."""
    laid = hall(maker(1), maker(2), venture(1, 1), venture(2, 2, space=HARBOUR))
    laid.when(2, "close_venture").when(2, "ask_to_join", venture=1)
    laid.when(1, "answer_join", maker=2, accept=True).close()
    assert laid.one(Venture, 1).team == (1, 2)
    assert (laid.one(Venture, 2).shares, len(laid.found(Venture))) == ({}, 2)


def test_nobody_leaves_what_it_leads_or_joins_while_in_a_team() -> None:
    """A lead closes; a co-founder leaves first."""
    laid = hall(maker(1), maker(2), maker(3), venture(1, 1, cofounders=(2,)), venture(2, 3))
    laid.when(1, "leave_team").refused("rule", None, "not_now")
    laid.when(2, "close_venture").refused("rule", None, "not_now")
    laid.when(2, "ask_to_join", venture=2).refused("rule", None, "not_now")
    laid.when(2, "leave_team").when(2, "leave_team").refused("rule", None, "not_now")


def test_an_answer_begins_with_half_of_what_somebody_who_joins_may_get() -> None:
    """Nobody is offered nothing; a lead who has little left begins with half of that."""
    for held, begins in ((10_000, 1_500), (1_001, 501)):
        others = 10_000 - held
        shares = {1: held, 3: others} if others else {1: held}
        laid = hall(maker(1), maker(2), maker(3), venture(1, 1, shares=shares)).when(2, "ask_to_join", venture=1)
        (start,) = engine.starts(laid.state, 1, ["answer_join"])["answer_join"]
        assert start.values == {"shares": begins}
