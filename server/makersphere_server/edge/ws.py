"""Frames on a socket: the one file that knows the WebSocket library.

Answers handshakes, hands messages to a session, and sends frames without waiting; a connection that has stopped
reading is cut by the watchdog. Nothing on the room's path awaits a connection.

A message that came in one frame goes to the session at once, on the way up from the transport; only what is
left (fragments, what came before the handler ran) takes the library's queue and a task switch. The library's parser is
not even asked where a read brings nothing but whole short text frames and it stands between two messages (why, and
what guards it: docs/adr/0014-the-websocket-fast-path.md). What is sent needs no masking, so a frame is a head and the
text, save where it is compressed.

A turn of the loop takes little of each connection, so that somebody who sends much waits for all others. The rest
stays in the kernel, and in the end with its sender.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import lru_cache, partial
from typing import Any, Final

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode
from websockets.http11 import Request, Response
from websockets.protocol import OPEN, Event
from websockets.server import ServerProtocol
from websockets.streams import StreamReader
from websockets.typing import DataLike, Subprotocol

from makersphere_protocol.errors import Close
from makersphere_protocol.messages import SUBPROTOCOL
from makersphere_server import metrics
from makersphere_server.edge.connection_count import ConnectionCount, address_of
from makersphere_server.edge.http import SECURITY, Answer, Answered
from makersphere_server.edge.session import Session
from makersphere_server.settings import Settings

try:
    from websockets.speedups import apply_mask
except ImportError:  # where the library came without its compiled part
    from websockets.utils import apply_mask

__all__ = ["Socket", "listen"]

_PING_S: Final = 5  # three of them pass at most until it is known that nobody is there any more
_CLOSE_S: Final = 2
_WRITE_LIMIT: Final = 65_536
_AT_A_TURN: Final = 2_048  # bytes that a turn of the loop reads from a connection: about thirty short commands
_TEXT: Final = 0x81  # the first byte of a text message in one frame, nothing compressed
_MASKED: Final = 0x80  # the bit that a client must set in the second one; the others are the size, or say where it is
_BETWEEN_FRAMES: Final = StreamReader.at_eof.__code__  # where the parser waits when it has read all that it was given


@lru_cache(maxsize=4)  # a room tells the same to hundreds, one after the other
def _framed(text: bytes) -> bytes:
    """Return a text message as a server sends it: whole, not masked (RFC 6455, 5.2)."""
    size = len(text)
    if size < 126:
        return bytes((_TEXT, size)) + text
    if size < 65_536:
        return b"\x81\x7e" + size.to_bytes(2, "big") + text
    return b"\x81\x7f" + size.to_bytes(8, "big") + text


class _TurnWriter:
    """Writes, at the end of the loop's turn, what connections have been told in it: each write asks the system once."""

    def __init__(self) -> None:
        self._sockets: list[Socket] = []

    def add(self, socket: Socket) -> None:
        """Have something to be written for a connection."""
        if not self._sockets:
            socket.loop.call_soon(self._write)
        self._sockets.append(socket)

    def _write(self) -> None:
        sockets, self._sockets = self._sockets, []
        for socket in sockets:
            socket.write_told()


