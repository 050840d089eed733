"""Scores: what each seat has made of the game, at the end and as a standing on the way.

A maker counts credits, shares, spirit and ambition; an investor gain, thesis and service; an operator
treasury and what vitality lies above 40; everyone right forecasts. A *standing* is the same sum without
thesis, ambition and forecasts, so that nothing secret moves it. Capital comes back first: in a living
venture whoever paid in counts at least that. Source: the rulebook's "The end".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from makersphere_rules.ecosystem.figures.run_results import RunCounted, counted
from makersphere_rules.ecosystem.formulas.progress import quality
from makersphere_rules.ecosystem.table import tenancy, vocabulary
from makersphere_rules.ecosystem.table.accounts import account_of, escrow_of, venture_account
from makersphere_rules.ecosystem.table.agreements import Deal
from makersphere_rules.ecosystem.table.cap_table import share_out
from makersphere_rules.ecosystem.table.entities import Investor, Maker, Space, Venture
from makersphere_rules.ecosystem.table.ratings import Forecast, Score
from makersphere_rules.ecosystem.table.vocabulary import PILOT
from makersphere_rules.entity import changed
from makersphere_rules.events import Event, Line
from makersphere_rules.frozen import frozen
from makersphere_rules.module import Draft
from makersphere_rules.state import State

__all__ = [
    "EVENTS",
    "SCORE_LINE",
    "Books",
    "ScoresGiven",
    "SeatScore",
    "finish",
    "parts_of",
    "standing_parts",
    "standings",
    "wealth",
    "worth_of",
]

SCORE_LINE: Final = "score"  # in which a final score is told, with the aims counted
_PROFIT_TIMES: Final = 3
_SPIRIT_TIMES: Final = 4
_CONTROL = 7, 1000
_WEALTH_FREE, _WEALTH_TIMES, _WEALTH_MOST = 50, (3, 10), 50
_CRAFT = 50, 7
_SERVICE_DIV: Final = 4
_TREASURY_DIV: Final = 3
_VITALITY_TIMES: Final = 10
_VITALITY_FREE: Final = 40  # what a space has about which nobody does anything
_FORECAST_POINTS: Final = 2

Holdings = dict[int, int]
Parts = dict[str, int]


@frozen
class SeatScore:
    """A seat's final score: its sum, its place within the role (equal scores share it), its parts."""

    seat: int
    score: int
    place: int
    parts: Mapping[str, int]


@frozen
class ScoresGiven(Event):
    """The game has been counted out."""

    scores: tuple[SeatScore, ...]

    def apply(self, state: State) -> None:
        """Write the scores down."""
        for given in self.scores:
            before = state.find(Score, given.seat) or Score(given.seat)
            state.put(changed(before, final=given.score, place=given.place, parts=given.parts))

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        return tuple(
            Line(SCORE_LINE, {"seat": given.seat, "score": given.score, "place": given.place}) for given in self.scores
        )


EVENTS: Final = (ScoresGiven, RunCounted)


def finish(draft: Draft) -> None:
    """Give every seat its final score, and keep it where the game has several runs."""
    state = draft.state
    found = parts_of(state)
    totals = {seat: sum(parts.values()) for seat, parts in found.items()}
    by_role: dict[str, list[int]] = {}
    for seat, total in totals.items():
        by_role.setdefault(state.role(seat), []).append(total)
    places_ = {seat: place_of(total, by_role[state.role(seat)]) for seat, total in totals.items()}
    draft.emit(ScoresGiven(tuple(SeatScore(seat, total, places_[seat], found[seat]) for seat, total in totals.items())))
    result = counted(state, totals, places_)
    if result is not None:
        draft.emit(result)


def place_of(score: int, scores: Iterable[int]) -> int:
    """Return the place of a score: 1 more than the number of better ones."""
    return 1 + sum(other > score for other in scores)


def standings(books: Books) -> dict[int, int]:
    """Return every seat's standing, from what is on the table alone."""
    return {seat: sum(parts.values()) for seat, parts in standing_parts(books).items()}


def standing_parts(books: Books) -> dict[int, Parts]:
    """Return of every seat the parts of which its standing is the sum, from what is on the table alone."""
    state = books.state
    found: dict[int, Parts] = {}
    for seat in state.seats():
        match state.role(seat):
            case vocabulary.MAKER:
                found[seat] = _maker_parts(books, seat)
            case vocabulary.INVESTOR:
                found[seat] = _investor_parts(books, seat)
            case vocabulary.OPERATOR:
                found[seat] = _operator_parts(books, seat)
            case "waiting":
                pass  # it has not played yet
            case _:
                found[seat] = {}
    return found


def wealth(books: Books, role: str) -> list[int]:
    """Return credits and shares of the seats of a role, makers or investors, in order of seat."""
    state = books.state
    return [
        state.balance(account_of(state, seat)) + books.shares.get(seat, 0) + books.unborn.get(seat, 0)
        for seat in state.seats(role)
    ]


def parts_of(state: State) -> dict[int, Parts]:
    """Return the parts of every seat's final score: those of its standing, its thesis or ambition, its forecasts."""
    books = Books(state)
    forecasts = _forecast_points(state)
    found: dict[int, Parts] = {}
    for seat in state.seats():
        parts: Parts = {}
        match state.role(seat):
            case vocabulary.MAKER:
                parts = _maker_parts(books, seat)
                parts["ambition"] = ambition(state, seat, parts["credits"] + parts["shares"])
            case vocabulary.INVESTOR:
                parts = _investor_parts(books, seat)
                parts["thesis"] = state.one(Investor, seat).thesis_points
            case vocabulary.OPERATOR:
                parts = _operator_parts(books, seat)
            case "waiting":
                continue
            case _:
                pass
        found[seat] = {**parts, "forecasts": forecasts.get(seat, 0)}
    return found


