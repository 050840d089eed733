"""How often somebody may try to come in, and how often wrongly, before any room is looked for.

Answers a first frame that comes too soon with `unavailable` and when to try again. Coming back with a token is never
held up: a class that lost its network is let in at once. Failures have a budget of their own, for the whole server
and for each address, and successes do not count against it, so a class behind one address pays for the guesses
made there, and for those made elsewhere only when the server's budget is spent. Where a budget is spent, a guess is not
looked at, and its sender does not learn whether it was right.

A code is one of 28^7. With at most 200 rooms, `failures_per_s` 10 and `failure_burst` 4,000, somebody who guesses
for an hour finds one with a chance of 40,000 x 200 / 28^7 = 0.0006; with more rooms a failure costs more, and so where
codes begin with some of the symbols alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from makersphere_protocol.errors import ProtocolError, Refused
from makersphere_protocol.messages import ClientFrame, Join, Resume
from makersphere_server import metrics
from makersphere_server.clock import Clock, pass_ms
from makersphere_server.codes import ALPHABET
from makersphere_server.load import RETRY_S, Load
from makersphere_server.rates import Bucket
from makersphere_server.room.model.addresses import network
from makersphere_server.settings import Settings

__all__ = ["EntryLimits"]

_GUESSES: Final = frozenset({"no_such_room", "unauthorised"})
_RIGHT: Final = "moved"  # the code is that of a room, which another server has
_ROOMS_AT_FULL_RATE: Final = 200
_MOST_ADDRESSES: Final = 10_000
_PER_HOUR: Final = 3_600
_SPENT_MS: Final = 1_000  # a wrong token is answered after this, however soon it was known to be wrong


class EntryLimits:
    """Counts the first frames of connections, and the failed ones among them."""

    def __init__(self, clock: Clock, settings: Settings, rooms: Callable[[], int]) -> None:
        """Begin with full budgets; `load.start` begins to measure.

        Args:
            clock: what time it is.
            settings: how much is let through, and with which symbols codes begin.
            rooms: returns how many there are to be guessed, at this server and at those beside it.
        """
        self.load = Load(clock, settings.late_ms)
        self._clock = clock
        self._settings, self._rooms = settings, rooms
        self._ease = len(ALPHABET) / len(settings.codes_begin_with or ALPHABET)
        self._entries = Bucket(settings.entries_per_s, settings.entry_burst)
        self._failures = Bucket(settings.failures_per_s, settings.failure_burst)
        self._by_address: dict[str, Bucket] = {}

    def admit(self, frame: ClientFrame, address: str) -> None:
        """Let a first frame pass.

        Args:
            frame: the first frame of the connection.
            address: where from.

        Raises:
            Refused: it has to be tried again later; nothing was looked at.
        """
        if isinstance(frame, Resume) and not frame.code:
            return  # nobody can guess a token, and whoever has one has been let in before
        now, rooms = self._clock.now_ms(), self._to_guess()
        wait_s = self._wait_for_failures(address, now, rooms)
        if wait_s:
            raise _later(wait_s)
        if _has_code(frame):
            self._count_failure(address, now, rooms)  # now, and not when it has proved wrong: many may try at once
        if isinstance(frame, Resume):
            return
        if self.load.is_high:
            metrics.LIMITED.labels("late_ms").inc()
            raise _later(RETRY_S)
        wait_s = self._entries.take(now)
        if wait_s:
            metrics.LIMITED.labels("entries_per_s").inc()
            raise _later(wait_s)

    def check_guess(self, frame: ClientFrame, address: str | None) -> None:
        """See that a code may be asked for in the database: one that is wrong costs more there than here.

        Raises:
            Refused: too many have been wrong; `failed` tells its sender.
        """
        if address is not None and not _has_code(frame):  # else it has been counted already
            wait_s = self._wait_for_failures(address, self._clock.now_ms(), self._to_guess())
            if wait_s:
                raise _Spent("unavailable", "busy", retry_after=math.ceil(wait_s))

    def succeeded(self, frame: ClientFrame, address: str) -> None:
        """Take note that somebody has come in: a code that was right was no guess."""
        if _has_code(frame):
            self._bucket(address).give_back()
            self._failures.give_back(_failure_cost(self._to_guess()))

    def charge(self, rooms: int) -> None:
        """Count rooms that one frame opens as if each had come by a frame of its own.

        Raises:
            Refused: it has to be tried again later.
        """
        wait_s = self._entries.take(self._clock.now_ms(), rooms)
        if wait_s:
            metrics.LIMITED.labels("entries_per_s").inc()
            raise _later(wait_s)

    async def failed(self, error: ProtocolError, frame: ClientFrame, address: str | None) -> ProtocolError:
        """Count a failure if it may have been a guess, and return what its sender is told.

        Args:
            error: why the first frame was refused.
            frame: the frame.
            address: where it came from; None: one room names another, and nobody guesses.
        """
        if isinstance(error, _Spent):
            await pass_ms(self._clock, _SPENT_MS)
            return error
        if address is not None and (error.asks is not None or error.code == _RIGHT):
            self.succeeded(frame, address)  # the code was right: a class asks before it lets somebody in
        if address is None or error.code not in {*_GUESSES, _RIGHT} or _has_code(frame):
            return error
        now, rooms = self._clock.now_ms(), self._to_guess()
        wait_s = self._wait_for_failures(address, now, rooms)
        if wait_s:
            await pass_ms(self._clock, _SPENT_MS)
            return _later(wait_s)
        if error.code != _RIGHT:
            self._count_failure(address, now, rooms)
        return error

    def _to_guess(self) -> int:
        """Return how many rooms among all codes were as easily guessed as those that there are."""
        return math.ceil(self._rooms() * self._ease)

    def _count_failure(self, address: str, now: int, rooms: int) -> None:
        self._bucket(address).take(now)
        self._failures.take(now, _failure_cost(rooms))

    def _wait_for_failures(self, address: str, now: int, rooms: int) -> float:
        for bucket, n, limit in (
            (self._bucket(address), 1, "failures_per_address"),
            (self._failures, _failure_cost(rooms), "failures_per_s"),
        ):
            wait_s = bucket.wait_s(now, n)
            if wait_s:
                metrics.LIMITED.labels(limit).inc()
                return wait_s
        return 0.0

    def _bucket(self, address: str) -> Bucket:
        key = network(address)
        if key not in self._by_address:
            if len(self._by_address) >= _MOST_ADDRESSES:
                self._by_address.clear()  # the server's own budget still holds
            most = self._settings.failures_per_address
            self._by_address[key] = Bucket(most / _PER_HOUR, most)
        return self._by_address[key]


class _Spent(Refused):
    """A guess that was not looked at."""


def _has_code(frame: ClientFrame) -> bool:
    """Return whether a frame has a short code that opens a seat."""
    return bool((isinstance(frame, Resume) and frame.code) or (isinstance(frame, Join) and frame.pass_))


def _later(wait_s: float) -> Refused:
    return Refused("unavailable", "busy", retry_after=math.ceil(wait_s))


def _failure_cost(rooms: int) -> int:
    """Return how many failures of the server's budget one wrong guess takes: the more rooms, the easier a guess."""
    return max(math.ceil(rooms / _ROOMS_AT_FULL_RATE), 1)
