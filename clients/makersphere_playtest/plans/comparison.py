"""A comparison as a table: an outcome to a row, an arm to a column, each with its interval.

Answers what an experiment found, ready to be drawn or written; says nothing in any language.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from makersphere_playtest.measured.intervals import CONFIDENCE, Estimate, estimate, paired
from makersphere_playtest.plans.arms import Measured
from makersphere_playtest.plans.experiments import Experiment

__all__ = ["Cell", "Comparison", "Row", "comparison"]


@attrs.frozen
class Cell:
    """An outcome in one arm.

    Attributes:
        arm: its name.
        estimate: the mean over its games.
        difference: to the first arm, game by game; None in the first arm itself.
    """

    arm: str
    estimate: Estimate
    difference: Estimate | None


@attrs.frozen
class Row:
    """An outcome in every arm, in order of arms."""

    outcome: str
    cells: tuple[Cell, ...]


@attrs.frozen
class Comparison:
    """What an experiment found.

    Attributes:
        experiment: its name.
        headline: the outcomes that are drawn first.
    """

    experiment: str
    scenario: str
    seats: int
    games: int
    seed: int
    headline: tuple[str, ...]
    rows: tuple[Row, ...]

    def tree(self) -> dict[str, Any]:
        """Return the comparison ready for JSON."""
        return {
            "experiment": self.experiment,
            "scenario": self.scenario,
            "seats": self.seats,
            "games": self.games,
            "seed": self.seed,
            "confidence": CONFIDENCE,
            "outcomes": {row.outcome: [attrs.asdict(cell) for cell in row.cells] for row in self.rows},
        }


def comparison(experiment: Experiment, measured: Sequence[Measured], seats: int, seed: int) -> Comparison:
    """Return the comparison, with intervals.

    Args:
        experiment: what was asked.
        measured: what came of each arm's games, the control first.
        seats: how many seats each game had.
        seed: of the comparison.
    """
    control = measured[0]

    def cell(arm: Measured, outcome: str) -> Cell:
        values = arm.values[outcome]
        difference = None if arm is control else paired(values, control.values[outcome])
        return Cell(arm.arm, estimate(values), difference)

    rows = tuple(Row(outcome, tuple(cell(arm, outcome) for arm in measured)) for outcome in experiment.outcomes)
    games = len(control.values[experiment.outcomes[0]])
    return Comparison(
        experiment=experiment.name,
        scenario=experiment.scenario,
        seats=seats,
        games=games,
        seed=seed,
        headline=experiment.headline,
        rows=rows,
    )
