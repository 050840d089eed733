"""Frames on a socket: the one file that knows the WebSocket library.

Answers handshakes, hands messages to a session, sends frames without waiting, and cuts whoever has stopped
reading: the library's own keepalive waits for a blocked ping and never does. Nothing on the room's path
awaits a connection.

A message that came in one frame goes to the session at once, on the way up from the transport; only what is
left (fragments, what came before the handler ran) takes the library's queue and a task switch. What is sent
needs no masking and no extension, so a frame is a head and the text.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Any, Final, Protocol

import structlog
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.frames import Frame, Opcode
from websockets.http11 import Request, Response
from websockets.protocol import OPEN, Event
from websockets.typing import Subprotocol

from makersphere_protocol.codec import MAX_FRAME
from makersphere_protocol.errors import Close
from makersphere_protocol.messages import SUBPROTOCOL
from makersphere_server import metrics
from makersphere_server.clock import Clock, Handle
from makersphere_server.session import Session

__all__ = ["Socket", "Watchdog", "Watched", "listen"]

_OPEN_TIMEOUT_S: Final = 60  # also bounds how long a slow phone may take to load the page
_PING_S: Final = 7
_CLOSE_S: Final = 2
_WRITE_LIMIT: Final = 65_536
_LARGEST_BACKLOG: Final = 4 << 20  # several times the table of a room of 500

_log = structlog.get_logger("makersphere.ws")


def _head(size: int) -> bytes:
    """Return what goes before a text message of `size` bytes that a server sends: whole, not masked (RFC 6455, 5.2)."""
    if size < 126:
        return bytes((0x81, size))
    if size < 65_536:
        return b"\x81\x7e" + size.to_bytes(2, "big")
    return b"\x81\x7f" + size.to_bytes(8, "big")


class Socket(ServerConnection):
    """A WebSocket connection that is a wire of the game."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (the library's own arguments)
        """Begin with the handshake."""
        super().__init__(*args, **kwargs)
        self.drained: Callable[[], None] | None = None
        self.is_ended = False
        self._session: Session | None = None
        self._written = 0
        self._aborting: asyncio.TimerHandle | None = None

    def begin(self, session: Session) -> None:
        """Hand what comes in to a session from now on."""
        self._session = session

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

    def resume_writing(self) -> None:
        """Tell whoever held back."""
        super().resume_writing()
        if self.drained is not None:
            self.drained()

    # -- as a wire

    def tell(self, frame: bytes) -> None:
        """Hand a frame to the connection; does nothing on a closed one."""
        if self.protocol.state is OPEN:
            size = len(frame)
            self._written += size
            self.transport.write(_head(size) + frame)

    def is_open(self) -> bool:
        """Return whether frames can still be sent."""
        return self.protocol.state is OPEN

    def is_clogged(self) -> bool:
        """Return whether the other side has not read what was sent."""
        return self.paused

    def end(self, code: int, reason: str) -> None:
        """Say why and close; cut if the other side does not answer."""
        self.is_ended = True
        if self.protocol.state is OPEN:
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


class Watched(Protocol):
    """What the watchdog asks of a connection."""

    @property
    def backlog(self) -> int:
        """Return how many bytes wait to be taken."""
        ...

    @property
    def taken(self) -> int:
        """Return how many bytes have been taken so far."""
        ...

    def cut(self) -> None:
        """Cut the connection."""
        ...


class Watchdog:
    """Cuts connections that have taken nothing for a while, or have let too much pile up."""

    def __init__(self, connections: Callable[[], Iterable[Watched]], clock: Clock, stall_ms: int) -> None:
        """Prepare; `start` begins.

        Args:
            connections: those that are open.
            clock: to look around by.
            stall_ms: how long a connection may take nothing.
        """
        self._connections = connections
        self._clock = clock
        self._stall_ms = stall_ms
        self._seen: dict[Watched, tuple[int, int]] = {}  # taken so far, and since when
        self._alarm: Handle | None = None

    def start(self) -> None:
        """Look around now and then."""
        self._alarm = self._clock.call_later(max(self._stall_ms // 8, 20), self._look)

    def stop(self) -> None:
        """Look no more."""
        if self._alarm is not None:
            self._alarm.cancel()

    def _look(self) -> None:
        now = self._clock.now_ms()
        seen: dict[Watched, tuple[int, int]] = {}
        for connection in self._connections():
            backlog, taken = connection.backlog, connection.taken
            if not backlog:
                continue
            before, since = self._seen.get(connection, (-1, now))
            seen[connection] = (taken, since if before == taken else now)
            if now - seen[connection][1] >= self._stall_ms or backlog > _LARGEST_BACKLOG:
                _log.warning("connection_cut", backlog=backlog)
                connection.cut()
        self._seen = seen
        self.start()


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


async def listen(
    host: str,
    port: int,
    begin: Callable[[Socket], Session],
    answer: Callable[[Request], Response | None],
    *,
    most: int,
) -> Server:
    """Listen for connections.

    Args:
        host: address.
        port: port, or 0 for a free one.
        begin: makes the session of a new connection.
        answer: answers plain requests; None where the handshake may go on.
        most: how many connections may be open at once.

    Raises:
        OSError: the port is in use, or the address is not ours.
    """

    async def handle(connection: ServerConnection) -> None:
        if not isinstance(connection, Socket):
            raise TypeError("the server makes sockets")
        if len(connection.server.all_connections) > most:
            connection.end(Close.TRY_LATER, "too many connections")
        else:
            await _converse(connection, begin(connection))

    return await serve(
        handle,
        host,
        port,
        create_connection=Socket,
        process_request=lambda _, request: answer(request),
        subprotocols=[Subprotocol(SUBPROTOCOL)],
        server_header=None,
        compression=None,
        open_timeout=_OPEN_TIMEOUT_S,
        ping_interval=_PING_S,
        ping_timeout=_PING_S,
        close_timeout=_CLOSE_S,
        max_size=MAX_FRAME,
        max_queue=8,
        write_limit=_WRITE_LIMIT,
    )
