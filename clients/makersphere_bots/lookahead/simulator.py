"""What a policy that looks ahead is handed: somebody who can play the game on from here, on copies.

The policy knows no rule and has no game; whoever runs it has both. A simulator imagines for one seat: of the game it
copies what that seat sees, draws all the rest anew, and plays with dice of its own, so that looking ahead tells the
seat nothing it may not know and never disturbs the game.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from makersphere_bots.policy import Move, Policy

__all__ = ["Imagined", "LooksAhead", "Simulator"]


class Imagined(Protocol):
    """A game as it might stand at the moment, with the luck that falls from here on."""

    def play_out(self, moves: Sequence[Move], then: Policy, others: Policy, seasons: int) -> float:
        """Return the final score of the seat; the game that is imagined stays as it is.

        Args:
            moves: what the seat does now.
            then: who plays the seat from there on.
            others: who plays all other seats.
            seasons: after how many seasons the game is counted out, this one included, if it has not ended before.
        """
        ...


class Simulator(Protocol):
    """Imagines the game of one seat, at the moment at which it is asked."""

    def imagine(self, name: str) -> Imagined:
        """Return one way the game may stand; another name is another way."""
        ...


@runtime_checkable
class LooksAhead(Protocol):
    """A policy that plays better when it is handed a simulator."""

    def handed(self, simulator: Simulator) -> Policy:
        """Return the policy as it plays with a simulator of its seat."""
        ...
