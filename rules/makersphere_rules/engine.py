"""The centre: three pure functions carry the game.

`decide(state, actor, command) -> events or refusal`, `evolve(state, event)`, and, in `views.py`,
`view`. This file knows phases, roles and readiness, and no rule of the game: those are asked of the modules that the
scenario names. What the room itself orders is decided in `room_orders.py`; what a host may order is told here as well,
so that a server imports this file alone. Source: the rulebook's "A season" and principle 3 and 4.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final

import msgspec

from makersphere_rules.dice import Dice
from makersphere_rules.entity import KEYS_AT_HAND
from makersphere_rules.events import Event, ReadySet
from makersphere_rules.forms import Args, Flag, Form, Start, check
from makersphere_rules.module import Command, Draft
from makersphere_rules.not_yet import completed, form_now, is_offered, offered, too_early
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.room_orders import (
    decide_for_room,
    places,
    seats_latecomers,
    shocks,
    takes_latecomers,
    unsaid,
)
from makersphere_rules.scenario import MOST_SEATS, Scenario
from makersphere_rules.split import within
from makersphere_rules.state import WAITING, Game, Seat, State

__all__ = [
    "ROOM",
    "At",
    "Order",
    "all_ready",
    "decide",
    "defaults",
    "evolve",
    "form_of",
    "invariants",
    "legal",
    "new",
    "numbers",
    "places",
    "ready_set",
    "seating",
    "seats_latecomers",
    "shocks",
    "starts",
    "step",
    "takes_latecomers",
]

ROOM: Final = 0  # the actor that is no seat: the room itself, its clock, its host
_READY: Final = Form({"ready": Flag()})


class At(msgspec.Struct, frozen=True, gc=False):
    """The season and phase that a command was meant for."""

    season: int
    phase: str


class Order(msgspec.Struct, frozen=True, gc=False):
    """A command as it reaches the engine."""

    name: str
    args: Args = msgspec.field(default_factory=dict)
    at: At | None = None


def new(scenario: Scenario, dice: Dice, roles: tuple[str, ...] | int) -> State:
    """Return a game in its lobby; `roles` are those of its seats, or a number of seats that the rules give roles."""
    state = State(scenario, dice, runs=scenario.runs)
    state.put(Game(scenario.name, scenario.seasons))
    if isinstance(roles, int):
        roles = seating(scenario, roles)
    for number, role in enumerate(roles, 1):
        state.put(Seat(number, role))
    state.settle()
    return state


def seating(scenario: Scenario, seats: int) -> tuple[str, ...]:
    """Return the role of each of `seats` seats in order: as the modules deal them, within the scenario's bounds."""
    for module in scenario.modules:
        roles = module.seating(scenario, seats)
        if roles is not None:
            return _within_bounds(scenario, roles)
    return ("player",) * seats


def _within_bounds(scenario: Scenario, roles: Sequence[str]) -> tuple[str, ...]:
    """Return roles of which as few are others as the bounds ask for, one of each at least; or the very same."""
    dealt = Counter(roles)
    bounded = within(dealt, {role: scenario.role_bounds.get(role, (1, MOST_SEATS)) for role in dealt})
    if bounded == dealt:
        return tuple(roles)
    return tuple(role for role, seats in bounded.items() for _ in range(seats))


def evolve(state: State, event: Event) -> None:
    """Change the state by a fact."""
    event.apply(state)


def decide(state: State, actor: int, order: Order) -> tuple[Event, ...] | Refusal:
    """Return what follows from an order, or why it is refused. The state stays as it is.

    Args:
        state: the game.
        actor: a seat's number, or `ROOM` for what the room, its clock and its hosts order.
        order: what is asked.
    """
    if actor == ROOM:
        return decide_for_room(Draft(state.copy(), applies=True), order.name, order.args)
    game = state.game
    if order.at is not None and (order.at.season != game.season or order.at.phase != game.phase):
        return refuse("not_your_phase", "late", phase=game.phase)
    if game.status != "running":
        return refuse("over", "over") if game.status == "over" else refuse("not_your_phase", "not_started")
    role = state.role(actor)
    if role == WAITING:
        return refuse("not_your_phase", "waiting")
    if order.name == "ready":
        return _decide_ready(actor, order)
    command = state.scenario.commands[game.phase].get(order.name)
    if command is None:
        return _no_such_command(state, order.name)
    if command.roles and role not in command.roles:
        return refuse("not_your_role", "not_your_role", command=command.name, role=role)
    form = form_of(state, actor, command)
    if not isinstance(form, Form):
        return form
    if not command.later:
        return check(form, order.args) or command.carry_out(state, actor, order.args)
    refusal = too_early(state, command, order.args) or check(form, order.args)
    return refusal or command.carry_out(state, actor, completed(state, actor, command, order.args))


