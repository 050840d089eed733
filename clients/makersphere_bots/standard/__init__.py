"""The policy `standard`: knows each role's trade and plays it soundly, without chance and without guile.

It stands on the rulebook's defaults: it does not send what the close would do for its seat anyway. Of a rule module
that it does not know it takes the module's own advice. Without any, in a phase that it does not know, defaults stand
there too, and what has none is sent at random, so that it can sit in any scenario.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

from makersphere_bots.legal import Form
from makersphere_bots.policy import INVESTOR, MAKER, OPERATOR, READY, Move, View, fitting
from makersphere_bots.random_moves import Random
from makersphere_bots.standard import (
    admission,
    appraisal,
    between_makers,
    exchange,
    incubation,
    investor_matching,
    maker_matching,
    market,
    operator,
)
from makersphere_bots.standard.module_advice import advised
from makersphere_bots.standard.printed_values import PATHS

__all__ = ["Standard"]

Part = Callable[[View, Mapping[str, Form]], list[Move]]
Parts = Mapping[str, Mapping[str, tuple[Part, ...]]]  # by phase and role

_PARTS: Final[Parts] = {  # of every phase that it knows
    "policy": {},
    "admission": {
        MAKER: (admission.enter,),
        INVESTOR: (admission.apply_for_badge, admission.listen),
        OPERATOR: (operator.name_guest,),
    },
    "exchange": {
        MAKER: (exchange.share_skills, between_makers.lend, between_makers.swap, between_makers.study),
        INVESTOR: (exchange.hold_clinic,),
        OPERATOR: (exchange.introduce,),
    },
    "matching": {
        MAKER: (maker_matching.find_backers,),
        INVESTOR: (investor_matching.invest,),
        OPERATOR: (operator.grant,),
    },
    "incubation": {
        MAKER: (incubation.work,),
        INVESTOR: (investor_matching.scout,),
        OPERATOR: (incubation.give_workshop,),
    },
    "market": {
        MAKER: (market.price_and_reserve, market.forecast),
        INVESTOR: (market.price_and_reserve, market.forecast),
        OPERATOR: (market.forecast,),
    },
    "appraisal": {
        MAKER: (appraisal.rate_investors,),
        INVESTOR: (appraisal.rate_leads,),
        OPERATOR: (appraisal.spare,),
    },
    "recap": {},
}
_TO_SEE: Final = frozenset(("close_venture", "look"))  # after these the policy wants to see what came of it


class Standard:
    """Plays each role as somebody would who has read the rulebook."""

    def __init__(self, paths: Sequence[str] = PATHS) -> None:
        """Make one whose operator builds on these paths alone."""
        announce: Part = partial(operator.announce, paths=paths)
        self._parts: Parts = {**_PARTS, "policy": {OPERATOR: (announce,)}}

    def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
        """Return what the seat does now; without `READY` after a look, so that it is asked again and sees what came."""
        by_role = self._parts.get(view.phase)
        advice = advised(view, legal)
        if by_role is None:
            return [*advice, READY] if advice is not None else _without_advice(view, legal, rng)
        moves: list[Move] = list(advice or ())
        for part in by_role.get(view.role, ()):
            moves += [fitting(move, legal) for move in part(view, legal)]
        if not moves or moves[-1][0] not in _TO_SEE:
            moves.append(READY)
        return moves


def _without_advice(view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
    """Return moves in a phase that is not known: the seat's defaults stand, and what has none is sent at random."""
    stand = {key.partition(":")[0] for key in view.defaults()}
    return Random().choose(view, {name: form for name, form in legal.items() if name not in stand}, rng)
