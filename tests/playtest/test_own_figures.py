"""Figures that a rule module of somebody else counts: in what is measured, in what `simulate` prints."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

import pytest

from makersphere_bots.standard import Standard
from makersphere_cli.reports.comparison_words import outcome
from makersphere_cli.reports.game_report import show_series
from makersphere_playtest.games.headless import ANY, Result, play
from makersphere_playtest.games.series import summary
from makersphere_playtest.measured.outcomes import outcomes
from makersphere_protocol import texts
from makersphere_rules import shipped
from makersphere_rules.module import RuleModule
from makersphere_rules.scenario import Scenario
from makersphere_rules.scenario_building import build
from makersphere_rules.state import State

WORDS = {"en": {"figure.beacon_lit": "Beacons lit"}, "zh": {"figure.beacon_lit": "点亮的灯塔"}}


class Beacon(RuleModule):
    """Counts the seasons."""

    name = "beacon"

    def figures(self, state: State) -> Mapping[str, int]:
        """Return one that has words and one that has none."""
        return {"lit": 10 * state.game.season, "unsaid": 1}


def lit() -> tuple[Scenario, Result]:
    """Return a game with a beacon."""
    source = tomllib.loads(shipped.scenario_source("quickstart"))
    source["modules"].append("beacon")
    scenario = build(source, {**shipped.own_modules(), "beacon": Beacon()})
    return scenario, play(scenario, 6, "beacon", {ANY: Standard()}, keep=True, hashed=True)


def test_they_are_measured_as_means_over_the_seasons() -> None:
    """Beside what is measured of any game, under the module's name."""
    found = outcomes(lit()[1])
    assert (found["beacon_lit"], found["beacon_unsaid"]) == (15.0, 1.0)


def test_what_has_words_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """Season by season, and by its name in a report."""
    texts.learn(WORDS)
    scenario, result = lit()
    show_series(summary(scenario, 1, [result]))
    (row,) = [line for line in capsys.readouterr().out.splitlines() if "Beacons lit" in line]
    assert row.split()[-2:] == ["10", "20"]
    assert outcome("beacon_lit") == "Beacons lit"
