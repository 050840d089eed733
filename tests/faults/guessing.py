"""Guessing codes: slow for whoever guesses, and no class is locked out by its own mistakes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from tests.faults.harness import Run, fault
from tests.faults.rig.crowd import look_at_log, percentile
from tests.faults.rig.seat import ask, dial
from tests.faults.rig.server import Server, serving

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWX"
_CODES = len(_ALPHABET) ** 7
_ROOMS = 200
_HOUR_S = 3_600
_SPENT_PER_S = 25  # where no more are looked at, the first budget is spent
_PATIENCE_S = 120.0


@fault("guessing", rounds=1, quick_rounds=1)
async def guessing(run: Run) -> None:
    """200 pupils at one address mistype twice each and all get in; then somebody guesses as fast as it goes."""
    pupils = 40 if run.is_quick else 200
    for_s = 3.0 if run.is_quick else 30.0
    chance = run.chance("codes")
    run.expect("mistyped", "pupils_in", "guesses", "turned_away")
    times: list[float] = []

    def wrong() -> str:
        return "".join(chance.choice(_ALPHABET) for _ in range(7))

    budget: dict[str, Any] = {"failure_burst": 3 * pupils, "failures_per_address": 3 * pupils} if run.is_quick else {}
    async with serving(run.folder, build=run.build, **budget) as server, dial(server.url) as host:
        room = (await ask(host, {"type": "create", "scenario": "counter", "options": {"seats": pupils}}))["room"]

        async def come_in(number: int) -> None:
            began = time.monotonic()
            for _ in range(2):
                is_told = await _is_refused(server, wrong(), "no_such_room")
                run.counts["mistyped"] += is_told
            while True:
                async with dial(server.url) as connection:
                    answer = await ask(connection, {"type": "join", "room": room, "name": f"Pupil {number}"})
                if answer["type"] == "welcome":
                    break
                await asyncio.sleep(1)
            times.append(time.monotonic() - began)
            run.counts["pupils_in"] += 1

        async with asyncio.timeout(120):
            await asyncio.gather(*(come_in(number) for number in range(pupils)))
        run.figure("class_in_s", max(times), at_most=60)
        run.figure("class_in_p50_s", percentile(times, 0.5))
        looked_at = await _guess(run, server, wrong, for_s)
        await server.stop()
        look_at_log(run, server)
    hour = looked_at["burst"] + looked_at["per_s"] * _HOUR_S
    run.figure("guesses_looked_at_per_hour", hour)
    run.figure("chance_per_hour", hour * _ROOMS / _CODES, at_most=1e-3)


async def _is_refused(server: Server, code: str, why: str, address: int = 1) -> bool:
    async with dial(server.url, local_addr=(f"127.0.0.{address}", 0)) as connection:
        answer = await ask(connection, {"type": "join", "room": code, "name": "Guess"})
    return bool(answer.get("code") == why)


async def _guess(run: Run, server: Server, wrong: Callable[[], str], for_s: float) -> dict[str, float]:
    """Guess from twenty addresses at once; return how many guesses were looked at at first, and by the second later."""
    looked_at = 0

    async def one(address: int, goes_on: Callable[[], bool]) -> None:
        nonlocal looked_at
        while goes_on():
            is_told = await _is_refused(server, wrong(), "no_such_room", address)
            run.counts["guesses"] += 1
            run.counts["turned_away"] += not is_told
            looked_at += is_told

    async def guess_for(seconds: float) -> int:
        """Guess for a while; return how many guesses were looked at."""
        nonlocal looked_at
        before, ends = looked_at, time.monotonic() + seconds
        await asyncio.gather(*(one(address, lambda: time.monotonic() < ends) for address in range(2, 22)))
        return looked_at - before

    patience = time.monotonic() + _PATIENCE_S
    while await guess_for(2) > 2 * _SPENT_PER_S and time.monotonic() < patience:
        run.tell(f"{looked_at} guesses have been looked at")
    return {"burst": float(looked_at), "per_s": await guess_for(for_s) / for_s}
