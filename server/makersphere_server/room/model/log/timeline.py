"""Going through a log with its rewinds: nothing is erased, and the game still goes back.

A rewind is a record like any other, whose event names the start of a phase. Answers the state that a log leads to: on
the way, each start that some rewind goes back to is laid ready. Answers the state at the start of a phase too, and
gives it to the rules while a rewind is carried out. A room that has never been rewound pays nothing for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Final

import msgspec

from makersphere_rules import engine, restarts
from makersphere_rules.dice import SeededDice
from makersphere_rules.events import Event, PhaseOpened, Rewound, RulesChanged
from makersphere_rules.scenario import Scenario
from makersphere_rules.state import State
from makersphere_rules.written.notation import decode_events, event_types
from makersphere_server.storage.record import Record, RoomRow

__all__ = [
    "CHANGE",
    "REWIND",
    "Past",
    "Start",
    "apply_log",
    "in_lobby",
    "laid_ready",
    "lay_starts_ready",
    "past_of",
    "replayed",
    "rewinds",
    "seq_of",
]

REWIND: Final = "host.rewind"
CHANGE: Final = "change"  # the first command of a fork that is played by other rules; the room's own
_AT_ONCE: Final = 500  # records between two turns of the loop
_NONE_LAID: Final = nullcontext()  # for nearly every command

Start = tuple[int, str]  # season and phase
Past = tuple[Start, State]  # the start of a phase, and the game as it was then


class _Args(msgspec.Struct):
    season: int
    phase: str


class _Command(msgspec.Struct):
    name: str
    args: _Args


def rewinds(records: Iterable[Record]) -> frozenset[Start]:
    """Return the starts of phases that some record goes back to."""
    names = REWIND.encode()
    found = (record.command for record in records if record.by == "host" and names in record.command)
    return frozenset(start for command in found if (start := _start_of(command)) is not None)


def _start_of(command: bytes) -> Start | None:
    try:
        found = msgspec.json.decode(command, type=_Command)
    except msgspec.MsgspecError:
        return None  # another command, in which the word stands
    return (found.args.season, found.args.phase) if found.name == REWIND else None


def lay_starts_ready(state: State, events: Iterable[Event], starts: frozenset[Start]) -> None:
    """Keep the state if the events have just opened one of these phases, or have put other rules in force in one."""
    for event in events:
        match event:
            case PhaseOpened(season, phase):
                start = season, phase
            case RulesChanged():
                start = state.game.season, state.game.phase
            case _:
                continue
        if start in starts:
            restarts.lay_ready(state, *start)


def seq_of(records: Iterable[Record], types: Mapping[str, type[Event]], start: Start) -> int | None:
    """Return the `seq` of the record that opened a phase of the game as it stands, or None where it was never opened.

    Where the rules of a game were changed, no phase before that counts.
    """
    opened: dict[Start, int] = {}
    for record in records:
        for event in decode_events(record.events, types):
            match event:
                case PhaseOpened(season, phase):
                    opened[season, phase] = record.seq
                case Rewound(season, phase):
                    last = opened[season, phase]
                    opened = {earlier: seq for earlier, seq in opened.items() if seq <= last}
                case RulesChanged():
                    opened = {(record.season, record.phase): record.seq}
                case _:
                    pass
    return opened.get(start)


def apply_log(state: State, records: Iterable[Record], wanted: frozenset[Start]) -> Iterator[tuple[Record, Event]]:
    """Apply a log to a game, and yield each record and event when it has been applied.

    Args:
        state: the room's game in its lobby.
        records: its log, or the beginning of it.
        wanted: starts of phases that are to be laid ready.

    Raises:
        UnknownEvent: the log was written by rules that are not here.
    """
    types = event_types(state.scenario)
    for record in records:
        events = decode_events(record.events, types)
        for event in events:
            engine.evolve(state, event)
            yield record, event
        if wanted:
            lay_starts_ready(state, events, wanted)


def laid_ready(state: State, past: Past | None) -> AbstractContextManager[None]:
    """Have the start of a phase laid ready in a state for the length of a block; None: no start is.

    A room that is open keeps no earlier state: what a rewind goes back to is read from the store each time. It must
    stand in the state all the same, and not in an argument, because it is read twice there: by the order `rewind`, and
    by the event `Rewound`, which is applied from a log too and has only what is stored of it.
    """
    return _NONE_LAID if past is None else _laid(state, past)


@contextmanager
def _laid(state: State, past: Past) -> Iterator[None]:
    state.pasts = dict([past])
    try:
        yield
    finally:
        state.pasts = {}


async def replayed(row: RoomRow, scenario: Scenario, records: Sequence[Record]) -> State:
    """Return the state that a log leads to, with no earlier start laid ready.

    Args:
        row: the room.
        scenario: what it plays.
        records: its log, or the beginning of it.

    Raises:
        UnknownEvent: the log was written by rules that are not here.
    """
    state = await _replayed(row, scenario, records, rewinds(records))
    state.pasts = {}
    return state


async def past_of(row: RoomRow, scenario: Scenario, records: Sequence[Record], start: Start) -> Past | None:
    """Return a start of a phase with the game as it was then, or None where the phase was never opened.

    Args:
        row: the room.
        scenario: what it plays.
        records: its whole log: a phase that a rewind has undone counts as never opened.
        start: which season and phase.

    Raises:
        UnknownEvent: the log was written by rules that are not here.
    """
    state = await _replayed(row, scenario, records, rewinds(records) | {start})
    past = state.pasts.get(start)
    return None if past is None else (start, past)


async def _replayed(row: RoomRow, scenario: Scenario, records: Sequence[Record], starts: frozenset[Start]) -> State:
    state = in_lobby(row, scenario)
    breathed = 0
    for record, _ in apply_log(state, records, starts):
        if record.seq - breathed >= _AT_ONCE:
            breathed = record.seq
            await asyncio.sleep(0)
    state.forget_changes()
    return state


def in_lobby(row: RoomRow, scenario: Scenario) -> State:
    """Return a room's game before its first command."""
    return engine.new(scenario, SeededDice(row.seed), row.roles)
