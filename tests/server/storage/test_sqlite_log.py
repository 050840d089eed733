"""The durable log: what a restart finds, who may open it, how commits are shared, and what is erased."""

import asyncio
import os
import sqlite3
import sys
import threading
from collections.abc import Coroutine
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace
from sqlalchemy.engine.default import DefaultDialect

from makersphere_bots.stand_ins import StandIns
from makersphere_server.app import running
from makersphere_server.storage.event_log import DuplicateId, SeqConflict, StoreUnavailable
from makersphere_server.storage.folder_lock import FolderInUse
from makersphere_server.storage.heads import read_heads
from makersphere_server.storage.sqlite_log import MOST_PER_GROUP, READ_STRETCH, SqliteLog
from makersphere_server.storage.store import DATABASE_FILE, HEAD_FILE, Store
from makersphere_server.storage.transaction import Append, Create
from tests.loopback import loopback
from tests.server.rig.made_up_logs import record, records, row
from tests.server.rig.memory_log import MemoryLog


async def test_a_restart_finds_everything(tmp_path: Path) -> None:
    """Rooms, records, heads, states and overlay are the same after closing and opening."""
    log = await SqliteLog.open(tmp_path)
    await log.create(row("ROOM222"))
    await log.create(row("ROOM333"))
    await log.append("ROOM222", 0, records(1, 3), {"name:1": b"Ada"})
    await log.set_state("ROOM333", "over")
    head = await log.head("ROOM222")
    await log.close()

    log = await SqliteLog.open(tmp_path)
    assert await log.rooms() == [row("ROOM222"), row("ROOM333", state="over")]
    assert await log.read("ROOM222") == records(1, 3)
    assert await log.head("ROOM222") == head
    assert await log.privates("ROOM222") == {"name:1": b"Ada"}
    with pytest.raises(DuplicateId):
        await log.append("ROOM222", 3, [record(4, command_id=record(1).command_id, token=records(1, 1)[0].token)])
    await log.close()


async def test_a_store_whose_index_begins_with_the_room_is_used_as_it_is(tmp_path: Path) -> None:
    """Stores from before had the columns in another order; they take records, and refuse the same."""
    await (await SqliteLog.open(tmp_path)).close()
    with closing(sqlite3.connect(tmp_path / DATABASE_FILE)) as database:
        database.execute("DROP INDEX one_answer_per_id")
        database.execute("CREATE UNIQUE INDEX one_answer_per_id ON records (room, id, token) WHERE id != ''")
        database.commit()

    log = await SqliteLog.open(tmp_path)
    await log.create(row())
    await log.append("ROOM234", 0, records(1, 3))
    with pytest.raises(DuplicateId):
        await log.append("ROOM234", 3, [replace(records(1, 1)[0], seq=4)])
    assert await log.read("ROOM234") == records(1, 3)
    await log.close()


async def test_a_long_history_is_read_in_stretches(tmp_path: Path) -> None:
    """More records than one reading holds come back whole, from any `seq`."""
    log = await SqliteLog.open(tmp_path)
    await log.create(row())
    total = 2 * READ_STRETCH
    await log.append("ROOM234", 0, records(1, total))
    assert await log.read("ROOM234") == records(1, total)
    assert await log.read("ROOM234", 3) == records(4, total)
    assert await log.read("ROOM234", total - READ_STRETCH) == records(total - READ_STRETCH + 1, total)
    await log.close()


async def test_a_second_server_is_turned_away(tmp_path: Path) -> None:
    """Two servers never share a data folder; when the first has gone, the next may come."""
    log = await SqliteLog.open(tmp_path)
    with pytest.raises(FolderInUse, match=r"another server \(process \d+\) works in"):
        await SqliteLog.open(tmp_path)
    await log.close()
    await (await SqliteLog.open(tmp_path)).close()


