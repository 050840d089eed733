"""One transaction for all writes that wait: those of many rooms are planned together and stored together.

A write that cannot be (a conflict, an unknown room) is left out of the plan with its reason, so it never
costs another room its commit. Planning touches no database; `carry_out` decides nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, assert_never

import attrs
from sqlalchemy import Connection, Dialect, bindparam

from makersphere_server.storage.chain import Damaged, founding_hash, link
from makersphere_server.storage.event_log import (
    NO_PRIVATE,
    DuplicateId,
    Private,
    Record,
    RoomRow,
    RoomTaken,
    SeqConflict,
)
from makersphere_server.storage.heads import Head
from makersphere_server.storage.identity import OWNER, owner_of
from makersphere_server.storage.overlay import NUMBER, write_values
from makersphere_server.storage.reading import find_room, sound_part
from makersphere_server.storage.record import encode_record, encode_room
from makersphere_server.storage.tables import PRIVATE, RECORDS, ROOMS

__all__ = [
    "Append",
    "Create",
    "HeadMoved",
    "NotOurs",
    "Outcome",
    "Plan",
    "PutPrivate",
    "SetState",
    "Write",
    "conflict",
    "erase_room",
    "reopen_room",
]

Outcome = str | Exception  # the new chain hash (hex), or why this write was not stored


@attrs.frozen(eq=False)
class Create:
    """Found a room, and set its first overlay values with it."""

    row: RoomRow
    private: Private = NO_PRIVATE


@attrs.frozen(eq=False)
class Append:
    """Add records, and overlay values with them."""

    room: str
    expected_seq: int
    records: Sequence[Record]
    private: Private = NO_PRIVATE


@attrs.frozen(eq=False)
class SetState:
    """Set a room's state."""

    room: str
    state: str
    reason: str


@attrs.frozen(eq=False)
class PutPrivate:
    """Set overlay values."""

    room: str
    values: Private


Write = Create | Append | SetState | PutPrivate


class HeadMoved(Exception):
    """A room's head in the store is not the one that was planned from: somebody else has written."""


class NotOurs(Exception):
    """Another process has become the owner of the store."""


_FOUND: Final = ROOMS.insert()
# What is refused takes the whole group back: so SQLite need not keep, in a file, how things stood before the statement.
_ADD: Final = RECORDS.insert().prefix_with("OR ROLLBACK", dialect="sqlite")
_STATE: Final = (
    ROOMS.update()
    .where(ROOMS.c.room == bindparam("in_room"))
    .values(state=bindparam("to_state"), reason=bindparam("to_reason"))
)
_CUT: Final = RECORDS.delete().where(RECORDS.c.room == bindparam("in_room"), RECORDS.c.seq > bindparam("to_seq"))
_REOPEN: Final = (
    ROOMS.update()
    .where(ROOMS.c.room == bindparam("in_room"))
    .values(
        epoch=bindparam("to_epoch"),
        seq=bindparam("to_seq"),
        hash=bindparam("to_hash"),
        state="open",
        reason="",
    )
)

_MOVE_ONE: Final = (
    "UPDATE OR ROLLBACK rooms SET seq = ?3, hash = ?4 WHERE room = ?1 AND seq = ?2"
    " AND (SELECT value FROM store WHERE name = ?5) = ?6"
)
_IS_OURS: Final = " AND (SELECT value FROM store WHERE name = {0}{1}) = {0}"

_Rows = list[dict[str, Any]]


# Rows of one statement: few different ones, so that each is prepared once, and yet one is enough for most groups.
_ANY_UP_TO: Final = 32
_STEP: Final = 16
_WIDEST: Final = 256


@lru_cache(maxsize=64)
def _add_sql(dialect: Dialect, rows: int) -> str:
    """Return the insertion of so many records, for their values one after the other in the order of the columns.

    One statement for many, handed to the driver as it is: between two steps of a statement the driver lets go of the
    interpreter, and where that is busy, getting it back costs far more than the row. Needs a dialect whose parameters
    go by position.
    """
    head, values, row = str(_ADD.compile(dialect=dialect)).rpartition("VALUES ")
    return head + values + ", ".join([row] * rows)


