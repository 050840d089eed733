"""What an investor has before it when it deals, and what ventures and deals are worth to it."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from makersphere_bots.policy import INVESTOR, Tree, View
from makersphere_bots.standard.printed_values import PRODUCT, WHOLE, Printed, printed_of
from makersphere_bots.standard.venture_worth import Eyes, eyes_of, living, lots_of, post_money

__all__ = ["InvestorValues", "values_of", "wants_capital"]

_CAUTION = 0.7  # an investor believes so much of a venture's promise
_DEAL = 8  # what a deal does for the appraisal, in credits
_FIRST = 15  # what the first stake of all is worth beyond its money: to be in the game
_GRANT_IN = 6  # it counts on one in so many credits of a grant: shares are what it is after
_THESIS = 6  # for the first deal of a season in a sector of the thesis, as much again for its stage


@attrs.frozen
class InvestorValues:
    """What an investor has before it when it deals.

    Attributes:
        brings: from a venture and its appeal to what all its shares will bring, in credits.
        rated: ventures with what all their shares will bring, in credits, the best first.
        mine: what the table says of the seat; hand: its own part.
        printed: the printed values.
        busy: ventures of the sheets that lie between it and their leads.
        sent: how many of those sheets are its own.
        bonus: what a deal is worth beyond its shares, the thesis left out.
    """

    view: View
    table: Tree
    eyes: Eyes
    brings: Callable[[Tree, float], float]
    rated: list[tuple[float, Tree]]
    mine: Tree
    hand: Tree
    sheets: list[Tree]
    printed: Printed
    bonus: int
    busy: frozenset[int]
    sent: int

    def thesis(self, venture: Tree) -> int:
        """Return what a deal adds by the thesis, as long as none of this season has."""
        if venture["sector"] not in self.hand["thesis_sectors"]:
            return 0
        return _THESIS * (2 if venture["stage"] == self.hand["thesis_stage"] else 1)

    def cost(self, venture: Tree, money: int) -> int:
        """Return what so many credits cost, a deal's other uses taken off."""
        return max(money - self.bonus - self.thesis(venture), money // 3)

    def saves(self, venture: Tree, money: int, most: int) -> float:
        """Return what knowing a venture's appeal is worth, in credits, where so many would buy `most` shares.

        That is the mean gain of dealing only if it pays, over dealing always or never. It is 0 if both ends of the
        range lead to the same decision. Source: Howard 1966 (the value of information).
        """
        lo, hi = self.eyes.of(venture)
        brings, cost = self.brings, self.cost(venture, money)

        def gain(appeal: int) -> float:
            return most * (_CAUTION * brings(venture, appeal) + money) / WHOLE - cost

        if gain(lo) >= 0 or gain(hi) <= 0:
            return 0.0
        known = always = 0.0  # added one by one: how `sum` rounds differs between Pythons
        for appeal in range(lo, hi + 1):
            gained = gain(appeal)
            known += max(gained, 0.0)
            always += gained
        return (known - max(always, 0.0)) / (hi - lo + 1)

    def asks(self, worth: float, venture: Tree, money: int) -> int:
        """Return the shares for which so many credits are a fair deal, rounded up to 50; a birth's grant helps."""
        grant = 0 if venture["born"] else self.printed.backer_grant * money // (self.printed.birth * _GRANT_IN)
        return -(-int(WHOLE * (self.cost(venture, money) - grant) / (worth + money)) // 50) * 50


def values_of(view: View) -> InvestorValues:
    """Return what an investor has before it now."""
    table, hand, seat = view.table, view.hand, str(view.seat)
    eyes, ventures, brings = eyes_of(view), living(view), post_money(view)
    sheets = list(hand.get("sheet", {}).values())
    has_stake = any(seat in venture["capital"] for venture in ventures)
    return InvestorValues(
        view=view,
        table=table,
        eyes=eyes,
        brings=brings,
        rated=_rated(view, eyes, ventures, brings),
        mine=table["investor"][seat],
        hand=hand["investor"][seat],
        sheets=sheets,
        printed=printed_of(view),
        bonus=_DEAL if has_stake else _DEAL + _FIRST,
        busy=frozenset(sheet["venture"] for sheet in sheets),
        sent=sum(sheet["by"] == INVESTOR for sheet in sheets),
    )


def _rated(
    view: View, eyes: Eyes, ventures: list[Tree], brings: Callable[[Tree, float], float]
) -> list[tuple[float, Tree]]:
    """Return ventures with what all their shares will bring, the best first."""
    lot = lots_of(view)
    rated = [(_CAUTION * brings(venture, eyes.mean(venture)), venture) for venture in ventures]
    rated.sort(key=lambda one: (-one[0], lot(one[1]["lead"])))
    return rated


def wants_capital(venture: Tree) -> bool:
    """Return whether a venture looks for capital, as one can tell: it is unborn and no product."""
    return not venture["born"] and venture["stage"] < PRODUCT
