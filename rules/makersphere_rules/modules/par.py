"""Par: each final score held against the standard bot's, so that makers, investors and operators can be compared.

Purpose: say of each final score than how many of a hundred standard bots it is better, in the same role of the same
scenario at the same size of room; and of the best of each role the same among the best of standard tables, evened out
so that each role is the best of the whole table in a third of their games. Par is the median.
Phase: none; it is named under `modules` of a scenario, after `world`.
Commands: none.
Events: `par_given`, at the end.
Parameters: `ParParams`: by role, and for the best of each role, the standard bot's percentiles at some sizes of room,
kept in the scenario, or in each of its runs, and renewed by playtests (`python -m makersphere_playtest.par NAME`).
Between two sizes they lie on the line between them, rounded down; outside them they are those of the nearest. A role
that was never measured is not compared.
Secrets: none.
Source: the rulebook's "The end", last paragraph.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import ClassVar, Final

import attrs

from makersphere_rules.ecosystem.table.ratings import Comparison, Score
from makersphere_rules.ecosystem.table.vocabulary import INVESTOR, MAKER, OPERATOR
from makersphere_rules.entity import Entity, changed
from makersphere_rules.events import Event
from makersphere_rules.frozen import frozen
from makersphere_rules.module import Draft, RuleModule
from makersphere_rules.scenario import BySize, measured
from makersphere_rules.state import State

__all__ = ["BEST", "PERCENTILES", "Par", "ParGiven", "ParParams", "better_than", "between"]

PERCENTILES: Final = (1, 2, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 98, 99)
BEST: Final = "best_"
_LENGTH: Final = len(PERCENTILES)
_MEDIAN: Final = PERCENTILES.index(50)
_MOST: Final = 100_000  # points
_ROLES: Final = (MAKER, INVESTOR, OPERATOR)
_SIZES_BEFORE: Final = (3, 6, 12, 24, 36, 60)  # at which earlier versions kept the median alone


@attrs.frozen
class ParParams:
    """The standard bot's scores by role and size of room; each list has the values at `PERCENTILES`."""

    maker: BySize = measured(_LENGTH, -_MOST, _MOST, "Percentiles of the score of a standard maker.")
    investor: BySize = measured(_LENGTH, -_MOST, _MOST, "Percentiles of the score of a standard investor.")
    operator: BySize = measured(_LENGTH, -_MOST, _MOST, "Percentiles of the score of a standard operator.")
    best_maker: BySize = measured(
        _LENGTH, -_MOST, _MOST, "Percentiles of the score of the best maker of a standard table."
    )
    best_investor: BySize = measured(
        _LENGTH, -_MOST, _MOST, "Percentiles of the score of the best investor of a standard table."
    )
    best_operator: BySize = measured(
        _LENGTH, -_MOST, _MOST, "Percentiles of the score of the best operator of a standard table."
    )

    def of(self, role: str, seats: int) -> Sequence[int]:
        """Return the percentiles of a role, or behind `BEST` of its best, in a room; none where it was not measured."""
        by_size: BySize = getattr(self, role, {})
        return between(by_size, seats)


def between(by_size: BySize, seats: int) -> tuple[int, ...]:
    """Return the percentiles at a size of room, on straight lines between the measured sizes around it."""
    if not by_size:
        return ()
    sizes = sorted(by_size)
    for small, large in pairwise(sizes):
        if small <= seats <= large:
            lines = zip(by_size[small], by_size[large], strict=True)
            return tuple(low + (high - low) * (seats - small) // (large - small) for low, high in lines)
    return by_size[sizes[0] if seats < sizes[0] else sizes[-1]]


def better_than(score: int, percentiles: Sequence[int]) -> int:
    """Return than how many of a hundred a score is better, on straight lines between the percentiles, rounded down.

    Below the first it is 0, above the last 100. Where several percentiles are the same score, it is their middle.
    """
    first, after = bisect_left(percentiles, score), bisect_right(percentiles, score)
    if first < after:
        return (PERCENTILES[first] + PERCENTILES[after - 1]) // 2
    if first in (0, len(percentiles)):
        return 100 if first else 0
    (low, high), (worse, better) = percentiles[first - 1 : first + 1], PERCENTILES[first - 1 : first + 1]
    return worse + (better - worse) * (score - low) // (high - low)


@frozen
class ParGiven(Event):
    """Every score has been held against the standard bot's.

    Logs of before have par alone: there a score was given in per cent of it.
    """

    pars: Mapping[int, int]  # by seat; those of a role that was not measured are left out
    better_than: Mapping[int, int] = attrs.field(factory=dict)  # likewise
    among_best: Mapping[int, int] = attrs.field(factory=dict)  # of the best of each role

    def apply(self, state: State) -> None:
        """Write par beside the scores, and how they compare."""
        for seat, par in self.pars.items():
            score, above = state.one(Score, seat), self.better_than.get(seat)
            state.put(changed(score, par=par, of_par=100 * (score.final or 0) // par if above is None else None))
            if above is not None:
                state.put(Comparison(seat, above, self.among_best.get(seat)))


class Par(RuleModule):
    """How each final score compares with the standard bot's."""

    name: ClassVar[str] = "par"
    phase: ClassVar[str | None] = ""
    part: ClassVar[str] = "par"
    needs: ClassVar[Sequence[str]] = ("world",)
    after: ClassVar[Sequence[str]] = ("world",)
    params: ClassVar[type | None] = ParParams
    earlier_params: ClassVar[frozenset[str]] = frozenset(
        f"{role}_{seats}" for role in (MAKER, INVESTOR, OPERATOR) for seats in _SIZES_BEFORE
    )
    events: ClassVar[Sequence[type[Event]]] = (ParGiven,)
    entities: ClassVar[Sequence[type[Entity]]] = (Comparison,)

    def end(self, draft: Draft) -> None:
        """Hold the final scores against the standard bot's."""
        state = draft.state
        params, seats = state.scenario.params(ParParams), len(state.seats())
        measured = {role: (params.of(role, seats), params.of(f"{BEST}{role}", seats)) for role in _ROLES}
        pars, above, among_best = dict[int, int](), dict[int, int](), dict[int, int]()
        for score in state.all(Score).values():
            own, best = measured.get(state.role(score.seat), ((), ()))
            if own:
                pars[score.seat] = own[_MEDIAN]
                above[score.seat] = better_than(score.final or 0, own)
            if best and score.place == 1:
                among_best[score.seat] = better_than(score.final or 0, best)
        draft.emit(ParGiven(pars, above, among_best))
