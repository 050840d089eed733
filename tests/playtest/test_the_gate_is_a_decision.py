"""The gate is a decision, in a few real games: each of its terms at an end of its range costs the operator."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from makersphere_bots.catalogue import policy
from makersphere_playtest.games.headless import ANY
from makersphere_playtest.plans.arms import Arm, compare
from makersphere_rules import shipped
from makersphere_rules.ecosystem.table.vocabulary import OPERATOR

_ENDS = [
    f"{term}-{end}"
    for term, top in {"rent": 30, "maker-bar": 80, "investor-bar": 80, "appraisal-bar": 80}.items()
    for end in (0, top)
]


@pytest.mark.parametrize(("name", "seats", "games"), [("quickstart", 8, 16)])
def test_each_term_at_an_end_of_its_range_costs_the_operator_5_per_cent(name: str, seats: int, games: int) -> None:
    """Surely less than the standard bot makes in the same games, and at least 5 % less on average."""
    source = tomllib.loads(shipped.scenario_source(name))
    source.pop("introduced")  # bars for makers come in the second of two seasons, when most have their desk
    _costs(source, seats, games, _ENDS)


def test_bars_that_come_in_the_second_of_three_seasons_cost_as_much() -> None:
    """In `classroom` as it ships: each bar at its ends, but the highest appraisal bar, which needs more games."""
    ends = [end for end in _ENDS if "bar" in end and end != "appraisal-bar-80"]
    _costs(tomllib.loads(shipped.scenario_source("classroom")), 12, 40, ends)


def _costs(source: Mapping[str, Any], seats: int, games: int, ends: Sequence[str]) -> None:
    arms = [Arm("standard", source, {ANY: policy("standard")}, seats)]
    arms += [Arm(end, source, {ANY: policy("standard"), OPERATOR: policy(end)}, seats) for end in ends]
    row = next(row for row in compare(arms, games, 160005).rows() if row.outcome == "score_operator")
    usual, *others = row.cells
    for cell in others:
        assert cell.difference is not None
        assert cell.difference.hi < 0, cell.arm
        assert cell.difference.mean <= -0.05 * usual.estimate.mean, cell.arm
