"""Whole games without a server: they end, add up, and come out the same wherever they are played."""

from __future__ import annotations

import copy
import gc
import os
import random
import subprocess
import sys
import weakref
from collections.abc import Mapping

import pytest

from makersphere_bots.catalogue import policy
from makersphere_bots.legal import Form, forms_from_schema
from makersphere_bots.policy import READY, Move, Tree, View, WholeView
from makersphere_playtest.games.headless import ANY, PASSES, Policies, Runner, play, seed_bytes
from makersphere_playtest.games.live_sight import Legal, LiveView
from makersphere_playtest.games.series import game_seed, simulate
from makersphere_rules import engine
from makersphere_rules.dice import SeededDice
from makersphere_rules.scenario import module_tree
from makersphere_rules.seen.lazy_tree import LazyTree
from makersphere_rules.seen.lazy_views import LazyViews
from makersphere_rules.seen.views import hand_of, table_of
from makersphere_rules.shipped import scenario, scenario_names
from makersphere_rules.state import State
from makersphere_rules.written.notation import state_hash
from makersphere_server.room.shown.form_schemas import legal_tree

_HASH = (
    "from makersphere_bots.catalogue import policy\n"
    "from makersphere_playtest.games.series import simulate\n"
    "from makersphere_rules.shipped import scenario\n"
    "import sys\n"
    "name, seats, bots = sys.argv[1:]\n"
    "print(simulate(scenario(name), int(seats), 7, 1, policy(bots))['state_hash'])\n"
)


_TWO = ("standard", "random")  # test_catalogue.py has the others, on one scenario


@pytest.mark.parametrize("name", scenario_names())
@pytest.mark.parametrize("bots", _TWO)
@pytest.mark.parametrize("seats", [3, 12, 13])
def test_a_game_ends_and_its_ledger_sums_to_zero(name: str, bots: str, seats: int) -> None:
    """Any policy plays any shipped scenario to its end, invariants kept."""
    result = play(scenario(name), seats, "7", {ANY: policy(bots)}, keep=True)
    assert result.state is not None
    assert result.state.game.status == "over"
    assert engine.invariants(result.state) == []
    assert result.ledger_sum == 0
    assert result.seasons == scenario(name).seasons


@pytest.mark.parametrize("name", scenario_names())
@pytest.mark.parametrize("seats", [1, 6, 12, 13, 36])
def test_the_standard_policy_is_never_refused(name: str, seats: int) -> None:
    """Everything that it sends is legal when it comes."""
    for seed in range(3):
        assert play(scenario(name), seats, str(seed), {ANY: policy("standard")}).refusals == ()


@pytest.mark.parametrize("name", scenario_names())
@pytest.mark.parametrize("bots", _TWO)
def test_the_same_seed_gives_the_same_state_in_every_process(name: str, bots: str) -> None:
    """Nothing hangs on the order of hashes."""
    here = simulate(scenario(name), 12, 7, 1, policy(bots))["state_hash"]
    for hash_seed in ("1", "2"):
        command = [sys.executable, "-c", _HASH, name, "12", bots]
        env = {**os.environ, "PYTHONHASHSEED": hash_seed}
        there = subprocess.run(command, env=env, capture_output=True, text=True, check=True, timeout=120)
        assert there.stdout.strip() == here


def _whole(tree: Tree) -> Tree:
    """Return a tree with everything in it up to date."""
    return tree.current() if isinstance(tree, LazyTree) else tree


def _on_the_wire(state: State) -> Tree:
    """Return the table with what the wire adds to it that a policy counts with."""
    return {**table_of(state), "module": module_tree(state.scenario)}


