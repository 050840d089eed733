"""What a database holds of a room, read back and checked against the hash chain.

Never writes. Used by the store while it runs, by `verify`, and to save what can be saved
of a damaged file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

import attrs
import msgspec
from sqlalchemy import Connection, Row, and_, bindparam, func, select

from makersphere_rules.events import SeatAdded
from makersphere_server.storage.chain import Damaged, founding_hash, walk_chain
from makersphere_server.storage.database import FAILURES
from makersphere_server.storage.heads import Head, Heads
from makersphere_server.storage.identity import store_number
from makersphere_server.storage.overlay import NUMBER, Doubtful, read_values
from makersphere_server.storage.record import Record, RoomRow, decode_record, decode_room
from makersphere_server.storage.tables import PRIVATE, RECORDS, ROOMS

__all__ = [
    "UNREADABLE",
    "Unvouched",
    "changed_values",
    "check_head",
    "check_heads",
    "doubtful_values",
    "find_room",
    "gone",
    "head_of",
    "last_seat_added",
    "load_heads",
    "private_values",
    "read_stretch",
    "room_rows",
    "rooms_left",
    "shown_rows",
    "sound_part",
]

UNREADABLE: Final = (Damaged, TypeError, *FAILURES)  # a broken page may hold a value of another type
_AFTER: Final = (
    select(RECORDS.c.seq, RECORDS.c.line, RECORDS.c.hash)
    .where(RECORDS.c.room == bindparam("in_room"), RECORDS.c.seq > bindparam("after"))
    .order_by(RECORDS.c.seq)
    .limit(bindparam("most"))
)
_HEADS: Final = select(ROOMS.c.room, ROOMS.c.epoch, ROOMS.c.seq, ROOMS.c.hash, PRIVATE.c.value).outerjoin(
    PRIVATE, and_(PRIVATE.c.room == ROOMS.c.room, PRIVATE.c.key == NUMBER)
)
_ROOMS: Final = select(ROOMS.c.room, ROOMS.c.founding, ROOMS.c.epoch, ROOMS.c.state, ROOMS.c.reason)
_BROKEN: Final = 10_000  # numbers in a row that cannot be read: more than a broken page hides
_ADDED: Final = f'"type":"{SeatAdded.type}"'.encode()  # of an event; in what somebody typed the quotes are escaped


class Unvouched(Damaged):
    """A room of a store that was parted from its head file: it may be older than what was acknowledged."""

    def __init__(self, room: str, seq: int) -> None:
        """Say so."""
        super().__init__(room, seq, "heads.log of this store is not here: more may have been acknowledged")


def load_heads(conn: Connection) -> dict[str, Head]:
    """Return the head of each room."""
    return {room: _head(found) for room, *found in conn.execute(_HEADS)}


def head_of(conn: Connection, room: str) -> Head | None:
    """Return the head of a room; None: there is no such room."""
    found = conn.execute(_HEADS.where(ROOMS.c.room == room)).one_or_none()
    return None if found is None else _head(found[1:])


def _head(found: Sequence[Any]) -> Head:
    epoch, seq, chain, values = found
    return Head(epoch, seq, chain, int(values) if values is not None and values.isdigit() else 0)


def find_room(conn: Connection, room: str) -> RoomRow:
    """Return a room's row.

    Raises:
        KeyError: there is none.
        Damaged: it cannot be read.
    """
    found = conn.execute(_ROOMS.where(ROOMS.c.room == room)).one_or_none()
    if found is None:
        raise KeyError(room)
    return _row(found)


def room_rows(conn: Connection) -> dict[str, RoomRow | Damaged]:
    """Return all rooms by code, in order of founding."""
    rows: dict[str, RoomRow | Damaged] = {}
    for found in conn.execute(_ROOMS.order_by(ROOMS.c.number)):
        try:
            rows[found.room] = _row(found)
        except Damaged as damage:
            rows[found.room] = damage
    return rows


def shown_rows(
    found: Mapping[str, RoomRow | Damaged], damaged: Mapping[str, Damaged], heads: Mapping[str, Head]
) -> list[RoomRow]:
    """Return rooms as they stand in a list: damaged ones are quarantined, lost ones, of which little is known, last."""
    rows: list[RoomRow] = []
    for room, row in {**found, **{room: damage for room, damage in damaged.items() if room not in found}}.items():
        damage = damaged.get(room)
        if isinstance(row, Damaged):
            damage = damage or row
            epoch = heads[room].epoch if room in heads else 0
            row = RoomRow(  # noqa: PLW2901
                room=room, scenario=b"{}", roles=(), seed=b"", nonce=b"", seed_chosen=False, epoch=epoch, created_ms=0
            )
        rows.append(attrs.evolve(row, state="quarantined", reason=str(damage)) if damage else row)
    return rows


def _row(found: Row[str, bytes, int, str, str]) -> RoomRow:
    room, founding, epoch, state, reason = found
    try:
        row = decode_room(founding, epoch, state, reason)
    except (msgspec.MsgspecError, ValueError) as error:
        raise Damaged(room, 0, "the room's founding cannot be read") from error
    if row.room != room:
        raise Damaged(room, 0, "the room's founding is another room's")
    return row


def _hash_at(conn: Connection, room: str, seq: int, head: Head) -> bytes:
    """Return the chain hash at a `seq` up to the head.

    Raises:
        Damaged: the record is missing.
    """
    if seq == head.seq:
        return head.hash
    if seq == 0:
        return founding_hash(find_room(conn, room))
    found: bytes | None = conn.scalar(select(RECORDS.c.hash).where(RECORDS.c.room == room, RECORDS.c.seq == seq))
    if found is None:
        raise Damaged(room, seq, "the record is missing")
    return found


def gone(room: str, known: Head) -> Damaged:
    """Return what is wrong with a room that the head file knows and the store does not."""
    return Damaged(room, 0, f"the room is gone from the store; {known.seq} records were acknowledged")


def check_heads(conn: Connection, heads: Mapping[str, Head], known: Heads) -> dict[str, Damaged]:
    """Compare the heads of all rooms with what the head file knows; return what is wrong, by room."""
    damaged: dict[str, Damaged] = {}
    vouches = _vouches(conn, known)
    for room in {**heads, **known.rooms}:
        try:
            _compare(conn, room, heads.get(room), known, vouches=vouches)
        except Damaged as damage:
            damaged[room] = damage
    return damaged


def check_head(conn: Connection, room: str, head: Head | None, known: Heads) -> None:
    """Compare a room's head in the store with what the head file knows.

    Raises:
        Damaged: the room is gone, the store is behind or holds another history, or nothing says up to where it goes.
    """
    _compare(conn, room, head, known, vouches=_vouches(conn, known))


def _vouches(conn: Connection, known: Heads) -> bool:
    """Return whether the head file belongs to this store, so that a room that it does not know is merely a new one.

    A store from a version before has no number; it had a head file all the same.
    """
    if not known.is_kept:
        return True
    number = store_number(conn)
    return known.store == number if number else bool(known.store or known.rooms)


def _compare(conn: Connection, room: str, head: Head | None, file: Heads, *, vouches: bool) -> None:
    known = file.rooms.get(room)
    if known is None:
        if head is not None and not vouches:
            raise Unvouched(room, head.seq + 1)
        return
    if head is None:
        raise gone(room, known)
    if head.epoch > known.epoch:
        if not vouches:
            raise Unvouched(room, head.seq + 1)  # a backup's database, laid beside the heads of what it was copied from
        return  # reopened by the host, then stopped before the head file was written
    if head < known:
        raise Damaged(room, head.seq + 1, f"the store ends at {head.seq}, but {known.seq} was acknowledged")
    if _hash_at(conn, room, known.seq, head) != known.hash:
        raise Damaged(room, known.seq, "the record is not the one that was acknowledged")
    if head.values < known.values:
        lost = file.writes[room].lost(head.values)
        raise Doubtful(room, head.seq + 1, "are older than what was acknowledged", lost)


def read_stretch(conn: Connection, room: str, after_seq: int, limit: int, head: Head) -> Sequence[Record]:
    """Return up to `limit` records after a `seq`, checked; fewer than `limit` means that they end at the head.

    Raises:
        Damaged: the log is not what was acknowledged.
    """
    if after_seq > head.seq:
        return []
    before = _hash_at(conn, room, after_seq, head)
    if head.seq == 0 and before != founding_hash(find_room(conn, room)):
        raise Damaged(room, 0, "the room's founding was changed")
    found = conn.execute(_AFTER, {"in_room": room, "after": after_seq, "most": limit}).all()
    records: list[Record] = []
    last = before
    for record, chain in walk_chain(room, after_seq, before, map(tuple, found)):
        records.append(record)
        last = chain
    end = after_seq + len(records)
    if len(records) < limit and end < head.seq:
        raise Damaged(room, end + 1, f"the log ends at {end}, its head is {head.seq}")
    if end > head.seq or (end == head.seq and last != head.hash):
        raise Damaged(room, min(end, head.seq + 1), "the log and its head differ")
    return records


def last_seat_added(conn: Connection, room: str) -> int:
    """Return the highest number of a seat that was added in play, as far as the log can be read; 0: none was."""
    seats = [0]
    with suppress(*UNREADABLE, msgspec.MsgspecError):
        place = func.instr if conn.dialect.name == "sqlite" else func.pg_catalog.position
        with_seats = select(RECORDS.c.line).where(RECORDS.c.room == room, place(RECORDS.c.line, _ADDED) > 0)
        for line in conn.scalars(with_seats):
            events = msgspec.json.decode(decode_record(line).events)
            seats += [event["data"]["seat"] for event in events if event["type"] == SeatAdded.type]
    return max(seats)


def private_values(conn: Connection, room: str) -> dict[str, bytes]:
    """Return a room's overlay values.

    Raises:
        Doubtful: some of them were changed.
    """
    values, changed = read_values(conn, room)
    if changed:
        raise _changed(conn, room, changed)
    return values


def changed_values(conn: Connection, room: str) -> Doubtful | None:
    """Return what is wrong with a room's overlay values by their own checksums, or None."""
    _, changed = read_values(conn, room)
    return _changed(conn, room, changed) if changed else None


