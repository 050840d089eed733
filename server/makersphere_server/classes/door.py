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
from weakref import WeakValueDictionary

import attrs

from makersphere_protocol.errors import ProtocolError, Refused
from makersphere_protocol.messages import Join
from makersphere_server.classes.at_tables import is_played_on
from makersphere_server.classes.book import ClassBook, Person, Table
from makersphere_server.classes.dealing import (
    MOST_PEOPLE,
    has_name_free,
    person_of,
    see_that_asked,
    table_for,
    take_place,
)
from makersphere_server.classes.keeping import Keeping
from makersphere_server.clock import Clock
from makersphere_server.codes import digest, proves
from makersphere_server.lobby.class_port import Place
from makersphere_server.lobby.lobby import Lobby
from makersphere_server.room.model.addresses import network
from makersphere_server.room.model.arrival import Arrival
from makersphere_server.room.model.connection import ConnectionPort
from makersphere_server.room.model.inbox import ByClass, Enter, Leave, Presence

__all__ = ["Door"]

_ELSEWHERE: Final = ("room_full", "joining_closed")  # who is refused with one of these may have a place elsewhere
_ASKED_ABOUT: Final = "asks_in"  # the text with which a table says that its host is asked
_NO_TABLE_AGAIN_S: Final = 5  # a class without tables may soon have some
_FULL_AGAIN_S: Final = 10  # a place may be left, or a table be opened
_OVER_AGAIN_S: Final = 30  # the next game may be opened
_GONE_MS: Final = 60_000  # after the last knock of a newcomer whom a host is asked about
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
        self._waiting = _Waiting(clock)
        self._entering: Counter[int] = Counter()  # who are coming in, until it is stored, by number
        self._newcomers: dict[int, _Newcomer] = {}  # who have never been let in anywhere, by their numbers
        self._knocking: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()  # of accounts, by frame id
        self._kept_out: set[int] = set()

    def is_entering(self, person: Person) -> bool:
        """Return whether somebody is coming in just now, until the class has stored it."""
        return self._entering[person.number] > 0

    def waiting(self) -> int:
        """Return how many wait for a place at a table: they have come, and come again by themselves."""
        return self._waiting.count()

    @contextmanager
    def keeping_out(self, people: Iterable[Person]) -> Iterator[None]:
        """Let some people in at no table while they are erased or dealt anew: they would be there again afterwards.

        Raises:
            Refused: one of them is coming in just now.
        """
        out = list(people)
        for person in filter(self.is_entering, out):
            raise Refused("unavailable", "comes_in_now", name=person.name, retry_after=1)
        self._kept_out.update(person.number for person in out)
        try:
            yield
        finally:
            self._kept_out.difference_update(person.number for person in out)

    async def deal(self, frame: Join, connection: ConnectionPort) -> tuple[Place, Presence]:
        """Deal somebody to a table, and let them in there; whoever has been dealt comes back to the same one.

        An account may show the codes of several places: what comes of its one knock decides what its next one means.
        """
        if _account(connection) is None:
            return await self._deal(frame, connection)
        async with self._knocking.setdefault(frame.id, asyncio.Lock()):
            return await self._deal(frame, connection)

    async def _deal(self, frame: Join, connection: ConnectionPort) -> tuple[Place, Presence]:
        book = self._kept.book
        if not self._kept.is_sound:
            await self._kept.store(book)  # reads it again; whoever knocks is told to come once more
        see_that_asked(book, frame)
        await self._forget_who_went_away(book)
        person = self._known_at_the_door(book, frame, connection)
        self._entering[person.number] += 1
        if person.number in self._newcomers:
            self._newcomers[person.number].seen_ms = self._clock.now_ms()
        try:
            return await self._come_in(book, person, frame, connection)
        finally:
            self._entering -= Counter([person.number])  # keeps no line of who is let in nowhere

    async def _come_in(
        self, book: ClassBook, person: Person, frame: Join, connection: ConnectionPort
    ) -> tuple[Place, Presence]:
        """Let somebody in at a table, and store where they sit then; where that fails each place is whose it was."""
        try:
            place, presence = await self._at_a_table(book, person, frame, connection)
        except (ProtocolError, asyncio.CancelledError) as error:
            await self._give_back(book, person)
            if not _is_asked_about(error):
                await self._let_in_nowhere(book, person)
            raise
        self._newcomers.pop(person.number, None)
        is_left = self._leave_others(book, person)
        self._waiting.let_in(_phone(book, person, frame))
        writes = book.writes
        try:
            sits = (presence.view, True, "" if presence.called == person.name else presence.called, None)
            if (person.seat, person.has_sat, person.called, person.still_of) != sits or is_left:
                person.seat, person.has_sat, person.called, person.still_of = sits
                book.changed(person)
                await self._kept.store(book)
        except ProtocolError:
            if book.writes_stored <= writes:  # else another write has taken along where they sit
                place.inbox.put(Leave(presence))  # the room has let them in, and they are told to try again
                raise
        return place, presence

    def _known_at_the_door(self, book: ClassBook, frame: Join, connection: ConnectionPort) -> Person:
        """Return whom a join frame is from, who have their place in the class now; nobody new where there is no table.

        Whoever comes first under a listed name is as new as somebody whom no list has. An account that shows the code
        of another place has its own until it is let in there.
        """
        by_account = _account(connection)
        person = person_of(book, frame, by_account)
        if person.number in self._kept_out:
            raise Refused("unavailable", "kept_out_now", retry_after=1)
        if by_account is not None and self.is_entering(person):
            raise Refused("unavailable", "comes_in_now", name=person.name, retry_after=1)  # whose it is shows soon
        is_new = not person.number or has_name_free(person)
        if is_new and not person.table and self._next_table(book, person) is None:
            raise self._no_place(person, frame, connection)
        before = attrs.evolve(person)
        if not before.number:
            book.admit(person)
        take_place(book, frame, person, has_account=by_account is not None)
        if is_new:
            self._newcomers[person.number] = _Newcomer(self._clock.now_ms(), is_listed=before.number > 0)
        if person.number in self._newcomers:
            self._newcomers[person.number].has_knocked(before, person)
        elif person.has_account and person.join != before.join:
            person.still_of = (before.join, before.has_account)
            book.changed(person)
        return person

    def _leave_others(self, book: ClassBook, person: Person) -> bool:
        """Have an account open no other place where it has been let in as somebody; return whether it did.

        A place stays whose host is asked about the account.
        """
        if not person.has_account:
            return False  # they come by a phone, or a host has made a new link meanwhile
        others = [other for other in book if other is not person and other.join == person.join]
        left = [other for other in others if other.number not in self._newcomers]
        for other in left:
            other.join, other.has_account = other.still_of or ("", False)
            other.still_of = None
            book.changed(other)
        return bool(left)

    async def _give_back(self, book: ClassBook, person: Person) -> None:
        """Give somebody's place back where an account with its code is not let in.

        A book that has been read again meanwhile, or is read later, has done so by itself.
        """
        if person.still_of is not None:
            person.give_back()
            book.changed(person)
            if book is self._kept.book:
                await self._kept.store(book)

    async def _let_in_nowhere(self, book: ClassBook, person: Person) -> None:
        """Forget a newcomer, who keeps no name from others, a listed one neither; nobody who has had a seat."""
        if self._entering[person.number] > 1 or person.number not in self._newcomers:
            return  # somebody else comes in as them at this moment, or they are no newcomer
        newcomer = self._newcomers.pop(person.number)
        if book.get(person.number) is not person or book is not self._kept.book:
            return
        if newcomer.is_listed:
            newcomer.take_back(person)
            book.changed(person)
        else:
            book.remove(person, for_good=False)
        await self._kept.store(book)

    async def _forget_who_went_away(self, book: ClassBook) -> None:
        """Forget newcomers whom a host was asked about and who knock no more."""
        gone_ms = self._clock.now_ms() - _GONE_MS
        for number in [number for number, one in self._newcomers.items() if one.seen_ms < gone_ms]:
            person = book.get(number)
            if person is None:
                self._newcomers.pop(number, None)  # somebody else's knock may have done so meanwhile
            elif not self._entering[number] and number not in self._kept_out:
                await self._let_in_nowhere(book, person)

    async def _at_a_table(
        self, book: ClassBook, person: Person, frame: Join, connection: ConnectionPort
    ) -> tuple[Place, Presence]:
        """Let somebody in at the table to which they are dealt; where it is full, at another one that has a place."""
        dealt, asked_at, full, why_not = person.table, 0, frozenset[int](), None
        newcomer = self._newcomers.get(person.number)
        table = book.tables.get(dealt or (newcomer.asked_at if newcomer is not None else 0))
        if table is None or not self._lobby.state_of(table.room):
            table = self._next_table(book, person)
        while table is not None:
            is_new = person.table != table.number
            has_place = not is_new and (newcomer is None or not newcomer.was_dealt_by_knock(table.number))
            self._deal_to(book, person, table.number)
            await self._kept.store(book)  # before they are let in: nobody is at two tables after a restart
            try:
                return await self._let_in(person, table, frame, connection, has_place=has_place)
            except Refused as refused:
                stays = not is_new and (person.seat or refused.code != "room_full")
                if stays or refused.code not in _ELSEWHERE:
                    raise
                if _is_asked_about(refused) and not asked_at:
                    asked_at, why_not = table.number, refused
                elif refused.code == "joining_closed" and refused.text != "over" and not asked_at:
                    why_not = refused
            full |= {table.number}
            table = self._next_table(book, person, full)
        if newcomer is not None:
            newcomer.asked_at = asked_at  # they have no place there, which others may need, before a host lets them in
            asked_at = 0
        back = dealt if dealt in full else asked_at  # there may be a place for them later
        if person.table != back:
            self._deal_to(book, person, back)
            await self._kept.store(book)
        raise why_not or self._no_place(person, frame, connection)

    def _deal_to(self, book: ClassBook, person: Person, table: int) -> None:
        if person.table != table:
            before = attrs.evolve(person)
            person.table = table
            if person.number in self._newcomers:
                self._newcomers[person.number].has_knocked(before, person)
            book.changed(person)

    async def _let_in(
        self, person: Person, table: Table, frame: Join, connection: ConnectionPort, *, has_place: bool
    ) -> tuple[Place, Presence]:
        """Let somebody into the room of their table, to a dealt seat, under an id that nobody else can send."""
        room, book = await self._lobby.open_rooms.find(table.room), self._kept.book
        id = book.join_id(person)
        came = attrs.evolve(frame, room=table.room, name=person.name, role="", seat=None, pass_="", id=id)
        done: asyncio.Future[Presence] = asyncio.get_running_loop().create_future()
        dealt_here = frozenset(map(book.join_id, book.at(table.number)))
        says = ByClass(
            is_listed=person.is_listed,
            has_code=bool(frame.pass_),
            has_seat=person.seat > 0,
            has_place=has_place,
            dealt_here=dealt_here,
        )
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

    def _no_place(self, person: Person, frame: Join, connection: ConnectionPort) -> Refused:
        """Return why there is no place now, and count the phone that is told so among those that wait."""
        code, text, again_s = self._why_no_place()
        if frame.pass_ or proves(frame.id):  # else it is no phone: each has an id
            until_ms = self._clock.now_ms() + _TIMES_LATE * 1_000 * again_s
            self._waiting.add(_phone(self._kept.book, person, frame), connection.address, until_ms)
        return Refused(code, text, retry_after=again_s)

    def _why_no_place(self) -> tuple[str, str, int]:
        tables = self._kept.book.tables.values()
        if not tables:
            return "unavailable", "no_table_yet", _NO_TABLE_AGAIN_S
        played = [table for table in tables if is_played_on(self._lobby, table)]
        if not played:
            return "over", "class_over", _OVER_AGAIN_S
        if any(self._is_locked(table.room) for table in played):
            return "joining_closed", "", _FULL_AGAIN_S
        return "room_full", "tables_full", _FULL_AGAIN_S


