"""How many games a designer, a researcher or a test plays in a second, without a server."""

from __future__ import annotations

from makersphere_bots.standard import Standard
from makersphere_playtest.games.headless import ANY, Policies, play, seed_bytes
from makersphere_rules.dice import SeededDice
from makersphere_rules.engine import ROOM, Order, decide, evolve, new, step
from makersphere_rules.refusals import Refusal
from makersphere_rules.shipped import scenario
from tests.bench.harness import CpuClock, Figures, at_least, bench

_GAMES = 40
_SEATS = 12
_COMMANDS = 100_000


@bench("simulate", games_per_cpu_s=at_least(40))
def simulate() -> Figures:
    """Play games of classroom with twelve standard bots."""
    classroom = scenario("classroom")
    policies: Policies = {ANY: Standard()}
    play(classroom, _SEATS, "warm", policies)
    with CpuClock() as clock:
        results = [play(classroom, _SEATS, f"bench:{game}", policies) for game in range(_GAMES)]
    return {
        "games_per_cpu_s": _GAMES / clock.own_s,
        "commands_per_cpu_s": sum(result.commands for result in results) / clock.own_s,
    }


@bench("counter", commands_per_cpu_s=at_least(100_000))
def counter() -> Figures:
    """Decide and evolve commands of counter in one process."""
    state = new(scenario("counter"), SeededDice(seed_bytes("bench")), _SEATS)
    step(state, ROOM, Order("start"))
    with CpuClock() as clock:
        for number in range(_COMMANDS):
            events = decide(state, number % _SEATS + 1, Order("count", {"by": number % 10 + 1}))
            if isinstance(events, Refusal):
                raise AssertionError(events.text)  # noqa: TRY004  (a refusal is no type error)
            for event in events:
                evolve(state, event)
    return {"commands_per_cpu_s": _COMMANDS / clock.own_s}
