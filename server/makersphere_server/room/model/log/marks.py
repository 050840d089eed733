"""The marks of a room's records: by them two histories of the same numbers are told apart.

Answers which mark stands at a number, and the mark of the next record. A mark is random and made of nothing that its
record says. Marks are drawn for several records at once, which costs a record a fourth (`run.py bench online`). Source:
the contract's "The same history".
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from makersphere_server.codes import new_marks
from makersphere_server.storage.record import Record

__all__ = ["Marks"]

_AT_ONCE: Final = 32


class Marks:
    """The marks of one room's records, in their order."""

    __slots__ = ("_drawn", "_marks")

    def __init__(self, records: Iterable[Record]) -> None:
        """Begin with those of a log from its first record on; "" stands for a record from before there were marks."""
        self._marks = [record.mark for record in records]
        self._drawn: list[str] = []

    def at(self, seq: int) -> str:
        """Return the mark of the record of a number; "" before the first one, and where there is none."""
        return self._marks[seq - 1] if 0 < seq <= len(self._marks) else ""

    def add(self) -> str:
        """Return the mark of the next record, which has it from now on."""
        if not self._drawn:
            self._drawn = new_marks(_AT_ONCE)
        mark = self._drawn.pop()
        self._marks.append(mark)
        return mark
