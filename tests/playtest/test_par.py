"""Par is measured: which scores count, at which sizes, how they come into a file, and that what ships still holds."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from functools import cache
from random import Random
from statistics import fmean, median

import pytest

from makersphere_bots.catalogue import policy
from makersphere_playtest.games.headless import ANY, play
from makersphere_playtest.games.series import game_seed
from makersphere_playtest.par import Scores, lines, measure, percentiles, powers, scores, sizes, written
from makersphere_rules import shipped
from makersphere_rules.ecosystem.table.vocabulary import ROLES
from makersphere_rules.modules.par import BEST, PERCENTILES, ParParams, better_than
from makersphere_rules.scenario_building import build

SCORED = [name for name in shipped.scenario_names() if name != "counter"]
MANY, SOME = 300, 100  # games: where it is asked who is first, and where medians alone are
FIRST = {"quickstart", "classroom"}  # that everybody plays
SEED = 8128  # no other games have it


def test_a_percentile_is_the_smallest_score_that_so_many_do_not_exceed() -> None:
    """Of 1 to 200 they are twice the shares; of three scores the middle one is from 34 to 66."""
    assert percentiles(range(200, 0, -1)) == [2 * share for share in PERCENTILES]
    assert percentiles([30, 10, 20]) == [10] * 6 + [20] * 3 + [30] * 6
    assert percentiles([30, 10, 20], 0.01)[0] == 10  # a share that rounds to none of them is the lowest


def test_roles_that_do_well_together_are_first_as_often() -> None:
    """Two do equally well in each game and the third by itself: unevened the third is first in a half of the games."""
    rng = Random(3)
    best: list[tuple[int, ...]] = [(one, one + rng.randrange(9), rng.randrange(400)) for one in range(400)]
    by_role = [*zip(*best, strict=True)]
    for even, least, most in ((False, 40, 60), (True, 30, 37)):
        found = powers(by_role) if even else [1.0] * 3
        known = [percentiles(scores_, power) for scores_, power in zip(by_role, found, strict=True)]
        firsts = [0.0] * 3
        for game in best:
            places = [better_than(score, all_) for score, all_ in zip(game, known, strict=True)]
            for role, place in enumerate(places):
                firsts[role] += (place == max(places)) / places.count(max(places)) / 4
        assert least <= firsts[2] <= most, firsts


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


@cache
def games(name: str) -> list[Scores]:
    """Return the scores of games of standard bots that par was not measured by."""
    scenario = shipped.scenario(name)
    return [scores(scenario, scenario.seats, game, SEED) for game in range(MANY if name in FIRST else SOME)]


@pytest.mark.parametrize("name", SCORED)
def test_the_standard_bot_scores_par_in_every_shipped_scenario(name: str) -> None:
    """In each role, at the scenario's own size: its median is within 8 % of par, or in the middle from 42 to 58."""
    scenario = shipped.scenario(name)
    for number, rules in enumerate([run.rules for run in scenario.runs] or [scenario]):
        for role in ROLES:
            known = rules.params(ParParams).of(role, scenario.seats)
            found = median(score for game in games(name) for score in game[number][role])
            par = known[PERCENTILES.index(50)]
            assert abs(found - par) <= 0.08 * abs(par) or 42 <= better_than(round(found), known) <= 58, (
                role,
                par,
                found,
            )


@pytest.mark.parametrize("name", sorted(FIRST))
def test_the_best_of_each_role_is_the_best_of_the_table_in_a_third_of_games(name: str) -> None:
    """Within 8 of a hundred, when standard bots play: so roles can be compared. Who shares the lead shares the game."""
    scenario = shipped.scenario(name)
    params = scenario.params(ParParams)
    firsts: dict[str, list[float]] = defaultdict(list)
    for (game,) in games(name):
        best = {role: better_than(max(game[role]), params.of(BEST + role, scenario.seats)) for role in ROLES}
        first = [role for role in ROLES if best[role] == max(best.values())]
        for role in ROLES:
            firsts[role].append((role in first) / len(first))
    shares = {role: 100 * fmean(found) for role, found in firsts.items()}
    assert all(abs(share - 100 / 3) <= 8 for share in shares.values()), shares
