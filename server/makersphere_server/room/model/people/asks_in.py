"""Who asks to be let into a seat, and who has been let in and has not sat down yet.

Answers which wishes a host or a seat may read, and whether a join frame has been let in or turned away. A wish is
known by the digest of its join frame, never by a name; two people whose names look alike never wait together, so that
whoever answers knows for whom. Everything is bounded, so that a stranger fills no hand: how
many wait, how many for one seat, how long without the frame coming again, and how long in all. A wish that waits is
stored nowhere, since its frame comes again; that somebody has been let in is stored, because a host or a seat was told
that it counts. Never decides who may answer: that is `commands/letting_in.py`. Source: the contract's "Whose seat".
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any, Final

import attrs
import msgspec

from makersphere_protocol.names import looks

__all__ = ["ASK_AGAIN_S", "KEY", "AsksIn", "Wish"]

KEY: Final = "let_in"  # of the private values
ASK_AGAIN_S: Final = 5  # as a join frame that waits is told
_FORGOTTEN_MS: Final = 60_000  # after its frame came last: whoever asks has gone away
_LASTS_MS: Final = 600_000  # an answer, and a wish that nobody answers
_MOST: Final = 24
_MOST_OF_A_SEAT: Final = 6
_MOST_ANSWERS: Final = 64


@attrs.define(eq=False)
class Wish:
    """Somebody who asks to be let into a seat.

    Attributes:
        number: by which it is answered; drawn, so that it says nothing and stands for nobody else after a restart.
        join: digest of the join frame.
        sender: digest of the frame's id alone: whoever asks for another seat too is one person.
        name: as the frame has it.
        since_ms: when it came first, on the monotonic clock; `seen_ms` when it came last.
    """

    number: int
    join: str = attrs.field(repr=False)
    sender: str = attrs.field(repr=False)
    seat: int
    name: str = attrs.field(repr=False)
    since_ms: int
    seen_ms: int

    def is_over(self, now_ms: int) -> bool:
        """Return whether nobody asks any more, or nobody has answered for long."""
        return now_ms - self.seen_ms > _FORGOTTEN_MS or now_ms - self.since_ms > _LASTS_MS


@attrs.frozen
class _LetIn:
    """A join frame that has been let into a seat: until when on the wall clock."""

    join: str = attrs.field(repr=False)
    seat: int
    until_ms: int


class AsksIn:
    """The wishes of one room, and how they were answered."""

    def __init__(self, private: Mapping[str, bytes]) -> None:
        """Begin with those who have been let in by a room's private values; nobody waits."""
        self._waiting: dict[int, Wish] = {}
        self._let_in = msgspec.json.decode(private.get(KEY, b"[]"), type=list[_LetIn])
        self._turned_away: dict[str, int] = {}  # until when on the monotonic clock, by the join frame's digest

    def take_over(self, older: AsksIn, seats: Container[int]) -> None:
        """Take over what is stored nowhere, save wishes for seats that are not stored either."""
        self._waiting = {number: wish for number, wish in older._waiting.items() if wish.seat in seats}
        self._turned_away = older._turned_away

    def to_store(self) -> dict[str, bytes | None]:
        """Return the private value; nothing is kept where nobody has been let in."""
        return {KEY: msgspec.json.encode(self._let_in) if self._let_in else None}

    # -- who asks

    def find(self, join: str) -> Wish | None:
        """Return the wish of a join frame, by the frame's digest."""
        return next((wish for wish in self._waiting.values() if wish.join == join), None)

    def has_name(self, name: str, sender: str) -> bool:
        """Return whether somebody else asks, for whichever seat, under a name that looks the same."""
        wanted = looks(name)
        others = (wish.name for wish in self._waiting.values() if wish.sender != sender)
        return any(not wanted.isdisjoint(looks(other)) for other in others)

    def may_ask(self, seat: int) -> bool:
        """Return whether one more may ask to be let into a seat."""
        of_seat = sum(wish.seat == seat for wish in self._waiting.values())
        return len(self._waiting) < _MOST and of_seat < _MOST_OF_A_SEAT

    def ask(self, wish: Wish) -> None:
        """Have a wish wait for its answer."""
        self._waiting[wish.number] = wish

    def of(self, number: int, seat: int = 0) -> Wish | None:
        """Return the wish of a number, if it is one for a seat; 0: for any."""
        wish = self._waiting.get(number)
        return wish if wish is not None and seat in (0, wish.seat) else None

    @property
    def numbers(self) -> tuple[int, ...]:
        """Return the numbers of those who wait, in the order in which they came."""
        return tuple(self._waiting)

    def tree(self, seat: int = 0) -> dict[str, dict[str, Any]]:
        """Return who asks to be let into a seat as its people read it; 0: as hosts read all of them."""
        return {
            str(wish.number): {"name": wish.name, "seat": wish.seat}
            for wish in self._waiting.values()
            if seat in (0, wish.seat)
        }

    def forget(self, now_ms: int) -> set[int]:
        """Forget the wishes that are over; return the seats that they were for."""
        over = [wish for wish in self._waiting.values() if wish.is_over(now_ms)]
        for wish in over:
            del self._waiting[wish.number]
        return {wish.seat for wish in over}

    def withdraw(self, seat: int) -> bool:
        """Forget who has been let into a seat; who asks still asks. Return whether anybody had been let in."""
        kept = [one for one in self._let_in if one.seat != seat]
        were_let_in, self._let_in = kept != self._let_in, kept
        return were_let_in

    def close(self, seat: int) -> bool:
        """Forget who asks to be let into a seat that nobody shares; return whether anybody did."""
        kept = {number: wish for number, wish in self._waiting.items() if wish.seat != seat}
        were_asking, self._waiting = kept.keys() != self._waiting.keys(), kept
        return were_asking

    # -- how they were answered

    def let_in(self, wish: Wish, wall_ms: int) -> None:
        """Let the frame of a wish in when it comes again."""
        del self._waiting[wish.number]
        kept = [one for one in self._let_in if one.until_ms > wall_ms][1 - _MOST_ANSWERS :]
        self._let_in = [*kept, _LetIn(wish.join, wish.seat, wall_ms + _LASTS_MS)]

    def turn_away(self, wish: Wish, now_ms: int) -> None:
        """Take no more wish from the frame of a wish for a while."""
        del self._waiting[wish.number]
        kept = [(join, until) for join, until in self._turned_away.items() if until > now_ms][1 - _MOST_ANSWERS :]
        self._turned_away = {**dict(kept), wish.join: now_ms + _LASTS_MS}

    def was_turned_away(self, join: str, now_ms: int) -> bool:
        """Return whether a join frame was told that it is not let in."""
        return self._turned_away.get(join, now_ms) > now_ms

    def seat_of(self, join: str, wall_ms: int) -> int:
        """Return the seat that a join frame has been let into, or 0."""
        return next((one.seat for one in self._let_in if one.join == join and one.until_ms > wall_ms), 0)

    def sat_down(self, join: str) -> Wish | None:
        """Forget a frame's wish and its answer, because the frame is known by the person from now on.

        Returns:
            The wish, if it was waiting still.
        """
        self._let_in = [one for one in self._let_in if one.join != join]
        wish = self.find(join)
        return self._waiting.pop(wish.number) if wish is not None else None
