"""All classes of a server: how one is opened, and how it is found again.

A class has a row in the same store as rooms, under a code that no room has. The same create frame again names the same
class, after a restart too. A server may want a key of its own for classes.
"""

from __future__ import annotations

import asyncio
import math
from collections.abc import Collection, Iterable, Mapping
from functools import partial
from typing import Final

import attrs
import structlog

from makersphere_protocol.errors import Refused
from makersphere_protocol.messages import ClassOptions, Create, Join, Resume, Watch
from makersphere_protocol.names import clean
from makersphere_protocol.texts import known
from makersphere_server.classes.book import ClassBook, ClassSettings
from makersphere_server.classes.commands import MOST_TABLES
from makersphere_server.classes.desk import ClassDesk
from makersphere_server.classes.leads import Own
from makersphere_server.clock import Clock
from makersphere_server.codes import check_proof, digest, new_code, new_token, seed_of, token_id
from makersphere_server.lobby import leaving
from makersphere_server.lobby.class_port import Place
from makersphere_server.lobby.founding import check_key
from makersphere_server.lobby.leaving import Leaving
from makersphere_server.lobby.lobby import Lobby
from makersphere_server.room.model.connection import ConnectionPort
from makersphere_server.room.model.inbox import HostsOfClass, InStep, Presence
from makersphere_server.room.model.people.hosts import Host, Hosts
from makersphere_server.room.room import Room
from makersphere_server.settings import Settings
from makersphere_server.storage.event_log import Elsewhere, EventLog, RoomRow, RoomTaken, StoreUnavailable
from makersphere_server.storage.record import CLASS

__all__ = ["Classes"]

_TRIES: Final = 5  # to read a class whose tables keep together
_AGAIN_MS: Final = 1_000

_log = structlog.get_logger("makersphere.classes")


