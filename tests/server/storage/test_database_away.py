"""A store in PostgreSQL whose database goes away, or has another server: nothing acknowledged is lost or forked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from makersphere_server.storage import postgresql as in_postgresql
from makersphere_server.storage.chain import Damaged
from makersphere_server.storage.event_log import DatabaseRefused, StoreUnavailable, TakenOver
from makersphere_server.storage.place import Database
from makersphere_server.storage.reading import load_heads
from makersphere_server.storage.sqlite_log import SqliteLog
from makersphere_server.storage.transaction import Append, Plan, SetState, Write
from tests.postgres import Cluster, ask, end_all, until_all_ended
from tests.server.rig.made_up_logs import records, row

_ASKS_FOR_THE_LOCK = (
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database()"
    " AND application_name = 'makersphere' AND position('advisory_lock' IN query) > 0"
)


@pytest.fixture
def database(postgresql: Cluster) -> Database:
    """Return an empty database."""
    return Database.read(postgresql.new_database())


@pytest.fixture
async def log(database: Database) -> AsyncIterator[SqliteLog]:
    """Return a store with one room of two records."""
    opened = await SqliteLog.open(database)
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
        await SqliteLog.open(Database.read(f"postgresql://keeper:s3cret@/store?host={tmp_path}"))
    assert "cannot be opened" in str(caught.value)
    assert "s3cret" not in str(caught.value)
    assert len(str(caught.value).splitlines()) == 1


async def test_a_second_server_is_refused_and_the_first_goes_on(
    database: Database, log: SqliteLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of the first one's is touched; once it has ended, the other one comes in."""
    monkeypatch.setattr(in_postgresql, "_WAIT_S", 0)
    with pytest.raises(DatabaseRefused) as caught:
        await SqliteLog.open(database)
    assert caught.value.text == "in_use"
    await log.append("ROOM234", 2, records(3, 3))
    await log.close()
    until_all_ended(database.url)
    second = await SqliteLog.open(database)
    assert await second.read("ROOM234") == records(1, 3)
    await second.close()


