"""A rule module tried in games of random legal orders, each seed twice, with an eye on all that it does.

Looks at each form that is offered, each default, each event when it is emitted and each entity when it is put. What
goes wrong is placed in the module's source. What the conformance kit holds is held by the kit, once nothing is found
here that would stop it.
"""

from __future__ import annotations

import hashlib
import sys
from typing import Final

from makersphere_cli.modules.looked_at import Looked
from makersphere_rules import engine
from makersphere_rules.dice import SeededDice
from makersphere_rules.events import Event
from makersphere_rules.kit import bounds, conformance, twins
from makersphere_rules.kit.conformance import NonConformance, Pick, picker, sample
from makersphere_rules.module import Draft
from makersphere_rules.refusals import Refusal
from makersphere_rules.room_orders import decide_for_room
from makersphere_rules.scenario import Scenario
from makersphere_rules.state import State

__all__ = ["SEEDS", "tried"]

SEEDS: Final = ("first", "second")
_ORDERS: Final = 2  # of a seat in a phase
_LARGE: Final = 8  # as many seats as are needed to try a module
_STOPS_THE_KIT: Final = frozenset(
    "account_unknown amount_negative event_undeclared entity_undeclared form_empty form_none form_reads hook_raised"
    " no_chance no_time not_whole state_changed"
    " reason_unknown".split()
)


class _Watched(Draft, kw_only=True, eq=False):
    """A draft of the room's orders that shows each event before it applies."""

    looked: Looked

    def emit(self, event: Event) -> None:
        """Look at the event, apply it, and look at what it has put."""
        place = self.looked.sources.at(sys._getframe(1))  # noqa: SLF001  (whose event it is)
        self.looked.event(event, place)
        super().emit(event)
        self.looked.entities(self.state, event, place)


def tried(scenario: Scenario, looked: Looked) -> int:
    """Play a scenario, keep what is found, and return how many games there were, each played twice."""
    sizes = dict.fromkeys(min(size, _LARGE) for size in (scenario.made_for[0], scenario.seats))
    games = [(seats, f"{seed} {seats}") for seats in sizes for seed in SEEDS]
    for seats, seed in games:
        first, second = (_played(scenario, seats, seed, looked) for _ in range(2))
        looked.apart(first, second)
    if not looked.has(*_STOPS_THE_KIT):
        for seats in sizes:
            _by_the_kit(scenario, seats, SEEDS[0], looked)
    return len(games)


def _played(scenario: Scenario, seats: int, seed: str, looked: Looked) -> list[Event]:
    """Play one game and return its events; a hook that raises ends it."""
    log: list[Event] = []
    state = engine.new(scenario, SeededDice(hashlib.sha256(seed.encode()).digest()), seats)
    try:
        _play(state, picker(seed), looked, log)
    except Exception as error:  # noqa: BLE001  (whatever a module raises)
        looked.raised(error, state)
    return log


def _play(state: State, pick: Pick, looked: Looked, log: list[Event]) -> None:
    _room(state, "start", looked, log)
    while state.game.status == "running":
        for _ in range(_ORDERS):
            for seat in state.seats():
                looked.forms(state, seat)
                _act(state, seat, pick, looked, log)
        looked.defaults(state)
        looked.secrets(state)
        _room(state, "close", looked, log)


def _room(state: State, name: str, looked: Looked, log: list[Event]) -> None:
    draft = _Watched(state, applies=True, looked=looked)
    outcome = decide_for_room(draft, name, {})
    assert not isinstance(outcome, Refusal)  # noqa: S101  (the room may always start, and close while it runs)
    log += outcome


def _act(state: State, seat: int, pick: Pick, looked: Looked, log: list[Event]) -> None:
    """Let a seat send one random order of those whose forms can be filled."""
    forms = {name: form for name, form in engine.legal(state, seat).items() if looked.can_be_filled(form)}
    name = sorted(forms)[pick(len(forms))]
    at = engine.At(state.game.season, state.game.phase)
    outcome = engine.decide(state, seat, engine.Order(name, sample(forms[name], pick), at))
    if isinstance(outcome, Refusal):
        return
    for event in outcome:
        looked.event(event, None)
        engine.evolve(state, event)
        looked.entities(state, event, None)
    log += outcome


def _by_the_kit(scenario: Scenario, seats: int, seed: str, looked: Looked) -> None:
    """Hold a game against the kit: replays, views, secrets, bounds."""
    try:
        conformance.play(scenario, seats, seed)
        bounds.probe(scenario, seats, seed, orders=1)
        twins.compare(scenario, seats, seed)
    except NonConformance as error:
        looked.broken(str(error))
    except Exception as error:  # noqa: BLE001  (whatever a module raises)
        looked.raised(error, None)
