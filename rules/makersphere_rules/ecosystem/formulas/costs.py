"""What things cost: search, looks and materials, in credits.

Source: the rulebook's "Search cost", "Look" and "Materials".
"""

from __future__ import annotations

from makersphere_rules.ecosystem.table.agreements import Pair, pair_key
from makersphere_rules.ecosystem.table.entities import Investor, Space, Venture, World
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.ecosystem.table.vocabulary import GARAGE
from makersphere_rules.state import State

__all__ = ["look_cost", "materials_cost", "search_cost", "trusts"]


def trusts(state: State, maker: int, investor: int) -> bool:
    """Return whether a lead maker and an investor trust each other: as rated, or this season by an introduction."""
    pair = state.find(Pair, pair_key(maker, investor))
    return pair is not None and (pair.trust or pair.introduced == state.game.season)


def search_cost(state: State, venture: Venture, investor: int) -> int:
    """Return the search cost of a venture's lead and an investor, at least 1 in a place that both may enter.

    cost x (100 - 16 i) x (100, or 50 with trust) div 10,000 where the investor holds the badge of the maker's
    space, and in the garage, whose door is open and where i is 0; otherwise cost x (100 or 50) div 100 x 2.
    """
    params = world(state)
    known = params.search_known if trusts(state, venture.lead, investor) else 100
    if venture.space not in (GARAGE, *state.one(Investor, investor).badges):
        return params.search_cost * known // 100 * params.search_garage
    level = state.one(Space, venture.space).integration if venture.space != GARAGE else 0
    return max(1, params.search_cost * (100 - params.search_lower * level) * known // 10_000)


def look_cost(state: State, venture: Venture, investor: int) -> int:
    """Return what a look (due diligence) costs: (search cost of the pair + 2) div 3."""
    return (search_cost(state, venture, investor) + 2) // 3


def materials_cost(state: State, venture: Venture) -> int:
    """Return a venture's materials this season: printed, less its space's discount, halved by a voucher."""
    params = world(state)
    level = state.one(Space, venture.space).resources if venture.space != GARAGE else 0
    cost = params.materials(venture.stage) * (100 - params.materials_lower * level) // 100
    return cost // 2 if state.one(World).effect == "voucher" else cost
