"""A disk that is full, files that may not grow, syncs that fail: typed refusals, nothing lost, and on by itself.

The full disk is a small tmpfs where the system lets us mount one, filled up by a file beside the rooms. Files that
may not grow (RLIMIT_FSIZE, set from outside) fail with EFBIG, which SQLite reports as an I/O error in the midst of a
write, not as a full disk: the second kind of trouble, and the only one where nothing can be mounted. Syncs that fail
with EIO (`strace` puts itself between server and system for a while) are the third: what was written is in the
system's memory, may be gone from there, and the next sync may say nothing of it.
"""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
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


@asynccontextmanager
async def failing_syncs(server: Server) -> AsyncIterator[None]:
    """Let every sync of a server fail for as long as the block lasts."""
    inject = "--inject=fsync,fdatasync:error=EIO"
    command = ["strace", "-f", "-qq", "-p", str(server.pid), "--trace=fsync,fdatasync", inject, "-o", os.devnull]
    strace = await asyncio.create_subprocess_exec(*command)
    try:
        while strace.returncode is None and not server.is_traced:
            await asyncio.sleep(0.01)
        yield
    finally:
        with suppress(ProcessLookupError):
            strace.terminate()
        await strace.wait()


@fault("full-disk", rounds=100, quick_rounds=6)
async def full_disk(run: Run) -> None:
    """The disk is full, the files may grow no more, or syncs fail, again and again under load."""
    run.expect("refused_unavailable", "recovered", "no_growth")
    recovered: list[float] = []
    place = run.folder / "disk"
    with small_disk(place) as is_mounted:
        kinds = ["full", "no growth"] if is_mounted else ["no growth"]
        run.must_count |= {"let_in_meanwhile", "full"} if is_mounted else set()
        if shutil.which("strace") and os.geteuid() == 0:
            kinds.append("failing syncs")
            run.must_count.add("failing_syncs")
        else:
            run.notes.append("no sync has failed: that needs strace, and root to use it on a process that runs")
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
    async with AsyncExitStack() as trouble:
        await _begin(trouble, server, kind, place)
        await _see_refusals(run, server, everybody, kind)
    run.counts[kind.replace(" ", "_")] += 1
    began = time.monotonic()
    await everybody.acknowledged(1)
    run.counts["recovered"] += 1
    return time.monotonic() - began


async def _begin(trouble: AsyncExitStack, server: Server, kind: str, place: Path) -> None:
    """Let a kind of trouble begin that ends with the block that it is given to."""
    match kind:
        case "full":
            fill_up(place)
            trouble.callback((place / "filling").unlink)
        case "no growth":
            server.limit_files(1)
            trouble.callback(server.limit_files, None)
        case _:
            await trouble.enter_async_context(failing_syncs(server))


async def _see_refusals(run: Run, server: Server, everybody: Crowd, kind: str) -> None:
    before = sum(seat.journal.unavailable for seat in everybody.seats)
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
