"""The centre: one class, and the task that carries out what its hosts send.

Answers whoever comes by the class's code: somebody who joins is dealt to a table and goes on there; hosts and walls
stay here and are told how the tables stand. What hosts do is stored before it is told, and is done once however often
it comes. What concerns a table's game is passed on to its room.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any

import attrs
import msgspec
import structlog

from makersphere_protocol.codec import canonical, encode_tree
from makersphere_protocol.errors import ProtocolError, Refused
from makersphere_protocol.messages import Join, Problem, Resume, Watch
from makersphere_rules.refusals import Refusal, refuse
from makersphere_server.classes import at_tables
from makersphere_server.classes.at_tables import PASSED_ON, Meant, answered, meant, pass_on, said_of
from makersphere_server.classes.beside import Beside
from makersphere_server.classes.book import BESIDE_EACH_OTHER, ClassBook, Person, Table
from makersphere_server.classes.commands import CLASS_COMMANDS, ClassCommand, kept_args
from makersphere_server.classes.door import Door
from makersphere_server.classes.games import game_of_now
from makersphere_server.classes.keeping import Keeping
from makersphere_server.classes.leads import Own, RefusedNow
from makersphere_server.classes.persons_data import at_every_table, taken_away
from makersphere_server.classes.shown import Shown, look
from makersphere_server.classes.steps import Steps
from makersphere_server.classes.watchers import Watchers
from makersphere_server.clock import Clock
from makersphere_server.codes import digest, new_token, tidy_code, token_id
from makersphere_server.lobby.class_port import Place
from makersphere_server.lobby.lobby import Lobby
from makersphere_server.room.model.batch import problem, refusal_frame
from makersphere_server.room.model.connection import ConnectionPort
from makersphere_server.room.model.feed import HOST, TABLE
from makersphere_server.room.model.inbox import HostsOfClass, Item, Leave, Presence, PreviewAsked, Sent
from makersphere_server.room.model.own_data.wiping import wiped
from makersphere_server.room.model.people.hosts import ASSISTANT, Host, Hosts
from makersphere_server.storage.event_log import EventLog, Record, RoomRow

__all__ = ["ClassDesk"]

Tree = dict[str, Any]

_log = structlog.get_logger("makersphere.classes")


class ClassDesk:
    """One class.

    Attributes:
        watchers: who is connected to it.
        steps: how its tables go on together.
    """

    def __init__(
        self, row: RoomRow, book: ClassBook, records: Iterable[Record], log: EventLog, lobby: Lobby, clock: Clock
    ) -> None:
        """Take over a class as it is stored."""
        self._log = log
        self._kept = Keeping(book, records, log, clock)
        self._door = Door(self._kept, lobby, clock)
        self.watchers = Watchers(row.room, lobby.limits.most_watchers, clock, self._look)
        self._row = row
        self._lobby, self._clock, self._is_leaving = lobby, clock, False
        self.steps = Steps(clock, lambda: self.book, lobby.open_rooms)
        self._waiting: list[Sent] = []
        self._work: asyncio.Task[None] | None = None
        self._beside = Beside(self._failed)

    @property
    def book(self) -> ClassBook:
        """Return what is kept of the class; it is made again where the store has taken nothing."""
        return self._kept.book

    async def store(self) -> None:
        """Store what has changed, durably.

        Raises:
            Refused: the store takes nothing now; nothing has changed.
        """
        await self._kept.store(self.book)

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

    def _hosts(self) -> Iterable[Host]:
        return self.book.hosts

    def _look(self, chairs_here: Sequence[int]) -> Shown:
        if self.book.shown == BESIDE_EACH_OTHER and self.is_playing():
            self.book.show(0)  # what lay beside each other is of the game before
            self._beside.begin(self._store_what_is_left())
        return look(self.book, self._lobby.open_rooms.get, self._lobby.state_of, chairs_here, self._door.waiting())

    # -- coming in

    async def enter(self, frame: Join | Resume | Watch, connection: ConnectionPort) -> tuple[Place, Presence]:
        """Let somebody in, or deal them to a table.

        Raises:
            ProtocolError: why not.
        """
        if isinstance(frame, Join):
            return await self._door.deal(frame, connection)
        if isinstance(frame, Watch):
            token, presence = "", self._watcher(connection)
        else:
            token, presence = await self._host(frame, connection)
        self.watchers.greet(presence, token, self._row.epoch)
        return self, presence

    def _watcher(self, connection: ConnectionPort) -> Presence:
        return Presence(kind="watcher", view=TABLE, language=self.book.settings.language, connection=connection)

    async def _host(self, frame: Resume, connection: ConnectionPort) -> tuple[str, Presence]:
        """Return the token of a host who comes by it or by a code, and the host."""
        token = await self._fresh_chair(frame.code) if frame.code else frame.host_token
        host = self.book.hosts.find(token_id(token)) if token else None
        if host is None:
            raise Refused("unauthorised", *(("wrong_code", "code") if frame.code else ()))
        return token, Presence(
            kind="host",
            view=HOST,
            token=host.token,
            author=host.sender,
            member=host.number,
            language=host.language,
            connection=connection,
        )

    async def _fresh_chair(self, typed: str) -> str:
        """Return another token for the chair that a code opens, in the place of the one of before; "" where none."""
        book = self.book
        host = book.hosts.find_code(digest(book.settings.salt, tidy_code(typed)))
        if host is None:
            return ""
        token = new_token()
        book.hosts.renew(host, token_id(token))
        book.hosts_changed()
        await self._kept.store(book)
        self._cut_gone()
        await self._tell_tables_who_hosts()
        return token

    async def renew_founder(self, token: str) -> None:
        """Let a token be the founder's: the create frame has come again.

        Raises:
            Refused: the store takes nothing now.
        """
        book = self.book
        book.hosts.renew_founder(token_id(token))
        book.hosts_changed()
        await self._kept.store(book)
        self._cut_gone()
        await self._tell_tables_who_hosts()

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
                if not self._is_leaving and (self._work is None or self._work.done()):
                    self._work = asyncio.create_task(self._carry_out_all(), name=f"class {self.book.code}")
            case _:
                raise AssertionError(f"a class has no use for {item}")

    async def _carry_out_all(self) -> None:
        while self._waiting and not self._is_leaving:
            sent = self._waiting.pop(0)
            try:
                await self._carry_out(sent)
            except RefusedNow as refused:
                self._refuse(sent, problem(sent.language, refused.refusal, sent.name))
            except ProtocolError as error:
                self._refuse(sent, said_of(error, sent.language))
                await self._store_what_is_left()
            except Exception as error:  # noqa: BLE001  (the boundary of a command: it is said loudly, the class goes on)
                self._failed(sent, error)
            self._cut_gone()
            self.watchers.tell()

    async def _store_what_is_left(self) -> None:
        """Store what a command had done before it was refused, such as the tables that were opened until then."""
        try:
            await self._kept.store(self.book)
        except ProtocolError as error:
            _log.warning("class_not_stored", room=self.book.code, reason=error.code)

    async def _carry_out(self, sent: Sent) -> None:
        host, command = self.book.hosts.find(sent.token), CLASS_COMMANDS.get(sent.name)
        if host is None:
            self._turn_away(sent, "unauthorised")
        elif command is None and sent.name not in PASSED_ON:
            self._turn_away(sent, "unknown_command")
        elif not host.may(ASSISTANT if command is None else command.least):
            self._refuse(sent, problem(sent.language, refuse("not_your_role", "host_rank"), sent.name))
        elif command is None:
            self._pass_on(sent)  # each table knows what else its hosts may
        else:
            await self._do(command, sent)

    async def _do(self, command: ClassCommand, sent: Sent) -> None:
        """Carry a command of the class out, once, store it, and answer."""
        kept = canonical(sent.name, kept_args(command, sent.args, self.book.settings.salt))
        given = self._kept.given(sent)
        if given is not None and given[0] != kept:
            self._turn_away(sent, "id_reused")
            return
        book = self.book
        if given is None:
            told = await self._acted(command, sent)
            gives = command.gives(self, sent) if command.gives is not None else {}
            body = encode_tree({name: value for name, value in told.items() if name not in command.told_once})
            await self._kept.keep(book, sent, kept, body)
            if command.erases:
                await wiped(self._log, book.code, self._clock)
        else:
            told = msgspec.json.decode(given[1])
            gives = command.gives(self, sent) if command.gives is not None else {}
            await self._kept.store(book)
        self.steps.look()
        data = {**told, **gives}
        if command.changes_hosts:
            await self._tell_tables_who_hosts()
        self._answer(sent, {"ok": True, "seq": self._kept.seq} | ({"data": data} if data else {}))

    async def _acted(self, command: ClassCommand, sent: Sent) -> Tree:
        """Carry a command out in memory; return what its answer says.

        Raises:
            RefusedNow: why not.
            ProtocolError: why a table cannot be had.
        """
        refusal = command.refusal(self.book, sent.args)
        outcome = refusal if refusal is not None else await command.act(self, sent)
        if isinstance(outcome, Refusal):
            raise RefusedNow(outcome)
        return outcome

    def _answer(self, sent: Sent, body: Tree) -> None:
        frame = {"type": "result", "id": sent.id, "now": self._clock.wall_ms(), **body}
        self.watchers.answer(sent, encode_tree(frame))

    def _refuse(self, sent: Sent, said: Problem) -> None:
        self._answer(sent, {"ok": False, "error": attrs.asdict(said, filter=lambda _, value: bool(value))})

    def _turn_away(self, sent: Sent, code: str) -> None:
        self.watchers.answer(sent, refusal_frame(sent, self._clock.wall_ms(), code))

    def _failed(self, sent: Sent | None, error: BaseException) -> None:
        _log.error("class_command_failed", room=self.book.code, command=sent.name if sent else "", exc_info=error)
        if sent is not None:
            self._turn_away(sent, "unavailable")

    # -- tables

    def _pass_on(self, sent: Sent) -> None:
        """Have one table or some carry a host's command out, beside whatever else comes."""
        tables = meant(sent, self.book.tables)
        if isinstance(tables, Refusal):
            self._refuse(sent, problem(sent.language, tables, sent.name))
            return
        self._beside.begin(self._passed_on(sent, tables), sent)

    async def _passed_on(self, sent: Sent, tables: Meant) -> None:
        if sent.name == "host.start":
            await self.game_of_now()
            await self._store_what_is_left()
        answers = await pass_on(sent, tables, self.book, self._hosts, self._lobby.open_rooms)
        self.watchers.answer(sent, answered(sent, answers, self._clock.wall_ms()))
        self.watchers.tell()

    async def open_table(self, seats: int, own: Own) -> Table:
        """Open a table for so many people, with the class's rules and dice or its own.

        Raises:
            ProtocolError: why not.
        """
        hosts = Hosts()
        hosts.take_class(self.book.hosts)
        game = await self.game_of_now()
        frame, number = own.frame(self.book.settings, seats), self.book.next_table
        code = await self._lobby.found_table(frame, hosts, self.book.code, number)
        return self.book.open_table(code, seats, own_rules=bool(own), game=game)

    async def game_of_now(self) -> int:
        """Return the game of a table that is opened now; where it is the next one, whatever has not begun is of it."""
        return await game_of_now(self.book, self._lobby, self.is_played_on)

    def check_tables(self, more: int) -> None:
        """See that so many tables more may be opened.

        Raises:
            ProtocolError: why not.
        """
        self._lobby.check_tables(more)

    async def at_every_table(self, person: Person, sent: Sent) -> dict[int, Tree]:
        """Have each table do with somebody's data what a host has ordered; return what each gives out, by number.

        Raises:
            Refused: one cannot be had now, or they are just coming in; others may have done it.
        """
        with self._door.keeping_out([person]):
            return await at_every_table(sent, self.book, person, self._hosts, self._lobby)

    def is_played_on(self, table: int) -> bool:
        """Return whether the game of a table, by its number, is not over yet, and the table is there."""
        return at_tables.is_played_on(self._lobby, self.book.tables[table])

    def is_playing(self) -> bool:
        """Return whether any table is known to be played at this moment."""
        return any(self._lobby.goes_on(table.room) for table in self.book.tables.values())

    async def tables_not_begun(self) -> list[Table]:
        """Return the tables whose game has not begun.

        Raises:
            ProtocolError: why one of them cannot be had.
        """
        return await at_tables.not_begun(self.book, self._lobby)

    def keeping_out(self, people: Iterable[Person]) -> AbstractContextManager[None]:
        """Let some people in at no table meanwhile.

        Raises:
            Refused: one of them is coming in just now.
        """
        return self._door.keeping_out(people)

    async def take_away(self, person: Person, sent: Sent) -> None:
        """Take somebody away from the table where they sit, if they do.

        Raises:
            Refused: the table does not let them go now, or they are just coming in.
        """
        if self._door.is_entering(person):
            raise Refused("unavailable", retry_after=1)
        await taken_away(sent, self.book, person, self._hosts, self._lobby)

    async def _tell_tables_who_hosts(self) -> None:
        """Let whoever hosts the class now host the tables too, and nobody else of it."""
        hosts = HostsOfClass(self._hosts)
        for table in self.book.tables.values():
            try:
                (await self._lobby.open_rooms.find(table.room)).inbox.put(hosts)
            except ProtocolError as error:
                _log.warning("table_without_host", room=table.room, reason=error.code)

    def _cut_gone(self) -> None:
        """Close the connections of hosts whom the store knows no more by their tokens."""
        if self._kept.is_sound:
            self.watchers.cut_gone(self.book.hosts)

    def lose(self) -> None:
        """Tell nothing more: the class is erased, or another server's."""
        self.steps.stop()
        self.watchers.fall_silent()
        self._beside.stop()

    async def finish(self) -> None:
        """Finish what was begun, and begin nothing more."""
        self._is_leaving = True
        self.steps.stop()
        await asyncio.gather(*filter(None, [self._work]), return_exceptions=True)
        self._beside.stop()

    def close(self, moved: Refused | None = None) -> None:
        """Let everybody go, or send everybody on to the server that has the class now, which answers what waits."""
        for sent in self._waiting if moved is None else ():
            self._turn_away(sent, "unavailable")
        self.watchers.close_all(moved)
