"""A room's frames on their way to the broker, in the form of a connection that watches and never answers.

Never waits and costs the room what one more watcher costs, whether there is a broker or not.
"""

from __future__ import annotations

from collections.abc import Callable

from makersphere_server.mqtt.handover import Handover

__all__ = ["Follower"]


class Follower:
    """One room's frames, on their way to the broker's thread.

    Attributes:
        drained: see `ConnectionPort`.
        is_ended: see `ConnectionPort`.
    """

    def __init__(self, room: str, handover: Handover, again: Callable[[], None], gone: Callable[[], None]) -> None:
        """Follow a room.

        Args:
            room: its id in the topics.
            handover: where frames are handed over.
            again: called when too much was missed, so that a whole table is needed.
            gone: called when the room is.
        """
        self.drained: Callable[[], None] | None = None
        self.is_ended = False
        self._room = room
        self._handover = handover
        self._again = again
        self._gone = gone

    @property
    def address(self) -> str:
        """Return no address: nothing comes from here."""
        return ""

    def tell(self, frame: bytes) -> None:
        """Hand a frame over."""
        self._handover.put(self._room, frame)

    def is_open(self) -> bool:
        """Return whether the room is still followed."""
        return not self.is_ended

    def is_clogged(self) -> bool:
        """Return whether as much waits as may wait."""
        return self._handover.is_full()

    def rest(self, ms: int) -> None:
        """Do nothing: nothing comes from here."""

    def end(self, code: int, reason: str) -> None:
        """Say that the room is gone."""
        if not self.is_ended:
            self.is_ended = True
            self._handover.put(self._room, b"")
            self._gone()

    def cut(self) -> None:
        """Ask for a whole table: the room no longer has all that was missed."""
        self._again()
