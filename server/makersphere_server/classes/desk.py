"""The centre: one class, and the task that carries out what its hosts send.

Answers whoever comes by the class's code: somebody who joins is dealt to a table and goes on there; hosts and walls
stay here and are told how the tables stand. What hosts do is stored before it is told, and is done once however often
it comes. What concerns a table's game is passed on to its room.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any, Final

import attrs
import msgspec
import structlog

from makersphere_protocol.codec import canonical, encode_tree
from makersphere_protocol.errors import Close, ProtocolError, Refused
from makersphere_protocol.messages import Create, Join, Problem, Resume, Watch
from makersphere_rules.forms import OneOf
from makersphere_rules.refusals import Refusal, refuse
from makersphere_server.classes.at_tables import PASSED_ON, Answer, answered, pass_on, said_of
from makersphere_server.classes.book import ClassBook, Person, Table
from makersphere_server.classes.commands import CLASS_COMMANDS, ClassCommand, Own, kept_args
from makersphere_server.classes.dealing import person_of, table_for
from makersphere_server.classes.keeping import Keeping
from makersphere_server.classes.shown import Shown, look
from makersphere_server.classes.watchers import Watchers
from makersphere_server.clock import Clock
from makersphere_server.codes import token_id
from makersphere_server.lobby.class_port import Place
from makersphere_server.lobby.lobby import Lobby
from makersphere_server.room.model.batch import problem, refusal_frame
from makersphere_server.room.model.connection import ConnectionPort
from makersphere_server.room.model.feed import HOST, TABLE
from makersphere_server.room.model.inbox import Enter, HostsOfClass, Item, Leave, Presence, PreviewAsked, Sent
from makersphere_server.room.model.people.hosts import Hosts
from makersphere_server.storage.event_log import EventLog, Record, RoomRow, StoreUnavailable

__all__ = ["ClassDesk", "open_desk"]

Tree = dict[str, Any]

_NO_TABLE_AGAIN_S: Final = 5  # a class without tables may soon have some

_log = structlog.get_logger("makersphere.classes")


async def open_desk(row: RoomRow, log: EventLog, lobby: Lobby, clock: Clock) -> ClassDesk:
    """Return the desk of a class that the store has.

    Raises:
        Refused: the store cannot be read now.
    """
    try:
        book = ClassBook.stored(row.room, await log.privates(row.room))
        records = await log.read(row.room)
    except StoreUnavailable as error:
        raise Refused("unavailable") from error
    return ClassDesk(row, book, records, log, lobby, clock)


class _RefusedNow(Exception):
    """A command of the class cannot be carried out now."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


