"""What a host's command is: its name, who may send it, what it takes now, what it does and what it gives back.

Answers whether arguments fill a command, and how the log keeps them: free texts that people may want erased stand
there as salted digests. Which commands there are is said in `table.py`. Source: the contract's host commands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import attrs

from makersphere_protocol.free_text import shown
from makersphere_protocol.messages import Args
from makersphere_rules.forms import Form, OneOf, check
from makersphere_rules.refusals import Refusal, refuse
from makersphere_server.codes import digest
from makersphere_server.room.commands.asked import Asked, Outcome, Tree
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.people.hosts import ASSISTANT

__all__ = ["FreeText", "HostCommand", "HostForm", "Who", "every_seat", "is_over"]

Who = Literal["host", "person"]  # as the log says by whom a command was sent


@attrs.frozen
class FreeText:
    """An argument that is free text.

    Attributes:
        longest: how many characters it may have.
        is_kept: the log keeps it as it is; other texts it keeps as salted digests, so that they can be erased.
    """

    longest: int
    is_kept: bool = False


@attrs.frozen
class HostForm:
    """What a host's command takes now: a form, and free texts by field."""

    form: Form
    texts: Mapping[str, FreeText] = attrs.field(factory=dict)

    def refusal(self, args: Args) -> Refusal | None:
        """Return why `args` do not fill it."""
        for field, text in self.texts.items():
            value = args.get(field, "" if field in self.form.optional else None)
            if not isinstance(value, str) or len(value) > text.longest:
                return refuse("bad_args", "expected_text", field, max=text.longest)
        return check(self.form, {name: value for name, value in args.items() if name not in self.texts})


@attrs.frozen(kw_only=True)
class HostCommand:
    """One command of hosts.

    Attributes:
        name: as it stands in frames and in the log.
        form: returns what it takes now besides free texts, or None where it cannot be sent now.
        act: carries it out in memory; returns the game's events, often none, or why not.
        texts: its free texts by field.
        gives: returns what its answer gives out and nothing stores, a fresh one each time the command comes.
        preview: returns what a host is shown who asks what it would change: of events what they would change on the
            table, else the tree itself; None: nobody may ask.
        order: what it asks of the rules, by the order's name, so that a log can be replayed; "" where it asks nothing,
            or not always the same.
        who: who may send it.
        least: which rank a host needs for it.
    """

    name: str
    form: Callable[[LiveRoom], Form | None]
    act: Callable[[Asked], Outcome]
    texts: Mapping[str, FreeText] = attrs.field(factory=dict)
    gives: Callable[[Asked], Tree] | None = None
    preview: Callable[[LiveRoom, Args], Outcome | Tree] | None = None
    order: str = ""
    who: Who = "host"
    least: str = ASSISTANT

    def form_now(self, live: LiveRoom) -> HostForm | None:
        """Return what it takes now, or None where it cannot be sent now."""
        form = self.form(live)
        return None if form is None else HostForm(form, self.texts)

    def as_shown(self, args: Args) -> Args:
        """Return arguments with their free texts as others may be shown them."""
        erasable = self._erasable
        return {
            field: shown(value) if field in erasable and isinstance(value, str) else value
            for field, value in args.items()
        }

    @property
    def _erasable(self) -> set[str]:
        """Return which fields are what somebody wrote to others."""
        return {field for field, text in self.texts.items() if not text.is_kept}

    def as_kept(self, args: Args, salt: str) -> Args:
        """Return arguments as the log may keep them."""
        erasable = self._erasable
        return {
            field: digest(salt, value) if field in erasable and isinstance(value, str) else value
            for field, value in args.items()
        }


def every_seat(live: LiveRoom) -> OneOf:
    """Return the choice of one of the room's seats."""
    return OneOf(live.seats.numbers, "seat")


def is_over(live: LiveRoom) -> bool:
    """Return whether the game has ended."""
    return live.state.game.status == "over"
