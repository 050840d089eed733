"""A line for each person of a class over all games that they have played in it: the sums of the games' gradebooks.

Answers a table. Who is the same person, the class knows: by the join frame that it sends each of them with. Whoever has
left a seat and come back to it is one of its people, and counts once. Whoever is on the list and has not played yet has
a line of noughts, so that it can be seen.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import attrs

from makersphere_server.afterwards.export_tables import Cell, Table
from makersphere_server.afterwards.take_home.participation import Part, gradebook
from makersphere_server.classes.book import ClassBook
from makersphere_server.room.model.dirty import Dirty
from makersphere_server.room.model.people.seats import Seats
from makersphere_server.room.model.room_settings import RoomSettings

__all__ = ["SUMMED", "GameOfClass", "over_the_term"]

SUMMED: Final = (
    *("phases", "decided", "decided_on_own_phone", "seasons", "seasons_taken_part", "questions", "answered"),
    *("questions_at_end", "answered_at_end", "asked_host", "points", "points_of", "idle_phases", "points_without_idle"),
)


@attrs.frozen
class GameOfClass:
    """Who took part in a finished game at a table of a class.

    Attributes:
        seats: the numbers of its seats.
        parts: what each person did there.
        weights: its points by term.
        private: what is stored beside its log.
    """

    seats: Sequence[int]
    parts: Sequence[Part]
    weights: Mapping[str, int]
    private: Mapping[str, bytes] = attrs.field(repr=False)

    def of_each(self, book: ClassBook) -> dict[int, list[Part]]:
        """Return the parts of each person of the class, one a seat, by number."""
        settings, people = RoomSettings.stored(self.private), Seats(self.seats, self.private, Dirty())
        whose = {
            (place.seat, member): person.number
            for person in book
            for place, member in people.find_past(settings.class_digest(book.join_id(person)))
        }
        by_seat: defaultdict[tuple[int, int], list[Part]] = defaultdict(list)
        for part in self.parts:
            number = whose.get((part.seat, part.member))
            if number is not None:
                by_seat[number, part.seat].append(part)
        found: defaultdict[int, list[Part]] = defaultdict(list)
        for (number, _), times in by_seat.items():
            found[number].append(_as_one(times))
        return found


def _as_one(times: Sequence[Part]) -> Part:
    """Return what one person did who has sat in a seat several times: what the seat did, counted once."""
    last = times[-1]
    own = {place for part in times for place in part.own}
    return attrs.evolve(
        last,
        own=tuple(place for place in last.phases if place in own),
        answered=(min(sum(part.answered[0] for part in times), last.answered[1]), last.answered[1]),
        reflected=(min(sum(part.reflected[0] for part in times), last.reflected[1]), last.reflected[1]),
        asked=sum(part.asked for part in times),
    )


def over_the_term(book: ClassBook, games: Iterable[GameOfClass], *, named: bool) -> Table:
    """Return a line for each person of a class.

    Args:
        book: the class.
        games: those that are over.
        named: whether the lines have names.
    """
    sums: dict[int, Counter[str]] = {person.number: Counter() for person in book}
    for game in games:
        for number, parts in game.of_each(book).items():
            sums[number]["games"] += 1
            lines = gradebook(parts, game.weights)
            for row in lines.rows:
                line = dict(zip(lines.columns, row, strict=True))
                sums[number].update({name: int(line[name] or 0) for name in SUMMED})
    rows: list[list[Cell]] = []
    for person in book:
        sum_ = sums[person.number]
        name = person.name if named else ""
        rows.append([book.code, person.number, name, sum_["games"], *(sum_[column] for column in SUMMED)])
    return Table("term", ("class", "person", "name", "games", *SUMMED), rows)
