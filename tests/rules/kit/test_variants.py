"""Modules that no shipped scenario plays pass what shipped ones pass: the conformance kit, the views, the bots."""

from __future__ import annotations

from itertools import product

import pytest

from makersphere_bots.catalogue import policy
from makersphere_playtest.games.headless import ANY, play
from makersphere_rules import engine
from makersphere_rules.dice import SeededDice
from makersphere_rules.ecosystem.table.entities import Venture
from makersphere_rules.ecosystem.table.vocabulary import PILOT
from makersphere_rules.kit import conformance
from makersphere_rules.scenario import Scenario
from tests.rules.variants import variant

PAYOUTS = ("waterfall", "pro_rata")
ELIMINATIONS = ("threshold", "bottom_share", "none")
MIXES = [mix for mix in product(PAYOUTS, ELIMINATIONS) if mix != ("waterfall", "threshold")]


def played(name: str, mix: tuple[str, str], *, first_stage: int | None = None) -> Scenario:
    """Return a shipped scenario with this payout and elimination."""
    return variant(name, dict(zip(("waterfall", "threshold"), mix, strict=True)), first_stage=first_stage)


@pytest.mark.parametrize("seats", [3, 12])
@pytest.mark.parametrize("mix", MIXES, ids="-".join)
def test_random_games_conform(mix: tuple[str, str], seats: int) -> None:
    """Books add up after each order, a replay equals the live game, views stay right; ventures begin as pilots."""
    scenario = played("quickstart", mix, first_stage=PILOT)
    game = conformance.play(scenario, seats, f"{mix}:{seats}", orders=3 if seats < 12 else 1)
    assert game.state.game.status == "over"


@pytest.mark.parametrize("mix", MIXES, ids="-".join)
def test_no_secret_shows_in_another_view(mix: tuple[str, str]) -> None:
    """Each secret field is changed in each phase; nobody else's view changes by a byte."""
    state = engine.new(played("quickstart", mix, first_stage=PILOT), SeededDice(b"v" * 32), 6)
    engine.step(state, engine.ROOM, engine.Order("start"))
    pick = conformance.picker("-".join(mix))
    while state.game.status == "running":
        for seat in state.seats():
            forms = engine.legal(state, seat)
            command = sorted(forms)[pick(len(forms))]
            at = engine.At(state.game.season, state.game.phase)
            engine.step(state, seat, engine.Order(command, conformance.sample(forms[command], pick), at))
        assert list(conformance.leaks(state)) == []
        engine.step(state, engine.ROOM, engine.Order("close"))


@pytest.mark.parametrize("mix", MIXES, ids="-".join)
def test_the_standard_policy_is_never_refused(mix: tuple[str, str]) -> None:
    """It sets no reserve where there is none, and plays to the end; cap tables and ledger are whole."""
    for seed in range(3):
        result = play(played("classroom", mix), 12, f"variant:{seed}", {ANY: policy("standard")}, keep=True)
        assert result.refusals == ()
        assert result.ledger_sum == 0
        assert result.state is not None
        assert engine.invariants(result.state) == []
        ventures = result.state.all(Venture).values()
        assert all(sum(one.shares.values()) == 10_000 for one in ventures if not one.closed)


def test_what_closes_ventures_is_the_modules_choice() -> None:
    """The same three games end with different reasons: bars, ranks, or debt alone."""
    reasons: dict[str, set[str]] = {}
    for elimination in ELIMINATIONS:
        for seed in range(3):
            scenario = played("classroom", ("waterfall", elimination))
            state = play(scenario, 12, f"exit:{seed}", {ANY: policy("standard")}, keep=True).state
            assert state is not None
            found = {one.closed for one in state.all(Venture).values() if one.closed}
            reasons.setdefault(elimination, set()).update(found)
    assert reasons["threshold"] <= {"insolvent", "unfunded", "unsold", "closed"}
    assert "bottom" in reasons["bottom_share"]
    assert reasons["bottom_share"] <= {"insolvent", "bottom", "closed"}
    assert reasons["none"] <= {"insolvent", "closed"}
