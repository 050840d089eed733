"""Who reads nothing and who sends too much: neither delays the others."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from websockets.asyncio.client import ClientConnection

from tests.faults.crowd import STANDARD, Crowd, Size, check, crowd, look_at_log, percentile
from tests.faults.harness import Run, fault
from tests.faults.raw import Closed, Plain, Stalled, text_frame
from tests.faults.seat import Manners, ask, dial
from tests.faults.server import Server, serving

_SMALL = Size(2, 10)
_ANNOUNCEMENT = "x" * 400
_FLOODING = {4409, 4429}
_STALL_S = 2.0


def _watch_others(run: Run, everybody: Crowd, what: str) -> float:
    """Note how the others fare; return the 99th percentile of their times from command to answer."""
    p99 = percentile(everybody.delays_s(), 0.99)
    run.figure(f"{what}_p99_s", p99)
    run.figure(f"{what}_lag_p99_s", percentile([lag for seat in everybody.seats for lag in seat.lags_s], 0.99))
    run.counts[f"{what}_answers"] += len(everybody.delays_s())
    run.expect(f"{what}_answers")
    everybody.forget_times()
    return p99


def _hold_against(run: Run, p99: float, baseline: float, name: str) -> None:
    run.figure(f"{name}_over_bound_s", p99 - (1.2 * baseline + 0.005), at_most=0)


@asynccontextmanager
async def _announcing(run: Run, server: Server, number: int) -> AsyncIterator[list[tuple[str, str]]]:
    """Open rooms without people whose hosts announce something five times a second; give codes and host tokens."""
    hosts, found = list[ClientConnection](), list[tuple[str, str]]()

    async def announce(host: ClientConnection) -> None:
        for n in range(1_000_000):
            frame = {"type": "command", "id": f"a{n}", "name": "host.announce", "args": {"text": _ANNOUNCEMENT}}
            await ask(host, frame)
            run.counts["announcements"] += 1
            await asyncio.sleep(0.2)

    for _ in range(number):
        host = await dial(server.url)
        created = await ask(host, {"type": "create", "scenario": "counter", "options": {"seats": 2}})
        hosts.append(host)
        found.append((created["room"], created["host_token"]))
    tasks = [asyncio.create_task(announce(host)) for host in hosts]
    try:
        yield found
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(host.close() for host in hosts))


@fault("stalled", rounds=1, quick_rounds=1)
async def stalled(run: Run) -> None:
    """One connection in ten stops reading, while 400 bytes go to everybody five times a second."""
    phase_s = 2.0 if run.is_quick else 60.0
    size = _SMALL if run.is_quick else STANDARD
    manners = Manners(every_s=0.3 if run.is_quick else 3.0)
    run.expect("stalled", "announcements", "cut")
    async with serving(run.folder, build=run.build, lab=True, stall_s=_STALL_S) as server:
        async with crowd(run, server, size, manners) as everybody:
            await asyncio.sleep(0.5)
            everybody.forget_times()
            run.tell(f"{phase_s:.0f} s without")
            await asyncio.sleep(phase_s)
            baseline = _watch_others(run, everybody, "without")
            async with _announcing(run, server, size.rooms) as rooms:
                before = server.resident_kib
                silent = [
                    await Stalled.open(server, rooms[n % len(rooms)][0]) for n in range(len(everybody.seats) // 10)
                ]
                run.counts["stalled"] += len(silent)
                run.tell(f"{phase_s:.0f} s with {len(silent)} stalled")
                await asyncio.sleep(phase_s)
                _hold_against(run, _watch_others(run, everybody, "stalled"), baseline, "stalled")
                run.figure("held_kib_each", max(0, server.resident_kib - before) / len(silent), at_most=1024)
                run.figure("cut_after_s", await _until_cut(run, server, rooms[0], silent[0]), at_most=10 + _STALL_S)
                for one in silent:
                    one.close()
        await server.stop()
        look_at_log(run, server)
    check(run, server.folder)


async def _until_cut(run: Run, server: Server, room: tuple[str, str], one: Stalled) -> float:
    """Tell a room so much that the kernel takes no more for whoever does not read; return when that one was cut."""
    code, token = room
    host = await Plain.open(server.port)
    await host.ask({"type": "resume", "room": code, "host_token": token})
    began, ends = time.monotonic(), time.monotonic() + 30
    sent = 0
    cut = await server.metric("makersphere_connections_cut_total")
    while await server.metric("makersphere_connections_cut_total") == cut and time.monotonic() < ends:
        for _ in range(100):
            sent += 1
            host.send({"type": "command", "id": f"b{sent}", "name": "host.announce", "args": {"text": _ANNOUNCEMENT}})
        for _ in range(100):
            await host.answer()
    took = time.monotonic() - began
    host.close()
    if await one.was_cut():
        run.counts["cut"] += 1
    else:
        run.problem("whoever read nothing was never cut")
    return took


@fault("flood", rounds=3, quick_rounds=1)
async def flood(run: Run) -> None:
    """One seat sends 10,000 commands a second, from one socket and from twenty."""
    size = _SMALL if run.is_quick else STANDARD
    phase_s = 1.0 if run.is_quick else 20.0
    run.expect("rate_limited", "closed_flooding", "honest_taken")
    async with serving(run.folder, build=run.build) as server:
        async with crowd(run, server, size, Manners(every_s=0.3 if run.is_quick else 3.0)) as everybody:
            room, token = await _guest(server)
            await _honest_burst(run, server, room, token)
            everybody.forget_times()
            await asyncio.sleep(phase_s)
            baseline, worst, patience = _watch_others(run, everybody, "without"), 0.0, 0.0
            done = 0
            while run.goes_on(done):
                for sockets in (1, 20):
                    flooding = [_flood(run, server, room, token, phase_s, 100 // sockets) for _ in range(sockets)]
                    longest = max(await asyncio.gather(*flooding))
                    patience = max(patience, longest) if sockets == 1 else patience
                worst = max(worst, _watch_others(run, everybody, "flooded"))
                done += 1
            _hold_against(run, worst, baseline, "flooded")
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
    async with dial(server.url) as wire:
        await ask(wire, {"type": "resume", "room": room, "seat_token": token})
        for n in range(40):
            await wire.send(json.dumps({"type": "command", "id": f"h{n}", "name": "count", "args": {"by": 1}}))
        answers = 0
        while answers < 40:
            frame = json.loads(await wire.recv())
            if frame["type"] == "result":
                answers += 1
                run.counts["honest_taken"] += frame["ok"]
    if run.counts["honest_taken"] != 40:
        run.problem(f"of an honest burst of 40 only {run.counts['honest_taken']} were taken")


async def _flood(run: Run, server: Server, room: str, token: str, for_s: float, at_once: int) -> float:
    """Send so many commands every 10 ms, and come back as often as closed; return the longest time until the close."""
    block = b"".join(
        text_frame(b'{"type":"command","id":"f%d","name":"count","args":{"by":1}}' % n) for n in range(at_once)
    )
    longest, ends = 0.0, time.monotonic() + for_s
    while time.monotonic() < ends:
        wire = await Plain.open(server.port)
        wire.send({"type": "resume", "room": room, "seat_token": token})
        began = time.monotonic()
        hearing = asyncio.create_task(_hear_until_closed(run, wire))
        while not hearing.done() and time.monotonic() < began + 5:
            with suppress(OSError):
                wire.writer.write(block)
            run.counts["flood_frames"] += at_once
            await asyncio.sleep(0.01)
        longest = max(longest, time.monotonic() - began)
        wire.close()
        await hearing
        await asyncio.sleep(0.2)
    return longest


async def _hear_until_closed(run: Run, wire: Plain) -> None:
    try:
        while True:
            frame = await wire.receive()
            if b'"rate_limited"' in frame:
                run.counts["rate_limited"] += 1
            elif b'"ok":false' in frame or b'"type":"error"' in frame:
                run.problem(f"a flooder was told {frame[:200]!r}")
    except Closed as closed:
        if closed.code in _FLOODING:
            run.counts["closed_flooding"] += 1
        elif closed.code != 1006:
            run.problem(f"a flooder was closed with {closed.code}")
