"""Who asks to be let into a seat, and who has been let in and has not sat down yet.

Answers which wishes a host or a seat may read, and whether a join frame has been let in or turned away. A wish is
known by the digest of its join frame, never by a name; two people whose names look alike never wait together, so that
whoever answers knows for whom. Everything is bounded, so that a stranger fills no hand: how
many wait, how many for one seat, how long without the frame coming again, and how long in all. Nor does a stranger keep
others out: where too many wait, one of the address that has most of them gives way. A wish that waits is
stored nowhere, since its frame comes again; how it was answered is stored, because a host or a seat was told
that it counts. Never decides who may answer: that is `commands/letting_in.py`. Source: the contract's "Whose seat".
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any, Final

import attrs
import msgspec

from makersphere_protocol.names import alike
from makersphere_server.room.model.addresses import who_gives_way

__all__ = ["ASK_AGAIN_S", "KEY", "AsksIn", "Wish"]

KEY: Final = "let_in"  # of the private values
ASK_AGAIN_S: Final = 5  # as a join frame that waits is told
_FORGOTTEN_MS: Final = 60_000  # after its frame came last: whoever asks has gone away
_LASTS_MS: Final = 600_000  # an answer, and a wish that nobody answers
_MOST: Final = 24
_MOST_OF_A_SEAT: Final = 6
_MOST_ANSWERS: Final = 64  # of either kind


@attrs.define(eq=False)
class Wish:
    """Somebody who asks to be let into a seat.

    Attributes:
        number: by which it is answered; drawn, so that it says nothing and stands for nobody else after a restart.
        join: digest of the join frame.
        sender: digest of the frame's id alone: whoever asks for another seat too is one person.
        address: the network that it comes from.
        name: as the frame has it.
        since_ms: when it came first, on the monotonic clock; `seen_ms` when it came last.
    """

    number: int
    join: str = attrs.field(repr=False)
    sender: str = attrs.field(repr=False)
    seat: int
    address: str = attrs.field(repr=False)
    name: str = attrs.field(repr=False)
    since_ms: int
    seen_ms: int

    def is_over(self, now_ms: int) -> bool:
        """Return whether nobody asks any more, or nobody has answered for long."""
        return now_ms - self.seen_ms > _FORGOTTEN_MS or now_ms - self.since_ms > _LASTS_MS


@attrs.frozen
class _Answer:
    """How the wish of a join frame was answered.

    Attributes:
        seat: into which it has been let; 0: it was turned away.
        until_ms: wall clock when that ends.
        by_host: a host has answered it, and nobody of the seat.
    """

    join: str = attrs.field(repr=False)
    seat: int
    until_ms: int
    by_host: bool = False


class AsksIn:
    """The wishes of one room, and how they were answered."""

    def __init__(self, private: Mapping[str, bytes]) -> None:
        """Begin with the answers that a room's private values have, the oldest of each kind first; nobody waits."""
        self._waiting: dict[int, Wish] = {}
        self._answers = msgspec.json.decode(private.get(KEY, b"[]"), type=list[_Answer])

    def take_over(self, older: AsksIn, seats: Container[int]) -> None:
        """Take over who waits, save for seats that are not stored."""
        self._waiting = {number: wish for number, wish in older._waiting.items() if wish.seat in seats}

    def put_back(self, wishes: Iterable[Wish]) -> None:
        """Have wishes wait again that were over in a write that the store has refused."""
        waiting = sorted((*self._waiting.values(), *wishes), key=lambda wish: wish.since_ms)
        self._waiting = {wish.number: wish for wish in waiting}

    def to_store(self) -> dict[str, bytes | None]:
        """Return the private value; nothing is kept where nobody has been answered."""
        return {KEY: msgspec.json.encode(self._answers) if self._answers else None}

    # -- who asks

    def find(self, join: str) -> Wish | None:
        """Return the wish of a join frame, by the frame's digest."""
        return next((wish for wish in self._waiting.values() if wish.join == join), None)

    def has_name(self, name: str, sender: str) -> bool:
        """Return whether somebody else asks, for whichever seat, under a name that looks the same."""
        others = (wish.name for wish in self._waiting.values() if wish.sender != sender)
        return any(alike(name, other) for other in others)

    def ask(self, wish: Wish) -> set[int]:
        """Have a wish wait for its answer, unless too many do and none of them gives way.

        Returns:
            The seats for which others ask now than before; none: it does not wait.
        """
        others = list(self._waiting.values())
        of_seat = [one for one in others if one.seat == wish.seat]
        rivals = of_seat if len(of_seat) >= _MOST_OF_A_SEAT else others if len(others) >= _MOST else []
        changed = {wish.seat}
        if rivals:
            place = who_gives_way([one.address for one in rivals], wish.address)
            if place is None:
                return set()
            changed.add(self._waiting.pop(rivals[place].number).seat)
        self._waiting[wish.number] = wish
        return changed

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
        kept = [one for one in self._answers if one.seat != seat]
        were_let_in, self._answers = kept != self._answers, kept
        return were_let_in

    def close(self, seat: int) -> tuple[Wish, ...]:
        """Forget who asks to be let into a seat that nobody shares; return the wishes."""
        closed = tuple(wish for wish in self._waiting.values() if wish.seat == seat)
        for wish in closed:
            del self._waiting[wish.number]
        return closed

    # -- how they were answered

    def let_in(self, wish: Wish, wall_ms: int, *, by_host: bool) -> None:
        """Let the frame of a wish in when it comes again."""
        self._answer(wish, wish.seat, wall_ms, by_host=by_host)

    def turn_away(self, wish: Wish, wall_ms: int) -> None:
        """Take no more wish from the frame of a wish for a while."""
        self._answer(wish, 0, wall_ms)

    def _answer(self, wish: Wish, seat: int, wall_ms: int, *, by_host: bool = False) -> None:
        del self._waiting[wish.number]
        kept = [one for one in self._answers if one.until_ms > wall_ms]
        alike = [one for one in kept if bool(one.seat) == bool(seat)][1 - _MOST_ANSWERS :]
        others = [one for one in kept if bool(one.seat) != bool(seat)]
        self._answers = [*others, *alike, _Answer(wish.join, seat, wall_ms + _LASTS_MS, by_host)]

    def was_turned_away(self, join: str, wall_ms: int) -> bool:
        """Return whether a join frame was told that it is not let in."""
        return any(one.join == join and not one.seat and one.until_ms > wall_ms for one in self._answers)

    def seat_of(self, join: str, wall_ms: int) -> int:
        """Return the seat that a join frame has been let into, or 0."""
        found = self._answer_to(join, wall_ms)
        return 0 if found is None else found.seat

    def is_let_in_by_host(self, join: str, wall_ms: int) -> bool:
        """Return whether it was a host who has let a join frame in."""
        found = self._answer_to(join, wall_ms)
        return found is not None and found.seat > 0 and found.by_host

    def _answer_to(self, join: str, wall_ms: int) -> _Answer | None:
        return next((one for one in self._answers if one.join == join and one.until_ms > wall_ms), None)

    def is_awaited(self, seat: int, wall_ms: int) -> bool:
        """Return whether somebody has been let into a seat and has not sat down yet."""
        return any(one.seat == seat and one.until_ms > wall_ms for one in self._answers)

    def sat_down(self, join: str) -> tuple[Wish, ...]:
        """Forget a frame's wish and that it has been let in, because it is known by the person from now on.

        Returns:
            The wish, if it was waiting still.
        """
        self._answers = [one for one in self._answers if one.join != join or not one.seat]
        wish = self.find(join)
        return () if wish is None else (self._waiting.pop(wish.number),)
