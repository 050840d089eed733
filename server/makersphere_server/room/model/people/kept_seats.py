"""Seats of a new room that are kept for people who have played before: by name, and with the face that is theirs.

Answers what is stored of them. Nobody sits there yet: who comes under that very name has the seat, as where a host has
named it. Source: the contract's "create".
"""

from __future__ import annotations

from collections.abc import Sequence

from makersphere_protocol.errors import Refused
from makersphere_protocol.names import LONGEST, clean, looks, why_not
from makersphere_server.room.model.people.faces import face_by_number
from makersphere_server.room.model.people.seat_people import SeatPeople
from makersphere_server.room.model.people.seats import SEAT_KEY

__all__ = ["kept_seats"]


def kept_seats(seats: int, names: Sequence[str], faces: Sequence[int]) -> dict[str, bytes]:
    """Return the private values of the seats that are kept.

    Args:
        seats: how many there are, numbered from 1.
        names: of the people, by seat in order; "": for whoever comes.
        faces: of the seats, in order, from 1; 0, and one that another seat has already: the one by its number.

    Raises:
        Refused: a name that nobody may have, or that looks like another one.
    """
    kept: dict[str, bytes] = {}
    known: set[str] = set()
    taken: set[int] = set()
    for number in range(1, seats + 1):
        typed = names[number - 1] if number <= len(names) else ""
        face = faces[number - 1] if number <= len(faces) else 0
        name = _checked(typed, known) if typed else ""
        own = face in taken or face == face_by_number(number)
        taken.add(face)
        people = SeatPeople(number, name=name, face=0 if own else face)
        if people.name or people.face:
            kept[f"{SEAT_KEY}{number}"] = people.to_bytes()
    return kept


def _checked(typed: str, known: set[str]) -> str:
    """Return a name as it is shown, and note how it looks."""
    name = clean(typed)
    wrong = why_not(name) if name else "bad_name"
    if wrong:
        raise Refused("bad_args", wrong, "names", name=name, max=LONGEST)
    if not known.isdisjoint(looks(name)):
        raise Refused("bad_args", "name_taken", "names", name=name)
    known |= looks(name)
    return name
