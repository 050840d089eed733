"""The door of one class for those who join: to their table, and back to it.

Answers with the room that somebody is let into. Where they are dealt is stored before they are let in. A room that has
let somebody in who is refused after all is told that they are gone.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

import attrs

from makersphere_protocol.errors import ProtocolError, Refused
from makersphere_protocol.messages import Join
from makersphere_server.classes.at_tables import is_played_on
from makersphere_server.classes.book import ClassBook, Person, Table
from makersphere_server.classes.dealing import MOST_PEOPLE, person_of, see_that_asked, table_for
from makersphere_server.classes.keeping import Keeping
from makersphere_server.clock import Clock
from makersphere_server.lobby.class_port import Place
from makersphere_server.lobby.lobby import Lobby
from makersphere_server.room.model.connection import ConnectionPort
from makersphere_server.room.model.inbox import ByClass, Enter, Leave, Presence

__all__ = ["Door"]

_ELSEWHERE: Final = ("room_full", "joining_closed")  # who is refused with one of these may have a place elsewhere
_NO_TABLE_AGAIN_S: Final = 5  # a class without tables may soon have some
_FULL_AGAIN_S: Final = 10  # a place may be left, or a table be opened
_OVER_AGAIN_S: Final = 30  # the next game may be opened
_TIMES_LATE: Final = 2  # who has not come again after twice the time waits no more


class Door:
    """The door of one class."""

    def __init__(self, kept: Keeping, lobby: Lobby, clock: Clock) -> None:
        """Stand open.

        Args:
            kept: what is kept of the class.
            lobby: where its tables are found.
            clock: what time it is.
        """
        self._kept, self._lobby, self._clock = kept, lobby, clock
        self._waiting: dict[str, int] = {}  # who was told to come again, by phone or name, and until when they count
        self._entering: Counter[int] = Counter()  # whom a table is letting in just now, by their numbers
        self._kept_out: set[int] = set()

    def is_entering(self, person: Person) -> bool:
        """Return whether a table is letting somebody in just now."""
        return self._entering[person.number] > 0

    def waiting(self) -> int:
        """Return how many wait for a place at a table: they have come, and come again by themselves."""
        now = self._clock.now_ms()
        self._waiting = {who: until for who, until in self._waiting.items() if until > now}
        return len(self._waiting)

    @contextmanager
    def keeping_out(self, people: Iterable[Person]) -> Iterator[None]:
        """Let some people in at no table while they are erased or dealt anew: they would be there again afterwards.

        Raises:
            Refused: a table is letting one of them in just now.
        """
        out = list(people)
        if any(map(self.is_entering, out)):
            raise Refused("unavailable", retry_after=1)
        self._kept_out.update(person.number for person in out)
        try:
            yield
        finally:
            self._kept_out.difference_update(person.number for person in out)

    async def deal(self, frame: Join, connection: ConnectionPort) -> tuple[Place, Presence]:
        """Deal somebody to a table, and let them in there; whoever has been dealt comes back to the same one."""
        book = self._kept.book
        see_that_asked(book, frame)
        person = person_of(book, frame)
        if not person.number:
            if self._next_table(book, person) is None:
                raise self._no_place(person)
            book.admit(person)
        if person.number in self._kept_out:
            raise Refused("unavailable", "kept_out_now", retry_after=1)
        self._entering[person.number] += 1
        is_new = not person.table
        try:
            place, presence = await self._at_a_table(book, person, frame, connection)
        except (ProtocolError, asyncio.CancelledError):
            if (
                is_new
                and not person.is_listed
                and not person.seat
                and self._entering[person.number] == 1  # nobody else comes in as them at this moment
                and book.get(person.number) is person
                and book is self._kept.book
            ):
                book.remove(person, for_good=False)  # whoever is let in nowhere keeps no name from others
                await self._kept.store(book)
            raise
        finally:
            self._entering[person.number] -= 1
        self._waiting.pop(_known_by(person), None)
        try:
            if (person.seat, person.has_sat) != (presence.view, True):
                person.seat, person.has_sat = presence.view, True
                book.changed(person)
                await self._kept.store(book)
        except ProtocolError:
            place.inbox.put(Leave(presence))  # the room has let them in, and they are told to try again
            raise
        return place, presence

    async def _at_a_table(
        self, book: ClassBook, person: Person, frame: Join, connection: ConnectionPort
    ) -> tuple[Place, Presence]:
        full: frozenset[int] = frozenset()
        why_not: Refused | None = None
        while True:
            table = book.tables.get(person.table)
            if table is None or not self._lobby.state_of(table.room):
                table = self._next_table(book, person, full)
            if table is None:
                if person.table:
                    person.table = 0
                    book.changed(person)
                raise why_not or self._no_place(person)
            is_new = person.table != table.number
            if is_new:
                person.table = table.number
                book.changed(person)
            await self._kept.store(book)  # before they are let in: nobody is at two tables after a restart
            try:
                return await self._let_in(person, table, frame, connection)
            except Refused as refused:
                has_sat = not is_new and (person.seat or refused.code != "room_full")
                if has_sat or refused.code not in _ELSEWHERE:
                    raise
                why_not = refused if refused.code == "joining_closed" and refused.text != "over" else why_not
                full |= {table.number}
                person.table = 0

    async def _let_in(
        self, person: Person, table: Table, frame: Join, connection: ConnectionPort
    ) -> tuple[Place, Presence]:
        """Let somebody into the room of their table, under an id that nobody else can send."""
        room, book = await self._lobby.open_rooms.find(table.room), self._kept.book
        came = attrs.evolve(frame, room=table.room, name=person.name, pass_="", id=book.join_id(person))
        done: asyncio.Future[Presence] = asyncio.get_running_loop().create_future()
        dealt_here = frozenset(map(book.join_id, book.at(table.number)))
        says = ByClass(is_listed=person.is_listed, has_code=bool(frame.pass_), dealt_here=dealt_here)
        return room, await room.enter(Enter(frame=came, connection=connection, done=done, by_class=says))

    def _next_table(self, book: ClassBook, person: Person, full: frozenset[int] = frozenset()) -> Table | None:
        """Return the table for somebody who has none, or None: all are full, or let nobody in."""
        return table_for(book, person, self._lets_in, full)

    def _lets_in(self, room: str) -> bool:
        """Return whether somebody new may have a chance at a table, as far as that is known without a knock there."""
        opened = self._lobby.open_rooms.get(room)
        is_over = opened is not None and opened.glance()["status"] == "over"
        return self._lobby.state_of(room) == "open" and not is_over and not self._is_locked(room)

    def _is_locked(self, room: str) -> bool:
        opened = self._lobby.open_rooms.get(room)
        return opened is not None and "locked" in opened.glance()

    def _no_place(self, person: Person) -> Refused:
        """Return why there is no place now, and count who is told so among those who wait."""
        code, text, again_s = self._why_no_place()
        if self.waiting() < MOST_PEOPLE:
            self._waiting[_known_by(person)] = self._clock.now_ms() + _TIMES_LATE * 1_000 * again_s
        return Refused(code, text, retry_after=again_s)

    def _why_no_place(self) -> tuple[str, str, int]:
        tables = self._kept.book.tables.values()
        if not tables:
            return "unavailable", "no_table_yet", _NO_TABLE_AGAIN_S
        if not any(is_played_on(self._lobby, table) for table in tables):
            return "over", "class_over", _OVER_AGAIN_S
        if any(self._is_locked(table.room) for table in tables):
            return "joining_closed", "", _FULL_AGAIN_S
        return "room_full", "tables_full", _FULL_AGAIN_S


def _known_by(person: Person) -> str:
    """Return by what somebody is known who comes again: a newcomer who is let in nowhere gets a number each time."""
    return person.join or person.name
