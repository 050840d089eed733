"""What has to hold through Caddy, nginx and HAProxy with the recipes of `deploy/`; or what a worse recipe comes to.

A class of 30 plays a game of `classroom` through each, by TLS, from 31 addresses, without a lost turn: every turn of
every seat is its own person's, and every acknowledged command is in the store. It plays another one in which half of
the phones have no socket, and one behind a proxy that strips `Upgrade`, by streams and by what is fetched. Behind an
nginx that holds streams back as well our own clients notice it by themselves, fetch, and lose nothing. The proxy's word
is taken about where people come from, and nobody's claim: whoever guesses codes under a neighbour's address spends a
budget of their own.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from http import HTTPStatus
from typing import Final
from unittest import mock

import attrs
import trustme

from makersphere_clients.connection import Connection
from makersphere_protocol.messages import At, Create, Join, Options
from tests.faults.harness import Run, fault
from tests.faults.proxies.browser import complaints, complaints_when_fetching
from tests.faults.proxies.callers import Caller, head
from tests.faults.proxies.carried import by_events, by_fetching, by_socket
from tests.faults.proxies.programs import NAME, PROGRAMS, Proxy, proxied
from tests.faults.rig.classroom import Company, count_turns, open_class
from tests.faults.rig.crowd import check, look_at_log
from tests.faults.rig.seat import Seat, Way
from tests.faults.rig.server import Server, serving

_CLASS: Final = 30
_FEW: Final = 6
_GUESSES: Final = 3
_GAME_S: Final = 600.0
_PATIENCE_S: Final = 30.0
_HELD_BACK_S: Final = 6.0  # longer than a client waits for the first event
_NO_ROOM: Final = "2222222"
_WAYS: Final = ((by_socket,), (by_socket, by_events))  # of the people in two games, in turn


@fault("proxies", rounds=3, quick_rounds=3)
async def proxies(run: Run) -> None:
    """A class of 30 plays by TLS through Caddy, nginx and HAProxy, each with its recipe of deploy/."""
    run.expect(
        "games",
        "turns",
        "told_apart",
        "streams",
        "redirected",
        "blocked",
        "held_back",
        *(() if run.is_quick else ("browsers",)),
    )
    authority = trustme.CA()
    for done, name in enumerate(PROGRAMS):
        if not run.goes_on(done):
            break
        folder = run.folder / name
        folder.mkdir()
        part = attrs.evolve(run, folder=folder, problems=[])
        await _through(part, name, authority)
        run.problems.extend(f"{name}: {one}" for one in part.problems)
        run.must_count |= part.must_count


async def _through(run: Run, name: str, authority: trustme.CA) -> None:
    """Play, look at pages, guess and listen through one proxy; then through the same one, which lets no socket pass."""
    async with _behind(run, name, authority) as (server, proxy):
        await _ask_for_pages(run, proxy)
        for number, ways in enumerate(_WAYS[-1:] if run.is_quick else _WAYS):
            await _play(run, server, proxy, number, ways)
        await _guess(run, proxy)
        if not run.is_quick:  # short runs need no browser, and no built pages
            run.problems.extend(await complaints(proxy, run.folder))
            run.counts["browsers"] += 1
    await _stream(run, name, authority)
    folder = run.folder / "blocked"
    folder.mkdir()
    blocked = attrs.evolve(run, folder=folder)
    async with _behind(blocked, name, authority, worse="without_upgrade") as (server, proxy):
        if await Caller(proxy).shakes_hands() != HTTPStatus.UPGRADE_REQUIRED:
            run.problem("a socket gets through without Upgrade")
        await _play(blocked, server, proxy, 0, (by_events, by_fetching))
        run.counts["blocked"] += 1
    if name == "nginx":
        await _held_back(run, authority)


@asynccontextmanager
async def _behind(run: Run, name: str, authority: trustme.CA, worse: str = "") -> AsyncIterator[tuple[Server, Proxy]]:
    """Give a server and a proxy in front of it; look through all that is left of both afterwards."""
    known = ["127.0.0.1"]
    async with serving(run.folder, build=run.build, proxies=known, failures_per_address=_GUESSES) as server:
        async with proxied(name, run.folder / "proxy", authority, server.port, worse=worse) as proxy:
            yield server, proxy
        await server.stop()
        look_at_log(run, server)
    check(run, server.folder)
    for room in sorted({journal.name.partition("-")[0] for journal in (run.folder / "journals").iterdir()}):
        count_turns(run, server.folder, room, _FEW if run.is_quick else _CLASS)


async def _play(run: Run, server: Server, proxy: Proxy, number: int, ways: Sequence[Callable[[Caller], Way]]) -> None:
    """Let a class play a whole game, the host and each of its people from an address of their own, by ways in turn."""
    size = _FEW if run.is_quick else _CLASS
    callers = [Caller(proxy, 2 + person) for person in range(1 + size)]
    each = [ways[person % len(ways)](caller) for person, caller in enumerate(callers)]
    people = await open_class(run, server, number, Company(size, size, callers[0].url, each))

    def is_played(_: Seat) -> bool:
        game = people.host.game
        return game.get("status") == "over" or (run.is_quick and game["season"] > 1)

    run.counts["games"] += await people.until("at the end of the game", is_played, _GAME_S)
    await people.leave()


async def _ask_for_pages(run: Run, proxy: Proxy) -> None:
    """Hold what a recipe says of plain requests: https alone, for long, and no figures for strangers."""
    caller = Caller(proxy, 200)
    page, figures = await caller.get("/readyz"), await caller.get("/metrics")
    if (page.status, page.headers.get("strict-transport-security")) != (200, "max-age=31536000"):
        run.problem(f"a page is answered by {page}")
    if figures.status != 401:
        run.problem(f"the metrics are answered by {figures.status}")
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.plain_port)
    writer.write(f"GET / HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n".encode())
    moved = await head(reader)
    writer.close()
    if not (300 < moved.status < 309 and moved.headers["location"].startswith(f"https://{NAME}")):
        run.problem(f"http is answered by {moved}")
    run.counts["redirected"] += 1


async def _guess(run: Run, proxy: Proxy) -> None:
    """Guess codes under a neighbour's address: one's own budget is spent, and the neighbour's is whole."""
    neighbour = Caller(proxy, 202)
    liar = Caller(proxy, 201, {"X-Forwarded-For": neighbour.address})
    answers = [(await liar.joins(_NO_ROOM))["code"] for _ in range(_GUESSES + 1)]
    if answers != ["no_such_room"] * _GUESSES + ["unavailable"]:
        run.problem(f"who guesses under a neighbour's address is answered {answers}")
    answer = (await neighbour.joins(_NO_ROOM))["code"]
    if answer != "no_such_room":
        run.problem(f"the neighbour of who guesses is answered {answer}")
    run.counts["told_apart"] += 1


