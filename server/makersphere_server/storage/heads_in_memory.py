"""The heads of rooms in PostgreSQL, as this process has acknowledged them: what `heads.py` is for a file of SQLite.

Nothing lies beside a PostgreSQL: its own log has checksums, so an end that is cut off is found by the database. What it
held when the server came is taken as it is. From then on the server knows what it has acknowledged, and compares it at
each new connection: a database that comes back without the last of it (a standby that was behind and took over, a
backup that was laid in) has rooms that stand still, and none that is forked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from makersphere_server.storage.heads import NOTHING, Head, Heads, Writes

__all__ = ["HeadsInMemory"]


class HeadsInMemory:
    """What this process knows of the rooms in a database. Called as a `HeadFile` is.

    Attributes:
        known: what was there at the beginning, and what has been acknowledged since.
    """

    def __init__(self) -> None:
        """Know nothing yet; what the store first finds there, it has this remember."""
        self.known = Heads(is_kept=False)

    def belong_to(self, store: bytes) -> bool:
        """Remember the store's number."""
        self.known.store = store
        return True

    def write(self, heads: Mapping[str, Head], about: Mapping[str, Sequence[str]] = MappingProxyType({})) -> None:
        """Remember heads whose records and private values are committed, and what these values were about."""
        for room, head in heads.items():
            before = self.known.rooms.get(room, NOTHING)
            self.known.rooms[room] = head
            if before.values != head.values:
                self.known.writes.setdefault(room, Writes(0, 1, {})).take(head.values, about.get(room, ()))

    def forget(self, room: str) -> None:
        """Forget a room."""
        self.known.rooms.pop(room, None)
        self.known.writes.pop(room, None)

    def tidy(self) -> None:
        """Do nothing: there is no file."""

    def abandon(self) -> None:
        """Do nothing: nobody else reads this."""

    def close(self) -> None:
        """Do nothing: there is no file."""
