"""The page of experiments shows what the command shows: every experiment, side and outcome, and how to make it."""

from __future__ import annotations

from pathlib import Path

import pytest

from makersphere_playtest.plans.experiments import EXPERIMENTS, Experiment
from makersphere_protocol import texts

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "experiments.md").read_text("utf-8")
WORDS = texts.catalogue("en")


@pytest.mark.parametrize("experiment", EXPERIMENTS.values(), ids=lambda one: one.name)
def test_the_page_has_every_side_and_outcome(experiment: Experiment) -> None:
    """Its table has a column to a side and a row to an outcome, in the order and the words of the command."""
    _, _, section = PAGE.partition(f"## {WORDS[f'experiment.{experiment.name}.title']}\n")
    section = section.partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:1] == "|"]
    sides = [WORDS[f"experiment.{experiment.name}.arm.{arm.name}"] for arm in experiment.arms(12)]
    assert rows[0] == [WORDS["terminal.column.outcome"], *sides]
    outcomes = [WORDS[f"outcome.{name}"] for name in experiment.outcomes]
    assert [row[0] for row in rows[2 : 2 + len(outcomes)]] == outcomes
    assert f"makersphere experiment {experiment.name}\n" in PAGE
    for name in experiment.headline:
        assert f"\n{WORDS[f'outcome.{name}']}\n" in section
