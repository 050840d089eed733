"""Moves that the rules refused are named: which command, why, how often, and where the first was."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

from makersphere_cli.reports.playtest_words import warned
from makersphere_playtest.games.worker_pools import cores
from makersphere_playtest.plans.findings import findings
from makersphere_playtest.plans.playtests import run
from makersphere_playtest.plans.sweeps import plan
from makersphere_rules import shipped

BOT = """
from makersphere_bots.policy import READY


class Frugal:
    def choose(self, view, legal, rng):
        if "plan" not in legal:
            return [READY]
        return [("plan", {"percent": 5}), ("plan", {"day_job": 999}), ("plan", {"percent": 6}), READY]
"""


def test_the_commonest_are_said_with_the_refusal_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has written a field's name wrongly reads which it is, and in which game and season to look."""
    (tmp_path / "bots_of_a_test.py").write_text(BOT)
    monkeypatch.syspath_prepend(str(tmp_path))
    source = tomllib.loads(shipped.scenario_source("quickstart"))
    try:
        played = run(plan(source, 6, 2, 3, swaps=[("maker", "bots_of_a_test:Frugal")]), cores(1))
    finally:
        sys.modules.pop("bots_of_a_test", None)
    said = [warned(one) for one in findings(played).warnings if one.text.startswith("refused")]
    assert said[0] == "Moves that the rules refused (bots_of_a_test:Frugal): 12."
    assert said[1] == (
        "bots_of_a_test:Frugal: plan was refused 10 times, first in game 1, season 1. Technology hours is missing."
    )
    assert said[2] == (
        "bots_of_a_test:Frugal: plan was refused 2 times, first in game 1, season 1. That comes in season 2."
    )
    assert len(said) == 3