class Socket(ServerConnection, asyncio.BufferedProtocol):
    """A WebSocket connection, as the game knows connections: a `ConnectionPort`."""

    def __init__(
        self,
        protocol: ServerProtocol,
        server: Server,
        *,
        connection_count: ConnectionCount,
        handshake_s: int,
        incoming: memoryview,
        writer: _TurnWriter,
        **kwargs: Any,  # noqa: ANN401  (the library's own arguments)
    ) -> None:
        """Begin with the handshake; what comes in comes by way of `incoming`, which all connections share."""
        super().__init__(protocol, server, **kwargs)
        reject = protocol.reject
        setattr(protocol, "reject", lambda *answer: _secured(reject(*answer)))  # noqa: B010  (shadows a method)
        self.address = self._peer = ""
        self._connection_count = connection_count
        self._handshake_s = handshake_s
        self._incoming = incoming
        self._writer = writer
        self._came_at = 0.0
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
        peer = transport.get_extra_info("peername")
        self._peer = self.address = peer[0] if isinstance(peer, tuple) else ""
        self._came_at = self.loop.time()
        super().connection_made(transport)
        if not self._connection_count.come(self._peer):
            self.transport.abort()

    def locate(self) -> None:
        """Find out where the connection comes from, now that its request is there."""
        forwarded = self.request.headers.get_all("X-Forwarded-For") if self.request is not None else ()
        self.address = address_of(self._peer, forwarded, self._connection_count.proxies)

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
            self.data_received(data[taken:])

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
        else:
            super().process_event(event)

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
        if self.drained is not None:
            self.drained()

    # -- as a `ConnectionPort`

    def tell(self, frame: bytes) -> None:
        """Hand a frame to the connection, to be written with all others of this turn; does nothing on a closed one."""
        if self.protocol.state is not OPEN:
            return
        if not self._told:
            self._writer.add(self)
        if self.protocol.extensions:
            self.protocol.send_text(frame)
            self._told += self.protocol.data_to_send()
        else:
            self._told.append(_framed(frame))

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
            self._aborting = self.loop.call_later(_CLOSE_S, self.transport.abort)

    def cut(self) -> None:
        """Cut the connection."""
        self.is_ended = True
        metrics.CUT.inc()
        self.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Let the session know."""
        if self._aborting is not None:
            self._aborting.cancel()
        self._connection_count.go(self._peer)
        if self._session is None and self.loop.time() - self._came_at >= self._handshake_s:
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


async def _converse(socket: Socket, session: Session) -> None:
    socket.begin(session)
    metrics.CONNECTIONS.inc()
    try:
        async for message in socket:
            session.receive(message)
    except (ConnectionClosed, UnicodeDecodeError):
        pass  # the session hears of it from the socket
    finally:
        metrics.CONNECTIONS.dec()


async def listen(settings: Settings, begin: Callable[[Socket], Session], answer: Answer) -> Server:
    """Listen for connections.

    Args:
        settings: where, and how many at most.
        begin: makes the session of a new connection.
        answer: answers plain requests from an address, now or later; None where the handshake may go on.

    Raises:
        OSError: the port is in use, or the address is not ours.
    """
    connection_count = ConnectionCount(settings, settings.proxies)
    incoming, writer = memoryview(bytearray(_AT_A_TURN)), _TurnWriter()  # shared by all connections
    shared = {"connection_count": connection_count, "incoming": incoming, "writer": writer}

    async def handle(connection: ServerConnection) -> None:
        if not isinstance(connection, Socket):
            raise TypeError("the server makes sockets")
        address = connection.address
        try:
            if connection_count.enter(address):
                await _converse(connection, begin(connection))
            else:
                connection.end(Close.TRY_LATER, "too many connections")
        finally:
            connection_count.leave(address)

    def asked(connection: ServerConnection, request: Request) -> Answered:
        if not isinstance(connection, Socket):
            raise TypeError("the server makes sockets")
        connection.locate()
        return answer(request, connection.address)

    return await serve(
        handle,
        settings.host,
        settings.port,
        create_connection=partial(Socket, handshake_s=settings.handshake_s, **shared),  # type: ignore[arg-type]  # called like a class
        process_request=asked,
        subprotocols=[Subprotocol(SUBPROTOCOL)],
        server_header=None,
        compression="deflate" if settings.compress else None,
        open_timeout=settings.handshake_s,
        ping_interval=_PING_S,
        ping_timeout=_PING_S,
        close_timeout=_CLOSE_S,
        max_size=settings.frame_bytes,
        max_queue=8,
        write_limit=_WRITE_LIMIT,
    )
