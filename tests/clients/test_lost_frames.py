"""Every single frame of the server is lost once: no ghost seat, no double command, no stale ready comes of it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest

from makersphere_bots.legal import Form
from makersphere_bots.policy import READY, Move, View
from makersphere_bots.stand_ins import StandIns
from makersphere_clients.connection import Connection
from makersphere_clients.wire_bots import seat_bots
from makersphere_protocol.messages import Create, Options
from makersphere_server.app import running
from makersphere_server.room import pulse
from makersphere_server.storage.event_log import Record
from tests.clients.fake import AT_ONCE
from tests.clients.lossy import lossy
from tests.loopback import loopback
from tests.server.rig.memory_log import MemoryLog

SEATS = 3


class CountTwice:
    """Counts its seat's number and one more, once each, and is ready."""

    def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
        """Return three moves."""
        return [("count", {"by": view.seat}), ("count", {"by": 1}), READY]


async def play(log: MemoryLog, data: Path, loses: int) -> str:
    """Play a game of `counter` on a way that loses one frame; return which sort it was, or ""."""
    settings = loopback(data=data, lab=True)
    async with (
        running(settings, StandIns(), log=log) as server,
        lossy(f"ws://127.0.0.1:{server.port}/ws", loses) as way,
        Connection(way.url, Create("counter", Options(seats=SEATS)), backoff=AT_ONCE) as host,
    ):
        policies = [CountTwice() for _ in range(SEATS)]
        bots = await seat_bots(way.url, host.mirror.room, policies, "root", backoff=AT_ONCE)
        assert (await host.command("host.start")).ok
        await asyncio.gather(*(bot.play() for bot in bots))
        await host.until(lambda: host.mirror.game["status"] == "over")
        for mirror in [bot.connection.mirror for bot in bots] + [host.mirror]:
            assert mirror.table["count"] == {str(n): {"seat": n, "count": n + 1} for n in range(1, SEATS + 1)}
            assert mirror.table["tally"]["total"] == sum(range(1, SEATS + 1)) + SEATS
            assert [seat["name"] for seat in mirror.table["seat"].values()] == ["Bot 1", "Bot 2", "Bot 3"]
        assert [bot.seat for bot in bots] == [1, 2, 3]
        assert sum(bot.refused for bot in bots) == 0
        await asyncio.gather(*(bot.connection.close() for bot in bots))
        return way.lost


def commands(records: list[Record]) -> list[tuple[int, str]]:
    """Return who did what, in no particular order but the same whoever was first."""
    return sorted((record.actor, msgspec.json.decode(record.command)["name"]) for record in records)


async def test_every_frame_of_the_server_is_lost_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever frame does not arrive, welcome included, the log in the end is that of an undisturbed game."""
    monkeypatch.setattr(pulse, "FLUSH_MS", 5)
    expected = sorted(
        [(0, "host.start"), (0, "close")]
        + [(seat, name) for seat in range(1, SEATS + 1) for name in ("count", "count", "ready")]
    )
    seen: set[str] = set()
    for loses in range(1, 200):
        log = MemoryLog()
        async with asyncio.timeout(120):
            lost = await play(log, tmp_path, loses)
        rooms = await log.rooms()
        assert len(rooms) == 1
        assert commands(await log.read(rooms[0].room)) == expected
        if not lost:  # the game has fewer frames
            break
        seen.add(lost)
    assert seen == {"welcome", "update", "result"}
