"""A game of several runs: what each plays, that all is dealt anew, and what stays on the table."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import attrs
import pytest

from makersphere_rules import engine, shipped
from makersphere_rules.dice import SeededDice
from makersphere_rules.ecosystem.figures.run_results import RunResult, totals
from makersphere_rules.ecosystem.table.entities import Investor, Maker, Venture
from makersphere_rules.ecosystem.table.ratings import Figures, Score
from makersphere_rules.events import Drawn, Event
from makersphere_rules.kit import conformance
from makersphere_rules.ledger import Account
from makersphere_rules.mistakes import ScenarioError
from makersphere_rules.modules.clearinghouse import Clearinghouse
from makersphere_rules.modules.counter import Count, CounterParams
from makersphere_rules.modules.par import ParParams
from makersphere_rules.scenario import Scenario
from makersphere_rules.scenario_building import build
from makersphere_rules.seen.views import Views, hand_of, table_of
from makersphere_rules.state import CurrentRun, Seat, State
from makersphere_rules.written.notation import decode_events, encode_events, event_types, state_hash

COUNTER: dict[str, Any] = {
    "name": "twice",
    "seasons": 2,
    "seats": 3,
    "phase": [{"name": "count", "modules": ["counter"]}, {"name": "rest", "modules": []}],
}


def counter(**more: object) -> Scenario:
    """Return a scenario of the counter with more said of its runs."""
    return build({**COUNTER, **more}, shipped.modules())


def begun(scenario: Scenario, seats: int = 6) -> State:
    """Return a game that has just been started."""
    state = engine.new(scenario, SeededDice(b"r" * 32), seats)
    engine.step(state, engine.ROOM, engine.Order("start"))
    return state


def close(state: State) -> tuple[Event, ...]:
    """Close the phase and return what followed."""
    events = engine.step(state, engine.ROOM, engine.Order("close"))
    assert isinstance(events, tuple)
    return events


def played_out(state: State) -> Iterator[tuple[Event, ...]]:
    """Yield what follows from each close until the game is over."""
    while state.game.status == "running":
        yield close(state)


def until_run(state: State, number: int) -> None:
    """Close phases until a run has begun."""
    while state.one(CurrentRun).number < number:
        close(state)


class TestScenarios:
    """What a mapping says of its runs."""

    def test_a_scenario_that_says_nothing_has_one_run(self) -> None:
        """It knows nothing of runs: no event, no entity."""
        scenario = shipped.scenario("classroom")
        state = begun(scenario, 3)

        assert scenario.runs == ()
        assert state.find(CurrentRun) is None
        assert "run" not in table_of(state)

    def test_a_practice_season_comes_first(self) -> None:
        """One season by the rules of the first run that counts."""
        runs = counter(practice=True).runs

        assert [(run.name, run.practice, run.rules.seasons) for run in runs] == [
            ("practice", True, 1),
            ("counted", False, 2),
        ]

    def test_a_run_changes_modules_seasons_and_parameters(self) -> None:
        """What its table does not name is the scenario's own."""
        scenario = counter(
            run=[{"name": "a", "seasons": 1, "counter": {"most": 3}}, {"name": "b", "modules": {"rest": ["recap"]}}],
            counter={"most": 7},
        )

        assert [run.rules.seasons for run in scenario.runs] == [1, 2]
        assert scenario.seasons == 3
        assert [run.rules.params(CounterParams).most for run in scenario.runs] == [3, 7]
        assert [len(run.rules.phase("rest").modules) for run in scenario.runs] == [0, 1]

    def test_the_parameters_of_a_module_that_a_run_leaves_out_are_left_out_too(self) -> None:
        """A run that plays without a module is no mistake because the scenario has a table for it."""
        source = copy.deepcopy(dict(shipped.scenario("mechanisms").source))
        scenario = build({**source, "clearinghouse": {"fee_most": 9}}, shipped.modules())

        names = [[module.name for module in run.rules.phase("matching").modules] for run in scenario.runs]
        assert names == [["negotiation", "clearinghouse"], ["negotiation"]]
        assert Clearinghouse.params in scenario.runs[0].rules.values
        assert Clearinghouse.params not in scenario.runs[1].rules.values

    @pytest.mark.parametrize(
        ("more", "path"),
        [
            ({"practice": 1}, "practice"),
            ({"run": {"name": "a"}}, "run"),
            ({"run": [{}]}, "run[0].name"),
            ({"run": [{"name": "a", "seasons": 0}]}, "run[0].seasons"),
            ({"run": [{"name": "a"}, {"name": "b", "sesons": 1}]}, "run[1].sesons"),
            ({"run": [{"name": "a", "modules": ["counter"]}]}, "run[0].modules"),
            ({"run": [{"name": "a", "modules": {"cont": ["counter"]}}]}, "run[0].modules.cont"),
            ({"run": [{"name": "a", "modules": {"rest": ["conter"]}}]}, "run[0].phase[1].modules.conter"),
            ({"run": [{"name": "a", "modules": {"rest": 1}}]}, "run[0].modules.rest"),
            ({"run": [{"name": "a", "changed": {"counter": {"most": 3}}}]}, "run[0].changed"),
            ({"run": [{"name": "a", "counter": {"most": 0}}]}, "run[0].counter.most"),
            ({"run": [{"name": "a", "conter": {"most": 1}}]}, "run[0].conter"),
            ({"made_for": [9, 3]}, "made_for"),
            ({"made_for": [1, 501]}, "made_for"),
        ],
    )
    def test_a_mistake_is_told_with_its_run(self, more: dict[str, Any], path: str) -> None:
        """Its path leads to the table that it stands in."""
        with pytest.raises(ScenarioError) as caught:
            counter(**more)

        assert [mistake.path for mistake in caught.value.mistakes] == [path]


