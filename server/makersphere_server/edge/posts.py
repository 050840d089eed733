"""Requests that are more than a GET, read by h11 from a connection that the WebSocket library has seen nothing of.

Answers one request at a time, each whole, of a bounded size and in a bounded time; what comes ahead of its turn waits,
up to a bound. A connection whose next request is a GET or HEAD goes back to the library, byte for byte
(docs/adr/0020-a-second-carrier.md). Knows no path and no frame.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

import attrs
import h11
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

from makersphere_protocol.errors import BadFrame, Refused
from makersphere_server import metrics
from makersphere_server.edge.connection_count import peer_of
from makersphere_server.edge.responses import plain, refused
from makersphere_server.limits import Limits

__all__ = ["ENVELOPE", "Post", "PostReader", "is_more_than_a_get"]

ENVELOPE: Final = 1_024  # bytes of a post beside the frames in it
_MOST_HEAD: Final = 16_384  # bytes of a request's line and headers
_MOST_AHEAD: Final = 16_384  # bytes that may come while a request is still being answered
_IDLE_S: Final = 75.0  # a little longer than proxies keep a connection that nothing is asked on
_LINGER_S: Final = 2.0  # for reading an answer that came before the request was whole
_GO_ON: Final = b"HTTP/1.1 100 Continue\r\n\r\n"


def is_more_than_a_get(data: bytes) -> bool:
    """Return whether a request that begins with these bytes is h11's: any method but GET and HEAD."""
    return data[:1].isupper() and data[:1] not in b"GH"


@attrs.define(eq=False)
class Post:
    """A request, whole, and the way to answer it.

    Attributes:
        method: POST, as a rule.
        path: what is asked, its query included.
        fields: headers by name in small letters; of several the last.
        body: what came with it.
        peer: the other end of the connection.
        gone: called if the connection is lost before the answer is whole.
        drained: called when a stream that was clogged takes more again.
    """

    method: str
    path: str
    fields: dict[bytes, bytes]
    body: bytes
    peer: str
    _raw: list[tuple[bytes, bytes]]
    _reader: PostReader
    gone: Callable[[], None] | None = None
    drained: Callable[[], None] | None = None

    @property
    def request(self) -> Request:
        """Return the request as pages know requests."""
        return _request(self.method, self.path, self._raw)

    @property
    def is_clogged(self) -> bool:
        """Return whether the other side has not read what was sent."""
        return self._reader.is_clogged

    def field(self, name: bytes) -> str:
        """Return a header, or ""."""
        return self.fields.get(name, b"").decode("latin-1")

    def refuse(self, response: Response) -> None:
        """Answer, and close the connection."""
        self._reader.answered(self, response.serialize(), keeps=False)

    def answer(self, data: bytes) -> None:
        """Answer in bytes; the connection may stay for another request."""
        self._reader.answered(self, data, keeps=True)

    def stream(self, head: bytes) -> asyncio.Transport:
        """Begin an answer that ends with the connection, and return what to write on."""
        return self._reader.streamed(head)


