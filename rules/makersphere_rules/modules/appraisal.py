"""Appraisal: everyone says how well the others served, at the same time, and trust begins or ends.

Purpose: ratings between leads and investors and of spaces; a last use for the wild card.
Phase: appraisal, before the module that eliminates.
Commands: makers and investors `rate` {`seat`, `score` 1 to 5}: leads the investors they had a deal with this
season, investors those leads, tenants and badge holders their space;
operators `wild_card` {`seat`, or `venture`: of the tenants in danger that sold nearly enough the one that sold most},
unless used this season (read by the module that eliminates).
Events: `ratings_given`, `trust_changed`; `fees_waived` of games from before.
Parameters: none.
Secrets: single ratings (their giver); everything until the close.
Source: the rulebook's "7. Appraisal" and "Ties and trust".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar, Final

import msgspec

from makersphere_rules.ecosystem.shared_steps.eliminator import spareable
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.agreements import Deal, Pair, pair_key
from makersphere_rules.ecosystem.table.entities import Investor, Space, Venture
from makersphere_rules.ecosystem.table.ratings import Rating
from makersphere_rules.ecosystem.table.season_agreements import own_deals
from makersphere_rules.ecosystem.table.vocabulary import GARAGE, INVESTOR, MAKER, OPERATOR
from makersphere_rules.entity import Entity, changed
from makersphere_rules.events import ChoiceMade, Event, Line
from makersphere_rules.forms import Args, Domain, Form, OneOf, Whole, whole
from makersphere_rules.frozen import frozen
from makersphere_rules.module import Command, Draft, Move, RuleModule
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.state import State

__all__ = ["Appraisal", "FeesWaived", "Given", "RatingsGiven", "TrustChanged"]

WORST, BEST = 1, 5
_SCORE: Final = Whole(WORST, BEST)
_GOOD: Final = 4  # from here on a rating begins trust
_BAD: Final = 2  # up to here it ends trust
_FAIR: Final = 3
_FEWEST_SHOWN: Final = 2


@frozen
class FeesWaived(Event):
    """An investor has let a venture off what it still owed. Nobody can any more; games from before tell of it."""

    investor: int
    venture: int
    credits: int
    fees: Mapping[int, int]  # fee due by deal, now as much as was paid
    insolvent: bool  # whether the venture still owes somebody else

    def apply(self, state: State) -> None:
        """Forget the debt."""
        for number, fee in self.fees.items():
            state.put(changed(state.one(Deal, number), fee_due=fee), number)
        state.put(changed(state.one(Venture, self.venture), insolvent=self.insolvent), self.venture)

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        values = {"investor": self.investor, "venture": self.venture, "credits": self.credits}
        return (Line("fee_waived", values),)


class Given(msgspec.Struct, frozen=True):
    """A rating: who gave it, who got it, and how much."""

    giver: int
    taker: int
    score: int


@frozen
class RatingsGiven(Event):
    """All ratings have been given at the same time; the mean of two or more of a space is shown, in hundredths."""

    season: int
    ratings: tuple[Given, ...]
    means: Mapping[int, int]  # by space; 0 when not shown

    def apply(self, state: State) -> None:
        """Keep each in its giver's hand."""
        for given in self.ratings:
            state.put(Rating(self.season, given.giver, given.taker, given.score))
        for space, mean in self.means.items():
            state.put(changed(state.one(Space, space), rating_mean=mean), space)


@frozen
class TrustChanged(Event):
    """Trust between a lead and an investor has begun or ended."""

    maker: int
    investor: int
    trust: bool

    def apply(self, state: State) -> None:
        """Set it."""
        key = pair_key(self.maker, self.investor)
        before = state.find(Pair, key) or Pair(self.maker, self.investor)
        state.put(changed(before, trust=self.trust), key)

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        text = "trust_began" if self.trust else "trust_ended"
        return (Line(text, {"maker": self.maker, "investor": self.investor}),)


# -- commands


def rated_by(state: State, seat: int, deals: Sequence[Deal]) -> list[int]:
    """Return the seats that a seat may rate: the other sides of its deals this season, and its spaces."""
    if state.role(seat) == MAKER:
        partners = {deal.investor for deal in deals}
        space = tenancy.place_of_maker(state, seat)
        spaces: tuple[int, ...] = (space,) if space != GARAGE else ()
    else:
        partners = {deal.maker for deal in deals}
        spaces = state.one(Investor, seat).badges
    return [*sorted(partners), *spaces]


def _rate_form(state: State, seat: int) -> Form | Refusal:
    seats = tuple(rated_by(state, seat, own_deals(state, seat)))
    if not seats:
        return refuse("rule", "no_deal_with")
    return Form({"seat": OneOf(seats), "score": _SCORE})


