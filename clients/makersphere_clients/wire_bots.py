"""Policies that play by the public protocol alone, one connection to a seat.

Answers what a bot does when its room asks it, with nothing but what any other client could know: forms are
rebuilt from `hand.legal`, views from the mirror. Never imports a rule, never sees another hand. A bot is asked
when a phase opens and whenever its seat is not ready; it wakes for nothing else.
"""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from makersphere_bots.legal import forms_from_schema
from makersphere_bots.policy import READY, Move, Policy, WholeView
from makersphere_bots.random_stream import Stream
from makersphere_clients.backoff import Backoff
from makersphere_clients.connection import Connection, ConnectionEnded
from makersphere_protocol.messages import BESIDE, At, Join, Result

__all__ = ["PASSES", "STANDSTILL", "TOO_LATE", "Think", "WireBot", "at_once", "seat_bots", "take_seat"]

PASSES: Final = 8  # how often a policy is asked in one phase; then its seat only says that it is ready
STANDSTILL: Final = frozenset({"paused", "rate_limited", "unavailable"})  # refusals that are nobody's mistake
TOO_LATE: Final = frozenset({"not_your_phase", "over"})  # refusals that another phase has come
_PATIENCE_S: Final = 1.0

Think = Callable[[], float]


def at_once() -> float:
    """Return no time to think."""
    return 0.0


class WireBot:
    """A policy that plays a seat.

    Attributes:
        connection: the link of the seat; open while the bot plays.
        sent: how many commands the bot has sent.
        refused: how many of the commands were refused.
        last_seq: the `seq` of the last accepted command.
        waits_s: seconds that each command waited for its answer, reconnects included.
    """

    def __init__(self, connection: Connection, policy: Policy, root: str, think: Think = at_once) -> None:
        """Take a seat's connection.

        Args:
            connection: of the seat.
            policy: what plays it.
            root: of the policy's random streams, `root|seat|season|phase|call`.
            think: returns how long to think before the next turn, in seconds.
        """
        self.waits_s: list[float] = []
        self._think = think
        self.connection = connection
        self.sent = 0
        self.refused = 0
        self.last_seq = 0
        self._policy = policy
        self._root = root
        self._at = At(0, "")
        self._calls = 0

    @property
    def seat(self) -> int:
        """Return the seat's number."""
        return self.connection.mirror.you.seat

    async def play(self) -> None:
        """Play until the game is over.

        Raises:
            ConnectionEnded: the room has sent the bot away.
        """
        mirror = self.connection.mirror
        while True:
            await self.connection.until(lambda: mirror.is_over or mirror.has_turn)
            if mirror.is_over:
                return
            delay_s = self._think()
            if delay_s:
                await asyncio.sleep(delay_s)
            if mirror.has_turn:
                await self.turn()

    async def turn(self, call: int | None = None) -> None:
        """Ask the policy once and send its moves; after too many turns in one phase, only *ready* is sent.

        Args:
            call: which time it is in this phase, from 0, where somebody else takes care that it sees what has
                happened; by default it is counted here, and the turn ends when its moves are seen.
        """
        at = self.connection.mirror.at
        if at != self._at:
            self._at, self._calls = at, 0
        if call is not None:
            self._calls = call
        for move in self._choose(at) if self._calls < PASSES else [READY]:
            result = await self._send(move, at)
            if not result.ok and result.error is not None and result.error.code in TOO_LATE:
                break
        self._calls += 1
        if call is None:
            await self.connection.until_seen(self.last_seq)

    def _choose(self, at: At) -> list[Move]:
        mirror = self.connection.mirror
        hand = mirror.hand
        moves = {name: form for name, form in hand.get("legal", {}).items() if name not in BESIDE}
        legal = forms_from_schema(moves, hand.get("choices"))
        view = WholeView(self.seat, mirror.my_seat.get("role", mirror.you.role), mirror.table, hand)
        stream = Stream(f"{self._root}|{self.seat}|{at.season}|{at.phase}|{self._calls}")
        return self._policy.choose(view, legal, stream)

    async def _send(self, move: Move, at: At) -> Result:
        name, args = move
        while True:
            began = time.perf_counter()
            result = await self.connection.command(name, args, at)
            self.waits_s.append(time.perf_counter() - began)
            self.sent += 1
            if result.ok:
                self.last_seq = max(self.last_seq, result.seq or 0)
                return result
            self.refused += 1
            if result.error is None or result.error.code not in STANDSTILL:
                return result
            await asyncio.sleep(result.error.retry_after or _PATIENCE_S)


async def seat_bots(
    url: str,
    room: str,
    policies: Sequence[Policy],
    root: str,
    *,
    name: str = "Bot {n}",
    think: Think = at_once,
    backoff: Backoff | None = None,
) -> list[WireBot]:
    """Join a room with one connection to a policy, one after another, and return the bots in order of arrival.

    Each `{n}` in the name becomes a number that no name in the room has.

    Raises:
        ConnectionEnded: the room has no more seats, or there is no such room.
    """
    bots: list[WireBot] = []
    try:
        numbers = itertools.count(1)
        for policy in policies:
            connection = await take_seat(url, room, name, numbers, backoff)
            bots.append(WireBot(connection, policy, root, think))
    except BaseException:
        await asyncio.gather(*(bot.connection.close() for bot in bots))
        raise
    return bots


async def take_seat(
    url: str, room: str, name: str, numbers: Iterator[int], backoff: Backoff | None, language: str = ""
) -> Connection:
    """Take a seat by the first name that nobody has; `{n}` in the name becomes the next of the numbers.

    Raises:
        ConnectionEnded: the room does not let anybody in, or there is none.
    """
    for called in (name.replace("{n}", str(number)) for number in numbers):
        connection = Connection(url, Join(room, called, language=language, program=True), backoff=backoff)
        try:
            await connection.open()
        except ConnectionEnded as ended:
            if ended.code != "name_taken" or called == name:
                raise
        else:
            return connection
    raise AssertionError("numbers end")
