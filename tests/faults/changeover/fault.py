"""A class plays on while its servers are changed: nobody who plays loses a turn, and nobody new is refused.

`makersphere serve` runs as a service does, on a port that is held open for it. First alone on a data folder, where it
is stopped and started anew as an upgrade does it. Then there are two on one real PostgreSQL: each is upgraded in turn,
its rooms go to the other one meanwhile; then the one that has the room is killed, and stays away until the other one
has it. Somebody new calls at every address all the while, but for the time in which one is dead.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Final

import attrs

from tests.faults.changeover.callers import calling
from tests.faults.changeover.phones import Phone
from tests.faults.closes import verify
from tests.faults.harness import Run, fault
from tests.faults.owners.copied import copied
from tests.faults.rig.classroom import Class, Company, count_turns, open_class
from tests.faults.rig.crowd import check, look_at_log, percentile
from tests.faults.rig.seat import Manners
from tests.faults.rig.server import Server, serving
from tests.postgres import ask, running

_LAUNCHER: Final = "tests.faults.owners.launcher holds"
_CLASS: Final = 30
_FEW: Final = 6
_LEASE_S: Final = 2.0
_BETWEEN: Final = 8  # commands that are answered before the next change
_MANNERS: Final = Manners(every_s=0.8, in_flight=2, backoff_s=0.2)  # so that a game is longer than all changes
_GAME_S: Final = 900.0


@attrs.define
class _Lesson:
    """A class that plays, the servers that are there, and how long people were away."""

    run: Run
    servers: Sequence[Server]
    people: Class
    away_s: list[float] = attrs.field(factory=list)

    @property
    def _addresses(self) -> list[str]:
        return [server.url for server in self.servers]

    async def upgrade(self, server: Server) -> None:
        """Stop a server in good order and start it again, while somebody new calls at every address."""
        if not await self._plays():
            return
        async with calling(self.run, self._addresses, self.people.host.room):
            began = time.monotonic()
            self.people.gone()
            await server.stop()
            await server.start()
            self.away_s += await self.people.back(began)
        self.run.counts["upgrades"] += 1

    async def fail(self, url: str) -> None:
        """Kill the server that has the room; start it again when the other one has it."""
        if not await self._plays():
            return
        ((owner,),) = await asyncio.to_thread(ask, url, "SELECT DISTINCT server FROM room_owners")
        server = next(one for one in self.servers if one.settings["server_name"] == owner)
        began = time.monotonic()
        self.people.gone()
        await server.kill()
        self.away_s += await self.people.back(began)
        await server.start()
        self.run.counts["killed"] += 1

    async def _plays(self) -> bool:
        """Play on for a while; return whether the game is still played then, without which nothing is tried."""
        if self.people.host.game.get("status") == "over":
            self.run.problem("the game was over before all was tried")
        return not self.run.problems and await self.people.acknowledged(_BETWEEN)

    async def end(self) -> None:
        """Play on, to the end in a long run, and leave."""
        if self.run.is_quick:
            self.run.counts["games"] += await self.people.acknowledged(_BETWEEN)
        else:
            host = self.people.host
            self.run.counts["games"] += await self.people.until(
                "at the end of the game", lambda _: host.game.get("status") == "over", _GAME_S
            )
        await self.people.leave()


@fault("changeover", rounds=5, quick_rounds=1)
async def changeover(run: Run) -> None:
    """A class of 30 plays through upgrades of a server alone and of two, and through the death of one of two."""
    run.expect("games", "turns", "upgrades", "killed", "called", "called_and_led", "sent_on", "verified")
    away_s: list[float] = []
    with running() as cluster:
        done = 0
        while run.goes_on(done):
            for kind in ("alone", "two"):
                folder = run.folder / f"{kind}-{done}"
                folder.mkdir()
                part = attrs.evolve(run, folder=folder, problems=[])
                away_s += await (_alone(part) if kind == "alone" else _two(part, cluster.new_database()))
                run.problems.extend(f"{kind}: {one}" for one in part.problems)
                run.must_count |= part.must_count
            done += 1
    run.figure("away_p95_s", percentile(away_s, 0.95), at_most=_LEASE_S + 3)


async def _alone(run: Run) -> list[float]:
    """Upgrade the only server there is, several times in a long run."""
    async with serving(run.folder, build=run.build, launcher=_LAUNCHER) as server:
        async with _begun(run, [server]) as lesson:
            for _ in range(1 if run.is_quick else 3):
                await lesson.upgrade(server)
            await lesson.end()
        await _look(run, [server], server.folder, server.folder)
    return lesson.away_s


async def _two(run: Run, url: str) -> list[float]:
    """Upgrade one after the other, then kill the one that has the room."""
    async with AsyncExitStack() as stack:
        servers = [
            await stack.enter_async_context(
                serving(
                    run.folder / name,
                    build=run.build,
                    launcher=_LAUNCHER,
                    database=url,
                    server_name=name,
                    server_lease_s=_LEASE_S,
                    drain_s=2.0 if run.is_quick else 5.0,
                )
            )
            for name in ("one", "two")
        ]
        async with _begun(run, servers) as lesson:
            for server in servers:
                await lesson.upgrade(server)
            await lesson.fail(url)
            await lesson.end()
        await _look(run, servers, await asyncio.to_thread(copied, url, run.folder / "read"), url)
    return lesson.away_s


@asynccontextmanager
async def _begun(run: Run, servers: Sequence[Server]) -> AsyncIterator[_Lesson]:
    size = _FEW if run.is_quick else _CLASS
    phones = [Phone([server.url for server in servers]) for _ in range(1 + size)]
    people = await open_class(run, servers[0], 0, Company(size, size, ways=phones, manners=_MANNERS))
    yield _Lesson(run, servers, people)
    run.counts["sent_on"] += sum(phone.sent_on for phone in phones)


async def _look(run: Run, servers: Sequence[Server], data: Path, place: Path | str) -> None:
    """Stop the servers, and hold the journals and every turn against what is stored."""
    for server in servers:
        await server.stop()
        look_at_log(run, server)
        if any(server.ended):
            run.problem(f"a server ended with {server.ended}")
    check(run, data)
    for room in sorted({journal.name.partition("-")[0] for journal in (run.folder / "journals").iterdir()}):
        count_turns(run, data, room, _FEW if run.is_quick else _CLASS)
        await verify(run, place, room)
