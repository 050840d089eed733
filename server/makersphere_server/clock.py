"""Time in the server: one monotonic clock, by which things are decided, and a wall clock, for dates.

Answers what time it is, and calls back later. Tests give a clock that they move by hand.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Final, Protocol

__all__ = ["Clock", "Handle", "SystemClock", "pass_ms"]

_FROZEN_MS: Final = 5_000  # a running server asks for the time four times a second (`load.py`)


class Handle(Protocol):
    """A call that is still to come."""

    def cancel(self) -> None:
        """Cancel the call; one that has come already stays as it is."""
        ...


class Clock(Protocol):
    """What the server asks of time."""

    def now_ms(self) -> int:
        """Return the monotonic time in milliseconds; only differences mean something."""
        ...

    def wall_ms(self) -> int:
        """Return milliseconds since 1970, for people, logs and the dates at which phases may end."""
        ...

    def call_later(self, delay_ms: int, call: Callable[[], None]) -> Handle:
        """Call after a delay, on the event loop."""
        ...


async def pass_ms(clock: Clock, ms: int) -> None:
    """Return after so many milliseconds of the clock."""
    passed = asyncio.get_running_loop().create_future()
    handle = clock.call_later(ms, lambda: None if passed.done() else passed.set_result(None))
    try:
        await passed
    finally:
        handle.cancel()


class SystemClock:
    """The machine's clocks and the running event loop's timers.

    Time in which the server stood still (a closed lid, a stopped process) does not count. A running server asks for the
    time often. If it has not asked for long, the process did not run, and nobody could have made a move.
    """

    def __init__(self) -> None:
        """Begin to notice when the server stands still."""
        self._asked_at = 0
        self._stood_still_ms = 0

    def now_ms(self) -> int:
        """Return the monotonic time, without the time in which the server stood still."""
        real = time.monotonic_ns() // 1_000_000
        if self._asked_at and real - self._asked_at > _FROZEN_MS:
            self._stood_still_ms += real - self._asked_at
        self._asked_at = real
        return real - self._stood_still_ms

    def wall_ms(self) -> int:
        """Return the wall clock."""
        return time.time_ns() // 1_000_000

    def call_later(self, delay_ms: int, call: Callable[[], None]) -> Handle:
        """Call from the running loop."""
        return asyncio.get_running_loop().call_later(delay_ms / 1000, call)
