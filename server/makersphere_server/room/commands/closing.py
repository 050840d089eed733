"""When a phase closes without a host: its time is up, or no seat needs more of it.

Answers with the command that closes the phase, and whether it is still due when its turn comes. It goes
through the inbox like everybody's: what came before it is decided before it. Where bots stand in at the close, they
play first. Source: the contract's `pace` and `stand_in`.
"""

from __future__ import annotations

from makersphere_rules import engine
from makersphere_rules.state import Seat
from makersphere_server.room.model.inbox import Sent
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.people.seat_life import STANDING_IN, SeatState
from makersphere_server.room.model.people.silent import ASKED_BEFORE_MS

__all__ = ["is_still_due", "orders_due", "waits_for_stand_ins"]


def orders_due(live: LiveRoom) -> list[Sent]:
    """Return what closes the phase now: by the clock, by the room itself, or by hosts who had to wait for bots.

    It is asked for after every turn, in which nothing may have happened but that time went by, that a seat with more
    time than the others has become ready, or that an earlier close could not be stored.
    """
    by = _closed_by(live)
    if not (by or live.held) or waits_for_stand_ins(live):
        return []
    held, live.held = live.held, []
    close = Sent(actor=engine.ROOM, by=by, name=_order(live), at=live.at, since_ms=live.clock.now_ms())
    return [*held, close] if by else held


def _closed_by(live: LiveRoom) -> str:
    """Return who closes the phase now, if no host does: clock, room, or "" for nobody."""
    if not live.is_over_here or live.is_held_back:
        return ""
    return "clock" if live.is_time_up else "room"


def is_still_due(live: LiveRoom, close: Sent) -> bool:
    """Return whether the phase that a close was meant for is still open, and due to be closed in that way."""
    if close.at != live.at or not live.is_running or close.name != _order(live):
        return False
    return live.is_time_up if close.by == "clock" else live.is_done


def waits_for_stand_ins(live: LiveRoom) -> bool:
    """Return whether bots have to play the phase first for people who are away or silent; they are called in by this.

    Only where the room has bots stand in at the close, and never where time stands still.
    """
    if live.stands_in != "close" or not live.is_running or live.ends_now or live.timer.is_held:
        return False
    asked = live.silent.waited(live.clock.now_ms(), ASKED_BEFORE_MS)
    for people in live.seats:
        is_silent = people.state is SeatState.PERSON and people.seat in asked
        if (people.state is SeatState.AWAY or is_silent) and not _is_done(live, people.seat):
            live.seats.call_in(people)
    return any(people.state in STANDING_IN and not _is_done(live, people.seat) for people in live.seats)


def _is_done(live: LiveRoom, seat: int) -> bool:
    return live.state.one(Seat, seat).done


def _order(live: LiveRoom) -> str:
    """Return what the room orders when the phase is over: its close, or the end where a host has said so."""
    return "end" if live.ends_now else "close"
