"""After any run of disk errors every room comes back by itself, and nobody but the owner ever stops one for good."""

import os
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from makersphere_server.storage.event_log import Damaged, Record, SeqConflict, StoreUnavailable, TakenOver
from makersphere_server.storage.folder_lock import LOCK_FILE
from makersphere_server.storage.heads import Head, HeadFile, read_heads
from makersphere_server.storage.store import HEAD_FILE, Store
from makersphere_server.storage.transaction import Append, Create, PutPrivate, SetState
from tests.server.rig.bad_disk import BadDisk, FailingCommit, disk_error
from tests.server.rig.made_up_logs import records, row

BUSY: Final = ("ROOM222", "ROOM333")
IDLE: Final = ("ROOM444", "ROOM555")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return a store with four rooms of one record each."""
    opened = Store(tmp_path)
    opened.commit([Create(row(code)) for code in BUSY + IDLE])
    opened.commit([Append(code, 0, records(1, 1), {"name:1": b"Ada"}) for code in BUSY + IDLE])
    yield opened
    opened.close()


@pytest.mark.parametrize("seed", range(12))
def test_after_any_run_of_errors_rooms_come_back_by_themselves(
    store: Store, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    """Whatever fails, each room is refused for the moment and never found damaged, the idle ones too."""
    chance = random.Random(seed)
    disk = BadDisk(store, monkeypatch, chance)
    acknowledged = dict.fromkeys(BUSY + IDLE, 1)
    for _ in range(8):
        disk.is_bad = True
        for _ in range(10):
            use(store, acknowledged, chance)
        disk.is_bad = False
        assert {found.state for found in store.rooms()} == {"open"}
        for room, seq in acknowledged.items():
            stored = store.read(room, 0, 999)
            assert stored[:seq] == records(1, seq)
            assert isinstance(
                store.commit([Append(room, len(stored), records(len(stored) + 1, len(stored) + 1))])[0], str
            )
            acknowledged[room] = len(stored) + 1
    assert disk.failures


def use(store: Store, acknowledged: dict[str, int], chance: random.Random) -> None:
    """Ask something of the store; what is not answered is unavailable, and nothing worse."""
    room = chance.choice([*acknowledged])
    try:
        match chance.choice(["append", "append", "read", "values", "list", "tidy"]):
            case "append":
                room = chance.choice(BUSY)
                seq = acknowledged[room]
                outcome = store.commit([Append(room, seq, records(seq + 1, seq + 1))])[0]
                if isinstance(outcome, SeqConflict):  # an append of unknown outcome is there after all
                    acknowledged[room] = outcome.found
                elif isinstance(outcome, str):
                    acknowledged[room] = seq + 1
                else:
                    assert isinstance(outcome, StoreUnavailable)
            case "read":
                assert len(store.read(room, 0, 999)) >= acknowledged[room]
            case "values":
                assert store.privates(room) == {"name:1": b"Ada"}
            case "list":
                assert {found.state for found in store.rooms()} == {"open"}
            case _:
                store.tidy()
    except StoreUnavailable:
        pass


def test_a_room_is_read_up_to_where_the_store_is_now(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A commit that failed, and is there when the disk is back, is the end of a sound history."""

    def away() -> None:
        raise OperationalError("connect", None, disk_error("SQLITE_CANTOPEN"))

    with monkeypatch.context() as patch, FailingCommit(store, "SQLITE_IOERR_FSYNC", stored=True):
        patch.setattr(store._engine, "connect", away)
        outcome = store.commit([Append("ROOM222", 1, records(2, 2))])[0]
        assert isinstance(outcome, StoreUnavailable)
    assert store.read("ROOM222", 0, 9) == records(1, 2)
    assert {found.state for found in store.rooms()} == {"open"}