def _wild_form(state: State, seat: int) -> Form | Refusal:
    if state.one(Space, seat).wild_card_used:
        return refuse("rule", "wild_card_used")
    fields: dict[str, Domain] = {}
    holders = tuple(tenancy.badge_holders(state, seat))
    if holders:
        fields["seat"] = OneOf(holders)
    nearest = _nearest(state, seat)
    if nearest:
        fields["venture"] = OneOf((nearest,))
    return Form(fields, optional=frozenset(fields)) if fields else refuse("rule", "not_in_danger")


def _nearest(state: State, space: int) -> int:
    """Return the tenant in danger that sold most, of equals the one with the better lot; 0 if none can be spared."""
    near = tenancy.by_lot(state, spareable(state, space))
    return max(near, key=lambda venture: venture.sales).id if near else 0


def _wild_card(draft: Draft, seat: int, args: Args) -> Refusal | None:
    if len(args) != 1:
        return refuse("rule", "one_of_two", "venture", first="seat", second="venture")
    draft.emit(ChoiceMade(seat, "wild_card", "", dict(args)))
    return None


def _by_seat(args: Args) -> str:
    return str(args["seat"])


# -- the module


class Appraisal(RuleModule):
    """Ratings and trust."""

    name: ClassVar[str] = "appraisal"
    phase: ClassVar[str | None] = "appraisal"
    part: ClassVar[str] = "appraisal"
    needs: ClassVar[Sequence[str]] = ("world", "admission", "elimination")
    commands: ClassVar[Sequence[Command]] = (
        Command.sealed("rate", _rate_form, roles=(MAKER, INVESTOR), target=_by_seat),
        Command.sealed("wild_card", _wild_form, roles=(OPERATOR,), decide=_wild_card),
    )
    events: ClassVar[Sequence[type[Event]]] = (FeesWaived, RatingsGiven, TrustChanged)
    entities: ClassVar[Sequence[type[Entity]]] = (Rating,)

    def defaults(self, state: State, seat: int) -> Iterable[Move]:
        """An investor gets 4 for capital or for all its promised hours, else 2; a maker gets 4, a space 3."""
        role = state.role(seat)
        if role == OPERATOR:
            return
        deals = own_deals(state, seat)
        kept = _kept_promises(deals)
        for other in rated_by(state, seat, deals):
            if state.role(other) == OPERATOR:
                score = _FAIR
            elif role == INVESTOR or kept[other]:
                score = _GOOD
            else:
                score = _BAD
            yield "rate", {"seat": other, "score": score}

    def close(self, draft: Draft) -> None:
        """Give all ratings, let trust begin and end."""
        ratings = tuple(_ratings(draft.state))
        draft.emit(RatingsGiven(draft.state.game.season, ratings, _means(draft.state, ratings)))
        for event in _trust(draft.state, ratings):
            draft.emit(event)


def _kept_promises(deals: Sequence[Deal]) -> dict[int, bool]:
    """Return for each investor of the deals whether it gave capital or delivered all the hours that it had promised."""
    kept: dict[int, bool] = {}
    for deal in deals:
        kept[deal.investor] = kept.get(deal.investor, True) and deal.delivered == deal.hours
    for deal in deals:
        kept[deal.investor] = kept[deal.investor] or deal.credits > 0
    return kept


def _ratings(state: State) -> Iterator[Given]:
    for seat in (*state.seats(MAKER), *state.seats(INVESTOR)):
        for other in rated_by(state, seat, own_deals(state, seat)):
            choice = state.choice(seat, "rate", str(other))
            if choice is not None:
                yield Given(seat, other, whole(choice, "score"))


def _means(state: State, ratings: Iterable[Given]) -> dict[int, int]:
    """Return each space's mean rating in hundredths, rounded down; 0 with fewer than two."""
    by_space: dict[int, list[int]] = {space: [] for space in state.seats(OPERATOR)}
    for given in ratings:
        if given.taker in by_space:
            by_space[given.taker].append(given.score)
    return {
        space: 100 * sum(scores) // len(scores) if len(scores) >= _FEWEST_SHOWN else 0
        for space, scores in by_space.items()
    }


def _trust(state: State, ratings: Sequence[Given]) -> Iterator[TrustChanged]:
    """Yield what ratings of leads and investors change: 4 or 5 from both begins trust, 1 or 2 from either ends it."""
    scores = {(given.giver, given.taker): given.score for given in ratings}
    for (maker, investor), score in scores.items():
        if state.role(maker) != MAKER or state.role(investor) != INVESTOR:
            continue
        answer = scores.get((investor, maker), _FAIR)
        pair = state.find(Pair, pair_key(maker, investor))
        trusted = pair is not None and pair.trust
        if trusted and min(score, answer) <= _BAD:
            yield TrustChanged(maker, investor, trust=False)
        elif not trusted and min(score, answer) >= _GOOD:
            yield TrustChanged(maker, investor, trust=True)
