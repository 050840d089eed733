"""How a lesson goes by its plan: how long a game takes of it, and when the present phase is due.

A game takes of a lesson: joining, the first explanation, the clocks, what is revealed after each phase, and the talk
after each season; the debrief comes on top. This is the one place that counts them. The figures beside the clocks are
what a class of thirty is given, no measurement.

Answers the hosts' `plan`, in wall-clock milliseconds: when the game started, when the present phase and the whole game
should be over, and when the lesson is. The rest, such as how late it is, is a subtraction. It closes nothing: a plan
is no clock. Source: the rulebook's "Scenarios to ship".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from makersphere_rules.scenario import Scenario
from makersphere_server.room.model.live_room import LiveRoom

__all__ = ["EXPLAINING_S", "JOINING_S", "around_s", "between_s", "lesson_s", "plan_tree", "play_s", "seasons_s"]

Tree = dict[str, Any]

JOINING_S: Final = 180  # codes, names, seats
EXPLAINING_S: Final = 240  # what it is about, and what the first question asks
_REVEAL_S: Final = 5  # after each phase with a clock: what came of it, on wall and phones
_TALK_S: Final = 60  # after each season: why it went so


def play_s(scenario: Scenario) -> int:
    """Return how many seconds a game lasts if each phase takes its limit, and nothing lies between them."""
    return _clocks_s(_seasons(scenario))


def lesson_s(scenario: Scenario) -> int:
    """Return how many seconds of a lesson a game takes, the debrief left out; 0 where it has no clocks."""
    clocks_s = play_s(scenario)
    return clocks_s and around_s() + clocks_s + sum(map(between_s, _seasons(scenario)))


def seasons_s(scenario: Scenario) -> list[int]:
    """Return how many seconds of a lesson each season takes: its clocks, what is revealed, and the talk."""
    rules = _seasons(scenario)
    ends = [_clocks_s(rules[:count]) for count in range(len(rules) + 1)]
    return [end - start + between_s(each) for start, end, each in zip(ends, ends[1:], rules, strict=False)]


def around_s() -> int:
    """Return how many seconds go by before a game starts."""
    return JOINING_S + EXPLAINING_S


def between_s(rules: Scenario) -> int:
    """Return how many seconds of a season no clock counts: what is revealed after its phases, and the talk."""
    clocks = sum(any(phase.limits_s) for phase in rules.phases)
    return clocks and clocks * _REVEAL_S + _TALK_S


def plan_tree(live: LiveRoom) -> Tree:
    """Return the plan of a game that has begun; empty where it is not known when, or where it goes on for days."""
    game, scenario = live.state.game, live.state.scenario
    started_ms = live.standing.started_ms
    is_dated = live.settings.dates is not None or live.timer.due_ms
    if not started_ms or game.status == "lobby" or is_dated:
        return {}
    seasons = _seasons(scenario, live)
    seasons = seasons[: live.standing.last_season or len(seasons)]
    done = seasons[: max(game.season - 1, 0)]
    this = scenario.phases[: game.phase_number + 1]
    a_second = 10 * (live.settings.scale or 100)  # without clocks the limits are a guide all the same
    due_s = _clocks_s(done) + sum(phase.seconds(game.season) for phase in this)
    shown_s = sum(map(between_s, done)) + _REVEAL_S * sum(any(phase.limits_s) for phase in this[:-1])
    tree = {"started": started_ms, "due": started_ms + due_s * a_second + shown_s * 1000}
    tree["ends"] = started_ms + _clocks_s(seasons) * a_second + sum(map(between_s, seasons)) * 1000
    if live.settings.lesson_min:
        tree["lesson_ends"] = started_ms + live.settings.lesson_min * 60_000 - around_s() * 1000
    return tree


def _seasons(scenario: Scenario, live: LiveRoom | None = None) -> Sequence[Scenario]:
    """Return by which rules each season is played, from first to last."""
    runs = live.state.runs if live is not None else scenario.runs
    rules = [run.rules for run in runs] or [scenario]
    return [each for each in rules for _ in range(each.seasons)]


def _clocks_s(seasons: Sequence[Scenario]) -> int:
    """Return how many seconds the clocks of the seasons from the first on last; each is given by its rules."""
    return sum(phase.seconds(season) for season, rules in enumerate(seasons, 1) for phase in rules.phases)
