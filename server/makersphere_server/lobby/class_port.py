"""What the lobby asks of the classes of a server, which stand one floor above it.

A class has a code like a room's, and a row of its own in the same store; whoever comes by its code comes into the
class, or into the table that it deals them to.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Protocol

from makersphere_protocol.errors import Refused
from makersphere_protocol.messages import Create, Join, Resume, Watch
from makersphere_server.lobby.leaving import Leaving
from makersphere_server.room.model.connection import ConnectionPort
from makersphere_server.room.model.inbox import Item, Presence
from makersphere_server.storage.record import RoomRow

__all__ = ["ClassesPort", "InboxPort", "Place"]


class InboxPort(Protocol):
    """The way into a room or a class."""

    @property
    def is_full(self) -> bool:
        """Return whether commands have to be turned away."""
        ...

    def put(self, item: Item) -> None:
        """Add an item."""
        ...


class Place(Protocol):
    """What a connection has come into: a room or a class."""

    @property
    def inbox(self) -> InboxPort:
        """Return the way in for what comes after the first frame."""
        ...


class ClassesPort(Protocol):
    """The classes of a server."""

    def remember(self, row: RoomRow, private: Mapping[str, bytes]) -> None:
        """Remember a class that the store has."""
        ...

    async def create(self, frame: Create, connection: ConnectionPort) -> tuple[Place, Presence]:
        """Open a class, unless the frame has come before, and let its sender host it.

        Raises:
            ProtocolError: why not.
        """
        ...

    async def enter(
        self, row: RoomRow, frame: Join | Resume | Watch, connection: ConnectionPort
    ) -> tuple[Place, Presence]:
        """Let somebody into a class, or deal them to a table of it.

        Raises:
            ProtocolError: why not.
        """
        ...

    def is_kept(self, code: str) -> bool:
        """Return whether a class must not be erased for its age: somebody is in it, or it has tables yet."""
        ...

    def lose(self, codes: Collection[str]) -> dict[str, Leaving]:
        """Know those of these no more that are classes; return by code what was in memory, which tells nothing now."""
        ...

    async def finish(self) -> None:
        """Finish what was begun."""
        ...

    def close(self, moved: Refused | None = None) -> None:
        """Let everybody go, or send everybody on to the server that has the classes now."""
        ...
