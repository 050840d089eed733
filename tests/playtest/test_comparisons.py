"""Comparisons: arms share their luck, numbers don't depend on how many cores play, intervals mean what they say."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from makersphere_bots.catalogue import policy
from makersphere_playtest.games.headless import ANY, play
from makersphere_playtest.measured.intervals import Estimate
from makersphere_playtest.measured.outcomes import outcomes
from makersphere_playtest.measured.pairs import Pair
from makersphere_playtest.plans.arms import Arm, compare, with_modules
from makersphere_rules import shipped
from makersphere_rules.ecosystem.figures.service import Efficiency

SEATS = 6


def _source(name: str) -> dict[str, Any]:
    return tomllib.loads(shipped.scenario_source(name))


def _arm(name: str, **changes: str) -> Arm:
    return Arm(name, with_modules(_source("quickstart"), changes), {ANY: policy("random")}, SEATS)


def test_one_module_takes_the_place_of_another_and_none_stands_twice() -> None:
    """A variant changes the named modules and nothing else."""
    source = _source("classroom")
    changed = with_modules(source, {"clearinghouse": "negotiation"})
    before = {phase["name"]: phase["modules"] for phase in source["phase"]}
    after = {phase["name"]: phase["modules"] for phase in changed["phase"]}
    assert after == {**before, "matching": ["negotiation"]}
    assert before["matching"] == ["negotiation", "clearinghouse"]


def test_arms_with_the_same_rules_have_the_same_luck() -> None:
    """Two arms that differ in name alone differ in nothing, game by game."""
    rows = compare([_arm("one"), _arm("other")], 3, seed=5, jobs=1).rows()
    assert all(one.estimate == other.estimate for one, other in (row.cells for row in rows))
    assert all(row.cells[1].difference == Estimate(0, 0, 0) for row in rows)
    score = next(row.cells[0].estimate for row in rows if row.outcome == "score_maker")
    assert score.lo < score.mean < score.hi


def test_the_number_of_cores_changes_nothing() -> None:
    """The same seed gives the same numbers in one process and in two."""
    told: list[None] = []
    alone = compare([_arm("one")], 4, seed=5, jobs=1)
    shared = compare([_arm("one")], 4, seed=5, jobs=2, done=lambda: told.append(None))
    assert alone == shared
    assert len(told) == 4


def test_outcomes_are_what_the_figures_and_scores_say() -> None:
    """Counts are sums over seasons, indices and scores are means, efficiency is the opened one."""
    result = play(shipped.scenario("quickstart"), SEATS, "5", {ANY: policy("standard")}, keep=True)
    assert result.state is not None
    found = outcomes(result)
    seasons = [result.figures[season] for season in (1, 2)]
    space = result.roles.index("operator") + 1
    shares = [season.share for season in result.state.all(Efficiency).values()]
    makers = [score for role, score in zip(result.roles, result.scores, strict=True) if role == "maker"]
    assert found["births"] == sum(season["births"] for season in seasons) > 0
    assert found["vitality"] == sum(season[f"vitality_{space}"] for season in seasons) / 2 > 0
    assert found["efficiency"] == sum(shares) / len(shares) > 0
    assert found["score_maker"] == pytest.approx(sum(makers) / len(makers))


def test_outcomes_want_a_game_that_kept_its_state() -> None:
    """Efficiency is read from the state; a game without one is refused."""
    with pytest.raises(ValueError, match="without keeping its state"):
        outcomes(play(shipped.scenario("quickstart"), SEATS, "5", {ANY: policy("random")}))


def test_a_difference_is_clear_when_its_interval_leaves_out_nought() -> None:
    """What is taken game by game shows through what all games share."""
    luck = [float(value) for value in (10, 40, 20, 70, 30, 90, 50, 60, 80, 0)]
    better = [value + 2 + value % 3 for value in luck]
    assert Pair.of(better, luck).difference().estimate().is_clear
    assert not Pair.of(luck, [*luck[1:], luck[0]]).difference().estimate().is_clear
