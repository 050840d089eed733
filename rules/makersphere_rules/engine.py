"""The centre: three pure functions carry the game.

`decide(state, actor, command) -> events or refusal`, `evolve(state, event)`, and, in `views.py`,
`view`. This file knows seasons, phases, seats and readiness, and no rule of the game: those are asked
of the modules that the scenario names. Source: the rulebook's "A season" and principle 3 and 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

import msgspec

from makersphere_rules.dice import Dice
from makersphere_rules.entity import KEYS_AT_HAND
from makersphere_rules.events import (
    ChoiceMade,
    ChoicesCleared,
    Event,
    GameEnded,
    GameStarted,
    PhaseClosed,
    PhaseOpened,
    ReadySet,
    Rewound,
    RulesChanged,
    RunBegan,
    SeatAdded,
)
from makersphere_rules.forms import Arg, Args, Flag, Form, check
from makersphere_rules.module import Command, Draft, RuleModule
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.scenario import Scenario
from makersphere_rules.state import WAITING, CurrentRun, Game, Seat, State

__all__ = ["ROOM", "At", "Order", "all_ready", "decide", "evolve", "form_of", "legal", "new", "step", "unsaid"]

ROOM: Final = 0  # the actor that is no seat: the room itself, its clock, its host
_READY: Final = Form({"ready": Flag()})
_ROOM_ORDERS: Final = frozenset({"seat", "start", "close", "end", "shock", "place", "rewind", "change"})


class At(msgspec.Struct, frozen=True):
    """The season and phase that a command was meant for."""

    season: int
    phase: str


class Order(msgspec.Struct, frozen=True):
    """A command as it reaches the engine."""

    name: str
    args: Args = msgspec.field(default_factory=dict)
    at: At | None = None


def new(scenario: Scenario, dice: Dice, roles: tuple[str, ...] | int) -> State:
    """Return a game in its lobby, with a seat for each role, or with so many seats as the rules seat them."""
    state = State(scenario, dice, runs=scenario.runs)
    state.put(Game(scenario.name, scenario.seasons))
    if isinstance(roles, int):
        roles = seating(scenario, roles)
    for number, role in enumerate(roles, 1):
        state.put(Seat(number, role))
    state.settle()
    return state


def seating(scenario: Scenario, seats: int) -> tuple[str, ...]:
    """Return the roles of `seats` seats in order, as the scenario's rules seat them."""
    for module in scenario.modules:
        roles = module.seating(scenario, seats)
        if roles is not None:
            return tuple(roles)
    return ("player",) * seats


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
        return _decide_for_room(state, order, Draft(state.copy(), applies=True))
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
    refusal = check(form, order.args)
    if refusal is not None:
        return refusal
    return command.carry_out(state, actor, order.args)


def _no_such_command(state: State, name: str) -> Refusal:
    """Return why no command of that name can be sent in the present phase."""
    for phase, commands in state.scenario.commands.items():
        if name in commands:
            return refuse("not_your_phase", "not_your_phase", command_phase=phase, phase=state.game.phase)
    return refuse("unknown_command", "unknown_command", command=name[:64])


def form_of(state: State, seat: int, command: Command) -> Form | Refusal:
    """Return what a command takes from a seat now, or why it takes nothing; made once until the state changes."""
    forms, key = state.forms, (seat, command.name)
    form = forms.get(key)
    if form is None:
        form = forms[key] = command.form(state, seat)
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


def defaults(state: State, seat: int) -> dict[str, Args]:
    """Return what the close of this phase will do for a seat as things stand.

    Keyed by sealed command, and `command:target` where a seat may send several of one command.
    """
    if state.game.status != "running":
        return {}
    found: dict[str, Args] = {}
    for module in state.scenario.phase(state.game.phase).modules:
        for choice in unsaid(state, module, (seat,)):
            found[f"{choice.command}:{choice.target}" if choice.target else choice.command] = choice.args
    return found


