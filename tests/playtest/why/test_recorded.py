"""A recorded game is gone through as it was played, and each of its phases can be played again."""

from __future__ import annotations

from itertools import pairwise

import msgspec
import pytest

from makersphere_bots.catalogue import policy
from makersphere_playtest.games.headless import ANY, Runner, seed_bytes
from makersphere_playtest.why.changes import again
from makersphere_playtest.why.recorded import Recorded, lined, lived
from makersphere_rules import restarts
from makersphere_rules.ecosystem.table.entities import World
from makersphere_rules.engine import ROOM, Order, step
from makersphere_rules.runs import CHANGED
from makersphere_rules.scenario_building import build
from makersphere_rules.shipped import modules, scenario
from makersphere_rules.written.notation import state_hash
from tests.playtest.why.recorded_games import game, recorded, result


@pytest.mark.parametrize("name", ["classroom", "mechanisms"])
def test_a_record_leads_to_the_state_that_was_played(name: str) -> None:
    """From its lines alone, in whichever process, the same end is found."""
    played = result(name).state
    assert played is not None
    assert state_hash(lived(Recorded.unpacked(recorded(name).packed())).end) == state_hash(played)


@pytest.mark.parametrize("name", ["classroom", "mechanisms", "rivals"])
def test_a_phase_that_is_played_again_unchanged_ends_as_it_did(name: str) -> None:
    """Its lines are decided again, and lead to the very state in which the next phase opened."""
    stretches = game(name).stretches
    for stretch, following in pairwise(stretches):
        assert state_hash(again(stretch)) == state_hash(following.opened), (stretch.season, stretch.phase)


def test_only_the_last_run_of_several_is_told() -> None:
    """The debrief and its history are those of the run that has just ended."""
    first = min(stretch.season for stretch in game("mechanisms").stretches)
    assert first == 4  # after three seasons of the first run


def test_what_a_rewind_took_back_is_in_no_phase() -> None:
    """The phase that counts is the one after the rewind, with its lines alone."""
    runner = Runner(scenario("classroom"), 12, "again", {ANY: policy("standard")}, keep=True)
    runner.start()
    for _ in range(2):
        runner.ask_all()
        runner.close()
    restarts.lay_ready(runner.state, 1, "exchange")
    runner.ask_all()
    runner.close()
    taken_back = len(runner.log)
    order = Order("rewind", {"season": 1, "phase": "exchange"})
    events = step(runner.state, ROOM, order)
    assert isinstance(events, tuple)
    runner.log.append((ROOM, order, events))
    while runner.state.game.status == "running":
        runner.ask_all()
        runner.close()
    found = lived(Recorded(recorded().scenario, result().roles, seed_bytes("again"), lined(runner.log)))
    assert state_hash(found.end) == state_hash(runner.state)
    phases = [(stretch.season, stretch.phase) for stretch in found.stretches]
    assert len(phases) == len(set(phases))
    [exchange] = [one for one in found.stretches if (one.season, one.phase) == (1, "exchange")]
    assert min(told.line.seq for told in exchange.told) > taken_back + 1


def _ordered(runner: Runner, name: str, **args: bool | int | str) -> None:
    order = Order(name, args)
    events = step(runner.state, ROOM, order)
    assert isinstance(events, tuple)
    runner.log.append((ROOM, order, events))


@pytest.mark.parametrize("is_rewound", [False, True])
def test_futures_are_played_by_the_rules_that_a_fork_ended_by(is_rewound: bool) -> None:  # noqa: FBT001
    """A phase from before its rules would go on by those of its origin to the end: it is the origin's to tell of."""
    source = {**scenario("classroom").source, CHANGED: {"world": {"tax": 20}, "policy": {"tax_card": 20}}}
    runner = Runner(build(source, modules()), 12, "again", {ANY: policy("standard")}, keep=True)
    runner.start()
    while (runner.state.game.season, runner.state.game.phase) != (2, "market"):
        runner.ask_all()
        runner.close()
    _ordered(runner, "change", at_once=True)
    if is_rewound:
        restarts.lay_ready(runner.state, 2, "market")
        runner.ask_all()
        runner.close()
        _ordered(runner, "rewind", season=2, phase="market")
    while runner.state.game.status == "running":
        runner.ask_all()
        runner.close()
    found = lived(Recorded(msgspec.json.encode(source), result().roles, seed_bytes("again"), lined(runner.log)))
    assert state_hash(found.end) == state_hash(runner.state)
    assert (found.stretches[0].season, found.stretches[0].phase) == (2, "market")
    for stretch in found.stretches:
        assert stretch.opened.one(World).tax == 20
        assert stretch.opened.scenario.changed is None
    for stretch, following in pairwise(found.stretches):
        assert state_hash(again(stretch)) == state_hash(following.opened)