@pytest.mark.skipif(sys.platform == "win32", reason="folders cannot be synced there")
def test_a_new_data_folder_is_on_the_disk_before_anything_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own name, and that of each folder made above it, is synced: else a power cut could take them all."""
    synced, sync, data = list[int](), os.fsync, tmp_path / "kept" / "data"

    def note(file: int) -> None:
        synced.append(os.fstat(file).st_ino)
        sync(file)

    async def start() -> None:
        async with running(attrs.evolve(loopback(), data=data), StandIns()):
            pass

    monkeypatch.setattr(os, "fsync", note)
    asyncio.run(start())
    assert synced[:2] == [data.parent.stat().st_ino, tmp_path.stat().st_ino]
    assert data.stat().st_mode & 0o777 == 0o700, "others can read seeds and hands"


def test_a_room_is_founded_and_played_in_one_group(tmp_path: Path) -> None:
    """A first record that shares the commit of its room's founding is there after a restart."""
    with closing(Store(tmp_path)) as store:
        outcomes = store.commit([Create(row("ROOM222")), Append("ROOM222", 0, records(1, 1))])
        assert all(isinstance(outcome, str) for outcome in outcomes)
    with closing(Store(tmp_path)) as store:
        assert store.head("ROOM222").seq == 1
        assert store.rooms() == [row("ROOM222")]
        assert store.read("ROOM222", 0, 9) == records(1, 1)


async def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    """A file where the folder should be, or a database that is not ours to open, is `StoreUnavailable`."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreUnavailable, match="cannot be written"):
        await SqliteLog.open(tmp_path / "file")
    (tmp_path / "data" / DATABASE_FILE).mkdir(parents=True)
    with pytest.raises(StoreUnavailable, match="cannot be opened"):
        await SqliteLog.open(tmp_path / "data")


async def test_a_closed_log_takes_nothing(tmp_path: Path) -> None:
    """What waits at the closing is stored; what comes later is refused, and closing twice is no mistake."""
    log = await SqliteLog.open(tmp_path)
    await log.create(row())
    waiting = asyncio.ensure_future(log.append("ROOM234", 0, records(1, 1)))
    await asyncio.sleep(0)
    await log.close()
    await log.close()
    await waiting
    with pytest.raises(StoreUnavailable, match="closed"):
        await log.head("ROOM234")
    log = await SqliteLog.open(tmp_path)
    assert await log.read("ROOM234") == records(1, 1)
    await log.close()


async def test_a_caller_that_gave_up_waiting_harms_nobody(tmp_path: Path) -> None:
    """A cancelled append may be stored all the same, as after a crash; the log goes on."""
    log = await SqliteLog.open(tmp_path)
    await log.create(row())
    waiting = asyncio.ensure_future(log.append("ROOM234", 0, records(1, 1)))
    await asyncio.sleep(0)
    waiting.cancel()
    assert (await log.head("ROOM234"))[0] == 1
    await log.append("ROOM234", 1, records(2, 2))
    await log.close()


# -- group commit


async def test_whatever_waits_shares_a_commit(tmp_path: Path, commits: list[int]) -> None:
    """While the disk is busy, the appends of all rooms gather and are stored by one sync, up to the limit."""
    log = await SqliteLog.open(tmp_path)
    codes = [f"ROOM{number:03}" for number in range(600)]
    busy, go_on = threading.Event(), threading.Event()

    def wait(_: Store) -> None:
        busy.set()
        go_on.wait()

    blocked = asyncio.ensure_future(log._ask(wait))
    await asyncio.to_thread(busy.wait)
    creating = asyncio.gather(*(log.create(row(code)) for code in codes))
    await asyncio.sleep(0)
    go_on.set()
    await asyncio.gather(blocked, creating)
    assert commits == [MOST_PER_GROUP, len(codes) - MOST_PER_GROUP]
    await log.close()


@pytest.mark.parametrize("count", [1, 2, 3, 63, 64, 65, 200])
def test_a_group_of_any_size_is_stored_whole(tmp_path: Path, count: int) -> None:
    """Records and heads go in statements of several rows; none is left out, and each head is its room's."""
    store = Store(tmp_path)
    codes = [f"ROOM{number:03}" for number in range(count)]
    store.commit([Create(row(code)) for code in codes])
    outcomes = store.commit([Append(code, 0, records(1, 1 + n % 3)) for n, code in enumerate(codes)])
    assert [store.head(code).hash.hex() for code in codes] == outcomes
    store.close()
    again = Store(tmp_path)
    assert [(again.head(code).seq, len(again.read(code, 0, 10))) for code in codes] == [
        (1 + n % 3, 1 + n % 3) for n in range(count)
    ]
    again.close()