@attrs.define
class _Newcomer:
    """Somebody who has never been let in at a table.

    Attributes:
        seen_ms: when they knocked last, on the monotonic clock.
        is_listed: a host's list had them before they knocked.
        asked_at: the table whose host is asked about them; 0: none.
        knocked: what their knocking has set of the person, by field: what it was, and what it is since.
    """

    seen_ms: int
    is_listed: bool = False
    asked_at: int = 0
    knocked: dict[str, tuple[str | int, str | int]] = attrs.field(factory=dict)

    def has_knocked(self, before: Person, after: Person) -> None:
        """Take note of what a knock has set."""
        for field in ("join", "has_account", "mark", "wants", "table"):
            was, now = getattr(before, field), getattr(after, field)
            if was != now:
                first, last = self.knocked.get(field, (was, was))
                self.knocked[field] = (first if was == last else was, now)

    def was_dealt_by_knock(self, table: int) -> bool:
        """Return whether a knock alone has dealt them to a table, which is no place before they are let in there."""
        was, now = self.knocked.get("table", (0, 0))
        return now == table != was

    def take_back(self, person: Person) -> None:
        """Take back what the knocks have set; what a host has changed since then stays."""
        for field, (was, now) in self.knocked.items():
            if getattr(person, field) == now:
                setattr(person, field, was)


