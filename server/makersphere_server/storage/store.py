"""The store of a data folder, for one thread: transactions, reading back, and what to do when a disk fails.

Write-ahead log, synchronous=FULL: a commit that returned is on the disk. There is one connection, which
writes, reads and checkpoints (SQLite before 3.51.3 can damage a log that two connections reset at once).
What is read is checked against the hash chain; what should be there is known from the head file. A failed
commit is never retried on the same connection: the file is opened afresh, checkpointed, and asked what it
holds. Whoever opens the store becomes its owner, and who is the owner no more writes nothing (`identity.py`).
Sources: SQLite, "Write-Ahead Logging" and "How To Corrupt An SQLite Database File"; Rebello et al. 2020, "Can
Applications Recover from fsync Failures?", USENIX ATC.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path
from typing import Final

import attrs
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from makersphere_server.storage.chain import Damaged
from makersphere_server.storage.database import (
    FAILURES,
    Busy,
    cause,
    checkpoint,
    is_corrupt,
    is_full,
    open_engine,
    roll_back,
    say_format,
)
from makersphere_server.storage.event_log import (
    DuplicateId,
    Record,
    RoomRow,
    RoomTaken,
    SeqConflict,
    StoreUnavailable,
    TakenOver,
)
from makersphere_server.storage.folder_lock import lock_folder
from makersphere_server.storage.heads import Head, HeadFile
from makersphere_server.storage.identity import new_number, owner_of, set_store_number, store_number, take_over
from makersphere_server.storage.reading import (
    Unvouched,
    check_heads,
    head_of,
    load_heads,
    private_values,
    read_stretch,
    room_rows,
)
from makersphere_server.storage.salvage import mend
from makersphere_server.storage.tables import METADATA
from makersphere_server.storage.transaction import (
    Append,
    Create,
    HeadMoved,
    NotOurs,
    Outcome,
    Plan,
    Write,
    erase_room,
    reopen_room,
)

__all__ = ["DATABASE_FILE", "HEAD_FILE", "Store"]

DATABASE_FILE: Final = "rooms.sqlite3"
HEAD_FILE: Final = "heads.log"


class Store:
    """The tables, the head file and the lock of one data folder. Not for two threads."""

    def __init__(self, folder: Path, url: str = "") -> None:
        """Open or make a store.

        Args:
            folder: the data folder; locked for this process.
            url: the database, as SQLAlchemy writes it; by default a SQLite file in the folder.

        Raises:
            FolderInUse: another server works here.
            StoreUnavailable: the folder or the database cannot be opened.
        """
        self._heads: dict[str, Head] = {}
        self._damaged: dict[str, Damaged] = {}
        self._must_truncate = False
        self._owner = b""
        self._conn: Connection | None = None
        self._files = ExitStack()
        try:
            self._files.enter_context(lock_folder(folder))
            self._head_file = self._files.enter_context(closing(HeadFile(folder / HEAD_FILE)))
        except OSError as error:
            self._files.close()
            raise StoreUnavailable(f"{folder} cannot be written: {error.strerror}") from error
        try:
            self.mended = None if url else mend(folder / DATABASE_FILE)
            self._engine = open_engine(url or f"sqlite:///{folder / DATABASE_FILE}")
            self._connect()
        except (OSError, *FAILURES) as error:
            self._files.close()
            raise StoreUnavailable(f"the store in {folder} cannot be opened: {cause(error)}") from error

    @property
    def parted(self) -> int:
        """Return how many rooms stand still because the head file that belongs to the store is not here."""
        return sum(isinstance(damage, Unvouched) for damage in self._damaged.values())

    def close(self) -> None:
        """Let go of everything; the database checkpoints itself."""
        self._disconnect()
        self._engine.dispose()
        self._files.close()

    def _connect(self) -> Connection:
        """Open the database, have it settle what it holds, and compare that with the head file.

        Nothing of what is known changes before all of it is known.
        """
        conn = self._engine.connect()
        try:
            is_settled = self._settle(conn)
            with conn.begin():
                METADATA.create_all(conn)
                say_format(conn)
                owner = self._own(conn)
                heads = load_heads(conn)
                damaged = check_heads(conn, heads, self._head_file.known)
                if not any(isinstance(damage, Unvouched) for damage in damaged.values()):
                    self._number(conn)
        except (StoreUnavailable, *FAILURES):
            with suppress(*FAILURES):
                conn.close()
            raise
        self._owner, self._heads, self._damaged = owner, heads, damaged
        if is_settled:
            known = self._head_file.known.rooms
            self._head_file.write(
                {room: head for room, head in heads.items() if room not in damaged and known.get(room) != head}
            )
        self._conn = conn
        return conn

    def _settle(self, conn: Connection) -> bool:
        """Have all that the write-ahead log holds on the disk; return whether it is."""
        try:
            checkpoint(conn)
        except Busy:
            if self._owner:  # a commit has failed: what is not known to be on the disk is not to be told
                raise
            return False
        return True

    def _own(self, conn: Connection) -> bytes:
        """Become the owner, at the first time; later see that nobody else has.

        Raises:
            TakenOver: somebody has.
        """
        if not self._owner:
            return take_over(conn)
        self._must_own(conn)
        return self._owner

    def _must_own(self, conn: Connection) -> None:
        if owner_of(conn) != self._owner:
            raise self._taken_over()

    def _taken_over(self) -> TakenOver:
        self._head_file.abandon()
        return TakenOver()

    def _number(self, conn: Connection) -> None:
        """Have store and head file carry the same number; the file first, so that the store never says too much."""
        stored = store_number(conn)
        number = stored or self._head_file.known.store or new_number()
        if self._head_file.belong_to(number) and not stored:
            set_store_number(conn, number)

    def _connection(self) -> Connection:
        try:
            return self._conn or self._connect()
        except FAILURES as error:
            raise StoreUnavailable(f"the store is away: {cause(error)}") from error

    def _disconnect(self) -> None:
        if self._conn is not None:
            with suppress(*FAILURES):
                self._conn.close()
            self._conn = None

    # -- writing

    def commit(self, writes: Sequence[Write]) -> list[Outcome]:
        """Store the writes in one transaction; return for each its chain hash or why it was not stored."""
        try:
            conn = self._connection()
        except StoreUnavailable as error:
            return [error] * len(writes)
        plan = Plan(self._heads, self._damaged, self._owner)
        for write in writes:
            plan.add(write)
        try:
            with conn.begin():
                plan.carry_out(conn)
        except NotOurs:
            return [self._taken_over()] * len(writes)
        except (IntegrityError, HeadMoved):
            return self._one_by_one(writes)
        except FAILURES as error:
            return self._after_failed_commit(plan, error)
        self._stored(plan)
        return plan.outcomes

    def _stored(self, plan: Plan) -> None:
        self._heads.update(plan.moved)
        self._head_file.write(plan.moved)
        self._must_truncate |= plan.erases

    def _one_by_one(self, writes: Sequence[Write]) -> list[Outcome]:
        """Find out which write of a refused group was at fault, and let the others through."""
        if len(writes) > 1:
            return [self.commit([write])[0] for write in writes]
        try:
            conn = self._connection()
            with conn.begin():
                self._must_own(conn)
                self._heads = load_heads(conn)
        except StoreUnavailable as error:
            return [error]
        except FAILURES as error:
            return [StoreUnavailable(cause(error))]
        match writes[0]:
            case Append(room, expected_seq) if self._heads[room].seq != expected_seq:
                return [SeqConflict(room, expected_seq, self._heads[room].seq)]
            case Append(room):
                return [DuplicateId(room)]
            case Create(row):
                return [RoomTaken(row.room)]
            case write:
                raise AssertionError(f"nothing in {write} can conflict")

    def _after_failed_commit(self, plan: Plan, error: Exception) -> list[Outcome]:
        """Find out what a failed commit has left on the disk, and answer accordingly."""
        if is_full(error) and self._conn is not None:
            roll_back(self._conn)
        else:
            self._disconnect()
            with suppress(StoreUnavailable, *FAILURES):
                self._connect()
                if plan.moved and all(self._heads.get(room) == head for room, head in plan.moved.items()):
                    self._stored(plan)
                    return plan.outcomes
        refused = StoreUnavailable(f"the store takes nothing now: {cause(error)}")
        return [outcome if isinstance(outcome, Exception) else refused for outcome in plan.outcomes]

    def wipe(self) -> None:
        """Leave nothing of erased values in the write-ahead log.

        Raises:
            StoreUnavailable: they may still be there.
        """
        try:
            checkpoint(self._connection())
        except FAILURES as error:
            raise StoreUnavailable(f"the erased values cannot be wiped: {cause(error)}") from error

    def tidy(self) -> None:
        """Do what nobody waits for: sync the head file, wipe erased values from the write-ahead log."""
        self._head_file.tidy()
        if self._must_truncate and self._conn is not None:
            with suppress(*FAILURES):  # tried again after the next group
                checkpoint(self._conn)
                self._must_truncate = False

    def reopen(self, room: str) -> RoomRow:
        """Let a room go on from the longest sound history that is left, under a higher epoch.

        Raises:
            KeyError: nothing is left of it.
            StoreUnavailable: nothing changed.
        """
        with self._asking(f"room {room} cannot be reopened") as conn:
            epochs = [head.epoch for head in (self._heads.get(room), self._head_file.known.rooms.get(room)) if head]
            self._must_own(conn)
            row, head = reopen_room(conn, room, max(epochs, default=0) + 1)
        self._heads[room] = head
        self._head_file.write({room: head})
        self._damaged.pop(room, None)
        return row

    def erase(self, room: str) -> None:
        """Take a room out of the store for good, its bytes on the disk too; a lost one out of the list.

        Raises:
            KeyError: there is no such room.
            StoreUnavailable: it is still there.
        """
        with self._asking(f"room {room} cannot be erased") as conn:
            if room not in self._heads and room not in self._damaged:
                raise KeyError(room)
            self._must_own(conn)
            erase_room(conn, room)
            self._head_file.forget(room)  # first: a room that the head file knows and the store does not is a lost one
        self.wipe()
        self._heads.pop(room, None)
        self._damaged.pop(room, None)

    # -- reading

    def read(self, room: str, after_seq: int, limit: int) -> Sequence[Record]:
        """Return up to `limit` records after a `seq`, checked; fewer than `limit`: the head is reached.

        Raises:
            KeyError: there is no such room.
            Damaged: the log is not what was acknowledged; the room takes nothing from now on.
            StoreUnavailable: the store is away.
        """
        for is_last in (False, True):  # what a disk misreads once, the file that is opened afresh may hold
            try:
                return self._read(room, after_seq, limit)
            except Damaged as damage:
                if is_last or room in self._damaged:
                    self._damaged[room] = damage
                    raise
                self._disconnect()
        raise AssertionError("unreachable")

    def _read(self, room: str, after_seq: int, limit: int) -> Sequence[Record]:
        try:
            with self._asking(f"room {room} cannot be read") as conn:
                if room in self._damaged:
                    raise self._damaged[room]
                return read_stretch(conn, room, after_seq, limit, self._head_in(conn, room))
        except StoreUnavailable as error:
            if error.__cause__ is None or not is_corrupt(error.__cause__):
                raise
            raise Damaged(room, after_seq + 1, f"the store is damaged: {cause(error.__cause__)}") from error

    def _head_in(self, conn: Connection, room: str) -> Head:
        """Return the head as the transaction sees it, which somebody else may have moved."""
        head = head_of(conn, room)
        if head is not None and head != self._heads[room]:
            self._must_own(conn)
            self._heads[room] = head
        return self._heads[room]

    @contextmanager
    def _asking(self, trouble: str) -> Iterator[Connection]:
        """Give the connection, in a transaction; what the database refuses is `StoreUnavailable`.

        Where it fails, the next one asks a file that is opened afresh.
        """
        conn = self._connection()
        try:
            with conn.begin():
                yield conn
        except (TypeError, *FAILURES) as error:  # a broken page may hold a value of another type
            self._disconnect()
            raise StoreUnavailable(f"{trouble}: {cause(error)}") from error

    def rooms(self) -> list[RoomRow]:
        """Return all rooms in order of founding; damaged ones are quarantined, lost ones stand last."""
        with self._asking("the rooms cannot be read") as conn:
            found = room_rows(conn)
        lost = {room: damage for room, damage in self._damaged.items() if room not in found}
        return [self._with_damage(room, row) for room, row in (*found.items(), *lost.items())]

    def _with_damage(self, room: str, row: RoomRow | Damaged) -> RoomRow:
        damage = self._damaged.get(room) or row
        if isinstance(row, Damaged):
            epoch = self._heads[room].epoch if room in self._heads else 0
            row = RoomRow(
                room=room, scenario=b"{}", roles=(), seed=b"", nonce=b"", seed_chosen=False, epoch=epoch, created_ms=0
            )
        if isinstance(damage, Damaged):
            return attrs.evolve(row, state="quarantined", reason=str(damage))
        return row

    def privates(self, room: str) -> dict[str, bytes]:
        """Return a room's overlay values."""
        with self._asking(f"the values of room {room} cannot be read") as conn:
            if room not in self._heads:
                if room in self._damaged:
                    return {}  # lost as a whole, its overlay with it
                raise KeyError(room)
            return private_values(conn, room)

    def head(self, room: str) -> Head:
        """Return a room's head."""
        self._connection()
        return self._heads[room]
