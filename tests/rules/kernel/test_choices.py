"""Choices that a scenario declares: what they change, which contradict each other, and what is wrong with a file's."""

from __future__ import annotations

from copy import deepcopy
from itertools import combinations
from typing import Any

import pytest

from makersphere_protocol.texts import say
from makersphere_rules import shipped
from makersphere_rules.choices.named import contradiction, plain, taken
from makersphere_rules.kit.soundness import checked
from makersphere_rules.modules.counter import CounterParams
from makersphere_rules.scenario import Scenario
from makersphere_rules.scenario_building import build

COUNT = {
    "name": "mine",
    "seasons": 1,
    "phase": [{"name": "count", "modules": ["counter"]}],
    "counter": {"most": 3},
}
WITH_CHOICES = ("quickstart", "classroom", "seminar", "rivals", "training")


def with_choices(*choices: dict[str, Any]) -> dict[str, Any]:
    """Return the mapping of a scenario that declares choices."""
    return {**deepcopy(COUNT), "choices": list(choices)}


def declared(*choices: dict[str, Any]) -> Scenario:
    """Return a scenario that declares choices."""
    return build(with_choices(*choices), shipped.modules())


def test_a_choice_taken_is_as_if_the_file_had_been_written_so() -> None:
    """The mapping is plain: it declares no choice, and has the values in its tables."""
    found = declared({"name": "many", "counter": {"most": 9}})
    assert found.params(CounterParams).most == 3
    assert taken(found.source, found.choices) == {**COUNT, "counter": {"most": 9}, "phase": COUNT["phase"]}
    assert taken(found.source, []) == plain(found.source) == COUNT


def test_two_choices_contradict_each_other_where_they_set_one_thing_differently() -> None:
    """The same value is no contradiction, and neither is another parameter."""
    many, few, also = (
        {"name": "many", "counter": {"most": 9}},
        {"name": "few", "counter": {"most": 2}},
        {"name": "also", "counter": {"most": 9}},
    )
    choices = declared(many, few, also).choices
    assert contradiction(choices[:2]) == ("many", "few")
    assert contradiction([choices[0], choices[2]]) is None


@pytest.mark.parametrize(
    ("choice", "path"),
    [
        ({"world": {"tax": 9}}, "choices[0].name"),
        ({"name": "a b", "world": {"tax": 9}}, "choices[0].name"),
        ({"name": "many", "world": {"tax": 99}}, "choices[0].world.tax"),
        ({"name": "many", "wrld": {"tax": 2}}, "choices[0].wrld"),
        ({"name": "many", "modules": {"counting": []}}, "choices[0].modules.counting"),
        ({"name": "many", "title": {"en": "Many"}}, "choices[0].text"),
        ({"name": "many", "title": "Many", "text": {"en": "More."}}, "choices[0].title"),
        ({"name": "many", "seasons": 3}, "choices[0].seasons"),
    ],
)
def test_what_is_wrong_with_a_choice_is_told_with_its_place(choice: dict[str, Any], path: str) -> None:
    """As with the rest of a scenario's file."""
    _, mistakes = checked({**shipped.scenario("classroom").source, "choices": [choice]}, shipped.modules())
    assert path in {mistake.path for mistake in mistakes}


def test_two_choices_of_one_name_and_choices_beside_runs_are_mistakes() -> None:
    """A name leads to one choice; runs are changes already."""
    classroom = {**shipped.scenario("classroom").source, "choices": [{"name": "one"}, {"name": "one"}]}
    assert [mistake.path for mistake in checked(classroom, shipped.modules())[1]] == ["choices[1].name"]
    beside = {**classroom, "choices": [{"name": "one"}], "run": [{"name": "first"}]}
    assert [mistake.path for mistake in checked(beside, shipped.modules())[1]] == ["choices"]


def test_what_is_wrong_with_a_choice_keeps_no_game_from_being_played() -> None:
    """Other rules are made of a scenario that ships: what means nothing to them is not offered, or is refused."""
    found = build(with_choices({"name": "a b"}, {"name": "tax", "world": {"tax": 3}}), shipped.modules())
    assert [choice.name for choice in found.choices] == ["tax"]


def test_a_choice_that_nobody_could_play_is_a_mistake() -> None:
    """As `scenario check` says it of the rules without it."""
    source = {
        **shipped.scenario("classroom").source,
        "choices": [{"name": "no_pay", "modules": {"market": ["market"]}}],
    }
    _, mistakes = checked(source, shipped.modules())
    assert {mistake.path.partition(".")[0] for mistake in mistakes} == {"choices[0]"}


@pytest.mark.parametrize("name", WITH_CHOICES)
def test_shipped_choices_can_be_taken_alone_and_two_together(name: str) -> None:
    """All that do not contradict each other; those that do are the ends of one thing."""
    scenario = shipped.scenario(name)
    refused = set()
    for two in combinations(scenario.choices, 2):
        if contradiction(two):
            refused.add(tuple(choice.name for choice in two))
            continue
        assert checked(taken(scenario.source, two), shipped.modules())[1] == []
    assert refused == {("no_elimination", "weakest_close"), ("double_tax", "no_tax")}
    for choice in scenario.choices:
        changed = build(taken(scenario.source, [choice]), shipped.modules())
        assert (changed.values, changed.modules) != (scenario.values, scenario.modules), choice.name


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_shipped_choice_says_what_it_does(language: str) -> None:
    """A title, and one sentence."""
    names = {choice.name for name in WITH_CHOICES for choice in shipped.scenario(name).choices}
    for name in names:
        assert say(language, f"rule_choice.{name}")
        assert say(language, f"rule_choice.{name}.text")
