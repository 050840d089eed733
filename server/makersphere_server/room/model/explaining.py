"""The port between a room's finished game and whoever says why it went as it did.

The server plays no futures: the command that starts it hands over somebody who does, elsewhere and at the lowest
priority ([lobby/explaining.py](../../lobby/explaining.py)).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from makersphere_server.storage.event_log import Record, RoomRow

__all__ = ["Explainer", "Explains"]


class Explainer(Protocol):
    """Makes the moments of one finished game, one after the other."""

    @property
    def of(self) -> int:
        """Return how many there are."""
        ...

    async def moment(self, number: int) -> Mapping[str, Any]:
        """Return a moment, from 1 on, as plain data that everybody may see; it has its `number`."""
        ...


class Explains(Protocol):
    """Begins to explain a finished game, in another process."""

    def __call__(self, row: RoomRow, records: Sequence[Record]) -> AbstractAsyncContextManager[Explainer]:
        """Return an explainer; with the end of the context its work has ended, whatever it was at."""
        ...
