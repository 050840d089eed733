"""Energy: how credits flow through the levels of the ecosystem in a season, from the ledger's flows.

A level is a sort of account: ventures, makers, investors (what they set aside counts as theirs) and
operators. For each level L: `energy_L_in` (credits that came from other levels and the world),
`energy_L_passed` (credits handed on), `energy_L_kept` (in - passed; below zero when it lived on what it had)
and `energy_L_efficiency` (per cent of what came in that was handed on, at most 100).
`energy_in` and `energy_out` are what the world (consumers, suppliers, government) gave and got; what a list gave
back is taken off its flow already. What moves inside a level counts nowhere. Efficiency level by level is
Lindeman's (1942), of credits instead of calories. Source: the rulebook's "6. Market and payout (energy transfer)".
"""

from __future__ import annotations

from typing import Final

from makersphere_rules.ecosystem.formulas.indices import per_cent
from makersphere_rules.ecosystem.table.vocabulary import INVESTOR, MAKER, OPERATOR
from makersphere_rules.ledger import WORLD, Flow
from makersphere_rules.state import State

__all__ = ["LEVELS", "energy", "spent"]

LEVELS: Final = ("venture", MAKER, INVESTOR, OPERATOR)
_WORLD: Final = "world"
_ENDOWMENT: Final = "endowment"
_LEVEL: Final = {
    **{level: level for level in LEVELS},
    "escrow": INVESTOR,
    **dict.fromkeys(WORLD, _WORLD),
}


def spent(state: State, reason: str) -> int:
    """Return the credits paid to the world for a reason this season."""
    season = state.game.season
    return sum(
        flow.amount
        for flow in state.all(Flow).values()
        if flow.reason == reason and flow.season == season and flow.target in WORLD
    )


def energy(state: State) -> dict[str, int]:
    """Return what came in, was kept and was passed on, level by level, this season; starting credits left out."""
    season = state.game.season
    came = dict.fromkeys((*LEVELS, _WORLD), 0)
    went = dict.fromkeys((*LEVELS, _WORLD), 0)
    for flow in state.all(Flow).values():
        if flow.season == season and flow.reason != _ENDOWMENT:
            source, target = _LEVEL[flow.source], _LEVEL[flow.target]
            if source != target:
                went[source] += flow.amount
                came[target] += flow.amount
    found = {"energy_in": went[_WORLD], "energy_out": came[_WORLD]}
    for level in LEVELS:
        found[f"energy_{level}_in"] = came[level]
        found[f"energy_{level}_passed"] = went[level]
        found[f"energy_{level}_kept"] = came[level] - went[level]
        found[f"energy_{level}_efficiency"] = per_cent(went[level], came[level])
    return found
