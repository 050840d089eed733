"""The port through which a room has its free seats played: what a policy is shown, and what it answers.

The server has no policy of its own and knows none by name. It knows the levels that the wire contract names, and is
handed the policies that play at them by whoever puts the server together. A policy sees what a person on its seat
sees, and its moves are commands like a person's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

import attrs

from makersphere_protocol.messages import Args
from makersphere_rules.forms import Form

__all__ = ["Move", "Policies", "SeatView"]

Tree = dict[str, Any]
Move = tuple[str, Args]  # a command's name and its arguments


@attrs.frozen
class SeatView:
    """What a seat sees, as it goes over the wire; table and hand are not to be changed."""

    seat: int
    role: str
    table: Tree
    hand: Tree


class Policies(Protocol):
    """The policies that play free seats, one for each level of the contract."""

    def in_turn(self, table: Tree, seats: Iterable[int]) -> Sequence[int]:
        """Return the seats in the order in which they are asked: who is asked first has the first choice."""
        ...

    def choose(self, level: str, view: SeatView, legal: Mapping[str, Form], stream: str) -> Sequence[Move]:
        """Return what a seat does now, in order.

        Args:
            level: how well it is to play, one of the contract's `LEVELS`.
            view: what the seat sees.
            legal: the commands that it may send now, each with its bounds.
            stream: the name of this call's random numbers; the same name gives the same numbers.
        """
        ...
