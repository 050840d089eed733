"""Frames by events and posts, for networks that let no WebSocket through: one session's way down and up.

A `Carrier` is a `ConnectionPort` like a socket. What goes up comes in posts whose frames are numbered, so that a post
that comes twice or late counts once. What comes down is a stream of events, or, where something on the way keeps a
stream back, an answer to a request that waits. Nothing on the room's path awaits a connection.
"""

from __future__ import annotations

import asyncio
import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Final

import attrs
import msgspec

from makersphere_protocol.errors import Close, Refused
from makersphere_server import metrics
from makersphere_server.edge.posts import Post
from makersphere_server.edge.responses import SECURITY
from makersphere_server.edge.session import Session
from makersphere_server.edge.turn_writer import TurnWriter
from makersphere_server.limits import Limits
from makersphere_server.rates import Bucket

__all__ = ["BEAT_S", "CLOSE_S", "Carrier", "Carrying", "Streamed", "as_json"]

BEAT_S: Final = 10  # a stream that says nothing so long says that it is there, and no proxy cuts it
_MISSED_BEATS: Final = 3  # whoever has sent nothing for so many of them is gone
CLOSE_S: Final = 2.0
_BURST_S: Final = 10  # so many seconds' worth of posts that bring nothing new may come at once
_KEEP_OFF: Final = b":" + b" " * 2_048 + b"\n\n"  # some programs on the way let nothing through before so much has come
_QUIET: Final = b":\n\n"


def _head(status: str, **fields: str) -> bytes:
    own = {name.replace("_", "-"): value for name, value in fields.items()}
    lines = {"Cache-Control": "no-store, no-transform", **SECURITY, **own}
    return "".join([f"HTTP/1.1 {status}\r\n", *(f"{name}: {value}\r\n" for name, value in lines.items())]).encode()


_TAKEN: Final = _head("204 No Content") + b"\r\n"
_JSON: Final = _head("200 OK", Content_Type="application/json")
_EVENTS: Final = _head(
    "200 OK", Content_Type="text/event-stream; charset=utf-8", X_Accel_Buffering="no", Connection="close"
)


def as_event(frame: bytes) -> bytes:
    """Return a frame as an event; JSON has no line breaks of its own."""
    return b"data: " + frame + b"\n\n"


def as_json(body: bytes, cors: bytes) -> bytes:
    """Return an answer of JSON."""
    return b"%b%bContent-Length: %d\r\n\r\n%b" % (_JSON, cors, len(body), body)


@attrs.frozen
class Carrying:
    """What all carriers of a listener share.

    Attributes:
        limits: the server's bounds.
        over: called with a carrier that is over, once.
        writer: writes what they have been told.
    """

    limits: Limits
    over: Callable[[Carrier], None]
    writer: TurnWriter = attrs.field(factory=lambda: TurnWriter(as_event))


