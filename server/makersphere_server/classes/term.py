"""A line for each person of a class over all games that they have played in it: the sums of the games' gradebooks.

Answers a table. Who is the same person, the class knows: by the join frame that it sends each of them with. Whoever is
on the list and has not played yet has a line of noughts, so that it can be seen.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from makersphere_server.afterwards.export_tables import Cell, Table
from makersphere_server.classes.book import ClassBook
from makersphere_server.codes import digest
from makersphere_server.room.model.dirty import Dirty
from makersphere_server.room.model.live_room import RoomSettings
from makersphere_server.room.model.people.seats import Seats

__all__ = ["over_the_term", "who_sat_where"]

_SUMMED: Final = (
    *("phases", "decided", "decided_on_own_phone", "seasons", "seasons_taken_part", "questions", "answered"),
    *("questions_at_end", "answered_at_end", "asked_host", "points", "points_of", "idle_phases", "points_without_idle"),
)


def who_sat_where(book: ClassBook, seats: Sequence[int], private: Mapping[str, bytes]) -> dict[str, int]:
    """Return the people of a class who sat in a room, by `id` of its gradebook.

    Args:
        book: the class.
        seats: the numbers of the room's seats.
        private: what is stored beside the room's log.
    """
    salt, people = RoomSettings.stored(private).salt, Seats(seats, private, Dirty())
    return {
        f"{place.seat}.{member}": person.number
        for person in book
        for place, member in people.find_past(digest(salt, "of the class", book.join_id(person)))
    }


def over_the_term(book: ClassBook, games: Iterable[tuple[Table, Mapping[str, int]]], *, named: bool) -> Table:
    """Return a line for each person of a class.

    Args:
        book: the class.
        games: of each that is over its gradebook, and whose line is whose: numbers of the class by `id`.
        named: whether the lines have names.
    """
    sums: dict[int, Counter[str]] = {person.number: Counter() for person in book}
    for gradebook, people in games:
        lines = [dict(zip(gradebook.columns, row, strict=True)) for row in gradebook.rows]
        for line in lines:
            number = people.get(str(line["id"]))
            if number is not None:
                sums[number].update({"games": 1} | {name: int(line[name] or 0) for name in _SUMMED})
    rows: list[list[Cell]] = []
    for person in book:
        sum_ = sums[person.number]
        name = person.name if named else ""
        rows.append([book.code, person.number, name, sum_["games"], *(sum_[column] for column in _SUMMED)])
    return Table("term", ("class", "person", "name", "games", *_SUMMED), rows)
