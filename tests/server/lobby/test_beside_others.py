"""What a server asks of the database that it shares, and what it knows of rooms that come and go meanwhile."""

from __future__ import annotations

import pytest

from makersphere_protocol.messages import ClassOptions, Create, Options, Watch
from makersphere_server.lobby import entry_limits
from makersphere_server.storage import postgresql as in_postgresql
from makersphere_server.storage.place import Database
from tests.beside import Person, beside, until
from tests.postgres import Cluster
from tests.server.rig.fakes import long_id

_ROOM = Create("counter", Options(seats=3, seed=7), id=long_id("room"))
_CLASS = Create("counter", Options(seats=3), id=long_id("class"), class_=ClassOptions(people=6, table=3, name="10b"))


@pytest.fixture
def database(postgresql: Cluster, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Return an empty database; nobody waits for one who was killed."""
    monkeypatch.setattr(in_postgresql, "_WAIT_S", 0)
    return Database.read(postgresql.new_database())


async def test_a_guess_costs_by_the_rooms_of_all_servers(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server answers for all of them, from its start on: one that has few is no way round the budget."""
    monkeypatch.setattr(entry_limits, "_ROOMS_AT_FULL_RATE", 1)
    async with beside(database, "one") as one:
        founder = await Person.come(one.address, _CLASS)
        await founder.welcome()
        async with beside(database, "two", failures_per_s=1, failure_burst=3) as two:
            heard = [(await (await Person.come(two.address, Watch("NOSUCH2"))).error()).code for _ in range(2)]
            assert heard == ["no_such_room", "unavailable"]
        await until(lambda: one.log.in_all == 3)
        await founder.go()
