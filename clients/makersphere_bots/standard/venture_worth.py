"""What ventures are worth, as well as one can tell from the table and one's own looks.

Sales follow the rulebook's attraction model with appeals that are only known as ranges; the way to a product is
a row of yes-or-no seasons. The figures are estimates of the policy, not rules.

Source: the rulebook's "6. Market and payout" and "The end"; the market model: Luce 1959.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Final

import attrs

from makersphere_bots.policy import Tree, View
from makersphere_bots.standard.printed_values import PILOT, PRODUCT, Printed, printed_of

__all__ = [
    "UNKNOWN",
    "Eyes",
    "chance_of_product",
    "eyes_of",
    "living",
    "lot_of",
    "lots_of",
    "own_venture",
    "post_money",
    "quality",
    "rivals_of",
    "sales_of",
    "seasons_left",
]

Range = tuple[int, int]

UNKNOWN: Final[Range] = (1, 6)  # an appeal of which nothing is known
_RENT: Final = 18  # of a desk, about
_MULTIPLE: Final = 3  # of the last season's profit, in the value at the end
_RIVAL: Final = 35  # weight of a middling product
_ROOMS: Final = 64  # kinds of rooms, of which as many profits are not worked out again:
_KEPT: Final = 4096


def living(view: View) -> list[Tree]:
    """Return the ventures on the table that are not closed, in table order."""
    return view.derived("venture", _living)


def _living(ventures: Tree) -> list[Tree]:
    return [venture for venture in ventures.values() if not venture["closed"]]


def own_venture(view: View) -> Tree | None:
    """Return the venture that a maker is in, as the table has it."""
    found: Tree | None = view.table.get("venture", {}).get(str(view.hand["maker"][str(view.seat)]["venture"]))
    return found


def lot_of(view: View, seat: int) -> int:
    """Return a seat's place in this season's lots, 0 for the best; the lots decide between equals, as in the rules."""
    return lots_of(view)(seat)


def lots_of(view: View) -> Callable[[int], int]:
    """Return a function from a seat to its lot, as `lot_of` gives it; the lots are looked up once for many seats."""
    return view.derived("world", _lots)


def _lots(world: Tree) -> Callable[[int], int]:
    places = {seat: number for number, seat in enumerate(world["lots"])}
    last = len(places)
    return lambda seat: places.get(seat, last)


def _sellers(ventures: Tree) -> dict[str, list[Tree]]:
    """Return the living pilots and products of each sector."""
    found: dict[str, list[Tree]] = defaultdict(list)
    for venture in ventures.values():
        if venture["stage"] >= PILOT and not venture["closed"]:
            found[venture["sector"]].append(venture)
    return found


def seasons_left(table: Tree) -> int:
    """Return how many seasons are left, this one included."""
    game = table["game"]
    return int(game["seasons"] - game["season"] + 1)


@attrs.frozen
class Eyes:
    """What a seat knows of the appeal of ventures, by number: its own card, its looks, this season's list."""

    ranges: Mapping[int, Range]

    def of(self, venture: Tree) -> Range:
        """Return the range of a venture's appeal; unknown is 1 to 6."""
        return self.ranges.get(venture["id"], UNKNOWN)

    def mean(self, venture: Tree) -> float:
        """Return the middle of the range of a venture's appeal."""
        lo, hi = self.of(venture)
        return (lo + hi) / 2


def eyes_of(view: View) -> Eyes:
    """Return what a seat knows of the appeal of ventures."""
    ranges: dict[int, Range] = {}
    for look in view.hand.get("look", {}).values():
        ranges[look["venture"]] = max(look["lo"], look["list_lo"]), min(look["hi"], look["list_hi"])
    for own in view.hand.get("venture", {}).values():
        ranges[own["id"]] = own["lo"], own["hi"]
    return Eyes(ranges)


