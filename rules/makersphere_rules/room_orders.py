"""What the room itself orders: seats, the start, the close of a phase, the end, and what a host may order.

Answers what follows from such an order, and which of them a host may give now. It knows how seasons, phases and runs
follow each other, and no rule of the game: each step is the rule modules' own. `engine.py` hands it orders of nobody's
seat. Source: the rulebook's "A season", principles 3 and 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from makersphere_rules.events import (
    ChoiceMade,
    ChoicesCleared,
    Event,
    GameEnded,
    GameStarted,
    PhaseClosed,
    PhaseOpened,
    Rewound,
    RulesChanged,
    RunBegan,
    SeatAdded,
)
from makersphere_rules.forms import Arg, Args, whole
from makersphere_rules.module import Draft, RuleModule
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.state import WAITING, CurrentRun, State

__all__ = ["ROOM_ORDERS", "decide_for_room", "places", "seats_latecomers", "shocks", "takes_latecomers", "unsaid"]

ROOM_ORDERS: Final = frozenset({"seat", "deal", "start", "close", "end", "shock", "place", "rewind", "change"})


def decide_for_room(draft: Draft, name: str, args: Args) -> tuple[Event, ...] | Refusal:
    """Return what follows from an order of the room, or why it is refused.

    Args:
        draft: applies its events to the state that it stands on, where each step of a close reads the one before.
        name: of the order: `seat`, `start`, `close` and `end`, and `deal`, `shock`, `place`, `rewind` and `change` of a
            host.
        args: of the order.
    """
    match name, draft.state.game.status:
        case "seat", "lobby":
            draft.emit(SeatAdded(whole(args, "seat"), str(args["role"])))
        case "seat", "running":
            if not takes_latecomers(draft.state):
                return refuse("rule", "no_more_seats")
            if args.get("seat") != len(draft.state.seats()) + 1:
                return refuse("bad_args", "no_such_target", "seat")
            draft.emit(SeatAdded(len(draft.state.seats()) + 1, WAITING))
        case "deal", "lobby":
            return _deal(draft, args.get("order"))
        case "start", "lobby":
            _start(draft, str(args.get("commitment", "")))
        case "close", "running":
            _close(draft)
        case "end", "running":
            _end(draft)
        case "shock" | "place" | "rewind" | "change", "running":
            return _decide_for_host(draft, name, args)
        case _, "over" if name in ROOM_ORDERS:
            return refuse("over", "over")
        case _ if name in ROOM_ORDERS:
            return refuse("rule", "not_started")
        case _:
            return refuse("unknown_command", "unknown_command", command=name[:64])
    return draft.finish()


def _deal(draft: Draft, order: Arg | None) -> tuple[Event, ...] | Refusal:
    """Give each seat the role that another one has had: `order` has whose, seat by seat."""
    roles = {seat: draft.state.role(seat) for seat in draft.state.seats()}
    if not isinstance(order, list) or sorted(map(str, order)) != sorted(map(str, roles)):
        return refuse("bad_args", "expected_each_seat_once", "order", n=len(roles))
    for seat, other in zip(roles, order, strict=True):
        role = roles[int(str(other))]
        if role != roles[seat]:
            draft.emit(SeatAdded(seat, role))
    return draft.finish()


def _decide_for_host(draft: Draft, name: str, args: Args) -> tuple[Event, ...] | Refusal:
    match name:
        case "shock":
            return _shock(draft, args.get("card"))
        case "place":
            return _place(draft, args.get("seat"), args.get("space"))
        case "change":
            return _change(draft, args.get("at_once"))
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


def _change(draft: Draft, at_once: Arg | None) -> tuple[Event, ...] | Refusal:
    """Put the rules in force that a fork was founded with.

    With `at_once` they hold for what the season has fixed before, too; forks of earlier versions do not say it.
    """
    before = draft.state.scenario
    if before.changed is None:
        return refuse("rule", "no_other_rules")
    draft.emit(RulesChanged())
    if at_once is True:
        for module in draft.state.scenario.modules:
            module.change(draft, before)
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


# -- what may be ordered now


def seats_latecomers(state: State) -> bool:
    """Return whether these rules give a role to a seat that is added during play."""
    return any(module.seats_latecomers for module in state.scenario.modules)


def takes_latecomers(state: State) -> bool:
    """Return whether a seat that is added now would still be given a role: not in the last season."""
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


def unsaid(state: State, module: RuleModule, seats: Iterable[int]) -> Iterator[ChoiceMade]:
    """Yield what a module chooses for some seats wherever they have sealed nothing themselves."""
    commands = state.scenario.commands[state.game.phase]
    waiting = state.seats(WAITING)
    for seat in seats:
        if seat in waiting:
            continue
        for name, args in module.defaults(state, seat):
            if name in commands:  # another module may withhold it
                target = commands[name].target(args)
                if state.choice(seat, name, target) is None:
                    yield ChoiceMade(seat, name, target, args, by_default=True)
