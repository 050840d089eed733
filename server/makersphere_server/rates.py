"""How much one sender may send: token buckets.

Answers whether a sender may send one more now, and if not, after how long. A bucket belongs to a person, not to a
connection, a token or an address: a whole class sits behind one address.
"""

from __future__ import annotations

__all__ = ["Bucket"]


class Bucket:
    """Holds up to `burst` and fills at `per_s` a second."""

    __slots__ = ("_burst_ms", "_each_ms", "_full_at_ms")

    def __init__(self, per_s: float, burst: int) -> None:
        """Begin full."""
        self._each_ms = 1000 / per_s
        self._burst_ms = burst * self._each_ms
        self._full_at_ms = 0.0

    def wait_s(self, now_ms: int, n: int = 1) -> float:
        """Return the seconds until `n` can be taken, 0 if they can be taken now.

        More than the burst can never be taken at once: the answer is then never 0.
        """
        full_at = self._full_at_ms
        taken_ms = full_at - now_ms if full_at > now_ms else 0.0  # nothing is rounded where all of it is there again
        missing_ms = taken_ms + n * self._each_ms - self._burst_ms
        return missing_ms / 1000 if missing_ms > 0 else 0.0

    def give_back(self, n: int = 1) -> None:
        """Give back `n` that were taken and not needed."""
        self._full_at_ms -= n * self._each_ms

    def take(self, now_ms: int, n: int = 1) -> float:
        """Take `n` and return 0, or take none and return the seconds until `n` can be taken."""
        wait_s = self.wait_s(now_ms, n)
        if not wait_s:
            self._full_at_ms = max(self._full_at_ms, now_ms) + n * self._each_ms
        return wait_s
