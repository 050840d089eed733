"""The port: a stop that nobody can hold up, and what is said to a connection too many."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

import pytest

from makersphere_bots.stand_ins import StandIns
from makersphere_protocol.errors import Close
from makersphere_protocol.messages import Create, Error, Welcome
from makersphere_server.afterwards.export_files import Download
from makersphere_server.app import running
from makersphere_server.edge.watchdog import Watchdog
from makersphere_server.lobby.lobby import Lobby
from tests.loopback import loopback
from tests.server.rig.limited import met, serving
from tests.server.rig.memory_log import MemoryLog
from tests.server.rig.sockets import PATIENCE_S, close_code, dial, hear, masked, say

LINK = tuple[asyncio.StreamReader, asyncio.StreamWriter]
HEAD = b"GET /ws HTTP/1.1\r\nHost: here\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
KEY = b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: makersphere.v1\r\n\r\n"
PAGE = b"GET / HTTP/1.1\r\nHost: here\r\n"
POST = b"POST /carrier HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
DEBRIEF = b"GET /api/rooms/2222222/debrief HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer x\r\n\r\n"
SAID = {
    "nothing": b"",
    "half a request line": b"GET /ws HT",
    "half a header": HEAD,
    "no end of a page's header": PAGE + b"Connection: keep-alive\r\n",
    "an upload": b"POST /upload HTTP/1.1\r\nHost: here\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 1_000,
    "half a post": POST + b"Content-Length: 90\r\n\r\n{",
    "a stream of events": POST + b"Accept: text/event-stream\r\nContent-Length: 2\r\n\r\n{}",
    "a fetch from a carrier": POST + b"Content-Length: 2\r\n\r\n{}",
    "a handshake and no first frame": HEAD + KEY,
    "half a frame": HEAD + KEY + masked(0x81, b"x" * 100)[:20],
    "a part of a message": HEAD + KEY + masked(0x01, b"{"),
    "a page that nobody reads": PAGE + b"Connection: keep-alive\r\n\r\n",
}


@asynccontextmanager
async def _link(port: int, said: bytes) -> AsyncIterator[LINK]:
    """Connect and say something; what is answered is not read."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(said)
        await writer.drain()
        yield reader, writer
    finally:
        writer.close()


async def _all_of(reader: asyncio.StreamReader) -> bytes:
    """Return all that comes before the other side has closed or cut."""
    heard = b""
    with suppress(ConnectionResetError):
        async with asyncio.timeout(PATIENCE_S):
            while more := await reader.read(65_536):
                heard += more
    return heard


@pytest.mark.parametrize("said", SAID.values(), ids=SAID)
async def test_nobody_holds_up_a_stop(said: bytes) -> None:
    """A server that stops is gone however little a connection has said, and the next one has the port at once."""
    patient: dict[str, Any] = {"request_s": 600, "handshake_s": 600, "first_frame_s": 600}
    async with AsyncExitStack() as links:
        async with asyncio.timeout(PATIENCE_S), serving(**patient) as server:
            for _ in range(3):
                await links.enter_async_context(_link(server.port, said))
            async with dial(server) as other:  # by now the others have been heard, too
                await say(other, Create("counter"))
                await hear(other, Welcome)
        async with serving(port=server.port) as again, dial(again) as back:
            await say(back, Create("counter"))
            assert (await hear(back, Welcome)).you.kind == "host"


async def test_who_is_about_to_shake_hands_as_the_server_stops_is_told_to_come_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As everybody is who has come; an answer that there is no such service would turn away whoever is new."""
    goes, asked, stop = asyncio.Event(), asyncio.Event(), Lobby.stop

    async def slow(lobby: Lobby) -> None:
        goes.set()
        await asked.wait()
        await stop(lobby)

    monkeypatch.setattr(Lobby, "stop", slow)
    async with asyncio.timeout(PATIENCE_S), AsyncExitStack() as links, AsyncExitStack() as up:
        server = await up.enter_async_context(serving())
        reader, writer = await links.enter_async_context(_link(server.port, HEAD))
        async with dial(server) as other:  # by now the first one has been heard, too
            await say(other, Create("counter"))
            await hear(other, Welcome)
        stopping = asyncio.create_task(up.aclose())
        await goes.wait()
        writer.write(KEY)
        head = await reader.readuntil(b"\r\n\r\n")
        asked.set()
        told = await _all_of(reader)
        await stopping
    assert head.startswith(b"HTTP/1.1 101 ")
    assert (told[0], told[2:4]) == (0x88, int(Close.RESTART).to_bytes(2, "big"))


async def test_a_page_that_takes_for_ever_holds_up_no_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is still being made for somebody when the server stops is given up."""
    asked = asyncio.Event()

    async def never(*_: object) -> None:
        asked.set()
        await asyncio.Event().wait()

    monkeypatch.setattr("makersphere_server.afterwards.downloads.Downloads.debrief", never)
    async with asyncio.timeout(PATIENCE_S), AsyncExitStack() as links, serving(handshake_s=600) as server:
        await links.enter_async_context(_link(server.port, DEBRIEF))
        await asked.wait()


