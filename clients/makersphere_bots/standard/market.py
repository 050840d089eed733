"""The market phase: boards set prices and reserves, everybody forecasts.

A price and a reserve are for one season: a board that says nothing asks what is fair and keeps what is usual.
"""

from __future__ import annotations

from collections.abc import Mapping

from makersphere_bots.legal import Form, options
from makersphere_bots.policy import Move, Tree, View
from makersphere_bots.standard.balances import credits_of_venture
from makersphere_bots.standard.printed_values import PILOT, PRODUCT, materials, printed_of
from makersphere_bots.standard.venture_worth import (
    chance_of_product,
    eyes_of,
    living,
    quality,
    rivals_of,
    sales_of,
    seasons_left,
)

__all__ = ["forecast", "price_and_reserve"]

_SURVIVAL = 60  # what it is worth to a pilot or product not to be closed, in credits
_SCARCE = 60  # per cent of profit that are kept where next season's materials are not paid twice over
_FAIR = "fair"  # the price where the board says nothing
_PRICES = (_FAIR, "low", "high")


def price_and_reserve(view: View, legal: Mapping[str, Form]) -> list[Move]:
    """Set the price that promises most, with the appraisal's bar in mind; keep what next season's materials need."""
    form = legal.get("set_price")
    if form is None:
        return []
    moves: list[Move] = []
    ventures, said = view.table["venture"], view.hand.get("choice", {})
    for number in options(form.fields["venture"]):
        venture = ventures[str(number)]
        if venture["stage"] < PILOT:
            continue
        price = _best_price(view, venture)
        if price != _FAIR:
            moves.append(("set_price", {"venture": number, "price": price}))
        if "set_reserve" in legal:
            moves += _reserve(view, venture)
    return [move for move in moves if f"{view.seat}:{move[0]}:{move[1]['venture']}" not in said]


def _best_price(view: View, venture: Tree) -> str:
    eyes = eyes_of(view)
    lo, hi = eyes.of(venture)
    sale = sales_of(view, venture, rivals_of(view, eyes, venture))
    left = seasons_left(view.table)
    bar = printed_of(view).bar(venture["stage"], len(view.table["maker"]))
    survival = _SURVIVAL if left > 1 else 0
    multiple = 1 if left > 1 else 4
    best, found = -1e9, _FAIR
    for price in _PRICES:
        total = 0.0
        for appeal in range(lo, hi + 1):
            sales, profit = sale(appeal, price)
            total += multiple * profit + (survival if sales >= bar else 0)
        total /= hi - lo + 1
        if total > best + 0.5:
            best, found = total, price
    return found


def _reserve(view: View, venture: Tree) -> list[Move]:
    """Keep more than usual where it takes more to pay next season's materials; in the last season nothing is kept."""
    printed, is_last = printed_of(view), seasons_left(view.table) == 1
    scarce = credits_of_venture(view.table, venture) < 2 * materials(view, venture)
    wanted = 0 if is_last else _SCARCE if scarce else printed.reserve
    if wanted == (printed.reserve_last if is_last else printed.reserve):
        return []
    return [("set_reserve", {"venture": venture["id"], "reserve": wanted})]


def forecast(view: View, legal: Mapping[str, Form]) -> list[Move]:
    """Name the venture that will most likely sell most in the last season."""
    form = legal.get("forecast")
    if form is None:
        return []
    table, eyes = view.table, eyes_of(view)
    sectors = table["sector"]
    left = seasons_left(table) - 1
    outside = printed_of(view).outside * len(table["maker"])
    best, found = 0.0, None
    for venture in living(view):
        stage = venture["stage"]
        if PRODUCT - stage > left + (stage == PILOT):
            continue  # it will have nothing to sell that counts
        strength = eyes.mean(venture) * (10 if left else quality(venture))
        demand = sectors[venture["sector"]]["walk" if left else "demand"]
        worth = chance_of_product(stage, venture["difficulty"], left) * demand * strength / (strength + outside)
        worth += stage  # a tie-break among those without a chance
        if worth > best:
            best, found = worth, venture["id"]
    return [] if found is None else [("forecast", {"venture": found})]
