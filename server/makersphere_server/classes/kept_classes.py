"""The classes of a place, for whoever keeps the server: looked at, written out, erased with all their tables.

Looking and writing out need no lock and work beside a running server; erasing takes the place for itself. A class that
is not there is a KeyError, a room's code too.
"""

from __future__ import annotations

from contextlib import closing
from typing import Any

import attrs

from makersphere_server.afterwards.kept_rooms import list_rooms, read_room
from makersphere_server.classes.book import ClassBook
from makersphere_server.codes import tidy_code
from makersphere_server.storage.place import Place
from makersphere_server.storage.store import Store

__all__ = ["KeptClass", "erase_class", "export_class", "list_classes", "show_class"]

_CLASS = "class"  # stands where a room's summary has its scenario


@attrs.frozen
class KeptClass:
    """A class as the store has it.

    Attributes:
        room: its code.
        size: how many people sit at a table at most.
        tables: the codes of its rooms by number, those too that have been erased since.
        people: how many there are.
        codes: the personal code of each person by number.
        names: of each person by number.
    """

    room: str
    name: str = attrs.field(repr=False)
    scenario: str
    language: str
    size: int
    tables: dict[int, str]
    people: int
    created_ms: int
    codes: dict[int, str] = attrs.field(repr=False)
    names: dict[int, str] = attrs.field(repr=False)


def list_classes(place: Place) -> list[KeptClass]:
    """Return all classes of a place, oldest first.

    Raises:
        OSError: the store cannot be read.
        Damaged: a class is not as it was kept.
    """
    return [show_class(place, room.room) for room in list_rooms(place) if room.scenario == _CLASS]


def show_class(place: Place, typed: str) -> KeptClass:
    """Return one class.

    Raises:
        KeyError: there is no such class.
        OSError: the store cannot be read.
        Damaged: it is not as it was kept.
    """
    book, created_ms = _book(place, typed)
    settings = book.settings
    return KeptClass(
        book.code,
        settings.name,
        settings.scenario,
        settings.language,
        settings.size,
        {table.number: table.room for table in book.tables.values()},
        len(book),
        created_ms,
        {person.number: book.link(person) for person in book},
        {person.number: person.name for person in book},
    )


def export_class(place: Place, typed: str) -> dict[str, Any]:
    """Return what a class is and who is in it: nothing that opens anything.

    Raises:
        KeyError: there is no such class.
        OSError: the store cannot be read.
        Damaged: it is not as it was kept.
    """
    book, created_ms = _book(place, typed)
    settings = book.settings
    return {
        "class": book.code,
        "name": settings.name,
        "language": settings.language,
        "scenario": settings.scenario,
        "size": settings.size,
        "created_ms": created_ms,
        "grouping": attrs.asdict(book.grouping),
        "in_step": book.in_step,
        "tables": {
            str(table.number): {
                "room": table.room,
                "places": table.seats,
                "own_rules": table.own_rules,
                "game": table.game,
            }
            for table in book.tables.values()
        },
        "people": [person.written_out() for person in book],
        "removed": [person.written_out() for person in book.removed],
    }


def erase_class(place: Place, typed: str) -> list[str]:
    """Erase a class with everything in it, and the rooms that are its tables; return their codes.

    Raises:
        KeyError: there is no such class.
        FolderInUse: a server works there.
        StoreUnavailable: the store cannot be opened or takes nothing.
    """
    code = tidy_code(typed)
    with closing(Store(place)) as store:
        there = {row.room: row.is_class for row in store.rooms()}
        if not there.get(code):
            raise KeyError(code)
        book = ClassBook.stored(code, store.privates(code))
        tables = [table.room for table in book.tables.values() if table.room in there]
        for room in (*tables, code):  # the class last: what is left when this is cut short is found by it
            store.erase(room)
        store.wipe()
    return tables


def _book(place: Place, typed: str) -> tuple[ClassBook, int]:
    code = tidy_code(typed)
    row, _, private = read_room(place, code)
    if not row.is_class:
        raise KeyError(code)
    return ClassBook.stored(code, private), row.created_ms
