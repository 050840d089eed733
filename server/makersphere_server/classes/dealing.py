"""Who is dealt to which table of a class.

Answers the person whom a join frame is from, and the table for whoever has none. A personal code opens its person's
place on any device. A listed name that nobody has come by yet is whoever's types it, so that a forgotten code locks
nobody out; whoever has the code takes the place back, and from then on the code alone opens it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Final

from makersphere_protocol.errors import Refused
from makersphere_protocol.messages import Join
from makersphere_protocol.names import LONGEST, clean, why_not
from makersphere_server.classes.book import ClassBook, Person, Table
from makersphere_server.codes import check_proof, digest

__all__ = ["MOST_PEOPLE", "person_of", "table_for"]

MOST_PEOPLE: Final = 1_000  # of one class


def person_of(book: ClassBook, frame: Join) -> Person:
    """Return whom a join frame is from; somebody new is added.

    Raises:
        Refused: the code is nobody's, the name cannot be shown or is somebody else's, or the class is full.
    """
    if frame.pass_:
        found = book.whose_link(frame.pass_)
        if found is None:
            raise Refused("unauthorised", "wrong_link", "pass")
        if found.join:
            found.join = ""  # from now on the code alone opens the place
            book.changed(found)
        return found
    join = digest(book.settings.salt, "frame", frame.id, frame.name) if frame.id else ""
    again = book.who_joined(join)
    if again is not None:
        check_proof(frame.id)
        return again
    name = clean(frame.name)
    if not name:
        raise Refused("bad_name", field="name", max=LONGEST)
    known = book.named(name)
    if known is None and book.is_gone(join):
        raise Refused("unauthorised", "removed_from_class", "name")
    if known is None:
        return _newcomer(book, name, join)
    if not known.is_listed or known.join or known.table:
        raise Refused("name_taken", "name_taken_in_class", "name", name=name)
    known.join = join
    book.changed(known)
    return known


def _newcomer(book: ClassBook, name: str, join: str) -> Person:
    wrong = why_not(name)
    if wrong:
        raise Refused("bad_name", wrong, "name", name=name)
    if len(book) >= MOST_PEOPLE:
        raise Refused("room_full", "class_full", max=MOST_PEOPLE)
    return book.add(name, is_listed=False, join=join)


def table_for(book: ClassBook, is_open: Callable[[str], bool], full: frozenset[int]) -> Table | None:
    """Return the table with the fewest people that has a place, or None where there is none.

    Args:
        book: the class.
        is_open: whether a room can be entered, by its code.
        full: numbers of tables that have turned somebody away.
    """
    counts = Counter(person.table for person in book)
    free = [
        table
        for number, table in book.tables.items()
        if number not in full and counts[number] < table.seats and is_open(table.room)
    ]
    return min(free, key=lambda table: (counts[table.number], table.number), default=None)
