"""Which commands have been answered, and how: the same id from the same person gets the same answer.

A person is known by an author's id, which stays the same whatever token opens the seat or the chair by now; in the
records and the stored refusals it stands under the name `token`, since a person's first token gave it.

Accepted commands are kept while the room lives and come back from the log. Refusals change nothing, so they are
no records; the last ones of a room are kept beside the log, stored before they are told. So a resent command is not
refused one time and taken the next, after a restart either. Of a command that nobody may read whose it was the answer
is in memory alone. Source: the contract's "`id` makes commands idempotent".
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final, Self

import msgspec

from makersphere_server.storage.event_log import Record

__all__ = ["REFUSALS_KEPT", "REFUSED_KEY", "Answers", "Given", "author_of", "refused_command"]

REFUSALS_KEPT: Final = 2048  # by a room, each in a slot of its own: the newest takes the oldest one's
REFUSED_KEY: Final = "refused:"  # of private values; the number of a slot follows


class Given(msgspec.Struct, eq=False, gc=False):
    """An answer that was given: to which command, and the `result` without its id and time."""

    command: bytes
    body: bytes


class _Stored(msgspec.Struct, array_like=True):
    """A refusal as it is stored; `number` counts those of a room."""

    number: int
    token: str
    id: str
    command: msgspec.Raw
    body: msgspec.Raw


class Answers:
    """The answers of one room by author and id."""

    def __init__(self) -> None:
        """Begin with none."""
        self._accepted: defaultdict[str, dict[str, Given]] = defaultdict(dict)  # by author; thousands, so without pairs
        self._unrecorded: OrderedDict[tuple[str, str], Given] = OrderedDict()  # refusals, and what `remember` was given
        self._refusals = 0

    @classmethod
    def stored(cls, records: Iterable[Record], private: Mapping[str, bytes]) -> Self:
        """Return the answers that a room has given, from its log and its private values."""
        answers = cls()
        for record in records:
            if record.command_id:
                answers.accept(record)
        found = [
            msgspec.json.decode(value, type=_Stored) for key, value in private.items() if key.startswith(REFUSED_KEY)
        ]
        for one in sorted(found, key=lambda one: one.number):
            answers._unrecorded[one.token, one.id] = Given(bytes(one.command), bytes(one.body))
            answers._refusals = one.number
        return answers

    def find(self, author: str, command_id: str) -> Given | None:
        """Return the answer that was given, if there is one."""
        accepted = self._accepted.get(author)
        found = accepted.get(command_id) if accepted is not None else None
        return found or self._unrecorded.get((author, command_id))

    def accept(self, record: Record) -> None:
        """Keep the answer of an accepted command."""
        self._accepted[record.token][record.command_id] = Given(record.command, record.answer)

    def remember(self, author: str, command_id: str, command: bytes, body: bytes) -> None:
        """Keep an answer for as long as the room is open, and so long alone."""
        self._unrecorded[author, command_id] = Given(command, body)
        if len(self._unrecorded) > REFUSALS_KEPT:
            self._unrecorded.popitem(last=False)

    def refuse(self, author: str, command_id: str, command: bytes, body: bytes) -> dict[str, bytes]:
        """Keep a refusal, and return the private value by which it is known after a restart."""
        self._refusals += 1
        self.remember(author, command_id, command, body)
        stored = _Stored(self._refusals, author, command_id, msgspec.Raw(command), msgspec.Raw(body))
        return {f"{REFUSED_KEY}{self._refusals % REFUSALS_KEPT}": msgspec.json.encode(stored)}


def author_of(stored: bytes) -> str:
    """Return the author of a command that was refused, from its private value."""
    return msgspec.json.decode(stored, type=_Stored).token


def refused_command(stored: bytes) -> dict[str, Any]:
    """Return a command that was refused, and why, from its private value."""
    one = msgspec.json.decode(stored, type=_Stored)
    command, body = msgspec.json.decode(one.command), msgspec.json.decode(one.body)
    return {"command": command["name"], "args": command.get("args", {}), "why": body.get("error", {}).get("code", "")}
