"""The event log of a server that shares its database with others: as any other, and rooms are taken and given."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import partial
from typing import Final, Self

from makersphere_server.storage.event_log import NO_PRIVATE, SOON_MS, Private, RoomRow, StoreUnavailable
from makersphere_server.storage.place import Database
from makersphere_server.storage.shared.owners import Owner, Server
from makersphere_server.storage.shared.shared_store import SharedStore
from makersphere_server.storage.sqlite_log import SqliteLog
from makersphere_server.storage.store import Store

__all__ = ["SharedLog"]

_UNSURE_S: Final = 1.0  # until a renewal that could not be is tried again by those who wait for it


class SharedLog(SqliteLog):
    """An `EventLog` of the rooms that are this server's. Made by `join`, in the event loop that will use it.

    Attributes:
        server: this one, as the others know it.
        lost: told of rooms that were this server's and are not any more, before anything else is decided of them.
        in_all: how many rooms all servers had together at the last renewal.
    """

    def __init__(self, database: Database, server: Server) -> None:
        """Prepare; nothing is opened yet."""
        super().__init__(database)
        self._open = partial(_opened, database, server)
        self.server = server
        self.lost: Callable[[Sequence[str]], None] = lambda _: None
        self.in_all = 0
        self._alive_until = self._loop.time() + server.lease_s  # as far as this server knows, by its own clock
        self._patient_until = 0.0  # others may have been kept from renewing, too: until then none is believed dead
        self._renewing: asyncio.Task[list[str]] | None = None

    @classmethod
    async def join(cls, database: Database, server: Server) -> Self:
        """Open the log of a database beside other servers, under a name that none of them has.

        Raises:
            StoreUnavailable: the database cannot be opened, or a server has it alone, or has the name.
        """
        log = cls(database, server)
        await log._begin_work()
        with suppress(StoreUnavailable):  # whoever works with the log renews
            await log.renew()
        return log

    async def next_group(self, within_ms: int = SOON_MS) -> None:
        """Return when the next group begins; who was frozen for longer than its lease renews that first.

        So a room that another server has taken meanwhile decides nothing more, and tells nobody of what it was.
        """
        if self._loop.time() > self._alive_until:
            try:
                await self._renew_at_last()
            except StoreUnavailable:  # nobody else gets the rooms while the database is away
                self._alive_until = self._loop.time() + _UNSURE_S
        await super().next_group(within_ms)

    async def create(self, room: RoomRow, private: Private = NO_PRIVATE) -> None:
        """Found a room; who was frozen for longer than its lease renews that first, and founds none for what it lost.

        Raises:
            StoreUnavailable: the database is away, or rooms were lost, among which may be the class that wants a table.
        """
        if self._loop.time() > self._alive_until and await self._renew_at_last():
            raise StoreUnavailable("other servers have taken rooms meanwhile")
        await super().create(room, private)

    async def _renew_at_last(self) -> list[str]:
        """Renew, a second time on a new connection: the database ends the session of a server that is frozen."""
        try:
            return await self.renew()
        except StoreUnavailable:
            return await self.renew()

    async def renew(self) -> list[str]:
        """Renew the lease, once for all who ask at the same time; return the rooms that were lost, once they are told.

        Raises:
            TakenOver: the store, or the name, is another process's.
            StoreUnavailable: the database is away.
        """
        if self._renewing is None or self._renewing.done():
            self._renewing = asyncio.create_task(self._renew(), name="lease")
        return await asyncio.shield(self._renewing)

    async def _renew(self) -> list[str]:
        begun, lease_s = self._loop.time(), self.server.lease_s
        lost, self.in_all = await self._ask(lambda store: _shared(store).renew())
        now = self._loop.time()
        if now > self._alive_until - lease_s / 2:
            self._patient_until = now + lease_s
        self._alive_until = begun + lease_s
        if lost:
            self.lost(lost)
        return lost

    async def take_over(self) -> list[str]:
        """Become the owner of all rooms of dead servers, of nobody's and of those handed over; return them.

        After a time in which this server could not renew its own lease it takes for as long as a lease only what was
        handed to it: where the database was away, the other servers have their rooms still.
        """
        from_dead = self._loop.time() >= self._patient_until
        return await self._ask(lambda store: _shared(store).take_over(from_dead=from_dead))

    async def hand_over(self) -> Server | None:
        """Make another server that is alive the owner of all rooms, after all that was written; None: there is none."""
        return await self._ask(lambda store: _shared(store).hand_over())

    async def founded_by(self, frame: str) -> str:
        """Return the code of the room or class that the create frame of a digest has founded, whosever it is; or ""."""
        return await self._ask(lambda store: _shared(store).founded_by(frame))

    async def owner(self, room: str) -> Owner:
        """Return whose a room is."""
        return (await self.owners([room]))[room]

    async def owners(self, rooms: Iterable[str]) -> dict[str, Owner]:
        """Return whose rooms are, of those that there are."""
        return await self._ask(lambda store: _shared(store).owners(rooms))


def _opened(database: Database, server: Server) -> Store:
    return SharedStore(database, server)


def _shared(store: Store) -> SharedStore:
    if not isinstance(store, SharedStore):
        raise TypeError("this log's store is shared")
    return store
