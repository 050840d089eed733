"""How the cost of a game grows with its seats: of a command, of each phase's close, and of what goes over the wire."""

from __future__ import annotations

import time
from collections import defaultdict

import msgspec

from makersphere_bots.standard import Standard
from makersphere_playtest.games.headless import ANY, Entry, Runner, seed_bytes
from makersphere_rules.dice import SeededDice
from makersphere_rules.engine import ROOM, Order, evolve, new
from makersphere_rules.refusals import Refusal
from makersphere_rules.scenario import Scenario
from makersphere_rules.seen.views import Views
from makersphere_rules.shipped import scenario
from makersphere_rules.state import State
from tests.bench.harness import Figures, at_most, bench

_SIZES = (12, 60, 500)
_GAMES = {12: 10, 60: 2, 500: 1}  # about as many commands for each size
_SEASON = 2  # whose commands are measured on the wire


class _Timed(Runner):
    """A game that keeps count of the CPU seconds of its commands and of its closings by phase."""

    def __init__(self, rules: Scenario, seats: int, seed: str) -> None:
        """Open a lobby for standard bots."""
        super().__init__(rules, seats, seed, {ANY: Standard()}, keep=True)
        self.command_s = 0.0
        self.close_s: dict[str, float] = defaultdict(float)

    def _do(self, actor: int, order: Order) -> Refusal | None:
        phase, started = self.state.game.phase, time.process_time()
        refusal = super()._do(actor, order)
        spent = time.process_time() - started
        if actor == ROOM:
            self.close_s[phase] += spent
        else:
            self.command_s += spent
        return refusal


@bench("growth", command_500_over_12=at_most(1.3))
def growth() -> Figures:
    """Play classroom with 12, 60 and 500 standard bots, and hold the sizes against each other."""
    rules = scenario("classroom")
    _Timed(rules, 12, "warm").play()
    figures: Figures = {}
    for seats in _SIZES:
        games = [_Timed(rules, seats, f"growth:{game}") for game in range(_GAMES[seats])]
        for game in games:
            game.play()
        commands = sum(actor != ROOM for game in games for actor, _, _ in game.log)
        figures[f"command_us_{seats}"] = 1e6 * sum(game.command_s for game in games) / commands
        for phase in rules.phases:
            spent = sum(game.close_s[phase.name] for game in games)
            figures[f"close_ms_{phase.name}_{seats}"] = 1e3 * spent / rules.seasons / len(games)
        figures[f"hand_bytes_{seats}"], figures[f"update_bytes_{seats}"] = _on_the_wire(rules, seats, games[0].log)
    figures["command_500_over_12"] = figures["command_us_500"] / figures["command_us_12"]
    return figures


def _on_the_wire(rules: Scenario, seats: int, log: list[Entry]) -> tuple[float, float]:
    """Return the mean bytes of a hand as a season begins, and of all that one of its commands changes for anybody."""
    state = new(rules, SeededDice(seed_bytes("growth")), seats)
    entries = iter(log)
    while state.game.season < _SEASON:
        _apply(state, next(entries))
    views = Views(state)
    hands = sum(len(msgspec.json.encode(views.hand(seat))) for seat in state.seats())
    updates = commands = 0
    for entry in entries:
        if state.game.season > _SEASON:
            break
        _apply(state, entry)
        changes = views.refresh()
        if entry[0] != ROOM:
            commands += 1
            updates += sum(len(msgspec.json.encode(patch)) for patch in (changes.table, *changes.hands.values()))
    return hands / seats, updates / commands


def _apply(state: State, entry: Entry) -> None:
    for event in entry[2]:
        evolve(state, event)
