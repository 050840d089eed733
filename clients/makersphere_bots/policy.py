"""The contract of a policy: it sees a view and what is legal, and says what its seat does now.

A policy keeps nothing between calls: the same view, legal commands and random stream give the same moves.
Whoever runs it (a playtest, a room, a client) owns the clock, the dice and the rules.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from typing import Any, Final, Protocol, TypeVar

import attrs

from makersphere_bots.legal import Form

__all__ = [
    "INVESTOR",
    "MAKER",
    "OPERATOR",
    "READY",
    "Args",
    "Move",
    "Policy",
    "Tree",
    "View",
    "WholeView",
    "fitting",
    "whole",
]

T = TypeVar("T")
Tree = dict[str, Any]
Args = dict[str, int | str | bool | list[int | str]]
Move = tuple[str, Args]

MAKER: Final = "maker"
INVESTOR: Final = "investor"
OPERATOR: Final = "operator"

READY: Final[Move] = ("ready", {"ready": True})


def whole(args: Args, name: str) -> int:
    """Return a whole-number argument of a command that fills its form."""
    value = args[name]
    assert isinstance(value, int), f"{name} is {value!r}"  # noqa: S101
    return value


def fitting(move: Move, legal: Mapping[str, Form]) -> Move:
    """Return a move without those arguments that its form does not have, which are introduced in a later season."""
    name, args = move
    form = legal.get(name)
    if form is None or args.keys() <= form.fields.keys():
        return move
    return name, {field: value for field, value in args.items() if field in form.fields}


class View(Protocol):
    """What a seat sees: who it is, which phase is open, the table, and its own hand as they go over the wire.

    Table and hand are `{kind: {key: {field: value}}}` with keys as text; a kind with one entity only has no keys.
    """

    @property
    def seat(self) -> int:
        """Return the seat's number."""
        ...

    @property
    def role(self) -> str:
        """Return the seat's role."""
        ...

    @property
    def phase(self) -> str:
        """Return the open phase, which the table says too: `table["game"]["phase"]`."""
        ...

    @property
    def table(self) -> Tree:
        """Return what everyone may see, with the parameters of the rules under `module`. Not to be changed."""
        ...

    @property
    def hand(self) -> Tree:
        """Return what this seat may see beyond the table. Not to be changed."""
        ...

    def derived(self, kind: str, make: Callable[[Tree], T]) -> T:
        """Return what `make` makes of a kind on the table; made once until the kind changes. Not to be changed."""
        ...

    def defaults(self) -> Mapping[str, Any]:
        """Return what the close does for the seat as things stand, by command, or `command:target`."""
        ...


@attrs.frozen
class WholeView:
    """A `View` of a table and a hand that are at hand already."""

    seat: int
    role: str
    table: Tree
    hand: Tree
    _made: dict[tuple[str, object], Any] = attrs.field(factory=dict, init=False, eq=False, repr=False)

    @property
    def phase(self) -> str:
        """Return the open phase."""
        return str(self.table["game"]["phase"])

    def derived(self, kind: str, make: Callable[[Tree], T]) -> T:
        """Return what `make` makes of a kind on the table."""
        if (kind, make) not in self._made:
            self._made[kind, make] = make(self.table.get(kind, {}))
        found: T = self._made[kind, make]
        return found

    def defaults(self) -> Mapping[str, Any]:
        """Return what the close does for the seat, as far as its hand says so."""
        found: Tree = self.hand.get("default", {})
        return found


class Policy(Protocol):
    """Plays one seat."""

    def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
        """Return what the seat does now, in order; `READY` at the end says that it needs no more time.

        A policy is asked when a phase opens, and again as long as its seat is not ready: because somebody
        awaits its answer, or because it left `READY` out to see what its own moves have brought (a look, say).
        Whoever runs it bounds how often.

        Args:
            view: what the seat sees.
            legal: the commands it may send now, each with its live bounds.
            rng: a stream of its own for this call, never the room's dice.
        """
        ...
