"""Curves: how the ecosystem moved, season by season; the survival of its ventures; who came and who went, and why.

Answers numbers that were counted when each season was: the figures (`ecosystem/figures/all_figures.py`), demand and
balances. Never counts a season that was cut short. Source: the rulebook's "Where the rules come from"; Kaplan and
Meier 1958.
"""

from __future__ import annotations

from typing import Final

from makersphere_rules.debrief.past import Past, Plain
from makersphere_rules.ecosystem.figures.life import EXITS
from makersphere_rules.ecosystem.table.entities import Sector

__all__ = ["CURVES", "curves", "life", "survival"]

CURVES: Final = (
    *("energy_in", "energy_out", "spirit", "density", "centralisation", "diversity", "ties", "trust"),
    *("energy_venture_efficiency", "energy_maker_efficiency", "energy_investor_efficiency"),
    *("energy_operator_efficiency", "integration_efficiency", "deals", "search_per_deal", "competition"),
    *("living", "badges", "turnover", "gini_makers", "gini_investors"),
)
_OF_SPACES: Final = ("community_", "resources_", "integration_", "vitality_")  # with an operator's seat
_LIFE: Final = ("founded", "births", "moved_up", "products", "deaths", "badges_won", "badges_given_back", "badges_lost")
_AGES: Final = ("at_risk", "deaths", "censored", "survival")


def curves(past: Past) -> dict[str, dict[int, int]]:
    """Return by name and season: the figures that are drawn as curves, demand, and the credits of each role."""
    found: dict[str, dict[int, int]] = {}
    for season in past.counted:
        figures = past.figures(season)
        for name, value in figures.items():
            stem, _, seat = name.rpartition("_")
            if name in CURVES or (seat.isdigit() and f"{stem}_" in _OF_SPACES):
                found.setdefault(name, {})[season] = value
        demand = {sector.name: sector.demand for sector in past.all(Sector, season).values()}
        found.setdefault("demand", {})[season] = sum(demand.values())
        for name, value in demand.items():
            found.setdefault(f"demand_{name}", {})[season] = value
        for name, value in past.balances(season).items():
            found.setdefault(f"credits_{name}", {})[season] = value
    return found


def survival(past: Past) -> dict[int, dict[str, int]]:
    """Return the life table of the run's ventures by age in seasons, as it was after the last season counted."""
    found: dict[int, dict[str, int]] = {}
    figures = past.figures(past.counted[-1]) if past.counted else {}
    for name in _AGES:
        prefix = f"{name}_age_"
        for figure, value in figures.items():
            if figure.startswith(prefix):
                found.setdefault(int(figure.removeprefix(prefix)), {})[name] = value
    return found


def life(past: Past) -> dict[int, dict[str, Plain]]:
    """Return by season what was founded, born and raised, what went and for which reason."""
    found: dict[int, dict[str, Plain]] = {}
    for season in past.counted:
        figures = past.figures(season)
        exits: dict[str, Plain] = {reason: count for reason in EXITS if (count := figures.get(f"exits_{reason}", 0))}
        found[season] = {**{name: figures.get(name, 0) for name in _LIFE}, "exits": exits}
    return found
