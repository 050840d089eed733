"""Load L: rooms of `counter` full of seats, played over sockets, as many and as fast as asked.

Standard load (docs/faults.md): 10 rooms of 20 seats, one command a seat every 3 seconds. Ends with everybody at
rest: nothing unanswered, everybody told the end. Then the checker compares the journals with the store.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from pathlib import Path

import attrs

from tests.faults.harness import Run
from tests.faults.rig import checker, order
from tests.faults.rig.journal import Journal
from tests.faults.rig.seat import Manners, Seat, ask, dial
from tests.faults.rig.server import Server

__all__ = ["STANDARD", "Crowd", "Size", "check", "crowd", "percentile", "seat_everybody"]

_PATIENCE_S = 60.0


@attrs.frozen
class Size:
    """How many rooms, and how many seats in each."""

    rooms: int = 10
    seats: int = 20


STANDARD = Size()


def percentile(values: Iterable[float], share: float) -> float:
    """Return the value that so much of all values does not exceed; 0.0 of none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


@attrs.define
class Crowd:
    """Everybody who plays."""

    run: Run
    server: Server
    seats: list[Seat]

    async def until(self, what: str, holds: object, patience_s: float = _PATIENCE_S) -> bool:
        """Wait until something holds for everybody; note a problem where that takes too long."""
        assert callable(holds)
        ends = time.monotonic() + patience_s
        while not all(holds(seat) for seat in self.seats):
            if self.is_in_trouble():
                return False
            if time.monotonic() > ends:
                late = [f"{seat.room}/{seat.number}" for seat in self.seats if not holds(seat)]
                self.run.problem(f"{what}: not true of {len(late)} seats after {patience_s:.0f} s: {late[:3]}")
                return False
            await asyncio.sleep(0.01)
        return True

    def is_in_trouble(self) -> bool:
        """Return whether somebody cannot play on, and note why."""
        trouble = sorted({seat.trouble for seat in self.seats if seat.trouble})
        if trouble and not self.run.problems:
            self.run.problem(f"turned away: {', '.join(trouble)}")
        return bool(trouble)

    async def acknowledged(self, more: int, patience_s: float = _PATIENCE_S) -> bool:
        """Wait until so many more commands have been acknowledged."""
        wanted, ends = sum(seat.acked for seat in self.seats) + more, time.monotonic() + patience_s
        while sum(seat.acked for seat in self.seats) < wanted:
            if self.is_in_trouble():
                return False
            if time.monotonic() > ends:
                self.run.problem(f"nobody got on: {more} more answers were awaited for {patience_s:.0f} s")
                return False
            await asyncio.sleep(0.002)
        return True

    async def back(self, since: float) -> list[float]:
        """Wait until everybody is in the room again; return after how many seconds each was."""
        await self.until("in the room again", lambda seat: seat.here.is_set() and seat.came_back_at > since)
        return [seat.came_back_at - since for seat in self.seats if seat.came_back_at > since]

    def gone(self) -> None:
        """Know that everybody's connection has been cut."""
        for seat in self.seats:
            seat.here.clear()

    async def rest(self) -> None:
        """Let everybody rest: nothing unanswered, and all of a room at its end."""
        for seat in self.seats:
            seat.is_resting = True
        await self.until("answered", lambda seat: seat.here.is_set() and not seat.waiting)
        ends: dict[str, int] = {}
        for seat in self.seats:
            ends[seat.room] = max(ends.get(seat.room, 0), seat.seq)
        await asyncio.sleep(0.2)  # the last update is 50 ms behind the last answer
        for seat in self.seats:
            ends[seat.room] = max(ends[seat.room], seat.seq)
        await self.until("told the end", lambda seat: seat.seq == ends[seat.room], 10)
        for seat in self.seats:
            seat.journal.note("end", ends[seat.room])

    def pause(self, *, is_paused: bool = True) -> None:
        """Let everybody send nothing for now, or go on."""
        for seat in self.seats:
            seat.is_paused = is_paused

    def forget_times(self) -> None:
        """Measure anew."""
        for seat in self.seats:
            seat.delays_s.clear()
            seat.lags_s.clear()

    def delays_s(self) -> list[float]:
        """Return all times from command to answer."""
        return [delay for seat in self.seats for delay in seat.delays_s]


async def seat_everybody(server: Server, size: Size) -> list[tuple[str, int, str]]:
    """Open rooms, seat and start them; return room, seat and token of everybody."""
    found = []
    for number in range(size.rooms):
        async with dial(server.url) as host:
            options = {"seats": size.seats, "timers": {"scale": 0}}
            room = (await ask(host, {"type": "create", "scenario": "counter", "options": options}))["room"]
            for seat in range(1, size.seats + 1):
                async with dial(server.url) as connection:
                    joined = await ask(connection, {"type": "join", "room": room, "name": f"Seat {seat}"})
                    found.append((room, joined["you"]["seat"], joined["seat_token"]))
            started = await ask(host, {"type": "command", "id": f"start {number}", "name": "host.start"})
            if not started["ok"]:
                raise RuntimeError(f"the room did not start: {started}")
    return found


@asynccontextmanager
async def crowd(
    run: Run, server: Server, size: Size, manners: Manners, sits: Callable[..., Seat] = Seat
) -> AsyncIterator[Crowd]:
    """Seat everybody, let them play, and at the end let them rest and leave; `sits` makes who sits in a seat."""
    everybody = await seat_everybody(server, size)
    seats = [
        sits(server.url, room, seat, token, Journal(run.folder / "journals", room, seat, token), chance, manners)
        for number, (room, seat, token) in enumerate(everybody)
        for chance in [run.chance(f"seat {number}")]
    ]
    found = Crowd(run, server, seats)
    playing = [asyncio.create_task(seat.play()) for seat in seats]
    try:
        await found.until("in the room", lambda seat: seat.here.is_set())
        yield found
        if server.pid:
            await found.rest()
    finally:
        await asyncio.gather(*(seat.leave() for seat in seats), return_exceptions=True)
        await asyncio.wait(playing, timeout=5)
        for one in playing:
            one.cancel()
        ended = await asyncio.gather(*playing, return_exceptions=True)
        for seat in seats:
            seat.journal.close()
        for error in ended:
            if isinstance(error, Exception):
                run.problem(f"a client broke: {type(error).__name__}: {error}")


def check(run: Run, data: Path) -> None:
    """Let the checkers compare all journals of a run with the store and with each other."""
    found = checker.check(data, run.folder / "journals")
    between = order.check(run.folder / "journals", data)
    run.counts.update(found.counts + between.counts)
    run.problems.extend([*found.problems, *between.problems])
    run.expect("journals", "records", "acknowledged", "views", "ends")
    run.expect("commands_ordered", "welcomes_ordered", "views_ordered")
    run.folder.joinpath("found.json").write_text(json.dumps(found.counts), "utf-8")


def look_at_log(run: Run, server: Server) -> None:
    """Note what a server's log must not have: a traceback."""
    found = server.tracebacks()
    run.counts["tracebacks"] += found
    if found:
        run.problem(f"{found} tracebacks stand in the server's log")