class TestPlaying:
    """One run after another."""

    def test_everything_is_dealt_anew_and_only_seats_stay(self) -> None:
        """The counts of the first run are gone; so is what the views show of them."""
        state = begun(counter(practice=True), 3)
        views = Views(state)
        order = engine.Order("count", {"by": 4}, engine.At(1, "count"))
        engine.step(state, 2, order)
        views.refresh()
        seats = dict(state.all(Seat))

        until_run(state, 2)
        views.refresh()

        assert dict(state.all(Count)) == {}
        assert dict(state.all(Seat)) == seats
        assert views.table == table_of(state)
        assert "count" not in views.table

    def test_seasons_are_counted_on(self) -> None:
        """So a command that was meant for the first run is late in the second, and no draw has the name of another."""
        state = begun(counter(practice=True), 3)
        until_run(state, 2)

        assert (state.game.season, state.game.seasons, state.run_season) == (2, 3, 1)
        assert state.one(CurrentRun) == CurrentRun(2, 2, "counted", practice=False, first_season=2)
        late = engine.decide(state, 1, engine.Order("count", {"by": 1}, engine.At(1, "count")))
        assert getattr(late, "code", "") == "not_your_phase"

    def test_no_draw_of_one_run_is_a_draw_of_another(self) -> None:
        """Each draw of the whole game has a name of its own, though both runs are dealt alike."""
        state = engine.new(shipped.scenario("mechanisms"), SeededDice(b"r" * 32), 6)
        first = engine.step(state, engine.ROOM, engine.Order("start"))
        assert isinstance(first, tuple)
        batches = [first, *played_out(state)]
        draws = [draw for events in batches for event in events if isinstance(event, Drawn) for draw in event.draws]
        names = [(draw.season, draw.phase, draw.purpose, draw.entity, draw.number) for draw in draws]

        assert len(names) == len(set(names)) > 100

    def test_the_second_run_is_dealt_by_other_dice(self) -> None:
        """Whoever remembers the first deal knows nothing of the second."""
        state = begun(shipped.scenario("mechanisms"), 12)
        before = {maker.seat: (maker.background, maker.ambition) for maker in state.all(Maker).values()}
        until_run(state, 2)
        after = {maker.seat: (maker.background, maker.ambition) for maker in state.all(Maker).values()}

        assert before.keys() == after.keys()
        assert before != after

    def test_the_rules_of_the_run_are_in_force(self) -> None:
        """In the second run of `mechanisms` nobody ranks: hours are negotiated."""
        state = begun(shipped.scenario("mechanisms"), 6)
        for run, ranks in ((1, True), (2, False)):
            until_run(state, run)
            while state.game.phase != "matching":
                close(state)
            assert ("rank" in engine.legal(state, state.seats("investor")[0])) is ranks

    def test_books_are_closed_with_the_run(self) -> None:
        """The sum over all accounts is zero in each run, and each begins with what is printed."""
        state = begun(shipped.scenario("mechanisms"), 6)
        until_run(state, 2)

        assert sum(account.balance for account in state.all(Account).values()) == 0
        assert state.balance("suppliers") == 0 == state.balance("consumers")
        assert state.balance(f"operator:{state.seats('operator')[0]}") == 90
        for investor in state.all(Investor).values():
            assert state.balance(f"investor:{investor.seat}") == investor.start_credits
        assert not any((state.all(Venture), state.all(Figures), state.all(Score)))

    def test_a_log_of_several_runs_replays(self) -> None:
        """From its bytes, to the very same state, hands included."""
        scenario = counter(practice=True, run=[{"name": "a"}, {"name": "b"}])
        game = conformance.play(scenario, 3, "runs")
        again = engine.new(scenario, game.state.dice, 3)
        types = event_types(scenario)
        for events in game.log:
            for event in decode_events(encode_events(events), types):
                engine.evolve(again, event)

        assert state_hash(again) == state_hash(game.state)
        assert all(hand_of(again, seat) == hand_of(game.state, seat) for seat in again.seats())
        assert (again.game.season, again.one(CurrentRun).number) == (5, 3)

    def test_the_host_may_end_the_game_in_the_first_run(self) -> None:
        """Then that run is counted as it stands, and no other is played."""
        state = begun(shipped.scenario("mechanisms"), 6)
        engine.step(state, engine.ROOM, engine.Order("end"))

        assert state.game.status == "over"
        assert list(state.all(RunResult)) == [1]


