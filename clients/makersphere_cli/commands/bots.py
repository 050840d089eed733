"""`makersphere bots`: seat bots in a room anywhere, by the public protocol; the same program is the load generator."""

from __future__ import annotations

import asyncio
import json
import random
from typing import Annotated, Final, Literal

from cyclopts import Parameter
from rich.console import Console
from rich.table import Table

from makersphere_bots.catalogue import policy as policy_by_name
from makersphere_cli.flags import MAX_SEATS, Name, Seed, WirePolicyName, between
from makersphere_cli.rooms.way_in import not_seated, room_at
from makersphere_cli.speech.words import say
from makersphere_clients.backoff import Backoff
from makersphere_clients.connection import ConnectionEnded
from makersphere_clients.load import Report, human, play
from makersphere_clients.terminal.address import Address
from makersphere_clients.wire_bots import at_once, seat_bots

__all__ = ["bots"]

_TRIES: Final = 2
Count = Annotated[int, Parameter(validator=between(1, MAX_SEATS))]


def bots(
    *link: Name,
    count: Count = 1,
    policy: WirePolicyName = "standard",
    think: Literal["none", "human"] = "none",
    seed: Seed = 7,
    report: Literal["text", "json"] = "text",
) -> int:
    """Seat bots in a room, let them play to the end, and say how the server carried them.

    Args:
        link: of the room (`http://HOST:PORT/#/j/CODE`), or `HOST:PORT CODE`.
        count: how many bots take a seat.
        policy: what plays them.
        think: `none` answers at once, `human` waits as people do.
        seed: of the bots' own choices and delays.
        report: `json` prints numbers for programs.
    """
    where = room_at(link)
    try:
        found = asyncio.run(_play(where, count, policy, seed, is_human=think == "human"))
    except ConnectionEnded as ended:
        raise not_seated(ended, where) from None
    _show(found, is_json=report == "json")
    return 0


async def _play(where: Address, count: int, policy: str, seed: int, *, is_human: bool) -> Report:
    think = human(random.Random(seed)) if is_human else at_once
    policies = [policy_by_name(policy) for _ in range(count)]
    name = say("bot_name", n="{n}")
    backoff = Backoff(tries=_TRIES)
    seated = await seat_bots(where.url, where.room, policies, str(seed), name=name, think=think, backoff=backoff)
    try:
        return await play(seated)
    finally:
        await asyncio.gather(*(bot.connection.close() for bot in seated))


def _show(report: Report, *, is_json: bool) -> None:
    if is_json:
        print(json.dumps(report.tree()))
        return
    table = Table.grid(padding=(0, 2))
    figures = {name: value for name, value in report.tree().items() if name != "latency_ms"}
    for name, value in figures.items():
        table.add_row(say(f"load.{name}"), f"{value:,}")
    for name, value in report.latency_ms.items():
        table.add_row(say("load.latency_ms", which=name), f"{value:,}")
    Console(highlight=False).print(table)
