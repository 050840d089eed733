"""The policies of the levels as a room has its free seats played by them.

Answers what a seat does that a room asks about. It fits the port that the server names for this, and imports nothing
of the server: whoever puts a server together hands it over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol

from makersphere_bots import asking_order
from makersphere_bots.legal import Form
from makersphere_bots.levels import of_level
from makersphere_bots.policy import Move, Policy, Tree, WholeView
from makersphere_bots.random_stream import Stream

__all__ = ["Seen", "StandIns"]


class Seen(Protocol):
    """What a room shows of a seat: who it is, the table and its own hand as they go over the wire."""

    @property
    def seat(self) -> int:
        """Return the seat's number."""
        ...

    @property
    def role(self) -> str:
        """Return the seat's role."""
        ...

    @property
    def table(self) -> Tree:
        """Return what everyone may see."""
        ...

    @property
    def hand(self) -> Tree:
        """Return what this seat may see beyond the table."""
        ...


class StandIns:
    """Plays the free seats of rooms, each at the level that its room names."""

    def __init__(self, policies: Callable[[str], Policy] = of_level) -> None:
        """Play by the policies of the levels, or by others."""
        self._policies = policies

    def in_turn(self, table: Tree, seats: Iterable[int]) -> list[int]:
        """Return the seats in the order in which they are asked."""
        return asking_order.in_turn(table, seats)

    def choose(self, level: str, view: Seen, legal: Mapping[str, Form], stream: str) -> list[Move]:
        """Return what a seat does now, in order.

        Args:
            level: how well it is to play, one of `levels.LEVELS`.
            view: what the seat sees.
            legal: the commands that it may send now, each with its bounds.
            stream: the name of this call's random stream.
        """
        whole = WholeView(view.seat, view.role, view.table, view.hand)
        return self._policies(level).choose(whole, legal, Stream(stream))
