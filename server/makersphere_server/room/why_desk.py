"""Where somebody who says why a finished game went as it did finds a room, and hands in what has been made.

Answers whether a room's game waits for it and how large it is. It only reads: what is handed in goes through the inbox.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from makersphere_server.room.model.inbox import Inbox
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.why import WhyMoved
from makersphere_server.storage.event_log import RoomRow

__all__ = ["WhyDesk"]


class WhyDesk:
    """One room as it stands in memory now; a room that was read again has another desk."""

    def __init__(self, live: LiveRoom, inbox: Inbox) -> None:
        """Look at a live room."""
        self._live = live
        self._inbox = inbox

    @property
    def row(self) -> RoomRow:
        """Return the room's founding."""
        return self._live.row

    @property
    def seq(self) -> int:
        """Return how many records the game has as it stands here."""
        return self._live.seq

    @property
    def is_played(self) -> bool:
        """Return whether people play here now."""
        return self._live.is_running and not self._live.standing.is_still

    @property
    def is_wanted(self) -> bool:
        """Return whether the game is over and has not been told whole; one whose dice another plays with never is."""
        live = self._live
        return live.state.game.status == "over" and live.why.is_open and not live.settings.keeps_seed

    @property
    def is_new(self) -> bool:
        """Return whether nobody in the room has been told yet that it will be."""
        return self.is_wanted and not self._live.why.status

    @property
    def size(self) -> int:
        """Return how much there is to play: seats by seasons."""
        return len(self._live.seats.numbers) * self._live.state.game.seasons

    @property
    def told(self) -> frozenset[int]:
        """Return the numbers of the moments that have been told."""
        return frozenset(map(int, self._live.why.moments))

    @property
    def of(self) -> int:
        """Return how many moments there will be, as far as that was told."""
        return self._live.why.of

    def say(self, status: str, of: int = 0, moment: Mapping[str, Any] | None = None) -> None:
        """Hand in how far it is."""
        self._inbox.put(WhyMoved(status=status, of=of, moment=moment))