class _Spy:
    """Plays like another policy, and checks at each call what a policy is promised."""

    def __init__(self, runner: list[Runner], bots: str) -> None:
        self.runner = runner
        self.bots = policy(bots)
        self.asked = 0

    def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
        """Choose from copies, from live views, with forms from the wire; compare, and find the view as it was."""
        state = self.runner[0].state
        self.asked += 1
        assert dict(legal) == engine.legal(state.copy(), view.seat)  # a copy has made no form yet
        assert _whole(view.table) == _on_the_wire(state)
        assert _whole(view.hand) == hand_of(state, view.seat)
        assert view.phase == view.table["game"]["phase"]
        whole = WholeView(view.seat, view.role, copy.deepcopy(dict(view.table)), copy.deepcopy(dict(view.hand)))
        before, forms = rng.getstate(), dict(legal)
        moves = self.bots.choose(whole, forms, rng)
        rng.setstate(before)
        assert self.bots.choose(view, legal, rng) == moves
        rng.setstate(before)
        assert self.bots.choose(view, forms_from_schema(**legal_tree(engine.legal(state, view.seat))), rng) == moves
        assert whole.table == _whole(view.table) == _on_the_wire(state)
        assert whole.hand == _whole(view.hand)
        return moves


@pytest.mark.parametrize("name", scenario_names())
@pytest.mark.parametrize("bots", _TWO)
def test_a_policy_is_pure_and_sees_what_the_wire_shows(name: str, bots: str) -> None:
    """It answers the same twice, changes nothing that it sees, and is shown table, hand and forms as they are."""
    runners: list[Runner] = []
    spy = _Spy(runners, bots)
    runners.append(Runner(scenario(name), 6, "7", {ANY: spy}, keep=False))
    runners[0].play()
    assert spy.asked >= 6


class _Stubborn:
    """Never ready, and sends nothing that is legal."""

    def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
        """Ask for what there is not."""
        return [("no_such_command", {})]


def test_a_policy_that_is_never_ready_holds_nobody_up() -> None:
    """The phase closes after so many passes, and the refused moves are counted."""
    others = policy("random")
    result = play(scenario("counter"), 3, "7", {2: _Stubborn(), ANY: others})
    assert [refused.seat for refused in result.refusals] == [2] * PASSES
    assert {refused.refusal.code for refused in result.refusals} == {"unknown_command"}


def test_policies_are_found_by_seat_then_by_role() -> None:
    """A seat's own policy comes before its role's, and that before everybody's."""
    stubborn, ready = _Stubborn(), policy("random")
    assert len(play(scenario("counter"), 2, "7", {"player": stubborn, 1: ready}).refusals) == PASSES
    assert len(play(scenario("counter"), 2, "7", {"player": ready, ANY: stubborn}).refusals) == 0


def test_a_hash_is_taken_where_it_is_asked_for() -> None:
    """It is that of the state at the end; whoever did not ask is told so and gets no other answer."""
    policies: Policies = {ANY: policy("standard")}
    asked = play(scenario("counter"), 4, "7", policies, keep=True, hashed=True)
    assert asked.state is not None
    assert asked.state_hash == state_hash(asked.state)
    with pytest.raises(LookupError):
        _ = play(scenario("counter"), 4, "7", policies).state_hash


def test_kept_logs_replay_to_the_same_state() -> None:
    """The log of a game, applied to a new one, gives the same table."""
    result = play(scenario("counter"), 4, "7", {ANY: policy("random")}, keep=True)
    assert len(result.log) == result.commands
    assert sum(len(events) for _, _, events in result.log) == result.events
    assert result.state is not None
    again = engine.new(scenario("counter"), result.state.dice, 4)
    for _, _, events in result.log:
        for event in events:
            engine.evolve(again, event)
    assert table_of(again) == table_of(result.state)


def test_a_series_has_the_keys_of_the_command_line() -> None:
    """`simulate --json` prints this object."""
    found = simulate(scenario("counter"), 3, 7, 2, policy("random"))
    assert set(found) == {
        *("scenario", "seats", "seed", "games", "seasons", "commands", "events", "state_hash", "scores"),
        *("figures", "runs", "ledger_sum", "wall_s", "cpu_s"),
    }
    assert found["runs"] == []  # this scenario has one run
    assert [(score["game"], score["seat"]) for score in found["scores"]] == [(g, s) for g in (0, 1) for s in (1, 2, 3)]
    assert found["games"] == 2


