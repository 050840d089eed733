"""The event log of a server that shares its database with others: as any other, and rooms are taken and given."""

from __future__ import annotations

from functools import partial
from typing import Self

from makersphere_server.storage.place import Database
from makersphere_server.storage.shared.owners import Owner, Server
from makersphere_server.storage.shared.shared_store import SharedStore
from makersphere_server.storage.sqlite_log import SqliteLog
from makersphere_server.storage.store import Store

__all__ = ["SharedLog"]


class SharedLog(SqliteLog):
    """An `EventLog` of the rooms that are this server's. Made by `join`, in the event loop that will use it."""

    def __init__(self, database: Database, server: Server) -> None:
        """Prepare; nothing is opened yet."""
        super().__init__(database)
        self._open = partial(_opened, database, server)

    @classmethod
    async def join(cls, database: Database, server: Server) -> Self:
        """Open the log of a database beside other servers, under a name that none of them has.

        Raises:
            StoreUnavailable: the database cannot be opened, or a server has it alone, or has the name.
        """
        log = cls(database, server)
        await log._begin_work()
        return log

    async def renew(self) -> list[str]:
        """Renew the lease; return the rooms that were this server's and are not any more."""
        return await self._ask(lambda store: _shared(store).renew())

    async def take(self, room: str) -> None:
        """Become a room's owner; `Elsewhere`: another server has it, and its lease runs."""
        await self._ask(lambda store: _shared(store).take(room))

    async def take_over(self) -> list[str]:
        """Become the owner of all rooms of dead servers, of nobody's and of those handed over; return them."""
        return await self._ask(lambda store: _shared(store).take_over())

    async def hand_over(self) -> Server | None:
        """Make another server that is alive the owner of all rooms, after all that was written; None: there is none."""
        return await self._ask(lambda store: _shared(store).hand_over())

    async def founded_by(self, frame: str) -> str:
        """Return the code of the room or class that the create frame of a digest has founded, whosever it is; or ""."""
        return await self._ask(lambda store: _shared(store).founded_by(frame))

    async def owner(self, room: str) -> Owner:
        """Return whose a room is."""
        return await self._ask(lambda store: _shared(store).owner(room))


def _opened(database: Database, server: Server) -> Store:
    return SharedStore(database, server)


def _shared(store: Store) -> SharedStore:
    if not isinstance(store, SharedStore):
        raise TypeError("this log's store is shared")
    return store
