"""Par is measured: which scores count, at which sizes, and how they come into a file."""

from __future__ import annotations

import tomllib

import pytest

from makersphere_bots.catalogue import policy
from makersphere_playtest.games.headless import ANY, play
from makersphere_playtest.games.series import game_seed
from makersphere_playtest.par import lines, measure, percentiles, scores, sizes, written
from makersphere_rules import shipped
from makersphere_rules.ecosystem.table.vocabulary import ROLES
from makersphere_rules.modules.par import BEST, PERCENTILES
from makersphere_rules.scenario_building import build

SCORED = [name for name in shipped.scenario_names() if name != "counter"]


def test_a_percentile_is_the_smallest_score_that_so_many_do_not_exceed() -> None:
    """Of 1 to 200 they are twice the shares; of three scores the middle one is from 34 to 66."""
    assert percentiles(range(200, 0, -1)) == [2 * share for share in PERCENTILES]
    assert percentiles([30, 10, 20]) == [10] * 6 + [20] * 3 + [30] * 6


def test_a_scenario_is_measured_at_its_own_size_at_both_ends_and_between() -> None:
    """As far as it is made for them."""
    assert {name: sizes(shipped.scenario(name)) for name in ("quickstart", "rivals", "classroom")} == {
        "quickstart": [3, 6, 8, 12, 18, 24],
        "rivals": [12, 18, 30, 45],
        "classroom": [6, 8, 12, 18, 30, 60],
    }
    assert all(
        {shipped.scenario(name).seats, *shipped.scenario(name).made_for} <= {*sizes(shipped.scenario(name))}
        for name in SCORED
    )


def test_the_scores_of_a_game_count_by_role_and_of_its_best() -> None:
    """Of two runs with one rule changed each counts by itself; a practice season does not."""
    source = {**shipped.scenario("mechanisms").source, "seasons": 1, "practice": True}
    scenario = build(source, shipped.modules())
    results = play(scenario, 6, game_seed(7, 0), {ANY: policy("standard")}).runs
    assert [result.practice for result in results] == [True, False, False]
    for found, result in zip(scores(scenario, 6, 0, 7), results[1:], strict=True):
        makers = [result.scores[seat] for seat in (1, 2, 3)]
        assert (found["maker"], found["best_maker"]) == (makers, [max(makers)])
        assert found["operator"] == found["best_operator"] == [result.scores[6]]


def test_all_scenarios_are_measured_at_once() -> None:
    """Each size by as many games, and its own by twice as many; who counts them is told."""
    told: list[int] = []
    found = measure(["quickstart"], 1, told.append, jobs=1)
    assert sum(told) == 7
    (tables,) = found["quickstart"]
    assert {table: [*by_size] for table, by_size in tables.items()} == {
        f"{best}{role}": [3, 6, 8, 12, 18, 24] for best in ("", BEST) for role in ROLES
    }
    assert tables["maker"][3] == percentiles(scores(shipped.scenario("quickstart"), 3, 0)[0]["maker"])


@pytest.mark.parametrize("name", ["quickstart", "mechanisms"])
def test_new_tables_take_the_place_of_the_old(name: str) -> None:
    """All else in the file stays as it was, with its comments; tables of a run stand behind the rest of the run."""
    text = shipped.scenario_source(name)
    runs = [run.name for run in shipped.scenario(name).runs] or [""]
    told = [[*lines(run, {"maker": {6: [*range(at, at + 15)]}}, "made up")] for at, run in enumerate(runs)]
    new = written(text, told)
    before, after = tomllib.loads(text), tomllib.loads(new)
    for at, (one, other) in enumerate(zip(before.get("run", [before]), after.get("run", [after]), strict=True)):
        assert {**one, "par": {"maker": {"6": [*range(at, at + 15)]}}} == other
    assert written(new, told) == new
    comments = [line for line in text.splitlines() if "#" in line and "par" not in line]
    assert comments == [line for line in new.splitlines() if "#" in line and "par" not in line]
