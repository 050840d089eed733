"""When a room tells what has changed: at most every 50 ms, however much happens meanwhile.

Answers whether it is time to tell, and wakes the room when it will be. Never tells anything itself.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from makersphere_server.clock import Clock, Handle

__all__ = ["FLUSH_MS", "Pulse"]

FLUSH_MS: Final = 50  # between two updates


class Pulse:
    """The rhythm of one room's updates.

    Attributes:
        is_wanted: whether something waits to be told.
    """

    def __init__(self, clock: Clock, wake: Callable[[], None]) -> None:
        """Be ready to tell at once; `wake` is called when the time for a later update has come."""
        self.is_wanted = False
        self._clock = clock
        self._wake = wake
        self._told_at = clock.now_ms() - FLUSH_MS
        self._alarm: Handle | None = None
        self._alarm_at = 0

    def left_ms(self) -> int:
        """Return how long it takes until something may be told again."""
        return max(self._told_at + FLUSH_MS - self._clock.now_ms(), 0)

    def is_due(self, now: int, stale_at: int | None) -> bool:
        """Return whether it is time to tell; where it is too early, the room is woken in time.

        Args:
            now: the clock's time, in milliseconds.
            stale_at: when the view has to be refreshed although nothing waits; None: never.
        """
        earliest = self._told_at + FLUSH_MS
        if self.is_wanted:
            due = earliest
        elif stale_at is not None:
            due = max(stale_at, earliest)
        else:
            return False
        if now >= due:
            return True
        if self._alarm is None or due < self._alarm_at:
            self.stop()
            self._alarm, self._alarm_at = self._clock.call_later(due - now, self._ring), due
        return False

    def note_told(self, now: int) -> None:
        """Note that everything that waited is told now."""
        self._told_at = now
        self.is_wanted = False

    def stop(self) -> None:
        """Wake nobody any more."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _ring(self) -> None:
        self._alarm = None
        self._wake()
