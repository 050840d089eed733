"""A class that plays like people: seats taken over the wire, whose choices come spread over a phase.

A room's own bots have all chosen within seconds of a phase's beginning, and a wall that is filmed with them moves only
between phases. Classmates are the standard bots of the public protocol, each with a name, who wait as people do.
"""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import attrs

from makersphere_bots.catalogue import policy
from makersphere_clients.load import human, play
from makersphere_clients.wire_bots import WireBot, seat_bots

__all__ = ["Classmates", "classmates"]

_NAMES: Final = (
    *("Ana", "Ben", "Chloe", "David", "Emil", "Fatima", "Giulia", "Hugo", "Ines", "Jonas", "Kofi", "Lena"),
    *("Marek", "Nadia", "Oskar", "Priya", "Quentin", "Rosa", "Samir", "Tereza", "Umar", "Vera", "Wei", "Ximena"),
    *("Yusuf", "Zoe", "Anouk", "Björn", "Carmen", "Dmitri", "Elif", "Farid", "Greta", "Hamid", "Iva", "Jun"),
    *("Katja", "Liam", "Mina", "Noor", "Olga", "Pavel", "Rania", "Stefan", "Tom", "Uma", "Viktor", "Wanda"),
    *("Yara", "Zlatan", "Agnes", "Boris", "Celia", "Darius", "Edda", "Felix", "Gabor", "Hana", "Igor", "Julia"),
)
_SEED: Final = 7
_SLOWNESS: Final = 2.0  # of people in a class, who also talk, beside those of a load test


@attrs.define
class Classmates:
    """People in all seats of a room.

    Attributes:
        are_slow: whether they think before they choose; without it they choose at once.
    """

    are_slow: bool = False
    _bots: list[WireBot] = attrs.Factory(list)

    async def come(self, url: str, room: str, seats: int) -> None:
        """Take the seats, one after another."""
        waits = human(random.Random(_SEED))
        where = f"{url.replace('http', 'ws', 1)}ws"

        def think() -> float:
            return _SLOWNESS * waits() if self.are_slow else 0.0

        for name in _NAMES[:seats]:
            self._bots += await seat_bots(where, room, [policy("standard")], str(_SEED), name=name, think=think)

    async def stay(self) -> None:
        """Play until the game ends."""
        await play(self._bots)

    async def go(self) -> None:
        """Close all connections."""
        await asyncio.gather(*(bot.connection.close() for bot in self._bots))


@contextmanager
def classmates(url: str, room: str, seats: int) -> Iterator[Classmates]:
    """Let people come into all seats and play, in a thread of their own; at its end they go."""
    people, loop = Classmates(), asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    asyncio.run_coroutine_threadsafe(people.come(url, room, seats), loop).result()
    playing = asyncio.run_coroutine_threadsafe(people.stay(), loop)
    try:
        yield people
    finally:
        playing.cancel()
        asyncio.run_coroutine_threadsafe(people.go(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