def unsaid(state: State, module: RuleModule, seats: Iterable[int]) -> Iterator[ChoiceMade]:
    """Yield what a module chooses for some seats, as far as they have not said it themselves."""
    commands = state.scenario.commands[state.game.phase]
    for seat in seats:
        if state.role(seat) == WAITING:
            continue
        for name, args in module.defaults(state, seat):
            if name in commands:  # another module may withhold it
                target = commands[name].target(args)
                if state.choice(seat, name, target) is None:
                    yield ChoiceMade(seat, name, target, args, by_default=True)


def all_ready(state: State) -> bool:
    """Return whether no seat needs more time."""
    return all(seat.ready and not seat.asked for seat in state.all(Seat).values())


def seats_latecomers(state: State) -> bool:
    """Return whether these rules deal in a seat that is added during play."""
    return any(module.seats_latecomers for module in state.scenario.modules)


def takes_latecomers(state: State) -> bool:
    """Return whether a seat that is added now will still be dealt in: not in the last season."""
    goes_on = state.game.season < state.game.seasons or _runs_left(state) > 0
    return state.game.status == "running" and goes_on and seats_latecomers(state)


def shocks(state: State) -> tuple[str, ...]:
    """Return the cards that the host may turn now, in the order of the decks."""
    if state.game.status != "running":
        return ()
    return tuple(card for module in state.scenario.modules for card in module.shocks(state))


def places(state: State, seat: int) -> tuple[int, ...]:
    """Return the places to which the host may move a seat now."""
    if state.game.status != "running":
        return ()
    return tuple(place for module in state.scenario.modules for place in module.places(state, seat))


def step(state: State, actor: int, order: Order) -> tuple[Event, ...] | Refusal:
    """Decide and evolve at once, for headless play: what a phase's close decides it decides on the state itself."""
    if actor == ROOM:
        return _decide_for_room(state, order, Draft(state, applies=True))
    events = decide(state, actor, order)
    if isinstance(events, tuple):
        for event in events:
            event.apply(state)
    return events


def invariants(state: State) -> list[str]:
    """Return a sentence for each thing that must never be and is."""
    return [sentence for module in state.scenario.modules for sentence in module.invariants(state)]


# -- the room's own orders


def _decide_for_room(state: State, order: Order, draft: Draft) -> tuple[Event, ...] | Refusal:
    """Carry out an order of the room in a draft that applies its events, and return them."""
    match order.name, state.game.status:
        case "seat", "lobby":
            draft.emit(SeatAdded(int(str(order.args["seat"])), str(order.args["role"])))
        case "seat", "running":
            if not takes_latecomers(draft.state):
                return refuse("rule", "no_more_seats")
            if order.args.get("seat") != len(draft.state.seats()) + 1:
                return refuse("bad_args", "no_such_target", "seat")
            draft.emit(SeatAdded(len(draft.state.seats()) + 1, WAITING))
        case "start", "lobby":
            _start(draft, str(order.args.get("commitment", "")))
        case "close", "running":
            _close(draft)
        case "end", "running":
            _end(draft)
        case "shock" | "place" | "rewind" | "change", "running":
            return _decide_for_host(draft, order)
        case name, "over" if name in _ROOM_ORDERS:
            return refuse("over", "over")
        case name, _ if name in _ROOM_ORDERS:
            return refuse("rule", "not_started")
        case _:
            return refuse("unknown_command", "unknown_command", command=order.name[:64])
    return draft.finish()


def _decide_for_host(draft: Draft, order: Order) -> tuple[Event, ...] | Refusal:
    args = order.args
    match order.name:
        case "shock":
            return _shock(draft, args.get("card"))
        case "place":
            return _place(draft, args.get("seat"), args.get("space"))
        case "change":
            return _change(draft)
        case _:
            return _rewind(draft, args.get("season"), args.get("phase"))


def _shock(draft: Draft, card: Arg | None) -> tuple[Event, ...] | Refusal:
    for module in draft.state.scenario.modules:
        if isinstance(card, str) and card in module.shocks(draft.state):
            module.shock(draft, card)
            return draft.finish()
    return refuse("rule", "no_such_card", "card")


