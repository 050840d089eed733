"""Clearinghouse: leads and investors rank each other, and packages of hours are matched all at once.

Purpose: the default module for hours; stable, one search cost per list, and nobody is first by speed.
Phase: matching; its close comes after that of the module for capital.
Commands: investors: `post_package` {`fee` 0-10, `shares` 0-500} (sealed; at most 500 shares in all, where a credit of
fee counts as 50), `rank` {`ventures` in order} (sealed), `look`; leads with a desk: `rank` {`investors` in order}
(sealed; its cost is set aside when it is sent); operators: `grant`.
Defaults: an investor's last terms; it ranks by stage, then progress. A lead ranks all whose fee its venture
can pay, mentors first, then by its need for their speciality, if 10 credits remain after the cost.
Opening: each investor gets a free look at each venture of its spaces, apart from those it pays for.
Close: cheaper terms are posted, dearer ones for the next season (a list answers what its lead could read);
venture-proposing deferred acceptance, one package per venture, many per investor;
further rounds at spaces with resources or integration from level 2 on; packages are signed; who handed in a list is
told what it came to.
Events: `list_looks_taken`, `list_paid`, `terms_posted`, `deal_signed`, `cleared`, `lists_answered`, and those that
every module of matching has (`ecosystem/shared_steps/matching.py`).
Parameters: `ClearinghouseParams`; the size of a package is printed (`WorldParams`).
Secrets: lists, what they cost and terms not yet posted (who sent them); looks that come with a list (the
investor); capacities (nobody).
Source: the rulebook's "4. Matching" (clearinghouse); Gale and Shapley 1962; Roth 1984.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

import attrs

from makersphere_rules.ecosystem.figures.clearing_record import Clearing
from makersphere_rules.ecosystem.formulas.progress import needs
from makersphere_rules.ecosystem.shared_steps import matching
from makersphere_rules.ecosystem.shared_steps.goods import HOURS, Good
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.accounts import venture_account
from makersphere_rules.ecosystem.table.entities import Investor, Venture
from makersphere_rules.ecosystem.table.param_checks import above, printed
from makersphere_rules.ecosystem.table.verdicts import ListAnswer
from makersphere_rules.ecosystem.table.vocabulary import ANY, KINDS, TRACKS, WHOLE
from makersphere_rules.entity import Entity
from makersphere_rules.events import Event
from makersphere_rules.forms import Args, Form, Whole, whole
from makersphere_rules.mistakes import Mistake
from makersphere_rules.module import Command
from makersphere_rules.modules.clearinghouse.commands import Listing, ListParams, Terms, served
from makersphere_rules.modules.clearinghouse.events import (
    Cleared,
    ListFee,
    ListLooksTaken,
    ListPaid,
    ListsAnswered,
    TermsPosted,
)
from makersphere_rules.modules.clearinghouse.rounds import Round
from makersphere_rules.modules.clearinghouse.steps import MatchingByLists
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.scenario import Scenario, param
from makersphere_rules.state import State

__all__ = ["Clearinghouse", "ClearinghouseParams"]


@attrs.frozen
class ClearinghouseParams(ListParams):
    """The parameters of the clearinghouse for hours."""

    fee_most: int = param(20, 0, 100, "The highest posted fee, in credits per package.")
    shares_most: int = param(1000, 0, 9000, "The most posted shares per package.")
    package_most: int = param(500, 0, 9000, "The most that a package asks in all; a credit of fee is `fee_shares`.")
    fee_shares: int = param(50, 1, 1000, "Shares that a credit of fee counts as in the price of a package.")


class _HoursListing(Listing):
    good: ClassVar[Good] = HOURS
    post: ClassVar[str] = "post_package"
    rank: ClassVar[str] = "rank"
    paid: ClassVar[type[ListPaid]] = ListPaid
    params: ClassVar[type[ListParams]] = ClearinghouseParams
    further_rounds: ClassVar[bool] = True

    def post_form(self, state: State, seat: int) -> Form:
        params = state.scenario.params(ClearinghouseParams)
        fee = min(params.fee_most, params.package_most // params.fee_shares)
        return Form({"fee": Whole(0, fee), "shares": Whole(0, min(params.shares_most, params.package_most))})

    def post_refusal(self, state: State, terms: Terms) -> Refusal | None:
        params = state.scenario.params(ClearinghouseParams)
        if terms.shares + params.fee_shares * terms.fee <= params.package_most:
            return None
        return refuse("rule", "package_too_dear", "shares", most=params.package_most, rate=params.fee_shares)

    def terms(self, state: State, seat: int) -> Terms:
        investor = state.one(Investor, seat)
        return Terms(investor.shares, investor.fee)

    def terms_of(self, args: Args) -> Terms:
        return Terms(whole(args, "shares"), whole(args, "fee"))

    def default_post(self, state: State, seat: int) -> Args:
        terms = self.terms(state, seat)
        return {"fee": terms.fee, "shares": terms.shares}

    def posted(self, seat: int, terms: Terms) -> Event:
        return TermsPosted(seat, terms.fee, terms.shares)

    def default_ventures(self, state: State, seat: int) -> list[int]:
        """Rank all ventures of an investor's spaces: by stage, then progress, then lot."""
        ventures = tenancy.by_lot(state, served(state, state.one(Investor, seat)))
        ventures.sort(key=lambda venture: (-venture.stage, -sum(venture.tracks)))
        return [venture.id for venture in ventures]

    def welcome(self, state: State, venture: Venture) -> list[int]:
        """Rank the badge holders whose fee a venture can pay: mentors, then the greatest need, equal ones by lot."""
        purse, lacking = state.balance(venture_account(venture.id)), needs(state, venture)
        payable = [
            investor
            for investor in (state.one(Investor, one) for one in tenancy.badge_holders(state, venture.space))
            if investor.fee <= purse
        ]

        def urgency(investor: Investor) -> tuple[int, int, int]:
            mentor = investor.speciality == ANY
            need = 0 if mentor else lacking[TRACKS.index(investor.speciality)]
            return -mentor, -need, tenancy.lot(state, investor.seat)

        return [investor.seat for investor in sorted(payable, key=urgency)]


