"""Plain requests on the same port: the web client, health, metrics, schema, texts, scenarios, downloads of hosts.

Answers a request with a response, at once or (downloads) when it is made, or lets the handshake of a socket go on. GET
and HEAD only: every change of state is a frame.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Awaitable, Callable, Mapping
from hmac import compare_digest
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final
from urllib.parse import parse_qs

import attrs
import msgspec
from websockets.datastructures import MultipleValuesError
from websockets.http11 import Request, Response
from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_accept_header
from werkzeug.routing import Map, Rule

from makersphere_protocol import openapi, schema, texts
from makersphere_protocol.codec import encode_tree
from makersphere_protocol.errors import ProtocolError, Refused
from makersphere_rules.ecosystem.table import printed_decks
from makersphere_server import metrics
from makersphere_server.afterwards.comparisons import Packed
from makersphere_server.afterwards.downloads import Downloads
from makersphere_server.afterwards.export_files import Download
from makersphere_server.afterwards.take_home.game import Shown
from makersphere_server.classes.comparisons import ALL_GAMES, LATEST_GAME, NO_GAME, ClassComparisons
from makersphere_server.edge.lan_address import is_of_this_machine, is_own, reach
from makersphere_server.edge.responses import bearer, by_https_alone, is_from_ours, plain, refused, respond, spoken
from makersphere_server.edge.static_files import Asset
from makersphere_server.lobby.class_size import NO_SCENARIOS, ClassSizes
from makersphere_server.settings import Settings

__all__ = ["Answer", "Answered", "Pages", "Show"]

Answered = Response | None | Awaitable[Response]  # now, not at all, or when it is made
# of a room, to a token or "", from an address, which step of it
Show = Callable[[str, str, str, int | None], Awaitable[bytes | Packed]]
Answer = Callable[[Request, str], Answered]  # to a request from an address

_DOWNLOADS: Final = ("debrief", "export", "take_home")
_SHOWN: Final = ("replay", "beside", "room", "class")  # of rooms of the past, and how one stands
_USUAL: Final = Settings()
_FAST: Final = 1  # of gzip: a third more bytes in a quarter of the time
# pages of the web client, typed or copied without the `#/` that leads to them
_TYPED: Final = re.compile(r"/(?:[jpcsrd]|class|rehearse|check|networks|rules|lesson|print)(?:/[\w.~%-]*)*", re.ASCII)
_FOR_EVER: Final = "public, max-age=31536000, immutable"
_MAP: Final = Map(
    [
        Rule("/ws", endpoint="ws"),
        Rule("/ws/<code>", endpoint="ws"),  # the same: by the code a proxy knows which server has the room
        Rule("/healthz", endpoint="healthz"),
        Rule("/readyz", endpoint="readyz"),
        Rule("/metrics", endpoint="metrics"),
        Rule("/api/address", endpoint="address"),
        Rule("/api/schema", endpoint="schema"),
        Rule("/api/texts/<language>", endpoint="texts"),
        Rule("/api/decks", endpoint="decks"),
        Rule("/api/scenarios", endpoint="scenarios"),
        Rule("/api/scenarios/<name>/<int:people>", endpoint="class_size"),
        Rule("/api/lessons/<name>", endpoint="lesson"),
        Rule("/api/rooms/<room>/debrief", endpoint="debrief"),
        Rule("/api/rooms/<room>/export", endpoint="export"),
        Rule("/api/rooms/<room>/home", endpoint="take_home"),
        Rule("/api/rooms/<room>/beside", endpoint="beside", defaults={"step": None}),
        Rule("/api/rooms/<room>/replay", endpoint="replay", defaults={"step": None}),
        Rule("/api/rooms/<room>/replay/<int:step>", endpoint="replay"),
        Rule("/api/classes/<room>/compare", endpoint="compare", defaults={"what": ""}),
        Rule("/api/classes/<room>/compare/<what>", endpoint="compare"),
        Rule(openapi.DOCUMENT, endpoint="openapi"),
        Rule(openapi.ROOMS, endpoint="opening"),
        Rule(openapi.CLASSES, endpoint="opening"),
        Rule(f"{openapi.ROOMS}/<room>", endpoint="room", defaults={"step": None}),
        Rule(f"{openapi.CLASSES}/<room>", endpoint="class", defaults={"step": None}),
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
        settings: Settings = _USUAL,
        class_sizes: ClassSizes = NO_SCENARIOS,
        downloads: Downloads | None = None,
        shows: Mapping[str, Show] = MappingProxyType({}),
        compares: ClassComparisons | None = None,
    ) -> None:
        """Prepare.

        Args:
            assets: the web client's files by path.
            is_ready: whether rooms can be entered and played.
            settings: where the server listens, by https or not, and whose word is taken.
            class_sizes: what can be played, and by whom.
            downloads: what hosts take home; None: there is nothing.
            shows: what is shown of rooms of the past by the last part of its path, and how a room or a class stands.
            compares: holds the tables of classes beside each other; None: nobody does.
        """
        self._assets = assets
        self._is_ready = is_ready
        self._origins = frozenset(settings.origins)
        self._class_sizes = class_sizes
        self._downloads = downloads
        self._shows = shows
        self._compares = compares
        self._host = settings.host
        self._metrics_token = settings.metrics_token
        self._is_encrypted = settings.tls_cert is not None
        self._is_heard = False  # whether another machine has ever asked for anything
        self._schema = encode_tree(schema.frames())
        self._openapi = encode_tree(openapi.document())
        self._decks = msgspec.json.encode(printed_decks.printed())

    def answer(self, request: Request, address: str = "") -> Answered:
        """Return the response, now or when it is made, or None where the WebSocket handshake may go on.

        Args:
            request: what is asked.
            address: where from.
        """
        try:
            found = self._answer(request, address)
        except MultipleValuesError:  # a header that a request may have only once
            found = plain(request, HTTPStatus.BAD_REQUEST)
        return _by_https_alone(request, found) if self._is_encrypted else found

    def _answer(self, request: Request, address: str) -> Answered:
        path = request.path.partition("?")[0]
        self._is_heard = self._is_heard or (bool(address) and not is_of_this_machine(address))
        try:
            endpoint, values = _MAP.bind("").match(path)
        except HTTPException:
            return plain(request, HTTPStatus.NOT_FOUND)
        if endpoint == "opening":
            return plain(request, HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": "POST"})
        if request.method not in ("GET", "HEAD"):
            return self._only_read(request, endpoint, values)
        if endpoint in _DOWNLOADS:
            return self._download(request, endpoint, values["room"], address)
        if endpoint == "metrics" and not self._may_read_metrics(request, address):
            return refused(request, Refused("unauthorised"))
        if endpoint in _SHOWN:
            return self._show(request, endpoint, values, address)
        if endpoint == "compare":
            return self._compare(request, values["room"], values["what"], address)
        if endpoint == "address":
            return _tree(request, self._address_for(request, address))
        return self._handshake(request) if endpoint == "ws" else self._page(request, endpoint, values)

    def _only_read(self, request: Request, endpoint: str, values: Mapping[str, Any]) -> Response:
        """Return that what is there can be read alone, or that there is nothing."""
        if endpoint == "asset" and f"/{values['path']}" not in self._assets:
            return plain(request, HTTPStatus.NOT_FOUND)
        return plain(request, HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": "GET, HEAD"})

    def _address_for(self, request: Request, address: str) -> dict[str, Any]:
        """Return where phones find this machine, to a page that was opened on it under a name of its own."""
        asked = request.headers.get("Host", "")
        name = (asked.rpartition(":")[0] or asked).strip("[]")
        if not (is_of_this_machine(name) and is_of_this_machine(address)):
            return {"address": ""}
        found = reach(self._host)
        others = [attrs.asdict(each) for each in found.others]
        taken = attrs.asdict(found.taken) if found.taken else None
        told = {"address": found.address, "why": found.why, "taken": taken, "others": others}
        return {**told, "heard": self._is_heard}

    def _may_read_metrics(self, request: Request, address: str) -> bool:
        """Return whether somebody asks from this machine, not by way of a web server in front, or shows the token."""
        if is_own(address) and "X-Forwarded-For" not in request.headers:
            return True
        shown = bearer(request)
        return bool(self._metrics_token) and compare_digest(shown.encode(), self._metrics_token.encode())

    def _page(self, request: Request, endpoint: str, values: Mapping[str, Any]) -> Response:
        match endpoint:
            case "healthz":
                return plain(request, HTTPStatus.OK)
            case "readyz":
                ready = self._is_ready()
                return plain(request, HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE)
            case "metrics":
                return respond(request, HTTPStatus.OK, metrics.exposition(), metrics.CONTENT_TYPE)
            case "schema":
                return respond(request, HTTPStatus.OK, self._schema, "application/json")
            case "openapi":
                return respond(request, HTTPStatus.OK, self._openapi, "application/json")
            case "texts":
                learnt = msgspec.json.encode(texts.learnt(texts.known(values["language"])))
                return respond(request, HTTPStatus.OK, learnt, "application/json")
            case "decks":
                return respond(request, HTTPStatus.OK, self._decks, "application/json")
            case "scenarios":
                return _tree(request, self._class_sizes.offered())
            case "lesson":
                return self._lesson(request, values["name"])
            case "class_size":
                return _tree(request, self._class_sizes.seated(values["name"], values["people"]))
            case _:
                return self._asset(request, f"/{values['path']}")

    def _lesson(self, request: Request, name: str) -> Response:
        """Return the lesson of a scenario that is offered; null where nobody has written one, which is no mistake."""
        if not self._class_sizes.offers(name):
            return plain(request, HTTPStatus.NOT_FOUND)
        body = msgspec.json.encode(self._class_sizes.lesson(name))
        return respond(request, HTTPStatus.OK, body, "application/json")

    def _handshake(self, request: Request) -> Response | None:
        if request.headers.get("Upgrade", "").lower() != "websocket":
            return plain(request, HTTPStatus.UPGRADE_REQUIRED, headers={"Upgrade": "websocket"})
        origin, host = request.headers.get("Origin", ""), request.headers.get("Host", "")
        if not is_from_ours(origin, host, self._origins):
            return plain(request, HTTPStatus.FORBIDDEN)
        return None

    def _asset(self, request: Request, path: str) -> Response:
        found = self._assets.get(path)
        if found is None and _TYPED.fullmatch(path):
            up = "../" * (path.count("/") - 1)  # so that it also holds behind a path of a web server in front
            return plain(request, HTTPStatus.FOUND, headers={"Location": f"{up or './'}#{path}"})
        if found is None:
            return plain(request, HTTPStatus.NOT_FOUND)
        headers = {
            "ETag": found.etag,
            "Vary": "Accept-Encoding",
            "Cache-Control": _FOR_EVER if found.is_hashed else "no-cache",
        }
        if request.headers.get("If-None-Match", "") == found.etag:
            return respond(request, HTTPStatus.NOT_MODIFIED, b"", "", headers)
        body = found.body
        if found.packed and _takes_gzip(request):
            body = found.packed
            headers["Content-Encoding"] = "gzip"
        return respond(request, HTTPStatus.OK, body, found.type, headers)

    def _show(self, request: Request, what: str, values: Mapping[str, Any], address: str) -> Answered:
        """Return what is shown of a room or a class; a token opens what is its seat's or its host's."""
        if what not in self._shows:
            return plain(request, HTTPStatus.NOT_FOUND)
        return _shown(request, self._shows[what](values["room"], bearer(request), address, values["step"]))

    def _compare(self, request: Request, code: str, what: str, address: str) -> Answered:
        """Return the tables of a class beside each other: as JSON, or as a file to take home."""
        if self._compares is None:
            return plain(request, HTTPStatus.NOT_FOUND)
        asked, token = _asked(request), bearer(request)
        beside = [each for each in asked.get("with", "").split(",") if each]
        game = _game(asked.get("game", ""))
        if not what:
            return _shown(request, self._compares.shown(code, token, address, beside, game))
        shown = Shown(asked.get("language", spoken(request)), asked.get("names", "1") != "0")
        return _served(request, self._compares.file(code, token, address, what, shown, beside, game))

    def _download(self, request: Request, what: str, room: str, address: str) -> Answered:
        """Return a file to whoever shows a token that opens it; to anybody else, the refusal."""
        token = bearer(request)
        if not token or self._downloads is None:
            return refused(request, Refused("unauthorised", "" if what == "take_home" else "hosts_get_this"))
        asked = _asked(request)
        match what:
            case "debrief":
                making = self._downloads.debrief(room, token, address)
            case "take_home":
                shown = Shown(asked.get("language", spoken(request)), asked.get("names", "1") != "0")
                making = self._downloads.take_home(room, token, address, asked.get("what", ""), shown)
            case _:
                format_, names = asked.get("format", ""), asked.get("names", "") == "1"
                making = self._downloads.export(room, token, address, format_, names=names)
        return _served(request, making)


def _asked(request: Request) -> dict[str, str]:
    """Return what stands behind the question mark, the last of each name."""
    return {name: values[-1] for name, values in parse_qs(request.path.partition("?")[2]).items()}


def _game(asked: str) -> int:
    """Return which of a class's games is asked for."""
    if asked in {"", "all"}:
        return ALL_GAMES if asked else LATEST_GAME
    return int(asked) if re.fullmatch("[1-9][0-9]{0,2}", asked) else NO_GAME


