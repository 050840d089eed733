"""Cuts connections whose other side has stopped reading: the library's keepalive never does, its ping is stuck too.

Answers which connections have taken nothing for too long, or have let too much pile up. It checks them by the
clock and waits for nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

import structlog

from makersphere_server import metrics
from makersphere_server.clock import Clock, Handle

__all__ = ["Watchdog", "Watched"]

_log = structlog.get_logger("makersphere.watchdog")


class Watched(Protocol):
    """What the watchdog asks of a connection."""

    @property
    def backlog(self) -> int:
        """Return how many bytes wait to be taken."""
        ...

    @property
    def taken(self) -> int:
        """Return how many bytes have been taken so far."""
        ...

    def cut(self) -> None:
        """Cut the connection."""
        ...


class Watchdog:
    """Cuts connections that have taken nothing for a while, or have let too much pile up."""

    def __init__(
        self, connections: Callable[[], Iterable[Watched]], clock: Clock, stall_ms: int, most_bytes: int
    ) -> None:
        """Prepare; `start` begins.

        Args:
            connections: those that are open.
            clock: by which connections are checked.
            stall_ms: how long a connection may take nothing.
            most_bytes: how much may wait for one connection.
        """
        self._connections = connections
        self._clock = clock
        self._stall_ms = stall_ms
        self._most_bytes = most_bytes
        self._seen: dict[Watched, tuple[int, int]] = {}  # bytes taken so far, and since when no more
        self._alarm: Handle | None = None

    def start(self) -> None:
        """Check every connection now and then."""
        self._alarm = self._clock.call_later(max(self._stall_ms // 8, 20), self._look)

    def stop(self) -> None:
        """Check no more."""
        if self._alarm is not None:
            self._alarm.cancel()

    def _look(self) -> None:
        now = self._clock.now_ms()
        seen: dict[Watched, tuple[int, int]] = {}
        for connection in self._connections():
            backlog, taken = connection.backlog, connection.taken
            if not backlog:
                continue
            before, since = self._seen.get(connection, (-1, now))
            seen[connection] = (taken, since if before == taken else now)
            if backlog > self._most_bytes:
                _cut(connection, "backlog_bytes")
            elif now - seen[connection][1] >= self._stall_ms:
                _cut(connection, "stall_s")
        self._seen = seen
        self.start()


def _cut(connection: Watched, bound: str) -> None:
    _log.warning("connection_cut", bound=bound, backlog=connection.backlog)
    metrics.LIMITED.labels(bound).inc()
    connection.cut()
