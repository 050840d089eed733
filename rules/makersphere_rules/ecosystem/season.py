"""What was agreed this season: deals, lent hours and clinics, each looked up once.

Closed seasons' deals stay on the table, so whoever needs this season's asks here, once a step.
"""

from __future__ import annotations

from makersphere_rules.ecosystem.agreements import Clinic, Deal, Lending
from makersphere_rules.ecosystem.hands import in_hand
from makersphere_rules.state import State

__all__ = ["deals_by_venture", "lendings_by_venture", "own_deals", "season_clinics", "season_deals"]


def season_deals(state: State) -> list[Deal]:
    """Return this season's deals, in table order of the investors and then as they were signed."""
    season = state.game.season
    found = [deal for deal in state.all(Deal).values() if deal.season == season]
    return sorted(found, key=lambda deal: deal.investor)


def deals_by_venture(state: State) -> dict[int, list[Deal]]:
    """Return this season's deals of each venture that has any, investors in table order."""
    found: dict[int, list[Deal]] = {}
    for deal in season_deals(state):
        found.setdefault(deal.venture, []).append(deal)
    return found


def own_deals(state: State, seat: int) -> list[Deal]:
    """Return this season's deals of which a seat is a side, as they were signed."""
    season = state.game.season
    return [deal for deal in in_hand(state, seat, Deal) if deal.season == season]


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
