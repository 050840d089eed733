"""How many seats a role has at least and at most, where a scenario says so: `[roles.ROLE]`."""

from __future__ import annotations

import tomllib
from collections import Counter
from typing import Any

import pytest
from hypothesis import given as anything
from hypothesis import strategies as st

from makersphere_rules import engine, shipped
from makersphere_rules.kit.soundness import checked
from makersphere_rules.split import within


def _source(roles: object, **more: object) -> dict[str, Any]:
    return {**tomllib.loads(shipped.scenario_source("classroom")), "roles": roles, **more}


def _mistakes(source: dict[str, Any]) -> dict[str, str]:
    return {mistake.path: mistake.text for mistake in checked(source, shipped.modules())[1]}


@pytest.mark.parametrize(
    ("seats", "roles", "dealt"),
    [
        (12, {}, {"maker": 7, "investor": 4, "operator": 1}),
        (12, {"investor": {"most": 2}}, {"maker": 9, "investor": 2, "operator": 1}),
        (12, {"operator": {"least": 3}}, {"maker": 5, "investor": 4, "operator": 3}),
        (12, {"maker": {"most": 5}, "investor": {"most": 4}}, {"maker": 5, "investor": 4, "operator": 3}),
        (30, {"operator": {"least": 4, "most": 4}}, {"maker": 17, "investor": 9, "operator": 4}),
        (6, {"investor": {"least": 3}}, {"maker": 2, "investor": 3, "operator": 1}),
        (7, {"operator": {"least": 4}}, {"maker": 1, "investor": 2, "operator": 4}),
        (6, {"investor": {"least": 4}, "operator": {"most": 1}}, {"maker": 1, "investor": 4, "operator": 1}),
    ],
)
def test_seats_are_dealt_within_the_bounds(seats: int, roles: dict[str, dict[str, int]], dealt: dict[str, int]) -> None:
    """What is too few is taken from the role with most to spare, what is too many goes to the first with room."""
    scenario, mistakes = checked(_source(roles), shipped.modules())
    assert mistakes == []
    assert Counter(engine.seating(scenario, seats)) == dealt


@anything(
    st.dictionaries(st.sampled_from("abcd"), st.integers(0, 40), min_size=1),
    st.dictionaries(st.sampled_from("abcd"), st.tuples(st.integers(0, 12), st.integers(12, 40))),
)
def test_nothing_is_lost_and_bounds_hold_where_they_can(
    parts: dict[str, int], bounds: dict[str, tuple[int, int]]
) -> None:
    """Each unit stays in some part; all bounds hold if there are units enough and not too many."""
    moved = within(parts, bounds)
    whole = sum(parts.values())
    here = {name: bounds.get(name, (0, whole)) for name in parts}
    assert (sum(moved.values()), list(moved)) == (whole, list(parts))
    if sum(least for least, _ in here.values()) <= whole <= sum(most for _, most in here.values()):
        assert all(least <= moved[name] <= most for name, (least, most) in here.items())


@pytest.mark.parametrize(
    ("roles", "path", "text"),
    [
        ({"teacher": {"most": 2}}, "roles.teacher", "role"),
        ({"maker": 3}, "roles.maker", "role_tables"),
        ([], "roles", "role_tables"),
        ({"maker": {"least": 0}}, "roles.maker.least", "whole"),
        ({"maker": {"least": 3, "most": 2}}, "roles.maker.most", "whole"),
        ({"maker": {"fewest": 5}}, "roles.maker.fewest", "role_key"),
        ({"maker": {"least": 4}, "investor": {"least": 2}}, "roles", "seats_of_roles"),
        ({"maker": {"most": 20}, "investor": {"most": 10}, "operator": {"most": 9}}, "roles", "room_for_roles"),
    ],
)
def test_what_cannot_be_seated_is_said(roles: object, path: str, text: str) -> None:
    """`classroom` is made for 6 to 60, so bounds must let 6 and 60 be seated."""
    assert _mistakes(_source(roles)) == {path: text}


def test_a_run_has_the_bounds_of_all() -> None:
    """Seats are given once, for all runs."""
    source = _source(
        {"investor": {"most": 4}}, run=[{"name": "one"}, {"name": "two", "roles": {"maker": {"most": 50}}}]
    )
    assert _mistakes(source) == {"run[1].roles": "as_before_the_run"}