def quality(venture: Tree) -> int:
    """Return the quality that the tracks make."""
    tracks = venture["tracks"]
    return min(max(int(tracks[0] + tracks[1] + tracks[2]) // 10, 1), 10)


def sales_of(view: View, venture: Tree, rivals: float) -> Callable[[float, str], tuple[float, float]]:
    """Return a function to the sales and the profit of a pilot or product, both in credits.

    The function takes the appeal (1 to 6, or the mean of a range) and the price (low, fair or high). Everything else
    that it needs (demand, tax, rent, the printed values) is looked up once for many calls.

    Args:
        view: what the seat sees.
        venture: the seller.
        rivals: the weight of its rivals, the world outside included.
    """
    table, printed, tracks = view.table, printed_of(view), quality(venture)
    part = printed.pilot_share if venture["stage"] == PILOT else 100 - printed.pilot_share
    demand = table["sector"][venture["sector"]]["demand"] * part / 100
    wages, tax = printed.wage * (1 + len(venture["cofounders"])), table["world"]["tax"]
    space = table["space"].get(str(venture["space"]))
    rent = space["rent"] if space else 0

    def sale(appeal: float, price: str) -> tuple[float, float]:
        share, goods = printed.price(price)
        weight = appeal * tracks * share / 100
        sales = demand * weight / (weight + rivals)
        left = sales * (100 - goods) / 100
        left -= min(left, wages) + rent
        return sales, left * (100 - tax) / 100 if left > 0 else left

    return sale


def rivals_of(view: View, eyes: Eyes, venture: Tree) -> float:
    """Return the weight of a venture's rivals in its sector and stage at fair prices, the world outside included."""
    weight: float = printed_of(view).outside * len(view.table["maker"])
    sector, stage = venture["sector"], venture["stage"]
    for other in living(view):
        if other["sector"] == sector and other["stage"] == stage and other["id"] != venture["id"]:
            weight += eyes.mean(other) * quality(other)
    return weight


@cache
def chance_of_product(stage: int, difficulty: int, seasons: int) -> float:
    """Return the chance to be a product after so many seasons: a step a season at most, each a matter of luck."""
    steps = PRODUCT - stage
    if steps <= 0:
        return 1.0
    step = 0.62 - 0.07 * (difficulty - 7)
    # no power and no sum of floats: both may differ in the last place between systems and Pythons
    ways = [1.0, *([0.0] * seasons)]  # the chance of so many steps
    for _ in range(seasons):
        ways = [stay * (1 - step) + (ways[good - 1] * step if good else 0.0) for good, stay in enumerate(ways)]
    chance = 0.0
    for part in ways[steps:]:
        chance += part
    return chance


@lru_cache(maxsize=_ROOMS)
def _product_profits(printed: Printed, makers: int) -> Callable[[float, int], float]:
    """Return a function from appeal and rivals to the profit of a product in one season at base demand, in credits.

    Args:
        printed: the printed values.
        makers: how many there are in the room.
    """
    demand = printed.demand * makers * (100 - printed.pilot_share) / 100
    _, goods = printed.price("fair")

    @lru_cache(maxsize=_KEPT)
    def profit(appeal: float, rivals: int) -> float:
        weight = 10 * appeal
        sales = demand * weight / (weight + printed.outside * makers + _RIVAL * rivals)
        return max(0.0, (sales * (100 - goods) / 100 - printed.wage - _RENT) * 0.9)

    return profit


def post_money(view: View) -> Callable[[Tree, float], float]:
    """Return a function to what all shares of a venture will bring until the end, without the money of the deal.

    The function takes a venture and the mean of the range of its appeal, and returns credits. Everything else that it
    needs (the makers in the room, the rivals, the seasons in which a venture may still move up) is looked up once.
    """
    profits, seasons = _product_profits(printed_of(view), len(view.table["maker"])), seasons_left(view.table)
    sellers = view.derived("venture", _sellers)

    def brings(venture: Tree, appeal: float) -> float:
        stage, others = venture["stage"], sellers.get(venture["sector"], ())
        rivals = len(others) - (stage >= PILOT and any(other is venture for other in others))
        steps = PRODUCT - stage
        selling = max(0, seasons - steps) / 2 + 1 if steps else seasons
        profit = profits(appeal, rivals)
        return chance_of_product(stage, venture["difficulty"], seasons) * profit * (_MULTIPLE + 0.7 * selling)

    return brings