def test_what_is_misread_once_stops_no_room(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A history that looks damaged is read again from a file opened afresh before the room has to stop."""
    opened, real = store._conn, store._read

    def read(room: str, after_seq: int, limit: int) -> Sequence[Record]:
        if store._conn is opened:  # which keeps in memory what the disk has misread
            raise Damaged("ROOM222", 1, "misread")
        return real(room, after_seq, limit)

    monkeypatch.setattr(store, "_read", read)
    assert store.read("ROOM222", 0, 9) == records(1, 1)


def test_values_that_cannot_be_read_now_are_unavailable(store: Store) -> None:
    """A disk that fails while names are read is no bug, for which a room would stop."""

    def fails(*_: object) -> None:
        raise OperationalError("", None, disk_error("SQLITE_IOERR_READ"))

    event.listen(store._engine, "before_cursor_execute", fails)
    for ask in (lambda: store.privates("ROOM444"), store.rooms, lambda: store.read("ROOM444", 0, 9)):
        with pytest.raises(StoreUnavailable, match="disk I/O error"):
            ask()
    event.remove(store._engine, "before_cursor_execute", fails)
    assert store.privates("ROOM444") == {"name:1": b"Ada"}


def test_after_a_failure_the_file_is_opened_afresh(store: Store) -> None:
    """What has failed on one opening of the file may fail there for good, so the next question begins with another."""
    opened = store._conn

    def fails(conn: object, *_: object) -> None:
        if conn is opened:
            raise OperationalError("", None, disk_error("SQLITE_IOERR_READ"))

    event.listen(store._engine, "before_cursor_execute", fails)
    with pytest.raises(StoreUnavailable):
        store.privates("ROOM444")
    assert store.privates("ROOM444") == {"name:1": b"Ada"}
    event.remove(store._engine, "before_cursor_execute", fails)


def test_a_history_that_breaks_off_does_so_behind_what_was_read(store: Store) -> None:
    """A page that SQLite calls malformed is told with the first number that cannot be read."""
    store.commit([Append("ROOM222", 1, records(2, 6))])

    def fails(_: object, __: object, statement: str, *___: object) -> None:
        if "FROM records" in statement.replace("\n", ""):
            raise OperationalError("", None, disk_error("SQLITE_CORRUPT"))

    event.listen(store._engine, "before_cursor_execute", fails)
    with pytest.raises(Damaged) as damage:
        store.read("ROOM222", 4, 9)
    event.remove(store._engine, "before_cursor_execute", fails)
    assert damage.value.seq == 5


def test_a_state_that_could_not_be_stored_is_not_acknowledged(store: Store) -> None:
    """Nothing in the file tells whether it is there, so it is refused; whoever asks again has it."""
    with FailingCommit(store, "SQLITE_IOERR_FSYNC", stored=False):
        assert isinstance(store.commit([SetState("ROOM222", "over", "")])[0], StoreUnavailable)
    assert {found.state for found in store.rooms()} == {"open"}
    assert store.commit([SetState("ROOM222", "over", "")]) == [""]
    assert {found.room: found.state for found in store.rooms()}["ROOM222"] == "over"


# -- the head file


def head(seq: int) -> Head:
    """Return a head with some hash."""
    return Head(1, seq, bytes(32))


@contextmanager
def failing(patch: pytest.MonkeyPatch, name: str) -> Iterator[None]:
    """Let a call to the system fail."""

    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    with patch.context() as while_it_lasts:
        while_it_lasts.setattr(os, name, fail)
        yield


def test_heads_whose_sync_failed_are_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a failed sync the system may have forgotten what was written: the next sync alone proves nothing."""
    file = HeadFile(tmp_path / "heads")
    file.write({"A": head(1)})
    with failing(monkeypatch, "fsync"):
        file._sync()
    (tmp_path / "heads").write_bytes(b"")  # as the disk has it
    file.close()
    assert read_heads(tmp_path / "heads").rooms == {"A": head(1)}


@pytest.mark.parametrize("name", ["fsync", "replace", "open"])
def test_a_head_file_that_cannot_be_rewritten_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Whichever step fails, the file goes on as it is, and the next heads find it."""
    file = HeadFile(tmp_path / "heads")
    file.write({"A": head(1), "B": head(1)})
    with failing(monkeypatch, name):
        file.forget("B")
    file.write({"A": head(2)})
    file.close()
    assert read_heads(tmp_path / "heads").rooms["A"] == head(2)


def test_a_folder_that_could_not_be_opened_can_be_when_it_is_well(tmp_path: Path) -> None:
    """A start that failed lets go of the folder: nobody is told that another server has it."""
    (tmp_path / HEAD_FILE).mkdir()
    with pytest.raises(StoreUnavailable, match="cannot be written") as refused:
        Store(tmp_path)
    (tmp_path / HEAD_FILE).rmdir()
    Store(tmp_path).close()
    assert refused.tb is not None, "what had failed is still held, as by whoever logs it"


# -- one owner


@pytest.fixture
def stale(store: Store, tmp_path: Path) -> Iterator[Store]:
    """Return a store that holds itself for the owner, though another one has taken its folder over: a lost lock."""
    (tmp_path / LOCK_FILE).unlink()
    owner = Store(tmp_path)
    assert isinstance(owner.commit([Append("ROOM222", 1, records(2, 2))])[0], str)
    yield store
    owner.close()
    again = Store(tmp_path)
    assert {found.state for found in again.rooms()} == {"open"}
    assert again.read("ROOM222", 0, 9) == records(1, 2)
    assert again.privates("ROOM333") == {"name:1": b"Ada"}
    again.close()


@pytest.mark.parametrize(
    "write",
    [
        SetState("ROOM222", "quarantined", "I am the owner"),
        Append("ROOM222", 1, records(2, 2)),
        Append("ROOM333", 1, records(2, 2)),
        Append("ROOM333", 1, [], {"name:1": b"Bob"}),
        PutPrivate("ROOM333", {"name:1": None}),
        Create(row("ROOM666")),
    ],
)
def test_who_is_the_owner_no_more_writes_nothing(
    stale: Store, tmp_path: Path, write: Append | Create | PutPrivate | SetState
) -> None:
    """A process that was thawed, or whose lock was lost, stops no room and changes none, and is told why."""
    heads = (tmp_path / HEAD_FILE).read_bytes()
    outcome = stale.commit([write])[0]
    assert isinstance(outcome, TakenOver)
    assert "another server has taken over" in str(outcome)
    assert isinstance(stale._head_file, HeadFile)
    stale._head_file._must_rewrite = True  # as after a sync that failed
    stale.close()
    assert (tmp_path / HEAD_FILE).read_bytes() == heads


def test_who_is_the_owner_no_more_finds_nothing_damaged(stale: Store, tmp_path: Path) -> None:
    """The owner has gone on, so the history is longer than it was: that is no damage."""
    with pytest.raises(TakenOver):
        stale.read("ROOM222", 0, 9)
    with pytest.raises(TakenOver):
        stale.erase("ROOM333")
    with pytest.raises(TakenOver):
        stale.reopen("ROOM333")
    stale._disconnect()
    with pytest.raises(TakenOver):
        stale.rooms()