async def test_what_lets_nobody_end_it_holds_up_no_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even what goes on when it is told to end: it goes with the process."""
    asked, released = asyncio.Event(), asyncio.Event()

    async def stubborn(*_: object) -> None:
        asked.set()
        while not released.is_set():
            with suppress(asyncio.CancelledError):
                await released.wait()

    monkeypatch.setattr("makersphere_server.afterwards.downloads.Downloads.debrief", stubborn)
    async with AsyncExitStack() as links:
        async with asyncio.timeout(PATIENCE_S), serving(handshake_s=600) as server:
            await links.enter_async_context(_link(server.port, DEBRIEF))
            await asked.wait()
        released.set()


async def test_who_makes_no_request_is_let_go() -> None:
    """A request has to be made in `request_s`, whatever a page may take after it."""
    before = met("request_s")
    async with serving(request_s=1, handshake_s=600) as server, _link(server.port, HEAD) as (reader, _):
        async with asyncio.timeout(PATIENCE_S):
            assert await reader.read() == b""
    assert met("request_s") == before + 1


async def test_who_has_asked_is_hurried_no_more() -> None:
    """A connection that has made its request in time is not cut for it later."""
    before = met("request_s")
    async with serving(request_s=1) as server, dial(server) as host:
        await say(host, Create("counter"))
        await hear(host, Welcome)
        async with _link(server.port, b"") as (reader, _), asyncio.timeout(PATIENCE_S):
            assert await reader.read() == b""  # another one, who came later, has been let go
        assert met("request_s") == before + 1
        await say(host, Create("counter"))
        await host.ping()


@pytest.mark.parametrize("bound", ["most_connections", "most_per_address"])
@pytest.mark.parametrize(("language", "word"), [("", "try again"), ("zh-CN,en;q=0.5", "再试")])
async def test_a_connection_too_many_is_told_when_to_come_again(bound: str, language: str, word: str) -> None:
    """`unavailable` with `retry_after`, in the language that the request names, then 1013."""
    named = {"additional_headers": {"Accept-Language": language}} if language else {}
    bounds: dict[str, Any] = {bound: 1}
    async with serving(**bounds) as server, dial(server), dial(server, **named) as second:
        error = await hear(second, Error)
        assert (error.code, error.retry_after) == ("unavailable", 5)
        assert word in error.message.lower()
        assert await close_code(second) == 1013


async def test_a_connection_far_too_many_is_told_so_without_a_handshake(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever is not even asked what it wants gets 503 with `Retry-After`."""
    monkeypatch.setattr("makersphere_server.edge.connection_count._FOR_PAGES", 0)
    async with serving(most_connections=1) as server, dial(server), _link(server.port, b"") as (reader, _):
        async with asyncio.timeout(PATIENCE_S):
            head = await reader.read()
    assert head.startswith(b"HTTP/1.1 503 ")
    assert b"\r\nRetry-After: 5\r\n" in head


FLOODS = {
    "pings": masked(0x89, b""),
    "pongs": masked(0x8A, b"unasked"),
    "empty parts": masked(0x00, b""),
    "parts": masked(0x00, b"x"),
}


@pytest.mark.parametrize("kind", FLOODS)
async def test_a_flood_of_what_is_no_message_is_closed(kind: str) -> None:
    """Pings, pongs and parts of messages have a budget; whoever goes on is told 4429."""
    before = met("control_per_s")
    begin = masked(0x01, b"{") if "parts" in kind else b""
    async with running(loopback(), StandIns(), log=MemoryLog()) as server, _link(server.port, HEAD + KEY) as link:
        reader, writer = link
        async with asyncio.timeout(PATIENCE_S):
            assert b" 101 " in await reader.readuntil(b"\r\n\r\n")
        writer.write(begin + FLOODS[kind] * 5_000)
        heard = await _all_of(reader)
    assert (4_429).to_bytes(2, "big") in heard
    assert met("control_per_s") == before + 1


async def test_a_flood_that_waits_for_no_handshake_is_cut() -> None:
    """Frames that come with the request are frames like others."""
    flood = masked(0x89, b"") * 5_000
    async with (
        running(loopback(), StandIns(), log=MemoryLog()) as server,
        _link(server.port, HEAD + KEY + flood) as link,
    ):
        assert b"no first frame" not in await _all_of(link[0])


async def test_some_pings_are_answered() -> None:
    """Who asks now and then whether the server is there hears that it is."""
    async with running(loopback(), StandIns(), log=MemoryLog()) as server, dial(server) as host:
        for _ in range(100):
            await (await host.ping())
        await say(host, Create("counter"))
        assert (await hear(host, Welcome)).you.kind == "host"


async def test_a_slow_reader_gets_the_whole_of_a_large_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bounds of what waits for a connection are for those who play: a download may take its time."""
    body, looks = b"x" * (12 << 20), asyncio.Semaphore(0)
    look = Watchdog._look

    async def large(*_: object) -> Download:
        return Download("debrief.json", "application/json", body)

    def looking(watchdog: Watchdog) -> None:
        looks.release()
        look(watchdog)

    monkeypatch.setattr("makersphere_server.afterwards.downloads.Downloads.debrief", large)
    monkeypatch.setattr(Watchdog, "_look", looking)
    async with serving(backlog_bytes=65_536, stall_s=0.2) as server, _link(server.port, DEBRIEF) as (reader, _):
        async with asyncio.timeout(PATIENCE_S):
            await reader.readuntil(b"\r\n\r\n")
            for _ in range(12):
                await looks.acquire()
        assert await _all_of(reader) == body
