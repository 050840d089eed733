"""The whole server in one thread, in a world that is drawn from a seed: real edge, sessions, rooms, rules and store.

How that world is made the other files say. Here its hours are lived through by processes of their own, one for each
core; some of them in three processes with three hash seeds, which have to tell the same to the byte. An hour that goes
wrong is made as short as it can be and is kept as evidence: a tape that lives through it again, and all that was told.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Final

from tests.faults.harness import Run, fault
from tests.faults.sim.rare import RARE

_ROOT: Final = Path(__file__).resolve().parents[3]
_AT_ONCE: Final = max(2, min(os.cpu_count() or 2, 8))
_HASH_SEEDS: Final = ("0", "1", "4711")
_MOST_TWINS: Final = 20  # hours that three processes live through at most; else one in ten
_SHARE: Final = 13  # hours that are given to a process at a time
_QUICK, _LONG = 100, 5_000
_FEWEST_QUICK: Final = 60  # rare states
_APART: Final = 1_000_000  # seeds of two runs never meet


async def _live(seeds: range, *options: str, hash_seed: str = "random") -> list[dict[str, Any]]:
    """Return what came of the hours of some seeds, lived through in a process of its own."""
    asked = [str(seeds.start), str(seeds.stop), str(seeds.step)]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.faults.sim", "--range", *asked, *options),
        cwd=_ROOT,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    told, complaints = await process.communicate()
    hours = [json.loads(line) for line in told.splitlines()]
    if len(hours) != len(seeds):
        raise RuntimeError(f"seed {seeds[len(hours)]} broke its process: {complaints.decode()[-400:]}")
    return hours


async def _in_turn(run: Run, first: int, shares: list[range]) -> list[dict[str, Any]]:
    """Live through shares of the seeds, as many at once as there are cores."""
    hours: list[dict[str, Any]] = []
    waiting = list(reversed(shares))
    options = ("--shrink", str(run.folder), *(("--build", run.build) if run.build else ()))

    async def work() -> None:
        while waiting and run.goes_on(run.counts["hours"]):
            found = await _live(waiting.pop(), *options)
            run.counts["hours"] += len(found)
            hours.extend(found)
            for hour in found:
                for problem in hour["problems"]:
                    run.problem(f"seed {hour['seed']}: {problem}")

    await asyncio.gather(*(work() for _ in range(_AT_ONCE)))
    return hours


async def _three_times(run: Run, seeds: range) -> None:
    """Live through hours in three processes with three hash seeds, and compare what was told."""
    limit = asyncio.Semaphore(_AT_ONCE)

    async def once(hash_seed: str) -> list[str]:
        async with limit:
            return [hour["digest"] for hour in await _live(seeds, hash_seed=hash_seed)]

    told = await asyncio.gather(*(once(hash_seed) for hash_seed in _HASH_SEEDS))
    for seed, digests in zip(seeds, zip(*told, strict=True), strict=True):
        if len(set(digests)) > 1:
            run.problem(f"seed {seed} is another hour in another process: {digests}")
        run.counts["same_in_three_processes"] += 1


@fault("sim", rounds=_LONG, quick_rounds=_QUICK)
async def sim(run: Run) -> None:
    """One seed, the whole server: order of steps, network, disk, clock and crashes are drawn; what fails is shrunk."""
    run.expect("hours", "acknowledged", "pictures_compared", "same_in_three_processes")
    first = run.seed % _APART * _APART
    ends = first + run.rounds
    shares = [range(start, min(start + _SHARE, ends)) for start in range(first, ends, _SHARE)]
    hours = await _in_turn(run, first, shares)
    met: Counter[str] = Counter()
    for hour in hours:
        met.update(state for state in hour["met"])
        run.counts["acknowledged"] += hour["counts"]["acknowledged"]
        run.counts["simulated_s"] += hour["counts"]["seconds"]
        run.counts["steps"] += hour["counts"]["steps"]
        run.counts["pictures_compared"] += hour["met"].get("pictures compared with the log", 0)
    if not run.problems:
        await _three_times(run, range(first, first + min(_MOST_TWINS, -(-run.rounds // 10))))
    reached = [state for state in RARE if met[state]]
    run.counts["rare_reached"] = len(reached)
    run.notes += [f"reached in {met[state]} hours: {state}" for state in reached]
    run.notes += [f"not reached: {state}" for state in RARE if not met[state]]
    fewest = len(RARE) if run.rounds >= _LONG else _FEWEST_QUICK if run.rounds >= _QUICK else 0
    if run.counts["hours"] == run.rounds and len(reached) < fewest:
        run.problem(f"only {len(reached)} of {len(RARE)} rare states were reached, and {fewest} have to be")
