"""Builds of the server that are broken on purpose, each in one line of the corridor; some were the product once.

Each changes the server in the process that it runs in, and a few simulated hours have to find it out:

- `acks_refused`: what the store has refused is acknowledged.
- `stale_table`: who comes gets the table as it was for whoever came first in that second.
- `short_tail`: who comes back misses one step more than they have seen.
- `forgets_the_away`: a room that is read again follows nobody's hand any more (was so of those who were away).
- `whispers_aloud`: a host's words for one seat are told to all.
- `ids_by_token`: the same id counts once for each token, not once for the person (was so).
- `rounds_a_wait`: a rest of rounding has who comes back wait for ever (was so).
- `waits_at_stop`: a stop waits for whoever says nothing (was so).
- `dies_quietly`: a task ends with an error whenever somebody leaves.
- `knows_no_marks`: whoever comes back is taken for somebody of this history (was so).
- `keeps_the_epoch`: a room that had other records goes on in the same epoch.
- `waits_for_a_host`: a room that paused by itself waits for its host for ever.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from msgspec.structs import replace
from websockets.protocol import OPEN

from makersphere_protocol.codec import encode_tree
from makersphere_rules.seen.views import ordered
from makersphere_server.edge import session
from makersphere_server.edge.listener import Listener
from makersphere_server.edge.ws import Socket
from makersphere_server.rates import Bucket
from makersphere_server.room import joining
from makersphere_server.room.connections import Connections
from makersphere_server.room.model.batch import Batch
from makersphere_server.room.model.feed import Feed
from makersphere_server.room.model.inbox import Sent
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.room import Room
from makersphere_server.room.shown.room_view import RoomView
from makersphere_server.storage.event_log import StoreUnavailable

__all__ = ["BROKEN"]

_STALE_MS: Final = 1_000


def acks_refused() -> None:
    """Acknowledge what the store has refused."""
    honest = Room._commit

    async def commit(self: Room, batch: Batch, items: list[Any]) -> bool:
        log = self._log
        try:
            self._log = _Deaf(log)  # type: ignore[assignment]
            return await honest(self, batch, items)
        finally:
            self._log = log

    Room._commit = commit  # type: ignore[method-assign]


class _Deaf:
    """A log whose refusals nobody hears."""

    def __init__(self, log: Any) -> None:  # noqa: ANN401
        self._log = log

    async def append(self, *given: Any) -> str:  # noqa: ANN401
        try:
            return str(await self._log.append(*given))
        except StoreUnavailable:
            return ""


def stale_table() -> None:
    """Keep the table that is sent to newcomers for a second."""

    def table_bytes(self: Connections, room_view: RoomView) -> bytes:
        now = self._clock.now_ms()
        if not self._table[1] or now - self._table[0] > _STALE_MS:
            self._table = (now, encode_tree(ordered(room_view.table())))
        return self._table[1]

    Connections._table_bytes = table_bytes  # type: ignore[method-assign]


def short_tail() -> None:
    """Count one step more as known than is."""
    honest = Feed.number_before

    def number_before(self: Feed, seq: int, view: int) -> int | None:
        known = honest(self, seq, view)
        return known if known is None else min(known + 2, self.number)

    Feed.number_before = number_before  # type: ignore[method-assign]


def forgets_the_away() -> None:
    """Follow nobody's hand any more when the room is read again."""

    def followed(self: RoomView) -> tuple[int, ...]:
        return ()

    RoomView.followed = property(followed)  # type: ignore[assignment,method-assign]


def whispers_aloud() -> None:
    """Tell everybody what a host writes to one seat."""
    honest = Batch.tell

    def tell(self: Batch, text: str, seq: int, values: Mapping[str, int | str], audience: Iterable[int]) -> None:
        honest(self, text, seq, values, (0, *audience) if text == "messaged" else audience)

    Batch.tell = tell  # type: ignore[method-assign]


def ids_by_token() -> None:
    """Know a person's commands by the token that they hold now."""
    honest = session._sent

    def sent(frame: Any, presence: Any, connection: Any, now: int) -> Sent:  # noqa: ANN401
        return replace(honest(frame, presence, connection, now), author=presence.token)

    session._sent = sent


def rounds_a_wait() -> None:
    """Add before taking away, so that a rest is left."""

    def wait_s(self: Bucket, now_ms: int, n: int = 1) -> float:
        full_at = max(self._full_at_ms, now_ms) + n * self._each_ms
        return max(full_at - now_ms - self._burst_ms, 0.0) / 1000

    Bucket.wait_s = wait_s  # type: ignore[method-assign]


def waits_at_stop() -> None:
    """Wait at a stop until everybody has gone by themselves."""

    def stop(self: Socket) -> None:
        if self.protocol.state is OPEN:
            self.end(1012, "the server restarts")

    async def close(self: Listener) -> None:
        for socket in list(self._sockets):
            socket.stop()
        await self._server.wait_closed()

    Socket.stop, Listener.close = stop, close  # type: ignore[method-assign]


def dies_quietly() -> None:
    """Let a task end with an error that nobody looks at, whenever somebody leaves."""

    async def fall() -> None:
        raise RuntimeError("quietly")

    honest = session.Session.lost

    def lost(self: session.Session) -> None:
        honest(self)
        asyncio.get_running_loop().create_task(fall())

    session.Session.lost = lost  # type: ignore[method-assign]


def knows_no_marks() -> None:
    """Hold what somebody has seen against nothing."""
    joining.compare_history = lambda *_: False  # type: ignore[attr-defined]


def keeps_the_epoch() -> None:
    """Begin no epoch."""

    def begin_epoch(self: LiveRoom) -> None:
        """Do nothing."""

    LiveRoom.begin_epoch = begin_epoch  # type: ignore[method-assign]


def waits_for_a_host() -> None:
    """Never let a room go on that nobody leads."""

    def go_on_without_host(self: Connections) -> None:
        """Do nothing."""

    Connections.go_on_without_host = go_on_without_host  # type: ignore[method-assign]


BROKEN: Final[dict[str, Callable[[], None]]] = {
    "acks_refused": acks_refused,
    "dies_quietly": dies_quietly,
    "forgets_the_away": forgets_the_away,
    "ids_by_token": ids_by_token,
    "keeps_the_epoch": keeps_the_epoch,
    "knows_no_marks": knows_no_marks,
    "rounds_a_wait": rounds_a_wait,
    "short_tail": short_tail,
    "stale_table": stale_table,
    "waits_at_stop": waits_at_stop,
    "waits_for_a_host": waits_for_a_host,
    "whispers_aloud": whispers_aloud,
}
