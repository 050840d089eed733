"""How fast accepted commands become durable: records a second of CPU (kernel included), and of wall time.

The commit is a real one (write-ahead log, synchronous=FULL), in a fresh folder of the checkout's own disk:
a temporary folder in memory would sync for nothing.
"""

import asyncio
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from makersphere_server.storage.sqlite_log import SqliteLog
from tests.bench.harness import CpuClock, Figures, at_least, bench
from tests.server.rig.made_up_logs import records, row

_HERE = Path(__file__).parent


async def _append(rooms: int, batch: int, rounds: int) -> Figures:
    """Let every room append batch after batch, each when the one before is durable."""
    codes = [f"ROOM{number:03}" for number in range(rooms)]
    batches = [records(1 + n * batch, (n + 1) * batch) for n in range(rounds)]
    with TemporaryDirectory(dir=_HERE, prefix=".store-") as folder:
        log = await SqliteLog.open(Path(folder))
        for code in codes:
            await log.create(row(code))

        async def play(code: str) -> None:
            for number, batch_of in enumerate(batches):
                await log.append(code, number * batch, batch_of)

        started = time.perf_counter()
        with CpuClock() as clock:
            await asyncio.gather(*map(play, codes))
        wall_s = time.perf_counter() - started
        await log.close()
    total = rooms * batch * rounds
    return {"records_per_cpu_s": total / clock.own_s, "records_per_s": total / wall_s}


@bench("store-one-room", records_per_cpu_s=at_least(20_000))
def one_room() -> Figures:
    """Append batches of 30 records from one room, each after the one before is durable."""
    return asyncio.run(_append(rooms=1, batch=30, rounds=400))


@bench("store-many-rooms", records_per_cpu_s=at_least(20_000))
def many_rooms() -> Figures:
    """Append single records from 300 rooms at once: group commit across rooms."""
    return asyncio.run(_append(rooms=300, batch=1, rounds=40))


@bench("store-single", records_per_cpu_s=at_least(1_000))
def single() -> Figures:
    """Append one record at a time from one room: nothing to group, the price of a commit."""
    return asyncio.run(_append(rooms=1, batch=1, rounds=1000))
