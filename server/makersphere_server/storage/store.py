"""The store of a place, for one thread: transactions, reading back, and what to do when a disk fails.

Write-ahead log, synchronous=FULL: a commit that returned is on the disk. There is one connection, which
writes, reads and checkpoints (SQLite before 3.51.3 can damage a log that two connections reset at once).
What is read is checked against the hash chain; what should be there is known from the head file. A failed
commit is never retried on the same connection: the file is opened afresh, checkpointed, and asked what it
holds. Whoever opens the store becomes its owner, and who is the owner no more writes nothing (`identity.py`).
Sources: SQLite, "Write-Ahead Logging" and "How To Corrupt An SQLite Database File"; Rebello et al. 2020, "Can
Applications Recover from fsync Failures?", USENIX ATC.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from makersphere_server.storage.backing import HEAD_FILE, backing
from makersphere_server.storage.chain import Damaged
from makersphere_server.storage.database import (
    DATABASE_FILE,
    FAILURES,
    Busy,
    cause,
    checkpoint,
    empty_log,
    is_corrupt,
    is_full,
    roll_back,
    say_format,
    settle,
)
from makersphere_server.storage.event_log import (
    NO_PRIVATE,
    Private,
    Record,
    RoomRow,
    StoreUnavailable,
    TakenOver,
)
from makersphere_server.storage.heads import Head
from makersphere_server.storage.identity import new_number, owner_of, set_store_number, store_number, take_over
from makersphere_server.storage.overlay import Doubtful, add_checksums, write_anew
from makersphere_server.storage.place import Place
from makersphere_server.storage.reading import (
    Unvouched,
    check_heads,
    doubtful_values,
    head_of,
    load_heads,
    private_values,
    read_stretch,
    room_rows,
    shown_rows,
)
from makersphere_server.storage.tables import METADATA
from makersphere_server.storage.transaction import (
    Create,
    HeadMoved,
    NotOurs,
    Outcome,
    Plan,
    Write,
    conflict,
    erase_room,
    reopen_room,
)

__all__ = ["DATABASE_FILE", "HEAD_FILE", "Store"]

T = TypeVar("T")


class Store:
    """The tables, the known heads and the lock of one place. Not for two threads."""

    def __init__(self, place: Place, server: str = "") -> None:
        """Open or make a store, and lock it for this process; `server`: its name, where others may work beside it.

        Raises:
            FolderInUse: another server works here.
            StoreUnavailable: the folder or the database cannot be opened.
        """
        self._heads: dict[str, Head] = {}
        self._damaged: dict[str, Damaged] = {}
        self._must_truncate = False
        self._owner = b""
        self._conn: Connection | None = None
        found = backing(place, server)
        self._engine, self._head_file, self.mended, self._files = found.engine, found.heads, found.mended, found.files
        try:
            self._connect()
        except (OSError, *FAILURES) as error:
            self._files.close()
            raise StoreUnavailable(f"the store in {place} cannot be opened: {cause(error)}") from error
        except StoreUnavailable:
            self._files.close()
            raise

    @property
    def parted(self) -> int:
        """Return how many rooms stand still because the head file that belongs to the store is not here."""
        return sum(isinstance(damage, Unvouched) for damage in self._damaged.values())

    def close(self) -> None:
        """Let go of everything; the database checkpoints itself."""
        self._disconnect()
        self._files.close()

    def _connect(self) -> Connection:
        """Open the database, have it settle what it holds, and compare that with the head file.

        Nothing of what is known changes before all of it is known.
        """
        conn = self._engine.connect()
        try:
            is_settled = settle(conn)
            if self._owner and not is_settled:  # a commit has failed: what may not be on the disk is not to be told
                raise Busy
            with conn.begin():
                self._lay_tables(conn)
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

    def _lay_tables(self, conn: Connection) -> None:
        METADATA.create_all(conn)
        say_format(conn)
        add_checksums(conn)

    def _own(self, conn: Connection) -> bytes:
        """Become the owner, at the first time; later see that nobody else has.

        Raises:
            TakenOver: somebody has.
        """
        if not self._owner:
            return take_over(conn)
        self._must_own(conn)
        return self._owner

    def _must_own(self, conn: Connection, room: str = "") -> None:  # `room`: for a store that is shared
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
        if self._conn is not None and self._conn.invalidated:
            self._disconnect()  # it was cut; what it would open by itself is not looked at as `_connect` does
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
        plan = self._plan()
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
            return self._after_failed_commit(conn, plan, error)
        self._stored(plan)
        return plan.outcomes

    def _plan(self) -> Plan:
        return Plan(self._heads, self._damaged, self._owner)

    def _stored(self, plan: Plan) -> None:
        self._heads.update(plan.moved)
        self._head_file.write(plan.moved, plan.about)
        self._must_truncate |= plan.erases

    def _one_by_one(self, writes: Sequence[Write]) -> list[Outcome]:
        """Find out which write of a refused group was at fault, and let the others through."""
        if len(writes) > 1:
            return [self.commit([write])[0] for write in writes]
        try:
            with self._asking("the store takes nothing now") as conn:
                self._must_own(conn, "" if isinstance(writes[0], Create) else writes[0].room)
                self._heads = load_heads(conn)
        except StoreUnavailable as error:
            return [error]
        return [conflict(writes[0], self._heads)]

    def _after_failed_commit(self, conn: Connection, plan: Plan, error: Exception) -> list[Outcome]:
        """Find out what a failed commit has left on the disk, and answer accordingly."""
        if is_full(error):
            roll_back(conn)
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
        """Leave nothing of erased or replaced values in the database file or its write-ahead log.

        Raises:
            StoreUnavailable: they may still be there.
        """
        with self._asking("the erased values cannot be wiped") as conn:
            self._must_own(conn)
            write_anew(conn)
        empty_log(self._connection())

    def tidy(self) -> None:
        """Do what nobody waits for: sync the head file, wipe erased values from the write-ahead log."""
        self._head_file.tidy()
        if self._must_truncate and self._conn is not None:
            with suppress(*FAILURES):  # tried again after the next group
                checkpoint(self._conn)
                self._must_truncate = False

    def reopen(self, room: str, private: Private = NO_PRIVATE) -> RoomRow:
        """Let a room go on from the longest sound history that is left, under a higher epoch.

        Args:
            room: the room.
            private: what its overlay values in doubt are from now on, see `in_doubt`.

        Raises:
            KeyError: nothing is left of it.
            StoreUnavailable: nothing changed.
        """
        with self._asking(f"room {room} cannot be reopened") as conn:
            heads = [head for head in (self._heads.get(room), self._head_file.known.rooms.get(room)) if head]
            self._must_own(conn, room)
            if not heads:
                raise KeyError(room)
            epoch = max(head.epoch for head in heads) + 1
            values = max(head.values for head in heads) + 1
            row, head = reopen_room(conn, room, epoch, values, private)
        self._heads[room] = head
        self._head_file.write({room: head})
        self._damaged.pop(room, None)
        return row

    def erase(self, room: str) -> None:
        """Take a room out of the store for good, a lost one out of the list; `wipe` takes what pages still have of it.

        Raises:
            KeyError: there is no such room.
            StoreUnavailable: it is still there.
        """
        with self._asking(f"room {room} cannot be erased") as conn:
            self._must_own(conn, room)
            if room not in self._heads and room not in self._damaged:
                raise KeyError(room)
            erase_room(conn, room)
            self._head_file.forget(room)  # first: a room that the head file knows and the store does not is a lost one
        self._heads.pop(room, None)
        self._damaged.pop(room, None)
        self._must_truncate = True
        self.tidy()

    # -- reading

    def read(self, room: str, after_seq: int, limit: int) -> Sequence[Record]:
        """Return up to `limit` records after a `seq`, checked; fewer than `limit`: the head is reached.

        Raises:
            KeyError: there is no such room.
            Damaged: the log is not what was acknowledged; the room takes nothing from now on.
            StoreUnavailable: the store is away.
        """
        return self._surely(room, lambda: self._read(room, after_seq, limit))

    def _surely(self, room: str, read: Callable[[], T]) -> T:
        """Read something of a room; what a disk misreads once, the file that is opened afresh may hold."""
        for is_last in (False, True):
            try:
                return read()
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
            self._must_own(conn, room)
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
            return shown_rows(room_rows(conn), self._damaged, self._heads)

    def privates(self, room: str) -> dict[str, bytes]:
        """Return a room's overlay values.

        Raises:
            KeyError: there is no such room.
            Damaged: some of them are not what was stored; the room takes nothing from now on.
            StoreUnavailable: the store is away.
        """
        return self._surely(room, lambda: self._privates(room))

    def in_doubt(self, room: str) -> tuple[dict[str, bytes], frozenset[str], bool]:
        """Return a room's sound overlay values, the keys of those in doubt, and whether all are."""
        with self._asking(f"the values of room {room} cannot be read") as conn:
            return doubtful_values(conn, room, self._head_file.known)

    def _privates(self, room: str) -> dict[str, bytes]:
        with self._asking(f"the values of room {room} cannot be read") as conn:
            damage = self._damaged.get(room)
            if isinstance(damage, Doubtful):
                raise damage
            if room not in self._heads and not damage:
                raise KeyError(room)
            return private_values(conn, room)  # none, where the room is lost as a whole

    def head(self, room: str) -> Head:
        """Return a room's head."""
        self._connection()
        return self._heads[room]
