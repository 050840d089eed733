"""How far ventures, badges and spaces are from going, as one seat can work it out before the close.

Answers what must be reached, what the close would make of it at its worst and at its best, and what was reached last.
A venture is everybody's to watch; what it sells before the market has closed is known to its board alone. A badge is
told to its investor and to the operator of its space, a treasury to its operator. Ratings, wild cards and bids of
others are taken at their worst and at their best; nothing sealed by anybody else is read. Never decides who goes.
Source: the rulebook's "7. Appraisal".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

import attrs

from makersphere_rules.ecosystem.formulas import investor_appraisal
from makersphere_rules.ecosystem.formulas.investor_appraisal import Marked
from makersphere_rules.ecosystem.shared_steps.elimination import INSOLVENT, AppraisalParams
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.accounts import account_of, treasury_of
from makersphere_rules.ecosystem.table.entities import Investor, Space, Venture
from makersphere_rules.ecosystem.table.season_agreements import season_deals
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.ecosystem.table.verdicts import BadgeAppraisal, Payout
from makersphere_rules.ecosystem.table.vocabulary import INVESTOR, OPERATOR, PILOT, PRICES
from makersphere_rules.forms import whole
from makersphere_rules.module import Draft, Fate, Foreseen
from makersphere_rules.state import State

__all__ = ["Judging", "is_after", "is_judged_next", "of_all", "of_space"]

_LEAST_RATING, _MOST_RATING = 1, 5
_HALF: Final = 50  # points of competition: who has won lies in the upper half, who has not in the lower


@attrs.frozen
class Judging:
    """By what a module of elimination judges.

    Attributes:
        params: its parameters.
        reason: why a venture as it stands would go; "": it would not.
        bar: what a venture has to sell in a season; None: nothing at its stage.
        unborn_seasons: after how many seasons a venture that is not born goes; 0: never.
        upkeep_badge: what each lost badge adds to the upkeep of its space.
        takes_badges: whether a badge is lost under the appraisal bar of its space.
    """

    params: AppraisalParams
    reason: Callable[[Venture], str]
    bar: Callable[[Venture], int | None]
    unborn_seasons: int = 0
    upkeep_badge: int = 0
    takes_badges: bool = False


def of_all(draft: Draft, judging: Judging, seat: int, foreseen: Foreseen, *, most: bool) -> Iterator[Fate]:
    """Yield the fates of all ventures, and of the badges and the space that concern a seat; see `RuleModule.fates`."""
    ventures = list(_of_ventures(draft, judging, seat, foreseen, most=most))
    badges = list(_of_badges(draft, judging, seat, most=most))
    yield from (*ventures, *badges, *of_space(draft, judging, seat, badges, most=most))


def is_after(state: State, part: str) -> bool:
    """Return whether a part of the season is over."""
    return state.game.phase_number > state.scenario.number_of(part)


def is_judged_next(state: State) -> bool:
    """Return whether nothing but sales and ratings can still move before this season's appraisal closes."""
    return not is_after(state, "elimination") and is_after(state, "incubation")


# -- ventures


def _of_ventures(draft: Draft, judging: Judging, seat: int, foreseen: Foreseen, *, most: bool) -> Iterator[Fate]:
    """Yield the fates of all living ventures, each as the seat may know it."""
    state = draft.state
    for venture in state.all(Venture).values():
        known = venture if _is_known_live(state, venture, seat) else state.as_settled(Venture, venture.id)
        if known is None or known.closed:
            continue
        if known.born or known.stage >= PILOT:
            if _bar(judging, known):
                yield _selling(state, judging, known, foreseen)
        elif judging.unborn_seasons:
            yield _until_born(state, judging, known, most=most)


def _is_known_live(state: State, venture: Venture, seat: int) -> bool:
    """Return whether the seat sees a venture as it is, or nothing of it moves unseen before the close."""
    return venture.lead == seat or is_judged_next(state)


def _until_born(state: State, judging: Judging, venture: Venture, *, most: bool) -> Fate:
    why = judging.reason(venture) if not is_after(state, "elimination") else ""
    may_be_born = most and state.game.phase_number < state.scenario.number_of("incubation")
    return Fate(
        kind="venture",
        number=venture.id,
        what="born",
        must=world(state).birth_credits,
        by=venture.founded + judging.unborn_seasons - 1,
        value=sum(venture.capital.values()),
        why="" if may_be_born else why,
    )


def _selling(state: State, judging: Judging, venture: Venture, foreseen: Foreseen) -> Fate:
    sells, told = venture.stage >= PILOT, foreseen.get(venture.id, {})
    is_known = sells and is_judged_next(state) and (is_after(state, "market") or "sales" in told)
    at_prices = told.get("at_prices", ())
    tried = dict(zip(PRICES, at_prices, strict=True)) if isinstance(at_prices, tuple) and at_prices else {}
    paid = state.find(Payout, venture.id)
    insolvent = INSOLVENT if venture.insolvent else ""
    return Fate(
        kind="venture",
        number=venture.id,
        what="sells",
        must=_bar(judging, venture),
        by=state.game.season if sells else 0,
        value=venture.sales if is_known else None,
        last=paid.sales if paid is not None else None,
        why=judging.reason(venture) if is_known else insolvent,
        tries={price: (sold, judging.reason(attrs.evolve(venture, sales=sold))) for price, sold in tried.items()},
    )


