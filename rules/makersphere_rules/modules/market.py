"""Market: what is made is sold, and everyone guesses who will sell most.

Purpose: prices and reserves by the boards; sales by attraction; forecasts.
Phase: market, before the module that pays out.
Commands: the board `set_price` {`venture`, `price`: low, fair or high} and `set_reserve` {`venture`, `reserve`
0 to 80}, the venture left out where the seat is the board of one only; everyone `forecast` {`venture`}.
Close: the forecasts are kept, then the sales of each sector are split.
Events: `sold` (which also tells the team and the holders where the money goes), `forecasts_made`.
Parameters: `MarketParams`.
Secrets: appeal (nobody); price, reserve and forecast until the close, forecasts beyond it.
Source: the rulebook's "6. Market and payout"; Luce 1959; Bell, Keeney and Little 1975 (attraction).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import ClassVar, Final

import attrs

from makersphere_rules.bookkeeping import post
from makersphere_rules.ecosystem.formulas.progress import quality
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.accounts import venture_account
from makersphere_rules.ecosystem.table.cap_table import board
from makersphere_rules.ecosystem.table.entities import Maker, Sector, Venture
from makersphere_rules.ecosystem.table.own_hand import seen
from makersphere_rules.ecosystem.table.param_checks import above
from makersphere_rules.ecosystem.table.ratings import Forecast
from makersphere_rules.ecosystem.table.verdicts import Payout
from makersphere_rules.ecosystem.table.vocabulary import INVESTOR, MAKER, PILOT, PRICES, PRODUCT
from makersphere_rules.entity import Entity, changed
from makersphere_rules.events import ChoiceMade, Event, Line
from makersphere_rules.forms import Args, Domain, Form, OneOf, Whole, whole
from makersphere_rules.frozen import frozen
from makersphere_rules.ledger import CONSUMERS, Posting
from makersphere_rules.mistakes import Mistake
from makersphere_rules.module import Command, Draft, Foreseen, Move, RuleModule
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.scenario import Scenario, param
from makersphere_rules.split import split
from makersphere_rules.state import State

__all__ = ["STEPS", "ForecastsMade", "Market", "MarketParams", "Sold"]

STEPS: Final = ("forecasts", "sales")  # of the close

_FAIR = "fair"
_PRICE = OneOf(PRICES)


@attrs.frozen
class MarketParams:
    """The parameters of the market."""

    outside_weight: int = param(8, 0, 100, "Weight of the world outside for each maker in the room.")
    pilot_share: int = param(15, 0, 100, "Per cent of a sector's demand that goes to pilots.")
    weight_low: int = param(130, 1, 400, "Per cent of its weight that a venture has at a low price.")
    weight_fair: int = param(100, 1, 400, "Per cent of its weight that a venture has at a fair price.")
    weight_high: int = param(75, 1, 400, "Per cent of its weight that a venture has at a high price.")
    reserve: int = param(30, 0, 80, "Per cent of profit that stays in a venture unless its board says otherwise.")
    reserve_last: int = param(0, 0, 80, "The same in the last season.")
    reserve_most: int = param(80, 0, 100, "Per cent of profit that a board may keep in the venture at most.")

    def weight(self, price: str) -> int:
        """Return the weight of a price in per cent."""
        return (self.weight_low, self.weight_fair, self.weight_high)[PRICES.index(price)]


@frozen
class Sold(Event):
    """A pilot or product has been on the market; what was sold may be nothing."""

    venture: int
    price: str
    reserve: int
    sales: int
    postings: tuple[Posting, ...]

    def apply(self, state: State) -> None:
        """Take the money in."""
        venture = state.one(Venture, self.venture)
        state.put(changed(venture, price=self.price, reserve=self.reserve, sales=self.sales))
        post(state, self.postings)
        state.put(self._told(state, venture))

    def _told(self, state: State, venture: Venture) -> Payout:
        has_sector = state.find(Sector, venture.sector) is not None
        return Payout(
            venture=self.venture,
            seats=tuple(sorted({*venture.team, *venture.shares})),
            season=state.game.season,
            price=self.price,
            sales=self.sales,
            spent=_spent(state, venture.sector)[venture.stage] if has_sector else self.sales,
        )

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        return (Line("sold", {"venture": self.venture, "price": self.price, "credits": self.sales}),)


@frozen
class ForecastsMade(Event):
    """Seats have named the venture that they expect to sell most in the last season."""

    season: int
    ventures: Mapping[int, int]  # by seat

    def apply(self, state: State) -> None:
        """Keep them in their hands."""
        for seat, venture in self.ventures.items():
            state.put(Forecast(self.season, seat, venture))


# -- commands


def selling_boards(state: State, seat: int) -> tuple[int, ...]:
    """Return the pilots and products whose board a seat is."""
    boards = state.derived(Venture, _numbers_by_board, "closed", "stage", "shares", "lead", "cofounders")
    return tuple(boards.get(seat, ()))


def _numbers_by_board(ventures: Iterable[Venture]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for venture in ventures:
        if not venture.closed and venture.stage >= PILOT:
            found[board(venture)].append(venture.id)
    return found


def _board_form(state: State, seat: int, command: str, name: str, domain: Domain) -> Form | Refusal:
    """Return the form of a command of the board; the venture may be left out where there is one only."""
    mine = selling_boards(state, seat)
    if mine:
        optional = frozenset(("venture",)) if len(mine) == 1 else frozenset[str]()
        return Form({"venture": OneOf(mine), name: domain}, optional=optional)
    led = tenancy.led_venture(state, seat) if state.role(seat) == MAKER else None
    if led is not None and led.stage >= PILOT:
        return refuse("rule", "not_board", board=board(led))
    return refuse("rule", "not_now", command=command)


def _price_form(state: State, seat: int) -> Form | Refusal:
    return _board_form(state, seat, "set_price", "price", _PRICE)


def _reserve_form(state: State, seat: int) -> Form | Refusal:
    most = state.scenario.params(MarketParams).reserve_most
    return _board_form(state, seat, "set_reserve", "reserve", Whole(0, most))


def _set_price(draft: Draft, seat: int, args: Args) -> None:
    _seal_for_venture(draft, seat, "set_price", args)


def _set_reserve(draft: Draft, seat: int, args: Args) -> None:
    _seal_for_venture(draft, seat, "set_reserve", args)


def _seal_for_venture(draft: Draft, seat: int, command: str, args: Args) -> None:
    """Seal a choice of the board, with the venture filled in where it was left out."""
    venture = args["venture"] if "venture" in args else selling_boards(draft.state, seat)[0]
    draft.emit(ChoiceMade(seat, command, str(venture), {**args, "venture": venture}))


def _forecast_form(state: State, seat: int) -> Form | Refusal:
    living = tenancy.living_numbers(state)
    return Form({"venture": OneOf(living, "living")}) if living else refuse("rule", "no_such_target")


def _by_venture(args: Args) -> str:
    return str(args["venture"])


# -- the module


class Market(RuleModule):
    """Consumers decide."""

    name: ClassVar[str] = "market"
    phase: ClassVar[str | None] = "market"
    part: ClassVar[str] = "market"
    needs: ClassVar[Sequence[str]] = ("world", "admission", "payout")
    params: ClassVar[type | None] = MarketParams
    commands: ClassVar[Sequence[Command]] = (
        Command.sealed("set_price", _price_form, roles=(MAKER, INVESTOR), target=_by_venture, decide=_set_price),
        Command.sealed("set_reserve", _reserve_form, roles=(MAKER, INVESTOR), target=_by_venture, decide=_set_reserve),
        Command.sealed("forecast", _forecast_form),
    )
    events: ClassVar[Sequence[type[Event]]] = (Sold, ForecastsMade)
    entities: ClassVar[Sequence[type[Entity]]] = (Forecast, Payout)

    def check(self, scenario: Scenario) -> Iterator[Mistake]:
        """A board may keep what is kept without it."""
        params = scenario.params(MarketParams)
        for name in ("reserve", "reserve_last"):
            yield from above(f"market.{name}", getattr(params, name), "market.reserve_most", params.reserve_most)

    def defaults(self, state: State, seat: int) -> Iterable[Move]:
        """A lead that is its venture's board asks a fair price and keeps the usual reserve."""
        if state.role(seat) != MAKER:
            return
        venture = tenancy.led_venture(state, seat)
        if venture is not None and venture.stage >= PILOT and board(venture) == seat:
            yield "set_price", {"venture": venture.id, "price": _FAIR}
            yield "set_reserve", {"venture": venture.id, "reserve": default_reserve(state)}

    def close(self, draft: Draft) -> None:
        """Keep the forecasts, then sell sector by sector."""
        state = draft.state
        named = {seat: whole(state.choice(seat, "forecast"), "venture") for seat in state.seats()}
        named = {seat: venture for seat, venture in named.items() if venture}
        if named:
            draft.emit(ForecastsMade(state.game.season, named))
        offers = [_offer(state, venture) for venture in tenancy.living(state) if venture.stage >= PILOT]
        sales = dict(_sell(state, offers))
        for offer in offers:
            draft.emit(_sold(offer, sales.get(offer.venture.id, 0)))

    def foresee(self, draft: Draft, seat: int, *, most: bool) -> Foreseen:
        """Bounds of the sales of a seat's ventures: from what it knows of every appeal, at any price of the others."""
        state = draft.state
        mine = [state.one(Venture, venture) for venture in selling_boards(state, seat)]
        found: Foreseen = {}
        for venture in mine:
            offer = _offer(state, venture)
            at_prices = tuple(_bound(state, seat, attrs.evolve(offer, price=price), most=most) for price in PRICES)
            draft.emit(_sold(offer, _bound(state, seat, offer, most=most)))
            found[venture.id] = {"sales": state.one(Venture, venture.id).sales, "at_prices": at_prices}
        return found


