"""How a room stands in the store's list of rooms: its game is over, or it stands still. Never fails."""

from __future__ import annotations

import structlog

from makersphere_server.storage.event_log import EventLog, StoreUnavailable

__all__ = ["mark_over", "mark_quarantined"]

_log = structlog.get_logger("makersphere.room")


async def mark_over(log: EventLog, room: str) -> bool:
    """Have a game that is over stand so in the list; return whether it does."""
    try:
        await log.set_state(room, "over")
    except StoreUnavailable:
        return False
    return True


async def mark_quarantined(log: EventLog, room: str, reason: str) -> None:
    """Have a room that stands still for a reason stand so in the list, if the store takes it."""
    try:
        await log.set_state(room, "quarantined", reason)
    except Exception as error:  # noqa: BLE001  (it stands still already; the store may be why)
        _log.warning("quarantine_not_stored", room=room, reason=str(error))