def test_the_first_game_of_a_series_is_the_game_of_its_seed() -> None:
    """One game is what a room with that seed plays; more games leave it as it is."""
    assert [game_seed(7, game) for game in range(3)] == ["7", "7:1", "7:2"]


def test_a_live_view_keeps_up_with_the_game() -> None:
    """What was looked at before a command is not what is seen after it."""
    state = engine.new(scenario("counter"), SeededDice(seed_bytes("7")), 2)
    views = LazyViews(state)
    view = LiveView(state, 1, "player", views.table, views.hand(1))
    engine.step(state, engine.ROOM, engine.Order("start"))
    views.catch_up(1)
    assert view.table.get("count") is None
    engine.step(state, 1, engine.Order("count", {"by": 3}))
    views.catch_up(1)
    assert view.table["count"]["1"]["count"] == 3


def test_who_looks_at_all_hands_is_told_what_has_changed_whoever_looked_meanwhile() -> None:
    """The kinds are those that were touched since the last time, and every hand is as it is now."""
    state = engine.new(scenario("quickstart"), SeededDice(seed_bytes("7")), 6)
    views = LazyViews(state)
    views.catch_up_all()
    engine.step(state, engine.ROOM, engine.Order("start"))
    views.catch_up(3)
    assert {"game", "maker", "account"} <= set(views.catch_up_all())
    for seat in state.seats():
        assert _whole(views.hand(seat)) == hand_of(state, seat)
    assert not views.catch_up_all()


def test_a_game_that_is_over_is_let_go_at_once() -> None:
    """Nothing of a game that was played keeps it in memory until somebody looks for cycles."""
    gc.disable()
    try:
        runner = Runner(scenario("quickstart"), 6, "7", {ANY: policy("standard")}, keep=True)
        runner.play()
        views, state = weakref.ref(runner.views), weakref.ref(runner.state)
        del runner
        assert views() is None
        assert state() is None
    finally:
        gc.enable()


def test_what_a_policy_makes_of_a_kind_is_made_again_once_it_has_changed() -> None:
    """Live or whole, a view gives what it gave before while the table stays the same, and never what is outdated."""
    state = engine.new(scenario("counter"), SeededDice(seed_bytes("7")), 2)
    views = LazyViews(state)
    live = LiveView(state, 1, "player", views.table, views.hand(1))
    engine.step(state, engine.ROOM, engine.Order("start"))
    views.catch_up(1)
    assert live.derived("count", list) == []
    engine.step(state, 1, engine.Order("count", {"by": 3}))
    views.catch_up(1)
    assert live.derived("count", list) == ["1"]
    ready = engine.Order("ready", {"ready": True}, engine.At(state.game.season, state.game.phase))
    assert isinstance(engine.step(state, 2, ready), tuple)
    before = live.derived("count", list)
    views.catch_up(2)
    assert live.derived("count", list) is before
    whole = WholeView(1, "player", table_of(state), {})
    assert whole.derived("count", list) == before
    assert whole.derived("count", list) is whole.derived("count", list)


def test_live_forms_are_those_of_the_engine() -> None:
    """Read one by one or all together, they are what the engine tells."""
    state = engine.new(scenario("counter"), SeededDice(seed_bytes("7")), 2)
    engine.step(state, engine.ROOM, engine.Order("start"))
    legal = Legal(state, 1, "player")
    assert "count" in legal
    assert READY[0] in legal
    assert legal.get("no_such_command") is None
    assert len(legal) == 2
    assert dict(legal) == engine.legal(state, 1)
    with pytest.raises(KeyError):
        legal["no_such_command"]
