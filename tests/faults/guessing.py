"""Guessing codes: slow for whoever guesses, and no class is locked out by its own mistakes."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from tests.faults.crowd import look_at_log, percentile
from tests.faults.harness import Run, fault
from tests.faults.seat import ask, dial
from tests.faults.server import Server, serving

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWX"
_CODES = len(_ALPHABET) ** 7
_ROOMS = 200
_HOUR_S = 3_600


@fault("guessing", rounds=1, quick_rounds=1)
async def guessing(run: Run) -> None:
    """200 pupils at one address mistype twice each and all get in; then somebody guesses as fast as it goes."""
    pupils = 40 if run.is_quick else 200
    for_s = 3.0 if run.is_quick else 60.0
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
                async with dial(server.url) as wire:
                    answer = await ask(wire, {"type": "join", "room": room, "name": f"Pupil {number}"})
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
    async with dial(server.url, local_addr=(f"127.0.0.{address}", 0)) as wire:
        answer = await ask(wire, {"type": "join", "room": code, "name": "Guess"})
    return bool(answer.get("code") == why)


async def _guess(run: Run, server: Server, wrong: object, for_s: float) -> dict[str, float]:
    """Guess from twenty addresses at once; return how many guesses were looked at, at first and by the second."""
    assert callable(wrong)
    looked_at: list[float] = []
    began = time.monotonic()

    async def one(address: int) -> None:
        while time.monotonic() < began + for_s:
            run.counts["guesses"] += 1
            if await _is_refused(server, wrong(), "no_such_room", address):
                looked_at.append(time.monotonic() - began)
            else:
                run.counts["turned_away"] += 1

    await asyncio.gather(*(one(address) for address in range(2, 22)))
    late = sum(1 for at in looked_at if at > for_s / 2)
    return {"burst": float(len(looked_at)), "per_s": late / (for_s / 2)}
