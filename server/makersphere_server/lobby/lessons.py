"""What a teacher gets for a scenario: what is to be learnt, a plan minute by minute, what usually happens.

Answers one tree for the page of a lesson: names and numbers; the sentences are texts (`lesson.*`). A plan is made of
the scenario's own clocks and of what a lesson takes beside them, so it cannot grow stale. Opens no room.

Source: the rulebook's "Scenarios to ship"; the order of a debrief (how it was, what happened, why, and outside) is
Thiagarajan's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any, Final

import attrs

from makersphere_rules.lessons.packs import OTHERWISE, pack
from makersphere_rules.scenario import Scenario
from makersphere_server.room.model.lesson_plan import EXPLAINING_S, JOINING_S, lesson_s, seasons_s

__all__ = ["LENGTHS", "Step", "lesson_tree", "plan"]

Tree = dict[str, Any]

LENGTHS: Final = (45, 60, 90, 180)  # minutes of a lesson
_TALK_S: Final = 15 * 60  # the least of a debrief
_TALK_MOST_S: Final = 45 * 60
_PARTS: Final = (("feel", 15), ("figures", 30), ("moments", 35), ("life", 20))  # of a debrief, in per cent
_BACK_S: Final = 180  # at the start of a further lesson
_PAUSE_S: Final = 600
_LONG_MIN: Final = 120  # of a lesson that has a break
_LEAST_SHARE: Final = 0.3  # of a lesson: a shorter game is not meant for it
_MOST_LESSONS: Final = 6


@attrs.frozen
class Step:
    """A step of a plan.

    Attributes:
        name: `join`, `explain`, `practice`, `season`, `pause`, `back`, `feel`, `figures`, `moments`, `again` or `life`.
        seconds: how long it is.
        season: which one, of a step `season`; else 0.
    """

    name: str
    seconds: int
    season: int = 0


def lesson_tree(scenario: Scenario) -> Tree | None:
    """Return the lesson of a scenario as the page shows it, or None where nobody has written one."""
    found = pack(scenario.name)
    if found is None:
        return None
    least, most = scenario.made_for
    rules = scenario.runs[0].rules if scenario.runs else scenario
    by_size = [attrs.asdict(usual) for usual in found.usual]
    return {
        "scenario": scenario.name,
        "made_for": [least, most],
        "minutes": round(lesson_s(scenario) / 60),
        "objectives": [attrs.asdict(objective) for objective in found.objectives],
        "questions": [attrs.asdict(question) for question in found.questions],
        "otherwise": list(OTHERWISE),
        "grade": dict(scenario.grade),
        "usual": next((told for told in by_size if told["seats"] == scenario.seats), None),
        "usual_by_seats": by_size,
        "phases": [
            {"name": phase.name, "seconds": [phase.seconds(season) for season in range(1, rules.seasons + 1)]}
            for phase in rules.phases
        ],
        "plans": [
            {"minutes": length, "lessons": [_in_minutes(lesson) for lesson in lessons]}
            for length in LENGTHS
            if (lessons := plan(scenario, length))
        ],
    }


def plan(scenario: Scenario, minutes: int) -> list[list[Step]]:
    """Return the steps of each lesson that a game with its debrief takes; none where it is not meant for such lessons.

    Args:
        scenario: what is played.
        minutes: how long a lesson is.
    """
    seasons = [Step("season", seconds, number) for number, seconds in enumerate(seasons_s(scenario), 1)]
    whole_s, game_s = minutes * 60, lesson_s(scenario)
    if not game_s or game_s < _LEAST_SHARE * whole_s:
        return []
    if game_s + _TALK_S <= whole_s:
        return [_in_one(seasons, whole_s)]
    return _over_several(seasons, whole_s)


def _in_one(seasons: Sequence[Step], whole_s: int) -> list[Step]:
    """Return the steps of a game that fits one lesson; what is left is for a practice season, a break, a what-if."""
    steps = [Step("join", JOINING_S), Step("explain", EXPLAINING_S)]
    spare_s = whole_s - JOINING_S - EXPLAINING_S - sum(season.seconds for season in seasons)
    played = list(seasons)
    if spare_s - seasons[0].seconds >= _TALK_MOST_S - _TALK_S:
        steps.append(Step("practice", seasons[0].seconds))
        spare_s -= seasons[0].seconds
    if whole_s >= _LONG_MIN * 60:
        played.insert((len(played) + 1) // 2, Step("pause", _PAUSE_S))
        spare_s -= _PAUSE_S
    return [*steps, *played, *_debrief(spare_s, seasons[-1].seconds)]


def _over_several(seasons: Sequence[Step], whole_s: int) -> list[list[Step]]:
    """Return the steps of each of several lessons; each season is played whole."""
    lessons = [[Step("join", JOINING_S), Step("explain", EXPLAINING_S)]]
    for season in seasons:
        if _seconds(lessons[-1]) + season.seconds > whole_s:
            lessons.append([Step("back", _BACK_S)])
        if _seconds(lessons[-1]) + season.seconds > whole_s:
            return []  # a season is longer than a lesson
        lessons[-1].append(season)
    if _seconds(lessons[-1]) + _TALK_S > whole_s:
        lessons.append([Step("back", _BACK_S)])
    lessons[-1] += _debrief(whole_s - _seconds(lessons[-1]), seasons[-1].seconds)
    return lessons if len(lessons) <= _MOST_LESSONS else []


def _debrief(seconds: int, season_s: int) -> Iterator[Step]:
    """Yield the parts of a debrief; where it is long, one season more under another rule stands before the last."""
    again_s = season_s if seconds - season_s >= _TALK_MOST_S else 0
    talk_s = min(seconds - again_s, _TALK_MOST_S)
    for name, share in _PARTS:
        if name == "life" and again_s:
            yield Step("again", again_s)
        yield Step(name, talk_s * share // 100)


def _seconds(steps: Sequence[Step]) -> int:
    return sum(step.seconds for step in steps)


def _in_minutes(steps: Sequence[Step]) -> list[Tree]:
    """Return steps with the whole minute at which each begins; what is rounded off one is part of the next."""
    ends = [round(second / 60) for second in accumulate((step.seconds for step in steps), initial=0)]
    return [
        {"name": step.name, "season": step.season, "at": start, "minutes": end - start}
        for step, start, end in zip(steps, ends, ends[1:], strict=False)
    ]
