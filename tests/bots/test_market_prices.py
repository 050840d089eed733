"""What boards ask of consumers and keep, as the standard policy decides it."""

from __future__ import annotations

from makersphere_bots.legal import OneOf, Whole, WireForm
from makersphere_bots.policy import READY, Move
from tests.bots.laid_views import a_venture, as_lead, chosen


def test_a_price_is_for_one_season() -> None:
    """A board says its price and reserve anew, whatever stood last season: the close would ask what is fair."""

    def said(season: int, **stood: str | int) -> list[Move]:
        selling = a_venture(1, 1, born=True, stage=2, tracks=[40, 40, 40], lo=6, hi=6, **stood)
        view = as_lead("market", selling)
        view.table["game"]["season"] = season
        view.table["account"]["venture:1"]["balance"] = 20
        form = {"venture": OneOf((1,))}
        prices, reserves = {**form, "price": OneOf(("low", "fair", "high"))}, {**form, "reserve": Whole(0, 80)}
        return chosen(view, set_price=WireForm(prices), set_reserve=WireForm(reserves))

    high, kept = ("set_price", {"venture": 1, "price": "high"}), ("set_reserve", {"venture": 1, "reserve": 60})
    for price, reserve in (("fair", 30), ("high", 60), ("low", 0)):
        assert said(2, price=price, reserve=reserve) == [high, kept, READY]
        assert said(4, price=price, reserve=reserve) == [high, READY]
