"""Which face stands for a seat: one that people can say aloud ("the green owl"), so that they find each other.

Answers which face a seat has by its number, and which one it may take instead. There are as many faces as drawings on
every screen; no two seats of a room look alike as long as there are enough, and beyond that no two have the same face
and the same pen. Faces stand beside the game, as names do.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from makersphere_protocol.texts import say

__all__ = ["FACES", "PENS", "FaceAndPen", "face_and_pen_by_number", "face_by_number", "face_in_words", "next_free"]

FACES: Final = 64  # thirty-two drawings, each without a bow and with one
PENS: Final = 8
_DRAWN: Final = 32  # the second thirty-two are the same with a bow

FaceAndPen = tuple[int, int]  # a face from 1 to `FACES`, and a pen from 1 to `PENS`


def face_by_number(seat: int) -> int:
    """Return the face that a seat has where it has no other, from 1."""
    return (seat - 1) % FACES + 1


def face_and_pen_by_number(seat: int) -> FaceAndPen:
    """Return face and pen of a seat that has chosen neither: seats that share a face have different pens."""
    return face_by_number(seat), (seat - 1 + (seat - 1) // FACES) % PENS + 1


def face_in_words(face: int, pen: int, language: str) -> str:
    """Return what a face is called, as pages say it; where more seats than faces may be, with the pen's number."""
    words = say(language, f"face.{(face - 1) % _DRAWN + 1}")
    words = say(language, "face.with_bow", {"face": words}) if face > _DRAWN else words
    return words if pen == face_and_pen_by_number(face)[1] else f"{words} {pen}"


def next_free(after: int, taken: Collection[int]) -> int | None:
    """Return the next face in order that nobody has, round to the first after the last, or None where all are taken."""
    order = (face_by_number(after + step) for step in range(1, FACES))
    return next((face for face in order if face not in taken), None)
