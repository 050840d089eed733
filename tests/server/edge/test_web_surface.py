"""What a stranger may ask over HTTP, and what the server says to bytes that make no request."""

import asyncio
import itertools
import zlib

import pytest
from websockets.datastructures import Headers
from websockets.exceptions import InvalidStatus
from websockets.http11 import Request, Response

from makersphere_bots.stand_ins import StandIns
from makersphere_protocol.messages import Create, Welcome
from makersphere_server.app import running
from makersphere_server.edge import static_files
from makersphere_server.edge.http import Pages
from makersphere_server.edge.responses import SECURITY
from tests.loopback import loopback
from tests.server.rig.memory_log import MemoryLog
from tests.server.rig.sockets import PATIENCE_S, close_code, dial, hear, say

UP = ("..", "%2e%2e", "%2E%2E", ".%2e", "%252e%252e", "..;", "..%00", "..%c0%af", "%c0%ae%c0%ae", "...", ".", "~")
SLASHES = ("/", "//", "/./", "\\", "%2f", "%5c", "%252f", "/%09/")
TARGETS = ("pyproject.toml", "etc/passwd", "server/makersphere_server/settings.py", ".git/config")
ODD = (
    *("*", "?", "#", "%", "/%", "/%zz", "/%00", "/\x01", "/ ", "/index.html%00.js", "/index.html/", "/index.html/x"),
    *("http://elsewhere/", "//elsewhere/x", "/http://elsewhere/", "file:///etc/passwd", "/file:///etc/passwd"),
    *("/.env", "/.git/HEAD", "/rooms.sqlite3", "/heads.log", "/own-rooms.json", "/api/", "/api/rooms", "/api/texts/"),
    *("/api/texts/../../pyproject.toml", "/wp-admin", "/metrics/", "/WS", "/Healthz", "/ws/", "/ws/../healthz"),
    *("/" + "a" * 6_000, "/" + "a/" * 3_000, "/" + "../" * 2_000 + "etc/passwd", "/CON", "/index.html::$DATA", "C:\\x"),
)
PATHS = (
    *(f"/{up}{slash}{target}" for up, slash, target in itertools.product(UP, SLASHES, TARGETS)),
    *(f"/assets/{up}{slash}{up}{slash}pyproject.toml" for up, slash in itertools.product(UP, SLASHES)),
    *ODD,
)


def test_no_path_leads_out_of_the_pages() -> None:
    """Four hundred ways to ask for a file that we do not serve, and not one of them gets it."""
    assets = static_files.load()
    pages = Pages(assets, lambda: True)
    ours = {asset.body for asset in assets.values()}
    assert len(PATHS) >= 400
    for path, method in itertools.product(PATHS, ("GET", "HEAD")):
        answer = pages.answer(Request(path, Headers(Host="here"), method))
        assert isinstance(answer, Response)
        assert answer.status_code in (200, 400, 404), path
        assert answer.status_code != 200 or method == "HEAD" or bytes(answer.body) in ours, path
        assert b"[project]" not in bytes(answer.body)
        assert b"root:" not in bytes(answer.body)
        assert SECURITY.items() <= dict(answer.headers.raw_items()).items()


@pytest.mark.parametrize("header", ["Origin", "Upgrade", "If-None-Match", "Host"])
def test_a_header_that_comes_twice_is_a_bad_request(header: str) -> None:
    """Of what there can be one of, nobody chooses which counts."""
    headers = Headers(Upgrade="websocket", Host="here", Origin="http://here")
    if header == "If-None-Match":
        headers["If-None-Match"] = '"x"'
    headers[header] = "evil"
    path = "/" if header == "If-None-Match" else "/ws"
    answer = Pages(static_files.load(), lambda: True).answer(Request(path, headers))
    assert isinstance(answer, Response)
    assert answer.status_code == 400


