"""A connection that only counts: what the watchdog and the limits of a backlog look at."""

from __future__ import annotations

__all__ = ["WatchedConnection"]


class WatchedConnection:
    """A connection as the watchdog sees it."""

    def __init__(self) -> None:
        """Wait with nothing in its backlog."""
        self.backlog = 0
        self.taken = 0
        self.was_cut = False

    def cut(self) -> None:
        """Remember it."""
        self.was_cut = True
