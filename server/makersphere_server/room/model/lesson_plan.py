"""How a lesson goes by its plan: how long a game is, and when the present phase is due.

Answers the hosts' `plan`, in wall-clock milliseconds: when the game started, when the present phase and the whole game
should be over by the scenario's limits, and how long the lesson is. The rest, such as how late it is, is a subtraction.
It closes nothing: a plan is no clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from makersphere_rules.scenario import Scenario
from makersphere_server.room.model.live_room import LiveRoom

__all__ = ["plan_tree", "play_s"]

Tree = dict[str, Any]


def play_s(scenario: Scenario) -> int:
    """Return how many seconds a game lasts if each phase takes its limit."""
    return _whole_s(_seasons(scenario))


def plan_tree(live: LiveRoom) -> Tree:
    """Return the plan of a game that has begun; empty where it is not known when."""
    game, scenario = live.state.game, live.state.scenario
    if not live.standing.started_ms or game.status == "lobby":
        return {}
    seasons = _seasons(scenario, live)
    done = seasons[: max(game.season - 1, 0)]
    this = scenario.phases[: game.phase_number + 1]
    a_second = 10 * (live.settings.scale or 100)  # without clocks the limits are a guide all the same
    due_s = _whole_s(done) + sum(phase.seconds(game.season) for phase in this)
    tree = {"started": live.standing.started_ms, "due": live.standing.started_ms + due_s * a_second}
    tree["ends"] = live.standing.started_ms + _whole_s(seasons) * a_second
    if live.settings.lesson_min:
        tree["lesson_ends"] = live.standing.started_ms + live.settings.lesson_min * 60_000
    return tree


def _seasons(scenario: Scenario, live: LiveRoom | None = None) -> Sequence[Scenario]:
    """Return by which rules each season is played, from first to last."""
    runs = live.state.runs if live is not None else scenario.runs
    rules = [run.rules for run in runs] or [scenario]
    return [each for each in rules for _ in range(each.seasons)]


def _whole_s(seasons: Sequence[Scenario]) -> int:
    """Return how many seconds the seasons from the first on last; each is given by its rules."""
    return sum(phase.seconds(season) for season, rules in enumerate(seasons, 1) for phase in rules.phases)
