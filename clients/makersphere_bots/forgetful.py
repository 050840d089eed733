"""The policy `forgetful`: plays like another one, but lets some of its turns pass.

A turn that passes is no harm to others: the close does for the seat what it does for everybody who says nothing. What
others ask of it stays unanswered, and lapses.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

from makersphere_bots.legal import Form
from makersphere_bots.policy import READY, Move, Policy, View

__all__ = ["Forgetful"]


class Forgetful:
    """Plays like another policy when it does not forget to."""

    def __init__(self, policy: Policy, share: int) -> None:
        """Let somebody forget.

        Args:
            policy: what it would do.
            share: how many of a hundred turns pass; chance decides which.
        """
        self._policy = policy
        self._share = share

    def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
        """Return what the other does, or that the seat is ready."""
        if rng.random() * 100 < self._share:
            return [READY]
        return self._policy.choose(view, legal, rng)