# -- a stream of events


async def _held_back(run: Run, authority: trustme.CA) -> None:
    """Hold that our own clients notice by themselves that a stream brings nothing, and lose nothing by fetching."""
    await _stream(run, "nginx", authority, worse="held_back")
    folder = run.folder / "held_back"
    folder.mkdir()
    part = attrs.evolve(run, folder=folder)
    async with serving(folder, build=run.build, proxies=["127.0.0.1"]) as server:
        async with proxied("nginx", folder / "proxy", authority, server.port, worse="held_back") as proxy:
            with mock.patch.dict(os.environ, SSL_CERT_FILE=str(proxy.trust)):
                await _fetched(part, f"wss://127.0.0.1:{proxy.port}/ws")
            if not run.is_quick:
                run.problems.extend(await complaints_when_fetching(proxy, folder))
        await server.stop()
        look_at_log(part, server)
    run.counts["held_back"] += 1


async def _fetched(run: Run, url: str) -> None:
    """Let two count, each by a client as it ships; every command counts once."""
    async with AsyncExitStack() as links:
        host = await links.enter_async_context(Connection(url, Create("counter", Options(seats=2))))
        people = [
            await links.enter_async_context(Connection(url, Join(host.mirror.room, name))) for name in ("Ann", "Ben")
        ]
        if not all(link.by_posts for link in (host, *people)):
            run.problem("a socket gets through a proxy that strips Upgrade")
        if not (await host.command("host.start")).ok:
            run.problem("a room does not start where what comes down is fetched")
        for by in (1, 2, 3):
            answers = await asyncio.gather(*(one.command("count", {"by": by}, At(1, "count")) for one in people))
            if not all(answer.ok for answer in answers):
                run.problem(f"not each command is taken where what comes down is fetched: {answers}")
        async with asyncio.timeout(_PATIENCE_S):
            await host.until(lambda: host.mirror.table.get("tally", {}).get("total") == 12)


class _Telling:
    """A server that tells an event, and the next one when somebody has heard of it."""

    def __init__(self) -> None:
        self.heard = asyncio.Event()

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n")
        writer.write(b"Connection: close\r\n\r\ndata: one\n\n")
        await writer.drain()
        await self.heard.wait()
        writer.write(b"data: two\n\n")
        writer.close()


async def _stream(run: Run, name: str, authority: trustme.CA, *, worse: str = "") -> None:
    """Hold that a stream of events is handed on as it comes; by a worse recipe, that it is not."""
    telling = _Telling()
    server = await asyncio.start_server(telling.answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, proxied(name, run.folder / f"stream{worse}", authority, port, worse=worse) as proxy:
        reader, writer = await Caller(proxy).send("/")
        try:
            async with asyncio.timeout(_PATIENCE_S if not worse else _HELD_BACK_S):
                await reader.readuntil(b"data: one\n\n")
                telling.heard.set()
                await reader.readuntil(b"data: two\n\n")
            if worse:
                run.problem("a stream of events comes through a proxy that gathers it")
        except TimeoutError:
            if not worse:
                run.problem("a stream of events is held back")
        finally:
            telling.heard.set()
            writer.close()
    run.counts["streams"] += not worse
