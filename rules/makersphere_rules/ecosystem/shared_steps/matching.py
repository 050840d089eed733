"""What every way of matching has: looks, grants and the subsidy; and which module of a phase offers them.

A phase of matching has one module for capital and one for hours, or one for both. Each offers the very same
commands `look` and `grant`; the first of them opens the phase for all, by its own parameters.
Source: the rulebook's "4. Matching" (look, grant) and "Policy card" (subsidy).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar, Final, cast

import attrs

from makersphere_rules.bookkeeping import post
from makersphere_rules.ecosystem.formulas.costs import look_cost
from makersphere_rules.ecosystem.shared_steps.contracts import DealSigned
from makersphere_rules.ecosystem.shared_steps.grant import Grant
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.accounts import investor_account, treasury_of, venture_account
from makersphere_rules.ecosystem.table.agreements import Deal, Look, Pair
from makersphere_rules.ecosystem.table.entities import Venture, World
from makersphere_rules.ecosystem.table.own_hand import in_hand, looked
from makersphere_rules.ecosystem.table.vocabulary import GARAGE, INVESTOR, OPERATOR
from makersphere_rules.entity import Entity
from makersphere_rules.events import Event, Line
from makersphere_rules.forms import Args, Form, OneOf, Start, Whole, whole
from makersphere_rules.frozen import frozen
from makersphere_rules.ledger import GOVERNMENT, SUPPLIERS, Posting
from makersphere_rules.module import Command, Draft, RuleModule
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.scenario import param
from makersphere_rules.state import State

__all__ = ["ENTITIES", "EVENTS", "GRANT", "LOOK", "Matching", "MatchingParams"]


@attrs.frozen
class MatchingParams:
    """The parameters that every module of matching has; those of the first module of the phase count."""

    grant_most: int = param(20, 1, 500, "The largest grant.")
    subsidy: int = param(10, 0, 100, "Credits to each born venture with a desk under a subsidy card.")


# -- facts


@frozen
class Looked(Event):
    """An investor has paid for a look at a venture; what it knows now is in its hand alone."""

    look: Look
    postings: tuple[Posting, ...]

    def apply(self, state: State) -> None:
        """Take it into the hand."""
        state.put(self.look)
        post(state, self.postings)

    def lines(self) -> tuple[Line, ...]:
        """Tell the one who looked."""
        look = self.look
        return (Line("looked", {"venture": look.venture, "lo": look.lo, "hi": look.hi}, (look.seat,)),)


@frozen
class Granted(Event):
    """An operator has given a tenant venture credits from the treasury."""

    grant: Grant
    postings: tuple[Posting, ...]

    def apply(self, state: State) -> None:
        """Give them."""
        state.put(self.grant)
        post(state, self.postings)

    def lines(self) -> tuple[Line, ...]:
        """Tell the two sides."""
        grant = self.grant
        values = {"space": grant.space, "venture": grant.venture, "credits": grant.credits}
        return (Line("granted", values, (grant.space, grant.maker)),)


@frozen
class SubsidyPaid(Event):
    """The government has paid each born venture with a desk."""

    credits: int
    postings: tuple[Posting, ...]

    def apply(self, state: State) -> None:
        """Pay."""
        post(state, self.postings)

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        return (Line("subsidy", {"credits": self.credits, "count": len(self.postings)}),)


# -- looks


def _look_form(state: State, seat: int) -> Form | Refusal:
    clear = {look.venture for look in in_hand(state, seat, Look) if look.lo >= look.hi}
    hidden = tuple(number for number in tenancy.living_numbers(state) if number not in clear)
    if not hidden:
        return refuse("rule", "nothing_hidden")
    have = state.balance(investor_account(seat))
    if have < 1:
        return refuse("cannot_afford", "cannot_afford.credits", cost=1, have=have)
    return Form({"venture": OneOf(hidden, "hidden_ventures")})


def _look(draft: Draft, seat: int, args: Args) -> Refusal | None:
    venture = draft.state.one(Venture, whole(args, "venture"))
    cost, have = look_cost(draft.state, venture, seat), draft.state.balance(investor_account(seat))
    if cost > have:
        return refuse("cannot_afford", "cannot_afford.credits", "venture", cost=cost, have=have)
    posting = Posting(investor_account(seat), SUPPLIERS, cost, "look")
    draft.emit(Looked(looked(draft, "look", seat, venture), (posting,)))
    return None


# -- grants


def _grant_form(state: State, seat: int) -> Form | Refusal:
    tenants = tenancy.ventures_at(state, seat)
    if not tenants:
        return refuse("rule", "not_now", command="grant")
    granted = {grant.venture for grant in state.all(Grant).values()}
    free = tuple(venture.id for venture in tenants if venture.id not in granted)
    if not free:
        return refuse("rule", "granted_already")
    have = state.balance(treasury_of(seat))
    if have < 1:
        return refuse("cannot_afford", "cannot_afford.treasury", cost=1, have=have)
    return Form({"venture": OneOf(free), "credits": Whole(1, min(_params(state).grant_most, have))})


def _grant_starts(state: State, seat: int) -> list[Start]:
    """Begin with half of what may be given."""
    most = min(_params(state).grant_most, state.balance(treasury_of(seat)))
    return [Start({"credits": -(-most // 2)})]


def _grant(draft: Draft, seat: int, args: Args) -> None:
    venture = draft.state.one(Venture, whole(args, "venture"))
    credits_ = whole(args, "credits")
    grant = Grant(draft.state.game.season, seat, venture.id, venture.lead, credits_)
    posting = Posting(treasury_of(seat), venture_account(venture.id), credits_, "space_grant")
    draft.emit(Granted(grant, (posting,)))


LOOK: Final = Command.at_once("look", _look_form, _look, roles=(INVESTOR,))
GRANT: Final = Command.at_once("grant", _grant_form, _grant, roles=(OPERATOR,)).telling(starts=_grant_starts)
EVENTS: Final[tuple[type[Event], ...]] = (Looked, Granted, SubsidyPaid, DealSigned)
ENTITIES: Final[tuple[type[Entity], ...]] = (Deal, Pair, Look, Grant)


# -- the modules of a phase


class Matching(RuleModule):
    """Base of the modules of matching. A subclass names `LOOK` and `GRANT` among its commands."""

    phase: ClassVar[str | None] = "matching"
    needs: ClassVar[Sequence[str]] = ("world", "admission")
    params: ClassVar[type | None] = MatchingParams

    def open(self, draft: Draft) -> None:
        """Pay the subsidy, if it is the season's card and no module of the phase has paid it before."""
        state = draft.state
        if not self.is_first(state, Matching) or state.one(World).effect != "subsidy":
            return
        credits_ = _params(state).subsidy
        if credits_:
            receivers = [venture for venture in tenancy.living(state) if venture.born and venture.space != GARAGE]
            postings = (Posting(GOVERNMENT, venture_account(one.id), credits_, "subsidy") for one in receivers)
            draft.emit(SubsidyPaid(credits_, tuple(postings)))

    def is_first(self, state: State, sort: type[Matching]) -> bool:
        """Return whether this module is the first of that sort in the open phase."""
        return next(_modules(state, sort), None) is self


def _modules(state: State, sort: type[Matching]) -> Iterator[Matching]:
    modules = state.scenario.phase(state.game.phase).modules
    return (module for module in modules if isinstance(module, sort))


def _params(state: State) -> MatchingParams:
    first = next(_modules(state, Matching))
    return state.scenario.params(cast("type[MatchingParams]", first.params))
