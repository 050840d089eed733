"""How much one sender may send: token buckets.

Answers whether one more is all right now, else after how long. Counted by seat, not by connection or
address: a class sits behind one address.
"""

from __future__ import annotations

__all__ = ["Bucket"]


class Bucket:
    """Holds up to `burst` and fills at `per_s` a second."""

    __slots__ = ("_burst_ms", "_each_ms", "_full_at_ms")

    def __init__(self, per_s: int, burst: int) -> None:
        """Begin full."""
        self._each_ms = 1000 / per_s
        self._burst_ms = burst * self._each_ms
        self._full_at_ms = 0.0

    def take(self, now_ms: int) -> float:
        """Take one and return 0, or return the seconds until there is one again."""
        full_at = max(self._full_at_ms, now_ms) + self._each_ms
        late_ms = full_at - now_ms - self._burst_ms
        if late_ms > 0:
            return late_ms / 1000
        self._full_at_ms = full_at
        return 0.0
