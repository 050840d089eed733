"""What a connection has been told of the room, and what it still has to be told.

Answers when a step is sent: at once, unless the connection is clogged. A clogged connection misses steps, and gets
what it has missed as one update when it can take frames again. An outbox holds no frames of its own: the room's ring
has them, so a stalled reader costs no memory.
"""

from __future__ import annotations

from makersphere_server.room.model.connection import ConnectionPort
from makersphere_server.room.model.feed import Feed

__all__ = ["Outbox"]


class Outbox:
    """One connection's place in the room's feed."""

    __slots__ = ("_feed", "connection", "number", "view")

    def __init__(self, feed: Feed, connection: ConnectionPort, view: int) -> None:
        """Begin with everything that has been shown so far known."""
        self._feed = feed
        self.connection = connection
        self.view = view
        self.number = feed.number
        connection.drained = self.catch_up
        feed.subscribe(self)

    def catch_up(self) -> None:
        """Send what is new for this view, if the connection can take it."""
        connection = self.connection
        if self.number == self._feed.number or connection.is_clogged():
            return
        frames = self._feed.frames_after(self.number, self.view)
        if frames is None:
            connection.cut()  # too far behind for the ring: it resumes, and gets a snapshot
            return
        self.number = self._feed.number
        for frame in frames:
            connection.tell(frame)

    def rewind(self, number: int) -> None:
        """Count only the steps up to `number` as told, and send the others: the connection has resumed."""
        self.number = number
        self.catch_up()

    def leave(self) -> None:
        """Be told nothing any more."""
        self.connection.drained = None
        self._feed.unsubscribe(self)
