"""Par: what each role's score is worth, so that makers, investors and operators can be compared.

Purpose: give each final score also in per cent of par, the median of the standard bot in the same role of the
same scenario at the same size of room.
Phase: none; it is named under `modules` of a scenario, after `world`.
Commands: none.
Events: `par_given`, at the end.
Parameters: `ParParams`: par by role at six sizes of room, kept in the scenario, or in each of its runs, and renewed by
playtests (`python -m makersphere_playtest.par NAME`). Between two sizes it lies on the line between them, rounded
down; outside them it is that of the nearest. 0: not measured; a role that was never measured has no par.
Secrets: none.
Source: the rulebook's "The end", last paragraph.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import ClassVar, Final

import attrs

from makersphere_rules.ecosystem.table.ratings import Score
from makersphere_rules.entity import changed
from makersphere_rules.events import Event
from makersphere_rules.frozen import frozen
from makersphere_rules.module import Draft, RuleModule
from makersphere_rules.scenario import param
from makersphere_rules.state import State

__all__ = ["SIZES", "Par", "ParGiven", "ParParams", "between"]

SIZES: Final = (3, 6, 12, 24, 36, 60)  # seats of the rooms in which par is measured
_MOST: Final = 10_000


@attrs.frozen
class ParParams:
    """Par by role and seats: `maker_12` is that of a maker in a room of twelve."""

    maker_3: int = param(0, 0, _MOST, "Par of a maker in a room of 3 seats; 0: not measured.")
    maker_6: int = param(0, 0, _MOST, "Par of a maker in a room of 6 seats.")
    maker_12: int = param(0, 0, _MOST, "Par of a maker in a room of 12 seats.")
    maker_24: int = param(0, 0, _MOST, "Par of a maker in a room of 24 seats.")
    maker_36: int = param(0, 0, _MOST, "Par of a maker in a room of 36 seats.")
    maker_60: int = param(0, 0, _MOST, "Par of a maker in a room of 60 seats.")
    investor_3: int = param(0, 0, _MOST, "Par of an investor in a room of 3 seats; 0: not measured.")
    investor_6: int = param(0, 0, _MOST, "Par of an investor in a room of 6 seats.")
    investor_12: int = param(0, 0, _MOST, "Par of an investor in a room of 12 seats.")
    investor_24: int = param(0, 0, _MOST, "Par of an investor in a room of 24 seats.")
    investor_36: int = param(0, 0, _MOST, "Par of an investor in a room of 36 seats.")
    investor_60: int = param(0, 0, _MOST, "Par of an investor in a room of 60 seats.")
    operator_3: int = param(0, 0, _MOST, "Par of an operator in a room of 3 seats; 0: not measured.")
    operator_6: int = param(0, 0, _MOST, "Par of an operator in a room of 6 seats.")
    operator_12: int = param(0, 0, _MOST, "Par of an operator in a room of 12 seats.")
    operator_24: int = param(0, 0, _MOST, "Par of an operator in a room of 24 seats.")
    operator_36: int = param(0, 0, _MOST, "Par of an operator in a room of 36 seats.")
    operator_60: int = param(0, 0, _MOST, "Par of an operator in a room of 60 seats.")

    def measured(self, role: str) -> list[tuple[int, int]]:
        """Return the sizes at which a role was measured, each with its par."""
        values = ((size, int(getattr(self, f"{role}_{size}", 0))) for size in SIZES)
        return [(size, value) for size, value in values if value]


def between(measured: Sequence[tuple[int, int]], seats: int) -> int:
    """Return par at a size of room, on the straight line between the measured sizes around it; unmeasured: 0."""
    if not measured:
        return 0
    for (small, low), (large, high) in pairwise(measured):
        if small <= seats <= large:
            return low + (high - low) * (seats - small) // (large - small)
    return measured[0][1] if seats < measured[0][0] else measured[-1][1]


@frozen
class ParGiven(Event):
    """Every score has been held against par."""

    pars: Mapping[int, int]  # by seat; those of a role without par are left out

    def apply(self, state: State) -> None:
        """Write par beside the scores, and the scores in per cent of it."""
        for seat, par in self.pars.items():
            score = state.one(Score, seat)
            state.put(changed(score, par=par, of_par=100 * (score.final or 0) // par))


class Par(RuleModule):
    """What each role's score is worth."""

    name: ClassVar[str] = "par"
    phase: ClassVar[str | None] = ""
    part: ClassVar[str] = "par"
    needs: ClassVar[Sequence[str]] = ("world",)
    after: ClassVar[Sequence[str]] = ("world",)
    params: ClassVar[type | None] = ParParams
    events: ClassVar[Sequence[type[Event]]] = (ParGiven,)

    def end(self, draft: Draft) -> None:
        """Hold the final scores against par."""
        state = draft.state
        params, seats = state.scenario.params(ParParams), len(state.seats())
        by_role = {role: between(params.measured(role), seats) for role in {state.role(seat) for seat in state.seats()}}
        pars = {seat: by_role[state.role(seat)] for seat in state.seats() if state.find(Score, seat)}
        draft.emit(ParGiven({seat: par for seat, par in pars.items() if par}))
