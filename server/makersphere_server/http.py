"""Plain requests on the same port: the web client, health, metrics, the schema, texts, scenarios. GET and HEAD only.

Answers a request with a response, or lets the handshake of `/ws` go on. HTTP changes nothing here: every
change of state is a frame. Security headers stand on every response, errors included.
"""

from __future__ import annotations

import email.utils
from collections.abc import Callable, Iterable, Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Final

import msgspec
from websockets.datastructures import Headers, MultipleValuesError
from websockets.http11 import Request, Response
from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_accept_header
from werkzeug.routing import Map, Rule

from makersphere_protocol import schema, texts
from makersphere_protocol.codec import encode_tree
from makersphere_rules import shipped_decks
from makersphere_server import metrics
from makersphere_server.class_size import NO_SCENARIOS, ClassSizes
from makersphere_server.web import Asset

__all__ = ["SECURITY", "Pages"]

SECURITY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Content-Security-Policy": (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        ),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(self), geolocation=(), microphone=()",
    }
)
_FOR_EVER: Final = "public, max-age=31536000, immutable"
_MAP: Final = Map(
    [
        Rule("/ws", endpoint="ws"),
        Rule("/healthz", endpoint="healthz"),
        Rule("/readyz", endpoint="readyz"),
        Rule("/metrics", endpoint="metrics"),
        Rule("/api/schema", endpoint="schema"),
        Rule("/api/texts/<language>", endpoint="texts"),
        Rule("/api/decks", endpoint="decks"),
        Rule("/api/scenarios", endpoint="scenarios"),
        Rule("/api/scenarios/<name>/<int:people>", endpoint="class_size"),
        Rule("/", endpoint="asset", defaults={"path": ""}),
        Rule("/<path:path>", endpoint="asset"),
    ],
    redirect_defaults=False,
    merge_slashes=False,
)


class Pages:
    """Answers plain requests."""

    def __init__(
        self,
        assets: Mapping[str, Asset],
        is_ready: Callable[[], bool],
        origins: Iterable[str] = (),
        class_sizes: ClassSizes = NO_SCENARIOS,
    ) -> None:
        """Prepare.

        Args:
            assets: the web client's files by path.
            is_ready: whether rooms can be entered and played.
            origins: other places whose pages may connect.
            class_sizes: what can be played, and by whom.
        """
        self._assets = assets
        self._is_ready = is_ready
        self._origins = frozenset(origins)
        self._class_sizes = class_sizes
        self._schema = encode_tree(schema.frames())
        self._decks = msgspec.json.encode(shipped_decks.printed())

    def answer(self, request: Request) -> Response | None:
        """Return the response, or None where the WebSocket handshake may go on."""
        try:
            return self._answer(request)
        except MultipleValuesError:  # of a header that there can be one of
            return _plain(request, HTTPStatus.BAD_REQUEST)

    def _answer(self, request: Request) -> Response | None:
        path = request.path.partition("?")[0]
        if request.method not in ("GET", "HEAD"):
            return _plain(request, HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": "GET, HEAD"})
        try:
            endpoint, values = _MAP.bind("").match(path)
        except HTTPException:
            return _plain(request, HTTPStatus.NOT_FOUND)
        match endpoint:
            case "ws":
                return self._handshake(request)
            case "healthz":
                return _plain(request, HTTPStatus.OK)
            case "readyz":
                ready = self._is_ready()
                return _plain(request, HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE)
            case "metrics":
                return _respond(request, HTTPStatus.OK, metrics.exposition(), metrics.CONTENT_TYPE)
            case "schema":
                return _respond(request, HTTPStatus.OK, self._schema, "application/json")
            case "texts":
                learnt = msgspec.json.encode(texts.learnt(texts.known(values["language"])))
                return _respond(request, HTTPStatus.OK, learnt, "application/json")
            case "decks":
                return _respond(request, HTTPStatus.OK, self._decks, "application/json")
            case "scenarios":
                return _tree(request, self._class_sizes.offered())
            case "class_size":
                return _tree(request, self._class_sizes.seated(values["name"], values["people"]))
            case _:
                return self._asset(request, f"/{values['path']}")

    def _handshake(self, request: Request) -> Response | None:
        if request.headers.get("Upgrade", "").lower() != "websocket":
            return _plain(request, HTTPStatus.UPGRADE_REQUIRED, headers={"Upgrade": "websocket"})
        origin = request.headers.get("Origin", "")
        own = origin.partition("://")[2] == request.headers.get("Host", "")
        if origin and not own and origin not in self._origins:
            return _plain(request, HTTPStatus.FORBIDDEN)
        return None

    def _asset(self, request: Request, path: str) -> Response:
        found = self._assets.get(path)
        if found is None:
            return _plain(request, HTTPStatus.NOT_FOUND)
        headers = {
            "ETag": found.etag,
            "Vary": "Accept-Encoding",
            "Cache-Control": _FOR_EVER if found.is_hashed else "no-cache",
        }
        if request.headers.get("If-None-Match", "") == found.etag:
            return _respond(request, HTTPStatus.NOT_MODIFIED, b"", "", headers)
        body = found.body
        accepted = parse_accept_header(", ".join(request.headers.get_all("Accept-Encoding")))
        if found.packed and accepted.quality("gzip") > 0:
            body = found.packed
            headers["Content-Encoding"] = "gzip"
        return _respond(request, HTTPStatus.OK, body, found.type, headers)


def _tree(request: Request, tree: object | None) -> Response:
    if tree is None:
        return _plain(request, HTTPStatus.NOT_FOUND)
    return _respond(request, HTTPStatus.OK, msgspec.json.encode(tree), "application/json")


def _plain(request: Request, status: HTTPStatus, headers: Mapping[str, str] | None = None) -> Response:
    return _respond(request, status, f"{status.phrase}\n".encode(), "text/plain; charset=utf-8", headers)


def _respond(
    request: Request, status: HTTPStatus, body: bytes, type_: str, headers: Mapping[str, str] | None = None
) -> Response:
    found = Headers()
    found["Date"] = email.utils.formatdate(usegmt=True)
    found["Connection"] = "close"
    if status is not HTTPStatus.NOT_MODIFIED:
        found["Content-Length"] = str(len(body))
        found["Content-Type"] = type_
    for name, value in {"Cache-Control": "no-store", **SECURITY, **(headers or {})}.items():
        found[name] = value
    return Response(status.value, status.phrase, found, b"" if request.method == "HEAD" else body)
