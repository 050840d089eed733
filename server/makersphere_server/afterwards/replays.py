"""Replays of rooms that are over, for everybody who was there: the few that were asked for last lie in memory.

Answers what a stop shows, or why not: a seat's token opens that seat's hand of then, a host's and none at all the table
that everybody saw. A log is gone through in a thread beside the loop, once; so is each answer, one at a time. How
often one reader may ask is bounded (`reading_pace.py`).
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import Final

from makersphere_protocol.errors import Refused
from makersphere_server.afterwards.downloads import FindKept, KeptRoom, refusing_what_cannot_be_told
from makersphere_server.afterwards.reading_pace import ReadingPace
from makersphere_server.afterwards.replaying import Replayed, replayed_stops

__all__ = ["Replays"]

MOST_HANDS: Final = 20_000  # in memory: eight games of ten seasons and 30 seats, or one of the largest


class Replays:
    """Shows games that are over from any of their stops."""

    def __init__(self, find: FindKept, pace: ReadingPace) -> None:
        """Prepare.

        Args:
            find: returns what the store has of a room.
            pace: to which readers are held.
        """
        self._find = find
        self._pace = pace
        self._one_at_a_time = asyncio.Lock()
        self._rooms: OrderedDict[str, Replayed] = OrderedDict()

    async def answer(self, room: str, token: str, address: str, step: int | None) -> bytes:
        """Return what a stop shows, as JSON; for None, which stops there are.

        Raises:
            ProtocolError: why not.
        """
        kept = await self._find(room, token, address, anyone=True)
        self._pace.take_turn(kept.reader, address)
        kept.check_open()
        async with self._one_at_a_time:
            replayed = await self._replayed(kept)
            if step is None:
                return replayed.listed()
            try:
                return await asyncio.to_thread(replayed.shown, step, kept.seat, kept.since)
            except IndexError:
                raise Refused("rule", "no_such_past", "step") from None

    async def _replayed(self, kept: KeptRoom) -> Replayed:
        code = kept.row.room
        found = self._rooms.get(code)
        if found is None:
            records = await kept.records()
            with refusing_what_cannot_be_told():
                found = await asyncio.to_thread(replayed_stops, kept.row, records)
            self._rooms[code] = found
            self._let_go()
        self._rooms.move_to_end(code)
        return found

    def _let_go(self) -> None:
        """Forget what was asked for longest ago, while there is too much; the newest stays."""
        while len(self._rooms) > 1 and sum(found.hands for found in self._rooms.values()) > MOST_HANDS:
            self._rooms.popitem(last=False)