@lru_cache(maxsize=64)
def _move_sql(dialect: Dialect, rows: int) -> str:
    """Return the statement that moves the heads of so many rooms, if the store is still ours.

    It takes room, both `seq` and hash of each; then where the owner stands, and our number.
    """
    if dialect.name == "sqlite" and rows == 1:  # what most groups are, for less
        return _MOVE_ONE
    place = "?" if dialect.paramstyle == "qmark" else "%s"
    update = "UPDATE OR ROLLBACK" if dialect.name == "sqlite" else "UPDATE"
    row = f"({place}, CAST({place} AS BIGINT), CAST({place} AS BIGINT), {place})"
    return (
        f"{update} rooms SET seq = moved.column3, hash = moved.column4"
        f" FROM (VALUES {', '.join([row] * rows)}) AS moved"
        " WHERE rooms.room = moved.column1 AND rooms.seq = moved.column2"
    ) + _IS_OURS.format(place, "" if dialect.name == "sqlite" else " FOR SHARE")  # none takes over meanwhile


def _at_once(rows: Sequence[tuple[Any, ...]]) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield the rows split into statements of the widths that there are: how many rows, and their values in a row."""
    start = 0
    while start < len(rows):
        left = len(rows) - start
        width = left if left <= _ANY_UP_TO else min(left - left % _STEP, _WIDEST)
        yield width, tuple(itertools.chain.from_iterable(rows[start : start + width]))
        start += width


@attrs.define
class Plan:
    """What one transaction will do.

    Attributes:
        heads: the rooms' heads as stored.
        damaged: rooms that take no records.
        owner: the number by which the store knows that it is ours.
        moved: the heads after the transaction.
        outcomes: for each write what its sender will hear.
        about: for each room whose private values are written, the keys of these.
        erases: whether something is deleted for good.
    """

    heads: Mapping[str, Head]
    damaged: Mapping[str, Damaged]
    owner: bytes
    moved: dict[str, Head] = attrs.field(factory=dict)
    outcomes: list[Outcome] = attrs.field(factory=list)
    about: dict[str, list[str]] = attrs.field(factory=dict)
    erases: bool = False
    _founded: _Rows = attrs.field(factory=list)
    _records: list[tuple[str, int, str, str, bytes, bytes]] = attrs.field(factory=list)
    _states: _Rows = attrs.field(factory=list)
    _private: dict[tuple[str, str], bytes | None] = attrs.field(factory=dict)

    def add(self, write: Write) -> None:
        """Plan a write, or note why it cannot be."""
        match write:
            case Create(row, private):
                self.outcomes.append(self._create(row, private))
            case Append(room, expected_seq, records, private):
                self.outcomes.append(self._append(room, expected_seq, records, private))
            case SetState(room) | PutPrivate(room) if self._head(room) is None:
                self.outcomes.append(KeyError(room))
            case SetState(room, state, reason):
                self._states.append({"in_room": room, "to_state": state, "to_reason": reason})
                self.outcomes.append("")
            case PutPrivate(room, values):
                self._overlay(room, values)
                self.outcomes.append("")
            case _:
                assert_never(write)

    def _head(self, room: str) -> Head | None:
        return self.moved.get(room) or self.heads.get(room)

    def _create(self, row: RoomRow, private: Private) -> Outcome:
        if self._head(row.room) is not None or row.room in self.damaged:
            return RoomTaken(row.room)
        head = self.moved[row.room] = Head(row.epoch, 0, founding_hash(row))
        self._founded.append(
            {
                "room": row.room,
                "founding": encode_room(row),
                "epoch": row.epoch,
                "seq": 0,
                "hash": head.hash,
                "state": row.state,
                "reason": row.reason,
            }
        )
        self._overlay(row.room, private)
        return ""

    def _append(self, room: str, expected_seq: int, records: Sequence[Record], private: Private) -> Outcome:
        head = self._head(room)
        if room in self.damaged:
            return self.damaged[room]
        if head is None:
            return KeyError(room)
        if head.seq != expected_seq:
            return SeqConflict(room, expected_seq, head.seq)
        chain = head.hash
        for record in records:
            line = encode_record(record)
            chain = link(chain, line)
            self._records.append((room, record.seq, record.token, record.command_id, line, chain))
        if records:
            self.moved[room] = Head(head.epoch, expected_seq + len(records), chain, head.values)
        self._overlay(room, private)
        return chain.hex()

    def _overlay(self, room: str, values: Private) -> None:
        head = self._head(room)
        if not values or head is None:
            return
        if room not in self.about:
            self.about[room] = []
            head = self.moved[room] = Head(head.epoch, head.seq, head.hash, head.values + 1)
            self._private[room, NUMBER] = b"%d" % head.values
        self.about[room] += values
        for key, value in values.items():
            self._private[room, key] = value
            self.erases |= value is None

    def carry_out(self, conn: Connection) -> None:
        """Store everything, in the transaction that the connection is in.

        Raises:
            HeadMoved: somebody else has moved one of the rooms.
            NotOurs: somebody else has taken over the store.
            sqlalchemy.exc.DBAPIError: the database refuses.
        """
        moves = self._moves()
        if not moves and owner_of(conn) != self.owner:  # else it is asked where the heads are moved
            raise NotOurs
        if self._founded:
            conn.execute(_FOUND, self._founded)
        for count, values in _at_once(self._records):
            conn.exec_driver_sql(_add_sql(conn.dialect, count), values)
        for count, values in _at_once(moves):
            if self._move(conn, count, values) != count:
                raise HeadMoved
        if self._states:
            conn.execute(_STATE, self._states)
        if self._private:
            write_values(conn, self._private)

    def _move(self, conn: Connection, rooms: int, values: tuple[Any, ...]) -> int:
        """Move the heads of so many rooms; return how many of them were where they were planned from."""
        return conn.exec_driver_sql(_move_sql(conn.dialect, rooms), (*values, OWNER, self.owner)).rowcount

    def _moves(self) -> Sequence[tuple[Any, ...]]:
        return [
            (room, before, head.seq, head.hash)
            for room, head in self.moved.items()
            if head.seq > (before := self.heads[room].seq if room in self.heads else 0)
        ]


def conflict(write: Write, heads: Mapping[str, Head]) -> Exception:
    """Return why a write was refused that went alone, by the heads that the store has."""
    match write:
        case Append(room, expected_seq) if heads[room].seq != expected_seq:
            return SeqConflict(room, expected_seq, heads[room].seq)
        case Append(room):
            return DuplicateId(room)
        case Create(row):
            return RoomTaken(row.room)
        case _:
            raise AssertionError(f"nothing in {write} can conflict")


def erase_room(conn: Connection, room: str) -> None:
    """Take a room out of the store for good, in the connection's transaction."""
    for table in (PRIVATE, RECORDS, ROOMS):
        conn.execute(table.delete().where(table.c.room == room))


def reopen_room(
    conn: Connection, room: str, epoch: int, values: int, private: Private = NO_PRIVATE
) -> tuple[RoomRow, Head]:
    """Cut a room's log after its longest sound history and raise its epoch, in the connection's transaction.

    Args:
        conn: the connection.
        room: the room.
        epoch: the new one.
        values: the new number of writes of its private values.
        private: values to set; what was changed and is not among them stays in doubt.

    Raises:
        KeyError: there is no such room.
        Damaged: not even its founding can be read.
    """
    row = find_room(conn, room)
    seq, chain = sound_part(conn, row)
    conn.execute(_CUT, {"in_room": room, "to_seq": seq})
    conn.execute(_REOPEN, {"in_room": room, "to_epoch": epoch, "to_seq": seq, "to_hash": chain})
    write_values(conn, {(room, key): value for key, value in {**private, NUMBER: b"%d" % values}.items()})
    return find_room(conn, room), Head(epoch, seq, chain, values)
