"""Seats that do not play: by buttons alone, or without the main act of their role, which is then not done for them."""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import cache

import attrs
import pytest

from makersphere_bots.button_pressing import MainButton
from makersphere_bots.catalogue import policy
from makersphere_bots.legal import Form
from makersphere_bots.policy import INVESTOR, MAKER, OPERATOR, Move, Policy, View
from makersphere_playtest.games.headless import ANY, Result, Runner, play
from makersphere_rules import engine
from makersphere_rules.ecosystem.table.agreements import Deal
from makersphere_rules.ecosystem.table.entities import Maker, Space
from makersphere_rules.shipped import scenario
from tests.rules.variants import variant

_SEATS = 8
_OTHERS = (  # how hours and capital may come together beside lists and talk
    {"clearinghouse": "auction_hours", "negotiation": "auction"},
    {"clearinghouse": "planner", "negotiation": "planner_capital"},
    {"negotiation": "clearinghouse_capital"},
)


@cache
def _game(name: str, role: str, seed: str = "3") -> Result:
    players: dict[int | str, Policy] = {ANY: policy("standard"), role: policy(name)}
    return play(scenario("seminar"), _SEATS, seed, players, keep=True)


def _deals(result: Result) -> list[Deal]:
    assert result.state is not None
    return [*result.state.all(Deal).values()]


def _sent(result: Result, role: str) -> set[str]:
    return {order.name for actor, order, _ in result.log if actor and result.roles[actor - 1] == role}


@pytest.mark.parametrize("role", [MAKER, INVESTOR, OPERATOR])
def test_who_is_only_ready_sends_nothing_else(role: str) -> None:
    """A seat of `ready` says that it is ready, in every phase, and nothing at all beside it."""
    assert _sent(_game("ready", role), role) == {"ready"}


@pytest.mark.parametrize("role", [MAKER, INVESTOR, OPERATOR])
def test_the_main_button_sends_what_the_close_would_do_anyway(role: str) -> None:
    """As the phone is, who presses the main button alone has the scores of who is only ready."""
    assert _sent(_game("yellow", role), role) == {"ready"} | ({"keep_idea"} if role == MAKER else set())
    assert _game("yellow", role).scores == _game("ready", role).scores


def test_the_main_button_keeps_the_idea_that_is_marked() -> None:
    """It is the one that the close would keep, which the wire says and the phone marks."""

    @attrs.define
    class Compares:
        runner: Runner | None = None
        kept: int = 0

        def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
            moves = MainButton().choose(view, legal, rng)
            if moves[0][0] == "keep_idea":
                assert self.runner is not None
                assert moves[0][1] == engine.defaults(self.runner.state, view.seat)["keep_idea"]
                self.kept += 1
            return moves

    compares = Compares()
    for seed in map(str, range(6)):
        compares.runner = Runner(scenario("seminar"), _SEATS, seed, {ANY: compares}, keep=False)
        compares.runner.play()
    assert compares.kept >= 6 * 5


# -- the main act of a role


def test_who_forgoes_capital_gives_none_and_hours_all_the_same() -> None:
    """No deal has credits, and some have hours."""
    deals = _deals(_game("standard-capital", INVESTOR))
    assert any(deal.credits for deal in _deals(_game("standard", INVESTOR)))
    assert not any(deal.credits for deal in deals)
    assert any(deal.hours for deal in deals)


def test_who_forgoes_hours_gives_none_and_capital_all_the_same() -> None:
    """The default list would give them: an empty one is handed in."""
    deals = _deals(_game("standard-hours", INVESTOR))
    assert not any(deal.hours for deal in deals)
    assert any(deal.credits for deal in deals)


def test_who_forgoes_deals_signs_none() -> None:
    """Neither by a sheet nor by a floor nor by a list."""
    assert _deals(_game("standard-deals", MAKER)) == []


@pytest.mark.parametrize("modules", _OTHERS, ids=lambda modules: "+".join(modules.values()))
@pytest.mark.parametrize(
    ("name", "role", "good"),
    [
        ("standard-capital", INVESTOR, "credits"),
        ("standard-hours", INVESTOR, "hours"),
        ("standard-deals", MAKER, ""),
    ],
)
def test_whichever_module_brings_them_together_what_is_forgone_is_not_done(
    name: str, role: str, good: str, modules: Mapping[str, str]
) -> None:
    """Bids, lists, plans and sheets are one act."""
    players: dict[int | str, Policy] = {ANY: policy("standard"), role: policy(name)}
    result = play(variant("seminar", modules), _SEATS, "3", players, keep=True)
    assert not result.refusals
    assert not any(not good or getattr(deal, good) for deal in _deals(result))


def test_who_forgoes_ties_has_none() -> None:
    """What a seat leaves open is accepted for it at the close: everything is declined instead."""
    free, bound = _game("standard", MAKER).state, _game("standard-exchange", MAKER).state
    assert free is not None
    assert bound is not None
    assert any(maker.ties for maker in free.all(Maker).values())
    assert not any(maker.ties for maker in bound.all(Maker).values())


def test_one_who_forgoes_ties_among_others_has_none_either() -> None:
    """Others propose to it all the same, and it says no."""
    players: dict[int | str, Policy] = {ANY: policy("standard"), 1: policy("standard-exchange")}
    result = play(scenario("seminar"), _SEATS, "3", players, keep=True)
    assert result.state is not None
    assert not result.state.one(Maker, 1).ties


@pytest.mark.parametrize("name", ["standard-introduce", "standard-workshop", "standard-grant", "standard-wild-card"])
def test_an_operator_that_forgoes_an_act_never_does_it(name: str) -> None:
    """The standard operator does it, and nothing does it for the one that does not."""
    act = name.removeprefix("standard-").replace("-", "_")
    assert any(act in _sent(_game("standard", OPERATOR, seed), OPERATOR) for seed in "345678")
    assert act not in _sent(_game(name, OPERATOR), OPERATOR)


def test_who_forgoes_the_gate_turns_nobody_away() -> None:
    """Its bars stand at 0 from the first season on."""
    state = _game("standard-gate", OPERATOR).state
    assert state is not None
    for space in state.all(Space).values():
        assert (space.maker_bar, space.investor_bar, space.appraisal_bar) == (0, 0, 0)
