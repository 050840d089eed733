"""A process that is frozen and a wall clock that jumps: nobody's phase closes early, nothing is lost.

`quickstart` with its clocks running: a seat of its own watches phase and deadline from outside. What remains to the
deadline is `clock.deadline` less the `now` of the same connection, as every client counts it.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time
from typing import Any

from websockets.asyncio.client import ClientConnection

from tests.faults.harness import Run, fault
from tests.faults.rig.builds import ODD_CLOCK
from tests.faults.rig.crowd import Size, check, crowd, look_at_log
from tests.faults.rig.seat import Manners, ask, dial, merge
from tests.faults.rig.server import Server, serving

_SMALL = Size(2, 6)
_JUMPS_S = (3_600, -3_600, 86_400, -86_400)
_SHOWN_WITHIN_S = 6.5  # the server looks every 5 seconds whether the clock that it shows is right


class _Clocked:
    """A host who watches the clock of a room."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection
        self.table: dict[str, Any] = {}
        self.key: dict[str, str] = {}
        self.ahead_ms = 0
        self.asked = 0

    async def look(self, for_s: float) -> None:
        """Take in whatever comes for a while."""
        ends = time.monotonic() + for_s
        while (left := ends - time.monotonic()) > 0:
            try:
                frame = json.loads(await asyncio.wait_for(self.connection.recv(), left))
            except TimeoutError:
                return
            merge(self.table, frame.get("table", {}))
            self.ahead_ms = frame["now"] - time.time_ns() // 1_000_000

    async def poke(self) -> None:
        """Do something that is answered, so that `now` is known anew."""
        self.asked += 1
        frame = {"type": "command", "id": f"p{self.asked}", "name": "host.announce", "args": {"text": "tick"}}
        await self.connection.send(json.dumps(frame))
        await self.look(0.3)

    @property
    def phase(self) -> tuple[int, str]:
        """Return where the game is."""
        return self.table["game"]["season"], self.table["game"]["phase"]

    @property
    def left_s(self) -> float:
        """Return what remains to the deadline, as a phone would show it."""
        deadline: int = self.table["clock"]["deadline"]
        return (deadline - self.ahead_ms) / 1000 - time.time()


async def _open_clocked(server: Server, connection: ClientConnection) -> _Clocked:
    clocked = _Clocked(connection)
    options = {"seats": 6, "timers": {"scale": 250}}  # longer than what is done to it takes on a slow machine
    welcome = await ask(connection, {"type": "create", "scenario": "quickstart", "options": options})
    merge(clocked.table, welcome["table"])
    clocked.key = {"room": welcome["room"], "host_token": welcome["host_token"]}
    async with dial(server.url) as guest:  # a person who does nothing: the phase lasts to its limit
        await ask(guest, {"type": "join", "room": welcome["room"], "name": "Dreamer"})
        await connection.send(json.dumps({"type": "command", "id": "start", "name": "host.start"}))
        await clocked.look(0.5)
    return clocked


@fault("frozen", rounds=3, quick_rounds=1)
async def frozen(run: Run) -> None:
    """The process stands still for 45 seconds, as a laptop does whose lid is closed: its clocks stood still, too."""
    for_s = 6.0 if run.is_quick else 45.0
    run.expect("freezes", "phases_kept")
    losses: list[float] = []
    async with (
        serving(run.folder, build=run.build, lab=True) as server,
        dial(server.url, ping_interval=None) as connection,
    ):
        clocked = await _open_clocked(server, connection)
        async with crowd(run, server, _SMALL, Manners(every_s=0.2)) as everybody:
            done = 0
            while run.goes_on(done):
                await clocked.poke()
                phase, before, began = clocked.phase, clocked.left_s, time.monotonic()
                server.send(signal.SIGSTOP)
                await asyncio.sleep(for_s)
                server.send(signal.SIGCONT)
                stood_s = time.monotonic() - began
                await everybody.acknowledged(20)
                await clocked.look(_SHOWN_WITHIN_S)
                await clocked.poke()
                run.counts["freezes"] += 1
                awake_s = time.monotonic() - began - stood_s
                if clocked.phase == phase:
                    run.counts["phases_kept"] += 1
                    losses.append(before - awake_s - clocked.left_s)
                elif before > awake_s + 2:
                    run.problem(f"{phase} had {before:.0f} s and was closed after {awake_s:.0f} s awake")
                done += 1
        await server.stop()
        look_at_log(run, server)
    run.figure("time_lost_max_s", max(losses, default=0))
    if max(losses, default=0) > 3:
        run.problem(f"a freeze of {for_s:.0f} s cost the phase {max(losses):.1f} s")
    check(run, server.folder)


@fault("outage", rounds=20, quick_rounds=1)
async def outage(run: Run) -> None:
    """The server is killed and away for a while: no phase loses time, neither by the end nor by the start."""
    run.expect("outages", "phases_kept")
    losses: list[float] = []
    async with serving(run.folder, build=run.build, lab=True) as server:
        async with dial(server.url) as connection:
            clocked = await _open_clocked(server, connection)
            await clocked.poke()
        done, phase, before = 0, clocked.phase, clocked.left_s
        while run.goes_on(done):
            await server.kill()
            await asyncio.sleep(2)
            await server.start()
            async with dial(server.url) as connection:
                again = _Clocked(connection)
                again.asked = 1_000 * (done + 1)  # other ids than before
                began = time.monotonic()
                merge(again.table, (await ask(connection, {"type": "resume", **clocked.key}))["table"])
                await again.poke()
                losses.append(before - (time.monotonic() - began) - again.left_s)
                run.counts["outages"] += 1
                run.counts["phases_kept"] += again.phase == phase
                before = again.left_s
            done += 1
        await server.stop()
        look_at_log(run, server)
    run.figure("time_lost_max_s", max(losses))
    if max(losses) > 3:
        run.problem(f"an outage cost the phase {max(losses):.1f} s")


@fault("clock-jumps", rounds=8, quick_rounds=1)
async def clock_jumps(run: Run) -> None:
    """The wall clock jumps by an hour and a day, forwards and back: what remains stays what it was."""
    run.expect("jumps", "deadlines_right")
    offset = run.folder / "offset"
    offset.write_text("0")
    os.environ[ODD_CLOCK] = str(offset)
    async with serving(run.folder, build=run.build or "odd_clock", lab=True) as server:
        async with crowd(run, server, _SMALL, Manners(every_s=0.2)) as everybody:
            done, sum_s = 0, 0
            while run.goes_on(done):
                async with dial(server.url) as connection:
                    clocked = await _open_clocked(server, connection)
                    await clocked.poke()
                    phase, before, began = clocked.phase, clocked.left_s, time.monotonic()
                    sum_s += _JUMPS_S[done % len(_JUMPS_S)]
                    offset.write_text(str(sum_s * 1000))
                    server.send(signal.SIGUSR1)
                    await everybody.acknowledged(20)
                    await clocked.look(_SHOWN_WITHIN_S)
                    await clocked.poke()
                    run.counts["jumps"] += 1
                    lost_s = before - (time.monotonic() - began) - clocked.left_s
                    if clocked.phase != phase:
                        run.problem(f"{phase} was closed by a jump of the wall clock")
                    elif abs(lost_s) > 2:
                        run.problem(f"after a jump the deadline is {lost_s:.0f} s off")
                    else:
                        run.counts["deadlines_right"] += 1
                done += 1
        await server.stop()
        look_at_log(run, server)
    check(run, server.folder)
