"""A store in PostgreSQL whose database goes away, or has another writer: nothing acknowledged is lost or forked."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from makersphere_server.storage.event_log import StoreUnavailable, TakenOver
from makersphere_server.storage.sqlite_log import SqliteLog
from tests.postgres import Cluster
from tests.server.rig.made_up_logs import records, row


@pytest.fixture
async def log(postgresql: Cluster, tmp_path: Path) -> AsyncIterator[SqliteLog]:
    """Return a store with one room of two records."""
    opened = await SqliteLog.open(tmp_path, postgresql.new_database())
    await opened.create(row())
    await opened.append("ROOM234", 0, records(1, 2))
    yield opened
    await opened.close()


async def test_while_the_database_is_away_all_is_refused_and_afterwards_it_goes_on(
    postgresql: Cluster, log: SqliteLog
) -> None:
    """Reads and writes say that the store is away; the same writer goes on where it was, without being begun anew."""
    postgresql.stop()
    try:
        for _ in range(2):
            with pytest.raises(StoreUnavailable):
                await log.append("ROOM234", 2, records(3, 3))
            with pytest.raises(StoreUnavailable):
                await log.read("ROOM234")
    finally:
        postgresql.start()
    await log.append("ROOM234", 2, records(3, 4))
    assert await log.read("ROOM234") == records(1, 4)


async def test_a_database_that_is_away_at_the_start_is_said_in_a_sentence(tmp_path: Path) -> None:
    """The address's password is not in it."""
    with pytest.raises(StoreUnavailable) as caught:
        await SqliteLog.open(tmp_path, f"postgresql+psycopg://keeper:s3cret@/store?host={tmp_path}")
    assert "cannot be opened" in str(caught.value)
    assert "s3cret" not in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


async def test_of_two_servers_on_one_database_the_first_writes_nothing_more(
    postgresql: Cluster, tmp_path: Path
) -> None:
    """Their folders differ, so no lock keeps them apart: the database itself refuses whoever is no longer the owner."""
    url = postgresql.new_database()
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    first = await SqliteLog.open(folders[0], url)
    await first.create(row())
    await first.append("ROOM234", 0, records(1, 2))
    second = await SqliteLog.open(folders[1], url)
    with pytest.raises(TakenOver):
        await first.append("ROOM234", 2, records(3, 3))
    with pytest.raises(TakenOver):
        await first.put_private("ROOM234", {"clock": b"1"})
    await first.close()
    await second.close()
