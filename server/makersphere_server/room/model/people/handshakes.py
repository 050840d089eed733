"""Two people who press within ten seconds of each other: a deal that was struck in person, and nothing in the rules.

Answers whether a hand that is held out meets one. Nothing of it is stored: after a restart both press again.
"""

from __future__ import annotations

from typing import Final

import attrs

__all__ = ["TOGETHER_MS", "Handshakes"]

TOGETHER_MS: Final = 10_000


@attrs.define(eq=False)
class Handshakes:
    """The hands that are held out in a room now."""

    _held_out: dict[int, tuple[int, int]] = attrs.field(factory=dict)  # by seat: to whom, and when, monotonic

    def hold_out(self, seat: int, other: int, now_ms: int) -> bool:
        """Hold out a hand to another seat; return whether that one's is held out to this seat, and take both back."""
        to, since_ms = self._held_out.get(other, (0, 0))
        if to == seat and now_ms - since_ms <= TOGETHER_MS:
            del self._held_out[other]
            self._held_out.pop(seat, None)
            return True
        self._held_out[seat] = (other, now_ms)
        return False
