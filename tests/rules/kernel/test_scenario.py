"""Scenarios: all mistakes of a mapping at once, each with its path and what was meant."""

from __future__ import annotations

import pytest

from makersphere_rules import shipped
from makersphere_rules.lessons.grading import points_for
from makersphere_rules.mistakes import ScenarioError
from makersphere_rules.modules.counter import CounterParams
from makersphere_rules.scenario_building import build


def test_all_mistakes_are_found_at_once() -> None:
    """A wrong number, an unknown module, a nameless phase and a misspelt parameter in one go."""
    source = {
        "name": "mine",
        "seasons": 0,
        "phase": [{"name": "", "modules": ["conter"]}, {"name": "count", "modules": ["counter"], "limit": 3}],
        "counter": {"mots": 3},
        "countr": {},
    }

    with pytest.raises(ScenarioError) as caught:
        build(source, shipped.modules())

    found = {mistake.path: mistake.nearest for mistake in caught.value.mistakes}
    assert found == {
        "seasons": "",
        "phase[0].name": "",
        "phase[0].modules.conter": "counter",
        "phase[1].limit": "limit_s",
        "counter.mots": "most",
        "countr": "counter",
    }


def test_a_parameter_out_of_its_range_names_the_range() -> None:
    """What was expected stands in the mistake."""
    source = {
        "name": "mine",
        "seasons": 1,
        "phase": [{"name": "count", "modules": ["counter"]}],
        "counter": {"most": 0},
    }

    with pytest.raises(ScenarioError, match=r"counter\.most: expected a whole number from 1 to 1000"):
        build(source, shipped.modules())


def test_a_file_changes_what_it_names_and_nothing_else() -> None:
    """Parameters that are not named have the printed values."""
    source = {
        "name": "mine",
        "seasons": 1,
        "phase": [{"name": "count", "modules": ["counter"]}],
        "counter": {"most": 3},
    }

    assert build(source, shipped.modules()).params(CounterParams).most == 3
    assert shipped.scenario("counter").params(CounterParams).most == 10


def test_a_phase_may_be_shorter_from_season_to_season() -> None:
    """A list has the limit of each season; the last goes on, and one number is that of all seasons."""
    phases = [{"name": "count", "limit_s": [90, 60], "modules": ["counter"]}, {"name": "rest", "limit_s": 30}]

    scenario = build({"name": "mine", "seasons": 4, "phase": phases}, shipped.modules())

    assert [scenario.phase("count").seconds(season) for season in (1, 2, 3, 40)] == [90, 60, 60, 60]
    assert [scenario.phase("rest").seconds(season) for season in (1, 4)] == [30, 30]


@pytest.mark.parametrize(
    ("limits", "path"),
    [([], "phase[0].limit_s"), ([30, -1], "phase[0].limit_s[1]"), ([True], "phase[0].limit_s[0]")],
)
def test_each_limit_of_a_phase_is_looked_at(limits: list[object], path: str) -> None:
    """An empty list says nothing, and a wrong number is named by its place."""
    phases = [{"name": "count", "limit_s": limits, "modules": ["counter"]}]

    with pytest.raises(ScenarioError) as caught:
        build({"name": "mine", "seasons": 1, "phase": phases}, shipped.modules())

    assert [mistake.path for mistake in caught.value.mistakes] == [path]


@pytest.mark.parametrize("name", shipped.scenario_names())
def test_every_shipped_scenario_can_be_played(name: str) -> None:
    """Its file has no mistake and is named as it names itself."""
    assert shipped.scenario(name).name == name


def test_points_for_taking_part_are_weighed_by_the_file() -> None:
    """A file says how many points each term gives; one that says nothing has the usual ones, an empty table none."""
    source = {"name": "mine", "seasons": 1, "phase": [{"name": "count", "modules": ["counter"]}]}

    assert build(source, shipped.modules()).grade == {"decided": 70, "answered": 20, "reflected": 10}
    assert build({**source, "grade": {}}, shipped.modules()).grade == {}
    mine = build({**source, "grade": {"seasons": 5, "decided": 95}}, shipped.modules())
    assert mine.grade == {"decided": 95, "seasons": 5}


@pytest.mark.parametrize("term", ["rank", "place", "score", "podium", "credits"])
def test_no_points_are_given_for_a_score_or_a_place(term: str) -> None:
    """A term that would grade by rank is refused, with those that there are."""
    source = {"name": "mine", "seasons": 1, "phase": [{"name": "count", "modules": ["counter"]}], "grade": {term: 50}}

    with pytest.raises(ScenarioError) as caught:
        build(source, shipped.modules())

    (mistake,) = caught.value.mistakes
    assert (mistake.path, mistake.text) == (f"grade.{term}", "never_by_rank")
    assert "decided, seasons, answered, reflected" in mistake.expected


def test_a_wrong_table_of_points_is_named() -> None:
    """A misspelt term with the one that was meant, points out of their range, and what is no table."""
    source = {"name": "mine", "seasons": 1, "phase": [{"name": "count", "modules": ["counter"]}]}

    with pytest.raises(ScenarioError) as caught:
        build({**source, "grade": {"decidd": 5, "answered": 101}}, shipped.modules())
    assert {mistake.path: mistake.nearest for mistake in caught.value.mistakes} == {
        "grade.decidd": "decided",
        "grade.answered": "",
    }
    with pytest.raises(ScenarioError, match="grade: expected a table of points by term"):
        build({**source, "grade": 70}, shipped.modules())


def test_points_are_in_proportion_to_what_there_was_to_do() -> None:
    """To the nearest point; a term of which there was nothing to do gives nothing and takes nothing away."""
    weights = {"decided": 70, "answered": 20, "reflected": 10}

    assert points_for(weights, {"decided": (23, 24), "answered": (1, 3), "reflected": (2, 2)}) == (67 + 7 + 10, 100)
    assert points_for(weights, {"decided": (24, 24), "answered": (0, 0)}) == (70, 70)
    assert points_for({"answered": 5}, {"answered": (1, 2)}) == (3, 5)  # a half counts up