def _account(connection: ConnectionPort) -> Arrival | None:
    """Return how somebody comes who comes by an account of a platform, or None."""
    return connection if isinstance(connection, Arrival) and connection.account is not None else None


def _is_asked_about(error: BaseException) -> bool:
    """Return whether a table's host is asked if somebody may come in: they are known there by now."""
    return isinstance(error, Refused) and error.text == _ASKED_ABOUT


def _phone(book: ClassBook, person: Person, frame: Join) -> str:
    """Return by what a phone is known that comes again: a newcomer who is let in nowhere gets a number each time."""
    return f"person {person.number}" if frame.pass_ else digest(book.settings.salt, "phone", frame.id)


class _Waiting:
    """The phones that wait for a place at a table: they have come, and come again by themselves.

    Of too many, the oldest of the address that has most gives way to the newest: nobody who comes from elsewhere keeps
    a school's phones out of their number.
    """

    def __init__(self, clock: Clock) -> None:
        """Begin with none."""
        self._clock = clock
        self._phones: dict[str, tuple[str, int]] = {}  # the oldest first: its network, and until when it counts

    def count(self) -> int:
        """Return how many wait."""
        now = self._clock.now_ms()
        self._phones = {phone: held for phone, held in self._phones.items() if held[1] > now}
        return len(self._phones)

    def add(self, phone: str, address: str, until_ms: int) -> None:
        """Count one that was told to come again, for the last time at a moment."""
        self._phones.pop(phone, None)
        self._phones[phone] = network(address), until_ms
        if self.count() > MOST_PEOPLE:
            held = Counter(where for where, _ in self._phones.values())
            most = max(held, key=lambda where: held[where])
            del self._phones[next(phone for phone, (where, _) in self._phones.items() if where == most)]

    def let_in(self, phone: str) -> None:
        """Count one no more that has a place."""
        self._phones.pop(phone, None)
