"""Bots as a load: the report counts what was sent, and a bot that is sent away leaves the others alone."""

from __future__ import annotations

import random
from pathlib import Path

from makersphere_bots.random_moves import Random
from makersphere_bots.stand_ins import StandIns
from makersphere_clients.backoff import Backoff
from makersphere_clients.connection import Connection
from makersphere_clients.load import human, play, report_of
from makersphere_clients.wire_bots import WireBot, seat_bots
from makersphere_protocol.messages import Create, Join, Options
from makersphere_server.app import running
from tests.clients.fake import AT_ONCE
from tests.loopback import loopback


async def test_a_game_by_bots_is_reported(tmp_path: Path) -> None:
    """All are seated, one is sent away at the start, the game ends, each command is in the latencies."""
    settings = loopback(data=tmp_path, lab=True)
    async with running(settings, StandIns()) as server:
        url = f"ws://127.0.0.1:{server.port}/ws"
        async with Connection(url, Create("counter", Options(seats=3)), backoff=AT_ONCE) as host:
            bots = await seat_bots(url, host.mirror.room, [Random() for _ in range(3)], "root", backoff=AT_ONCE)
            assert (await host.command("host.remove", {"seat": 3})).ok
            assert (await host.command("host.start")).ok
            report = await play(bots)
            for bot in bots:
                await bot.connection.close()

    assert (report.bots, report.sent_away, report.refused, report.reconnects) == (3, 1, 0, 0)
    assert report.commands == sum(len(bot.waits_s) for bot in bots) > 0
    assert list(report.latency_ms) == ["p50", "p95", "p99", "max"]
    assert sorted(report.latency_ms.values()) == list(report.latency_ms.values())


def test_percentiles_are_of_the_nearest_rank() -> None:
    """A hundred answers after 1 to 100 ms: the 50th, 95th and 99th of them."""
    bot = WireBot(Connection("ws://nowhere/ws", Join("R", "Ann"), backoff=Backoff()), Random(), "root")
    bot.waits_s += [ms / 1000 for ms in range(1, 101)]

    assert report_of([bot], 2.0).latency_ms == {"p50": 50.0, "p95": 95.0, "p99": 99.0, "max": 100.0}
    assert report_of([bot], 0.0).commands_per_s == 0


def test_people_think_for_seconds_and_never_for_ever() -> None:
    """Half of them longer than four seconds, none under 0.8 or over 20; the same seed thinks the same."""
    think, again = human(random.Random(1)), human(random.Random(1))
    delays = sorted(think() for _ in range(1001))

    assert 3 < delays[500] < 5
    assert delays[0] >= 0.8
    assert delays[-1] <= 20
    assert sorted(again() for _ in range(1001)) == delays
