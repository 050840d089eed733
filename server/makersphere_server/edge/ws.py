"""Frames on a socket: this file and the listener above it alone know the WebSocket library.

Hands messages to a session, and sends frames without waiting; a connection that has stopped reading is cut by the
watchdog. Nothing on the room's path awaits a connection.

A message that came in one frame goes to the session at once, on the way up from the transport; only what is
left (fragments, what came before the handler ran) takes the library's queue and a task switch. The library's parser is
not even asked where a read brings nothing but whole short text frames and it stands between two messages (why, and
what guards it: docs/adr/0014-the-websocket-fast-path.md). What is sent needs no masking, so a frame is a head and the
text, save where it is compressed.

A turn of the loop takes little of each connection, so that somebody who sends much waits for all others. The rest
stays in the kernel, and in the end with its sender. What is no whole message (pings, pongs, parts) has a budget of
its own, and whoever is slow to make a request is let go.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

import attrs
from websockets.asyncio.server import Server, ServerConnection
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.protocol import CONNECTING, OPEN, Event
from websockets.server import ServerProtocol
from websockets.streams import StreamReader
from websockets.typing import DataLike

from makersphere_protocol.errors import Close
from makersphere_server import metrics
from makersphere_server.edge.connection_count import ConnectionCount, peer_of
from makersphere_server.edge.posts import Post, PostReader, is_more_than_a_get
from makersphere_server.edge.responses import SECURITY, TOO_MANY
from makersphere_server.edge.session import Session
from makersphere_server.edge.turn_writer import TurnWriter
from makersphere_server.limits import Limits
from makersphere_server.rates import Bucket

try:
    from websockets.speedups import apply_mask
except ImportError:  # where the library came without its compiled part
    from websockets.utils import apply_mask

__all__ = ["CLOSE_S", "Shared", "Socket"]

CLOSE_S: Final = 2
_CONTROL_BURST_S: Final = 10  # so many seconds' worth of what is no message may come at once
_AT_A_TURN: Final = 2_048  # bytes that a turn of the loop reads from a connection: about thirty short commands
_TEXT: Final = 0x81  # the first byte of a text message in one frame, nothing compressed
_MASKED: Final = 0x80  # the bit that a client must set in the second one; the others are the size, or say where it is
_BETWEEN_FRAMES: Final = StreamReader.at_eof.__code__  # where the parser waits when it has read all that it was given


_SHORT: Final = tuple(bytes((_TEXT, size)) for size in range(126))  # the heads of short messages, by their size


def _framed(text: bytes) -> bytes:
    """Return a text message as a server sends it: whole, not masked (RFC 6455, 5.2)."""
    size = len(text)
    if size < 126:
        return _SHORT[size] + text
    if size < 65_536:
        return b"\x81\x7e" + size.to_bytes(2, "big") + text
    return b"\x81\x7f" + size.to_bytes(8, "big") + text


@attrs.frozen
class Shared:
    """What all connections of a listener share.

    Attributes:
        limits: the server's bounds.
        count: how many connections there are.
        posts: answers requests that are more than a GET.
        sockets: those that are there, whatever they do.
        incoming: where what comes in goes first.
        writer: writes what they have been told.
    """

    limits: Limits
    count: ConnectionCount
    posts: Callable[[Post], None]
    sockets: set[Socket] = attrs.field(factory=set)
    incoming: memoryview = attrs.field(factory=lambda: memoryview(bytearray(_AT_A_TURN)))
    writer: TurnWriter = attrs.field(factory=lambda: TurnWriter(_framed))


class Socket(ServerConnection, asyncio.BufferedProtocol):
    """A WebSocket connection, as the game knows connections: a `ConnectionPort`."""

    def __init__(
        self,
        protocol: ServerProtocol,
        server: Server,
        *,
        shared: Shared,
        **kwargs: Any,  # noqa: ANN401  (the library's own arguments)
    ) -> None:
        """Begin with the handshake."""
        super().__init__(protocol, server, **kwargs)
        reject = protocol.reject
        setattr(protocol, "reject", lambda *answer: _secured(reject(*answer)))  # noqa: B010  (shadows a method)
        self.address = self._peer = ""
        self._shared = shared
        self._incoming = shared.incoming
        self._writer = shared.writer
        self._came_at = 0.0
        self._requesting: asyncio.TimerHandle | None = None
        self._shaking: asyncio.TimerHandle | None = None
        self._is_begun = False  # the library has been given the beginning of a request
        self._posts: PostReader | None = None  # reads this connection instead of the library
        control = shared.limits.control_per_s
        self._control = Bucket(control, control * _CONTROL_BURST_S)
        self.drained: Callable[[], None] | None = None
        self.is_ended = False
        self._was_heard = False  # since the last ping was due
        self._is_aside = False  # the library was between two messages, and has been given nothing since
        self._session: Session | None = None
        self._written = 0
        self._told: list[bytes] = []
        self._resting: asyncio.TimerHandle | None = None
        self._aborting: asyncio.TimerHandle | None = None

    def begin(self, session: Session) -> None:
        """Hand what comes in to a session from now on."""
        self._session = session

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin, if there are not too many already."""
        self._peer = self.address = peer_of(transport)
        self._came_at = self.loop.time()
        self._shared.sockets.add(self)
        super().connection_made(transport)
        if self._shared.count.come(self._peer):
            self._requesting = self.loop.call_later(self._shared.limits.request_s, self._too_slow)
            self._set_shaking(self._shared.limits.handshake_s)
        else:
            self.transport.write(TOO_MANY)
            self.transport.close()

    def _too_slow(self) -> None:
        metrics.LIMITED.labels("request_s").inc()
        self.transport.abort()

    def _set_shaking(self, seconds: float) -> None:
        if self._shaking is not None:
            self._shaking.cancel()
        self._shaking = self.loop.call_later(seconds, self._not_shaken)

    def _not_shaken(self) -> None:
        if self.protocol.state is CONNECTING and self._posts is None:
            self.transport.abort()

    def locate(self) -> None:
        """Find out where the connection comes from, now that its request is there."""
        self._made_request()
        forwarded = self.request.headers.get_all("X-Forwarded-For") if self.request is not None else ()
        self.address = self._shared.count.address(self._peer, forwarded)

    def _made_request(self) -> None:
        if self._requesting is not None:
            self._requesting.cancel()

    def get_buffer(self, sizehint: int) -> memoryview:
        """Return where the next bytes go: as many as a turn of the loop takes from one connection."""
        return self._incoming

    def buffer_updated(self, nbytes: int) -> None:
        """Take in what has come."""
        self._was_heard = True
        data = bytes(self._incoming[:nbytes])
        session, taken = self._session, 0
        if session is not None and (self._is_aside or self._is_between_messages()):
            self._is_aside = True
            taken = self._take_whole(data, session)
        if taken < nbytes:
            self._is_aside = False
            if self._is_begun:
                self.data_received(data[taken:])
            else:
                self._first_bytes(data)

    def _first_bytes(self, data: bytes) -> None:
        """Hand a request to whoever reads it; a connection may bring posts first and a handshake behind them."""
        if self._posts is None and is_more_than_a_get(data):
            self._made_request()
            self._posts = PostReader(self.transport, self._shared.limits, self._shared.posts, self._take_back)
        if self._posts is not None:
            self._posts.receive(data)
        else:
            self._is_begun = True
            self.data_received(data)

    def _take_back(self, data: bytes) -> None:
        """Go on with a request that is the library's, as if the connection had begun with it."""
        self._posts, self._is_begun = None, True
        self._came_at = self.loop.time()
        limits = self._shared.limits
        self._requesting = self.loop.call_later(limits.request_s, self._too_slow)
        self._set_shaking(limits.handshake_s)
        self.data_received(data)

    def eof_received(self) -> None:
        """Hear that nothing more comes in."""
        if self._posts is None:
            super().eof_received()

    def _is_between_messages(self) -> bool:
        """Return whether the library has no part of a message, and would take the next one as it is."""
        protocol = self.protocol
        if protocol.state is not OPEN or protocol.extensions or protocol.current_size is not None:
            return False
        inner = getattr(protocol.parser, "gi_yieldfrom", None)  # the frames', to which the handshake's has handed over
        waiting = getattr(inner, "gi_yieldfrom", None)
        return getattr(waiting, "gi_code", None) is _BETWEEN_FRAMES and not len(self.recv_messages.frames)

    def _take_whole(self, data: bytes, session: Session) -> int:
        """Hand on the whole text messages that the data begins with; return how many bytes they took."""
        at, end = 0, len(data)
        while end - at > 8 and data[at] == _TEXT and self.protocol.state is OPEN:
            size, body = data[at + 1] - _MASKED, at + 6
            if size == 126:
                size, body = int.from_bytes(data[at + 2 : at + 4], "big"), at + 8
            elif not 0 <= size < 126:
                break
            if body + size > end or size > (self.protocol.max_message_size or size):
                break
            session.receive(apply_mask(data[body : body + size], data[body - 4 : body]))
            at = body + size
        return at

    def process_event(self, event: Event) -> None:
        """Take a whole message straight to the session."""
        session = self._session
        if (
            session is not None
            and isinstance(event, Frame)
            and event.opcode is Opcode.TEXT
            and event.fin
            and not len(self.recv_messages.frames)
        ):
            session.receive(bytes(event.data))
        elif not isinstance(event, Frame) or event.opcode is Opcode.CLOSE or self._takes(event):
            super().process_event(event)

    def _takes(self, frame: Frame) -> bool:
        """Return whether a frame is taken; what is no whole text message has a budget, and a flood of it ends here."""
        if self.is_ended:
            return False
        if frame.opcode is Opcode.TEXT and frame.fin:
            return True
        if self._control.take(int(self.loop.time() * 1_000)):
            metrics.LIMITED.labels("control_per_s").inc()
            self.end(Close.FLOODING, "too many pings, pongs or parts of messages")
            return False
        return True

    async def ping(self, data: DataLike | None = None) -> Awaitable[float]:
        """Ask the other side whether it is there, unless it has sent something since the last time."""
        if not self._was_heard:
            return await super().ping(data)
        self._was_heard = False
        heard: asyncio.Future[float] = self.loop.create_future()
        heard.set_result(0.0)
        return heard

    def resume_writing(self) -> None:
        """Call whoever held frames back: the connection takes more again."""
        super().resume_writing()
        if self._posts is not None:
            self._posts.flows()
        if self.drained is not None:
            self.drained()

    def pause_writing(self) -> None:
        """Hold frames back: the connection takes no more now."""
        super().pause_writing()
        if self._posts is not None:
            self._posts.clogged()

    # -- as a `ConnectionPort`

    def tell(self, frame: bytes) -> None:
        """Hand a frame to the connection, to be written with all others of this turn; on a closed one it is dropped."""
        if not self._told:
            self._writer.add(self)
        if not self.protocol.extensions:
            self._told.append(self._writer.framed(frame))
        elif self.protocol.state is OPEN:
            self.protocol.send_text(frame)
            self._told += self.protocol.data_to_send()

    def write_told(self) -> None:
        """Write the frames of this turn at once; what was told to a connection that has closed meanwhile is dropped."""
        told = self._told[0] if len(self._told) == 1 else b"".join(self._told)
        self._told.clear()
        if self.protocol.state is OPEN:
            self._written += len(told)
            self.transport.write(told)

    def is_open(self) -> bool:
        """Return whether frames can still be sent."""
        return self.protocol.state is OPEN

    def is_clogged(self) -> bool:
        """Return whether the other side has not read what was sent."""
        return self.paused

    def rest(self, ms: int) -> None:
        """Read nothing for a while: what still comes waits with its sender."""
        if self._resting is None:
            self.transport.pause_reading()
            self._resting = self.loop.call_later(ms / 1000, self._read_on)

    def _read_on(self) -> None:
        self._resting = None
        if not self.is_ended:
            self.transport.resume_reading()

    def end(self, code: int, reason: str) -> None:
        """Say why and close; cut if the other side does not answer. A sender who floods is not even heard out."""
        self.is_ended = True
        if code == Close.FLOODING:
            self.transport.pause_reading()
        if self.protocol.state is OPEN:
            self.write_told()
            self.protocol.send_close(code, reason)
            self.send_data()
            self._aborting = self.loop.call_later(CLOSE_S, self.transport.abort)
        elif self.protocol.state is CONNECTING:  # frames came before there was a handshake
            self.transport.abort()

    def stop(self) -> None:
        """End with the server: whoever has made no request is cut, a page is still sent."""
        if self.protocol.state is OPEN:
            self.end(Close.RESTART, "the server restarts")
        elif self._posts is not None:
            self._posts.stop()
        elif self.request is None:
            self.transport.abort()

    def cut(self) -> None:
        """Cut the connection."""
        self.is_ended = True
        metrics.CUT.inc()
        self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Let the session know."""
        self._shared.sockets.discard(self)
        self._made_request()
        if self._shaking is not None:
            self._shaking.cancel()
        if self._posts is not None:
            self._posts.lost()
        if self._aborting is not None:
            self._aborting.cancel()
        self._shared.count.go(self._peer)
        is_late = self.loop.time() - self._came_at >= self._shared.limits.handshake_s
        if self._session is None and self._posts is None and is_late:
            metrics.LIMITED.labels("handshake_s").inc()
        if self.protocol.close_sent is not None and self.protocol.close_sent.code == Close.FRAME_TOO_LARGE:
            metrics.LIMITED.labels("frame_bytes").inc()
        super().connection_lost(exc)
        if self._session is not None:
            self._session.lost()

    # -- for the watchdog

    @property
    def backlog(self) -> int:
        """Return how many bytes the other side has not taken."""
        return self.transport.get_write_buffer_size()

    @property
    def taken(self) -> int:
        """Return how many bytes the other side has taken, more or less."""
        return self._written - self.backlog


def _secured(response: Response) -> Response:
    """Return a response that the library made, with the headers of all of ours."""
    for name, value in SECURITY.items():
        response.headers[name] = value
    return response
