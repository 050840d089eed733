"""What the wall counts is counted of the table: a secret that differs changes no count, in any phase.

The wall sees the table and how many offers are on their way, and nothing else (`wall/strip.tsx`). Twins of a game of
bots part in a phase: a seat sends this in the one and that in the other. Until the phase closes the room is shown the
same of both, to the byte, so that no count tells what anybody has chosen.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Final

import pytest

from makersphere_bots.catalogue import policy
from makersphere_playtest.games.headless import ANY, Runner
from makersphere_rules import engine, shipped
from makersphere_rules.ecosystem.figures.on_the_way import on_the_way
from makersphere_rules.kit.conformance import Pick, picker, sample
from makersphere_rules.seen.views import table_of
from makersphere_rules.state import State

# a phase whose strip counts, and the command that carries a secret behind its counts
SECRETS: Final = [
    ("policy", "set_terms"),
    ("admission", "pitch"),
    ("exchange", "propose_exchange"),
    ("matching", "send_terms"),
    ("incubation", "plan"),
    ("incubation", "deliver"),
    ("market", "forecast"),
    ("market", "set_price"),
    ("appraisal", "rate"),
]
SEATS: Final = 12
TRIES: Final = 12
FEWEST: Final = 3  # twins of a game


def at_phase(phase: str, seed: str) -> Iterator[State]:
    """Play a game of bots and yield it at the start of a phase, in each season."""
    runner = Runner(shipped.scenario("classroom"), SEATS, seed, {ANY: policy("standard")}, keep=True)
    runner.start()
    while runner.state.game.status == "running":
        if runner.state.game.phase == phase:
            yield runner.state
        runner.ask_all()
        runner.close()


def sent(state: State, seat: int, command: str, pick: Pick) -> tuple[engine.Order, State] | None:
    """Return something that a seat may send, and a copy of the game in which it was sent."""
    for _ in range(TRIES):
        form = engine.legal(state, seat).get(command)
        if form is None:
            return None
        order, twin = engine.Order(command, sample(form, pick)), state.copy()
        if isinstance(engine.step(twin, seat, order), tuple):
            return order, twin
    return None


def shown(state: State) -> str:
    """Return all that the room is shown, as bytes would be."""
    return json.dumps([table_of(state), on_the_way(state)], sort_keys=True)


@pytest.mark.parametrize(("phase", "command"), SECRETS)
def test_whatever_is_secretly_chosen_the_room_and_so_each_count_is_the_same(phase: str, command: str) -> None:
    """Twins in which one seat has chosen otherwise show the room the same, and so the wall counts the same."""
    pick, twins = picker(command), 0
    for state in at_phase(phase, f"counts {command}"):
        for seat in state.seats():
            one, other = (sent(state, seat, command, pick) for _ in range(2))
            if one and other and one[0].args != other[0].args:
                assert shown(one[1]) == shown(other[1]), (phase, seat, one[0], other[0])
                twins += 1
    assert twins >= FEWEST


def test_a_count_that_could_tell_a_single_bidder_stays_back() -> None:
    """One offer and two show the room the same word, whoever sends them to whom."""
    pick, seen = picker("bidder"), set[str]()
    for state in at_phase("matching", "counts of bidders"):
        for seat in state.seats():
            one = sent(state, seat, "send_terms", pick)
            two = sent(one[1], seat, "send_terms", pick) if one else None
            seen |= {str(on_the_way(found[1])["open"]) for found in (one, two) if found}
    assert seen == {"some"}
