"""What a seat sees and may do, straight from a game in memory and worked out as it is read.

Most policies read little of their view. So a part of the view is brought up to date, and a form is made, only when it
is read. Read in full, they equal the views and `engine.legal`. What a policy has read holds for one `choose` alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar, overload

from makersphere_bots.policy import READY
from makersphere_rules.engine import defaults, form_of, legal
from makersphere_rules.forms import Args, Form
from makersphere_rules.seen.lazy_tree import LazyTree
from makersphere_rules.state import State

__all__ = ["Legal", "LiveView"]

T = TypeVar("T")


class LiveView:
    """A view of a game in memory; each part is brought up to date as it is read."""

    __slots__ = ("_state", "derived", "hand", "role", "seat", "table")

    def __init__(self, state: State, seat: int, role: str, table: LazyTree, hand: LazyTree) -> None:
        """Look at nothing yet."""
        self._state = state
        self.seat = seat
        self.role = role
        self.table = table
        self.hand = hand
        self.derived = table.derived  # what is made of a kind on the table lasts until the kind has changed

    @property
    def phase(self) -> str:
        """Return the open phase."""
        return self._state.game.phase

    def defaults(self) -> Mapping[str, Args]:
        """Return what the close does for the seat as things stand."""
        return defaults(self._state, self.seat)


class Legal(Mapping[str, Form]):
    """The commands that a seat may send at the moment of reading, each with its live bounds."""

    __slots__ = ("_role", "_seat", "_state")

    def __init__(self, state: State, seat: int, role: str) -> None:
        """Read nothing yet."""
        self._state = state
        self._seat = seat
        self._role = role

    def __getitem__(self, name: str) -> Form:
        """Return the form of a command that may be sent now."""
        form = self._form(name)
        if form is None:
            raise KeyError(name)
        return form

    @overload
    def get(self, name: str, default: None = None, /) -> Form | None: ...
    @overload
    def get(self, name: str, default: Form | T, /) -> Form | T: ...
    def get(self, name: str, default: Form | T | None = None, /) -> Form | T | None:
        """Return the form of a command, or `default` if it may not be sent now."""
        form = self._form(name)
        return default if form is None else form

    def __contains__(self, name: object) -> bool:
        """Return whether a command may be sent now."""
        return isinstance(name, str) and self._form(name) is not None

    def __iter__(self) -> Iterator[str]:
        """Name all commands that may be sent now."""
        return iter(legal(self._state, self._seat))

    def __len__(self) -> int:
        """Return how many commands may be sent now."""
        return len(legal(self._state, self._seat))

    def _form(self, name: str) -> Form | None:
        state = self._state
        known = state.forms.get((self._seat, name))  # made for a seat that may send it, in this phase
        if known is not None:
            return known if isinstance(known, Form) else None
        command = state.scenario.commands[state.game.phase].get(name)
        if command is None:
            return legal(state, self._seat).get(name) if name == READY[0] else None
        if command.roles and self._role not in command.roles:
            return None
        form = form_of(state, self._seat, command)
        return form if isinstance(form, Form) else None
