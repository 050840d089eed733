"""A carrier whose way down is fetched: for where something on the way keeps a stream of events back until it ends.

What no request has confirmed is kept, since each answer may get lost by itself.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Final

import msgspec

from makersphere_protocol.errors import Refused
from makersphere_server.edge.carrier import CLOSE_S, Carrier, Carrying, as_json
from makersphere_server.edge.posts import Post

__all__ = ["Polled"]

_POLL_S: Final = 20.0
_CLOGGED: Final = 65_536
_AT_A_TIME: Final = 262_144  # bytes of frames in one answer


class Polled(Carrier):
    """A carrier whose way down is the answers to requests that wait: what no answer has confirmed is kept."""

    def __init__(self, key: str, address: str, cors: bytes, shared: Carrying) -> None:
        """Begin with nothing to be fetched."""
        super().__init__(key, address, cors, shared)
        self._kept: deque[bytes] = deque()
        self._kept_bytes = self._confirmed = self._confirmed_bytes = 0
        self._waiting: Post | None = None
        self._waking: asyncio.TimerHandle | None = None
        self._closing: dict[str, int | str] = {}

    def poll(self, after: int, post: Post) -> None:
        """Answer a request with what comes after a frame, now or when there is something.

        Args:
            after: how many frames have come by this way so far.
            post: the request; it takes the place of one that waits already.

        Raises:
            Refused: so many frames have not been sent.
        """
        if not self._confirmed <= after <= self._confirmed + len(self._kept):
            raise Refused("bad_frame", "post_ahead", "after", after=after, last=self._confirmed + len(self._kept))
        self.hear(is_new=after > self._confirmed)
        self._answer()
        while self._confirmed < after:
            size = len(self._kept.popleft())
            self._confirmed += 1
            self._confirmed_bytes += size
            self._kept_bytes -= size
        self._waiting = post
        post.gone = self._is_gone(post)
        if self._kept or self._closing:
            self._answer()
        else:
            self._waking = self._loop.call_later(_POLL_S, self._answer)
            if self.drained is not None:
                self.drained()

    def _is_gone(self, post: Post) -> Callable[[], None]:
        def gone() -> None:
            if self._waiting is post:
                self._waiting = None

        return gone

    def _answer(self) -> None:
        """Answer the request that waits, if there is one, with what there is."""
        if self._waking is not None:
            self._waking.cancel()
        post, self._waiting = self._waiting, None
        if post is None:
            return
        parts: list[bytes] = []
        size = 0
        for frame in self._kept:
            if parts and size + len(frame) > _AT_A_TIME:
                break
            parts.append(frame)
            size += len(frame)
        is_last = self._closing and len(parts) == len(self._kept)
        close = b',"close":' + msgspec.json.encode(self._closing) if is_last else b""
        body = b'{"last":%d,"frames":[%b]%b}' % (self._confirmed + len(parts), b",".join(parts), close)
        post.answer(as_json(body, self.cors))
        if is_last:
            self._loop.call_later(CLOSE_S, self.lost)

    def write_told(self) -> None:
        """Keep the frames of this turn, and answer a request that waits for some."""
        if not self._told:
            return
        self._kept += self._told
        self._kept_bytes += sum(len(frame) for frame in self._told)
        self._told.clear()
        self._answer()

    def is_clogged(self) -> bool:
        """Return whether the other side has not fetched what was told."""
        return self._kept_bytes > _CLOGGED

    def say_it_is_there(self) -> None:
        """Say nothing: a request that waits is answered in time."""

    def end(self, code: int, reason: str) -> None:
        """Keep why until it is fetched, for a while."""
        if not self.is_open():
            return
        self._kept += self._told
        self._told.clear()
        self.is_ended = True
        self._closing = {"code": int(code), "reason": reason}
        self._answer()
        self._loop.call_later(_POLL_S, self.lost)

    def let_go(self) -> None:
        """Answer a request that waits."""
        self._answer()

    @property
    def backlog(self) -> int:
        """Return how many bytes the other side has not confirmed."""
        return self._kept_bytes

    @property
    def taken(self) -> int:
        """Return how many bytes the other side has confirmed."""
        return self._confirmed_bytes
