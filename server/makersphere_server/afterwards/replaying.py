"""A game that is over, seen again: what the table said at the end of each phase, and what one seat saw beside it.

A stop is a phase as it stood just before it closed, with everything that was decided and nothing that came of it.
Phases that a rewind took back are no stops. A log is gone through once, then the states at its stops lie in memory and
any of them is shown from there. They share their entities. They are made of the log and thrown away: nothing of them
is stored (ADR 9). The end is no stop: who stands where is for the host to reveal, and the debrief tells the rest.

A seat gets the hand that it had, and nobody gets another one's. People who sat down later see no hand of before.
Source: the contract's "Over HTTP"; the rulebook's "Who sees what".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

import attrs

from makersphere_protocol.codec import encode_tree
from makersphere_rules import engine
from makersphere_rules.ecosystem.figures.on_the_way import on_the_way
from makersphere_rules.events import Event, GameEnded, PhaseOpened, Rewound
from makersphere_rules.forms import Form
from makersphere_rules.scenario import module_tree
from makersphere_rules.seen.views import hand_of, ordered, table_of
from makersphere_rules.state import State
from makersphere_rules.written.notation import decode_events, event_types
from makersphere_server.afterwards.export_tables import NotOver, has_ended
from makersphere_server.room.commands.founded_rules import scenario_of
from makersphere_server.room.model.dirty import Dirty
from makersphere_server.room.model.log.own_story import SeatTenure, own_part
from makersphere_server.room.model.log.phase_closes import NO_SEQ
from makersphere_server.room.model.log.timeline import in_lobby, lay_starts_ready, rewinds
from makersphere_server.room.shown.overlay import purse_tree
from makersphere_server.room.shown.room_view import beside_hand
from makersphere_server.storage.record import Record, RoomRow

__all__ = ["Replayed", "Stop", "replayed_stops"]

Tree = dict[str, Any]
_TABLES_KEPT: Final = 12  # of one room, as bytes: a class that is led asks for the same one


@attrs.frozen(eq=False)
class Stop:
    """A phase just before it closed.

    Attributes:
        season, phase: which.
        seq: of the last record that counts there.
        state: the game as it stood.
    """

    season: int
    phase: str
    seq: int
    state: State = attrs.field(repr=False)


class Replayed:
    """A game gone through once, and shown from any of its stops."""

    def __init__(self, stops: Sequence[Stop]) -> None:
        """Keep the stops, in the order of play."""
        self.stops = tuple(stops)
        self._table = lru_cache(_TABLES_KEPT)(self._encoded_table)

    @property
    def hands(self) -> int:
        """Return how many hands lie in memory: a measure of how much that is."""
        return sum(len(stop.state.seats()) for stop in self.stops)

    def listed(self) -> bytes:
        """Return the seasons and phases of all stops, as JSON."""
        return encode_tree({"stops": [{"season": stop.season, "phase": stop.phase} for stop in self.stops]})

    def shown(self, step: int, seat: int = 0, since: int = 0) -> bytes:
        """Return what a page shows of a stop, as JSON.

        Args:
            step: which stop, from 0.
            seat: whose hand goes with the table; 0: nobody's.
            since: the record by which that seat's people had sat down; no hand of before is theirs.

        Raises:
            IndexError: there is no such stop.
        """
        if not 0 <= step < len(self.stops):
            raise IndexError(step)
        stop = self.stops[step]
        found: Tree = {"step": step, "of": len(self.stops), "season": stop.season, "phase": stop.phase}
        if seat and since <= stop.seq and seat in stop.state.seats():
            closes = {(one.season, one.phase): one.seq + 1 for one in self.stops}
            found["hand"] = _hand(stop.state, seat, SeatTenure(((since, NO_SEQ),), closes))
        return encode_tree(found)[:-1] + b',"table":' + self._table(step) + b"}"

    def _encoded_table(self, step: int) -> bytes:
        state = self.stops[step].state
        tree = {**table_of(state), "module": module_tree(state.scenario)}
        if state.scenario.introduced:
            tree["introduced"] = dict(state.scenario.introduced)
        if counts := on_the_way(state):
            tree["on_the_way"] = dict(counts)
        return encode_tree(ordered(tree))


def _hand(state: State, seat: int, time: SeatTenure) -> Tree:
    hand = hand_of(state, seat)
    if "story" in hand:  # of a run before
        hand["story"] = {key: own_part(story, time) for key, story in hand["story"].items()}
    return {**ordered(hand), **beside_hand(state, _NothingBeside(state), seat)}


@attrs.frozen(eq=False)
class _NothingBeside:
    """What lies over a game that nobody plays: the purse's lines alone, which the game itself has moved."""

    _state: State
    dirty: Dirty = attrs.field(factory=Dirty)

    @property
    def counts(self) -> Tree:
        return {}

    def table(self) -> Tree:
        return {}

    def hand(self, view: int) -> Tree:
        return purse_tree(self._state.entries.get(view, {}))

    def own_story(self, seat: int, told: Tree) -> Tree:
        del seat
        return told

    def commands(self) -> Mapping[str, Form]:
        return {}

    def is_watching(self, seat: int) -> bool:
        return seat == 0


def replayed_stops(row: RoomRow, records: Sequence[Record]) -> Replayed:
    """Return a room's game with all its stops, gone through from the start: it takes a while.

    Raises:
        NotOver: the game is not over.
        UnknownEvent: the log was written by rules that are not here.
    """
    if not has_ended(records):
        raise NotOver(row.room)
    state, starts = in_lobby(row, scenario_of(row)), rewinds(records)
    types = event_types(state.scenario)
    stops: list[Stop] = []
    for record in records:
        events = decode_events(record.events, types)
        if state.game.status == "running" and _closes(events):
            stops.append(Stop(state.game.season, state.game.phase, record.seq - 1, _kept(state)))
        for event in events:
            if isinstance(event, Rewound):
                _take_back(stops, event)
            engine.evolve(state, event)
        if starts:
            lay_starts_ready(state, events, starts)
        state.forget_changes()
    if state.game.status != "over":
        raise NotOver(row.room)
    return Replayed(stops)


def _closes(events: Sequence[Event]) -> bool:
    return any(isinstance(event, PhaseOpened | GameEnded) for event in events)


def _take_back(stops: list[Stop], rewound: Rewound) -> None:
    """Drop the stops from the start on that a rewind goes back to; the open phase is none yet."""
    starts = [(stop.season, stop.phase) for stop in stops]
    start = (rewound.season, rewound.phase)
    if start in starts:
        del stops[starts.index(start) :]


def _kept(state: State) -> State:
    copy = state.copy()
    copy.pasts = {}
    return copy
