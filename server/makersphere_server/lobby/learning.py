"""What a server learns of a room when it begins to work with it: its private values, or that these are damaged.

Answers before anything is known of any of them, so that rooms that belong together are known together.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping

import attrs

from makersphere_server.clock import Clock
from makersphere_server.room.model.own_data.wiping import WIPING_KEY, wiped
from makersphere_server.storage.event_log import Damaged, EventLog, RoomRow

__all__ = ["Learnt", "read_private", "wipe_what_was_left"]

Learnt = tuple[RoomRow, Mapping[str, bytes] | None]  # None: the room stands still


async def read_private(log: EventLog, rows: Iterable[RoomRow]) -> list[Learnt]:
    """Return rooms with their private values.

    Raises:
        StoreUnavailable: the store cannot be read now.
    """
    found: list[Learnt] = []
    for row in rows:
        try:
            found.append((row, await log.privates(row.room) if row.state != "quarantined" else None))
        except Damaged as damage:
            found.append((attrs.evolve(row, state="quarantined", reason=str(damage)), None))
    return found


async def wipe_what_was_left(log: EventLog, found: Iterable[Learnt], clock: Clock) -> None:
    """Wipe what had been erased in rooms whose server was killed before it had wiped that."""
    left = [row.room for row, private in found if private is not None and WIPING_KEY in private]
    await asyncio.gather(*(wiped(log, room, clock) for room in left))
