"""What every module of payout does with a venture's sales: pay for the goods first, and tax what is left in the end.

Source: the rulebook's "6. Market and payout", steps 1 and 5 of the waterfall, which `pro_rata` keeps.
"""

from __future__ import annotations

import attrs

from makersphere_rules.ecosystem.entities import World
from makersphere_rules.ecosystem.words import PRICES
from makersphere_rules.scenario import param
from makersphere_rules.state import State

__all__ = ["GoodsParams", "tax_on"]


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
