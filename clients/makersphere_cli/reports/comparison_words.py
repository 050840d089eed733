"""The words of a comparison: what outcomes and arms are called, and how a number with its interval is written."""

from __future__ import annotations

from typing import Final

from makersphere_cli.speech.words import language, say
from makersphere_playtest.measured.intervals import Estimate
from makersphere_playtest.plans.comparison import Comparison
from makersphere_playtest.plans.sides import Cell
from makersphere_protocol import texts

__all__ = ["DOWN", "UP", "answer", "arm", "change", "interval", "outcome", "question", "subtitle", "title"]

UP: Final = "▲"
DOWN: Final = "▼"


def outcome(name: str) -> str:
    """Return what an outcome is called."""
    return texts.say(language(), f"outcome.{name}", default=texts.say(language(), f"figure.{name}", default=name))


def arm(experiment: str, name: str) -> str:
    """Return what an arm of an experiment is called."""
    return texts.say(language(), f"experiment.{experiment}.arm.{name}", default=name)


def title(found: Comparison) -> str:
    """Return an experiment's title."""
    return texts.say(language(), f"experiment.{found.experiment}.title", default=found.experiment)


def question(found: Comparison) -> str:
    """Return what an experiment asks."""
    return texts.say(language(), f"experiment.{found.experiment}.question")


def subtitle(found: Comparison) -> str:
    """Return what was played."""
    return say("experiment_head", games=found.games, seats=found.seats, seed=found.seed)


def answer() -> str:
    """Return how to read the marks and intervals."""
    return say("experiment_foot", up=UP, down=DOWN)


def interval(estimate: Estimate) -> str:
    """Return the 95 % interval as people read it."""
    return f"{estimate.lo:.1f}-{estimate.hi:.1f}"


def change(cell: Cell) -> str:
    """Return a mark where a cell surely differs from the first arm's, else nothing."""
    if cell.difference is None or not cell.is_sure:
        return ""
    return UP if cell.difference.mean > 0 else DOWN
