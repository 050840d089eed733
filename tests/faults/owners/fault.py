"""One of several servers is frozen or killed under load: the others take its rooms, and nothing is lost or forked.

`makersphere serve` runs several times, on one real PostgreSQL. Each round hits the server that has the rooms. Hasty
people go elsewhere; how long it takes until somebody's command is accepted there is measured. Patient ones stay by the
frozen server, send into it and knock at it. After its thaw it has to send them on, and must neither accept nor tell
anything that it has not stored before. In the end the journals are held against the database, room by room.
"""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Final

import attrs

from makersphere_server.storage.place import LEASE_S
from tests.faults.closes import verify
from tests.faults.harness import Run, fault
from tests.faults.owners.copied import copied
from tests.faults.owners.roamer import Roamer
from tests.faults.rig.checker import PASSING
from tests.faults.rig.crowd import Crowd, Size, check, crowd, look_at_log, percentile
from tests.faults.rig.seat import Manners
from tests.faults.rig.server import Server, serving
from tests.postgres import ask, running

_LAUNCHER: Final = "tests.faults.owners.launcher"
_SHORT_S: Final = 2.0
_SHORT_ROUNDS: Final = 25  # of a set; behind them come one freeze and one kill with the usual lease
_SET: Final = _SHORT_ROUNDS + 2
_ONE_IN: Final = 5  # rounds with the short lease is a kill
_BEYOND_S: Final = 5.0  # a lease: the bound until somebody's command is accepted again
_SETTLED_S: Final = 0.3  # what a frozen server had sent off to the database is stored by then
_PATIENCE_S: Final = 40.0


@attrs.define
class _Sharing:
    """Servers that share a database.

    Attributes:
        lease_s: of all of them.
        back_s: by lease, after how many seconds rooms took commands again.
        sent_on_s: after how many seconds people were sent on by a server that was thawed.
    """

    run: Run
    url: str
    servers: Sequence[Server]
    lease_s: float = _SHORT_S
    back_s: dict[float, list[float]] = attrs.field(factory=lambda: {_SHORT_S: [], LEASE_S: []})
    sent_on_s: list[float] = attrs.field(factory=list)

    async def owner(self) -> Server:
        """Return the server that has the rooms."""
        names = [name for (name,) in await self.read("SELECT DISTINCT server FROM room_owners")]
        if len(names) != 1:
            self.run.problem(f"the rooms of one server are at {sorted(names)}")
        return next(server for server in self.servers if server.settings["server_name"] == names[0])

    async def heads(self) -> dict[str, int]:
        """Return how many records each room has."""
        return dict(await self.read("SELECT room, seq FROM rooms"))

    async def read(self, statement: str) -> list[Any]:
        """Ask the database beside all servers."""
        return await asyncio.to_thread(ask, self.url, statement)

    async def agree_on(self, lease_s: float) -> None:
        """Give all servers another lease: each is stopped and started, while the others go on."""
        if lease_s != self.lease_s:
            self.lease_s = lease_s
            for server in self.servers:
                await server.stop()
                await server.start(server_lease_s=lease_s)

    def told_of(self, times_s: list[float]) -> None:
        """Keep how long rooms took no command."""
        self.back_s[self.lease_s] += times_s


@fault("owners", rounds=10 * _SET, quick_rounds=2)
async def owners(run: Run) -> None:
    """Of servers that share a PostgreSQL the one that has the rooms is frozen or killed: another one has them soon."""
    run.expect("frozen", "killed", "sent_on", "verified")
    with running() as cluster:
        async with _sharing(run, cluster.new_database()) as sharing:
            number = 0
            while run.goes_on(number):
                number = await _one_set(sharing, number)
            for server in sharing.servers:
                await server.stop()
                look_at_log(run, server)
                if server.ended[-1]:
                    run.problem(f"a server ended with {server.ended[-1]}")
        await _compare(sharing)
    _measure(sharing)


async def _one_set(sharing: _Sharing, number: int) -> int:
    """Play a set of rounds in rooms of its own, since long ones take longer to open; return the number of the next."""
    run = sharing.run
    size, manners = (Size(3, 4), Manners(every_s=0.1)) if run.is_quick else (Size(6, 8), Manners(0.5, repeats=0.1))
    founds = await sharing.owner() if number else sharing.servers[0]
    async with crowd(run, founds, size, manners, _sits(sharing)) as everybody:
        await _strike(sharing, everybody, number)
        number += 1
        while number % _SET and run.goes_on(number):
            await _strike(sharing, everybody, number)
            number += 1
    return number


@asynccontextmanager
async def _sharing(run: Run, url: str) -> AsyncIterator[_Sharing]:
    names = ("one", "two") if run.is_quick else ("one", "two", "three")
    async with AsyncExitStack() as stack:
        starting = [
            serving(
                run.folder / name,
                build=run.build,
                launcher=_LAUNCHER,
                database=url,
                server_name=name,
                server_lease_s=_SHORT_S,
                lab=True,
            )
            for name in names
        ]
        servers = await asyncio.gather(*(stack.enter_async_context(one) for one in starting))
        yield _Sharing(run, url, servers)


def _sits(sharing: _Sharing) -> Callable[..., Roamer]:
    """Return how seats are filled: patient people have the first room, and one seat in each other."""
    addresses, rooms = [server.url for server in sharing.servers], list[str]()

    def sit(url: str, room: str, number: int, *rest: Any) -> Roamer:  # noqa: ANN401  (as every seat is made)
        if room not in rooms:
            rooms.append(room)
        return Roamer(url, room, number, *rest, addresses=addresses, is_patient=room == rooms[0] or number == 1)

    return sit


def _roamers(everybody: Crowd) -> list[Roamer]:
    return [seat for seat in everybody.seats if isinstance(seat, Roamer)]


