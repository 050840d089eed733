"""Par: scores held against what the standard bot makes of the role in a room of that size."""

from __future__ import annotations

import pytest

from makersphere_bots.catalogue import policy
from makersphere_playtest.games.headless import ANY, play
from makersphere_playtest.par import measure, tables
from makersphere_rules import engine, shipped
from makersphere_rules.dice import SeededDice
from makersphere_rules.ecosystem.table.ratings import Score
from makersphere_rules.module import Draft
from makersphere_rules.modules.par import SIZES, Par, ParGiven, ParParams, between
from makersphere_rules.scenario import Scenario
from makersphere_rules.scenario_building import build
from makersphere_rules.state import State
from tests.rules.table import given, investor, maker, space

ANN, FUND, OLGA = 1, 2, 3
SCORED = [name for name in shipped.scenario_names() if name != "counter"]


@pytest.mark.parametrize(
    ("seats", "par"), [(1, 100), (6, 100), (9, 150), (12, 200), (13, 201), (14, 203), (24, 220), (60, 220), (500, 220)]
)
def test_par_lies_on_the_line_between_the_measured_sizes(seats: int, par: int) -> None:
    """100 at 6, 200 at 12, 220 at 24: half-way 150; a twelfth of 20 is 1; outside, the nearest."""
    assert between([(6, 100), (12, 200), (24, 220)], seats) == par


def test_between_falling_pars_it_is_rounded_down() -> None:
    """From 100 at 6 to 95 at 12 each seat takes 5/6 of a point."""
    assert [between([(6, 100), (12, 95)], seats) for seats in range(6, 13)] == [100, 99, 98, 97, 96, 95, 95]


def test_a_size_that_was_not_measured_is_left_out() -> None:
    """A role without any has no par."""
    params = ParParams(maker_6=100, maker_24=190)
    assert params.measured("maker") == [(6, 100), (24, 190)]
    assert between(params.measured("maker"), 12) == 130
    assert between(params.measured("operator"), 12) == 0


def test_a_score_is_given_in_per_cent_of_par() -> None:
    """90 of 80 is 112, a debt of 5 is - 7; the operator was not measured and has none; all of it is public."""
    scores = (Score(ANN, final=90), Score(FUND, final=-5), Score(OLGA, final=400))
    seats = (maker(ANN), investor(FUND, "fund"), space(OLGA))
    table = given(*seats, *scores, modules=[Par()], params={"par": {"maker_3": 80, "investor_3": 70}})
    draft = Draft(table.state, applies=True)
    Par().end(draft)
    table.state.settle()
    assert [(score.par, score.of_par) for score in table.found(Score)] == [(80, 112), (70, -8), (None, None)]
    assert "'of_par': 112" in table.public()


@pytest.mark.parametrize("name", SCORED)
def test_every_shipped_scenario_knows_par_of_each_role_at_the_sizes_it_is_made_for(name: str) -> None:
    """Makers, investors and operators can be compared wherever scores are given."""
    scenario = shipped.scenario(name)
    least, most = scenario.made_for
    measured = [size for size in SIZES if least <= size <= most]
    for rules in [run.rules for run in scenario.runs] or [scenario]:
        params = rules.params(ParParams)
        for role in ("maker", "investor", "operator"):
            assert [size for size, _ in params.measured(role)] == measured, role


def test_each_run_is_measured_by_itself() -> None:
    """Of two runs with one rule changed the par is that of each run's own scores; a practice season has none."""
    source = {**shipped.scenario("mechanisms").source, "seasons": 1, "practice": True}
    scenario = build(source, shipped.modules())
    (run, other), results = measure(scenario, 6, 1), play(scenario, 6, "1955", {ANY: policy("standard")}).runs

    assert [result.practice for result in results] == [True, False, False]
    for found, result in ((run, results[1]), (other, results[2])):
        assert found["operator"] == result.scores[6]
        assert found["maker"] == sorted(result.scores[seat] for seat in (1, 2, 3))[1]
    lines = list(tables("mechanisms", scenario, 1, {6: [run, other]}))
    assert [line for line in lines if line.startswith("operator")] == [
        f"operator_6 = {run['operator']}",
        f"operator_6 = {other['operator']}",
    ]
    assert [line.split(" #")[0] for line in lines if "[" in line] == ["[run.par]", "[run.par]"]


def played(scenario: Scenario) -> tuple[State, list[ParGiven]]:
    """Return the end of a whole game of nobody, and what was told of par."""
    state = engine.new(scenario, SeededDice(b"p" * 32), 6)
    engine.step(state, engine.ROOM, engine.Order("start"))
    told: list[ParGiven] = []
    while state.game.status == "running":
        events = engine.step(state, engine.ROOM, engine.Order("close"))
        assert isinstance(events, tuple)
        told += [event for event in events if isinstance(event, ParGiven)]
    return state, told


def test_each_run_is_held_against_its_own_par() -> None:
    """What a run's table says of a role is what its scores are held against."""
    scenario = shipped.scenario("mechanisms")
    _, told = played(scenario)
    for run, event in zip(scenario.runs, told, strict=True):
        params = run.rules.params(ParParams)
        assert [event.pars[seat] for seat in (1, 4, 6)] == [
            params.maker_6,
            params.investor_6,
            params.operator_6,
        ]
    assert told[0].pars != told[1].pars


@pytest.mark.parametrize("scenario", [shipped.scenario(name) for name in SCORED], ids=SCORED)
def test_everybody_is_held_against_par_at_the_end(scenario: Scenario) -> None:
    """A whole game of nobody: each final score comes with its par."""
    state, told = played(scenario)
    assert all(score.par and score.of_par is not None for score in state.all(Score).values())
    assert set(told[-1].pars) == set(state.seats())
