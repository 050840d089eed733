"""A server is frozen, or killed, while it writes: another one goes on, and nothing acknowledged is lost or forked."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from collections.abc import AsyncIterator

import attrs
import pytest

from makersphere_server.storage.place import Database
from makersphere_server.storage.shared.owners import Server
from makersphere_server.storage.shared.shared_log import SharedLog
from tests.postgres import Cluster
from tests.server.rig.made_up_logs import records

_TIMES = 3
_MORE = 5  # records of whoever goes on

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="processes are frozen by a signal")


@attrs.frozen
class Race:
    """A process that writes a room, and the server that takes it over."""

    process: asyncio.subprocess.Process
    log: SharedLog
    acknowledged: list[int] = attrs.field(factory=list)

    async def line(self) -> str:
        """Return the next line of the process, "" after its last; what it says of records is kept."""
        assert self.process.stdout is not None
        said = (await self.process.stdout.readline()).decode().strip()
        if said.isdigit():
            self.acknowledged.append(int(said))
        return said

    async def gone_on(self) -> list[int]:
        """Take the room over when its owner's lease has ended, and write; return the numbers that were there before."""
        while not await self.log.take_over():
            await self.log.renew()
        found = [record.seq for record in await self.log.read("ROOM234")]
        last = found[-1]
        for seq in range(last + 1, last + 1 + _MORE):
            await self.log.append("ROOM234", seq - 1, records(seq, seq))
        return found


@pytest.fixture
async def race(postgresql: Cluster) -> AsyncIterator[Race]:
    """Return a process that has written a random number of records, and another server beside it."""
    database = Database.read(postgresql.new_database())
    program = (sys.executable, "-m", "tests.server.storage.owner_process", database.url)
    process = await asyncio.create_subprocess_exec(*program, stdout=asyncio.subprocess.PIPE)
    begun = Race(process, await SharedLog.join(database, Server("two", "wss://two.example/ws")))
    assert await begun.line() == "founded"
    enough = random.Random(os.urandom(8)).randrange(5, 60)
    while len(begun.acknowledged) < enough:
        await begun.line()
    yield begun
    if process.returncode is None:
        process.kill()
    await process.wait()
    await begun.log.close()


@pytest.mark.parametrize("time", range(_TIMES))
async def test_an_owner_that_thaws_writes_nothing_and_knows_it(time: int, race: Race) -> None:
    """It was frozen in the middle of whatever it did; what it had acknowledged is there, its next write is refused."""
    del time
    race.process.send_signal(signal.SIGSTOP)
    found = await race.gone_on()
    race.process.send_signal(signal.SIGCONT)
    while (said := await race.line()).isdigit():
        pass
    assert said == "elsewhere ROOM234"
    assert found[: len(race.acknowledged)] == race.acknowledged
    assert await race.log.read("ROOM234") == records(1, found[-1] + _MORE)


@pytest.mark.parametrize("time", range(_TIMES))
async def test_the_room_of_an_owner_that_was_killed_goes_on_elsewhere(time: int, race: Race) -> None:
    """Of what was under way it may have more than was heard, and never less."""
    del time
    race.process.kill()
    found = await race.gone_on()
    while await race.line():
        pass
    assert found[: len(race.acknowledged)] == race.acknowledged
    assert await race.log.read("ROOM234") == records(1, found[-1] + _MORE)
