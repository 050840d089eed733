"""A server in memory for every test that asks for one, and a broker."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from makersphere_server.storage import postgresql as in_postgresql
from makersphere_server.storage.place import Database
from makersphere_server.storage.store import Store
from makersphere_server.storage.transaction import Append, Outcome
from tests.postgres import Cluster
from tests.server.rig.broker import Mosquitto
from tests.server.rig.fakes import Rig


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    """Give a started server, and see that every room still runs at the end, save those that a test has stopped."""
    rig = await Rig().start()
    yield rig
    await rig.stop()


@pytest.fixture
def database(postgresql: Cluster, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Return an empty database; nobody waits for one who was killed."""
    monkeypatch.setattr(in_postgresql, "_WAIT_S", 0)
    return Database.read(postgresql.new_database())


@pytest.fixture
async def broker(tmp_path: Path) -> AsyncIterator[Mosquitto]:
    """Give a broker that is up, and end it."""
    async with Mosquitto(tmp_path) as found:
        yield found


@pytest.fixture
def commits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the sizes of the groups that will have been committed."""
    sizes: list[int] = []
    carry_out = Store.commit

    def counted(self: Store, writes: list[Append]) -> list[Outcome]:
        sizes.append(len(writes))
        return carry_out(self, writes)

    monkeypatch.setattr(Store, "commit", counted)
    return sizes
