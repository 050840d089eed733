"""The policy `standard`: knows each role's trade and plays it soundly, without chance and without guile.

It stands on the rulebook's defaults: what the close would do for it anyway it does not send. Where a phase is
none it knows, it plays at random, so that it can sit in any scenario.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from makersphere_bots.legal import Form
from makersphere_bots.policy import READY, Move, View
from makersphere_bots.random_moves import Random
from makersphere_bots.standard import (
    appraisal,
    exchange,
    incubation,
    investor_matching,
    maker_admission,
    maker_matching,
    market,
    operator,
)
from makersphere_bots.standard.printed_values import PATHS

__all__ = ["Standard"]

Part = Callable[[View, Mapping[str, Form]], list[Move]]
Parts = Mapping[str, Mapping[str, tuple[Part, ...]]]  # by phase and role

_PARTS: Final[Parts] = {  # of every phase that it knows
    "policy": {},
    "admission": {"maker": (maker_admission.admission,), "investor": (maker_admission.badges,)},
    "exchange": {
        "maker": (exchange.exchange,),
        "investor": (exchange.clinic,),
        "operator": (exchange.introductions,),
    },
    "matching": {
        "maker": (maker_matching.raising,),
        "investor": (investor_matching.investing,),
        "operator": (operator.grants,),
    },
    "incubation": {
        "maker": (incubation.working,),
        "investor": (investor_matching.scouting,),
        "operator": (incubation.workshop,),
    },
    "market": {
        "maker": (market.board, market.forecast),
        "investor": (market.board, market.forecast),
        "operator": (market.relief, market.forecast),
    },
    "appraisal": {
        "maker": (appraisal.rate_investors,),
        "investor": (appraisal.rate_leads, appraisal.waive),
        "operator": (appraisal.spare,),
    },
    "recap": {},
}
_TO_SEE: Final = "look"  # after this the policy wants to see what came of it


class Standard:
    """Plays each role as somebody would who has read the rulebook."""

    def __init__(self, paths: Sequence[str] = PATHS) -> None:
        """Make one whose operator builds on these paths alone."""
        announce: Part = partial(operator.policy, paths=paths)
        self._parts: Parts = {**_PARTS, "policy": {"operator": (announce,)}}

    def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
        """Return what the seat does now; `READY` is left out after a look, to be asked again with what it showed."""
        by_role = self._parts.get(view.phase)
        if by_role is None:
            return Random().choose(view, legal, rng)
        moves: list[Move] = []
        for part in by_role.get(view.role, ()):
            moves += part(view, legal)
        if not moves or moves[-1][0] != _TO_SEE:
            moves.append(READY)
        return moves