def test_a_group_finds_the_one_at_fault(tmp_path: Path) -> None:
    """A command id that is there already fails alone; the others of its group are stored once."""
    store = Store(tmp_path)
    codes = ["ROOM222", "ROOM333", "ROOM444"]
    store.commit([Create(row(code)) for code in codes])
    store.commit([Append(code, 0, records(1, 1)) for code in codes])
    again = record(2, command_id=records(1, 1)[0].command_id, token=records(1, 1)[0].token)
    outcomes = store.commit([Append(code, 1, [again] if code == "ROOM333" else records(2, 2)) for code in codes])
    assert [type(outcome) for outcome in outcomes] == [str, DuplicateId, str]
    assert [store.head(code).seq for code in codes] == [2, 1, 2]
    store.close()


def test_a_room_may_be_founded_and_written_in_one_group(tmp_path: Path) -> None:
    """A group stores its writes as if they came one after the other."""
    store = Store(tmp_path)
    store.commit(
        [Create(row()), Append("ROOM234", 0, records(1, 2)), Append("ROOM234", 2, records(3, 3)), Create(row("ROOM2"))]
    )
    assert store.read("ROOM234", 0, 10) == records(1, 3)
    assert store.head("ROOM234").seq == 3
    store.close()


def test_a_foreign_writer_is_noticed(tmp_path: Path) -> None:
    """A second owner of the database, lock or no lock, meets a conflict and overwrites nothing."""
    store = Store(tmp_path)
    store.commit([Create(row()), Create(row("ROOM333"))])
    store.commit([Append("ROOM234", 0, records(1, 1))])
    with sqlite3.connect(tmp_path / DATABASE_FILE) as other:
        other.execute("INSERT INTO records SELECT room, 2, token, 'x', line, hash FROM records")
        other.execute("UPDATE rooms SET seq = 2 WHERE room = 'ROOM234'")
    other.close()
    outcomes = store.commit([Append("ROOM234", 1, records(2, 2)), Append("ROOM333", 0, records(1, 1))])
    assert isinstance(outcomes[0], SeqConflict)
    assert outcomes[0].found == 2
    assert outcomes[1] == store.head("ROOM333").hash.hex()
    store.close()


# -- the tables and the files


def test_a_commit_is_synced_and_types_are_strict(tmp_path: Path) -> None:
    """The promise "acknowledged means durable" rests on these settings."""
    store = Store(tmp_path)
    assert store._conn is not None
    driver = store._conn.connection.dbapi_connection
    assert driver is not None
    asked = ("journal_mode", "synchronous", "secure_delete")
    assert [driver.execute(f"PRAGMA {name}").fetchone()[0] for name in asked] == ["wal", 2, 1]
    strict = driver.execute("SELECT name FROM pragma_table_list WHERE strict ORDER BY name").fetchall()
    assert [name for (name,) in strict] == ["private", "records", "rooms", "store"]
    with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT"):
        driver.execute("INSERT INTO rooms VALUES (1, 'ROOM234', 'text', 1, 0, x'00', 'open', '')")
    store.close()


async def test_erased_names_are_gone_from_every_file(tmp_path: Path) -> None:
    """What was erased on request is not found in the bytes of the data folder, while the server runs on."""
    log = await SqliteLog.open(tmp_path)
    await log.create(row())
    await log.put_private("ROOM234", {"name:1": b"Ada Lovelace", "name:2": b"Grace Hopper"})
    await log.put_private("ROOM234", {"name:1": None, "name:2": b"someone"})
    await log.head("ROOM234")  # the tidying of the group before is done when the next is served
    held = await asyncio.to_thread(bytes_in, tmp_path)
    assert b"name:2" in held
    assert b"Lovelace" not in held
    assert b"Hopper" not in held
    await log.close()


