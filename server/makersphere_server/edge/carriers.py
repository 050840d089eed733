"""All carriers of events and posts: who may open one, which one a key opens, and what a post has to be.

Answers `/carrier` and what is below it. A room's code in the path, as in `/carrier/CODE/up`, tells a proxy alone which
server has the room. The key travels in a header and the tokens in frames, never in an address. A page of another place
is held to the rule that holds for sockets, and the type of JSON is demanded, so that no form can post.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Final

import msgspec
from websockets.http11 import Response

from makersphere_protocol.errors import BadFrame, Close, ProtocolError, Refused
from makersphere_protocol.messages import SUBPROTOCOL
from makersphere_server import metrics
from makersphere_server.codes import new_token
from makersphere_server.edge.carrier import BEAT_S, Carrier, Carrying, Streamed, as_json
from makersphere_server.edge.connection_count import ConnectionCount
from makersphere_server.edge.polled import Polled
from makersphere_server.edge.posts import Post
from makersphere_server.edge.responses import is_from_ours, plain, refused
from makersphere_server.edge.session import Session
from makersphere_server.limits import Limits
from makersphere_server.load import RETRY_S
from makersphere_server.room.model.connection import ConnectionPort

__all__ = ["Carriers"]

_JSON: Final = "application/json"
_STREAM: Final = "text/event-stream"
_WITH_CODE: Final = re.compile(r"/carrier/\w{7}(?=/|$)", re.ASCII)


class _Up(msgspec.Struct, forbid_unknown_fields=True, rename={"from_": "from"}):
    """What a post brings: frames, and the number of the first."""

    from_: int
    frames: list[msgspec.Raw]


class _Poll(msgspec.Struct, forbid_unknown_fields=True):
    """What a request that waits says: how many frames have come."""

    after: int


_decode_up = msgspec.json.Decoder(_Up).decode
_decode_poll = msgspec.json.Decoder(_Poll).decode


class _NotThis(Exception):
    """A post is refused before any carrier hears of it."""

    def __init__(self, status: HTTPStatus, error: Refused) -> None:
        super().__init__(str(error))
        self.status, self.error = status, error


class Carriers:
    """The carriers that are open."""

    def __init__(
        self,
        limits: Limits,
        count: ConnectionCount,
        begin: Callable[[ConnectionPort], Session],
        origins: frozenset[str],
    ) -> None:
        """Begin with none.

        Args:
            limits: the server's bounds.
            count: how many connections there are; a carrier counts as one that plays.
            begin: makes the session of a new one.
            origins: other places whose pages may connect.
        """
        self._limits = limits
        self._count = count
        self._begin = begin
        self._origins = origins
        self._by_key: dict[str, Carrier] = {}
        self._shared = Carrying(limits, self._is_over)
        self._takes_more = True
        self._routes: Mapping[str, Callable[[Post, bytes], None]] = {
            "/carrier": self._open,
            "/carrier/up": self._up,
            "/carrier/poll": self._poll,
        }

    def __contains__(self, path: str) -> bool:
        """Return whether an address is one of ours."""
        return _without_code(path) in self._routes

    def playing(self) -> list[Carrier]:
        """Return those that are open."""
        return list(self._by_key.values())

    def refuse(self) -> None:
        """Take no new ones."""
        self._takes_more = False

    def close(self) -> None:
        """Tell everybody that the server restarts."""
        for carrier in self.playing():
            carrier.end(Close.RESTART, "the server restarts")

    def take(self, post: Post) -> None:
        """Answer a post, now or when there is something to say."""
        cors = b""
        try:
            cors = self._may_come(post)
            if post.method == "OPTIONS" and cors:
                post.refuse(_with(plain(post.request, HTTPStatus.NO_CONTENT), _ALLOWED + cors))
                return
            if post.method != "POST":
                post.refuse(plain(post.request, HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": "POST"}))
                return
            _check_type(post)
            self._routes[_without_code(post.path)](post, cors)
        except _NotThis as no:
            post.refuse(_with(refused(post.request, no.error, no.status), cors))
        except ProtocolError as error:
            status = HTTPStatus.CONFLICT if error.text in ("post_missing", "post_ahead") else None
            post.refuse(_with(refused(post.request, error, status), cors))

    def _may_come(self, post: Post) -> bytes:
        """Return the headers by which the page that asks may read the answer; one that may not ask is refused."""
        origin, host = post.field(b"origin"), post.field(b"host")
        if not is_from_ours(origin, host, self._origins):
            raise _NotThis(HTTPStatus.FORBIDDEN, Refused("unauthorised", "post_origin", "Origin"))
        if origin not in self._origins:
            return b""
        return f"Access-Control-Allow-Origin: {origin}\r\nVary: Origin\r\n".encode()

    def _open(self, post: Post, cors: bytes) -> None:
        request = post.request
        address = self._count.address(post.peer, request.headers.get_all("X-Forwarded-For"))
        if not self._takes_more:
            raise Refused("unavailable", "busy", retry_after=RETRY_S)
        if not self._count.enter(address):
            self._count.leave(address)
            raise Refused("unavailable", "busy", retry_after=RETRY_S)
        metrics.CONNECTIONS.inc()
        carrier: Carrier
        key = new_token()
        if _STREAM in post.field(b"accept"):
            carrier = Streamed(key, address, cors, self._shared, post)
        else:
            carrier = Polled(key, address, cors, self._shared)
            told = {"key": key, "beat": BEAT_S, "protocol": SUBPROTOCOL}
            post.answer(as_json(msgspec.json.encode(told), cors))
        self._by_key[key] = carrier
        carrier.begin(self._begin(carrier), post.body)

    def _up(self, post: Post, cors: bytes) -> None:
        carrier = self._found(post)
        try:
            brought = _decode_up(post.body)
        except (ValueError, RecursionError) as error:  # msgspec's errors are ValueErrors
            raise BadFrame(str(error), "frames") from None
        if brought.from_ < 1:
            raise BadFrame("numbers begin with 1", "from")
        wait_s = carrier.rests_s()
        if wait_s:
            raise Refused("rate_limited", retry_after=wait_s)
        carrier.take(brought.from_, [bytes(frame) for frame in brought.frames], post)

    def _poll(self, post: Post, cors: bytes) -> None:
        carrier = self._found(post)
        if not isinstance(carrier, Polled):
            raise Refused("bad_frame", "post_streamed", "key")
        try:
            asked = _decode_poll(post.body)
        except (ValueError, RecursionError) as error:
            raise BadFrame(str(error), "after") from None
        carrier.poll(asked.after, post)

    def _found(self, post: Post) -> Carrier:
        scheme, _, key = post.field(b"authorization").partition(" ")
        carrier = self._by_key.get(key.strip()) if scheme.lower() == "bearer" else None
        if carrier is None:
            raise Refused("unauthorised", "post_key", "key")
        return carrier

    def _is_over(self, carrier: Carrier) -> None:
        if self._by_key.pop(carrier.key, None) is not None:
            self._count.leave(carrier.address)
            metrics.CONNECTIONS.dec()


def _without_code(path: str) -> str:
    found = _WITH_CODE.match(path)
    return f"/carrier{path[found.end() :]}" if found else path


def _check_type(post: Post) -> None:
    if post.field(b"content-type").partition(";")[0].strip().lower() != _JSON:
        raise _NotThis(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, Refused("bad_frame", "post_type", "Content-Type"))


_ALLOWED: Final = (
    b"Access-Control-Allow-Methods: POST\r\nAccess-Control-Allow-Headers: Authorization, Content-Type\r\n"
    b"Access-Control-Max-Age: 600\r\n"
)


def _with(response: Response, lines: bytes) -> Response:
    """Return a response with further headers."""
    for line in filter(None, lines.decode("latin-1").split("\r\n")):
        name, _, value = line.partition(": ")
        response.headers[name] = value
    return response
