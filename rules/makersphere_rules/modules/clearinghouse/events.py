"""The facts of a clearinghouse: looks that come with a list, lists paid for, terms posted, packages matched.

A package that is signed is `deal_signed` in `ecosystem/shared_steps/contracts.py`. What is of the clearinghouse for
capital has a name of its own, so that both can be played in one phase.
"""

from __future__ import annotations

from typing import ClassVar

import msgspec

from makersphere_rules.bookkeeping import post
from makersphere_rules.ecosystem.figures.clearing_record import Clearing
from makersphere_rules.ecosystem.table.agreements import Look, look_key
from makersphere_rules.ecosystem.table.entities import Investor
from makersphere_rules.ecosystem.table.verdicts import ELSEWHERE, FULL, GIVEN, UNASKED, ListAnswer
from makersphere_rules.entity import Entity, changed, owner, settled
from makersphere_rules.events import Event, Line
from makersphere_rules.frozen import frozen
from makersphere_rules.ledger import Posting
from makersphere_rules.state import State

__all__ = [
    "CapitalCleared",
    "CapitalClearing",
    "CapitalListFee",
    "CapitalListPaid",
    "CapitalPosted",
    "CapitalTerms",
    "Cleared",
    "ListFee",
    "ListLook",
    "ListLooksTaken",
    "ListPaid",
    "ListsAnswered",
    "TermsPosted",
]


@frozen
class ListFee(Entity):
    """What a lead has paid for its list: the search cost with its first choice, in credits."""

    seat: int = owner(key=True, owner=True)
    investor: int = owner()
    credits: int = owner()


@frozen
class CapitalListFee(ListFee):
    """What a lead has paid for its list of investors for capital."""


FeeKind = type[ListFee]


@frozen
class CapitalTerms(Entity):
    """The shares that an investor asks for a package of capital, as it posted them last."""

    investor: int = settled(key=True, owner=True)
    shares: int = settled(0)


@frozen
class CapitalClearing(Clearing):
    """One season's clearing of capital."""


class ListLook(msgspec.Struct, frozen=True):
    """What an investor reads of a venture's appeal with this season's list; 1 to 6 tells nothing."""

    seat: int
    venture: int
    lo: int
    hi: int


@frozen
class ListLooksTaken(Event):
    """The looks of this season's lists are in the investors' hands, last season's are gone."""

    looks: tuple[ListLook, ...]

    def apply(self, state: State) -> None:
        """Put them beside what was paid for."""
        last = {look_key(one.seat, one.venture): one for one in self.looks}
        for key, one in last.items():
            look = state.find(Look, key) or Look(one.seat, one.venture)
            state.put(changed(look, list_lo=one.lo, list_hi=one.hi), key)


@frozen
class ListPaid(Event):
    """A lead has paid for its list, or got credits back: another list costs less, or a sheet has paid the search.

    `investor` is the first choice, 0 of an empty list; `credits` is what the list has cost in all.
    """

    fee: ClassVar[FeeKind] = ListFee

    seat: int
    investor: int
    credits: int
    postings: tuple[Posting, ...]

    def apply(self, state: State) -> None:
        """Keep what was paid."""
        state.put(self.fee(self.seat, self.investor, self.credits))
        post(state, self.postings)


@frozen
class CapitalListPaid(ListPaid):
    """The same of a list of investors for capital."""

    fee: ClassVar[FeeKind] = CapitalListFee


@frozen
class TermsPosted(Event):
    """An investor has changed the terms of its package."""

    investor: int
    fee: int
    shares: int

    def apply(self, state: State) -> None:
        """Put them up."""
        state.put(changed(state.one(Investor, self.investor), fee=self.fee, shares=self.shares), self.investor)

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        values = {"investor": self.investor, "fee": self.fee, "shares": self.shares}
        return (Line("terms_posted", values),)


@frozen
class CapitalPosted(Event):
    """An investor has changed the shares that it asks for a package of capital, or all have put up their first ones."""

    terms: tuple[CapitalTerms, ...]
    first: bool = False

    def apply(self, state: State) -> None:
        """Put them up."""
        for one in self.terms:
            state.put(one)

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone; first terms are printed and no news."""
        told = () if self.first else self.terms
        return tuple(Line("capital_posted", {"investor": one.investor, "shares": one.shares}) for one in told)


@frozen
class Cleared(Event):
    """The clearinghouse is done; what the figures need of it is kept, what lists cost is final."""

    clearing: Clearing
    lists: tuple[int, ...]  # leads who had paid for one

    def apply(self, state: State) -> None:
        """Keep it."""
        state.put(self.clearing)
        for seat in self.lists:
            state.remove(ListFee, seat)


@frozen
class CapitalCleared(Event):
    """The clearinghouse for capital is done."""

    clearing: CapitalClearing
    lists: tuple[int, ...]

    def apply(self, state: State) -> None:
        """Keep it."""
        state.put(self.clearing)
        for seat in self.lists:
            state.remove(CapitalListFee, seat)


@frozen
class ListsAnswered(Event):
    """Whoever handed in a list for hours has been told what it came to."""

    answers: tuple[ListAnswer, ...]

    def apply(self, state: State) -> None:
        """Tell the hands."""
        for answer in self.answers:
            state.put(answer)

    def lines(self) -> tuple[Line, ...]:
        """Tell each why the first that it would have had did not come; the hand has the rest."""
        return tuple(line for answer in self.answers if (line := _first_refusal(answer)) is not None)


def _first_refusal(answer: ListAnswer) -> Line | None:
    other, outcome = next(((one, why) for one, why in answer.answers.items() if why != GIVEN), (0, GIVEN))
    if outcome in (GIVEN, UNASKED) or (outcome == FULL and not answer.venture):
        return None
    if answer.venture:
        return Line(f"list_{outcome}", {"investor": other, "venture": answer.venture}, (answer.seat,))
    text = "list_elsewhere" if outcome == ELSEWHERE else "list_no_place"
    return Line(text, {"investor": answer.seat, "venture": other}, (answer.seat,))
