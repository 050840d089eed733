"""What came of a run, in a game of several: kept on the table when the next one is dealt, to be read side by side.

Scores and figures are copied as they stand when the run is counted out. Its secrets tell nothing of the next
run, since everything is dealt anew, so integration efficiency is among the figures. A game of one run has none
of this: its scores and figures lie on the table as they are.
Source: the rulebook's "Scenarios to ship" (two runs side by side in the debrief).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Final

import attrs

from makersphere_rules.ecosystem.service import Efficiency
from makersphere_rules.ecosystem.verdicts import Figures
from makersphere_rules.entity import Entity, table
from makersphere_rules.events import Event, Line
from makersphere_rules.state import CurrentRun, State

__all__ = ["EFFICIENCY", "RunCounted", "RunResult", "counted"]

EFFICIENCY: Final = "efficiency"  # of integration, per cent


@attrs.frozen(slots=False)
class RunResult(Entity):
    """What came of one run: each seat's score and place, and the figures of its seasons, counted from 1."""

    kind: ClassVar[str] = "result"
    lasts: ClassVar[bool] = True

    run: int = table()
    name: str = table()
    practice: bool = table()
    scores: Mapping[int, int] = table(factory=dict)
    places: Mapping[int, int] = table(factory=dict)  # within the role
    figures: Mapping[int, Mapping[str, int]] = table(factory=dict)  # by season of the run

    @property
    def key(self) -> int:
        """Return the run's number."""
        return self.run


@attrs.frozen
class RunCounted(Event):
    """A run of several has been counted out."""

    type: ClassVar[str] = "run_counted"

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
    figures = {found.season - run.first_season + 1: _with_efficiency(state, found) for found in _seasons(state)}
    return RunCounted(RunResult(run.number, run.name, run.practice, scores, places, figures))


def _seasons(state: State) -> list[Figures]:
    return list(state.all(Figures).values())


def _with_efficiency(state: State, figures: Figures) -> dict[str, int]:
    measured = state.find(Efficiency, figures.season)
    return {**figures.values, **({EFFICIENCY: measured.share} if measured else {})}