_SHAKE = b"GET /ws HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
ANSWERED = (
    b"GET / HTTP/1.1\r\nX: " + b"x" * 20_000 + b"\r\n\r\n",
    b"GET /" + b"x" * 20_000 + b" HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 300 + b"\r\n",
    b"POST / HTTP/1.1\r\nHost: here\r\n\r\n",
    b"DELETE /api/schema HTTP/1.1\r\nHost: here\r\n\r\n",
    _SHAKE + b"\r\n",
    _SHAKE + b"Sec-WebSocket-Key: short\r\nSec-WebSocket-Version: 13\r\n\r\n",
    _SHAKE + b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 8\r\n\r\n",
    _SHAKE + b"Origin: http://evil.example\r\n\r\n",
    b"GET /../etc/passwd HTTP/1.1\r\nHost: here\r\n\r\n",
)
DROPPED = (
    b"\r\n\r\n",
    b"nonsense\r\n\r\n",
    b"GET /\r\n\r\n",
    b"GET / HTTP/9.9\r\n\r\n",
    b"GET /\xff HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\nbroken header\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: here\r\nContent-Length: 9\r\n\r\nsomething",
    b"GET / HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
)


async def _answer(request: bytes) -> bytes:
    async with running(loopback(), StandIns(), log=MemoryLog()) as server:
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        writer.write(request)
        async with asyncio.timeout(PATIENCE_S):
            answer = await reader.read()
        writer.close()
        return answer


@pytest.mark.parametrize("request_bytes", DROPPED)
async def test_what_is_no_request_gets_no_answer(request_bytes: bytes) -> None:
    """What cannot be read, or brings a body along, ends the connection; nothing of the server is said."""
    assert await _answer(request_bytes) == b""


@pytest.mark.parametrize("request_bytes", ANSWERED)
async def test_every_answer_to_a_broken_request_has_the_security_headers(request_bytes: bytes) -> None:
    """Also where the library answers by itself: an error, all the headers, and no word of what broke inside."""
    answer = await _answer(request_bytes)
    head = answer.partition(b"\r\n\r\n")[0].decode("latin-1")
    assert head[9] == "4", answer
    for name, value in SECURITY.items():
        assert f"{name}: {value}" in head
    assert "Server:" not in head
    assert b"Traceback" not in answer
    assert b"server log" not in answer


async def test_nothing_is_compressed_by_default() -> None:
    """A client that offers compression is not taken up on it."""
    settings = loopback()
    async with running(settings, StandIns(), log=MemoryLog()) as server, dial(server, compression="deflate") as client:
        assert client.protocol.extensions == []
        await say(client, Create("counter"))
        assert (await hear(client, Welcome)).room


async def test_compression_is_bounded_where_it_is_on() -> None:
    """Frames come through both ways; what unpacks to more than a frame may be closes the connection."""
    settings = loopback(compress=True)
    async with running(settings, StandIns(), log=MemoryLog()) as server, dial(server, compression="deflate") as client:
        assert len(client.protocol.extensions) == 1
        await say(client, Create("counter"))
        assert (await hear(client, Welcome)).room
        bomb = " " * (4 << 20)
        assert len(zlib.compress(bomb.encode())) < 16_384
        await client.send(bomb)
        assert await close_code(client) == 1009


async def test_another_sites_page_cannot_connect() -> None:
    """Exactly the listed places and our own may; no part of a name, no other port, no other scheme's null."""
    settings = loopback(origins=("https://class.example",))
    async with running(settings, StandIns(), log=MemoryLog()) as server:
        for origin in ("https://class.example", f"http://127.0.0.1:{server.port}"):
            async with dial(server, origin=origin) as client:
                await client.ping()
        for origin in (
            "https://class.example.evil.example",
            "https://evil-class.example",
            "https://sub.class.example",
            "http://class.example",
            "https://class.example:444",
            "http://127.0.0.1",
            f"http://127.0.0.1:{server.port}0",
            "null",
        ):
            with pytest.raises(InvalidStatus) as refused:
                async with dial(server, origin=origin):
                    pass
            assert refused.value.response.status_code == 403
