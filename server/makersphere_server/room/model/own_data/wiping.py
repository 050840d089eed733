"""That nothing of what was erased is left in the files, also where the server was killed between.

A room or a class says in its private values, with the very write that erases, that its files are to be wiped; it says
so no more once they have been. Where somebody reads the files for long, it is tried again every second.
"""

from __future__ import annotations

import asyncio
from typing import Final

import structlog

from makersphere_server.clock import Clock
from makersphere_server.storage.event_log import EventLog, StoreUnavailable, TakenOver

__all__ = ["WIPING_KEY", "wiped"]

WIPING_KEY: Final = "wiping"  # of private values
_AGAIN_MS: Final = 1_000

_log = structlog.get_logger("makersphere.store")
_trying: set[asyncio.Task[None]] = set()


async def wiped(log: EventLog, room: str, clock: Clock) -> None:
    """Have nothing of what a room or a class has erased be left in the files: now, or as soon as nobody reads them."""
    try:
        await log.wipe()
        await log.put_private(room, {WIPING_KEY: None})
    except (TakenOver, KeyError):
        return  # the files are another server's, or the room has been erased as a whole
    except StoreUnavailable as error:
        _log.warning("erased_not_wiped", room=room, reason=str(error))
        clock.call_later(_AGAIN_MS, lambda: _try(log, room, clock))


def _try(log: EventLog, room: str, clock: Clock) -> None:
    task = asyncio.get_running_loop().create_task(wiped(log, room, clock))
    _trying.add(task)
    task.add_done_callback(_trying.discard)
