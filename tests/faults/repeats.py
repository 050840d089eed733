"""Commands that come again: at once, late, on another connection, after a restart, with other content."""

from __future__ import annotations

import time

from tests.faults.harness import Run, fault
from tests.faults.rig.crowd import Size, check, crowd, look_at_log
from tests.faults.rig.seat import Manners
from tests.faults.rig.server import serving

_COMMANDS_A_ROUND = 5_000


@fault("repeats", rounds=20, quick_rounds=1)
async def repeats(run: Run) -> None:
    """3 of 10 commands are sent again, some ids with other content; connections drop, the server restarts."""
    chance = run.chance("repeats")
    a_round = 600 if run.is_quick else _COMMANDS_A_ROUND
    size = Size(2, 6) if run.is_quick else Size(4, 10)
    manners = Manners(every_s=0, in_flight=4, repeats=0.3, reuses=0.02)
    run.expect("repeats", "same_answers", "reused_refused", "restarts", "drops")
    async with serving(run.folder, build=run.build, lab=True) as server:
        async with crowd(run, server, size, manners) as everybody:
            while run.goes_on(run.counts["restarts"]):
                for _ in range(4):
                    await everybody.acknowledged(a_round // 4)
                    for seat in chance.sample(everybody.seats, 3):
                        seat.drop()
                        run.counts["drops"] += 1
                await (server.kill() if chance.random() < 0.5 else server.stop())
                everybody.gone()
                run.counts["restarts"] += 1
                await server.start()
                await everybody.back(time.monotonic())
        await server.stop()
        look_at_log(run, server)
    check(run, server.folder)
    if not run.is_quick and run.seconds is None:
        run.figure("commands_short_of_100000", max(0, run.rounds * a_round - run.counts["acknowledged"]), at_most=0)
