"""How often one reader may ask what is shown of rooms of the past, replays and comparisons together, and take home.

Answers that a request has its turn, or after how long it may come again: whoever wanders goes on at a walking pace, and
a class that is led asks once each. Readers are told apart by their tokens, and without one by their network.
"""

from __future__ import annotations

import math
from typing import Final

from makersphere_protocol.errors import Refused
from makersphere_server.clock import Clock
from makersphere_server.rates import Bucket
from makersphere_server.room.model.addresses import network

__all__ = ["BURST", "PER_S", "PER_S_WITHOUT_TOKEN", "ReadingPace"]

PER_S: Final = 4
BURST: Final = 20
PER_S_WITHOUT_TOKEN: Final = 20  # from one network: the walls of a whole school
_MOST_READERS: Final = 5_000


class ReadingPace:
    """Holds readers to their pace."""

    def __init__(self, clock: Clock) -> None:
        """Begin with nobody held up."""
        self._clock = clock
        self._readers: dict[str, Bucket] = {}

    def take_turn(self, reader: str, address: str) -> None:
        """Count a request.

        Args:
            reader: the id of the token that was shown, or "".
            address: where it came from.

        Raises:
            Refused: it comes too early.
        """
        key = reader or network(address)
        if key not in self._readers:
            if len(self._readers) >= _MOST_READERS:
                self._readers.clear()
            per_s = PER_S if reader else PER_S_WITHOUT_TOKEN
            self._readers[key] = Bucket(per_s, BURST * per_s // PER_S)
        wait_s = self._readers[key].take(self._clock.now_ms())
        if wait_s:
            raise Refused("rate_limited", retry_after=math.ceil(wait_s))
