"""What a command of a class needs of the class: what is kept of it, and what is done at its tables."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Any, Protocol

import attrs

from makersphere_protocol.messages import Args, Create
from makersphere_rules.refusals import Refusal
from makersphere_server.classes.book import ClassBook, ClassSettings, Person, Table
from makersphere_server.room.model.inbox import Sent

__all__ = ["Leads", "Outcome", "Own", "RefusedNow", "Tree"]

Tree = dict[str, Any]
Outcome = Tree | Refusal


class RefusedNow(Exception):
    """A command of the class cannot be carried out now."""

    def __init__(self, refusal: Refusal) -> None:
        """Take why not."""
        super().__init__(refusal.code)
        self.refusal = refusal


class Own:
    """What one table plays by instead of the class's own: None or empty stands for the class's."""

    def __init__(self, args: Args) -> None:
        """Read it from a command's arguments."""
        self.scenario = str(args.get("scenario", ""))
        self.seed = str(args.get("seed", ""))
        choices = args.get("choices")
        names = choices if isinstance(choices, list) else [choices]  # what is no list names one, and is not left out
        self.choices = None if choices is None else [str(name) for name in names]

    def frame(self, settings: ClassSettings, seats: int) -> Create:
        """Return the frame that opens a table of a class for so many people."""
        chosen: Tree = {"seats": seats, "language": settings.language}
        if self.choices is not None:
            chosen["choices"] = self.choices
        if self.seed or settings.seed:
            chosen["seed"] = self.seed or settings.seed
        return Create(self.scenario or settings.scenario, attrs.evolve(settings.options, **chosen))

    def __bool__(self) -> bool:
        """Return whether anything of it is other than the class's."""
        return bool(self.scenario or self.seed or self.choices is not None)


class Leads(Protocol):
    """What a command needs of its class."""

    @property
    def book(self) -> ClassBook:
        """Return what is kept of the class."""
        ...

    @property
    def most_hosts(self) -> int:
        """Return how many may host it."""
        ...

    async def open_table(self, seats: int, own: Own) -> Table:
        """Open a table for so many people.

        Raises:
            ProtocolError: why not.
        """
        ...

    def check_tables(self, more: int) -> None:
        """See that so many tables more may be opened.

        Raises:
            ProtocolError: why not.
        """
        ...

    async def at_every_table(self, person: Person, sent: Sent) -> dict[int, Tree]:
        """Have each table do with somebody's data what a host has ordered; return what each gives out, by number.

        Raises:
            ProtocolError: why one does not; others may have done it.
        """
        ...

    def is_played_on(self, table: int) -> bool:
        """Return whether the game of a table, by its number, is not over yet, and the table is there."""
        ...

    def is_playing(self) -> bool:
        """Return whether any table is known to be played at this moment."""
        ...

    async def game_of_now(self) -> int:
        """Return the game of a table that is opened now; where it is the next one, whatever has not begun is of it."""
        ...

    async def tables_not_begun(self) -> list[Table]:
        """Return the tables whose game has not begun.

        Raises:
            ProtocolError: why one of them cannot be had.
        """
        ...

    def keeping_out(self, people: Iterable[Person]) -> AbstractContextManager[None]:
        """Let some people in at no table meanwhile.

        Raises:
            ProtocolError: one of them is coming in just now.
        """
        ...

    async def take_away(self, person: Person, sent: Sent) -> None:
        """Take somebody away from the table where they sit, if they do.

        Raises:
            ProtocolError: the table does not let them go now.
        """
        ...
