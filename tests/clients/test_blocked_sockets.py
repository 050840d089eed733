"""Behind something that lets no socket through a connection goes on by events and posts, with nothing lost."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from makersphere_clients.backoff import Backoff
from makersphere_clients.connection import Connection, ConnectionEnded, Opening
from makersphere_clients.ways import Ways
from makersphere_protocol.messages import At, Create, Join, Options, Resume, Watch
from tests.clients.between import between
from tests.clients.fake import AT_ONCE
from tests.listening import listening
from tests.server.rig.limited import serving

COUNT = At(1, "count")


async def test_a_seat_plays_by_posts_where_sockets_are_blocked() -> None:
    """After three handshakes in vain; a stream that is cut costs no command, and sockets are tried again with each."""
    create = Create("counter", Options(seats=1))
    async with (
        serving() as server,
        between(server.port) as way,
        Connection(f"ws://127.0.0.1:{way.port}/ws", create, backoff=AT_ONCE) as host,
        Connection(f"ws://127.0.0.1:{way.port}/ws", Join(host.mirror.room, "Ann"), backoff=AT_ONCE) as player,
    ):
        assert way.handshakes == 6
        assert host.by_posts
        assert player.by_posts
        assert (await host.command("host.start")).ok
        assert (await player.command("count", {"by": 3}, COUNT)).ok
        for stream in way.streams:
            stream.transport.abort()
        assert (await player.command("count", {"by": 4}, COUNT)).ok
        await host.until(lambda: host.connected and host.mirror.table["tally"]["total"] == 7)
        assert way.handshakes > 6
        way.blocks = False
        for stream in way.streams:
            stream.transport.abort()
        await player.until(lambda: player.connected and not player.by_posts)
        assert (await player.command("count", {"by": 1}, COUNT)).ok


async def test_the_way_to_a_room_has_its_code_in_the_path() -> None:
    """By it a proxy knows the server that has the room; who creates one, or types what is no code, names none."""
    tried: list[str] = []

    async def answers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tried.append((await reader.readuntil(b"\r\n\r\n")).decode().split()[1])
        writer.close()

    openings: list[Opening] = [
        Create("counter"),
        Join("K7QFWXY", "Ann"),
        Resume("K7QFWXY", "x"),
        Watch("K7QFWXY"),
        Watch("K7Q-FWXY"),
    ]
    async with listening(answers) as port:
        for path in ("/ws", "/ws/OTHER22", "/below/ws"):
            for opening in openings:
                with pytest.raises(ConnectionEnded):
                    await Connection(f"ws://127.0.0.1:{port}{path}", opening, backoff=Backoff((0,), tries=1)).open()
    codes = ["", "/K7QFWXY", "/K7QFWXY", "/K7QFWXY", ""]
    assert tried == [
        *(f"/ws{code}" for code in codes),
        *("/ws/OTHER22" for _ in codes),
        *(f"/below/ws{code}" for code in codes),
    ]


async def test_posts_go_beside_a_socket_that_has_a_code_in_its_path() -> None:
    """Who typed the code in the address is carried as anybody else."""
    async with (
        serving() as server,
        between(server.port) as way,
        Connection(f"ws://127.0.0.1:{way.port}/ws", Create("counter", Options(seats=1)), backoff=AT_ONCE) as host,
    ):
        room = host.mirror.room
        url = f"ws://127.0.0.1:{way.port}/ws/{room}"
        async with Connection(url, Join(room, "Ann"), backoff=Backoff((0,), tries=12)) as player:
            assert player.by_posts


async def test_a_server_that_answers_nothing_is_not_blocked() -> None:
    """Nor is one that closes by itself, with a code: then posts would find no more."""
    ways = Ways("ws://127.0.0.1:1/ws")
    for _ in range(5):
        ways.lost(0)
        await ways.choose()
        assert not ways.by_posts
    for _ in range(5):
        ways.lost(1013)
        await ways.choose()
    assert not ways.by_posts


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nhalf",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nda",
        b"SSH-2.0-nothing\r\n\r\n",
        b"HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno",
        b"",
    ],
)
async def test_whatever_answers_a_post_the_connection_tries_again(answer: bytes) -> None:
    """An answer that is cut off in its middle, or none of HTTP: sockets have their turn again.

    Posts have the code of the room in their path, as sockets have.
    """
    tried: list[str] = []

    async def answers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = (await reader.readuntil(b"\r\n")).decode()
        await reader.readuntil(b"\r\n\r\n")
        tried.append(asked.split()[1])
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok" if "healthz" in asked else answer)

    async with listening(answers) as port:
        connection = Connection(f"ws://127.0.0.1:{port}/ws", Join("K7QFWXY", "Ann"), backoff=AT_ONCE)
        entering = asyncio.create_task(connection.__aenter__())
        async with asyncio.timeout(20):
            while tried.count("/carrier/K7QFWXY") < 2:  # noqa: ASYNC110  (what was asked is all that there is to see)
                await asyncio.sleep(0.01)
        entering.cancel()
        with suppress(asyncio.CancelledError):
            await entering