async def test_a_server_waits_for_the_end_of_one_that_was_just_killed(
    database: Database, log: SqliteLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its session ends a moment later: whoever starts it again at once is not sent away."""
    monkeypatch.setattr(in_postgresql, "_WAIT_S", 60)
    opening = asyncio.create_task(SqliteLog.open(database))
    while not ask(database.url, _ASKS_FOR_THE_LOCK):
        assert not opening.done()
        await asyncio.sleep(0)
    assert not opening.done()
    await log.close()
    second = await opening
    assert await second.read("ROOM234") == records(1, 2)
    await second.close()


async def test_a_server_that_lost_its_connection_and_its_lock_writes_nothing_more(
    database: Database, log: SqliteLog
) -> None:
    """Another one came meanwhile. The first one is refused while that works, and when that has ended, for good."""
    end_all(database.url)
    second = await SqliteLog.open(database)
    for _ in range(2):
        with pytest.raises(StoreUnavailable):
            await log.append("ROOM234", 2, records(3, 3))
    await second.append("ROOM234", 2, records(3, 4))
    await second.close()
    until_all_ended(database.url)
    with pytest.raises(TakenOver):
        await log.append("ROOM234", 2, records(3, 3))
    with pytest.raises(TakenOver):
        await log.put_private("ROOM234", {"clock": b"1"})
    assert ask(database.url, "SELECT seq FROM rooms") == [(4,)]


async def test_behind_a_pooler_that_loses_the_lock_the_owner_alone_writes(database: Database, log: SqliteLog) -> None:
    """The session goes on without its lock: each transaction asks for the owner, so the first one writes nothing."""
    assert ask(database.url, "UPDATE store SET value = 'another' WHERE name = 'owner'") == []
    with pytest.raises(TakenOver):
        await log.append("ROOM234", 2, records(3, 3))
    assert ask(database.url, "SELECT seq FROM rooms") == [(2,)]


@pytest.mark.parametrize(
    "write", [Append("ROOM234", 2, records(3, 3)), SetState("ROOM234", "over", "")], ids=["an append", "a state"]
)
async def test_nobody_takes_over_in_the_middle_of_a_transaction(
    write: Write, database: Database, log: SqliteLog
) -> None:
    """An owner's transaction keeps the owner's row until it ends, so who comes next finds all that it has written."""
    del log
    ((owner,),) = ask(database.url, "SELECT value FROM store WHERE name = 'owner'")
    with create_engine(database.url, poolclass=NullPool, paramstyle="format").begin() as conn:
        plan = Plan(load_heads(conn), {}, owner)
        plan.add(write)
        plan.carry_out(conn)
        with pytest.raises(OperationalError, match="statement timeout"):
            ask(database.url, "SET statement_timeout = 200; DELETE FROM store WHERE name = 'owner'")


async def test_a_connection_that_is_cut_costs_one_command_at_most(database: Database, log: SqliteLog) -> None:
    """What was not acknowledged is not there; the next one is."""
    end_all(database.url)
    with pytest.raises(StoreUnavailable):
        await log.append("ROOM234", 2, records(3, 3))
    assert ask(database.url, "SELECT seq FROM rooms") == [(2,)]
    await log.append("ROOM234", 2, records(3, 3))
    assert await log.read("ROOM234") == records(1, 3)


async def test_a_database_that_comes_back_without_what_was_acknowledged_is_not_written(
    database: Database, log: SqliteLog
) -> None:
    """So does a standby that was behind when it took over: the room stands still, and no number is given out again."""
    ask(database.url, "DELETE FROM records WHERE seq = 2")
    ask(database.url, "UPDATE rooms SET seq = 1, hash = (SELECT hash FROM records WHERE seq = 1)")
    end_all(database.url)
    with pytest.raises(StoreUnavailable):
        await log.append("ROOM234", 2, records(3, 3))
    with pytest.raises(Damaged, match="2 was acknowledged"):
        await log.append("ROOM234", 1, records(2, 2))
    (found,) = await log.rooms()
    assert found.state == "quarantined"


_OWN_FORMAT = "UPDATE store SET value = '99' WHERE name = 'format'"
_MADE_UNFIT = {
    "read_only": "ALTER DATABASE {name} SET default_transaction_read_only = on",
    "format": _OWN_FORMAT,
    "others": "ALTER TABLE rooms RENAME COLUMN founding TO guests",
}


@pytest.mark.parametrize("why", _MADE_UNFIT)
async def test_a_database_that_rooms_cannot_be_kept_in_is_refused(why: str, database: Database) -> None:
    """It says why, and nothing in it is changed."""
    await (await SqliteLog.open(database)).close()
    ask(database.url, _MADE_UNFIT[why].format(name=database.shown.rpartition("/")[2]))
    before = ask(database.url, "SELECT name, value FROM store ORDER BY name")
    with pytest.raises(DatabaseRefused) as caught:
        await SqliteLog.open(database)
    assert caught.value.text == why
    assert ask(database.url, "SELECT name, value FROM store ORDER BY name") == before


async def test_another_programs_table_of_the_same_name_is_left_alone(database: Database) -> None:
    """A hotel has rooms too."""
    ask(database.url, "CREATE TABLE rooms (number int, guest text)")
    with pytest.raises(DatabaseRefused) as caught:
        await SqliteLog.open(database)
    assert (caught.value.text, caught.value.values) == ("others", {"tables": "rooms"})
    assert ask(database.url, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(1,)]


_UNFIT_FACTS = (
    ("14, false, false, 'UTF8'", "old"),
    ("17, true, false, 'UTF8'", "standby"),
    ("17, false, false, 'SQL_ASCII'", "encoding"),
)


async def test_an_old_version_a_standby_and_another_encoding_are_refused(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the database says of itself decides; neither can be had in a test without a second cluster."""
    for facts, why in _UNFIT_FACTS:
        said = f"SELECT {facts}, 'public', 'on'"
        monkeypatch.setattr(in_postgresql, "_FACTS", said)
        with pytest.raises(DatabaseRefused) as caught:
            await SqliteLog.open(database)
        assert caught.value.text == why


async def test_an_answer_is_given_after_a_sync_whatever_the_database_is_set_to(database: Database) -> None:
    """A database that is set to acknowledge before it has written would lose what people were told."""
    name = database.shown.rpartition("/")[2]
    ask(database.url, f"ALTER DATABASE {name} SET synchronous_commit = off")
    log = await SqliteLog.open(database)
    said = await log._ask(lambda store: store._connection().exec_driver_sql("SHOW synchronous_commit").scalar())
    assert said == "on"
    await log.close()
