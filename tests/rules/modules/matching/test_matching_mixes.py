"""One module for capital, one for hours, any of each: every mix is sound, conforms, and is played by the bots."""

from __future__ import annotations

from itertools import product
from typing import Any

import attrs
import pytest

from makersphere_bots.catalogue import policy
from makersphere_playtest.games.headless import ANY, play
from makersphere_rules import engine, shipped
from makersphere_rules.ecosystem.table.agreements import Deal
from makersphere_rules.ecosystem.table.entities import Investor, Venture
from makersphere_rules.kit import conformance
from makersphere_rules.kit.soundness import checked, unsound
from makersphere_rules.modules.auction import Auction
from makersphere_rules.modules.clearinghouse import Clearinghouse
from makersphere_rules.scenario import Scenario
from makersphere_rules.scenario_building import build
from tests.rules.variants import variant

CAPITAL = ("negotiation", "clearinghouse_capital", "auction", "planner_capital")
HOURS = ("clearinghouse", "auction_hours", "planner")
MIXES = [mix for mix in product(CAPITAL, HOURS) if mix != ("negotiation", "clearinghouse")]


def mixed(name: str, mix: tuple[str, str]) -> Scenario:
    """Return a shipped scenario with these modules for capital and for hours."""
    return variant(name, dict(zip(("negotiation", "clearinghouse"), mix, strict=True)))


@pytest.mark.parametrize("mix", MIXES, ids="-".join)
def test_every_mix_is_sound_and_conforms(mix: tuple[str, str]) -> None:
    """No two of them fight for a command; random games keep books, views and replays right."""
    assert unsound(mixed("classroom", mix), shipped.modules()) == []
    game = conformance.play(mixed("quickstart", mix), 6, "-".join(mix))
    assert game.state.game.status == "over"


@pytest.mark.parametrize("mix", MIXES, ids="-".join)
def test_the_standard_policy_plays_every_mix(mix: tuple[str, str]) -> None:
    """Nothing it sends is refused, capital and hours both find ventures, and hours are given or left, never made."""
    result = play(mixed("classroom", mix), 12, "mix", {ANY: policy("standard")}, keep=True)
    state = result.state
    assert state is not None
    deals = state.all(Deal).values()
    assert result.refusals == ()
    assert (result.ledger_sum, engine.invariants(state)) == (0, [])
    assert {deal.source for deal in deals} >= {"package", "sheet" if mix[0] == "negotiation" else "capital"}
    assert all(sum(one.shares.values()) == 10_000 for one in state.all(Venture).values() if not one.closed)
    last = state.game.season
    for seat in state.seats("investor"):
        promised = sum(deal.hours for deal in deals if deal.investor == seat and deal.season == last)
        assert promised + state.one(Investor, seat).hours <= 12


@pytest.mark.parametrize("mix", [("auction", "auction_hours"), ("planner_capital", "planner")], ids="-".join)
def test_the_standard_policy_is_deterministic(mix: tuple[str, str]) -> None:
    """The same seed gives the same game, to the hash."""
    games = {
        play(mixed("quickstart", mix), 6, "twice", {ANY: policy("standard")}, hashed=True).state_hash for _ in range(2)
    }
    assert len(games) == 1


def negotiating(credits_most: int, hours_most: int) -> dict[str, Any]:
    """Return `classroom` with negotiation alone, for what these parameters leave."""
    source = dict(variant("classroom", {}).source)
    for_matching = {"modules": ["negotiation"]}
    phases = [{**phase, **(for_matching if phase["name"] == "matching" else {})} for phase in source["phase"]]
    return {**source, "phase": phases, "negotiation": {"credits_most": credits_most, "hours_most": hours_most}}


@pytest.mark.parametrize(("credits_most", "hours_most"), [(500, 12), (500, 0), (0, 12)])
def test_the_standard_policy_copes_with_restricted_negotiation(credits_most: int, hours_most: int) -> None:
    """Negotiation alone, for what its parameters leave: nothing that is sent is refused, nothing else is signed."""
    source = negotiating(credits_most, hours_most)
    scenario = build(source, shipped.modules())
    result = play(scenario, 12, "restricted", {ANY: policy("standard")}, keep=True)
    assert result.state is not None
    deals = result.state.all(Deal).values()
    assert result.refusals == ()
    assert any(deal.credits for deal in deals) == bool(credits_most)
    assert any(deal.hours for deal in deals) == bool(hours_most)


def test_negotiation_of_nothing_is_a_mistake() -> None:
    """Neither capital nor hours: no sheet could be sent."""
    mistakes = checked(negotiating(0, 0), shipped.modules())[1]
    assert "one_above_zero" in [mistake.text for mistake in mistakes]


def test_two_modules_of_a_phase_do_not_fight_for_a_command() -> None:
    """The same name for two commands is a mistake; one command that both offer, as `look`, is none."""
    post = next(command for command in Clearinghouse.commands if command.name == "post_package")

    class Rival(Auction):
        name = "rival"
        commands = (*Auction.commands, attrs.evolve(post, roles=("maker",)))

    source = dict(mixed("classroom", ("auction", "clearinghouse")).source)
    modules = {**shipped.modules(), "rival": Rival()}
    assert checked(source, modules)[1] == []
    source["phase"] = [
        {**phase, "modules": [{"auction": "rival"}.get(name, name) for name in phase["modules"]]}
        for phase in source["phase"]
    ]
    mistakes = checked(source, modules)[1]
    assert [(mistake.text, mistake.values["name"]) for mistake in mistakes] == [("command_once", "post_package")]
