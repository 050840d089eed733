"""The comparison of a class's tables: how soon it is there, and whether it names the table that was played otherwise.

Five tables of thirty seats are played by bots, stored as a server stores rooms, and compared as it does, from their
logs. The trials play a hundred classes of five such tables: twenty for each thing that one table is played otherwise
by, and twenty in which all are alike. What each table was played by is hidden from the comparison.
"""

from __future__ import annotations

import asyncio
import time
from typing import Final

from makersphere_playtest.games.worker_pools import cores
from makersphere_playtest.plans.odd_tables import ALIKE, ODD, Trial, trial
from makersphere_protocol.messages import ClassOptions, Options
from makersphere_server.afterwards.reading_pace import ReadingPace
from makersphere_server.classes.comparisons import ClassComparisons
from tests.bench.harness import Figures, at_least, at_most, bench
from tests.server.rig.fakes import Rig

_TABLES: Final = 5
_SEATS: Final = 30
_TRIALS: Final = 20


@bench("class-compare", rounds=1, wait_s=at_most(10))
def class_compare() -> Figures:
    """Play five tables of thirty seats to their ends, and compare them for a host who asks at once."""
    return asyncio.run(_compared())


async def _compared() -> Figures:
    rig = await Rig(bots="standard").start()
    laid = ClassOptions(people=_TABLES * _SEATS, table=_SEATS)
    host = await rig.create("classroom", options=Options(), class_=laid)
    for number in range(_TABLES):
        await rig.join(host.room, f"P{number}")  # one at each table: where nobody is, no bot plays
    await host.command("host.start")
    while {table["status"] for table in host.table["tables"].values()} != {"over"}:
        await host.command("host.advance")
        await rig.pass_ms(2_000)
        host.read()
    lobby = rig.lobby
    compares = ClassComparisons(
        lobby.kept_class, lobby.kept_room, lobby.is_class, lobby.goes_on, ReadingPace(rig.clock)
    )
    begun = time.perf_counter()
    body = await compares.shown(host.room, host.token, "192.0.2.1")
    first = time.perf_counter() - begun
    await compares.shown(host.room, host.token, "192.0.2.1")
    again = time.perf_counter() - begun - first
    await rig.stop()
    return {"wait_s": first, "again_ms": 1e3 * again, "kib": len(body) / 1024}


@bench("class-odd-table", rounds=1, alike_right=at_least(18), **{f"{one}_right": at_least(18) for one in ODD})
def class_odd_table() -> Figures:
    """Play twenty classes for each thing that one of five tables is played otherwise by, and twenty that are alike."""
    tasks = [(kind, number) for kind in (*ODD, ALIKE) for number in range(_TRIALS)]
    right = dict.fromkeys((*ODD, ALIKE), 0)
    for kind, found in cores()(_tried, tasks):
        right[kind] += found.is_right
    return {f"{kind}_right": float(count) for kind, count in right.items()}


def _tried(kind: str, number: int) -> tuple[str, Trial]:
    return kind, trial(kind, number)
