"""Who reads nothing and who sends too much: neither delays the others."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Awaitable
from typing import Self

import attrs
from websockets.asyncio.client import ClientConnection

from tests.faults.harness import Run, fault
from tests.faults.rig.crowd import STANDARD, Crowd, Size, check, crowd, look_at_log, percentile
from tests.faults.rig.raw import Plain, Stalled
from tests.faults.rig.seat import Manners, ask, dial
from tests.faults.rig.server import ROOT, Server, serving

_SMALL = Size(2, 10)
_ANNOUNCEMENT = "x" * 400
_FLOODING = {4409, 4429}
_STALL_S = 2.0


@attrs.define
class _Times:
    """How others fare: from command to answer, from a change to its arrival; and what the server does meanwhile."""

    delays_s: list[float] = attrs.field(factory=list)
    lags_s: list[float] = attrs.field(factory=list)
    cpu_s: float = 0.0
    wall_s: float = 0.0

    async def during(self, everybody: Crowd, what: Awaitable[object]) -> None:
        """Add what everybody measures until something is over."""
        everybody.forget_times()
        cpu_s, began = everybody.server.cpu_s, time.monotonic()
        await what
        self.cpu_s += everybody.server.cpu_s - cpu_s
        self.wall_s += time.monotonic() - began
        self.delays_s += everybody.delays_s()
        self.lags_s += [lag for seat in everybody.seats for lag in seat.lags_s]


def _hold_against(run: Run, quiet: _Times, troubled: _Times, name: str) -> None:
    """Hold the others' times in trouble against their times in the quiet whiles between."""
    for what, times in (("without", quiet), (name, troubled)):
        run.figure(f"{what}_p50_s", percentile(times.delays_s, 0.5))
        run.figure(f"{what}_p99_s", percentile(times.delays_s, 0.99))
        run.figure(f"{what}_lag_p99_s", percentile(times.lags_s, 0.99))
        run.figure(f"{what}_cores", times.cpu_s / times.wall_s)  # of CPU that the server takes
        run.counts[f"{what}_answers"] += len(times.delays_s)
        run.expect(f"{what}_answers")
    bound = 1.2 * percentile(quiet.delays_s, 0.99) + 0.005
    run.figure(f"{name}_over_bound_s", percentile(troubled.delays_s, 0.99) - bound, at_most=0)


@attrs.define
class _Announcer:
    """Somebody who opens a room and, while let, announces something in it five times a second."""

    room: str
    host_token: str
    _run: Run
    _wire: ClientConnection
    _said: int = 0

    @classmethod
    async def open(cls, run: Run, server: Server) -> Self:
        """Open a room without people."""
        connection = await dial(server.url)
        created = await ask(connection, {"type": "create", "scenario": "counter", "options": {"seats": 2}})
        return cls(created["room"], created["host_token"], run, connection)

    async def announce(self, for_s: float) -> None:
        """Announce for so long."""
        ends = time.monotonic() + for_s
        while time.monotonic() < ends:
            self._said += 1
            args = {"text": _ANNOUNCEMENT}
            await ask(self._wire, {"type": "command", "id": f"a{self._said}", "name": "host.announce", "args": args})
            self._run.counts["announcements"] += 1
            await asyncio.sleep(0.2)

    async def close(self) -> None:
        """Leave."""
        await self._wire.close()


