"""SIGKILL and SIGTERM under load: nothing acknowledged is lost, nothing is doubled, everybody is soon back."""

from __future__ import annotations

import time

from tests.faults.harness import Run, fault
from tests.faults.rig.crowd import STANDARD, Crowd, Size, check, crowd, look_at_log, percentile
from tests.faults.rig.raw import Stalled
from tests.faults.rig.seat import Manners
from tests.faults.rig.server import serving

_SMALL = Size(2, 6)
_HASTY = Manners(every_s=0.1, repeats=0.1)
_STALLED = 3
RESTART = 1012


@fault("kills", rounds=200, quick_rounds=8)
async def kills(run: Run) -> None:
    """SIGKILL at random instants under load."""
    chance, back = run.chance("kills"), list[float]()
    size, manners = (_SMALL, _HASTY) if run.is_quick else (STANDARD, Manners(repeats=0.1))
    run.expect("kills")
    async with serving(run.folder, build=run.build, lab=True) as server:
        async with crowd(run, server, size, manners) as everybody:
            while run.goes_on(run.counts["kills"]):
                if not await everybody.acknowledged(chance.randrange(1, 60)):
                    break
                await server.kill()
                everybody.gone()
                run.counts["kills"] += 1
                await server.start()
                back += await everybody.back(time.monotonic())
        await server.stop()
        look_at_log(run, server)
    run.figure("back_p95_s", percentile(back, 0.95), at_most=3)
    run.figure("back_max_s", max(back, default=0), at_most=10)
    check(run, server.folder)


async def restart(run: Run, everybody: Crowd, after: int) -> tuple[float, list[float]]:
    """Stop the server under load while some clients have stopped reading, and start it again.

    Args:
        run: counts the restart, and who had stopped reading.
        everybody: the load; how each connection was closed is noted anew.
        after: how many more commands are to be acknowledged before the stop.

    Returns:
        How long the stop took, and after how long each seat was back, in seconds.
    """
    server = everybody.server
    stalled = [await Stalled.open(server, everybody.seats[0].room) for _ in range(_STALLED)]
    run.counts["stalled"] += len(stalled)
    await everybody.acknowledged(after)
    for seat in everybody.seats:
        seat.closes.clear()
    took_s = await server.stop()
    run.counts["restarts"] += 1
    await server.start()
    gaps = await everybody.back(time.monotonic())
    for one in stalled:
        one.close()
    return took_s, gaps


@fault("restarts", rounds=50, quick_rounds=2)
async def restarts(run: Run) -> None:
    """SIGTERM under load, with clients there that have stopped reading."""
    chance, ends, back = run.chance("restarts"), list[float](), list[float]()
    size, manners = (_SMALL, _HASTY) if run.is_quick else (STANDARD, Manners(repeats=0.1))
    run.expect("restarts", "stalled", "closed_1012")
    async with serving(run.folder, build=run.build, lab=True) as server:
        async with crowd(run, server, size, manners) as everybody:
            while run.goes_on(run.counts["restarts"]):
                took_s, gaps = await restart(run, everybody, chance.randrange(1, 60))
                ends.append(took_s)
                back += gaps
                codes = [seat.closes[0] for seat in everybody.seats if seat.closes]
                run.counts["closed_1012"] += codes.count(RESTART)
                if len(codes) != len(everybody.seats) or set(codes) != {RESTART}:
                    run.problem(f"closed with {sorted(set(codes))}, {len(codes)} of {len(everybody.seats)}")
        ends.append(await server.stop())
        look_at_log(run, server)
    if set(server.ended) != {0}:
        run.problem(f"the server ended with {sorted(set(server.ended))}")
    run.figure("stop_max_s", max(ends), at_most=5)
    run.figure("back_p95_s", percentile(back, 0.95), at_most=3)
    check(run, server.folder)