def _bound(state: State, seat: int, offer: _Offer, *, most: bool) -> int:
    """Return the least or the most that an offer can sell, by what a seat knows of every appeal on its market."""
    params, venture = state.scenario.params(MarketParams), offer.venture
    heaviest, lightest = (pick(params.weight(price) for price in PRICES) for pick in (max, min))
    own, others = (1, 0) if most else (0, 1)
    weight = _known(state, seat, venture)[own] * quality(venture) * params.weight(offer.price) // 100
    rivals = params.outside_weight * len(state.all(Maker))
    for rival in tenancy.living(state):
        if rival.id != venture.id and (rival.sector, rival.stage) == (venture.sector, venture.stage):
            appeal = _known(state, seat, rival)[others]
            rivals += appeal * quality(rival) * (lightest if most else heaviest) // 100
    spent = _spent(state, venture.sector)[venture.stage]
    whole = weight + rivals
    if not whole:
        return 0
    return -(-spent * weight // whole) if most else spent * weight // whole  # a split gives one of the two


def _known(state: State, seat: int, venture: Venture) -> tuple[int, int]:
    """Return what a seat knows of a venture's appeal."""
    if venture.lead == seat:
        return venture.lo, venture.hi
    look = seen(state, seat, venture.id)
    return look.lo, look.hi


def default_reserve(state: State) -> int:
    """Return the reserve that stands unless the board says otherwise; none where the payout knows no reserve."""
    if "set_reserve" not in state.scenario.commands[state.game.phase]:
        return 0
    params = state.scenario.params(MarketParams)
    return params.reserve_last if state.game.season == state.game.seasons else params.reserve


@frozen
class _Offer:
    """A venture on the market, with what its board has chosen and how it draws consumers."""

    venture: Venture
    price: str
    reserve: int
    weight: int


def _offer(state: State, venture: Venture) -> _Offer:
    """Return a venture's offer; weight = appeal x quality x price weight div 100."""
    chair, target = board(venture), str(venture.id)
    priced = state.choice(chair, "set_price", target)
    price = str(priced["price"]) if priced else _FAIR
    reserve = whole(state.choice(chair, "set_reserve", target), "reserve", default_reserve(state))
    per_cent = state.scenario.params(MarketParams).weight(price)
    return _Offer(venture, price, reserve, venture.appeal * quality(venture) * per_cent // 100)


def _sell(state: State, offers: Sequence[_Offer]) -> Iterator[tuple[int, int]]:
    """Yield each venture's sales: its part of what consumers spend on its sector and stage, the world outside last."""
    params = state.scenario.params(MarketParams)
    outside = params.outside_weight * len(state.all(Maker))
    for sector in state.all(Sector).values():
        for stage, spent in _spent(state, sector.name).items():
            rivals = [offer for offer in offers if offer.venture.sector == sector.name and offer.venture.stage == stage]
            if rivals:
                parts = split(spent, [*(rival.weight for rival in rivals), outside])
                yield from zip((rival.venture.id for rival in rivals), parts, strict=False)


def _spent(state: State, sector: str) -> dict[int, int]:
    """Return what consumers spend in a sector, by stage."""
    demand = state.one(Sector, sector).demand
    pilots = demand * state.scenario.params(MarketParams).pilot_share // 100
    return {PILOT: pilots, PRODUCT: demand - pilots}


def _sold(offer: _Offer, sales: int) -> Sold:
    venture = offer.venture.id
    postings = (Posting(CONSUMERS, venture_account(venture), sales, "sales"),) if sales else ()
    return Sold(venture, offer.price, offer.reserve, sales, postings)
