"""Par: final scores held against what standard bots make of the role in a room of that size."""

from __future__ import annotations

import pytest

from makersphere_rules import engine, shipped
from makersphere_rules.dice import SeededDice
from makersphere_rules.ecosystem.table.ratings import Comparison, Score
from makersphere_rules.ecosystem.table.vocabulary import ROLES
from makersphere_rules.entity import changed
from makersphere_rules.module import Draft
from makersphere_rules.modules.par import BEST, PERCENTILES, Par, ParGiven, ParParams, better_than, between
from makersphere_rules.scenario import Scenario, module_tree
from makersphere_rules.scenario_building import build, drafted
from makersphere_rules.state import State
from tests.rules.table import given, investor, maker, space

ANN, FUND, OLGA, BO = 1, 2, 3, 4
SCORED = [name for name in shipped.scenario_names() if name != "counter"]
SCALE = tuple(range(10, 160, 10))  # 10 points at the first percentile, 80 at the median, 150 at the last


def test_between_measured_sizes_percentiles_lie_on_straight_lines() -> None:
    """Half-way between 6 and 12 seats they are half-way, rounded down; outside they are those of the nearest."""
    by_size = {6: SCALE, 12: tuple(21 + value for value in SCALE), 24: SCALE}
    assert between(by_size, 9) == tuple(10 + value for value in SCALE)
    assert between(by_size, 23) == tuple(1 + value for value in SCALE)
    assert [between(by_size, seats) for seats in (1, 6, 24, 500)] == [SCALE] * 4
    assert between({}, 12) == ()


@pytest.mark.parametrize(
    ("score", "place"), [(-50, 0), (9, 0), (10, 1), (30, 5), (80, 50), (85, 55), (89, 59), (150, 99), (151, 100)]
)
def test_a_score_is_better_than_so_many_of_a_hundred(score: int, place: int) -> None:
    """Straight lines between the percentiles, rounded down; 0 below the first, 100 above the last."""
    assert better_than(score, SCALE) == place


def test_whoever_scores_as_many_do_stands_in_their_middle() -> None:
    """From the fifth to the median all have 40: that is 27 of a hundred; one point more is already half."""
    flat = (10, 20, 40, 40, 40, 40, 40, 40, 50, 60, 70, 80, 90, 100, 110)
    assert [better_than(score, flat) for score in (39, 40, 41)] == [4, 27, 51]


def test_a_seat_is_held_against_its_role_and_the_best_against_the_best() -> None:
    """Ann and Bo are makers, and Ann is the first: she alone is held against best makers. No operator was measured."""
    places = {ANN: (95, 1), FUND: (-5, 1), OLGA: (400, 1), BO: (30, 2)}
    scores = [Score(seat, final=final, place=place) for seat, (final, place) in places.items()]
    best = [value + 50 for value in SCALE]
    params = {"maker": {"4": [*SCALE]}, "best_maker": {"4": best}, "investor": {"4": [*SCALE]}}
    seats = (maker(ANN), investor(FUND, "fund"), space(OLGA), maker(BO))
    table = given(*seats, *scores, modules=[Par()], params={"par": params})
    draft = Draft(table.state, applies=True)
    Par().end(draft)
    table.state.settle()
    assert [score.par for score in table.found(Score)] == [80, 80, None, 80]
    assert table.found(Comparison) == [Comparison(ANN, 65, 15), Comparison(FUND, 0), Comparison(BO, 5)]
    assert "'better_than': 65" in table.public()


def test_a_log_from_before_has_per_cent_of_par() -> None:
    """Its event has the median alone, and means what it meant."""
    table = given(maker(ANN), Score(ANN, final=90, place=1), modules=[Par()])
    ParGiven({ANN: 80}).apply(table.state)
    assert table.found(Score) == [changed(Score(ANN, final=90, place=1), par=80, of_par=112)]
    assert table.found(Comparison) == []


def test_a_scenario_from_before_can_be_read() -> None:
    """A stored room may name the medians of an earlier version; another name is still a mistake."""
    source = {**shipped.scenario("classroom").source, "par": {"maker_12": 171, "operator_60": 628}}
    assert build(source, shipped.modules()).params(ParParams) == ParParams()
    _, mistakes = drafted({**source, "par": {"maker_7": 1}}, shipped.modules())
    assert [(one.path, one.text) for one in mistakes] == [("par.maker_7", "param")]


@pytest.mark.parametrize(
    ("maker_", "path", "text"),
    [
        ([1], "par.maker", "sizes"),
        ({"x": [*SCALE]}, "par.maker.x", "sizes"),
        ({"0": [*SCALE]}, "par.maker.0", "sizes"),
        ({"501": [*SCALE]}, "par.maker.501", "sizes"),
        ({"6": 171}, "par.maker.6", "rising"),
        ({"6": [*SCALE, 160]}, "par.maker.6", "rising"),
        ({"6": [*SCALE[:-1], 139]}, "par.maker.6", "rising"),
        ({"6": [*SCALE[:-1], 100_001]}, "par.maker.6", "rising"),
        ({"6": [*SCALE[:-1], 150.0]}, "par.maker.6", "rising"),
    ],
)
def test_percentiles_that_are_none_are_refused(maker_: object, path: str, text: str) -> None:
    """By seats from 1 to 500, fifteen whole numbers each, none below the one before."""
    _, mistakes = drafted({**shipped.scenario("classroom").source, "par": {"maker": maker_}}, shipped.modules())
    assert [(one.path, one.text) for one in mistakes] == [(path, text)]


def test_what_is_measured_is_not_on_the_table() -> None:
    """Nobody plays by it, and it is long: the module is there, its percentiles are not."""
    assert module_tree(shipped.scenario("classroom"))["par"] == {"phase": ""}


def tables(scenario: Scenario) -> list[ParParams]:
    """Return the percentiles of each run of a scenario."""
    return [rules.params(ParParams) for rules in [run.rules for run in scenario.runs] or [scenario]]


@pytest.mark.parametrize("name", SCORED)
def test_every_shipped_scenario_is_measured_where_it_is_made_for(name: str) -> None:
    """Each role and its best at the same sizes, four at least: its own, both ends, and some between."""
    scenario = shipped.scenario(name)
    least, most = scenario.made_for
    for params in tables(scenario):
        sizes = set(params.maker)
        assert {least, most, scenario.seats} <= sizes
        assert all(least <= size <= most for size in sizes)
        assert len(sizes) >= 4
        assert all(set(getattr(params, f"{best}{role}")) == sizes for role in ROLES for best in ("", BEST))


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


def test_each_run_is_held_against_its_own() -> None:
    """What a run's tables say of a role is what its scores are held against."""
    scenario = shipped.scenario("mechanisms")
    _, told = played(scenario)
    for params, event in zip(tables(scenario), told, strict=True):
        assert [event.pars[seat] for seat in (1, 4, 6)] == [params.of(role, 6)[PERCENTILES.index(50)] for role in ROLES]
    assert told[0].pars != told[1].pars


@pytest.mark.parametrize("scenario", [shipped.scenario(name) for name in SCORED], ids=SCORED)
def test_everybody_is_compared_at_the_end(scenario: Scenario) -> None:
    """A whole game of nobody: each final score comes with how it compares, and the best of each role once more."""
    state, told = played(scenario)
    compared, scores = state.all(Comparison), state.all(Score)
    assert set(told[-1].pars) == set(compared) == set(state.seats())
    assert all((one.among_best is not None) == (scores[seat].place == 1) for seat, one in compared.items())
    assert all(0 <= one.better_than <= 100 for one in compared.values())