class Classes:
    """The classes of one server."""

    def __init__(self, log: EventLog, lobby: Lobby, clock: Clock, settings: Settings) -> None:
        """Prepare; the lobby tells which classes the store has."""
        self._log, self._lobby, self._clock, self._settings = log, lobby, clock, settings
        self._desks: dict[str, ClassDesk] = {}
        self._books: dict[str, ClassBook] = {}  # as they were stored, of the classes that have not been opened yet
        self._by_frame: dict[str, str] = {}
        self._lock = asyncio.Lock()
        self._looking: set[asyncio.Task[None]] = set()
        self._is_leaving = False
        lobby.follow_rooms(self.tell_hosts)

    def remember(self, row: RoomRow, private: Mapping[str, bytes]) -> None:
        """Remember a class that the store has."""
        book = ClassBook.stored(row.room, private)
        self._books[row.room] = book
        if book.settings.create:
            self._by_frame[book.settings.create] = row.room

    def is_kept(self, code: str) -> bool:
        """Return whether a class must not be erased for its age: somebody is in it, or it has tables yet."""
        desk = self._desks.get(code)
        if desk is not None and not desk.watchers.is_empty:
            return True
        book = self._book(code)
        return book is not None and any(self._lobby.state_of(table.room) for table in book.tables.values())

    def lose(self, codes: Collection[str]) -> dict[str, Leaving]:
        """Know classes no more that are erased or another server's; return those in memory, which tell nothing now.

        The create frame of one that was erased opens another one.
        """
        self._by_frame = {frame: found for frame, found in self._by_frame.items() if found not in codes}
        lost: dict[str, Leaving] = {}
        for code in codes:
            self._books.pop(code, None)
            desk = self._desks.pop(code, None)
            if desk is not None:
                desk.lose()
                lost[code] = desk
        return lost

    def tell_hosts(self, room: Room) -> None:
        """Let whoever hosts the class of a table host it, when it is opened: they may have changed meanwhile.

        Where the tables of the class keep together, it waits for them from its first turn on.
        """
        for code in (*self._books, *self._desks):
            book = self._book(code)
            if book is not None and any(table.room == room.code for table in book.tables.values()):
                room.inbox.put(HostsOfClass(partial(self._hosts, code, book)))
                if book.in_step:
                    room.inbox.put(InStep(is_kept=True))
                    self._look_after(code, room)

    def _look_after(self, code: str, room: Room, tries: int = _TRIES) -> None:
        """Open a class, whose desk tells tables what to close; where that cannot be, this table goes on by itself."""

        async def look() -> None:
            try:
                await self._desk(self._lobby.row(code))
            except Exception as error:  # noqa: BLE001  (a task's boundary: a class that cannot be read holds up no table)
                _log.warning("tables_not_in_step", room=code, reason=f"{type(error).__name__}: {error}")
                if tries > 1:
                    self._clock.call_later(_AGAIN_MS, lambda: self._look_after(code, room, tries - 1))
                else:
                    room.inbox.put(InStep())

        if code not in self._desks and not self._is_leaving:
            task = asyncio.create_task(look(), name=f"tables of {code}")
            self._looking.add(task)
            task.add_done_callback(self._looking.discard)

    def _book(self, code: str) -> ClassBook | None:
        desk = self._desks.get(code)
        return desk.book if desk is not None else self._books.get(code)

    def _hosts(self, code: str, known: ClassBook) -> Iterable[Host]:
        """Return who hosts a class by now; as it was `known` once it has been erased, or the server stops."""
        book = self._book(code)
        return (known if book is None else book).hosts

    async def finish(self) -> None:
        """Finish what was begun, and open no class any more."""
        self._is_leaving = True
        for task in list(self._looking):
            task.cancel()
        await asyncio.gather(*(leaving.finish(code, desk) for code, desk in self._desks.items()))

    def close(self, moved: Refused | None = None) -> None:
        """Let everybody go, or send everybody on to the server that has the classes now."""
        for code, desk in self._desks.items():
            leaving.close(code, desk, moved)
        self._desks.clear()

    # -- coming in

    async def enter(
        self, row: RoomRow, frame: Join | Resume | Watch, connection: ConnectionPort
    ) -> tuple[Place, Presence]:
        """Let somebody into a class, or deal them to a table of it.

        Raises:
            ProtocolError: why not.
        """
        return await (await self._desk(row)).enter(frame, connection)

    async def create(self, frame: Create, connection: ConnectionPort) -> tuple[Place, Presence]:
        """Open a class, unless the frame has come before, and let its sender host it.

        Raises:
            ProtocolError: why not.
        """
        token = new_token()
        desk = await self._found(frame, token)
        return await desk.enter(Resume(desk.book.code, host_token=token), connection)

    async def _desk(self, row: RoomRow) -> ClassDesk:
        desk = self._desks.get(row.room)
        if desk is None:
            async with self._lock:
                desk = self._desks.get(row.room)
                if desk is None:
                    desk = self._desks[row.room] = await self._read(row)
                    self._books.pop(row.room, None)
        return desk

    async def _read(self, row: RoomRow) -> ClassDesk:
        """Return the desk of a class that the store has.

        Raises:
            Refused: the store cannot be read now, or the server stops.
        """
        try:
            book = ClassBook.stored(row.room, await self._log.privates(row.room))
            records = await self._log.read(row.room)
        except Elsewhere as error:
            self._lobby.lose({row.room})  # so whoever comes next is sent on
            raise Refused("unavailable", retry_after=1) from error
        except StoreUnavailable as error:
            raise Refused("unavailable") from error
        if self._is_leaving:
            raise Refused("unavailable")
        return ClassDesk(row, book, records, self._log, self._lobby, self._clock)

    # -- opening one

    async def _found(self, frame: Create, token: str) -> ClassDesk:
        check_key(frame, self._settings.class_key or self._settings.host_key)
        wanted = frame.class_ or ClassOptions()
        known_by = digest("", "class", frame.id) if frame.id else ""
        async with self._lock:
            if known_by not in self._by_frame:
                await self._lobby.sharing.find_founded(known_by, frame.id)
            code = self._by_frame.get(known_by, "")
            if code:
                check_proof(frame.id)
            else:
                return await self._new(frame, wanted, known_by, token)
        desk = await self._desk(self._lobby.row(code))
        await desk.renew_founder(token)
        return desk

    async def _new(self, frame: Create, wanted: ClassOptions, known_by: str, token: str) -> ClassDesk:
        """Store a class and open its tables; a table that cannot be opened leaves no class behind."""
        tables = math.ceil(wanted.people / wanted.table)
        if tables > MOST_TABLES:
            raise Refused("rule", "too_many_tables", "class", max=MOST_TABLES)
        self._lobby.founding.check(frame)  # a class may be opened without a table that would say so
        self._lobby.check_tables(tables + 1)
        language = known(frame.options.language)
        settings = ClassSettings(
            name=clean(wanted.name),
            language=language,
            scenario=frame.scenario,
            options=attrs.evolve(frame.options, seats=None, roles=None, names=None, faces=None, seed=None),
            size=wanted.table,
            seed=new_token() if wanted.same_dice else "" if frame.options.seed is None else str(frame.options.seed),
            salt=new_token(),
            create=known_by,
        )
        hosts = Hosts([Host(token_id(token), language, is_founder=True)])
        row, book = await self._store(settings, hosts)
        desk = ClassDesk(row, book, [], self._log, self._lobby, self._clock)
        try:
            for _ in range(tables):
                await desk.open_table(wanted.table, Own({}))
            await desk.store()
        except Refused:
            await self._log.erase(row.room)
            raise
        self._lobby.add_class(row)
        self._desks[row.room] = desk
        if known_by:
            self._by_frame[known_by] = row.room
        _log.info("class_opened", room=row.room, tables=tables, people=wanted.people)
        return desk

    async def _store(self, settings: ClassSettings, hosts: Hosts) -> tuple[RoomRow, ClassBook]:
        """Store a new class under a code that nothing else has."""
        while True:
            book = ClassBook(new_code(self._settings.codes_begin_with), settings, hosts)
            row = RoomRow(
                room=book.code,
                scenario=CLASS,
                roles=(),
                seed=seed_of(None),
                nonce=seed_of(None)[:16],
                seed_chosen=False,
                epoch=1,
                created_ms=self._clock.wall_ms(),
            )
            try:
                await self._log.create(row, book.founding())
            except RoomTaken:
                continue
            except StoreUnavailable as error:
                raise Refused("unavailable") from error
            return row, book