class TestResults:
    """What stays on the table of a run."""

    def test_every_run_keeps_its_scores_places_and_figures(self) -> None:
        """Side by side at the end; the practice season is marked as one."""
        source = {**shipped.scenario("mechanisms").source, "practice": True, "seasons": 1}
        state = begun(build(source, shipped.modules()), 6)
        list(played_out(state))
        results = list(state.all(RunResult).values())

        assert [(one.name, one.practice) for one in results] == [
            ("practice", True),
            ("clearinghouse", False),
            ("negotiation", False),
        ]
        assert all(list(one.scores) == list(one.places) == state.seats() for one in results)
        assert all(list(one.figures) == [1] for one in results)
        assert results[2].scores == {score.seat: score.final for score in state.all(Score).values()}
        assert set(table_of(state)["result"]) == {"1", "2", "3"}

    def test_a_result_is_there_while_the_next_run_is_played(self) -> None:
        """With integration efficiency, which an end opens: all is dealt anew, so it says nothing of the next run."""
        state = begun(shipped.scenario("mechanisms"), 6)
        until_run(state, 2)
        shown = table_of(state)["result"]["1"]

        assert "integration_efficiency" in shown["figures"]["1"]
        assert shown["totals"]["deals"] == sum(season["deals"] for season in shown["figures"].values())
        assert "ambition" not in table_of(state)["maker"]["1"]

    def test_totals_by_hand(self) -> None:
        """Sums, the search cost over all deals, means of vitality over spaces and seasons, mean scores by role."""
        seasons = [
            {"deals": 3, "search_credits": 10, "integration_efficiency": 60, "births": 2, "vitality_1": 50},
            {"deals": 1, "search_credits": 4, "integration_efficiency": 81, "exits_unsold": 1, "vitality_1": 61},
        ]

        found = totals(seasons, {"maker": [10, 21], "operator": [7]})

        assert found == {
            "deals": 4,
            "search_per_deal": 35,
            "integration_efficiency": 70,
            "births": 2,
            "products": 0,
            "exits": 1,
            "vitality": 55,
            "score_maker": 15,
            "score_operator": 7,
        }


class TestShipped:
    """The scenarios that ship."""

    @pytest.mark.parametrize(("seats", "operators"), [(1, 1), (12, 2), (18, 2), (19, 3), (45, 3)])
    def test_rivals_has_two_spaces_up_to_18_seats_and_three_above(self, seats: int, operators: int) -> None:
        """And somebody of each role besides."""
        roles = engine.seating(shipped.scenario("rivals"), seats)

        assert roles.count("operator") == operators
        assert {"maker", "investor"} <= set(roles)
        assert len(roles) == max(seats, 3)

    def test_mechanisms_changes_one_rule(self) -> None:
        """Seasons, phases and parameters are the same; the modules of matching differ, and with them par."""
        one, other = (run.rules for run in shipped.scenario("mechanisms").runs)

        assert (one.seasons, one.seats) == (other.seasons, other.seats)
        assert {phase.name for phase in one.phases if phase != other.phase(phase.name)} == {"matching"}
        assert {cls for cls, value in other.values.items() if one.values[cls] != value} == {ParParams}

    def test_training_has_ten_seasons(self) -> None:
        """Of the whole game."""
        training, classroom = shipped.scenario("training"), shipped.scenario("classroom")

        assert training.seasons == 10
        assert [attrs.evolve(phase, limits_s=(0,)) for phase in training.phases] == [
            attrs.evolve(phase, limits_s=(0,)) for phase in classroom.phases
        ]

    @pytest.mark.parametrize("name", shipped.scenario_names())
    def test_the_usual_room_is_of_a_size_that_the_scenario_is_made_for(self, name: str) -> None:
        """Nobody gets another room than the scenario is meant for without asking."""
        scenario = shipped.scenario(name)

        assert scenario.made_for[0] <= scenario.seats <= scenario.made_for[1]
