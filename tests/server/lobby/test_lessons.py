"""Lessons: every shipped scenario has one, all that it names can be said, and its plans are those of its own clocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from makersphere_protocol.texts import catalogue, languages
from makersphere_rules import shipped
from makersphere_rules.lessons.grading import TERMS
from makersphere_rules.lessons.packs import OTHERWISE, Pack, pack
from makersphere_server.lobby.lessons import LENGTHS, Step, lesson_tree, plan
from makersphere_server.room.model.lesson_plan import lesson_s

NAMES = [name for name in shipped.scenario_names() if name != "counter"]
DEBRIEF = {"feel", "figures", "moments", "life"}


def lesson(name: str) -> Pack:
    """Return the lesson of a scenario, which has one."""
    found = pack(name)
    assert found is not None
    return found


def named(found: Pack) -> Iterator[str]:
    """Yield the key of each text that a lesson names."""
    for one in found.objectives:
        yield from (f"lesson.objective.{one.name}", f"lesson.objective.{one.name}.ask")
        yield from (f"lesson.mechanism.{one.mechanism}", f"phase.{one.phase}", f"figure.{one.figure}")
        yield from (f"{one.card}.name", f"lesson.moment.{one.moment}", f"moment.{one.moment}")
    for asked in found.questions:
        yield from (f"lesson.asks.{asked.name}{part}" for part in ("", ".right", ".wrong", ".other", ".why"))
        yield f"figure.{asked.figure}"
    for case in OTHERWISE:
        yield from (f"lesson.otherwise.{case}", f"lesson.otherwise.{case}.say")


@pytest.mark.parametrize("name", NAMES)
def test_every_shipped_scenario_has_a_lesson(name: str) -> None:
    """Three objectives or more, five questions, what usually happens; each name has its text, in both languages."""
    found = lesson(name)
    assert len(found.objectives) >= 3
    assert len(found.questions) == 5
    assert found.usual
    missing = {(lang, key) for lang in languages() for key in named(found) if key not in catalogue(lang)}
    assert missing == set()


def test_the_page_offers_every_lesson() -> None:
    """By name: the page has the order in which they are offered."""
    page = (Path(__file__).parents[3] / "clients/web/src/lesson/lesson_page.tsx").read_text("utf-8")
    offered = re.search(r"SCENARIOS = \[(.*?)\]", page)
    assert offered is not None
    assert sorted(re.findall(r'"(\w+)"', offered[1])) == sorted(NAMES)


def test_what_is_no_scenario_has_no_lesson() -> None:
    """A name of nothing, of a list, or of another folder finds none."""
    assert [pack(name) for name in ("counter", "nothing", "objectives", "../scenarios/classroom")] == [None] * 4
    assert lesson_tree(shipped.scenario("counter")) is None


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_has_every_season_and_time_to_talk(name: str) -> None:
    """In each lesson that it is made for: no lesson is overfull, all seasons come in order, and a debrief ends it."""
    scenario = shipped.scenario(name)
    plans = {length: lessons for length in LENGTHS if (lessons := plan(scenario, length))}
    assert plans
    for length, lessons in plans.items():
        steps: list[Step] = [step for one in lessons for step in one]
        assert all(sum(step.seconds for step in one) <= length * 60 for one in lessons)
        played = [step.season for step in steps if step.name == "season"]
        assert played == list(range(1, len(played) + 1))
        assert sum(step.seconds for step in steps if step.name in DEBRIEF) >= 14.8 * 60
        game = sum(step.seconds for step in steps if step.name in ("join", "explain", "season"))
        assert game == lesson_s(scenario)


def test_a_game_of_45_minutes_leaves_15_of_60_to_talk() -> None:
    """As the rulebook promises of `classroom`; in a lesson of 45 minutes its debrief is the next lesson's."""
    classroom = shipped.scenario("classroom")
    (whole,) = plan(classroom, 60)
    assert sum(step.seconds for step in whole if step.name in DEBRIEF) == 15 * 60
    first, second = plan(classroom, 45)
    assert [step.name for step in second] == ["back", "feel", "figures", "moments", "life"]
    assert sum(step.seconds for step in first) == 45 * 60


def test_the_page_reads_whole_minutes_that_leave_no_gap() -> None:
    """Each step begins where the one before it ends."""
    tree = lesson_tree(shipped.scenario("classroom"))
    assert tree is not None
    for one in (steps for planned in tree["plans"] for steps in planned["lessons"]):
        ends = [step["at"] + step["minutes"] for step in one]
        assert [step["at"] for step in one] == [0, *ends[:-1]]
        assert ends[-1] <= 90
    assert {objective["card"].partition(".")[0] for objective in tree["objectives"]} <= {"policy", "market"}


@pytest.mark.parametrize("name", NAMES)
def test_what_points_are_given_for_is_said_before_the_game(name: str) -> None:
    """The lesson has the points of each term of the scenario's file, and each term has a sentence in every language."""
    scenario = shipped.scenario(name)
    tree = lesson_tree(scenario)
    assert tree is not None
    assert tree["grade"] == dict(scenario.grade)
    for language in languages():
        assert {f"lesson.grade.{term}" for term in TERMS} <= catalogue(language).keys()