_LISTING: Final = _HoursListing()


class Clearinghouse(MatchingByLists):
    """Packages of hours, matched all at once."""

    name: ClassVar[str] = "clearinghouse"
    params: ClassVar[type | None] = ClearinghouseParams
    listing: ClassVar[Listing] = _LISTING
    answers_lists: ClassVar[bool] = True
    commands: ClassVar[Sequence[Command]] = _LISTING.commands()
    events: ClassVar[Sequence[type[Event]]] = (
        ListLooksTaken,
        ListPaid,
        TermsPosted,
        Cleared,
        ListsAnswered,
        *matching.EVENTS,
    )
    entities: ClassVar[Sequence[type[Entity]]] = (*matching.ENTITIES, ListFee, Clearing, ListAnswer)

    def check(self, scenario: Scenario) -> Iterator[Mistake]:
        """Printed terms can be posted, and posted shares given."""
        params, world = scenario.params(ClearinghouseParams), printed(scenario)
        free = WHOLE - world.lead_keeps
        yield from above("clearinghouse.shares_most", params.shares_most, "10000 - world.lead_keeps", free)
        for name in KINDS:
            kind = world.kind(name)
            yield from above(f"world.{name}_fee", kind.fee, "clearinghouse.fee_most", params.fee_most)
            yield from above(f"world.{name}_shares", kind.shares, "clearinghouse.shares_most", params.shares_most)
            left = params.package_most - params.fee_shares * kind.fee
            beside = f"clearinghouse.package_most - clearinghouse.fee_shares * world.{name}_fee"
            yield from above(f"world.{name}_shares", kind.shares, beside, left)

    def cleared(self, state: State, found: list[Round], capacities: dict[int, int]) -> Event:
        """Keep the clearing; what lists cost is final."""
        clearing = Clearing(state.game.season, tuple(one.blocking for one in found), capacities)
        return Cleared(clearing, tuple(fee.seat for fee in state.all(ListFee).values()))
