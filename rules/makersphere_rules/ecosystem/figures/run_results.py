"""What came of a run in a game of several runs: it stays on the table, so that the runs can be read side by side.

Scores and figures are copied as they stand when the run is counted out, with the figures that open at an end:
its secrets tell nothing of the next run, since everything is dealt anew. A game of one run has none
of this: its scores and figures lie on the table as they are.
Source: the rulebook's "Scenarios to ship" (two runs side by side in the debrief).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from makersphere_rules.ecosystem.formulas.indices import mean
from makersphere_rules.ecosystem.table.ratings import Figures
from makersphere_rules.entity import Entity, table
from makersphere_rules.events import Event, Line
from makersphere_rules.frozen import frozen
from makersphere_rules.state import CurrentRun, State

__all__ = ["RunCounted", "RunResult", "counted", "totals"]

_TENTHS: Final = 10

Values = dict[str, int]


@frozen
class RunResult(Entity, kind="result", lasts=True, tells_end=True):
    """What came of one run: each seat's score and place, the figures of its seasons, and those of it all."""

    run: int = table(key=True)
    name: str = table()
    practice: bool = table()
    scores: Mapping[int, int] = table(factory=dict)
    places: Mapping[int, int] = table(factory=dict)  # within the role
    figures: Mapping[int, Mapping[str, int]] = table(factory=dict)  # by season of the run, from 1
    totals: Mapping[str, int] = table(factory=dict)  # what `totals` returns


@frozen
class RunCounted(Event):
    """A run of several has been counted out."""

    result: RunResult

    def apply(self, state: State) -> None:
        """Keep the result."""
        state.put(self.result)

    def lines(self) -> tuple[Line, ...]:
        """Tell everyone."""
        return (Line("run_counted", {"run": self.result.name}),)


def counted(state: State, scores: Mapping[int, int], places: Mapping[int, int]) -> RunCounted | None:
    """Return the result of the run that is ending; None where the game has one run only."""
    run = state.find(CurrentRun)
    if run is None:
        return None
    seasons = [{**found.values, **found.opened} for found in state.all(Figures).values()]
    by_role: dict[str, list[int]] = {}
    for seat, score in scores.items():
        by_role.setdefault(state.role(seat), []).append(score)
    figures = dict(enumerate(seasons, 1))
    return RunCounted(RunResult(run.number, run.name, run.practice, scores, places, figures, totals(seasons, by_role)))


def totals(seasons: Sequence[Values], by_role: Mapping[str, Sequence[int]]) -> Values:
    """Return the totals by which runs are compared, each a whole number.

    - `deals`, `births`, `products`, `exits`: sums over the seasons.
    - `search_per_deal`: tenths of a credit for each deal.
    - `integration_efficiency`, `vitality`: per cent and points, means over the seasons, and of all spaces.
    - `score_R`: the mean score of each role R.
    """
    deals = _sum(seasons, "deals")
    vitalities = [value for values in seasons for name, value in values.items() if name.startswith("vitality_")]
    return {
        "deals": deals,
        "search_per_deal": mean(_TENTHS * _sum(seasons, "search_credits"), deals),
        "integration_efficiency": mean(_sum(seasons, "integration_efficiency"), len(seasons)),
        "births": _sum(seasons, "births"),
        "products": _sum(seasons, "products"),
        "exits": sum(value for values in seasons for name, value in values.items() if name.startswith("exits_")),
        "vitality": mean(sum(vitalities), len(vitalities)),
        **{f"score_{role}": mean(sum(found), len(found)) for role, found in by_role.items()},
    }


def _sum(seasons: Sequence[Values], name: str) -> int:
    return sum(values.get(name, 0) for values in seasons)
