"""The checker of the order between people is tried itself: on a history of a million operations, and on broken ones."""

from __future__ import annotations

import shutil
import time

from tests.faults.harness import Run, fault
from tests.faults.rig import histories, order

_ROOMS = 20
_CLIENTS = 25
_OPERATIONS = 1_000_000
_SMALL = 4, 200  # clients and operations of a history in which something is planted


@fault("order", rounds=600, quick_rounds=24)
async def order_between_people(run: Run) -> None:
    """A long made-up history is found right, in time; each of many that have one thing wrong is found out."""
    run.expect("commands_ordered", "welcomes_ordered", "views_ordered", "planted")
    _try_long(run, _OPERATIONS // (50 if run.is_quick else 1))
    while run.goes_on(run.counts["planted"]):
        number = run.counts["planted"]
        name = sorted(histories.ANOMALIES)[number % len(histories.ANOMALIES)]
        chance = run.chance(f"planted {number}")
        history = histories.make(chance, *_SMALL)
        before = _problems_of(run, history)
        histories.ANOMALIES[name](chance, history)
        after = _problems_of(run, history)
        if before or not after:
            run.problem(f"{name} {number}: {before[:1]} is wrong before it was planted, {after[:1]} after")
        run.counts["planted"] += 1
        run.counts[name] += 1


def _try_long(run: Run, operations: int) -> None:
    """Check a right history, and measure what that takes."""
    folder = run.folder / "long"
    for room in range(_ROOMS):
        run.tell(f"writing room {room} of {_ROOMS}")
        made = histories.make(run.chance(f"room {room}"), _CLIENTS, operations // _ROOMS)
        histories.write(folder, f"R{room}", made)
    run.tell("checking")
    began = time.process_time()
    found = order.check(folder)
    run.figure("check_cpu_s", time.process_time() - began, at_most=60)
    run.counts.update(found.counts)
    run.problems.extend(found.problems)
    shutil.rmtree(folder)


def _problems_of(run: Run, history: list[histories.Told]) -> list[str]:
    folder = run.folder / "small"
    histories.write(folder, "R", history)
    return order.check(folder).problems
