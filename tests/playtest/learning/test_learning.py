"""The learner that the documentation shows: it gets better than it was at random."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from makersphere_playtest.learning.env import Environment

SAMPLE = Path(__file__).parents[3] / "docs" / "samples" / "learn.py"
OPERATOR = 3  # of three seats the last


@pytest.fixture
def sample(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return the sample as a module."""
    spec = importlib.util.spec_from_file_location("learn", SAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "learn", module)
    spec.loader.exec_module(module)
    return module


def test_an_operator_that_has_learnt_beats_the_one_that_moved_at_random(sample: ModuleType) -> None:
    """In its last forty games of 130, of four deals that come again, its score is better by a quarter at least."""
    environment = Environment("quickstart", OPERATOR, learners=(OPERATOR,))
    learner, agent = sample.Learner(environment, seed=1), f"seat_{OPERATOR}"
    at_random = [learner.play(environment, agent, game % 4, learns=False) for game in range(20)]
    learnt = [learner.play(environment, agent, game % 4) for game in range(130)]
    assert np.mean(learnt[-40:]) > 1.25 * np.mean(at_random)