class Books:
    """What shares are worth, and who gets the credits of unborn ventures."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.shares: Holdings = {}  # by seat
        self.unborn: Holdings = {}  # by lead
        fees = _fees(state)
        for venture in tenancy.living(state):
            worth = _worth(state, venture, fees)
            if not venture.born:
                credits_ = state.balance(venture_account(venture.id))
                self.unborn[venture.lead] = max(credits_ - sum(worth.values()), 0)
            for seat, part in worth.items():
                self.shares[seat] = self.shares.get(seat, 0) + part


def worth_of(state: State, venture: Venture) -> Holdings:
    """Return what a living venture counts for each seat that holds a part of it, in credits."""
    return _worth(state, venture, _fees(state))


def _worth(state: State, venture: Venture, fees: Mapping[tuple[int, int], int]) -> Holdings:
    first = {seat: max(paid - fees.get((venture.id, seat), 0), 0) for seat, paid in venture.capital.items()}
    if not venture.born:
        return first
    value = state.balance(venture_account(venture.id)) + _PROFIT_TIMES * venture.profit
    return holdings(value, venture.shares, first)


def _fees(state: State) -> dict[tuple[int, int], int]:
    """Return the fees that each venture has paid to each investor: what has come back of its capital already."""
    found: dict[tuple[int, int], int] = {}
    for deal in state.all(Deal).values():
        if deal.fee_paid:
            pair = deal.venture, deal.investor
            found[pair] = found.get(pair, 0) + deal.fee_paid
    return found


def holdings(value: int, shares: Mapping[int, int], first: Mapping[int, int]) -> Holdings:
    """Return what a living venture counts for each seat: capital comes back first.

    Whoever paid in counts its shares, and at least what has to come back; what that leaves is split among the others
    by shares.

    Args:
        value: of the whole venture, in credits.
        shares: its cap table.
        first: what has to come back to whoever paid in: its capital less the fees that it has had, in credits.
    """
    parts = share_out(value, shares)
    backers = {seat: max(parts.get(seat, 0), least) for seat, least in first.items()}
    others = {seat: held for seat, held in shares.items() if seat not in backers}
    return backers | share_out(max(value - sum(backers.values()), 0), others)


def _maker_parts(books: Books, seat: int) -> Parts:
    state = books.state
    return {
        "credits": state.balance(account_of(state, seat)) + books.unborn.get(seat, 0),
        "shares": books.shares.get(seat, 0),
        "spirit": _SPIRIT_TIMES * state.one(Maker, seat).spirit,
    }


def _investor_parts(books: Books, seat: int) -> Parts:
    """Return credits (those set aside too) + shares - starting credits, and the service of each season."""
    state, investor = books.state, books.state.one(Investor, seat)
    return {
        "base": -investor.start_credits,
        "credits": state.balance(account_of(state, seat)) + state.balance(escrow_of(seat)),
        "shares": books.shares.get(seat, 0),
        "service": sum(investor.best_appraisals.values()) // _SERVICE_DIV,
    }


def _operator_parts(books: Books, seat: int) -> Parts:
    state = books.state
    vitalities = state.one(Space, seat).vitalities
    mean = sum(vitalities) // len(vitalities) if vitalities else 0
    return {
        "treasury": state.balance(account_of(state, seat)) // _TREASURY_DIV,
        "vitality": _VITALITY_TIMES * max(0, mean - _VITALITY_FREE),
    }


def ambition(state: State, seat: int, wealth: int) -> int:
    """Return the points of a maker's ambition: control, wealth or craft.

    Args:
        state: the game.
        seat: the maker.
        wealth: its credits and shares.
    """
    maker = state.one(Maker, seat)
    own = tenancy.venture_of(state, seat)
    match maker.ambition:
        case "control":
            if own is None or own.lead != seat or not own.born:
                return 0
            times, per = _CONTROL
            return times * own.shares.get(seat, 0) // per
        case "wealth":
            times, per = _WEALTH_TIMES
            return min(max((wealth - _WEALTH_FREE) * times // per, 0), _WEALTH_MOST)
        case "craft":
            if own is None:
                return 0
            times, per = _CRAFT
            return times * own.stage // per + (quality(own) if own.stage >= PILOT else 0)
        case _:
            return 0


def best_seller(state: State) -> int:
    """Return the venture that sold most this season; of equals the one with the better lot; 0 if nothing was sold."""
    season = state.game.season
    selling = [
        venture
        for venture in state.all(Venture).values()
        if venture.sales and (not venture.closed or venture.closed_season == season)
    ]
    ordered = tenancy.by_lot(state, selling)
    return max(ordered, key=lambda venture: venture.sales).id if ordered else 0


def _forecast_points(state: State) -> Holdings:
    """Return 2 points by seat for each season in which it named the venture that sells most in the last."""
    right = best_seller(state)
    points: Holdings = {}
    for forecast in state.all(Forecast).values():
        if right and forecast.venture == right:
            points[forecast.seat] = points.get(forecast.seat, 0) + _FORECAST_POINTS
    return points