def _by_https_alone(request: Request, found: Answered) -> Answered:
    """Return an answer that tells browsers to come back by https alone, now or when it is made."""
    if isinstance(found, Response):
        return by_https_alone(request, found)
    return _later_by_https_alone(request, found) if found is not None else None


async def _later_by_https_alone(request: Request, making: Awaitable[Response]) -> Response:
    return by_https_alone(request, await making)


async def _served(request: Request, making: Awaitable[Download]) -> Response:
    try:
        found = await making
    except ProtocolError as error:
        return refused(request, error)
    headers = {"Content-Disposition": f'attachment; filename="{found.name}"'}
    return respond(request, HTTPStatus.OK, found.body, found.media_type, headers)


async def _shown(request: Request, making: Awaitable[bytes | Packed]) -> Response:
    """Return JSON, packed where the reader takes that: thirty phones ask for it at once."""
    try:
        found = await making
    except ProtocolError as error:
        return refused(request, error)
    headers = {"Vary": "Accept-Encoding"}
    body = found.body if isinstance(found, Packed) else found
    if _takes_gzip(request):
        body = found.packed if isinstance(found, Packed) else gzip.compress(body, _FAST)
        headers["Content-Encoding"] = "gzip"
    return respond(request, HTTPStatus.OK, body, "application/json", headers)


def _takes_gzip(request: Request) -> bool:
    accepted = parse_accept_header(", ".join(request.headers.get_all("Accept-Encoding")))
    return bool(accepted.quality("gzip") > 0)


def _tree(request: Request, tree: object | None) -> Response:
    if tree is None:
        return plain(request, HTTPStatus.NOT_FOUND)
    return respond(request, HTTPStatus.OK, msgspec.json.encode(tree), "application/json")
