"""Erasing a room, and wiping what it leaves: two steps, of which the second may fail and is tried again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, create_engine
from sqlalchemy.pool import NullPool

from makersphere_server.storage import store as store_module
from makersphere_server.storage.database import DATABASE_FILE, empty_log, open_reader
from makersphere_server.storage.event_log import StoreUnavailable
from makersphere_server.storage.place import Database
from makersphere_server.storage.store import Store
from makersphere_server.storage.transaction import Append, Create
from tests.postgres import Cluster, ask, end_all
from tests.server.rig.made_up_logs import records, row


@pytest.fixture
def database(postgresql: Cluster) -> Database:
    """Return an empty database."""
    return Database.read(postgresql.new_database())


@pytest.fixture
def store(database: Database) -> Iterator[Store]:
    """Return a store in a database, with one room of many records."""
    with closing(Store(database)) as opened:
        assert opened.commit([Create(row()), Create(row("ROOM345"))]) == ["", ""]
        assert opened.commit([Append("ROOM234", 0, records(1, 500))])[0]
        yield opened


def _size(database: Database) -> int:
    """Return how many bytes the records of all rooms have in the database's files."""
    ((size,),) = ask(database.url, "SELECT pg_relation_size('records')")
    return int(size)


def test_what_erased_rooms_took_is_given_back_once_for_all_of_them(database: Database, store: Store) -> None:
    """Erasing a room alone looks after no table; wiping does, and the same connection goes on."""
    store.erase("ROOM234")
    assert _size(database) > 0
    store.wipe()
    assert _size(database) == 0
    assert store.commit([Append("ROOM345", 0, records(1, 1))])[0]
    ((waits,),) = store._connection().exec_driver_sql("SHOW lock_timeout").fetchall()
    assert waits == "0"


def test_a_table_that_somebody_else_looks_after_holds_nobody_up(database: Database, store: Store) -> None:
    """As PostgreSQL's own VACUUM and ANALYZE do, for minutes: a room is erased, wiping says no, everybody plays on."""
    beside = create_engine(database.url, poolclass=NullPool)
    with beside.begin() as other:
        other.exec_driver_sql("LOCK TABLE private IN SHARE UPDATE EXCLUSIVE MODE")
        store.erase("ROOM234")
        with pytest.raises(StoreUnavailable, match="cannot be wiped"):
            store.wipe()
        assert store.commit([Append("ROOM345", 0, records(1, 1))])[0]
    store.wipe()
    assert [found.room for found in store.rooms()] == ["ROOM345"]


def test_a_connection_that_is_cut_while_wiping_is_opened_anew(
    database: Database, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The wipe says that it came to nothing; the room is gone, and the next command is taken at once."""

    def cut(conn: Connection) -> None:
        end_all(database.url)
        empty_log(conn)

    store.erase("ROOM234")
    with monkeypatch.context() as patch:
        patch.setattr(store_module, "empty_log", cut)
        with pytest.raises(StoreUnavailable, match="cannot be wiped"):
            store.wipe()
    assert store.commit([Append("ROOM345", 0, records(1, 1))])[0]
    with pytest.raises(KeyError):
        store.erase("ROOM234")
    store.wipe()


def test_a_room_is_erased_although_somebody_reads_the_folder(tmp_path: Path) -> None:
    """That it is gone is said; wiping says that it has to be tried again."""
    with closing(Store(tmp_path)) as store:
        store.commit([Create(row()), Create(row("ROOM345"))])
        with open_reader(tmp_path / DATABASE_FILE).connect() as reader:
            reader.exec_driver_sql("BEGIN")
            reader.exec_driver_sql("SELECT * FROM rooms").fetchall()
            store.erase("ROOM234")
            assert [found.room for found in store.rooms()] == ["ROOM345"]
            with pytest.raises(StoreUnavailable, match="somebody reads"):
                store.wipe()
        store.wipe()