class PostReader:
    """Reads one connection's requests.

    Attributes:
        is_clogged: the other side has not read what was sent.
    """

    def __init__(
        self,
        transport: asyncio.Transport,
        limits: Limits,
        take: Callable[[Post], None],
        give_back: Callable[[bytes], None],
    ) -> None:
        """Begin with the first byte of a request that is more than a GET.

        Args:
            transport: of the connection.
            limits: how large and how slow a request may be.
            take: answers a request, now or later.
            give_back: takes the connection with the beginning of a request that is not ours.
        """
        self.is_clogged = False
        self._transport = transport
        self._peer = peer_of(transport)
        self._limits = limits
        self._take = take
        self._give_back = give_back
        self._loop = asyncio.get_running_loop()
        self._parser: h11.Connection | None = None
        self._head: h11.Request | None = None
        self._body: list[bytes] = []
        self._size = 0
        self._post: Post | None = None  # being answered
        self._keeps = False  # the other side may ask again on this connection
        self._ahead = b""
        self._is_busy = self._is_closing = self._told_to_go_on = False
        self._timer: asyncio.TimerHandle | None = None

    # -- from the connection

    def receive(self, data: bytes) -> None:
        """Take in what has come."""
        if self._is_closing:
            return
        if self._is_busy:
            self._ahead += data
            if len(self._ahead) > _MOST_AHEAD:
                self._transport.abort()
            return
        if self._parser is None:
            if not is_more_than_a_get(data):
                self._time(None)
                self._give_back(data)
                return
            self._begin()
        assert self._parser is not None  # noqa: S101  (it has begun)
        try:
            self._parser.receive_data(data)
            self._read(self._parser)
        except h11.RemoteProtocolError as error:
            self._is_broken(error)

    def lost(self) -> None:
        """Hear that the connection is gone."""
        self._is_closing = True
        self._time(None)
        post, self._post = self._post, None
        if post is not None and post.gone is not None:
            post.gone()

    def clogged(self) -> None:
        """Hear that the other side does not read."""
        self.is_clogged = True

    def flows(self) -> None:
        """Hear that it does again."""
        self.is_clogged = False
        if self._post is not None and self._post.drained is not None:
            self._post.drained()

    def stop(self) -> None:
        """End with the server: what is being sent is still sent."""
        if not self._is_closing:
            self._close()

    # -- reading

    def _begin(self) -> None:
        self._parser = h11.Connection(h11.SERVER, max_incomplete_event_size=_MOST_HEAD)
        self._head, self._body, self._size, self._told_to_go_on = None, [], 0, False
        self._time(self._limits.request_s, self._too_slow)

    def _read(self, parser: h11.Connection) -> None:
        while not self._is_closing:
            event = parser.next_event()
            if isinstance(event, h11.Request):
                self._head = event
                self._size = _declared(event)
                if self._size > self._most:
                    self._too_large()
                self._size = 0
            elif isinstance(event, h11.Data):
                self._body.append(bytes(event.data))
                self._size += len(event.data)
                if self._size > self._most:
                    self._too_large()
            elif isinstance(event, h11.EndOfMessage):
                self._is_whole(parser)
                return
            else:
                if parser.they_are_waiting_for_100_continue and not self._told_to_go_on:
                    self._told_to_go_on = True
                    self._transport.write(_GO_ON)
                return

    @property
    def _most(self) -> int:
        return self._limits.frame_bytes + ENVELOPE

    def _is_whole(self, parser: h11.Connection) -> None:
        head = self._head
        assert head is not None  # noqa: S101  (what ends has begun)
        self._time(None)
        self._keeps = parser.their_state is h11.DONE
        self._ahead, self._parser, self._is_busy = parser.trailing_data[0], None, True
        raw = list(head.headers)
        method, path = head.method.decode("ascii"), head.target.decode("ascii", "replace")
        self._post = Post(method, path, dict(raw), b"".join(self._body), self._peer, raw, self)
        self._take(self._post)

    # -- what comes to nothing

    def _asked(self) -> Request:
        if self._head is None:
            return Request("/", Headers())
        return _request(self._head.method.decode("ascii"), "/", list(self._head.headers))

    def _too_large(self) -> None:
        metrics.LIMITED.labels("frame_bytes").inc()
        error = Refused("bad_frame", "post_too_large", "frames", most=self._most)
        self._give_up(refused(self._asked(), error, HTTPStatus.REQUEST_ENTITY_TOO_LARGE))

    def _too_slow(self) -> None:
        metrics.LIMITED.labels("request_s").inc()
        error = Refused("bad_frame", "post_slow", seconds=self._limits.request_s)
        self._give_up(refused(self._asked(), error, HTTPStatus.REQUEST_TIMEOUT))

    def _is_broken(self, error: h11.RemoteProtocolError) -> None:
        status = HTTPStatus(error.error_status_hint)
        if self._head is not None:
            self._give_up(refused(self._asked(), BadFrame(str(error)), status))
        elif status is HTTPStatus.BAD_REQUEST:
            self._transport.abort()  # no request at all: nothing of the server is said
        else:
            self._give_up(plain(self._asked(), status))

    def _give_up(self, response: Response) -> None:
        """Answer before the request is whole; what still comes of it is thrown away, so that the answer is read."""
        self._transport.write(response.serialize())
        self._is_closing = True
        if self._transport.can_write_eof():
            self._transport.write_eof()
        self._time(_LINGER_S, self._transport.abort)

    # -- answering

    def answered(self, post: Post, data: bytes, *, keeps: bool) -> None:
        """Send an answer, and go on with the next request or close; an answer that is too late is dropped."""
        if self._post is not post or self._is_closing:
            return
        self._post = None
        self._transport.write(data)
        if not (keeps and self._keeps):
            self._close()
        elif self._ahead:
            self._loop.call_soon(self._go_on)
        else:
            self._is_busy = False
            self._time(_IDLE_S, self._close)

    def streamed(self, head: bytes) -> asyncio.Transport:
        """Begin an answer that ends with the connection."""
        self._transport.write(head)
        return self._transport

    def _go_on(self) -> None:
        ahead, self._ahead, self._is_busy = self._ahead, b"", False
        self.receive(ahead)

    def _close(self) -> None:
        self._is_closing = True
        self._transport.close()
        self._time(_LINGER_S, self._transport.abort)

    def _time(self, seconds: float | None, then: Callable[[], None] | None = None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.call_later(seconds, then) if seconds is not None and then is not None else None


def _declared(head: h11.Request) -> int:
    sizes = [int(value) for name, value in head.headers if name == b"content-length"]  # h11 has seen that it is one
    return max(sizes, default=0)


def _request(method: str, path: str, raw: list[tuple[bytes, bytes]]) -> Request:
    headers = Headers([(name.decode("latin-1"), value.decode("latin-1")) for name, value in raw])
    return Request(path, headers, method)
