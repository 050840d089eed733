"""A disk that is full, and files that may not grow: typed refusals, nothing lost, and on by itself afterwards.

The full disk is a small tmpfs where the system lets us mount one, filled up by a file beside the rooms. Files that
may not grow (RLIMIT_FSIZE, set from outside) fail with EFBIG, which SQLite reports as an I/O error in the midst of a
write, not as a full disk: the second kind of trouble, and the only one where nothing can be mounted.
"""

from __future__ import annotations

import asyncio
import errno
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.harness import Run, fault
from tests.faults.rig.crowd import Crowd, Size, check, crowd, look_at_log, percentile
from tests.faults.rig.seat import Manners, ask, dial
from tests.faults.rig.server import Server, serving

_MIB = 1 << 20
_SIZE_MIB = 24
_WITHIN_S = 5.0
_SMALL = Size(2, 6)


@contextmanager
def small_disk(place: Path) -> Iterator[bool]:
    """Mount a small tmpfs on a folder for as long as the block lasts; say whether that was possible."""
    place.mkdir(parents=True, exist_ok=True)
    is_mounted = False
    if sys.platform == "linux" and os.geteuid() == 0:
        command = ["mount", "-t", "tmpfs", "-o", f"size={_SIZE_MIB}m", "tmpfs", str(place)]
        is_mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    try:
        yield is_mounted
    finally:
        if is_mounted:
            subprocess.run(["umount", "--lazy", str(place)], capture_output=True, check=False)


def fill_up(place: Path) -> None:
    """Take all the space that a small disk has left."""
    with (place / "filling").open("ab", buffering=0) as file:
        for size in (_MIB, 4096, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise


@fault("full-disk", rounds=100, quick_rounds=4)
async def full_disk(run: Run) -> None:
    """The disk is full, or the files may grow no more, again and again under load."""
    run.expect("refused_unavailable", "recovered", "no_growth")
    recovered: list[float] = []
    place = run.folder / "disk"
    with small_disk(place) as is_mounted:
        kinds = ["full", "no growth"] if is_mounted else ["no growth"]
        run.must_count |= {"let_in_meanwhile", "full"} if is_mounted else set()
        run.notes.append(
            "a small tmpfs was filled up" if is_mounted else "no tmpfs could be mounted: files were limited"
        )
        async with serving(run.folder, build=run.build, data=place / "data", lab=True, log_level="error") as server:
            async with crowd(run, server, _SMALL, Manners(every_s=0.05)) as everybody:
                done = 0
                while run.goes_on(done):
                    await everybody.acknowledged(run.chance(f"round {done}").randrange(10, 80))
                    recovered.append(await _trouble(run, server, everybody, kinds[done % len(kinds)], place))
                    done += 1
            await server.stop()
            look_at_log(run, server)
        run.figure("writable_max_s", max(recovered, default=0), at_most=_WITHIN_S)
        run.figure("writable_p50_s", percentile(recovered, 0.5))
        check(run, server.folder)


async def _trouble(run: Run, server: Server, everybody: Crowd, kind: str, place: Path) -> float:
    """Take the space, see that everybody is refused and nobody is cut, give it back; return when all goes on."""
    before = sum(seat.journal.unavailable for seat in everybody.seats)
    if kind == "full":
        fill_up(place)
    else:
        server.limit_files(1)
    ends = time.monotonic() + 20
    while sum(seat.journal.unavailable for seat in everybody.seats) < before + 3 and time.monotonic() < ends:
        await asyncio.sleep(0.01)
    refused = sum(seat.journal.unavailable for seat in everybody.seats) - before
    run.counts["refused_unavailable"] += refused
    if not refused:
        run.problem(f"{kind}: nobody was refused")
    if kind == "full":  # files that fail in the midst of a write are opened afresh, and may not be read until then
        if await _is_let_in(server, everybody.seats[0].room):
            run.counts["let_in_meanwhile"] += 1
        else:
            run.problem(f"{kind}: nobody is let in to watch")
    if not all(seat.here.is_set() for seat in everybody.seats):
        run.problem(f"{kind}: connections were cut")
    if kind == "full":
        (place / "filling").unlink()
    else:
        server.limit_files(None)
    run.counts["full" if kind == "full" else "no_growth"] += 1
    began = time.monotonic()
    await everybody.acknowledged(1)
    run.counts["recovered"] += 1
    return time.monotonic() - began


async def _is_let_in(server: Server, room: str) -> bool:
    """Return whether somebody may watch; who comes in the very moment of a refused write is told to come again."""
    for _ in range(20):
        async with dial(server.url) as watcher:
            answer = await ask(watcher, {"type": "watch", "room": room})
        if answer["type"] == "welcome":
            return True
        if answer["code"] != "unavailable":
            return False
        await asyncio.sleep(0.25)
    return False
