"""By events and posts: the same frames, the same answers and the same bounds as on a socket."""

from __future__ import annotations

import asyncio
import ssl
from pathlib import Path
from typing import Any

import pytest
import trustme

from makersphere_bots.stand_ins import StandIns
from makersphere_clients import carried
from makersphere_protocol.codec import encode
from makersphere_protocol.messages import Command, Create, Error, Join, Options, Result, Resume, Update, Watch, Welcome
from makersphere_server.app import running
from makersphere_server.edge import carrier as server_side
from makersphere_server.edge import polled
from tests.clients.between import between
from tests.loopback import loopback
from tests.server.rig.limited import met, serving
from tests.server.rig.memory_log import MemoryLog
from tests.server.rig.posting import WAYS, by_address, carrier, line, opened, posted
from tests.server.rig.sockets import PATIENCE_S, close_code, hear, say

ways = pytest.mark.parametrize("way", WAYS)
slow_ways = pytest.mark.parametrize("way", WAYS[1:])
TWO = Options(seats=2)


async def result_of(link: Any, id: str) -> Result:  # noqa: ANN401  (a socket, or what is used like one)
    """Return the result of one command."""
    while (found := await hear(link, Result)).id != id:
        pass
    return found


@ways
async def test_a_seat_joins_and_plays(way: str) -> None:
    """What a command changes comes to everybody, and the seat has the answer to its own."""
    async with serving(lab=True) as server, carrier(way, server) as host, carrier(way, server) as player:
        await say(host, Create("counter", TWO))
        room = (await hear(host, Welcome)).room
        await say(player, Join(room, "Mina"))
        assert (await hear(player, Welcome)).you.kind == "seat"
        await say(host, Command("s" * 8, "host.start"))
        assert (await result_of(host, "s" * 8)).ok
        await say(player, Command("c" * 8, "count", {"by": 3}))
        assert (await result_of(player, "c" * 8)).ok
        await say(player, Command("d" * 8, "no_such_command"))
        refused = (await result_of(player, "d" * 8)).error
        assert refused is not None
        assert refused.code == "unknown_command"


@ways
async def test_a_wall_is_told_what_changes(way: str) -> None:
    """A watcher has the whole table, then what moves."""
    async with serving() as server, carrier(way, server) as host, carrier(way, server) as wall:
        await say(host, Create("counter", TWO))
        room = (await hear(host, Welcome)).room
        await say(wall, Watch(room))
        welcome = await hear(wall, Welcome)
        assert welcome.you.kind == "watcher"
        assert welcome.table
        await say(host, Command("s" * 8, "host.start"))
        while not ((await hear(wall, Update)).table or {}).get("game"):
            pass


@ways
async def test_who_comes_back_is_told_what_was_missed(way: str) -> None:
    """A cut way down is a cut connection: `resume` with what was seen brings the rest, and no whole table."""
    async with serving() as server, carrier(way, server) as host:
        await say(host, Create("counter", TWO))
        room = (await hear(host, Welcome)).room
        async with carrier(way, server) as player:
            await say(player, Join(room, "Mina"))
            welcome = await hear(player, Welcome)
            await say(host, Command("s" * 8, "host.start"))
            while not ((seen := await hear(player, Update)).table or {}).get("game"):
                pass
        await say(host, Command("p" * 8, "host.pause"))
        assert (await result_of(host, "p" * 8)).ok
        async with carrier(way, server) as again:
            token, epoch = welcome.seat_token, welcome.epoch
            await say(again, Resume(room, token, seq=seen.seq, epoch=epoch, mark=seen.mark))
            back = await hear(again, Welcome)
            assert back.resumed
            assert back.you == welcome.you
            while not ((await hear(again, Update)).table or {}).get("clock"):
                pass


@ways
async def test_the_newer_connection_wins(way: str) -> None:
    """Whoever was connected before is told 4409, whichever way either came."""
    for newer in ("socket", way):
        async with serving() as server, carrier(way, server) as first, carrier(newer, server) as second:
            await say(first, Create("counter", TWO))
            welcome = await hear(first, Welcome)
            await say(second, Resume(welcome.room, host_token=welcome.host_token))
            await hear(second, Welcome)
            assert await close_code(first) == 4409


@ways
async def test_who_may_not_come_in_is_told_why(way: str) -> None:
    """The refusal is a frame, and the close code is the one of a socket."""
    async with serving() as server, carrier(way, server) as stranger:
        await say(stranger, Watch("2222222"))
        assert (await hear(stranger, Error)).code == "no_such_room"
        assert await close_code(stranger) == 4404