def _bar(judging: Judging, venture: Venture) -> int:
    """Return what a venture has to sell, or what it will once it is a pilot."""
    return judging.bar(attrs.evolve(venture, stage=max(venture.stage, PILOT))) or 0


# -- badges


def _of_badges(draft: Draft, judging: Judging, seat: int, *, most: bool) -> Iterator[Fate]:
    """Yield the fates of a seat's own badges, or of those of the space that it runs."""
    state, role = draft.state, draft.state.role(seat)
    if not judging.takes_badges or role not in (INVESTOR, OPERATOR):
        return
    marked = investor_appraisal.read(state) if is_judged_next(state) else None
    for investor in (state.as_settled(Investor, number) for number in state.all(Investor)):
        if investor is None:
            continue
        for space in investor.badges:
            if seat in (investor.seat, space):
                value = _score(state, judging, marked, investor.seat, space, knows=seat == investor.seat, most=most)
                yield _badge(state, investor, space, value, is_own=seat == investor.seat)


def _badge(state: State, investor: Investor, space: int, value: int | None, *, is_own: bool) -> Fate:
    bar = _settled(state, space).appraisal_bar
    told = state.find(BadgeAppraisal, f"{investor.seat}:{space}") if is_own else None
    last = told.score if told is not None else None
    if not is_own and investor.appraisals:  # its last one at any space, which everybody sees
        last = investor.appraisals[-1]
    return Fate(
        kind="badge",
        number=space,
        seat=investor.seat,
        what="score",
        must=bar,
        by=state.game.season,
        value=value,
        last=last,
        why="below" if value is not None and value < bar else "",
    )


def _settled(state: State, space: int) -> Space:
    return state.as_settled(Space, space) or state.one(Space, space)


def _score(
    state: State, judging: Judging, marked: Marked | None, investor: int, space: int, *, knows: bool, most: bool
) -> int | None:
    """Return the score of a badge if all that rate its investor are as hard on it, or as kind to it, as can be.

    Who does not know which bids the investor has lost takes those, too, as they may be.
    """
    if marked is None:
        return None
    marks, won = marked.at(investor, space), bool(marked.won.get(investor, 0))
    for deal in season_deals(state):
        if deal.investor == investor and state.one(Venture, deal.venture).space == space:
            marks.ratings[deal.maker] = _MOST_RATING if most else _LEAST_RATING
    competition = marked.competition(investor) if knows else _HALF * (won + most)
    measures = marks.measures(judging.params.served, judging.params.growth, competition)
    return investor_appraisal.score(measures, _settled(state, space).weights)


# -- spaces


def of_space(draft: Draft, judging: Judging, seat: int, badges: Iterable[Fate], *, most: bool) -> Iterator[Fate]:
    """Yield the fate of the space that a seat runs: what its treasury holds once the season's upkeep is paid.

    Args:
        draft: as things would stand before appraisal closes.
        judging: by what it closes.
        seat: who asks.
        badges: those of the seat's badges on this side.
        most: which side it is.
    """
    state = draft.state
    if state.role(seat) != OPERATOR:
        return
    value = None
    if is_judged_next(state):
        lost = sum(bool(fate.why) and not (most and _spares(state, seat, "seat", fate.seat)) for fate in badges)
        value = state.balance(treasury_of(seat)) + _rents(state, seat, most=most)
        value -= judging.params.upkeep + judging.upkeep_badge * lost
        value += sum(_tenant(state, judging, one, most=most) for one in tenancy.ventures_at(state, seat))
    yield Fate(
        kind="space",
        number=seat,
        what="treasury",
        must=0,
        by=state.game.season,
        value=value,
        last=state.balance(treasury_of(seat)),
        why="taken_over" if value is not None and value < 0 else "",
    )


def _tenant(state: State, judging: Judging, venture: Venture, *, most: bool) -> int:
    """Return what a tenant moves the treasury by: the upkeep of its desk, or of a closed one the clearing."""
    stays, goes = -judging.params.upkeep_station, -world(state).clearing
    is_sold = is_after(state, "market")
    is_going = bool(judging.reason(venture)) and (is_sold or not venture.born)
    is_spared = is_going and _spares(state, venture.space, "venture", venture.id)
    if is_spared or not (is_going or is_sold):
        return max(stays, goes) if most else min(stays, goes)
    return goes if is_going else stays


def _spares(state: State, space: int, what: str, named: int) -> bool:
    """Return whether the wild card of a space names a venture or a seat."""
    return whole(state.choice(space, "wild_card"), what) == named


def _rents(state: State, space: int, *, most: bool) -> int:
    """Return what the market still brings a space in rent: at its worst what the leads have in their own purses."""
    if is_after(state, "market"):
        return 0
    rent = _settled(state, space).rent
    purses = [state.balance(account_of(state, one.lead)) for one in tenancy.ventures_at(state, space)]
    if most:
        return rent * len(purses)
    return sum(min(rent, purse) for purse in purses) if tenancy.is_rent_paid(state) else 0