# -- a round


async def _strike(sharing: _Sharing, everybody: Crowd, number: int) -> None:
    """Freeze or kill the server that has the rooms, at a random instant."""
    run, within = sharing.run, number % _SET
    await sharing.agree_on(_SHORT_S if within < _SHORT_ROUNDS else LEASE_S)
    chance, first = run.chance(f"round {number}"), everybody.seats[0]
    if not await everybody.acknowledged(chance.randrange(5, 60)):
        return
    if not await everybody.until("at one server", lambda seat: seat.here.is_set() and seat.url == first.url):
        return
    owner = await sharing.owner()
    await asyncio.sleep(chance.uniform(0, 0.1))
    at_once = within < _SHORT_ROUNDS and within % (2 * _ONE_IN) == _ONE_IN + 1
    if at_once:
        await _restart(sharing, everybody, owner)
    elif within % _ONE_IN == 1:
        await _kill(sharing, everybody, owner)
    else:
        await _freeze(sharing, everybody, owner)
    if not run.problems and await sharing.owner() is owner and not at_once:
        run.problem(f"the rooms are still at {owner.settings['server_name']}")


async def _kill(sharing: _Sharing, everybody: Crowd, owner: Server) -> None:
    began = time.monotonic()
    await owner.kill()
    sharing.told_of(await _writable(everybody, owner, began))
    sharing.run.counts["killed"] += 1
    await owner.start(server_lease_s=sharing.lease_s)


async def _restart(sharing: _Sharing, everybody: Crowd, owner: Server) -> None:
    """Kill a server and start it again, while the others wait for its lease to end: whoever is first has the rooms."""
    began = time.monotonic()
    await owner.kill()
    await owner.start(server_lease_s=sharing.lease_s)
    await _writable(everybody, None, began)
    sharing.run.counts["killed"] += 1
    sharing.run.counts["started_at_once"] += 1


async def _freeze(sharing: _Sharing, everybody: Crowd, owner: Server) -> None:
    """Freeze a server until the others have its rooms; after its thaw, hear what it says to who stayed there."""
    run, staying = sharing.run, [seat for seat in _roamers(everybody) if seat.is_patient]
    began = time.monotonic()
    owner.send(signal.SIGSTOP)
    await asyncio.sleep(_SETTLED_S)
    heads = await sharing.heads()
    for seat in staying[::2]:
        seat.knock()
    sharing.told_of(await _writable(everybody, owner, began))
    quiet = staying[0].room
    if (await sharing.heads())[quiet] != heads[quiet]:
        run.problem(f"somebody has written {quiet} while all its people waited")
    for seat in staying:
        seat.note_what_is_told_by(owner.url)

    def is_wrong() -> bool:
        return any(not _is_true(frame, heads[seat.room]) for seat in staying for frame in seat.told)

    thawed = time.monotonic()
    owner.send(signal.SIGCONT)
    run.counts["frozen"] += 1
    await everybody.until("sent on", lambda seat: seat not in staying or seat.sent_on_by == owner.url or is_wrong())
    for seat in staying:
        _judge(run, seat, heads[seat.room])
        if seat.sent_on_by == owner.url:
            run.counts["sent_on"] += 1
            sharing.sent_on_s.append(seat.sent_on_at - thawed)


def _is_true(frame: dict[str, Any], head: int) -> bool:
    """Return whether a thawed server may say that: what it had stored before it was frozen, or to try again."""
    code = frame.get("code") or frame.get("error", {}).get("code")
    if code:
        return code in PASSING
    return frame["type"] in ("update", "result") and frame["seq"] <= head


def _judge(run: Run, seat: Roamer, head: int) -> None:
    """Count what a thawed server told somebody, and note what it must not tell."""
    for frame in seat.told:
        run.counts["told_late"] += 1
        if not _is_true(frame, head):
            told = f"seat {seat.number} of {seat.room}, which had {head} records, {str(frame)[:200]}"
            run.problem(f"the thawed server tells {told}")


async def _writable(everybody: Crowd, gone: Server | None, since: float) -> list[float]:
    """Return after how many seconds each room of hasty people took a command, not by a server that is gone."""
    hasty = [seat for seat in _roamers(everybody) if not seat.is_patient]
    missing, times_s = {seat.room for seat in hasty}, list[float]()
    not_by = gone.url if gone else ""
    while missing and not everybody.is_in_trouble():
        if time.monotonic() - since > _PATIENCE_S:
            everybody.run.problem(f"{len(missing)} rooms took no command for {_PATIENCE_S:.0f} s")
            break
        for seat in hasty:
            if seat.room in missing and seat.ok_at > since and seat.ok_by != not_by:
                missing.remove(seat.room)
                times_s.append(seat.ok_at - since)
        await asyncio.sleep(0.01)
    return times_s


# -- in the end


async def _compare(sharing: _Sharing) -> None:
    """Compare all journals with what the database has, and let `verify` replay each room."""
    run = sharing.run
    check(run, await asyncio.to_thread(copied, sharing.url, run.folder / "read"))
    for room in await sharing.heads():
        await verify(run, sharing.url, room)


def _measure(sharing: _Sharing) -> None:
    for name, lease_s in (("short", _SHORT_S), ("usual", LEASE_S)):
        times_s = sharing.back_s[lease_s]
        if times_s:
            sharing.run.figure(f"{name}_lease_writable_p50_s", percentile(times_s, 0.5), at_most=lease_s + _BEYOND_S)
            sharing.run.figure(f"{name}_lease_writable_max_s", max(times_s), at_most=lease_s + _BEYOND_S)
    sharing.run.figure("sent_on_max_s", max(sharing.sent_on_s, default=0.0), at_most=_BEYOND_S)
