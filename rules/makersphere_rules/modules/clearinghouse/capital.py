"""Clearinghouse for capital: leads and investors rank each other, and packages of 60 credits are matched at once.

Purpose: capital without haggling; stable, one search cost per list, and nobody is first by speed.
Phase: matching; its close comes before that of the module for hours.
Commands: investors: `post_capital` {`shares` 0-4,000 for a package, `packages` at most (left out: as many as it
can pay)} (sealed), `rank_capital` {`ventures` in order} (sealed), `look`; leads with a desk: `rank_capital`
{`investors` in order} (sealed; its cost is set aside when it is sent); operators: `grant`.
Defaults: an investor asks what it asked last, at first 3,000 shares, and ranks nobody: nobody's money is spent
unasked. The lead of an unborn venture ranks all who ask at most 3,500, the fewest shares first, if 10 credits
remain after the cost.
Opening: each investor gets the free looks that come with a list, unless the clearinghouse for hours gives them.
Close: fewer shares are posted, more hold from the next season; venture-proposing deferred acceptance, one round, one
package per venture, as many per investor as it has 60 credits for; packages are signed.
Events: `list_looks_taken`, `capital_list_paid`, `capital_posted`, `deal_signed`, `capital_cleared`, and those that
every module of matching has (`ecosystem/shared_steps/matching.py`).
Parameters: `ClearinghouseCapitalParams`; a package is what a birth takes (`WorldParams`).
Secrets: as in `clearinghouse`.
Source: the rulebook's "4. Matching" (clearinghouse for capital); Gale and Shapley 1962; Roth 1984.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Final

import attrs

from makersphere_rules.ecosystem.shared_steps import matching
from makersphere_rules.ecosystem.shared_steps.goods import CAPITAL, Good
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.entities import Investor, Venture
from makersphere_rules.ecosystem.table.param_checks import above, printed
from makersphere_rules.ecosystem.table.vocabulary import INVESTOR, WHOLE
from makersphere_rules.entity import Entity
from makersphere_rules.events import Event
from makersphere_rules.forms import Args, Form, Whole, whole
from makersphere_rules.mistakes import Mistake
from makersphere_rules.module import Command, Draft
from makersphere_rules.modules.clearinghouse.commands import Listing, ListParams, Terms
from makersphere_rules.modules.clearinghouse.events import (
    CapitalCleared,
    CapitalClearing,
    CapitalListFee,
    CapitalListPaid,
    CapitalPosted,
    CapitalTerms,
    ListLooksTaken,
    ListPaid,
)
from makersphere_rules.modules.clearinghouse.rounds import Round
from makersphere_rules.modules.clearinghouse.steps import MatchingByLists
from makersphere_rules.scenario import Scenario, param
from makersphere_rules.state import State

__all__ = ["ClearinghouseCapital", "ClearinghouseCapitalParams"]


@attrs.frozen
class ClearinghouseCapitalParams(ListParams):
    """The parameters of the clearinghouse for capital."""

    shares_most: int = param(4000, 0, 9000, "The most posted shares for a package of capital.")
    shares_first: int = param(3000, 0, 9000, "What an investor asks who has not posted anything yet, in shares.")
    floor_shares: int = param(3500, 0, 9000, "The most shares that an investor on a default list may ask.")


class _CapitalListing(Listing):
    good: ClassVar[Good] = CAPITAL
    post: ClassVar[str] = "post_capital"
    rank: ClassVar[str] = "rank_capital"
    paid: ClassVar[type[ListPaid]] = CapitalListPaid
    params: ClassVar[type[ListParams]] = ClearinghouseCapitalParams
    further_rounds: ClassVar[bool] = False

    def post_form(self, state: State, seat: int) -> Form:
        shares = state.scenario.params(ClearinghouseCapitalParams).shares_most
        packages = self.good.packages(state, state.one(Investor, seat))
        return Form({"shares": Whole(0, shares), "packages": Whole(0, packages)}, optional=frozenset({"packages"}))

    def terms(self, state: State, seat: int) -> Terms:
        posted = state.find(CapitalTerms, seat)
        return Terms(posted.shares if posted else state.scenario.params(ClearinghouseCapitalParams).shares_first)

    def terms_of(self, args: Args) -> Terms:
        return Terms(whole(args, "shares"))

    def default_post(self, state: State, seat: int) -> Args:
        return {"shares": self.terms(state, seat).shares}

    def posted(self, seat: int, terms: Terms) -> Event:
        return CapitalPosted((CapitalTerms(seat, terms.shares),))

    def packages(self, state: State, investor: Investor) -> int:
        payable, said = super().packages(state, investor), state.choice(investor.seat, self.post) or {}
        return min(payable, whole(said, "packages")) if "packages" in said else payable

    def default_ventures(self, state: State, seat: int) -> list[int]:
        """Rank nobody: no money is spent unasked."""
        return []

    def welcome(self, state: State, venture: Venture) -> list[int]:
        """Rank, for an unborn venture, all who ask what a floor allows: the fewest shares first, equal ones by lot."""
        most = state.scenario.params(ClearinghouseCapitalParams).floor_shares
        if not self.good.wanted(venture):
            return []
        asked = {seat: self.terms(state, seat).shares for seat in tenancy.badge_holders(state, venture.space)}
        fair = [seat for seat, shares in asked.items() if shares <= most]
        return sorted(fair, key=lambda seat: (asked[seat], tenancy.lot(state, seat)))


_LISTING: Final = _CapitalListing()


class ClearinghouseCapital(MatchingByLists):
    """Packages of capital, matched all at once."""

    name: ClassVar[str] = "clearinghouse_capital"
    params: ClassVar[type | None] = ClearinghouseCapitalParams
    fixed_by: ClassVar[Mapping[str, str]] = {"shares_first": "game"}
    listing: ClassVar[Listing] = _LISTING
    commands: ClassVar[Sequence[Command]] = _LISTING.commands()
    events: ClassVar[Sequence[type[Event]]] = (
        ListLooksTaken,
        CapitalListPaid,
        CapitalPosted,
        CapitalCleared,
        *matching.EVENTS,
    )
    entities: ClassVar[Sequence[type[Entity]]] = (*matching.ENTITIES, CapitalListFee, CapitalTerms, CapitalClearing)

    def check(self, scenario: Scenario) -> Iterator[Mistake]:
        """Posted shares can be given, and the first terms posted."""
        params, free = scenario.params(ClearinghouseCapitalParams), WHOLE - printed(scenario).lead_keeps
        where, most = "clearinghouse_capital.shares_most", params.shares_most
        yield from above(where, most, "10000 - world.lead_keeps", free)
        yield from above("clearinghouse_capital.shares_first", params.shares_first, where, most)

    def start(self, draft: Draft) -> None:
        """Put up what every investor asks at first."""
        state = draft.state
        terms = tuple(CapitalTerms(seat, self.listing.terms(state, seat).shares) for seat in state.seats(INVESTOR))
        draft.emit(CapitalPosted(terms, first=True))

    def cleared(self, state: State, found: list[Round], capacities: dict[int, int]) -> Event:
        """Keep the clearing; what lists cost is final."""
        clearing = CapitalClearing(state.game.season, tuple(one.blocking for one in found), capacities)
        return CapitalCleared(clearing, tuple(fee.seat for fee in state.all(CapitalListFee).values()))
