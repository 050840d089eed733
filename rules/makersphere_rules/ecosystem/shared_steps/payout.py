"""What every module of payout does with a venture's sales: pay for the goods first, and tax what is left in the end.

Source: the rulebook's "6. Market and payout", steps 1 and 5 of the waterfall, which `pro_rata` keeps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.accounts import account_of, venture_account
from makersphere_rules.ecosystem.table.cap_table import board
from makersphere_rules.ecosystem.table.entities import Venture, World
from makersphere_rules.ecosystem.table.verdicts import Payout
from makersphere_rules.ecosystem.table.vocabulary import PRICES
from makersphere_rules.entity import changed
from makersphere_rules.ledger import Account, Posting
from makersphere_rules.scenario import param
from makersphere_rules.state import State

__all__ = ["GoodsParams", "governed", "steps_of", "tax_on", "tell_paid"]


@attrs.frozen
class GoodsParams:
    """The cost of goods, which goes with the price."""

    goods_low: int = param(45, 0, 100, "Cost of goods in per cent of sales at a low price.")
    goods_fair: int = param(30, 0, 100, "Cost of goods in per cent of sales at a fair price.")
    goods_high: int = param(15, 0, 100, "Cost of goods in per cent of sales at a high price.")

    def cost(self, sales: int, price: str) -> int:
        """Return the cost of goods sold, in credits."""
        return sales * (self.goods_low, self.goods_fair, self.goods_high)[PRICES.index(price)] // 100


def tax_on(state: State, left: int) -> int:
    """Return the tax on what is left of the sales, in credits, at this season's rate."""
    return left * state.one(World).tax // 100


def tell_paid(state: State, venture: int, postings: Sequence[Posting], reserve: int = 0) -> None:
    """Tell those who may know it what a venture has paid, and what of its profit stays in it."""
    told = state.find(Payout, venture)
    if told is None or told.season != state.game.season:
        return  # it has nothing on the market
    steps, holders = dict(told.steps), dict(told.holders)
    if reserve:
        steps["reserve"] = reserve
    purse = venture_account(venture)
    for posting in postings:
        if posting.source == purse:
            steps[posting.reason] = steps.get(posting.reason, 0) + posting.amount
            if posting.reason == "dividend":
                seat = state.one(Account, posting.target).seat
                holders[seat] = holders.get(seat, 0) + posting.amount
    state.put(changed(told, steps=steps, holders=holders), venture)


def governed(state: State, seat: int) -> Iterator[Venture]:
    """Yield the living ventures whose board a seat is."""
    return (venture for venture in tenancy.living(state) if board(venture) == seat)


def steps_of(
    state: State, seat: int, paid: Iterable[tuple[int, Sequence[Posting]]]
) -> dict[int, dict[str, int | tuple[int, ...]]]:
    """Return what ventures have paid in each step.

    Args:
        state: the game.
        seat: the seat whose own part is told.
        paid: ventures with postings of theirs.

    Returns:
        By venture: the credits of each reason, and `yours`, what the seat gets less what it pays itself.
    """
    purse = account_of(state, seat)
    found: dict[int, dict[str, int | tuple[int, ...]]] = {}
    sums: dict[tuple[int, str], int] = {}
    for venture, postings in paid:
        for posting in postings:
            own = posting.amount * ((posting.target == purse) - (posting.source == purse))
            for name, amount in ((posting.reason, posting.amount), ("yours", own)):
                sums[venture, name] = sums.get((venture, name), 0) + amount
    for (venture, name), amount in sums.items():
        found.setdefault(venture, {})[name] = amount
    return found
