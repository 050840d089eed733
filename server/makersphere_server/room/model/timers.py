"""How long a phase still lasts: what remains is kept, never when it ends.

So a pause, a restart or a closed lid costs nobody the turn. When time is up the timer wakes the room, and the room
makes a command of it. A seat may have been given more time than the others; the others see of it only that the phase is
still open. A phase that ends at a date is the exception: the date is kept, and comes although nobody is in the room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from makersphere_server.clock import Clock, Handle

__all__ = ["EMPTY", "PAUSED", "PhaseTimer"]

EMPTY: Final = "empty"  # nobody is in the room
PAUSED: Final = "paused"


class PhaseTimer:
    """The clock of one room's phase. Without a limit it never runs out.

    Attributes:
        extra_ms: what single seats have been given beyond the limit.
        due_ms: the date by the wall clock at which the phase ends; 0: it has a limit or none.
    """

    def __init__(self, clock: Clock, time_is_up: Callable[[], None]) -> None:
        """Begin without a limit; `time_is_up` is called when time is up for everybody, or for a seat that had more."""
        self._time_is_up = time_is_up
        self._clock = clock
        self._left_ms: int | None = None  # as of `_since`, or for good while held
        self._since: int | None = None
        self._holds: set[str] = set()
        self._alarm: Handle | None = None
        self.extra_ms: dict[int, int] = {}
        self.due_ms = 0

    @property
    def is_held(self) -> bool:
        """Return whether time stands still."""
        return bool(self._holds - ({EMPTY} if self.due_ms else set()))

    @property
    def has_limit(self) -> bool:
        """Return whether the phase has a limit."""
        return self._left_ms is not None

    def start(self, limit_ms: int) -> None:
        """Begin a phase; a limit of 0 is none."""
        self.extra_ms, self.due_ms = {}, 0
        self.set_left(limit_ms or None)

    def restore(self, left_ms: int | None, extra_ms: Mapping[int, int], due_ms: int) -> None:
        """Go on with what remained when it was stored; a phase without a limit stays without one."""
        self.end_at(due_ms)
        if due_ms:
            self.extra_ms = dict(extra_ms)
            self._arm()
        elif self.has_limit:
            self.extra_ms = dict(extra_ms)
            self.set_left(left_ms)

    def set_left(self, left_ms: int | None) -> None:
        """Set what remains for everybody."""
        self._left_ms = left_ms
        self._since = None if self.is_held or left_ms is None else self._clock.now_ms()
        self._arm()

    def end_at(self, due_ms: int) -> None:
        """End at a date, in milliseconds since 1970; 0: at none, and a phase that had one has no limit then."""
        if due_ms or self.due_ms:
            self.due_ms = due_ms
            self.set_left(due_ms - self._clock.wall_ms() if due_ms else None)

    def keep_date(self) -> None:
        """End at the date by the wall clock, however that was set meanwhile."""
        if not self.is_held:
            self.end_at(self.due_ms)

    def left_ms(self) -> int | None:
        """Return what remains for everybody, below 0 when only single seats have time; None without a limit."""
        if self._left_ms is None or self._since is None:
            return self._left_ms
        return self._left_ms - (self._clock.now_ms() - self._since)

    def extend(self, by_ms: int, seat: int | None = None) -> None:
        """Give everybody, or one seat, more time."""
        left = self.left_ms()
        if left is None:
            return
        if seat is None:
            self.set_left(max(left, 0) + by_ms)
            if self.due_ms:
                self.due_ms = self._clock.wall_ms() + max(left, 0) + by_ms
        else:
            self.extra_ms[seat] = self.extra_ms.get(seat, 0) + by_ms
            self._arm()

    def hold(self, why: str) -> None:
        """Let time stand still until `release` for the same reason."""
        left = self.left_ms()
        self._holds.add(why)
        self.set_left(left)

    def release(self, why: str) -> None:
        """Let time go on, if nothing else holds it."""
        left = self.left_ms()
        self._holds.discard(why)
        self.set_left(left)

    def is_over(self, waiting: Iterable[int]) -> bool:
        """Return whether no seat of those that are not ready has time left."""
        left = self.left_ms()
        if left is None or left > 0 or self.is_held:
            return False
        return left + max((self.extra_ms.get(seat, 0) for seat in waiting), default=0) <= 0

    def stop(self) -> None:
        """Never say any more that time is up."""
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _arm(self) -> None:
        self.stop()
        left = self.left_ms()
        if left is None or self._since is None:
            return
        ends = sorted(end for end in {left, *(left + extra for extra in self.extra_ms.values())} if end > 0)
        self._alarm = self._clock.call_later(ends[0] if ends else 0, self._ring)

    def _ring(self) -> None:
        self._alarm = None
        self._time_is_up()
        left = self.left_ms()
        if left is not None and max(left, *(left + extra for extra in self.extra_ms.values()), 0) > 0:
            self._arm()  # a seat has more time, or the loop's timer was a little early
