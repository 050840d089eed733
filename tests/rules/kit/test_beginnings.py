"""From when on other rules are played: at once, from the next season on, or never."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from makersphere_rules import shipped
from makersphere_rules.choices.named import table_of
from makersphere_rules.kit.beginnings import beginnings
from makersphere_rules.module import RuleModule
from makersphere_rules.runs import CHANGED
from makersphere_rules.scenario_building import build

PHASES = [phase.name for phase in shipped.scenario("classroom").phases]
WITH_CHOICES = [name for name in shipped.scenario_names() if shipped.scenario(name).choices]
# The last phase at whose start each declared choice still begins for the season of the fork.
LATEST = {
    "no_elimination": "appraisal",
    "weakest_close": "appraisal",
    "hours_negotiated": "matching",
    "shared_by_work": "market",
    "double_tax": "market",
    "no_tax": "market",
    "bare_garage": "incubation",
    "desk_for_everybody": "recap",
}


def seasons(name: str, change: dict[str, Any], season: int, phase: str) -> dict[str, int]:
    """Return from which season on each change is played."""
    scenario = build({**shipped.scenario(name).source, CHANGED: change}, shipped.modules())
    assert scenario.changed is not None
    return {one.path: one.season for one in beginnings(scenario.changed, scenario, (season, phase))}


@pytest.mark.parametrize("name", WITH_CHOICES)
def test_each_declared_choice_begins_at_once_until_its_phase_is_over(name: str) -> None:
    """After that it waits for the next season, in each scenario that offers it."""
    for choice in shipped.scenario(name).choices:
        for phase in PHASES:
            waits = PHASES.index(phase) > PHASES.index(LATEST[choice.name])
            found = seasons(name, table_of([choice]), 1, phase)
            assert found
            assert set(found.values()) == {2 if waits else 1}, (choice.name, phase)


@pytest.mark.parametrize(
    ("change", "phase", "season", "latest"),
    [
        ({"world": {"maker_hours": 12}}, "policy", 3, (1, "recap")),
        ({"world": {"demand_per_maker": 99}}, "policy", 3, (1, "recap")),
        ({"policy": {"only": 2}}, "recap", 3, (1, "recap")),
        ({"policy": {"up": 200}}, "market", 2, (2, "market")),
        ({"policy": {"level_price": 9}}, "admission", 3, (2, "policy")),
        ({"world": {"angel_credits": 99}}, "policy", 0, None),
        ({"world": {"search_cost": 9}}, "recap", 2, (2, "recap")),
    ],
)
def test_what_is_fixed_before_begins_later_or_never(
    change: dict[str, Any], phase: str, season: int, latest: tuple[int, str] | None
) -> None:
    """Hours are given as a season begins, demand as its first phase opens, credits as the game is dealt."""
    scenario = build({**shipped.scenario("classroom").source, CHANGED: change}, shipped.modules())
    assert scenario.changed is not None
    (found,) = beginnings(scenario.changed, scenario, (2, phase))
    assert (found.season, found.latest) == (season, latest)


def test_in_the_first_season_there_is_no_earlier_start() -> None:
    """The season before is the lobby."""
    change = {"world": {"maker_hours": 12}}
    scenario = build({**shipped.scenario("classroom").source, CHANGED: change}, shipped.modules())
    assert scenario.changed is not None
    (found,) = beginnings(scenario.changed, scenario, (1, "policy"))
    assert (found.season, found.latest) == (2, None)


@pytest.mark.parametrize("module", shipped.own_modules().values(), ids=lambda module: module.name)
def test_what_modules_say_of_parameters_names_such_parameters(module: RuleModule) -> None:
    """A parameter that is renamed is renamed there, too."""
    names = {field.name for field in attrs.fields(module.params)} if module.params else set()
    assert {*module.fixed_by, *module.counts_in} <= names
    assert set(module.fixed_by.values()) <= {"game", "season", *PHASES}
    assert set(module.counts_in.values()) <= {*PHASES}
