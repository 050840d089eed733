"""The facts of negotiation: term sheets sent and refused, and what lapses at the close.

A signature is `deal_signed` in `ecosystem/shared_steps/contracts.py`; looks and grants are in
`ecosystem/shared_steps/matching.py`.
"""

from __future__ import annotations

from collections.abc import Mapping

from makersphere_rules.bookkeeping import post
from makersphere_rules.ecosystem.shared_steps.contracts import DealsShown
from makersphere_rules.ecosystem.table.agreements import Pair, Sheet, pair_key
from makersphere_rules.ecosystem.table.entities import Investor
from makersphere_rules.ecosystem.table.vocabulary import MAKER
from makersphere_rules.entity import changed
from makersphere_rules.events import Event, Line
from makersphere_rules.frozen import frozen
from makersphere_rules.ledger import Posting
from makersphere_rules.state import State

__all__ = ["EVENTS", "BirthGrantsPaid", "SheetsLapsed", "TermsRefused", "TermsSent"]


def _pair(state: State, maker: int, investor: int) -> Pair:
    return state.find(Pair, pair_key(maker, investor)) or Pair(maker, investor)


@frozen
class TermsSent(Event):
    """One side has sent a term sheet to the other; the sheet between the two is gone, if there was one.

    Attributes:
        sheet: the new sheet.
        replaces: the sheet that it takes the place of, or 0.
        hours_left: the investor's hours, less what its open sheets set aside.
        postings: the search cost, what was freed, what is set aside.
    """

    sheet: Sheet
    replaces: int
    hours_left: int
    postings: tuple[Posting, ...]

    def apply(self, state: State) -> None:
        """Lay it before the two sides; the pair has paid its search."""
        if self.replaces:
            state.remove(Sheet, self.replaces)
        sheet = self.sheet
        state.put(sheet)
        pair = _pair(state, sheet.maker, sheet.investor)
        state.put(changed(pair, searched=state.game.season))
        state.put(changed(state.one(Investor, sheet.investor), hours=self.hours_left), sheet.investor)
        post(state, self.postings)

    def lines(self) -> tuple[Line, ...]:
        """Tell the two sides."""
        sheet = self.sheet
        values: dict[str, int | str] = {
            "seat": sheet.maker if sheet.by == MAKER else sheet.investor,
            "venture": sheet.venture,
            "investor": sheet.investor,
            "credits": sheet.credits,
            "hours": sheet.hours,
            "shares": sheet.shares,
            "fee": sheet.fee,
        }
        return (Line("terms_sent", values, (sheet.maker, sheet.investor)),)


@frozen
class TermsRefused(Event):
    """A sheet was declined by its receiver or withdrawn by its sender; what it set aside is free."""

    sheet: int
    maker: int
    investor: int
    status: str  # declined or withdrawn
    hours_left: int
    lost: bool  # a bid of the investor is lost by it
    postings: tuple[Posting, ...]
    reason: str = ""  # one of `REASONS`, where who declined gave one; it decides nothing

    def apply(self, state: State) -> None:
        """Close the sheet."""
        state.put(changed(state.one(Sheet, self.sheet), status=self.status), self.sheet)
        state.put(changed(state.one(Investor, self.investor), hours=self.hours_left), self.investor)
        if self.lost:
            state.put(changed(_pair(state, self.maker, self.investor), lost=state.game.season))
        post(state, self.postings)

    def lines(self) -> tuple[Line, ...]:
        """Tell the two sides."""
        values: dict[str, int | str] = {"maker": self.maker, "investor": self.investor}
        told = {"reason": self.reason} if self.reason else {}
        return (Line(f"terms_{self.status}", {**values, **told}, (self.maker, self.investor)),)

    def refused_seats(self, actor: int) -> tuple[int, ...]:
        """Return the other side of who declined; to withdraw one's own is no refusal."""
        sides = (self.maker, self.investor)
        return tuple(seat for seat in sides if seat != actor) if self.status == "declined" else ()


@frozen
class BirthGrantsPaid(Event):
    """The government has paid spaces and backers for the births of the phase, which are public from now on."""

    postings: tuple[Posting, ...]

    def apply(self, state: State) -> None:
        """Pay."""
        post(state, self.postings)


@frozen
class SheetsLapsed(Event):
    """The sheets that are still open have lapsed, and what they set aside is free.

    Attributes:
        sheets: their numbers.
        hours_left: by investor.
        lost: pairs (maker, investor) with a lost bid, one each.
    """

    sheets: tuple[int, ...]
    hours_left: Mapping[int, int]
    lost: tuple[tuple[int, int], ...]
    postings: tuple[Posting, ...]

    def apply(self, state: State) -> None:
        """Close them."""
        for number in self.sheets:
            state.put(changed(state.one(Sheet, number), status="lapsed"), number)
        for investor, hours in self.hours_left.items():
            state.put(changed(state.one(Investor, investor), hours=hours), investor)
        for maker, investor in self.lost:
            state.put(changed(_pair(state, maker, investor), lost=state.game.season))
        post(state, self.postings)

    def lines(self) -> tuple[Line, ...]:
        """Tell the two sides of each lost bid."""
        return tuple(
            Line("bid_lost", {"maker": maker, "investor": investor}, (maker, investor)) for maker, investor in self.lost
        )


EVENTS = (TermsSent, TermsRefused, BirthGrantsPaid, SheetsLapsed, DealsShown)
