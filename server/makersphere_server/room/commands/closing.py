"""When a phase closes without a host: its time is up, or no seat needs more of it.

Answers with the command that closes the phase, and whether that command is still due when its turn comes. It goes
through the inbox like everybody's: what came before it is decided before it. Source: the contract's `pace`.
"""

from __future__ import annotations

from makersphere_rules import engine
from makersphere_server.room.model.inbox import Sent
from makersphere_server.room.model.live_room import LiveRoom

__all__ = ["due_close", "is_still_due"]


def due_close(live: LiveRoom) -> Sent | None:
    """Return the command that closes the phase, by the clock or by the room itself, or None where none is due.

    It is asked for after every turn, in which nothing may have happened but that time went by, that a seat with more
    time than the others has become ready, or that an earlier close could not be stored.
    """
    if not live.is_running or live.standing.is_still:
        return None
    by = "clock" if live.is_time_up else "room" if live.is_done else ""
    if not by:
        return None
    return Sent(actor=engine.ROOM, by=by, name=_order(live), at=_now(live), since_ms=live.clock.now_ms())


def is_still_due(live: LiveRoom, close: Sent) -> bool:
    """Return whether the phase that a close was meant for is still open, and due to be closed in that way."""
    if close.at != _now(live) or not live.is_running or close.name != _order(live):
        return False
    return live.is_time_up if close.by == "clock" else live.is_done


def _order(live: LiveRoom) -> str:
    """Return what the room orders when the phase is over: its close, or the end where a host has said so."""
    return "end" if live.ends_now else "close"


def _now(live: LiveRoom) -> engine.At:
    game = live.state.game
    return engine.At(game.season, game.phase)
