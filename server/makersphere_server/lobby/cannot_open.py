"""What is kept of a room that could not be opened: why, for the person who runs the server to read.

The room stands still in this server, and the store keeps the reason. The state of the room stays as it was: the next
start tries again, and may have the rules that were missing. Nothing here fails where the store does.
"""

from __future__ import annotations

from contextlib import suppress

import attrs

from makersphere_server.storage.event_log import EventLog, RoomRow, StoreUnavailable

__all__ = ["forget_why", "keep_why"]


async def keep_why(log: EventLog, row: RoomRow, error: Exception) -> RoomRow:
    """Keep why a room could not be opened; return its row as it is until the next start."""
    reason = f"the room cannot be opened: {error}"
    with suppress(StoreUnavailable):
        await log.set_state(row.room, row.state, reason)
    return attrs.evolve(row, state="quarantined", reason=reason)


async def forget_why(log: EventLog, row: RoomRow) -> RoomRow:
    """Forget why a room could not be opened earlier, now that it is open; return its row."""
    if row.reason:
        with suppress(StoreUnavailable):
            await log.set_state(row.room, row.state)
    return attrs.evolve(row, reason="")
