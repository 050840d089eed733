"""What is taken home as files: the class's page, its teacher's copy, a page for each person, and a gradebook's table.

Answers names and bytes, one after the other, so that whoever writes many can say how far it is.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final

import attrs
import msgspec

from makersphere_server.afterwards.export_files import csv_file
from makersphere_server.afterwards.take_home.class_page import class_page
from makersphere_server.afterwards.take_home.game import Game
from makersphere_server.afterwards.take_home.student_page import student_page

__all__ = ["FOR_ALL", "FOR_HOSTS", "FOR_SEATS", "File", "count", "files", "one_file"]

FOR_HOSTS: Final = ("all", "class", "teacher", "participation", "people")
FOR_ALL: Final = ("class",)  # where the host has handed it out
FOR_SEATS: Final = ("mine",)
_DATED: Final = (1980, 1, 1, 0, 0, 0)  # so that the same room gives the same bytes
_HTML: Final = "text/html; charset=utf-8"
_NOT_IN_NAMES: Final = re.compile(r"[^\w]+")


@attrs.frozen
class File:
    """A file: its name, with its folder if it lies in one, its media type and its bytes."""

    name: str
    media_type: str
    body: bytes = attrs.field(repr=False)


def count(game: Game) -> int:
    """Return how many files there are."""
    return 3 + sum(len(_members(game, seat)) for seat in game.seats())


def files(game: Game) -> Iterator[File]:
    """Yield all files of a game: what everybody may have first, then the teacher's, then each person's."""
    yield _class(game)
    yield _teacher(game)
    yield _participation(game)
    for seat in game.seats():
        members = _members(game, seat)
        for member in members:
            called = _NOT_IN_NAMES.sub("-", game.person(seat, member)).strip("-")
            number = f"{seat:02d}-{member}" if len(members) > 1 else f"{seat:02d}"
            yield File(f"students/{number}-{called}.html", _HTML, student_page(game, seat, member))


def _members(game: Game, seat: int) -> list[int]:
    """Return which of a seat's people have a page: who took part or answered; 0 where only a bot sat."""
    took_part = {part.member for part in game.of_seat(seat)}
    answered = {int(each["member"]) for each in game.answers if int(each["seat"]) == seat}
    return sorted(took_part | answered) or [0]


def one_file(game: Game, what: str, seat: int = 0, member: int = 0) -> File:
    """Return one file: one of `FOR_HOSTS` or `FOR_SEATS`, of that person; of `all`, a zip of everything."""
    room = game.finished.row.room
    match what:
        case "class":
            found = _class(game)
        case "teacher":
            found = _teacher(game)
        case "participation":
            found = _participation(game)
        case "people":
            found = File("people.json", "application/json", _people(game))
        case "mine":
            found = File(f"{seat:02d}.html", _HTML, student_page(game, seat, member, is_own=True))
        case _:
            found = File("pages.zip", "application/zip", _zipped(game))
    return attrs.evolve(found, name=f"makersphere-{room}-{found.name}")


def _class(game: Game) -> File:
    return File("class.html", _HTML, class_page(game))


def _teacher(game: Game) -> File:
    return File("teacher.html", _HTML, class_page(game, for_teacher=True))


def _participation(game: Game) -> File:
    return File("participation.csv", "text/csv; charset=utf-8", csv_file(game.rows))


def _people(game: Game) -> bytes:
    """Return the gradebook's rows as JSON, for a page that shows them."""
    table = game.rows
    return msgspec.json.encode({"people": [dict(zip(table.columns, row, strict=True)) for row in table.rows]})


def _zipped(game: Game) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files(game):
            entry = zipfile.ZipInfo(file.name, _DATED)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, file.body)
    return whole.getvalue()