class Carrier(ABC):
    """One session's carrier.

    Attributes:
        key: opens it, and is known to the one who opened it alone.
        address: where that one came from.
        cors: the headers by which a page of another place may read its answers.
    """

    def __init__(self, key: str, address: str, cors: bytes, shared: Carrying) -> None:
        """Begin with nothing taken and nothing told."""
        self.key, self.address, self.cors = key, address, cors
        self.drained: Callable[[], None] | None = None
        self.is_ended = False
        self._shared = shared
        self._loop = asyncio.get_running_loop()
        self._session: Session | None = None
        self._is_lost = False
        self._taken_up = 0  # frames from the client
        self._told: list[bytes] = []
        control = shared.limits.control_per_s
        self._control = Bucket(control, control * _BURST_S)
        self._rests_until = 0.0
        self._heard_at = self._loop.time()
        self._beating = self._loop.call_later(BEAT_S, self._beat)

    def begin(self, session: Session, first: bytes) -> None:
        """Hand the first frame to a session, and what comes in from now on."""
        self._session = session
        self._taken_up = 1
        session.receive(first)

    # -- up

    def take(self, number: int, frames: Sequence[bytes], post: Post) -> None:
        """Take in the frames of a post, those that have not come before, and answer it.

        Args:
            number: of the first of them; the first frame on a carrier is number 1.
            frames: in order.
            post: what brought them.

        Raises:
            Refused: frames before these are missing.
        """
        if number > self._taken_up + 1:
            raise Refused("bad_frame", "post_missing", "from", expected=self._taken_up + 1)
        self.hear(is_new=bool(new := frames[self._taken_up + 1 - number :]))
        session = self._session
        for frame in new:
            if session is None or self.is_ended:
                break
            self._taken_up += 1
            session.receive(frame)
        wait_s = self._rests_until - self._loop.time()
        if wait_s <= 0:
            post.answer(_taken(self.cors))
        else:
            self._loop.call_later(wait_s, post.answer, _taken(self.cors))

    def hear(self, *, is_new: bool) -> None:
        """Note that the other side is there; a flood of what says nothing else ends here."""
        now = self._loop.time()
        self._heard_at = now
        if not is_new and self._control.take(int(now * 1_000)):
            metrics.LIMITED.labels("control_per_s").inc()
            self.end(Close.FLOODING, "too many posts with nothing new in them")

    def rests_s(self) -> int:
        """Return for how many whole seconds nothing is taken in, 0 if something is."""
        return max(math.ceil(self._rests_until - self._loop.time()), 0)

    def _beat(self) -> None:
        now = self._loop.time()
        if now - self._heard_at > BEAT_S * _MISSED_BEATS:
            self.cut()
            return
        self._beating = self._loop.call_later(BEAT_S, self._beat)
        self.say_it_is_there()

    # -- as a `ConnectionPort`

    def tell(self, frame: bytes) -> None:
        """Hand a frame over, to be written with all others of this turn; where nobody is any more it is dropped."""
        if not self.is_open():
            return
        if not self._told:
            self._shared.writer.add(self)
        self._told.append(frame)

    def rest(self, ms: int) -> None:
        """Answer no post for a while, so that no other one comes."""
        self._rests_until = max(self._rests_until, self._loop.time() + ms / 1_000)

    def is_open(self) -> bool:
        """Return whether frames can still be sent."""
        return not (self.is_ended or self._is_lost)

    def cut(self) -> None:
        """Cut it."""
        self.is_ended = True
        metrics.CUT.inc()
        self.lost()

    def lost(self) -> None:
        """Let the session know that nobody is there any more."""
        if self._is_lost:
            return
        self._is_lost = True
        self._beating.cancel()
        self.let_go()
        self._shared.over(self)
        if self._session is not None:
            self._session.lost()

    @abstractmethod
    def write_told(self) -> None:
        """Send the frames of this turn."""

    @abstractmethod
    def is_clogged(self) -> bool:
        """Return whether the other side has not read what was sent."""

    @abstractmethod
    def end(self, code: int, reason: str) -> None:
        """Say why and close."""

    @abstractmethod
    def say_it_is_there(self) -> None:
        """Send something, so that nothing on the way takes a silent connection for a dead one."""

    @abstractmethod
    def let_go(self) -> None:
        """Let go of the connection below."""

    # -- for the watchdog

    @property
    @abstractmethod
    def backlog(self) -> int:
        """Return how many bytes the other side has not taken."""

    @property
    @abstractmethod
    def taken(self) -> int:
        """Return how many bytes the other side has taken, more or less."""


class Streamed(Carrier):
    """A carrier whose way down is a stream of events; it lives as long as that does."""

    def __init__(self, key: str, address: str, cors: bytes, shared: Carrying, post: Post) -> None:
        """Begin the stream with the key."""
        super().__init__(key, address, cors, shared)
        self._post = post
        self._written = 0
        self._transport = post.stream(_EVENTS + cors + b"\r\n" + _KEEP_OFF + _named("key", {"key": key}))
        post.gone = self.lost
        post.drained = self._flows

    def write_told(self) -> None:
        """Write the frames of this turn at once; what was told to a stream that has closed meanwhile is dropped."""
        framed = self._shared.writer.framed
        told = b"".join([framed(frame) for frame in self._told])
        self._told.clear()
        if self.is_open():
            self._write(told)

    def _write(self, data: bytes) -> None:
        self._written += len(data)
        self._transport.write(data)

    def _flows(self) -> None:
        if self.drained is not None:
            self.drained()

    def is_clogged(self) -> bool:
        """Return whether the other side has not read what was sent."""
        return self._post.is_clogged

    def say_it_is_there(self) -> None:
        """Send a comment."""
        if self.is_open():
            self._write(_QUIET)

    def end(self, code: int, reason: str) -> None:
        """Say why and close; cut if the other side does not read it."""
        if not self.is_open():
            return
        self.write_told()
        self._write(_named("close", {"code": int(code), "reason": reason}))
        self.is_ended = True
        self._transport.close()
        self._loop.call_later(CLOSE_S, self._transport.abort)

    def let_go(self) -> None:
        """Cut the stream."""
        self._transport.abort()

    @property
    def backlog(self) -> int:
        """Return how many bytes the other side has not taken."""
        return self._transport.get_write_buffer_size()

    @property
    def taken(self) -> int:
        """Return how many bytes the other side has taken, more or less."""
        return self._written - self.backlog


def _named(event: str, data: object) -> bytes:
    return b"event: %b\ndata: %b\n\n" % (event.encode(), msgspec.json.encode(data))


def _taken(cors: bytes) -> bytes:
    return _TAKEN if not cors else _TAKEN[:-2] + cors + b"\r\n"
