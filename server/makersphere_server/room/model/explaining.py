"""The port through which a finished room has its moments explained: what is handed over, and what comes back.

The server plays no futures of its own. It hands the log of a game that is over to whoever was given to it, and is told
a moment after the other, as plain data that everybody may see.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping, Sequence
from typing import Protocol

from makersphere_server.storage.event_log import Record, RoomRow

__all__ = ["Explains"]


class Explains(Protocol):
    """Makes the moments of a finished game, in another process."""

    def __call__(self, row: RoomRow, records: Sequence[Record]) -> AsyncGenerator[Mapping[str, object]]:
        """Yield the moments as they come; each has its `number`. Closing the iterator ends the work."""
        ...
