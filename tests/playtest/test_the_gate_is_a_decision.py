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

_BARS = ("maker-bar", "investor-bar", "appraisal-bar")
_ENDS = ["rent-0", "rent-30", *(f"{bar}-{end}" for bar in _BARS for end in (0, "most"))]


@pytest.mark.parametrize(("name", "seats", "games"), [("quickstart", 8, 16), ("classroom", 12, 40)])
def test_each_term_at_an_end_of_its_range_costs_the_operator_5_per_cent(name: str, seats: int, games: int) -> None:
    """In a game as it ships: surely less than the standard bot makes in it, and at least 5 % less on average."""
    source = tomllib.loads(shipped.scenario_source(name))
    never = source["introduced"]["set_terms"]["appraisal_bar"] > source["seasons"]
    _costs(source, seats, games, [end for end in _ENDS if not (never and end.startswith("appraisal"))])


def _costs(source: Mapping[str, Any], seats: int, games: int, ends: Sequence[str]) -> None:
    arms = [Arm("standard", source, {ANY: policy("standard")}, seats)]
    arms += [Arm(end, source, {ANY: policy("standard"), OPERATOR: policy(end)}, seats) for end in ends]
    row = next(row for row in compare(arms, games, 160005).rows() if row.outcome == "score_operator")
    usual, *others = row.cells
    for cell in others:
        assert cell.difference is not None
        assert cell.difference.hi < 0, cell.arm
        assert cell.difference.mean <= -0.05 * usual.estimate.mean, cell.arm
