"""What was agreed this season: deals, lent hours and clinics, each looked up once.

Deals of earlier seasons stay on the table. A step that needs this season's deals asks here, once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from makersphere_rules.ecosystem.table.agreements import Clinic, Deal, Lending
from makersphere_rules.state import State

__all__ = ["deals_by_venture", "lendings_by_venture", "own_deals", "season_clinics", "season_deals"]


def season_deals(state: State) -> list[Deal]:
    """Return this season's deals, in table order of the investors and then as they were signed."""
    numbers = state.derived(Deal, _numbers_by_season, "season", "investor").get(state.game.season, ())
    return list(map(state.all(Deal).__getitem__, numbers))


def _numbers_by_season(deals: Iterable[Deal]) -> dict[int, list[int]]:
    """Return the numbers of each season's deals, in table order of the investors and then as they were signed."""
    found: dict[int, list[int]] = defaultdict(list)
    for deal in sorted(deals, key=lambda deal: deal.investor):
        found[deal.season].append(deal.id)
    return found


def deals_by_venture(state: State) -> dict[int, list[Deal]]:
    """Return this season's deals of each venture that has any, investors in table order."""
    found: dict[int, list[Deal]] = {}
    for deal in season_deals(state):
        found.setdefault(deal.venture, []).append(deal)
    return found


def own_deals(state: State, seat: int) -> list[Deal]:
    """Return this season's deals of which a seat is a side, as they were signed."""
    numbers = state.derived(Deal, _numbers_by_side, "season", "maker", "investor").get((state.game.season, seat), ())
    return list(map(state.all(Deal).__getitem__, numbers))


def _numbers_by_side(deals: Iterable[Deal]) -> dict[tuple[int, int], list[int]]:
    """Return the numbers of deals by season and side."""
    found: dict[tuple[int, int], list[int]] = defaultdict(list)
    for deal in deals:
        for side in deal.owners:
            found[deal.season, side].append(deal.id)
    return found


def lendings_by_venture(state: State) -> dict[int, list[Lending]]:
    """Return this season's lent hours for each venture that got any."""
    season = state.game.season
    found: dict[int, list[Lending]] = {}
    for lending in state.all(Lending).values():
        if lending.season == season:
            found.setdefault(lending.venture, []).append(lending)
    return found


def season_clinics(state: State) -> list[Clinic]:
    """Return this season's clinics, as they were held."""
    season = state.game.season
    return [clinic for clinic in state.all(Clinic).values() if clinic.season == season]
