"""Many bots in one room, and how the server carried them: latencies, commands a second, refusals, reconnects.

Answers with the numbers of a load test, measured where a player would feel them: from sending a command to its
durable answer. Plays by the public protocol alone; a bot that is sent away is counted and leaves the others alone.
"""

from __future__ import annotations

import asyncio
import math
import random
import time
from collections.abc import Sequence
from typing import Any, Final

import attrs

from makersphere_clients.connection import ConnectionEnded
from makersphere_clients.wire_bots import Think, WireBot

__all__ = ["Report", "human", "play", "report_of"]

_MEDIAN_S: Final = 4.0  # how long a person looks at a phase before the first choice
_SPREAD: Final = 0.6  # of the logarithm
_BETWEEN_S: Final = (0.8, 20.0)


@attrs.frozen
class Report:
    """What a load test found.

    Attributes:
        bots: how many were seated.
        sent_away: how many bots the room has sent away before the end.
        commands: how many were sent and answered.
        refused: how many of the commands were refused.
        reconnects: how often a lost link was dialled again.
        wall_s: how long the game took.
        commands_per_s: from the start of the game on.
        latency_ms: `p50`, `p95`, `p99` and `max`, from a command to its answer; empty without commands.
    """

    bots: int
    sent_away: int
    commands: int
    refused: int
    reconnects: int
    wall_s: float
    commands_per_s: float
    latency_ms: dict[str, float]

    def tree(self) -> dict[str, Any]:
        """Return the report as plain data."""
        return attrs.asdict(self)


def human(rng: random.Random) -> Think:
    """Return delays like those of people: log-normal, mostly a few seconds, now and then many."""
    least, most = _BETWEEN_S

    def think() -> float:
        return min(max(rng.lognormvariate(math.log(_MEDIAN_S), _SPREAD), least), most)

    return think


async def play(bots: Sequence[WireBot]) -> Report:
    """Let bots play to the end, and return how it went from the start on; a cancellation ends it early."""
    first = bots[0].connection
    await first.until(lambda: first.mirror.game.get("status") != "lobby")
    began = time.perf_counter()
    tasks = [asyncio.create_task(bot.play()) for bot in bots]
    away = 0
    try:
        for task in tasks:
            try:
                await task
            except ConnectionEnded:
                away += 1
    except asyncio.CancelledError:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return report_of(bots, time.perf_counter() - began, away)


def report_of(bots: Sequence[WireBot], wall_s: float, sent_away: int = 0) -> Report:
    """Return the report of bots that have played for `wall_s` seconds."""
    waits = sorted(wait for bot in bots for wait in bot.waits_s)
    commands = sum(bot.sent for bot in bots)
    latency = {f"p{share}": _ms(waits[_rank(len(waits), share)]) for share in (50, 95, 99)} if waits else {}
    return Report(
        bots=len(bots),
        sent_away=sent_away,
        commands=commands,
        refused=sum(bot.refused for bot in bots),
        reconnects=sum(max(bot.connection.dialled - 1, 0) for bot in bots),
        wall_s=round(wall_s, 3),
        commands_per_s=round(commands / wall_s, 1) if wall_s > 0 else 0.0,
        latency_ms={**latency, "max": _ms(waits[-1])} if waits else {},
    )


def _rank(count: int, share: int) -> int:
    """Return the index of a percentile, by nearest rank."""
    return max(-(-count * share // 100) - 1, 0)


def _ms(seconds: float) -> float:
    return round(1000 * seconds, 2)
