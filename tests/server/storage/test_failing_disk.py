"""A disk that is full, fails in the middle of a commit, or is away: what is answered is what is on the disk."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from makersphere_server.storage.event_log import SeqConflict, StoreUnavailable
from makersphere_server.storage.heads import read_heads
from makersphere_server.storage.store import HEAD_FILE, Store
from makersphere_server.storage.transaction import Append, Create
from tests.server.rig.bad_disk import FailingCommit
from tests.server.rig.made_up_logs import records, row


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return a store with two rooms, one of which has a record and a name."""
    opened = Store(tmp_path)
    opened.commit([Create(row()), Create(row("ROOM333"))])
    opened.commit([Append("ROOM234", 0, records(1, 1), {"name:1": b"Ada"})])
    yield opened
    opened.close()


GROUP = [Append("ROOM234", 1, records(2, 2), {"name:1": b"Bob"}), Append("ROOM333", 5, records(6, 6))]


def test_a_full_disk_refuses_and_recovers_by_itself(store: Store) -> None:
    """Everything that needed the disk is `StoreUnavailable` and not stored; afterwards all goes on."""
    for _ in range(3):
        with FailingCommit(store, "SQLITE_FULL", stored=False):
            assert [type(outcome) for outcome in store.commit(GROUP)] == [StoreUnavailable, SeqConflict]
        assert store.read("ROOM234", 0, 9) == records(1, 1)
    assert isinstance(store.commit(GROUP)[0], str)
    assert store.read("ROOM234", 0, 9) == records(1, 2)


def test_a_database_that_may_not_grow_refuses_and_recovers(store: Store) -> None:
    """SQLite's own "disk is full", in the middle of a statement, leaves nothing of the group behind."""
    assert store._conn is not None
    driver = store._conn.connection.dbapi_connection
    assert driver is not None
    (pages,) = driver.execute("PRAGMA page_count").fetchone()
    driver.execute(f"PRAGMA max_page_count = {pages + 2}")
    assert isinstance(store.commit([Append("ROOM234", 1, records(2, 200))])[0], StoreUnavailable)
    assert store.read("ROOM234", 0, 9) == records(1, 1)
    driver.execute(f"PRAGMA max_page_count = {pages + 2000}")
    assert isinstance(store.commit([Append("ROOM234", 1, records(2, 200))])[0], str)
    assert store.read("ROOM234", 0, 999) == records(1, 200)


def test_a_commit_that_failed_and_is_not_there_is_refused(store: Store) -> None:
    """After an I/O error the file is opened afresh and asked; what it doesn't hold was not stored."""
    with FailingCommit(store, "SQLITE_IOERR_FSYNC", stored=False):
        assert [type(outcome) for outcome in store.commit(GROUP)] == [StoreUnavailable, SeqConflict]
    assert store.read("ROOM234", 0, 9) == records(1, 1)
    assert store.privates("ROOM234") == {"name:1": b"Ada"}
    assert isinstance(store.commit(GROUP)[0], str)


def test_a_commit_that_failed_and_is_there_is_acknowledged(store: Store, tmp_path: Path) -> None:
    """What the afresh opened and synced file holds is durable, whatever the commit said."""
    with FailingCommit(store, "SQLITE_IOERR_FSYNC", stored=True):
        outcomes = store.commit(GROUP)
    assert outcomes[0] == store.head("ROOM234").hash.hex()
    assert isinstance(outcomes[1], SeqConflict)
    assert store.read("ROOM234", 0, 9) == records(1, 2)
    assert read_heads(tmp_path / HEAD_FILE).rooms["ROOM234"] == store.head("ROOM234")


def test_a_disk_that_stays_away_refuses_until_it_is_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the database cannot even be opened, writes and reads are `StoreUnavailable`; then all goes on."""

    def away() -> None:
        raise OperationalError("connect", None, sqlite3.OperationalError("unable to open database file"))

    with monkeypatch.context() as patch, FailingCommit(store, "SQLITE_IOERR_WRITE", stored=False):
        patch.setattr(store._engine, "connect", away)
        assert isinstance(store.commit(GROUP)[0], StoreUnavailable)
        assert isinstance(store.commit(GROUP)[0], StoreUnavailable)
        with pytest.raises(StoreUnavailable, match="unable to open"):
            store.read("ROOM234", 0, 9)
    assert isinstance(store.commit(GROUP)[0], str)
    assert store.read("ROOM234", 0, 9) == records(1, 2)


def test_a_refusal_shows_no_values(store: Store) -> None:
    """The reason that may end up in a log or on a screen is the disk's, without the statement's secrets."""
    with FailingCommit(store, "SQLITE_FULL", stored=False):
        outcome = store.commit([Append("ROOM234", 1, records(2, 2), {"name:1": b"Bob"})])[0]
    assert str(outcome) == "the store takes nothing now: disk I/O error"
