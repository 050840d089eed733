"""Naive policies: each has its idea carried out within the rules, in its own roles alone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from makersphere_bots.catalogue import policy
from makersphere_bots.naive import NAIVE, swaps
from makersphere_bots.policy import INVESTOR, MAKER, OPERATOR, Policy
from makersphere_playtest.games.headless import ANY, Result, play
from makersphere_rules import engine
from makersphere_rules.ecosystem.table.entities import Space, Venture
from makersphere_rules.ecosystem.table.vocabulary import GARAGE
from makersphere_rules.shipped import scenario

_SEATS = 6
_LONG = frozenset({"studies"})  # waits for a game of more than four seasons
_SEEDS = ("7", "8", "9", "10", "11", "12")
_AS_STANDARD = frozenset({"no-grants", "high-price", "joins"})  # the standard bot mostly does the same


@cache
def _game(name: str, role: str, seed: str, played: str = "seminar") -> Result:
    players: dict[int | str, Policy] = {ANY: policy("standard"), role: policy(name)}
    return play(scenario(played), _SEATS, seed, players, keep=True, hashed=True)


def _args(name: str, role: str, command: str) -> Iterator[dict[str, object]]:
    for seed in _SEEDS[:3]:
        result = _game(name, role, seed)
        for actor, order, _ in result.log:
            if actor and result.roles[actor - 1] == role and order.name == command:
                yield dict(order.args)


@pytest.mark.parametrize(("role", "name"), [*swaps((MAKER, INVESTOR, OPERATOR))])
def test_a_naive_idea_is_carried_out_within_the_rules(role: str, name: str) -> None:
    """Nothing is refused, the books are right, and the game goes another way than among standard bots alone."""
    ways, played = set(), "training" if name in _LONG else "seminar"
    for seed in _SEEDS:
        result = _game(name, role, seed, played)
        assert result.state is not None
        refused = [one for one in result.refusals if one.refusal.text != "not_open"]  # its lead has just closed it
        assert refused == []
        assert engine.invariants(result.state) == []
        ways.add(result.state_hash != _game("standard", role, seed, played).state_hash)
        if True in ways or name in _AS_STANDARD:
            return
    pytest.fail("the idea changes nothing")


def test_an_idea_is_of_its_roles_alone() -> None:
    """Whoever plays another role under the same name plays as the standard bot does."""
    for name, naive in NAIVE.items():
        (other, *_) = {MAKER, INVESTOR, OPERATOR} - {*naive.roles}
        if name in ("joins", "fee-12", "rent-30", "rates-1"):
            assert _game(name, other, "7").state_hash == _game("standard", other, "7").state_hash


@pytest.mark.parametrize(
    ("role", "name", "command", "field", "value"),
    [
        (MAKER, "high-price", "set_price", "price", "high"),
        (MAKER, "asks-1000-shares", "send_terms", "shares", 1000),
        (MAKER, "no-own-money", "put_in", "credits", 0),
        (MAKER, "low-price", "set_price", "price", "low"),
        (INVESTOR, "fee-10", "post_package", "fee", 10),
        (INVESTOR, "rates-1", "rate", "score", 1),
        (OPERATOR, "rent-28", "set_terms", "rent", 28),
        (OPERATOR, "weights-served", "set_terms", "weights", [10, 0, 0, 0]),
    ],
)
def test_an_idea_is_what_its_name_says(role: str, name: str, command: str, field: str, value: object) -> None:
    """Each time that the command is sent, and it is; a sheet for hours alone asks for no capital."""
    sent = [args[field] for args in _args(name, role, command) if command != "send_terms" or args["credits"]]
    assert sent
    assert all(one == value for one in sent)


def test_who_stays_in_the_garage_has_no_desk() -> None:
    """No maker of the garage sits in a space at the end."""
    state = _game("garage", MAKER, "7").state
    assert state is not None
    assert {venture.space for venture in state.all(Venture).values()} == {GARAGE}


def test_levels_are_bought_in_the_order_of_the_idea() -> None:
    """Community first: no space has more of another path before the third level of it."""
    state = _game("community-first", OPERATOR, "7").state
    assert state is not None
    assert all(space.community >= max(space.resources, space.integration) for space in state.all(Space).values())
