"""One person in the rooms of a place, for whoever keeps the server: erased while it is stopped, or written out.

Answers by a seat of a room, or by a number of a class, which means each of its tables. Erasing takes the place for
itself; writing out needs no lock. What is erased is what a host erases while the server runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from typing import Any

from makersphere_server.afterwards.kept_rooms import read_room
from makersphere_server.classes.book import ClassBook, Person
from makersphere_server.room.model.devices import Devices
from makersphere_server.room.model.dirty import Dirty
from makersphere_server.room.model.live_room import RoomSettings
from makersphere_server.room.model.own_data.erasing import erased_values, is_gone
from makersphere_server.room.model.own_data.whose import Kept, Whose, who_is_meant, whose
from makersphere_server.room.model.own_data.wiping import WIPING_KEY
from makersphere_server.room.model.own_data.writing_out import written_out
from makersphere_server.room.model.people.asks_in import AsksIn
from makersphere_server.room.model.people.hosts import Hosts
from makersphere_server.room.model.people.seat_passes import SeatPasses
from makersphere_server.room.model.people.seats import SEAT_KEY, Seats
from makersphere_server.storage.event_log import Private
from makersphere_server.storage.place import Place
from makersphere_server.storage.store import Store
from makersphere_server.storage.transaction import PutPrivate

__all__ = ["NobodyThere", "erase_person", "export_person"]

Tree = dict[str, Any]
_ALL = 1 << 40  # records


class NobodyThere(Exception):
    """Nobody of that number is or was there."""


def erase_person(place: Place, code: str, number: int, member: int = 0) -> list[str]:
    """Erase one person; return the codes of the rooms in which something of them was.

    Args:
        place: of the rooms; no server works there.
        code: of a room or a class.
        number: a seat of the room, or somebody's number in the class.
        member: which of the seat's people; 0: who sits there, or where nobody does, who has sat there.

    Raises:
        KeyError: there is no such room.
        NobodyThere: there is nobody of that number.
        FolderInUse: a server works there.
        StoreUnavailable: the store cannot be opened or takes nothing.
    """
    with closing(Store(place)) as store:
        private = store.privates(code)
        if not any(row.room == code and row.is_class for row in store.rooms()):
            _erase_in(store, code, private, number, member)
            rooms = [code]
        else:
            book, person = _of_class(code, private, number)
            there = {row.room for row in store.rooms()}
            rooms = [table.room for table in book.tables.values() if table.room in there]
            rooms = [room for room in rooms if _erase_everywhere(store, room, book.join_id(person), person.name)]
            book.erase(person)
            _put(store, code, book.take_unsaved())
        store.wipe()
        for each in dict.fromkeys([*rooms, code]):
            _put(store, each, {WIPING_KEY: None})
        return rooms


def export_person(place: Place, code: str, number: int, member: int = 0) -> Tree:
    """Return what a room or a class with its tables has of one person.

    Raises:
        KeyError: there is no such room.
        NobodyThere: there is nobody of that number.
        Damaged: a log is not what was acknowledged.
        OSError: the store cannot be read.
    """
    row, records, private = read_room(place, code)
    if not row.is_class:
        return _written_out(code, Kept(records, private), [(number, member)])
    book, person = _of_class(code, private, number)
    tables: Tree = {}
    for table in book.tables.values():
        try:
            _, records, private = read_room(place, table.room)
        except KeyError:
            continue  # it was erased as a whole
        places = _places(_seats(Kept(records, private)), private, book.join_id(person))
        if places:
            tables[str(table.number)] = _written_out(table.room, Kept(records, private), places, [person.name])
    return {"class": code, "person": person.written_out(), "tables": tables}


def _of_class(code: str, private: Mapping[str, bytes], number: int) -> tuple[ClassBook, Person]:
    """Return a class and somebody of it."""
    book = ClassBook.stored(code, private)
    person = book.get(number)
    if person is None:
        raise NobodyThere
    return book, person


def _seats(kept: Kept) -> Seats:
    numbers = sorted(int(key.removeprefix(SEAT_KEY)) for key in kept.private if key.startswith(SEAT_KEY))
    used = {record.actor for record in kept.records if record.by == "person"}
    return Seats(numbers, kept.private, Dirty(), in_play=_is_begun(kept), used=used)


def _is_begun(kept: Kept) -> bool:
    return any(record.season for record in kept.records)


def _places(seats: Seats, private: Mapping[str, bytes], join: str) -> list[tuple[int, int]]:
    wanted = RoomSettings.stored(private).class_digest(join)
    return [(people.seat, number) for people, number in seats.find_past(wanted)]


def _meant(kept: Kept, seats: Seats, seat: int, member: int, called: Iterable[str] = ()) -> Whose:
    people = seats.get(seat)
    if people is None:
        raise NobodyThere
    numbers = who_is_meant(people, member)
    if not numbers and (member or not people.name):
        raise NobodyThere
    found = whose(people, numbers, called)
    if is_gone(kept, found):
        raise NobodyThere
    return found


def _erase_everywhere(store: Store, room: str, join: str, name: str) -> bool:
    """Erase somebody of a class from a table; return whether anything of them was there."""
    private = store.privates(room)
    places = _places(_seats(Kept(store.read(room, 0, _ALL), private)), private, join)
    for seat, number in places:
        _erase_in(store, room, store.privates(room), seat, number, [name])
    return bool(places)


def _erase_in(
    store: Store, room: str, private: Mapping[str, bytes], seat: int, member: int, called: Iterable[str] = ()
) -> None:
    kept = Kept(store.read(room, 0, _ALL), private)
    seats = _seats(kept)
    found = _meant(kept, seats, seat, member, called)
    values = erased_values(kept, found)
    seats.forget(seats[seat], found.numbers, 0, in_play=_is_begun(kept))
    if found.is_last:
        gone, passes, asks_in = Devices.stored(private), SeatPasses.stored(private), AsksIn(private)
        gone.let_go(gone.of_seat(seat))
        passes.withdraw(seat)
        asks_in.withdraw(seat)
        values |= {**gone.to_store(), **passes.to_store(), **asks_in.to_store()}
    _put(store, room, {**values, **seats.take_unsaved()})


def _put(store: Store, room: str, values: Private) -> None:
    (outcome,) = store.commit([PutPrivate(room, values)])
    if isinstance(outcome, Exception):
        raise outcome


def _written_out(room: str, kept: Kept, places: Sequence[tuple[int, int]], called: Sequence[str] = ()) -> Tree:
    seats = _seats(kept)
    meant = [_meant(kept, seats, seat, member, called) for seat, member in places]
    names = {name for people in seats for name in people.names()}
    names |= {host.name for host in Hosts.stored(kept.private).everybody() if host.name}
    others = names - {name for found in meant for name in found.names}
    return {"room": room, "places": [written_out(kept, seats[found.seat], found, others) for found in meant]}
