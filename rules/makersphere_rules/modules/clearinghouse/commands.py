"""What seats may send to a clearinghouse, with live bounds, and what the close does for seats that send nothing.

`Listing` is what both clearinghouses share; what differs (terms, defaults, names) is in their own modules.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar

import attrs

from makersphere_rules.ecosystem.formulas.costs import search_cost
from makersphere_rules.ecosystem.shared_steps.goods import Good
from makersphere_rules.ecosystem.shared_steps.matching import GRANT, LOOK, MatchingParams
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.accounts import maker_account
from makersphere_rules.ecosystem.table.agreements import Pair, pair_key
from makersphere_rules.ecosystem.table.entities import Investor, Venture
from makersphere_rules.ecosystem.table.vocabulary import GARAGE, INVESTOR, MAKER
from makersphere_rules.events import ChoiceMade, Event
from makersphere_rules.forms import Args, Form, Many
from makersphere_rules.frozen import frozen
from makersphere_rules.ledger import SUPPLIERS, Posting
from makersphere_rules.module import Command, Draft
from makersphere_rules.modules.clearinghouse.events import ListPaid
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.scenario import param
from makersphere_rules.state import State

__all__ = ["ListParams", "Listing", "Terms", "first_choice", "list_cost", "numbers", "served"]


@attrs.frozen
class ListParams(MatchingParams):
    """The parameters that both clearinghouses have."""

    default_left: int = param(10, 0, 500, "Credits that must remain to a lead after the cost of a default list.")


@frozen
class Terms:
    """What an investor asks for a package, as posted."""

    shares: int
    fee: int = 0

    def unless_dearer(self, known: Terms) -> Terms:
        """Return these terms, or the known ones if these ask more shares or a higher fee."""
        return known if self.shares > known.shares or self.fee > known.fee else self


class Listing(ABC):
    """How terms are posted and lists handed in for one good.

    Attributes:
        good: what is matched.
        post: the command by which an investor posts terms; rank: the one by which both sides rank.
        paid: the fact that a list was paid for.
        further_rounds: whether levels of the space bring further rounds.
    """

    good: ClassVar[Good]
    post: ClassVar[str]
    rank: ClassVar[str]
    paid: ClassVar[type[ListPaid]]
    params: ClassVar[type[ListParams]]
    further_rounds: ClassVar[bool]

    def commands(self) -> tuple[Command, ...]:
        """Return what seats may send."""
        return (
            LOOK,
            Command.sealed(self.post, self.post_form, roles=(INVESTOR,), decide=self._post),
            Command.sealed(self.rank, self._rank_form, roles=(MAKER, INVESTOR), decide=self._rank).telling(
                numbers=self._rank_numbers
            ),
            GRANT,
        )

    # -- what differs

    @abstractmethod
    def post_form(self, state: State, seat: int) -> Form | Refusal:
        """Return the terms that an investor may post."""

    @abstractmethod
    def terms(self, state: State, seat: int) -> Terms:
        """Return the terms that an investor has posted last."""

    @abstractmethod
    def terms_of(self, args: Args) -> Terms:
        """Return the terms that the command of an investor says."""

    @abstractmethod
    def default_post(self, state: State, seat: int) -> Args:
        """Return an investor's terms as arguments of the command."""

    @abstractmethod
    def posted(self, seat: int, terms: Terms) -> Event:
        """Return the fact that terms are posted."""

    @abstractmethod
    def default_ventures(self, state: State, seat: int) -> list[int]:
        """Return the ventures that an investor ranks if it says nothing."""

    @abstractmethod
    def welcome(self, state: State, venture: Venture) -> list[int]:
        """Return the investors that a lead ranks if it says nothing, before the cost of the list is considered."""

    def packages(self, state: State, investor: Investor) -> int:
        """Return how many packages an investor gives at most."""
        return self.good.packages(state, investor)

    # -- terms

    def post_refusal(self, state: State, terms: Terms) -> Refusal | None:
        """Return why terms within the form's bounds may not be posted; None if they may."""
        return None

    def _post(self, draft: Draft, seat: int, args: Args) -> Refusal | None:
        refusal = self.post_refusal(draft.state, self.terms_of(args))
        if refusal is None:
            draft.emit(ChoiceMade(seat, self.post, "", dict(args)))
        return refusal

    # -- lists

    def default_investors(self, state: State, seat: int) -> list[int]:
        """Return the investors that a lead ranks if it says nothing; none if the cost left it too few credits."""
        venture = tenancy.led_venture(state, seat)
        if venture is None or venture.space == GARAGE:
            return []
        ranked = self.welcome(state, venture)
        left = state.balance(maker_account(seat)) - (list_cost(state, venture, ranked[0]) if ranked else 0)
        return ranked if left >= state.scenario.params(self.params).default_left else []

    def has_paid(self, state: State, seat: int) -> int:
        """Return what a lead has paid for its present list."""
        fee = state.find(self.paid.fee, seat)
        return fee.credits if fee else 0

    def charge(self, state: State, venture: Venture, first: int) -> ListPaid | None:
        """Return the fact that a lead pays what its list costs beyond the one before, or gets the difference back."""
        seat, cost = venture.lead, list_cost(state, venture, first)
        change = cost - self.has_paid(state, seat)
        if not change and state.find(self.paid.fee, seat) is None:
            return None
        ends = (maker_account(seat), SUPPLIERS) if change >= 0 else (SUPPLIERS, maker_account(seat))
        postings = (Posting(*ends, abs(change), "search"),) if change else ()
        return self.paid(seat, first, cost, postings)

    def _rank_form(self, state: State, seat: int) -> Form | Refusal:
        if state.role(seat) == MAKER:
            venture = tenancy.leading(state, seat)
            if isinstance(venture, Refusal):
                return venture
            if venture.space == GARAGE:
                return refuse("rule", "needs_desk")
            investors = tuple(tenancy.badge_holders(state, venture.space))
            return Form({"investors": Many(investors, len(investors), "badge_holders")})
        investor = state.one(Investor, seat)
        if not investor.badges:
            return refuse("rule", "no_badge")
        ventures = tuple(venture.id for venture in served(state, investor))
        return Form({"ventures": Many(ventures, len(ventures), "served_ventures")})

    def _rank(self, draft: Draft, seat: int, args: Args) -> Refusal | None:
        if draft.state.role(seat) == MAKER:
            fact = self._list_paid(draft.state, seat, args)
            if isinstance(fact, Refusal):
                return fact
            if fact is not None:
                draft.emit(fact)
        draft.emit(ChoiceMade(seat, self.rank, "", dict(args)))
        return None

    def _rank_numbers(self, state: State, seat: int, args: Args) -> Mapping[str, int]:
        """Return what a lead's list costs in all."""
        venture = tenancy.led_venture(state, seat) if state.role(seat) == MAKER else None
        return {"search": list_cost(state, venture, first_choice(args))} if venture else {}

    def _list_paid(self, state: State, seat: int, args: Args) -> ListPaid | Refusal | None:
        venture, first = tenancy.led_venture(state, seat), first_choice(args)
        assert venture is not None, f"the form let seat {seat} rank without a venture"  # noqa: S101
        have, cost = state.balance(maker_account(seat)) + self.has_paid(state, seat), list_cost(state, venture, first)
        if cost > have:
            return refuse("cannot_afford", "cannot_afford.credits", "investors", cost=cost, have=have)
        return self.charge(state, venture, first)


def served(state: State, investor: Investor) -> list[Venture]:
    """Return the ventures at an investor's spaces, in table order."""
    tenants = [venture for space in investor.badges for venture in tenancy.ventures_at(state, space)]
    return sorted(tenants, key=lambda venture: venture.id)


def numbers(listed: object) -> tuple[int, ...]:
    """Return a list of a command as whole numbers."""
    return tuple(map(int, listed)) if isinstance(listed, (list, tuple)) else ()


def first_choice(args: Args) -> int:
    """Return the first investor on a lead's list; 0 if it is empty."""
    listed: Sequence[int] = numbers(args["investors"])
    return listed[0] if listed else 0


def list_cost(state: State, venture: Venture, first: int) -> int:
    """Return what a list costs: the search cost with its first choice, nothing if that pair has paid."""
    pair = state.find(Pair, pair_key(venture.lead, first))
    if first == 0 or (pair is not None and pair.searched == state.game.season):
        return 0
    return search_cost(state, venture, first)
