"""Replays of rooms that are over, for everybody who was there: the few that were asked for last lie in memory.

Answers what a stop shows, or why not: a seat's token opens that seat's hand of then, a host's and none at all the table
that everybody saw. A log is gone through in a thread beside the loop, once; so is each answer, one at a time. How
often one reader may ask is bounded: whoever wanders goes on at a walking pace, and a class that is led asks once each.
"""

from __future__ import annotations

import asyncio
import math
from collections import OrderedDict
from typing import Final, Protocol

from makersphere_protocol.errors import Refused
from makersphere_rules.mistakes import ScenarioError
from makersphere_rules.written.notation import UnknownEvent
from makersphere_server.afterwards.downloads import KeptRoom
from makersphere_server.afterwards.export_tables import NotOver
from makersphere_server.afterwards.replaying import Replayed, replayed_stops
from makersphere_server.clock import Clock
from makersphere_server.rates import Bucket
from makersphere_server.room.model.addresses import network

__all__ = ["Replays"]

MOST_HANDS: Final = 20_000  # in memory: eight games of ten seasons and 30 seats, or one of the largest
PER_S: Final = 4
BURST: Final = 20
PER_S_WITHOUT_TOKEN: Final = 20  # from one address: the walls of a whole school
_MOST_READERS: Final = 5_000


class Find(Protocol):
    """Returns what the store has of a room."""

    async def __call__(self, room: str, token: str, address: str, *, anyone: bool) -> KeptRoom:
        """Return it to somebody from an address, who shows a token or "".

        Raises:
            ProtocolError: why not.
        """
        ...


class Replays:
    """Shows games that are over from any of their stops."""

    def __init__(self, find: Find, clock: Clock) -> None:
        """Prepare.

        Args:
            find: returns what the store has of a room.
            clock: by which readers are held to their pace.
        """
        self._find = find
        self._clock = clock
        self._one_at_a_time = asyncio.Lock()
        self._rooms: OrderedDict[str, Replayed] = OrderedDict()
        self._readers: dict[str, Bucket] = {}

    async def answer(self, room: str, token: str, address: str, step: int | None) -> bytes:
        """Return what a stop shows, as JSON; for None, which stops there are.

        Raises:
            ProtocolError: why not.
        """
        kept = await self._find(room, token, address, anyone=True)
        self._take_turn(kept.reader, address)
        async with self._one_at_a_time:
            replayed = await self._replayed(kept)
            if step is None:
                return replayed.listed()
            try:
                return await asyncio.to_thread(replayed.shown, step, kept.seat, kept.since)
            except IndexError:
                raise Refused("rule", "no_such_past", "step") from None

    def _take_turn(self, reader: str, address: str) -> None:
        key = reader or network(address)
        if key not in self._readers:
            if len(self._readers) >= _MOST_READERS:
                self._readers.clear()
            per_s = PER_S if reader else PER_S_WITHOUT_TOKEN
            self._readers[key] = Bucket(per_s, BURST * per_s // PER_S)
        wait_s = self._readers[key].take(self._clock.now_ms())
        if wait_s:
            raise Refused("rate_limited", retry_after=math.ceil(wait_s))

    async def _replayed(self, kept: KeptRoom) -> Replayed:
        code = kept.row.room
        found = self._rooms.get(code)
        if found is None:
            records = await kept.records()
            try:
                found = await asyncio.to_thread(replayed_stops, kept.row, records)
            except NotOver:
                raise Refused("rule", "not_over_yet") from None
            except (UnknownEvent, ScenarioError) as error:  # of rules that are not here
                raise Refused("unavailable", "quarantined") from error
            self._rooms[code] = found
            self._let_go()
        self._rooms.move_to_end(code)
        return found

    def _let_go(self) -> None:
        """Forget what was asked for longest ago, while there is too much; the newest stays."""
        while len(self._rooms) > 1 and sum(found.hands for found in self._rooms.values()) > MOST_HANDS:
            self._rooms.popitem(last=False)
