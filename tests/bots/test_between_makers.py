"""What makers do for each other among bots: they lend hours for shares and swap shares; the shrewd do more."""

from __future__ import annotations

from functools import cache

from makersphere_bots.catalogue import policy
from makersphere_playtest.games.headless import ANY, Result, play
from makersphere_rules import engine
from makersphere_rules.shipped import scenario


@cache
def _games(name: str) -> tuple[Result, ...]:
    return tuple(play(scenario("seminar"), 12, seed, {ANY: policy(name)}, keep=True) for seed in ("31", "32", "33"))


def _sent(name: str) -> set[str]:
    return {order.name for game in _games(name) for _, order, _ in game.log}


def test_makers_lend_hours_and_hold_shares_in_each_other() -> None:
    """Spare hours go to a neighbour for shares, and shares are swapped; nothing is refused, the books are right."""
    made = {type(event).__name__ for game in _games("standard") for _, _, events in game.log for event in events}
    assert {"LendingMade", "SwapMade"} <= made
    for game in _games("standard"):
        assert game.state is not None
        assert game.refusals == ()
        assert engine.invariants(game.state) == []


def test_the_shrewd_use_what_others_leave_to_the_close() -> None:
    """They open floors, point mentors, ask for badges, close what will not be born, and look before they bid."""
    assert {"set_floor", "mentor_track", "apply", "close_venture", "look", "deliver"} <= _sent("shrewd")
    assert all(game.refusals == () for game in _games("shrewd"))