class ClassDesk:
    """One class.

    Attributes:
        watchers: who is connected to it.
    """

    def __init__(
        self, row: RoomRow, book: ClassBook, records: Iterable[Record], log: EventLog, lobby: Lobby, clock: Clock
    ) -> None:
        """Take over a class as it is stored; `open_desk` reads one."""
        self._kept = Keeping(book, records, log, clock)
        self.watchers = Watchers(row.room, lobby.limits.most_watchers, clock, self._look)
        self._row = row
        self._lobby, self._clock = lobby, clock
        self._waiting: list[Sent] = []
        self._work: asyncio.Task[None] | None = None
        self._passing_on: set[asyncio.Task[None]] = set()

    @property
    def book(self) -> ClassBook:
        """Return what is kept of the class; it is made again where the store has taken nothing."""
        return self._kept.book

    async def store(self) -> None:
        """Store what has changed, durably.

        Raises:
            Refused: the store takes nothing now; nothing has changed.
        """
        await self._kept.store()

    @property
    def inbox(self) -> ClassDesk:
        """Return the way in."""
        return self

    @property
    def is_full(self) -> bool:
        """Return whether commands have to be turned away."""
        return len(self._waiting) >= self._lobby.limits.most_waiting

    @property
    def most_hosts(self) -> int:
        """Return how many may host the class."""
        return self._lobby.limits.most_hosts

    def _look(self, hosts_here: int) -> Shown:
        return look(self.book, self._lobby.open_rooms.get, self._lobby.state_of, hosts_here)

    # -- coming in

    async def enter(self, frame: Join | Resume | Watch, connection: ConnectionPort) -> tuple[Place, Presence]:
        """Let somebody in, or deal them to a table.

        Raises:
            ProtocolError: why not.
        """
        if isinstance(frame, Join):
            return await self._deal(frame, connection)
        token = frame.host_token if isinstance(frame, Resume) else ""
        presence = self._host(token, connection) if isinstance(frame, Resume) else self._watcher(connection)
        self.watchers.greet(presence, token, self._row.epoch)
        return self, presence

    def _watcher(self, connection: ConnectionPort) -> Presence:
        return Presence(kind="watcher", view=TABLE, language=self.book.settings.language, connection=connection)

    def _host(self, token: str, connection: ConnectionPort) -> Presence:
        host = self.book.hosts.find(token_id(token)) if token else None
        if host is None:
            raise Refused("unauthorised")
        return Presence(
            kind="host",
            view=HOST,
            token=host.token,
            author=host.sender,
            language=host.language,
            connection=connection,
        )

    async def renew_founder(self, token: str) -> None:
        """Let a token be the founder's: the create frame has come again.

        Raises:
            Refused: the store takes nothing now.
        """
        self.cut(self.book.hosts.renew_founder(token_id(token)), Close.REPLACED)
        self.book.hosts_changed()
        await self._kept.store()
        await self._tell_tables_who_hosts()

    async def _deal(self, frame: Join, connection: ConnectionPort) -> tuple[Place, Presence]:
        """Deal somebody to a table, and let them in there; whoever has been dealt comes back to the same one."""
        person = person_of(self.book, frame)
        try:
            place, presence = await self._at_a_table(person, frame, connection)
        except ProtocolError:
            if not person.is_listed and not person.seat and self.book.get(person.number) is person:
                self.book.remove(person, for_good=False)  # whoever is let in nowhere keeps no name from others
                await self._kept.store()
            raise
        person = self._as_kept_now(person)
        if person.seat != presence.view:
            person.seat = presence.view
            self.book.changed(person)
            await self._kept.store()
        return place, presence

    async def _at_a_table(self, person: Person, frame: Join, connection: ConnectionPort) -> tuple[Place, Presence]:
        full: frozenset[int] = frozenset()
        while True:
            table = self.book.tables.get(person.table) or table_for(self.book, full)
            if table is None:
                raise self._no_place()
            is_new = person.table != table.number
            person.table = table.number
            self.book.changed(person)
            await self._kept.store()  # before they are let in: nobody is at two tables after a restart
            person = self._as_kept_now(person)
            if person.table != table.number:
                raise Refused("unavailable")  # somebody else's write was refused, and this went with it
            try:
                return await self._let_in(person, table, frame, connection)
            except Refused as refused:
                if not is_new or refused.code not in ("room_full", "joining_closed"):
                    raise
                full |= {table.number}
                person = self._as_kept_now(person)
                person.table = 0

    def _as_kept_now(self, person: Person) -> Person:
        """Return somebody as the book has them after others had their turn: it may have been made again meanwhile.

        Raises:
            Refused: they are not in it any more.
        """
        found = self.book.get(person.number)
        if found is None:
            raise Refused("unavailable")
        return found

    async def _let_in(
        self, person: Person, table: Table, frame: Join, connection: ConnectionPort
    ) -> tuple[Place, Presence]:
        """Let somebody into the room of their table, under an id that nobody else can send."""
        room = await self._lobby.open_rooms.find(table.room)
        came = attrs.evolve(frame, room=table.room, name=person.name, pass_="", id=self.book.join_id(person))
        done: asyncio.Future[Presence] = asyncio.get_running_loop().create_future()
        return room, await room.enter(Enter(frame=came, connection=connection, done=done))

    def _no_place(self) -> Refused:
        if not self.book.tables:
            return Refused("unavailable", "no_table_yet", retry_after=_NO_TABLE_AGAIN_S)
        return Refused("room_full", "tables_full")

    # -- what hosts send

    def put(self, item: Item) -> None:
        """Take what a connection has sent, or that it is gone."""
        match item:
            case Leave():
                self.watchers.leave(item.presence)
            case PreviewAsked():
                item.connection.tell(refusal_frame(item, self._clock.wall_ms(), "unknown_command"))
            case Sent():
                self._waiting.append(item)
                if self._work is None or self._work.done():
                    self._work = asyncio.create_task(self._carry_out_all(), name=f"class {self.book.code}")
            case _:
                raise AssertionError(f"a class has no use for {item}")

    async def _carry_out_all(self) -> None:
        while self._waiting:
            sent = self._waiting.pop(0)
            try:
                await self._carry_out(sent)
            except ProtocolError as error:
                self._refuse(sent, said_of(error, sent.language))
            except _RefusedNow as refused:
                self._refuse(sent, problem(sent.language, refused.refusal, sent.name))
            self.watchers.tell()

    async def _carry_out(self, sent: Sent) -> None:
        if sent.token not in self.book.hosts:
            self._turn_away(sent, "unauthorised")
        elif sent.name in PASSED_ON:
            self._pass_on(sent)
        elif sent.name in CLASS_COMMANDS:
            await self._do(CLASS_COMMANDS[sent.name], sent)
        else:
            self._turn_away(sent, "unknown_command")

    async def _do(self, command: ClassCommand, sent: Sent) -> None:
        """Carry a command of the class out, once, store it, and answer."""
        kept = canonical(sent.name, kept_args(command, sent.args, self.book.settings.salt))
        given = self._kept.given(sent)
        if given is not None and given[0] != kept:
            self._turn_away(sent, "id_reused")
            return
        body = given[1] if given is not None else await self._acted(command, sent)
        data = {**msgspec.json.decode(body), **(command.gives(self, sent) if command.gives is not None else {})}
        if given is None:
            await self._kept.keep(sent, kept, body)
        else:
            await self._kept.store()
        if command.changes_hosts:
            await self._tell_tables_who_hosts()
        self._answer(sent, {"ok": True, "seq": self._kept.seq} | ({"data": data} if data else {}))

    async def _acted(self, command: ClassCommand, sent: Sent) -> bytes:
        """Carry a command out in memory; return what its answer says.

        Raises:
            _RefusedNow: why not.
            ProtocolError: why a table cannot be had.
        """
        refusal = command.refusal(self.book, sent.args)
        outcome = refusal if refusal is not None else await command.act(self, sent)
        if isinstance(outcome, Refusal):
            raise _RefusedNow(outcome)
        return encode_tree(outcome)

    def _answer(self, sent: Sent, body: Tree) -> None:
        if sent.connection is not None:
            frame = {"type": "result", "id": sent.id, "now": self._clock.wall_ms(), **body}
            sent.connection.tell(encode_tree(frame))

    def _refuse(self, sent: Sent, said: Problem) -> None:
        told = {name: value for name, value in attrs.asdict(said).items() if value}
        self._answer(sent, {"ok": False, "error": told})

    def _turn_away(self, sent: Sent, code: str) -> None:
        if sent.connection is not None:
            sent.connection.tell(refusal_frame(sent, self._clock.wall_ms(), code))

    # -- tables

    def _pass_on(self, sent: Sent) -> None:
        """Have one table or all carry a host's command out, beside whatever else comes."""
        wanted = sent.args.get("table", 0)
        numbers = tuple(self.book.tables)
        refusal = OneOf((0, *numbers), "table").refusal("table", wanted) if numbers else refuse("rule", "no_table_yet")
        if refusal is not None:
            self._refuse(sent, problem(sent.language, refusal, sent.name))
            return
        task = asyncio.create_task(self._passed_on(sent, [n for n in numbers if wanted in (0, n)]))
        self._passing_on.add(task)
        task.add_done_callback(self._passing_on.discard)

    async def _passed_on(self, sent: Sent, numbers: Iterable[int]) -> None:
        answers = await self._at(numbers, sent)
        if sent.connection is not None:
            sent.connection.tell(answered(sent, answers, self._clock.wall_ms()))
        self.watchers.tell()

    async def _at(self, numbers: Iterable[int], sent: Sent) -> dict[int, Answer]:
        return await pass_on(sent, [self.book.tables[n] for n in numbers], self.book.hosts, self._lobby.open_rooms.find)

    async def open_table(self, seats: int, own: Own) -> Table:
        """Open a table for so many people, with the class's rules and dice or its own.

        Raises:
            ProtocolError: why not.
        """
        settings = self.book.settings
        chosen: dict[str, Any] = {"seats": seats, "language": settings.language}
        if own.choices is not None:
            chosen["choices"] = own.choices
        if own.seed or settings.seed:
            chosen["seed"] = own.seed or settings.seed
        frame = Create(own.scenario or settings.scenario, attrs.evolve(settings.options, **chosen))
        hosts = Hosts()
        hosts.take_class(self.book.hosts)
        code = await self._lobby.found_table(frame, hosts, self.book.code)
        return self.book.open_table(code, seats, own_rules=bool(own))

    async def take_away(self, person: Person, sent: Sent) -> None:
        """Take somebody away from the table where they sit.

        Raises:
            Refused: the table does not let them go now.
        """
        if person.table in self.book.tables:
            order = msgspec.structs.replace(sent, name="host.remove", args={"seat": person.seat})
            answer = (await self._at([person.table], order))[person.table]
            if isinstance(answer, ProtocolError):
                raise answer
            if answer.error is not None:
                raise Refused(answer.error.code, field=answer.error.field)

    async def _tell_tables_who_hosts(self) -> None:
        """Let whoever hosts the class now host the tables too, and nobody else of it."""
        hosts = HostsOfClass(tuple(self.book.hosts))
        for table in self.book.tables.values():
            try:
                (await self._lobby.open_rooms.find(table.room)).inbox.put(hosts)
            except ProtocolError as error:
                _log.warning("table_without_host", room=table.room, reason=error.code)

    def cut(self, tokens: Iterable[str], code: Close) -> None:
        """Close the connections of hosts whose tokens open nothing any more."""
        self.watchers.cut(frozenset(tokens), code)

    async def stop(self) -> None:
        """Finish what was begun, then let everybody go."""
        if self._work is not None:
            await asyncio.gather(self._work, return_exceptions=True)
        for task in list(self._passing_on):
            task.cancel()
        self.watchers.close_all(Close.RESTART, "the server restarts")
