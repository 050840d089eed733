"""Harbour, the space of the rulebook's "A season in numbers", as it stands at the start of a phase.

Three makers, two investors, one operator, season 3. Tests play a step of the example and compare.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from makersphere_rules.ecosystem.table.agreements import Clinic, Pair
from makersphere_rules.entity import Entity
from makersphere_rules.module import RuleModule
from tests.rules.table import Table, given, investor, maker, space, venture

__all__ = ["ANN", "BO", "CHEN", "IVY", "MAX", "OLGA", "A", "B", "C", "before_exchange", "before_matching"]

ANN, BO, CHEN, IVY, MAX, OLGA = range(1, 7)
A, B, C = range(1, 4)
SEASON: Final = 3
_CREDITS: Final = {
    "maker:1": 30,
    "maker:2": 31,
    "maker:3": 44,
    "investor:4": 144,
    "investor:5": 89,
    "operator:6": 22,
    "venture:1": 58,
}
_IVYS_SHARES: Final = {ANN: 7000, IVY: 3000}
_HEALTH, _ENERGY, _FOOD = "health", "energy", "food"


def before_exchange(*more: Entity, modules: Sequence[RuleModule]) -> Table:
    """Return Harbour with badges paid and Chen admitted; `more` replaces or adds entities."""
    return given(
        maker(ANN, (7, 4, 4), spirit=6, background="scientist"),
        maker(BO, (4, 6, 5), spirit=6),
        maker(CHEN, (4, 4, 5), spirit=5, background="senior_manager"),
        investor(IVY, "fund", "business", badges=(OLGA,), hours=12),
        investor(MAX, "professional", "technology", badges=(OLGA,), hours=8, fee=7, shares=0),
        space(OLGA, community=1, resources=2, integration=1, stations=3),
        venture(A, ANN, space=OLGA, stage=2, born=True, tracks=(41, 30, 27), appeal=4, shares=_IVYS_SHARES),
        venture(B, BO, space=OLGA, stage=1, tracks=(18, 16, 10), sector=_ENERGY),
        venture(C, CHEN, space=OLGA, sector=_FOOD, appeal=5),
        Pair(ANN, IVY, trust=True),
        *more,
        modules=modules,
        phase="exchange",
        season=SEASON,
        credits=_CREDITS,
    )


def before_matching(
    *more: Entity,
    modules: Sequence[RuleModule],
    credits: Mapping[str, int] | None = None,  # noqa: A002  (the game's word)
    params: Mapping[str, Mapping[str, int]] | None = None,
) -> Table:
    """Return Harbour after the example's exchanges, clinics and introductions."""
    return given(
        maker(ANN, (7, 5, 4), spirit=6, background="scientist", ties=(BO,)),
        maker(BO, (6, 6, 5), spirit=7, ties=(ANN, CHEN)),
        maker(CHEN, (4, 5, 6), spirit=5, background="senior_manager", ties=(BO,)),
        investor(IVY, "fund", "business", badges=(OLGA,), hours=11, clinic_used=True),
        investor(MAX, "professional", "technology", badges=(OLGA,), hours=7, fee=7, shares=0, clinic_used=True),
        space(OLGA, community=1, resources=2, integration=1, stations=3),
        venture(A, ANN, space=OLGA, stage=2, born=True, tracks=(41, 33, 27), appeal=4, shares=_IVYS_SHARES),
        venture(B, BO, space=OLGA, stage=1, tracks=(21, 16, 10), sector=_ENERGY),
        venture(C, CHEN, space=OLGA, tracks=(0, 3, 0), sector=_FOOD, appeal=5),
        Pair(ANN, IVY, trust=True),
        Pair(BO, MAX, introduced=SEASON),
        Pair(CHEN, IVY, introduced=SEASON),
        Pair(BO, IVY, introduced=SEASON),
        Pair(CHEN, MAX, introduced=SEASON),
        Clinic(SEASON, MAX, BO, B),
        Clinic(SEASON, IVY, CHEN, C),
        *more,
        modules=modules,
        phase="matching",
        season=SEASON,
        credits={**_CREDITS, **(credits or {})},
        params=params,
    )
