"""Who is connected to a room, and how they are greeted, replaced and let go.

Answers whether anybody is there. A token is connected from one place at a time: the newer one wins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from makersphere_protocol.codec import encode, encode_tree, encode_welcome
from makersphere_protocol.errors import Close, ProtocolError
from makersphere_protocol.messages import PROTOCOL, Error, Resume, Welcome, You
from makersphere_protocol.texts import say
from makersphere_server.board import Board
from makersphere_server.feed import TABLE, Feed
from makersphere_server.inbox import Presence
from makersphere_server.outbox import Outbox
from makersphere_server.sitting import Sitting
from makersphere_server.wire import Wire
from makersphere_server.work import Arrival

__all__ = ["Audience", "turn_away"]


def turn_away(wire: Wire, error: ProtocolError, language: str, now: int) -> None:
    """Say why somebody may not stay and close the connection."""
    values = {"field": error.field, **error.values}
    message = say(language, f"refusal.{error.text}", values, say(language, f"refusal.{error.code}", values))
    wire.tell(encode(Error(error.code, message or str(error), now)))
    wire.end(error.close, error.code)


class Audience:
    """The connections of one room."""

    def __init__(self, feed: Feed, wall_ms: Callable[[], int]) -> None:
        """Begin with nobody."""
        self._feed = feed
        self._wall_ms = wall_ms
        self._outboxes: dict[Presence, Outbox] = {}
        self._by_token: dict[str, Presence] = {}
        self._table: tuple[int, bytes] = (-1, b"")

    def __iter__(self) -> Iterator[Presence]:
        """Return who is connected."""
        return iter(list(self._outboxes))

    def __contains__(self, presence: Presence) -> bool:
        """Return whether that very connection is still the room's."""
        return presence in self._outboxes

    def __len__(self) -> int:
        """Return how many are connected."""
        return len(self._outboxes)

    def count(self, kind: str) -> int:
        """Return how many of a kind are connected."""
        return sum(1 for presence in self._outboxes if presence.kind == kind)

    def has_token(self, token: str) -> bool:
        """Return whether that token is connected."""
        return token in self._by_token

    # -- coming

    def greet(self, arrival: Arrival, sitting: Sitting, board: Board) -> None:
        """Send the welcome, and follow the feed from there."""
        presence = arrival.presence
        older = self._by_token.get(presence.token)
        if older is not None:
            self._let_go(older, Close.REPLACED, "replaced by a newer connection")
        frame = arrival.enter.frame
        seen = self._seen(frame, sitting) if isinstance(frame, Resume) else None
        welcome = self._welcome(arrival, sitting, resumed=seen is not None)
        if seen is not None:
            presence.wire.tell(encode_welcome(welcome))
        else:
            hand = encode_tree(board.hand(presence.view)) if presence.view != TABLE else b""
            presence.wire.tell(encode_welcome(welcome, self._table_bytes(board), hand))
        outbox = self._outboxes[presence] = Outbox(self._feed, presence.wire, presence.view)
        if presence.token:
            self._by_token[presence.token] = presence
        if seen is not None:
            outbox.rewind(seen)
            outbox.catch_up()

    def _seen(self, frame: Resume, sitting: Sitting) -> int | None:
        if frame.seq is None or frame.epoch != sitting.epoch:
            return None
        return self._feed.number_before(frame.seq)

    def _table_bytes(self, board: Board) -> bytes:
        if self._table[0] != self._feed.number:
            self._table = (self._feed.number, encode_tree(board.table()))
        return self._table[1]

    def _welcome(self, arrival: Arrival, sitting: Sitting, *, resumed: bool) -> Welcome:
        presence = arrival.presence
        return Welcome(
            room=sitting.row.room,
            epoch=sitting.epoch,
            seq=sitting.seq,
            now=self._wall_ms(),
            you=You(presence.kind, max(presence.view, 0), presence.role, presence.member),
            protocol=PROTOCOL,
            seat_token=arrival.seat_token,
            host_token=arrival.host_token,
            resumed=resumed,
        )

    # -- going

    def leave(self, presence: Presence) -> bool:
        """Forget a connection that is gone; return whether it was still the room's."""
        outbox = self._outboxes.pop(presence, None)
        if outbox is None:
            return False
        outbox.leave()
        if self._by_token.get(presence.token) is presence:
            del self._by_token[presence.token]
        return True

    def cut(self, token: str, code: Close) -> None:
        """Close the connection of a token that opens nothing any more."""
        presence = self._by_token.get(token)
        if presence is not None:
            self._let_go(presence, code, code.name.lower())

    def close_all(self, code: Close, reason: str) -> None:
        """Close every connection."""
        for presence in self:
            self._let_go(presence, code, reason)

    def turn_all_away(self, error: ProtocolError) -> None:
        """Tell everybody why the room cannot go on, and close."""
        for presence in self:
            self.leave(presence)
            turn_away(presence.wire, error, presence.language, self._wall_ms())

    def _let_go(self, presence: Presence, code: Close, reason: str) -> None:
        self.leave(presence)
        presence.wire.end(code, reason)