def bytes_in(folder: Path) -> bytes:
    """Return the bytes of all files of a folder."""
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def test_the_head_file_is_written_after_the_store_and_before_the_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is never ahead of the store, and a killed process leaves it level with what was acknowledged."""
    log = await SqliteLog.open(tmp_path)
    await log.create(row())
    really_commit: Any = DefaultDialect.do_commit  # has no types
    really_answer, told = SqliteLog._answer, list[tuple[str, int]]()

    def note(step: str) -> None:
        told.append((step, read_heads(tmp_path / HEAD_FILE).rooms["ROOM234"].seq))

    def commit(*args: Any) -> None:  # noqa: ANN401
        note("begun")
        really_commit(*args)
        note("stored")

    def answer(*args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        note("answered")
        really_answer(*args, **kwargs)

    monkeypatch.setattr(DefaultDialect, "do_commit", commit)
    monkeypatch.setattr(SqliteLog, "_answer", answer)
    for seq in range(1, 4):
        await log.append("ROOM234", seq - 1, records(seq, seq))
    assert told == [each for seq in range(3) for each in (("begun", seq), ("stored", seq), ("answered", seq + 1))]
    await log.close()


# -- against a model


async def outcome_of(call: Coroutine[Any, Any, str | None]) -> str | Exception | None:
    """Return what a call returns or raises."""
    try:
        return await call
    except Exception as error:  # noqa: BLE001  (any refusal has to be the same)
        return error


class Restarts(RuleBasedStateMachine):
    """Random writes and restarts: the durable log and the one in memory always say the same."""

    codes = ("ROOM222", "ROOM333")

    @initialize()
    def begin(self) -> None:
        """Open both."""
        self.folder = TemporaryDirectory()
        self.store = Store(Path(self.folder.name))
        self.model = MemoryLog()
        self.created: set[str] = set()

    def both(self, write: Create | Append, call: Coroutine[Any, Any, str | None]) -> None:
        """Do the same to both and compare what they say."""
        said = self.store.commit([write])[0]
        other = asyncio.run(outcome_of(call))
        assert type(said) is type(other) if isinstance(said, Exception) else said == (other or "")

    @rule(code=st.sampled_from(codes))
    def create(self, code: str) -> None:
        """Found a room, perhaps again."""
        self.both(Create(row(code)), self.model.create(row(code)))

    @rule(
        code=st.sampled_from(codes), off=st.sampled_from([0, 0, 0, -1, 1]), count=st.integers(0, 4), fresh=st.booleans()
    )
    def append(self, code: str, off: int, count: int, fresh: bool) -> None:  # noqa: FBT001
        """Append at the head or beside it, with ids that are new or not."""
        kept = self.model._rooms.get(code)
        expected = max(0, (len(kept.records) if kept else 0) + off)
        batch = [record(expected + n, command_id=None if fresh else f"id{n}") for n in range(1, count + 1)]
        self.both(Append(code, expected, batch), self.model.append(code, expected, batch))

    @rule()
    def restart(self) -> None:
        """Close and open."""
        self.store.close()
        self.store = Store(Path(self.folder.name))

    @invariant()
    def same(self) -> None:
        """Rooms, records and heads are equal."""
        if hasattr(self, "store"):
            assert self.store.rooms() == asyncio.run(self.model.rooms())
            for room in self.store.rooms():
                assert self.store.read(room.room, 0, 1000) == asyncio.run(self.model.read(room.room))
                head = self.store.head(room.room)
                assert (head.seq, head.hash.hex()) == asyncio.run(self.model.head(room.room))

    def teardown(self) -> None:
        """Let go."""
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()


TestRestarts = Restarts.TestCase
TestRestarts.settings = settings(max_examples=15, stateful_step_count=20, deadline=None)
