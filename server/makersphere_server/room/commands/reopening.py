"""A room as the store has it: the state from the log, the rest from the private values.

Answers the live room, the answers that were given and the lines that were told. Used when a room is opened, and when
the store has refused a batch and memory is ahead of the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import attrs

from makersphere_rules import engine
from makersphere_rules.state import State
from makersphere_server.clock import Clock
from makersphere_server.limits import Limits
from makersphere_server.room.commands.founded_rules import scenario_of
from makersphere_server.room.model.bookmarks import marked
from makersphere_server.room.model.devices import Devices
from makersphere_server.room.model.dirty import Dirty
from makersphere_server.room.model.feed import LogLine
from makersphere_server.room.model.forked import forked_as_logged
from makersphere_server.room.model.live_room import FORK_KEY, LiveRoom, RoomSettings
from makersphere_server.room.model.log.answers import Answers
from makersphere_server.room.model.log.marks import Marks
from makersphere_server.room.model.log.missing import Missing
from makersphere_server.room.model.log.retelling import told_again
from makersphere_server.room.model.log.stood_in import StoodIn
from makersphere_server.room.model.log.tally import Tally, is_persons
from makersphere_server.room.model.log.timeline import replayed
from makersphere_server.room.model.log.troubles import Troubles
from makersphere_server.room.model.people.asks_in import AsksIn
from makersphere_server.room.model.people.consents import Consents
from makersphere_server.room.model.people.hosts import Hosts
from makersphere_server.room.model.people.own_words import AskedHosts
from makersphere_server.room.model.people.rude_words import load_lists
from makersphere_server.room.model.people.seat_passes import SeatPasses
from makersphere_server.room.model.people.seats import Seats
from makersphere_server.room.model.reflection.reflections import Reflections
from makersphere_server.room.model.standing import PhaseTime, Standing
from makersphere_server.room.model.timers import EMPTY, PhaseTimer
from makersphere_server.room.model.why import Why
from makersphere_server.storage.event_log import EventLog, Record, RoomRow

__all__ = ["StoredRoom", "reopen"]


@attrs.frozen
class StoredRoom:
    """A room as it was read.

    Attributes:
        answers: the commands that have been answered, and how.
        told: the last lines of the log that were told.
    """

    live: LiveRoom
    answers: Answers
    told: tuple[LogLine, ...]


async def reopen(
    log: EventLog, row: RoomRow, clock: Clock, limits: Limits, time_is_up: Callable[[], None]
) -> StoredRoom:
    """Return a room as it is stored, its time standing still until somebody comes.

    Args:
        log: the store.
        row: the room.
        clock: for its timer.
        limits: the server's bounds.
        time_is_up: called when the time of a phase is up.

    Raises:
        Damaged: the log is not what was acknowledged.
        UnknownEvent: the log was written by rules that are not here.
        StoreUnavailable: it cannot be read now.
    """
    scenario = scenario_of(row)
    records = await log.read(row.room)
    private = await log.privates(row.room)
    state = await replayed(row, scenario, records)
    if broken := engine.invariants(state):
        raise AssertionError(f"room {row.room} is stored in an impossible state: {broken[0]}")
    dirty, settings = Dirty(), RoomSettings.stored(private)
    if settings.screened != "none":
        load_lists()
    seats = _seated(state, private, dirty, records)
    timer = PhaseTimer(clock, time_is_up)
    timer.hold(EMPTY)
    live = LiveRoom(
        row=row,
        settings=settings,
        limits=limits,
        clock=clock,
        timer=timer,
        state=state,
        seq=len(records),
        marks=Marks(settings.mark_key(row.room), records),
        opened_seq=len(records),
        seats=seats,
        passes=SeatPasses.stored(private),
        asks_in=AsksIn(private),
        hosts=Hosts.stored(private),
        standing=Standing.stored(private),
        missing=Missing.stored(private),
        tally=Tally.of(records, scenario),
        troubles=Troubles.of(records, scenario),
        forks=_forks(private),
        devices=Devices.stored(private),
        dirty=dirty,
    )
    _take_what_people_said(live, records, private)
    _stand(live, PhaseTime.stored(private))
    return StoredRoom(live, Answers.stored(records, private), told_again(records, private, scenario, seats))


def _take_what_people_said(live: LiveRoom, records: Sequence[Record], private: Mapping[str, bytes]) -> None:
    """Take over what people and hosts have written and asked for, and what a bot has done for somebody."""
    live.forked = forked_as_logged(records, live.settings.salt)
    in_order = {key: live.forks[key] for key in live.forked if key in live.forks}
    live.forks = in_order | live.forks  # as the log asked for them: a store has no order
    live.stood_in = StoodIn.of(records)
    live.reflections = Reflections.stored(private)
    live.asked_hosts = AskedHosts.stored(private)
    live.consents = Consents.stored(private)
    live.bookmarks = marked(private)
    live.why = Why.stored(private)


def _seated(state: State, private: Mapping[str, bytes], dirty: Dirty, records: Sequence[Record]) -> Seats:
    """Return who sits where; in which seats people have done something, the log says."""
    used = {record.actor for record in records if is_persons(record)}
    return Seats(state.seats(), private, dirty, in_play=state.game.status != "lobby", used=used)


def _forks(private: Mapping[str, bytes]) -> dict[str, str]:
    """Return the codes of the rooms that were forked from this one, by where."""
    return {key.removeprefix(FORK_KEY): code.decode() for key, code in private.items() if key.startswith(FORK_KEY)}


def _stand(live: LiveRoom, time: PhaseTime) -> None:
    """Let time stand as it was stored, if that was in this phase; else give the phase its whole time."""
    asks, lost = live.standing.asks, live.standing.lost
    live.phase_opened()
    game = live.state.game
    if (time.season, time.phase) == (game.season, game.phase):
        live.standing.asks, live.standing.lost = asks, lost
        live.timer.restore(time.left_ms, time.extra_ms, time.due_ms)
    live.hold()
