"""A comparison as a table: an outcome to a row, an arm to a column, each with its interval.

Answers what an experiment found, ready to be drawn or written; says nothing in any language.
"""

from __future__ import annotations

from typing import Any

import attrs

from makersphere_playtest.measured.certainty import holm
from makersphere_playtest.measured.intervals import CONFIDENCE
from makersphere_playtest.plans.experiments import Experiment
from makersphere_playtest.plans.sides import Row, Sides, claims, marked, plain

__all__ = ["Comparison", "comparison"]


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
            "outcomes": {row.outcome: [plain(cell) for cell in row.cells] for row in self.rows},
        }


def comparison(experiment: Experiment, sides: Sides, seats: int, seed: int) -> Comparison:
    """Return the comparison, with intervals; differences are sure for all of them together.

    Args:
        experiment: what was asked.
        sides: what came of each arm's games, the control first.
        seats: how many seats each game had.
        seed: of the comparison.
    """
    rows = sides.rows(experiment.outcomes)
    return Comparison(
        experiment=experiment.name,
        scenario=experiment.scenario,
        seats=seats,
        games=sides.games(),
        seed=seed,
        headline=experiment.headline,
        rows=marked(rows, iter(holm(claims(rows)))),
    )
