"""What the game's loop hands to the broker's thread: frames of rooms, bounded by bytes, never waited for.

Answers everything that has been handed over since it was last taken. Where it is full the game leaves the rest where it
is, in the room's ring, as it does for any slow reader, and is called when there is room again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

__all__ = ["MOST_BYTES", "Handover"]

MOST_BYTES: Final = 384 << 10


class Handover:
    """Frames by room, in order; an empty frame says that the room is gone.

    Attributes:
        wake: called, from the thread that puts, when there is something to take.
        drained: called, from the thread that takes, when a handover that was full has been emptied.
    """

    def __init__(self, wake: Callable[[], None], drained: Callable[[], None]) -> None:
        """Begin empty."""
        self.wake = wake
        self.drained = drained
        self._lock = threading.Lock()
        self._items: list[tuple[str, bytes]] = []
        self._size = 0

    @property
    def size(self) -> int:
        """Return how many bytes wait."""
        return self._size

    def is_full(self) -> bool:
        """Return whether no more should be put."""
        return self._size >= MOST_BYTES

    def put(self, room: str, frame: bytes) -> None:
        """Add a frame of a room."""
        with self._lock:
            is_first = not self._items
            self._items.append((room, frame))
            self._size += len(frame)
        if is_first:
            self.wake()

    def take(self) -> list[tuple[str, bytes]]:
        """Return all that waits."""
        with self._lock:
            taken, self._items = self._items, []
            was_full = self._size >= MOST_BYTES
            self._size = 0
        if was_full:
            self.drained()
        return taken