def _changed(conn: Connection, room: str, keys: tuple[str, ...]) -> Doubtful:
    head = head_of(conn, room)
    return Doubtful(room, head.seq + 1 if head else 0, "were changed", keys)


def doubtful_values(conn: Connection, room: str, known: Heads) -> tuple[dict[str, bytes], frozenset[str], bool]:
    """Return a room's sound overlay values, the keys of those in doubt, and whether all are."""
    values, changed = read_values(conn, room)
    head, newest = head_of(conn, room), known.rooms.get(room)
    if head is None or newest is None or head.values >= newest.values or head.epoch > newest.epoch:
        return values, frozenset(changed), False
    lost = known.writes[room].lost(head.values)
    return values, frozenset((*changed, *lost)), not lost


def sound_part(conn: Connection, row: RoomRow) -> tuple[int, bytes]:
    """Return `seq` and hash of the last record up to which a room's history is sound."""
    room, seq, last = row.room, 0, founding_hash(row)
    for limit in (500, 1):  # one by one where a page cannot be read, to come up to its very edge
        with suppress(*UNREADABLE):
            before = -1
            while before < seq:
                before = seq
                found = conn.execute(_AFTER, {"in_room": room, "after": seq, "most": limit}).all()
                for record, chain in walk_chain(room, seq, last, map(tuple, found)):
                    seq, last = record.seq, chain
    return seq, last


def rooms_left(conn: Connection) -> list[RoomRow]:
    """Return the rooms of a damaged file whose founding can still be read."""
    rooms: dict[str, RoomRow] = {}
    for number in _numbers_left(conn):
        with suppress(*UNREADABLE):
            found = conn.execute(_ROOMS.where(ROOMS.c.number == number)).one_or_none()
            if found is not None:
                rooms[found.room] = _row(found)
    return list(rooms.values())


def _numbers_left(conn: Connection) -> Iterator[int]:
    """Yield the numbers of rooms, and those that a broken page may hide: what such a page says may be any number."""
    last, unreadable = 0, 0
    while unreadable < _BROKEN:
        found: int | None = last + 1
        try:
            found = conn.scalar(select(func.min(ROOMS.c.number)).where(ROOMS.c.number > last))
            unreadable = 0
        except UNREADABLE:
            unreadable += 1
        if found is None:
            return
        last = found
        yield last