def _no_such_command(state: State, name: str) -> Refusal:
    """Return why no command of that name can be sent in the present phase."""
    for phase, commands in state.scenario.commands.items():
        if name in commands:
            return refuse("not_your_phase", "not_your_phase", command_phase=phase, phase=state.game.phase)
    return refuse("unknown_command", "unknown_command", command=name[:64])


def form_of(state: State, seat: int, command: Command) -> Form | Refusal:
    """Return what a command takes from a seat now, or why it takes nothing; kept until the state changes (ADR 12)."""
    key = seat, command.name
    form = state.forms.get(key)
    if form is None:
        form = state.forms[key] = form_now(state, seat, command)
    return form


def legal(state: State, seat: int) -> dict[str, Form]:
    """Return the commands that a seat may send now, each with its live bounds."""
    if state.game.status != "running":
        return {}
    role = state.role(seat)
    if role == WAITING:
        return {}
    found: dict[str, Form] = {"ready": _READY}
    for command in state.scenario.commands[state.game.phase].values():
        if not command.roles or role in command.roles:
            form = form_of(state, seat, command)
            if isinstance(form, Form):
                found[command.name] = form
    return found


def starts(state: State, seat: int, names: Iterable[str]) -> dict[str, tuple[Start, ...]]:
    """Return what the forms of those commands begin with that say it; `names` are commands that the seat may send."""
    if state.game.status != "running":
        return {}
    commands = state.scenario.commands[state.game.phase]
    offered_now = (commands[name] for name in names if name in commands)
    found = {command.name: tuple(command.starts(state, seat)) for command in offered_now}
    return {name: begin for name, begin in found.items() if begin}


def numbers(state: State, seat: int, name: str, args: Args) -> Mapping[str, int]:
    """Return what the arguments of a command come to, which the seat could send now; empty where it says nothing."""
    command = state.scenario.commands[state.game.phase].get(name)
    if command is None or command.numbers is None:
        return {}
    return command.numbers(state, seat, completed(state, seat, command, args))


def defaults(state: State, seat: int) -> dict[str, Args]:
    """Return what the close of this phase will do for a seat as things stand, as far as it has been introduced.

    Keyed by sealed command, and `command:target` where a seat may send several of one command.
    """
    if state.game.status != "running":
        return {}
    found: dict[str, Args] = {}
    commands = state.scenario.commands[state.game.phase]
    for module in state.scenario.phase(state.game.phase).modules:
        for choice in unsaid(state, module, (seat,)):
            command = commands[choice.command]
            if is_offered(state, command):
                key = f"{choice.command}:{choice.target}" if choice.target else choice.command
                found[key] = offered(state, command, choice.args)
    return found


def all_ready(state: State) -> bool:
    """Return whether no seat needs more time."""
    return all(seat.ready and not seat.asked for seat in state.all(Seat).values())


def step(state: State, actor: int, order: Order) -> tuple[Event, ...] | Refusal:
    """Decide an order and apply its events, for headless play; the room's orders are decided on the state itself."""
    if actor == ROOM:
        return decide_for_room(Draft(state, applies=True), order.name, order.args)
    events = decide(state, actor, order)
    if isinstance(events, tuple):
        for event in events:
            event.apply(state)
    return events


def invariants(state: State) -> list[str]:
    """Return a sentence for each thing that must never be and is."""
    return [sentence for module in state.scenario.modules for sentence in module.invariants(state)]


def _decide_ready(seat: int, order: Order) -> tuple[Event, ...] | Refusal:
    ready = order.args.get("ready")
    if type(ready) is not bool or len(order.args) > 1:
        refusal = check(_READY, order.args)
        assert refusal is not None, f"{order.args} fill the form of ready"  # noqa: S101
        return refusal
    if order.at is None:
        return refuse("bad_args", "ready_needs_at", "at")
    return ready_set(seat, ready)


@lru_cache(maxsize=KEYS_AT_HAND)
def ready_set(seat: int, ready: bool) -> tuple[Event, ...]:  # noqa: FBT001  (as its field stands)
    """Return the fact that a seat is ready or not; each is made once (ADR 12)."""
    return (ReadySet(seat, ready),)