@ways
async def test_a_flood_is_slowed_down_and_then_cut(way: str) -> None:
    """Too many commands are refused one by one, and in the end the connection is closed."""
    async with serving(flood=20, command_burst=5) as server, carrier(way, server) as host:
        await say(host, Create("counter", TWO))
        await hear(host, Welcome)
        for number in range(60):
            await say(host, Command(f"c{number:07}", "host.pause"))
        assert await close_code(host) == 4429


@ways
async def test_a_server_that_stops_says_so(way: str) -> None:
    """1012: come back in a moment."""
    async with serving() as server:
        host = carrier(way, server)
        host = await host.__aenter__()
        await say(host, Create("counter", TWO))
        await hear(host, Welcome)
    assert await close_code(host) == 1012
    await host.__aexit__(None, None, None)


@slow_ways
async def test_a_carrier_counts_as_a_connection_that_plays(way: str) -> None:
    """One too many is told when to come again; one that goes makes room."""
    async with serving(most_per_address=1) as server:
        async with carrier(way, server) as host:
            await say(host, Create("counter", TWO))
            await hear(host, Welcome)
            refused = await posted(server, "/carrier", b"{}")
            assert (refused.status, refused.error["code"], refused.error["retry_after"]) == (503, "unavailable", 5)
            assert refused.headers["retry-after"] == "5"
            await say(host, Command("x" * 8, "host.close_room_that_is_none"))
            await hear(host, Result)
        if way == "stream":
            async with asyncio.timeout(PATIENCE_S):
                while (await posted(server, "/carrier", b"{}")).status == 503:
                    pass


async def test_who_fetches_nothing_is_cut() -> None:
    """What waits to be fetched is bounded in time, as what a socket does not read is."""
    before = met("stall_s")
    async with serving(stall_s=0.2, control_per_s=1_000) as server:
        key = await opened(server, Create("counter", TWO))
        async with asyncio.timeout(PATIENCE_S):
            while (answer := await posted(server, "/carrier/up", {"from": 2, "frames": []}, key)).status == 204:
                pass
    assert answer.error["field"] == "key"
    assert met("stall_s") == before + 1


@slow_ways
async def test_who_says_nothing_any_more_is_gone(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A phone that left the network closes nothing: after three silent beats its seat is free to come back to."""
    monkeypatch.setattr(server_side, "BEAT_S", 0.1)
    monkeypatch.setattr(polled, "_POLL_S", 600.0)
    monkeypatch.setattr(carried, "_BEAT_S", 600.0)
    async with serving() as server, carrier(way, server) as silent:
        await say(silent, Create("counter", TWO))
        await hear(silent, Welcome)
        assert await close_code(silent) == 1006


async def test_a_stream_says_that_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that nothing on the way cuts a connection on which nothing happens."""
    monkeypatch.setattr(server_side, "BEAT_S", 0.2)
    async with serving() as server, line(server) as stream:
        stream.write("/carrier", encode(Create("counter", TWO)), Accept="text/event-stream")
        await stream.until(b"event: key\n")
        for _ in range(2):
            await stream.until(b":\n\n")


async def test_a_stream_that_is_kept_back_is_fetched_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where something on the way lets an answer through when it is whole and not before, the client asks for pieces."""
    monkeypatch.setattr(carried, "_FIRST_EVENT_S", 0.5)

    async with (
        serving() as server,
        between(server.port, keeps_back=True) as way,
        by_address(f"ws://127.0.0.1:{way.port}/ws") as host,
    ):
        await say(host, Create("counter", TWO, id="o" * 32))
        await hear(host, Welcome)
        await say(host, Command("s" * 8, "host.start"))
        assert (await result_of(host, "s" * 8)).id


@slow_ways
async def test_it_goes_by_https(way: str, tmp_path: Path) -> None:
    """The same over TLS."""
    ca = trustme.CA()
    issued = ca.issue_cert("127.0.0.1")
    issued.private_key_and_cert_chain_pem.write_to_path(str(tmp_path / "both.pem"))
    context = ssl.create_default_context()
    ca.configure_trust(context)
    settings = loopback(tls_cert=tmp_path / "both.pem")
    async with (
        running(settings, StandIns(), log=MemoryLog()) as server,
        by_address(f"wss://127.0.0.1:{server.port}/ws", polls=way == "poll", tls=context) as host,
    ):
        await say(host, Create("counter", TWO))
        await hear(host, Welcome)
        await say(host, Command("s" * 8, "host.start"))
        assert (await result_of(host, "s" * 8)).id
