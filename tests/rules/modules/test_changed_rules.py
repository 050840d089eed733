"""Other rules from here on: they hold for what the season has fixed before, in whichever phase they begin."""

from __future__ import annotations

from typing import Any

import pytest

from makersphere_rules import engine, shipped
from makersphere_rules.choices.named import table_of
from makersphere_rules.dice import SeededDice
from makersphere_rules.ecosystem.table import tenancy
from makersphere_rules.ecosystem.table.entities import Sector, Space, World
from makersphere_rules.engine import ROOM, Order
from makersphere_rules.events import Event, RulesChanged
from makersphere_rules.modules.policy import CardTurned, TermsAnnounced
from makersphere_rules.refusals import Refusal
from makersphere_rules.runs import CHANGED
from makersphere_rules.scenario_building import build
from makersphere_rules.state import State

SEATS = 12
PHASES = [phase.name for phase in shipped.scenario("classroom").phases]
UNTIL_PAID = PHASES[: PHASES.index("market") + 1]
OFFERS = {name: [choice.name for choice in shipped.scenario(name).choices] for name in shipped.scenario_names()}
TAXED = [(name, choice) for name, offered in OFFERS.items() for choice in ("double_tax", "no_tax") if choice in offered]


def do(state: State, name: str, **args: bool | str) -> tuple[Event, ...]:
    """Let the room carry out an order."""
    outcome = engine.step(state, ROOM, Order(name, args))
    assert not isinstance(outcome, Refusal), outcome
    assert engine.invariants(state) == []
    return outcome


def changing(name: str, phase: str, change: dict[str, Any], season: int = 2) -> State:
    """Return a game that has come to a phase, and can be played on by other rules."""
    state = engine.new(
        build({**shipped.scenario(name).source, CHANGED: change}, shipped.modules()), SeededDice(b""), SEATS
    )
    do(state, "start")
    while (state.game.season, state.game.phase) != (season, phase):
        do(state, "close")
    return state


def chosen(name: str, choice: str) -> dict[str, Any]:
    """Return what a choice of a scenario changes."""
    return dict(table_of([one for one in shipped.scenario(name).choices if one.name == choice]))


@pytest.mark.parametrize("phase", UNTIL_PAID)
@pytest.mark.parametrize(("name", "choice"), TAXED)
def test_the_tax_is_the_one_of_the_new_rules_in_the_very_season(name: str, choice: str, phase: str) -> None:
    """Also in the last one, in each scenario that offers it, from any phase until it has been paid."""
    last = shipped.scenario(name).seasons
    change = chosen(name, choice)
    state = changing(name, phase, change, last)
    under_card = state.one(World).effect == "tax"
    before = state.one(World).tax

    changed, *more = do(state, "change", at_once=True)

    tax = change["policy"]["tax_card"] if under_card else change["world"]["tax"]
    assert changed == RulesChanged()
    assert before != tax
    assert [(event.deck, event.world.tax) for event in more if isinstance(event, CardTurned)] == [("tax", tax)]
    assert state.one(World).tax == tax


@pytest.mark.parametrize("effect", [1, 2])
def test_a_tax_card_that_lies_counts_by_the_new_rules(effect: int) -> None:
    """What lies stays there: only what it means is another one."""
    source = {**shipped.scenario("classroom").source, CHANGED: chosen("classroom", "double_tax")}
    source["policy"] = {**source["policy"], "only": effect}
    state = engine.new(build(source, shipped.modules()), SeededDice(b""), SEATS)
    do(state, "start")
    there = state.one(World)
    do(state, "change", at_once=True)
    assert state.one(World).tax == {1: 20, 2: 40}[effect]
    assert (state.one(World).policy, state.one(World).lots) == (there.policy, there.lots)


@pytest.mark.parametrize("phase", ["appraisal", "recap"])
def test_what_has_been_paid_stays_paid(phase: str) -> None:
    """After the market the table goes on saying the tax that was taken; the next season has the other one."""
    state = changing("classroom", phase, chosen("classroom", "double_tax"))
    there = state.one(World)
    assert do(state, "change", at_once=True) == (RulesChanged(),)
    assert state.one(World) == there
    while state.game.season == 2:
        do(state, "close")
    assert state.one(World).tax == {"tax": 40}.get(state.one(World).effect, 20)


@pytest.mark.parametrize("phase", PHASES)
def test_demand_is_bent_by_the_new_shares(phase: str) -> None:
    """The market card of the season gains and loses by other shares, until it is sold."""
    state = changing("classroom", phase, {"policy": {"up": 200, "down": 50}})
    world, before = state.one(World), dict(state.all(Sector))
    do(state, "change", at_once=True)
    for name, sector in state.all(Sector).items():
        share = {world.up: 200, world.down: 50}.get(str(name), 100)
        new = sector.walk * share // 100
        assert sector.demand == (new if phase in UNTIL_PAID else before[name].demand)


@pytest.mark.parametrize("phase", PHASES)
def test_a_desk_for_everybody_is_there_at_once(phase: str) -> None:
    """In policy the close announces the desks anyway; later they are announced again, with terms as they stand."""
    state = changing("classroom", phase, chosen("classroom", "desk_for_everybody"))
    before = dict(state.all(Space))
    _, *more = do(state, "change", at_once=True)
    if phase == "policy":
        assert not more
        do(state, "close")
    else:
        assert all(isinstance(event, TermsAnnounced) for event in more)
    for number, space in state.all(Space).items():
        assert space.stations == tenancy.desks(state, space) > before[number].stations
        assert (space.rent, space.weights) == (before[number].rent, before[number].weights)


@pytest.mark.parametrize("phase", PHASES)
def test_rules_that_fix_nothing_bring_nothing_else(phase: str) -> None:
    """Another wage is read when it is paid."""
    state = changing("classroom", phase, {"waterfall": {"wage": 2}})
    assert do(state, "change", at_once=True) == (RulesChanged(),)


def test_a_record_of_an_earlier_version_changes_the_rules_alone() -> None:
    """It does not say `at_once`, and is decided again as it was: or `verify` would call an honest log wrong."""
    state = changing("classroom", "policy", chosen("classroom", "double_tax"))
    there = state.one(World)
    assert do(state, "change") == (RulesChanged(),)
    assert state.one(World) == there


def test_games_without_a_table_change_as_well() -> None:
    """A module that fixes nothing has nothing to bring in line."""
    state = engine.new(
        build({**shipped.scenario("counter").source, CHANGED: {"counter": {"most": 3}}}, shipped.modules()),
        SeededDice(b""),
        2,
    )
    do(state, "start")
    assert do(state, "change", at_once=True) == (RulesChanged(),)
