"""A version a day: an earlier version and the present one take turns on one folder, while people play on.

The folder begins with a version from before the store had a format's number. Then the present version and one of
before it alternate, by SIGTERM or by SIGKILL. Clients of both versions play all the while. In the end a version that
knows an older format alone has to refuse the folder in a sentence and to touch nothing; and so have both of the others
when the number is raised as a later version would raise it.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import sqlite3
import sys
import time
from asyncio.subprocess import PIPE, Process
from contextlib import closing
from pathlib import Path
from typing import Final

import attrs

from tests.faults.closes import verify
from tests.faults.harness import Run, fault
from tests.faults.rig import library_client
from tests.faults.rig.classroom import Class, open_class
from tests.faults.rig.crowd import Crowd, Size, check, crowd, look_at_log, percentile, seat_everybody
from tests.faults.rig.seat import Manners
from tests.faults.rig.server import ROOT, Server
from tests.faults.rig.versions import PRESENT, build, environment, taking_turns
from tests.loopback import free_port

_OLDEST: Final = "before_formats"
_OLDER: Final = "older_format"
_EARLIER: Final = "same_format"
_LATER: Final = 1_000  # a format that there is not yet
_LIBRARIES: Final = (PRESENT, _EARLIER)  # whose clients play, two seats each
_KILLED: Final = 0.2  # the share of changes that come without a word


@attrs.define
class _Classes:
    """A class that plays `classroom`; when a game is over, the next one begins."""

    run: Run
    server: Server
    now: Class
    rooms: list[str] = attrs.field(factory=list)

    @classmethod
    async def begin(cls, run: Run, server: Server) -> _Classes:
        """Open the first room."""
        first = await open_class(run, server, 0)
        return cls(run, server, first, [first.host.room])

    async def go_on(self) -> None:
        """Open the next room where the game is over."""
        if self.now.host.game["status"] == "over":
            await self.now.leave()
            self.now = await open_class(self.run, self.server, len(self.rooms))
            self.rooms.append(self.now.host.room)


@fault("upgrade", rounds=50, quick_rounds=5)
async def upgrade(run: Run) -> None:
    """An earlier version and the present one take turns on one folder under load, with clients of both."""
    run.expect("changes", "verified", "refused", *(f"clients_of_{name}" for name in _LIBRARIES))
    if run.build:
        run.problem("the versions are tried as they were, so no build of them")
    versions = build(run)
    gaps: list[float] = []
    size, manners = (Size(1, 6), Manners(every_s=0.2)) if run.is_quick else (Size(4, 20), Manners(repeats=0.1))
    async with taking_turns(run.folder, versions, _OLDEST, lab=True) as (server, launchers):
        async with crowd(run, server, size, manners) as everybody:
            classes = await _Classes.begin(run, server)
            programs = await _begin_programs(run, server, versions)
            while run.goes_on(run.counts["changes"]):
                name = _EARLIER if run.counts["changes"] % 2 else PRESENT
                gaps += await _change(run, (everybody, classes), launchers[name])
                await classes.go_on()
            await classes.now.leave()
            await _end_programs(run, programs)
        await server.stop()
        look_at_log(run, server)
    run.figure("gap_p95_s", percentile(gaps, 0.95), at_most=2)
    run.figure("gap_max_s", max(gaps, default=0))
    check(run, server.folder)
    for room in classes.rooms:
        await verify(run, server.folder, room)
    if versions[_OLDER] != ROOT:
        await _is_refused(run, _OLDER, versions[_OLDER], server.folder)
    for name in _LIBRARIES:
        await _is_refused(run, name, versions[name], server.folder, becomes=_LATER)


async def _change(run: Run, load: tuple[Crowd, _Classes], launcher: Process) -> list[float]:
    """End the version that runs, start another one; return after how long each was back in the room."""
    everybody, classes = load
    server, chance = everybody.server, run.chance(f"change {run.counts['changes']}")
    if not await everybody.acknowledged(chance.randrange(5, 40)):
        return []
    began = time.monotonic()
    await _end(server, chance)
    everybody.gone()
    classes.now.gone()
    server.use(launcher)
    await server.start()
    run.counts["changes"] += 1
    gaps = await everybody.back(began)
    return gaps + await classes.now.back(began)


async def _end(server: Server, chance: random.Random) -> None:
    if chance.random() < _KILLED:
        await server.kill()
    else:
        await server.stop()


# -- clients of both versions


async def _begin_programs(run: Run, server: Server, versions: dict[str, Path]) -> list[tuple[str, Process]]:
    """Let the clients' library of each version play two seats of a room of its own, each in a process of its own."""
    seats = await seat_everybody(server, Size(1, 2 * len(_LIBRARIES)))
    journals = run.folder / "journals"
    programs = []
    for number, (room, seat, token) in enumerate(seats):
        name = _LIBRARIES[number % len(_LIBRARIES)]
        path = journals / f"{room}-{seat}.jsonl"
        program = await asyncio.create_subprocess_exec(
            *(sys.executable, library_client.__file__, server.url, room, str(seat), str(path)),
            stdin=PIPE,
            stderr=PIPE,
            env=environment(versions[name]),
        )
        assert program.stdin is not None
        program.stdin.write(f"{token}\n".encode())
        programs.append((name, program))
    return programs


async def _end_programs(run: Run, programs: list[tuple[str, Process]]) -> None:
    for name, program in programs:
        _, said = await program.communicate(b"")  # its input ends
        run.counts[f"clients_of_{name}"] += not program.returncode
        if program.returncode:
            run.problem(f"a client of {name} broke: {said.decode().strip()[-300:]}")


# -- back to an older version


async def _is_refused(run: Run, name: str, root: Path, data: Path, becomes: int | None = None) -> None:
    """Hold that a version does not start on a store of a later format, says why, and changes nothing.

    Args:
        run: where it is counted.
        name: of the version.
        root: where it stands.
        data: the folder that the present version has written; a copy of it is tried.
        becomes: the number of a later format, if the folder's own is not one to this version.
    """
    copy = run.folder / f"newer-{name}"
    shutil.copytree(data, copy)
    if becomes is not None:
        with closing(sqlite3.connect(copy / "rooms.sqlite3")) as database:
            database.execute(f"PRAGMA user_version = {becomes}")
    before = _content(copy)
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "makersphere_cli.main", "serve", "--data", str(copy), "--port", str(free_port())),
        stdout=PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env=environment(root),
    )
    said = (await program.communicate())[0].decode()
    if not program.returncode or "start the newer version again" not in said or "Traceback" in said:
        run.problem(f"{name} does not refuse a later format: {program.returncode}, {said[-400:]}")
    if _content(copy) != before:
        run.problem(f"{name} changes a store of a later format")
    run.counts["refused"] += 1


def _content(data: Path) -> list[bytes]:
    return [(data / name).read_bytes() for name in ("rooms.sqlite3", "heads.log")]
