"""The port: who may connect, what becomes of each connection, and how all of them end with the server.

Answers handshakes and plain requests, tells a connection too many when to come again, and stops within a bound
whatever the other sides do: who has asked for nothing is cut at once, everybody else is told 1012, and who does
not go then is cut. Sessions, pages and frames are others' to know.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Final

import attrs
import structlog
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.typing import Subprotocol

from makersphere_protocol.errors import Refused
from makersphere_protocol.messages import SUBPROTOCOL
from makersphere_server import metrics
from makersphere_server.clock import Clock
from makersphere_server.edge.carriers import Carriers
from makersphere_server.edge.connection_count import ConnectionCount
from makersphere_server.edge.forms import Forms
from makersphere_server.edge.http import Answer, Answered
from makersphere_server.edge.posts import Post
from makersphere_server.edge.responses import spoken
from makersphere_server.edge.rest import Rest
from makersphere_server.edge.service_manager import inherited_socket
from makersphere_server.edge.session import Session
from makersphere_server.edge.watchdog import Watched
from makersphere_server.edge.ws import CLOSE_S, Shared, Socket
from makersphere_server.load import RETRY_S
from makersphere_server.room.connections import turn_away
from makersphere_server.room.model.connection import ConnectionPort
from makersphere_server.settings import Settings

__all__ = ["Listener", "listen"]

_PING_S: Final = 5  # three of them pass at most until it is known that nobody is there any more
_TLS_S: Final = 4  # to agree on encryption: who has not is no connection yet, and in no count
_WRITE_LIMIT: Final = 65_536
_STOP_S: Final = CLOSE_S + 1.0
_CUT_S: Final = 1.0

_log = structlog.get_logger("makersphere.listener")


@attrs.frozen
class Listener:
    """A port that is listened on, and the connections that came by it."""

    _server: Server
    _sockets: set[Socket]
    _carriers: Carriers
    _rest: Rest
    _forms: Forms | None = None

    @property
    def port(self) -> int:
        """Return the port."""
        port: int = next(iter(self._server.sockets)).getsockname()[1]
        return port

    def playing(self) -> list[Watched]:
        """Return the connections that have shaken hands, and carriers; whoever loads a page is not among them."""
        sockets = [socket for socket in self._server.all_connections if isinstance(socket, Socket)]
        return [*sockets, *self._carriers.playing()]

    def refuse(self) -> None:
        """Take no new connections; whoever has just come still shakes hands, and is told to come again."""
        self._carriers.refuse()
        # The library would answer them 503, as if there were no such service; it asks this in a handshake alone.
        setattr(self._server, "is_serving", lambda: True)  # noqa: B010  (shadows a method)
        self._server.close(close_connections=False)

    async def close(self) -> None:
        """End every connection, and return when all are gone: in a bounded time, whatever the other sides do."""
        self._carriers.close()
        await self._rest.stop()
        if self._forms is not None:
            await self._forms.stop()
        for socket in list(self._sockets):
            socket.stop()
        if await self._is_closed_in(_STOP_S):
            return
        for socket in list(self._sockets):
            socket.transport.abort()
        for task in list(self._server.handler_tasks):  # one may wait for something else than its connection
            task.cancel()
        if not await self._is_closed_in(_CUT_S):
            _log.error("connections_left", connections=len(self._sockets))  # they go with the process

    async def _is_closed_in(self, seconds: float) -> bool:
        try:
            await asyncio.wait_for(self._server.wait_closed(), seconds)
        except TimeoutError:
            return False
        return True


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
    settings: Settings,
    clock: Clock,
    begin: Callable[[ConnectionPort], Session],
    answer: Answer,
    rest: Rest,
    encrypted: ssl.SSLContext | None = None,
    forms: Forms | None = None,
) -> Listener:
    """Listen for connections.

    Args:
        settings: where, and how many at most.
        clock: what time it is for people who are turned away.
        begin: makes the session of a new connection.
        answer: answers plain requests from an address, now or later; None where the handshake may go on.
        rest: answers posts by which other programs open rooms.
        encrypted: what connections are encrypted by; None: they are not.
        forms: answers posts of forms; None: there are none.

    Raises:
        OSError: the port is in use, or the address is not ours.
    """
    count = ConnectionCount(settings, settings.proxies)
    carriers = Carriers(settings, count, begin, frozenset(settings.origins))

    shared = Shared(settings, count, posts=_taker(carriers, rest, forms, count, answer))

    async def handle(connection: ServerConnection) -> None:
        if not isinstance(connection, Socket):
            raise TypeError("the server makes sockets")
        address = connection.address
        try:
            if shared.count.enter(address):
                await _converse(connection, begin(connection))
            else:
                full = Refused("unavailable", "busy", retry_after=RETRY_S)
                turn_away(connection, full, spoken(connection.request), clock.wall_ms())
        finally:
            shared.count.leave(address)

    def asked(connection: ServerConnection, request: Request) -> Answered:
        if not isinstance(connection, Socket):
            raise TypeError("the server makes sockets")
        connection.locate()
        return answer(request, connection.address)

    return Listener(await _serve(settings, shared, handle, asked, encrypted), shared.sockets, carriers, rest, forms)


def _taker(
    carriers: Carriers, rest: Rest, forms: Forms | None, count: ConnectionCount, answer: Answer
) -> Callable[[Post], None]:
    """Return what hands each post to whom it is for: to frames, to other programs, to forms, or to nobody."""

    def take(post: Post) -> None:
        path = post.path.partition("?")[0]
        if post.path in carriers:
            carriers.take(post)
        elif path in rest:
            rest.take(post, count.address(post.peer, post.request.headers.get_all("X-Forwarded-For")))
        elif forms is not None and path in forms:
            forms.take(post, count)
        elif isinstance(found := answer(post.request, post.peer), Response):
            post.refuse(found)

    return take


async def _serve(
    settings: Settings,
    shared: Shared,
    handle: Callable[[ServerConnection], Awaitable[None]],
    asked: Callable[[ServerConnection, Request], Answered],
    encrypted: ssl.SSLContext | None,
) -> Server:
    """Give the port to the library: the one that was opened for the server before it started, or one of its own."""
    opened = inherited_socket()
    return await serve(
        handle,
        None if opened else settings.host,
        None if opened else settings.port,
        sock=opened,
        create_connection=partial(Socket, shared=shared),  # type: ignore[arg-type]  # called like a class
        process_request=asked,
        subprotocols=[Subprotocol(SUBPROTOCOL)],
        server_header=None,
        ssl=encrypted,
        ssl_handshake_timeout=min(settings.request_s, _TLS_S) if encrypted else None,
        compression="deflate" if settings.compress else None,
        open_timeout=None,  # a connection may bring posts first: `Socket` itself sees to the time of a handshake
        ping_interval=_PING_S,
        ping_timeout=_PING_S,
        close_timeout=CLOSE_S,
        max_size=settings.frame_bytes,
        max_queue=8,
        write_limit=_WRITE_LIMIT,
    )
