"""Winding up: what becomes of a venture that is eliminated or closed by its lead.

Its credits go to capital paid in (a 1x preference, split by capital when short), what is left by shares;
its space pays for clearing; half of each track goes to the space's commons; the team is free and each
member gains 1 in the lowest skill. A lead that closes its own venture gains nothing and pays the clearing
itself, as far as it can. Source: the rulebook's "7. Appraisal", step 2, and "2. Admission".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from makersphere_rules.bookkeeping import post
from makersphere_rules.ecosystem.figures.stock_counts import CLOSED, TO_COMMONS, count
from makersphere_rules.ecosystem.table.accounts import account_of, treasury_of, venture_account
from makersphere_rules.ecosystem.table.cap_table import share_out
from makersphere_rules.ecosystem.table.entities import Maker, Space, Triple, Venture
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.ecosystem.table.vocabulary import GARAGE, SKILL_MOST
from makersphere_rules.entity import changed
from makersphere_rules.events import Event, Line
from makersphere_rules.frozen import frozen
from makersphere_rules.ledger import SUPPLIERS, Posting
from makersphere_rules.state import State

__all__ = ["STEPS", "VentureClosed", "raised", "wind_up"]

STEPS: Final = ("preference", "liquidation", "clearing")


@frozen
class VentureClosed(Event):
    """A venture has been wound up.

    Attributes:
        venture: its number.
        reason: insolvent, unfunded, unsold, bottom or closed (by its lead).
        season: when.
        space: where it had its desk; 0: the garage.
        commons: points in the space's commons now.
        skills: the skills of each member of the team, who are free now.
        postings: preference, liquidation and clearing.
        sold: for how many credits it has sold this season.
        bar: what it had to sell; None where it closes for something else, and in old logs.
    """

    venture: int
    reason: str
    season: int
    space: int
    commons: int
    skills: Mapping[int, Triple]
    postings: tuple[Posting, ...]
    sold: int = 0
    bar: int | None = None

    def apply(self, state: State) -> None:
        """Pay out, end shares and preferences, fill the commons, free the team."""
        post(state, self.postings)
        venture = state.one(Venture, self.venture)
        state.put(changed(venture, closed=self.reason, closed_season=self.season, shares={}, capital={}))
        kept = 0
        if self.space != GARAGE:
            space = state.one(Space, self.space)
            kept = self.commons - space.commons
            state.put(changed(space, commons=self.commons))
        count(state, progress={CLOSED: sum(venture.tracks), TO_COMMONS: kept})
        for seat, skills in self.skills.items():
            state.put(changed(state.one(Maker, seat), venture=0, skills=skills), seat)

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        closed = Line("venture_closed", {"venture": self.venture, "reason": self.reason})
        if self.bar is None:
            return (closed,)
        return closed, Line("closed_below_bar", {"venture": self.venture, "credits": self.sold, "bar": self.bar})


def wind_up(
    state: State, venture: Venture, reason: str, *, by_lead: bool = False, bar: int | None = None
) -> VentureClosed:
    """Return what winding up a living venture brings about.

    Args:
        state: the game as it stands.
        venture: what is wound up.
        reason: insolvent, unfunded, unsold, bottom or closed.
        by_lead: its lead closes it: no skill is gained, and the lead pays the clearing as far as it can.
        bar: the sales that it has fallen short of, if that is why.
    """
    postings = tuple(_payout(state, venture))
    commons = 0
    if venture.space != GARAGE:
        points = sum(track // 2 for track in venture.tracks)
        commons = state.one(Space, venture.space).commons + points
        postings = (*postings, _clearing(state, venture, postings, by_lead=by_lead))
    makers = (state.one(Maker, seat) for seat in venture.team)
    skills = {maker.seat: maker.skills if by_lead else _learned(maker.skills) for maker in makers}
    return VentureClosed(
        venture=venture.id,
        reason=reason,
        season=state.game.season,
        space=venture.space,
        commons=commons,
        skills=skills,
        postings=postings,
        sold=venture.sales,
        bar=bar,
    )


def raised(skills: Triple, place: int) -> Triple:
    """Return skills with 1 added in one place; skills end at 10."""
    after = list(skills)
    after[place] = min(after[place] + 1, SKILL_MOST)
    return after[0], after[1], after[2]


def _learned(skills: Triple) -> Triple:
    return raised(skills, skills.index(min(skills)))


def _payout(state: State, venture: Venture) -> Iterator[Posting]:
    purse = venture_account(venture.id)
    left = state.balance(purse)
    paid_in = sum(venture.capital.values())
    for seat, amount in share_out(min(left, paid_in), venture.capital).items():
        yield Posting(purse, account_of(state, seat), amount, "preference")
    for seat, amount in share_out(max(0, left - paid_in), venture.shares).items():
        yield Posting(purse, account_of(state, seat), amount, "liquidation")


def _clearing(state: State, venture: Venture, postings: tuple[Posting, ...], *, by_lead: bool) -> Posting:
    cost = world(state).clearing
    if not by_lead:
        return Posting(treasury_of(venture.space), SUPPLIERS, cost, "clearing")
    purse = account_of(state, venture.lead)
    has = state.balance(purse) + sum(posting.amount for posting in postings if posting.target == purse)
    return Posting(purse, SUPPLIERS, min(cost, has), "clearing")
