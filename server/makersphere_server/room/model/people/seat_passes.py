"""The passes that are out: short codes, each of which lets one more person sit down in one seat, once.

Answers which seat a pass opens now. A pass is good for ten minutes by the wall clock, because a restart does not end
it. Kept is a digest alone, so that a stolen data folder opens no seat. Never decides who may give one out: that is
`commands/letting_in.py`. Source: the contract's "Whose seat".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Self

import attrs
import msgspec

__all__ = ["KEY", "PASS_LASTS_MS", "SeatPass", "SeatPasses"]

KEY: Final = "seat_passes"  # of the private values
PASS_LASTS_MS: Final = 600_000
_MOST_OF_A_SEAT: Final = 8  # the oldest of more is withdrawn


@attrs.frozen
class SeatPass:
    """A pass that is out.

    Attributes:
        code: digest of what its holder types.
        seat: which it opens.
        until_ms: wall clock when it ends.
        command: digest of the command that it was given out for: the same one again gives another pass instead.
        by_host: a host has given it out, and nobody of the seat.
    """

    code: str = attrs.field(repr=False)
    seat: int
    until_ms: int
    command: str = attrs.field(default="", repr=False)
    by_host: bool = False


class SeatPasses:
    """The passes of one room, the oldest first."""

    def __init__(self, passes: tuple[SeatPass, ...] = ()) -> None:
        """Begin with some."""
        self._passes = passes

    @classmethod
    def stored(cls, private: Mapping[str, bytes]) -> Self:
        """Return the passes that a room's private values have."""
        return cls(msgspec.json.decode(private.get(KEY, b"[]"), type=tuple[SeatPass, ...]))

    def to_store(self) -> dict[str, bytes | None]:
        """Return the private value; nothing is kept where no pass is out."""
        return {KEY: msgspec.json.encode(self._passes) if self._passes else None}

    def give(self, given: SeatPass, now_ms: int) -> None:
        """Have a pass be out; of those that are over nothing is kept."""
        kept = [one for one in self._passes if one.until_ms > now_ms and one.command != given.command]
        of_seat = [one for one in kept if one.seat == given.seat]
        withdrawn = of_seat[: max(len(of_seat) - _MOST_OF_A_SEAT + 1, 0)]
        self._passes = (*(one for one in kept if one not in withdrawn), given)

    def opens(self, code: str, now_ms: int) -> int:
        """Return the seat that a pass opens, by the digest of its code, or 0."""
        return next((one.seat for one in self._passes if one.code == code and one.until_ms > now_ms), 0)

    def is_by_host(self, code: str) -> bool:
        """Return whether a host has given a pass out, by the digest of its code."""
        return any(one.code == code and one.by_host for one in self._passes)

    def is_out(self, seat: int, now_ms: int) -> bool:
        """Return whether a pass opens a seat."""
        return any(one.seat == seat and one.until_ms > now_ms for one in self._passes)

    def use(self, code: str) -> None:
        """Have a pass open nothing any more, because somebody has sat down with it."""
        self._passes = tuple(one for one in self._passes if one.code != code)

    def withdraw(self, seat: int) -> bool:
        """Have the passes of a seat open nothing any more; return whether there were any."""
        kept = tuple(one for one in self._passes if one.seat != seat)
        were_out, self._passes = kept != self._passes, kept
        return were_out
