"""How long a client waits before it dials again: 0.3 to 5 seconds, each 30 % more or less, so that a class spreads.

Source: the wire contract's table of lost links.
"""

from __future__ import annotations

import random

import attrs

__all__ = ["Backoff"]


@attrs.frozen
class Backoff:
    """How long to wait before each new attempt, in seconds; the last delay goes on.

    Attributes:
        delays_s: before the first new attempt, the second, and so on.
        jitter: by which part each delay may be shorter or longer.
        tries: how often an absent server is dialled before the first picture; then the link ends with `no_answer`.
            0: for ever, unless no machine can have such a name.
    """

    delays_s: tuple[float, ...] = (0.3, 0.7, 1.5, 3.0, 5.0)
    jitter: float = 0.3
    tries: int = 0
    rng: random.Random = attrs.field(factory=random.SystemRandom, repr=False)

    def delay_s(self, attempt: int, least_s: float = 0.0) -> float:
        """Return the delay before an attempt, counted from 0; never under `least_s`, which the server asked for."""
        delay = self.delays_s[min(attempt, len(self.delays_s) - 1)]
        own = delay * self.rng.uniform(1 - self.jitter, 1 + self.jitter)
        return max(own, least_s * self.rng.uniform(1, 1 + self.jitter))
