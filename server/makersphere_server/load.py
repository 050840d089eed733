"""Whether the server keeps up: how late it is with what it meant to do by now.

Answers whether somebody new may be let in. A server with too much to do is late with everything, so one alarm that
rings late tells that it has. People who are in keep getting their answers; people at the door wait.
"""

from __future__ import annotations

from typing import Final

from makersphere_server import metrics
from makersphere_server.clock import Clock, Handle

__all__ = ["RETRY_S", "Load"]

RETRY_S: Final = 5  # when to try again
_EVERY_MS: Final = 1_000
_CALM_MS: Final = 2_000  # for which the server lets nobody new in after it was late


class Load:
    """Measures lateness."""

    def __init__(self, clock: Clock, late_ms: int) -> None:
        """Prepare; `start` begins.

        Args:
            clock: by which lateness is measured.
            late_ms: how late is too late.
        """
        self._clock = clock
        self._late_ms = late_ms
        self._calm_at = 0
        self._due = 0
        self._alarm: Handle | None = None

    @property
    def is_high(self) -> bool:
        """Return whether the server was late a moment ago."""
        return self._clock.now_ms() < self._calm_at

    def start(self) -> None:
        """Look at the clock now and then."""
        self._due = self._clock.now_ms() + _EVERY_MS
        self._alarm = self._clock.call_later(_EVERY_MS, self._look)

    def stop(self) -> None:
        """Look no more."""
        if self._alarm is not None:
            self._alarm.cancel()

    def _look(self) -> None:
        now = self._clock.now_ms()
        late_ms = max(now - self._due, 0)
        metrics.LATE.set(late_ms / 1000)
        if late_ms > self._late_ms:
            self._calm_at = now + _CALM_MS
        self.start()
