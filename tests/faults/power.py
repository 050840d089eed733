"""The power is cut: what a file system may legally have kept, the real store must make everything acknowledged of.

A SIGKILL leaves what was written in the system's memory, so it cannot tell a server that syncs from one that does
not. Here a server under load is traced with `strace`: it is killed, started, it erases a room, it is stopped. From the
trace every promise is compared with what was sure to be on the disk when it left, and folders are built as they may
be after a cut at any moment (`rig/disk.py` has the fault model). Each is opened by the real store.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import shutil
import signal
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Final

from tests.faults.harness import Run, fault
from tests.faults.rig.crowd import Crowd, Size, check, crowd, look_at_log, seat_everybody
from tests.faults.rig.cut import DATA, DISK, LEFT, TRACE, covered, cuts, judge, prepare, read_life
from tests.faults.rig.disk import KINDS
from tests.faults.rig.seat import Manners
from tests.faults.rig.server import serving
from tests.faults.rig.strace import command

_DELAYS_MS: Final = (0, 20, 200)
_IMAGES_A_LIFE: Final = 250
_SIZE: Final = Size(2, 3)
_HASTY: Final = Manners(every_s=0.02, repeats=0.1)
_PATIENCE_S: Final = 30
_MOST: Final = 3  # problems told of one kind
_MEMORY: Final = Path("/dev/shm")  # noqa: S108  (a disk in memory: what is laid down here needs no disk's time)


@fault("power", rounds=5_000, quick_rounds=300)
async def power(run: Run) -> None:
    """The power is cut: whatever the file system may have kept, nothing acknowledged is missing."""
    delays = _DELAYS_MS[1:2] if run.build else _DELAYS_MS
    run.expect("erasures", *(f"images_{kind}" for kind in KINDS))
    run.expect(*(f"{kind}_after_sync_{delay}_ms" for kind in ("acks", "updates", "welcomes") for delay in delays))
    done = 0
    with ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context("spawn"), prepare) as pool:
        while run.goes_on(run.counts["images"]):
            lives = [run.folder / f"life-{done + number}" for number in range(len(delays))]
            await asyncio.gather(*(_live(run, life, delay) for life, delay in zip(lives, delays, strict=True)))
            each = min(_IMAGES_A_LIFE, -(-(run.rounds - run.counts["images"]) // len(lives)))
            for life, delay in zip(lives, delays, strict=True):
                await _look(run, pool, life, delay, each)
                if not run.problems:
                    shutil.rmtree(life)
            done += len(lives)


async def _live(run: Run, life: Path, delay_ms: int) -> None:
    """Let a server live under load, traced, each sync of it taking so much longer."""
    disk, acks = life / DISK, 150 if delay_ms == 0 else 40
    disk.mkdir(parents=True)
    own = Run(run.seed, 1, life)
    under = command(life / TRACE, delay_ms)
    async with serving(life, build=run.build or "hurried", data=disk / DATA, under=under, lab=True) as server:
        doomed, *_ = (await seat_everybody(server, Size(1, 1)))[0]
        async with crowd(own, server, _SIZE, _HASTY) as everybody:
            for happens in (_is_killed, partial(_erases, doomed), _is_restarted):
                if await everybody.acknowledged(acks):
                    await happens(own, everybody)
                if own.problems:
                    break
            await everybody.acknowledged(acks // 2)
        await server.stop()
        look_at_log(own, server)
    check(own, server.folder)
    run.counts["erasures"] += own.counts["erasures"]
    run.counts["acknowledged"] += own.counts["acknowledged"]
    run.problems += [f"{life.name}: {problem}" for problem in own.problems]


async def _is_killed(own: Run, everybody: Crowd) -> None:
    await everybody.server.kill()
    everybody.gone()
    shutil.copytree(own.folder / DISK, own.folder / LEFT)
    await everybody.server.start()
    await everybody.back(time.monotonic())


async def _erases(doomed: str, own: Run, everybody: Crowd) -> None:
    """Have the server erase what nobody is in, and wait until the room is gone."""
    everybody.server.send(signal.SIGUSR2)
    ends = time.monotonic() + _PATIENCE_S
    while time.monotonic() < ends:
        await asyncio.sleep(0.05)
        logged = everybody.server.logged()
        if f'"{doomed}"' in logged and "room_erased" in logged:
            own.counts["erasures"] += 1
            return
    own.problem("a room that was to be erased is still there")


async def _is_restarted(_: Run, everybody: Crowd) -> None:
    await everybody.server.stop()
    await everybody.server.start()
    await everybody.back(time.monotonic())


async def _look(run: Run, pool: ProcessPoolExecutor, life: Path, delay_ms: int, images: int) -> None:
    """Hold a life's promises against what was sure, and open what may be left of it."""
    with tempfile.TemporaryDirectory(prefix="power-", dir=_memory(), ignore_cleanup_errors=True) as scratch:
        loop, at = asyncio.get_running_loop(), Path(scratch)
        comparing = loop.run_in_executor(pool, covered, life, at / "sure")
        kinds, asked = list(KINDS), []
        for number, cut in enumerate(cuts(read_life(life), images, run.chance(f"cuts of {life.name}"))):
            kind = kinds[number % len(kinds)]
            run.counts[f"images_{kind}"] += 1
            seed = f"{run.seed} {life.name} image {number}"
            asked.append(loop.run_in_executor(pool, judge, life, cut, kind, seed, at / str(number)))
        counts, late = await comparing
        for name, count in counts.items():
            run.counts[f"{name}_{delay_ms}_ms"] += count
        run.problems += [f"{life.name}: {problem}" for problem in late[:_MOST]]
        for problems in await asyncio.gather(*asked):
            run.counts["images"] += 1
            run.problems += [f"{life.name}: {problem}" for problem in problems[:1]]


def _memory() -> Path | None:
    return _MEMORY if os.access(_MEMORY, os.W_OK) else None
