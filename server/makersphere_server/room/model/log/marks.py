"""The marks of a room's records: by them two histories of the same numbers are told apart.

Answers which mark stands at a number, the mark of the next record, and whether a mark was ever given out for a number,
in this history of the room or in another one. A mark is made of nothing that its record says: half of it is drawn at
random when the room is opened, the other half follows from that half, the number and the room's salt, which nobody
knows. So nobody can make one up, and a room that was put back to an older copy of itself believes a mark of what it has
lost, and nothing else. The halves of several records are made at once, which costs a record little
(`run.py bench online`). Source: the contract's "The same history".
"""

from __future__ import annotations

import binascii
import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from typing import Final

from makersphere_server.codes import new_half_mark
from makersphere_server.storage.record import Record

__all__ = ["Marks"]

_AT_ONCE: Final = 32
_HALF: Final = 8  # bytes
_LENGTH: Final = 22  # symbols of 16 bytes
_FILLED_UP: Final = 24  # symbols of 18 bytes, so that many are written at once


class Marks:
    """The marks of one room's records, in their order."""

    __slots__ = ("_drawn", "_half", "_key", "_marks")

    def __init__(self, key: str, records: Iterable[Record]) -> None:
        """Begin with those of a log from its first record on.

        Args:
            key: a secret of the room, the same whenever it is opened; "" where it has none.
            records: of the log; a record from before there were marks has "".
        """
        self._key = key
        self._marks = [record.mark for record in records]
        self._half = b""
        self._drawn: list[str] = []

    def at(self, seq: int) -> str:
        """Return the mark of the record of a number; "" before the first one, and where there is none."""
        return self._marks[seq - 1] if 0 < seq <= len(self._marks) else ""

    def add(self) -> str:
        """Return the mark of the next record, which has it from now on."""
        if not self._drawn:
            self._draw()
        mark = self._drawn.pop()
        self._marks.append(mark)
        return mark

    def were_given(self, seq: int, mark: str) -> bool:
        """Return whether a mark was given out for a number, in whichever history of the room."""
        try:
            halves = urlsafe_b64decode(f"{mark}==")
        except (binascii.Error, ValueError):
            return False
        block, place = divmod(seq - 1, _AT_ONCE)
        half = halves[:_HALF]
        made = self._other_halves(half, block)[place * _HALF : (place + 1) * _HALF]
        is_made = hmac.compare_digest(halves[_HALF:], made)
        return is_made and seq > 0 and len(mark) == _LENGTH and bool(self._key)

    def _draw(self) -> None:
        half = self._half = self._half or new_half_mark()
        block, place = divmod(len(self._marks), _AT_ONCE)
        others = self._other_halves(half, block)
        rest = [others[at : at + _HALF] for at in range(place * _HALF, len(others), _HALF)]
        text = urlsafe_b64encode(half + (b"\0\0" + half).join(rest) + b"\0\0").decode()
        self._drawn = [text[at : at + _LENGTH] for at in range(0, len(text), _FILLED_UP)][::-1]

    def _other_halves(self, half: bytes, block: int) -> bytes:
        """Return the halves that follow, of the records of a block, one after the other."""
        secret = b"\x1f".join((b"mark", self._key.encode(), half, b"%d" % block))
        return hashlib.shake_256(secret).digest(_AT_ONCE * _HALF)
