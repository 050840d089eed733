"""Which commands have been answered, and how: the same id from the same token gets the same answer.

Accepted commands are kept while the room lives and come back from the log. Refusals change nothing and are
not stored; the last ones are kept in memory, so that a resent command is not refused one time and taken
the next. Source: the contract's "`id` makes commands idempotent".
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import Final

import attrs

from makersphere_server.event_log import Record

__all__ = ["Answers", "Given"]

_REFUSALS_KEPT: Final = 2048


@attrs.define(eq=False)
class Given:
    """An answer that was given: to which command, and the `result` without its id and time."""

    command: bytes
    body: bytes


class Answers:
    """The answers of one room by token and id."""

    def __init__(self, records: Iterable[Record] = ()) -> None:
        """Begin with what a log holds."""
        self._accepted: dict[tuple[str, str], Given] = {}
        self._refused: OrderedDict[tuple[str, str], Given] = OrderedDict()
        for record in records:
            if record.command_id:
                self.accept(record)

    def find(self, token: str, command_id: str) -> Given | None:
        """Return the answer that was given, if there is one."""
        key = (token, command_id)
        return self._accepted.get(key) or self._refused.get(key)

    def accept(self, record: Record) -> None:
        """Keep the answer of an accepted command."""
        self._accepted[record.token, record.command_id] = Given(record.command, record.answer)

    def refuse(self, token: str, command_id: str, command: bytes, body: bytes) -> None:
        """Keep a refusal for a while."""
        self._refused[token, command_id] = Given(command, body)
        if len(self._refused) > _REFUSALS_KEPT:
            self._refused.popitem(last=False)