@fault("stalled", rounds=3, quick_rounds=1)
async def stalled(run: Run) -> None:
    """One connection in ten stops reading, while 400 bytes go to everybody five times a second; between, quiet."""
    phase_s = 1.5 if run.is_quick else 20.0
    size = _SMALL if run.is_quick else STANDARD
    manners = Manners(every_s=0.3 if run.is_quick else 3.0)
    run.expect("stalled", "announcements", "cut")
    quiet, troubled, held_kib, done = _Times(), _Times(), 0, 0
    async with serving(run.folder, build=run.build, lab=True, stall_s=_STALL_S) as server:
        async with crowd(run, server, size, manners) as everybody:
            announcers = [await _Announcer.open(run, server) for _ in range(size.rooms)]
            while run.goes_on(done):
                await quiet.during(everybody, asyncio.sleep(phase_s))
                before = server.resident_kib
                rooms = [one.room for one in announcers]
                silent = [await Stalled.open(server, rooms[n % len(rooms)]) for n in range(len(everybody.seats) // 10)]
                run.counts["stalled"] += len(silent)
                await troubled.during(everybody, asyncio.gather(*(one.announce(phase_s) for one in announcers)))
                held_kib = max(held_kib, (server.resident_kib - before) // len(silent))
                for one in silent:
                    one.close()
                done += 1
            _hold_against(run, quiet, troubled, "stalled")
            run.figure("held_kib_each", held_kib, at_most=1024)
            await asyncio.gather(*(one.close() for one in announcers))
            run.figure("cut_after_s", await _until_cut(run, server, announcers[0]), at_most=10)
        await server.stop()
        look_at_log(run, server)
    check(run, server.folder)


async def _until_cut(run: Run, server: Server, announcer: _Announcer) -> float:
    """Tell a room ever more until whoever does not read is cut; return how long nothing more had been taken then."""
    host = await Plain.open(server.port)
    await host.ask({"type": "resume", "room": announcer.room, "host_token": announcer.host_token})
    one = await Stalled.open(server, announcer.room)
    sent = most = 0
    grew_at, ends = time.monotonic(), time.monotonic() + 60
    while (waiting := one.waiting_bytes(server)) >= 0 and time.monotonic() < ends:
        if waiting > most:
            most, grew_at = waiting, time.monotonic()
        for _ in range(20):
            sent += 1
            host.send({"type": "command", "id": f"b{sent}", "name": "host.announce", "args": {"text": _ANNOUNCEMENT}})
        for _ in range(20):
            await host.answer()
    took = time.monotonic() - grew_at
    run.figure("kept_by_the_system_kib", most / 1024)
    host.close()
    if await one.was_cut():
        run.counts["cut"] += 1
    else:
        run.problem("whoever read nothing was never cut")
    one.close()
    return took


@fault("flood", rounds=3, quick_rounds=1)
async def flood(run: Run) -> None:
    """One seat sends 10,000 commands a second, from one socket and from twenty; between, it is quiet."""
    size = _SMALL if run.is_quick else STANDARD
    phase_s = 1.0 if run.is_quick else 20.0
    run.expect("flood_frames", "rate_limited", "closed_flooding", "honest_taken")
    quiet, troubled, patience, done = _Times(), _Times(), 0.0, 0
    async with serving(run.folder, build=run.build) as server:
        async with crowd(run, server, size, Manners(every_s=0.3 if run.is_quick else 3.0)) as everybody:
            room, token = await _guest(server)
            await _honest_burst(run, server, room, token)
            while run.goes_on(done):
                for sockets in (1, 20):
                    await quiet.during(everybody, asyncio.sleep(phase_s))
                    flooding = asyncio.ensure_future(_flood(run, server, room, token, sockets, phase_s))
                    await troubled.during(everybody, flooding)
                    patience = max(patience, flooding.result()) if sockets == 1 else patience
                done += 1
            _hold_against(run, quiet, troubled, "flooded")
            run.figure("closed_after_s", patience, at_most=2)
        await server.stop()
        look_at_log(run, server)
    check(run, server.folder)


async def _guest(server: Server) -> tuple[str, str]:
    """Open a room of one seat and return its code and the seat's token."""
    async with dial(server.url) as host, dial(server.url) as guest:
        room = (await ask(host, {"type": "create", "scenario": "counter", "options": {"seats": 1}}))["room"]
        token = (await ask(guest, {"type": "join", "room": room, "name": "Guest"}))["seat_token"]
        await ask(host, {"type": "command", "id": "start", "name": "host.start"})
    return room, token


async def _honest_burst(run: Run, server: Server, room: str, token: str) -> None:
    """Send 40 commands in a moment, as an eager pupil may, and see that each is taken."""
    async with dial(server.url) as connection:
        await ask(connection, {"type": "resume", "room": room, "seat_token": token})
        for n in range(40):
            await connection.send(json.dumps({"type": "command", "id": f"h{n}", "name": "count", "args": {"by": 1}}))
        answers = 0
        while answers < 40:
            frame = json.loads(await connection.recv())
            if frame["type"] == "result":
                answers += 1
                run.counts["honest_taken"] += frame["ok"]
    if run.counts["honest_taken"] != 40:
        run.problem(f"of an honest burst of 40 only {run.counts['honest_taken']} were taken")


async def _flood(run: Run, server: Server, room: str, token: str, sockets: int, for_s: float) -> float:
    """Let a process flood for so long; return the longest time until it was closed."""
    flooder = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.faults.rig.flooder", str(server.port), room, token, str(sockets), str(for_s)),
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        cwd=ROOT,
    )
    told, _ = await flooder.communicate()
    found = json.loads(told)
    for name, count in found["counts"].items():
        word, _, rest = name.partition("_")
        if word == "closed":
            is_ours = rest.isdigit() and int(rest) in _FLOODING
            run.counts["closed_flooding" if is_ours else name] += count
        elif name.startswith("told "):
            run.problem(f"a flooder was {name}")
        else:
            run.counts[name] += count
    return float(found["until_closed_s"])