def _place(draft: Draft, seat: Arg | None, space: Arg | None) -> tuple[Event, ...] | Refusal:
    for module in draft.state.scenario.modules:
        if type(seat) is int and type(space) is int and space in module.places(draft.state, seat):
            module.place(draft, seat, space)
            return draft.finish()
    return refuse("rule", "no_place_there", "space")


def _rewind(draft: Draft, season: Arg | None, phase: Arg | None) -> tuple[Event, ...] | Refusal:
    """Go back to a phase of this run: what the end of a run has opened stays open."""
    state = draft.state
    if type(season) is int and isinstance(phase, str):
        first = state.game.season - state.run_season + 1
        if season >= first and (season, phase) in state.pasts:
            draft.emit(Rewound(season, phase))
            return draft.finish()
    return refuse("rule", "no_such_past", "phase")


def _change(draft: Draft) -> tuple[Event, ...] | Refusal:
    """Put the rules in force that a fork was founded with."""
    if draft.state.scenario.changed is None:
        return refuse("rule", "no_other_rules")
    draft.emit(RulesChanged())
    return draft.finish()


def _start(draft: Draft, commitment: str) -> None:
    draft.emit(GameStarted(commitment))
    _begin_run(draft, 1)


def _begin_run(draft: Draft, number: int) -> None:
    """Deal a run, the only one of most games, and open its first season."""
    state = draft.state
    if state.runs:
        run = state.runs[number - 1]
        draft.emit(RunBegan(number, run.name, run.practice, state.game.season + 1, run.rules.seasons))
    for module in state.scenario.modules:
        module.start(draft)
    _open(draft, state.game.season + 1, 0)


def _open(draft: Draft, season: int, number: int) -> None:
    scenario = draft.state.scenario
    phase = scenario.phases[number]
    draft.emit(PhaseOpened(season, phase.name, number))
    if number == 0:
        for module in scenario.modules:
            module.season(draft)
    for module in phase.modules:
        module.open(draft)


def _close(draft: Draft) -> None:
    scenario, game = draft.state.scenario, draft.state.game
    phase = scenario.phases[game.phase_number]
    for module in phase.modules:
        _fill_defaults(draft, module)
    for module in phase.modules:
        module.close(draft)
    draft.emit(ChoicesCleared())
    draft.emit(PhaseClosed(game.season, phase.name))
    if game.phase_number + 1 < len(scenario.phases):
        _open(draft, game.season, game.phase_number + 1)
    elif game.season < game.seasons:
        _open(draft, game.season + 1, 0)
    elif _runs_left(draft.state):
        _count_out(draft)
        _begin_run(draft, draft.state.one(CurrentRun).number + 1)
    else:
        _end(draft)


def _fill_defaults(draft: Draft, module: RuleModule) -> None:
    if type(module).defaults is RuleModule.defaults:
        return  # it does nothing for anybody
    for choice in unsaid(draft.state, module, draft.state.seats()):
        draft.emit(choice)


def _end(draft: Draft) -> None:
    draft.emit(ChoicesCleared())
    _count_out(draft)
    draft.emit(GameEnded())


def _count_out(draft: Draft) -> None:
    for module in draft.state.scenario.modules:
        module.end(draft)


def _runs_left(state: State) -> int:
    """Return how many runs come after the present one."""
    return len(state.runs) - state.one(CurrentRun).number if state.runs else 0


# -- seats


def _decide_ready(seat: int, order: Order) -> tuple[Event, ...] | Refusal:
    ready = order.args.get("ready")
    if type(ready) is not bool or len(order.args) > 1:
        refusal = check(_READY, order.args)
        assert refusal is not None, f"{order.args} fill the form of ready"  # noqa: S101
        return refusal
    if order.at is None:
        return refuse("bad_args", "ready_needs_at", "at")
    return _ready_set(seat, ready)


@lru_cache(maxsize=KEYS_AT_HAND)
def _ready_set(seat: int, ready: bool) -> tuple[Event, ...]:  # noqa: FBT001  (as its field stands)
    """Return that a seat is ready or not: the same fact as often as it is said."""
    return (ReadySet(seat, ready),)
