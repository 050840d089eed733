"""A finished game as it was recorded: its lines in order, and the phases that they make.

Answers the state in which each phase opened and the lines that were accepted in it, and the state at the end. Lines
that a rewind took back are in no phase, nor are those from before other rules were put in force: futures of such a
phase would be played by the rules of then, which are not those that the game ended by. Knows no file and no store:
whoever has the log hands its lines over as plain data, which may go from process to process. Never changes a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs
import msgspec

from makersphere_playtest.games.headless import Entry
from makersphere_rules import restarts
from makersphere_rules.dice import SeededDice
from makersphere_rules.engine import Order, evolve, new
from makersphere_rules.events import Event, PhaseOpened, Rewound, RulesChanged
from makersphere_rules.run_history import History
from makersphere_rules.scenario import Scenario
from makersphere_rules.scenario_building import build
from makersphere_rules.shipped import modules
from makersphere_rules.state import CurrentRun, State
from makersphere_rules.written.notation import decode_events, encode_events, event_types

__all__ = ["Line", "Lived", "NotOver", "Recorded", "Stretch", "Told", "lined", "lived"]

Start = tuple[int, str]  # season and phase


class NotOver(Exception):
    """The game is not over: what it was is nobody's to know yet."""


class Line(msgspec.Struct, frozen=True):
    """One accepted command.

    Attributes:
        seq: its number in the log.
        actor: the seat, or 0 for the room.
        order: what was asked of the rules; None: nothing was, it stands beside the game.
        events: what followed, as the log has it.
    """

    seq: int
    actor: int
    order: Order | None
    events: bytes


class Recorded(msgspec.Struct, frozen=True):
    """A recorded game.

    Attributes:
        scenario: its source mapping as JSON.
        roles: of the seats at the founding.
        seed: of the dice.
        lines: all of them, in order.
    """

    scenario: bytes
    roles: tuple[str, ...]
    seed: bytes
    lines: tuple[Line, ...]

    def packed(self) -> bytes:
        """Return it as bytes for another process."""
        return msgspec.msgpack.encode(self)

    @classmethod
    def unpacked(cls, data: bytes) -> Recorded:
        """Return what `packed` made bytes of."""
        return msgspec.msgpack.decode(data, type=cls)


@attrs.frozen
class Told:
    """A line with its events, as they were applied."""

    line: Line
    events: tuple[Event, ...]


@attrs.frozen(eq=False)
class Stretch:
    """One phase as it was played.

    Attributes:
        opened: the game when the phase had opened; copied before anything is done with it.
        told: the lines of the phase, the last of which closed it.
    """

    season: int
    phase: str
    opened: State = attrs.field(repr=False)
    told: list[Told] = attrs.field(factory=list, repr=False)


@attrs.frozen(eq=False)
class Lived:
    """A recorded game, gone through once.

    Attributes:
        stretches: the phases of its last run, in order; in a fork that is played by other rules, those from then on.
        end: the game at the end, with its debrief.
    """

    stretches: list[Stretch]
    end: State


def lined(entries: Iterable[Entry]) -> tuple[Line, ...]:
    """Return the lines of a game that was played without a server."""
    return tuple(
        Line(seq, actor, order, encode_events(events)) for seq, (actor, order, events) in enumerate(entries, 1)
    )


def lived(recorded: Recorded) -> Lived:
    """Go through a recorded game from its lobby to its end.

    Raises:
        NotOver: the game has no end.
        UnknownEvent: it was recorded by rules that are not here.
        ScenarioError: its scenario cannot be played here.
    """
    scenario = build(msgspec.json.decode(recorded.scenario), modules())
    state = new(scenario, SeededDice(recorded.seed), recorded.roles)
    told = list(_decoded(recorded, scenario))
    gone_back_to = {(event.season, event.phase) for one in told for event in one.events if isinstance(event, Rewound)}
    stretches: list[Stretch] = []
    for one in told:
        if stretches:
            stretches[-1].told.append(one)
        for event in one.events:
            evolve(state, event)
        _follow(state, stretches, one.events, gone_back_to)
    if state.game.status != "over":
        raise NotOver
    first = run.first_season if (run := state.find(CurrentRun)) else 1
    return Lived([one for one in stretches if one.season >= first and _is_closed(one)], state)


def _decoded(recorded: Recorded, scenario: Scenario) -> Iterator[Told]:
    types = event_types(scenario)
    for line in recorded.lines:
        yield Told(line, decode_events(line.events, types))


def _is_closed(stretch: Stretch) -> bool:
    """Return whether the phase was closed as phases are, and not cut short by the end of the game."""
    last = stretch.told[-1].line if stretch.told else None
    return last is not None and last.order is not None and last.order.name == "close"


def _follow(state: State, stretches: list[Stretch], events: Iterable[Event], gone_back_to: set[Start]) -> None:
    """Begin a new stretch where events have opened a phase or gone back to one, and the first one by other rules."""
    for event in events:
        match event:
            case PhaseOpened(season, phase):
                if (season, phase) in gone_back_to:
                    restarts.lay_ready(state, season, phase)
                stretches.append(Stretch(season, phase, _without_past(state)))
            case Rewound(season, phase):
                at = next(at for at, one in enumerate(stretches) if (one.season, one.phase) == (season, phase))
                stretches[at:] = [Stretch(season, phase, _without_past(state))]
            case RulesChanged():
                here = state.game.season, state.game.phase
                if here in gone_back_to:
                    restarts.lay_ready(state, *here)
                stretches[:] = [Stretch(*here, _without_past(state))]
            case _:
                pass


def _without_past(state: State) -> State:
    """Return a copy of a game without what only retells it."""
    copy = state.copy()
    copy.pasts, copy.history, copy.entries, copy.retells = {}, History(), {}, False
    copy.forget_changes()
    return copy
