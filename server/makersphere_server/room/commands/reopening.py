"""A room as the store has it: the state from the log, the rest from the private values.

Answers the live room and the answers that were given. Used when a room is opened, and when the store has
refused a batch and memory is ahead of the disk.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from makersphere_rules import engine
from makersphere_rules.scenario import Scenario
from makersphere_rules.scenario_building import build
from makersphere_rules.shipped import modules
from makersphere_rules.state import State
from makersphere_rules.written.notation import event_types
from makersphere_server.clock import Clock
from makersphere_server.room.model.answers import Answers
from makersphere_server.room.model.devices import Devices
from makersphere_server.room.model.dirty import Dirty
from makersphere_server.room.model.live_room import FORK_KEY, Host, LiveRoom, RoomSettings, Standing
from makersphere_server.room.model.retelling import told_again
from makersphere_server.room.model.seats import Seats
from makersphere_server.room.model.timeline import Start, bot_ready_of, choices_of, replayed
from makersphere_server.room.model.timers import PhaseTimer
from makersphere_server.storage.event_log import EventLog, RoomRow

__all__ = ["hosts_of", "past_of", "reopen", "scenario_of"]


def scenario_of(row: RoomRow) -> Scenario:
    """Return the scenario that a room was founded with."""
    return build(msgspec.json.decode(row.scenario), modules())


async def reopen(log: EventLog, row: RoomRow, clock: Clock) -> tuple[LiveRoom, Answers]:
    """Return a room as it is stored, its time standing still until somebody comes.

    Args:
        log: the store.
        row: the room.
        clock: for its timer.

    Raises:
        Damaged: the log is not what was acknowledged.
        UnknownEvent: the log was written by rules that are not here.
        StoreUnavailable: it cannot be read now.
    """
    scenario = scenario_of(row)
    records = await log.read(row.room)
    private = await log.privates(row.room)
    state = await replayed(row, scenario, records)
    state.pasts = {}
    broken = engine.invariants(state)
    if broken:
        raise AssertionError(f"room {row.room} is stored in an impossible state: {broken[0]}")
    dirty = Dirty()
    seats = Seats(state.seats(), private, dirty)
    timer = PhaseTimer(clock)
    timer.hold("empty")
    live = LiveRoom(
        row=row,
        settings=RoomSettings.stored(private),
        types=event_types(scenario),
        state=state,
        seq=len(records),
        seats=seats,
        timer=timer,
        clock=clock,
        hosts=hosts_of(private),
        forks={key.removeprefix(FORK_KEY): code.decode() for key, code in private.items() if key.startswith(FORK_KEY)},
        choices=choices_of(records, scenario),
        bot_ready=bot_ready_of(records),
        told=told_again(records, private, scenario, seats),
        devices=Devices.stored(private),
        dirty=dirty,
    )
    _stand(live, private.get("standing"))
    return live, Answers.stored(records, private)


async def past_of(log: EventLog, row: RoomRow, start: Start) -> State | None:
    """Return a room's game as it was at the start of a phase, or None where it has not been there.

    Raises:
        Damaged: the log is not what was acknowledged.
        StoreUnavailable: it cannot be read now.
    """
    state = await replayed(row, scenario_of(row), await log.read(row.room), frozenset({start}))
    return state.pasts.get(start)


def hosts_of(private: Mapping[str, bytes]) -> dict[str, Host]:
    """Return who may host a room, by the id of the token."""
    stored = private.get("hosts")
    hosts = msgspec.json.decode(stored, type=list[Host]) if stored else []
    return {host.token: host for host in hosts}


def _stand(live: LiveRoom, stored: bytes | None) -> None:
    """Let time stand as it was stored, if that was in this phase; else give the phase its whole time."""
    standing = msgspec.json.decode(stored, type=Standing) if stored else Standing()
    game = live.state.game
    live.paused, live.behind, live.epochs = standing.paused, standing.behind, standing.epochs
    live.locked, live.screen, live.dropped = standing.locked, standing.screen, standing.dropped
    live.started_ms = standing.started_ms
    live.phase_opened()
    if (standing.season, standing.phase) == (game.season, game.phase):
        live.asks = dict(standing.asks)
    if (standing.season, standing.phase) == (game.season, game.phase) and live.timer.has_limit:
        live.timer.extra_ms = dict(standing.extra_ms)
        live.timer.set_left(standing.left_ms)
    live.hold()
