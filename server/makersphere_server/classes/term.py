"""A line for each person of a class over all games that they have played in it: the sums of the games' gradebooks.

Answers a table. Who is the same person, the class knows: by the join frame that it sends each of them with. A seat
counts for somebody from when they sat down until they were taken away. Whoever was moved within a lesson has played one
game: each phase counts once, and what all of it is worth the table says where they had a seat last. Tables of one of
the class's games that were played at the same time are of one lesson. Whoever is on the list and has not played yet has
a line of noughts; whoever was removed from the class keeps theirs until they are erased.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Final, Self

import attrs

from makersphere_server.afterwards.export_tables import Cell, FinishedRoom, Table
from makersphere_server.afterwards.take_home.participation import PERSON, Part, gradebook
from makersphere_server.afterwards.take_home.stays import STILL_THERE, stays_in
from makersphere_server.classes.book import ClassBook
from makersphere_server.room.model.dirty import Dirty
from makersphere_server.room.model.people.seats import Seats
from makersphere_server.room.model.room_settings import RoomSettings
from makersphere_server.storage.record import Record

__all__ = ["SUMMED", "GameOfClass", "SeatTime", "over_the_term"]

SUMMED: Final = (
    *("phases", "decided", "decided_on_own_phone", "seasons", "seasons_taken_part", "questions", "answered"),
    *("questions_at_end", "answered_at_end", "asked_host", "points", "points_of", "idle_phases", "points_without_idle"),
)


@attrs.frozen
class SeatTime:
    """The time that somebody had a seat.

    Attributes:
        part: what they did there, with the phases of that time alone.
        until: the wall clock when they were taken away, in ms.
    """

    part: Part
    until: int


@attrs.frozen
class GameOfClass:
    """Who took part in a finished game at a table of a class.

    Attributes:
        number: which of the class's games it was.
        began: the wall clock when it began, in ms; `ended` when a person last did something in it, since a table may be
            ended long after its lesson.
        stays: by the digest of the join frame by which somebody came, their times in its seats.
        weights: its points by term.
        settings: how the room was opened.
    """

    number: int
    began: int
    ended: int
    stays: Mapping[str, Sequence[SeatTime]] = attrs.field(repr=False)
    weights: Mapping[str, int]
    settings: RoomSettings = attrs.field(repr=False)

    @classmethod
    def of(
        cls,
        number: int,
        finished: FinishedRoom,
        records: Sequence[Record],
        parts: Sequence[Part],
        private: Mapping[str, bytes],
        weights: Mapping[str, int],
    ) -> Self:
        """Return who took part.

        Args:
            number: which of the class's games it was.
            finished: the room.
            records: its log, with the first season in it.
            parts: what each person did there.
            private: what is stored beside its log.
            weights: its points by term.
        """
        at_ms = {record.seq: record.at_ms for record in records}
        whose = {(part.seat, part.member): part for part in parts}
        found: defaultdict[str, list[SeatTime]] = defaultdict(list)
        for seat in Seats(finished.state.seats(), private, Dirty()):
            came_by = {one.number: one.join for one in seat.gone} | {one.number: one.join for one in seat.members}
            for member, stays in stays_in(seat, at_ms):
                part = whose.get((seat.seat, member))
                if part is not None:
                    found[came_by[member]].append(SeatTime(part, at_ms.get(stays[-1].until, STILL_THERE)))
        began = next(record.at_ms for record in records if record.season)
        ended = max((record.at_ms for record in records if record.by == PERSON), default=records[-1].at_ms)
        return cls(number, began, max(began, ended), found, weights, RoomSettings.stored(private))

    def of_person(self, book: ClassBook, number: int) -> Sequence[SeatTime]:
        """Return the times that a person of the class has had in its seats."""
        person = book.get(number)
        return self.stays.get(self.settings.class_digest(book.join_id(person)), ()) if person is not None else ()

    def numbers(self, book: ClassBook) -> Mapping[str, int]:
        """Return the number in the class of each person that it still knows, by `id` of the gradebook's lines."""
        everybody = ((one.number, self.of_person(book, one.number)) for one in (*book, *book.removed))
        return {f"{stay.part.seat}.{stay.part.member}": number for number, stays in everybody for stay in stays}


def _as_one(parts: Sequence[Part]) -> Part:
    """Return what one person did in one lesson, at each of their seats; the last of these is the one it is told of."""
    last = parts[-1]
    return attrs.evolve(
        last,
        phases=_each_once(part.phases for part in parts),
        decided=_each_once(part.decided for part in parts),
        own=_each_once(part.own for part in parts),
        questions=_each_once(part.questions for part in parts),
        given=_each_once(part.given for part in parts),
        asked=sum(part.asked for part in parts),
    )


def _each_once(some: Iterable[Iterable[tuple[int, str]]]) -> tuple[tuple[int, str], ...]:
    return tuple(dict.fromkeys(chain.from_iterable(some)))


def _lessons(
    games: Iterable[tuple[GameOfClass, Sequence[SeatTime]]],
) -> list[list[tuple[GameOfClass, Sequence[SeatTime]]]]:
    """Return the games that somebody has played in, those together of one number that were played at the same time."""
    found: list[list[tuple[GameOfClass, Sequence[SeatTime]]]] = []
    number, over = 0, -1
    for game, stays in sorted(games, key=lambda each: (each[0].number, each[0].began)):
        if game.number > number or game.began > over:
            found.append([])
            number, over = game.number, game.ended
        found[-1].append((game, stays))
        over = max(over, game.ended)
    return found


def _line(lesson: Iterable[tuple[GameOfClass, Sequence[SeatTime]]]) -> dict[str, int]:
    """Return what counts of one lesson for one person."""
    times = sorted(((stay, game) for game, stays in lesson for stay in stays), key=lambda each: each[0].until)
    lines = gradebook([_as_one([stay.part for stay, _ in times])], times[-1][1].weights)
    row = dict(zip(lines.columns, lines.rows[0], strict=True))
    return {name: int(row[name] or 0) for name in SUMMED}


def over_the_term(book: ClassBook, games: Iterable[GameOfClass], *, named: bool) -> Table:
    """Return a line for each person of a class.

    Args:
        book: the class.
        games: those that are over.
        named: whether the lines have names.
    """
    known, rows = list(games), list[list[Cell]]()
    for person in sorted((*book, *book.removed), key=lambda each: each.number):
        played = [(game, game.of_person(book, person.number)) for game in known]
        lessons = _lessons((game, stays) for game, stays in played if stays)
        if person.is_removed and not lessons:
            continue
        sum_ = Counter[str]()
        for lesson in lessons:
            sum_.update(_line(lesson))
        name = person.name if named else ""
        rows.append([book.code, person.number, name, len(lessons), *(sum_[column] for column in SUMMED)])
    return Table("term", ("class", "person", "name", "games", *SUMMED), rows)
