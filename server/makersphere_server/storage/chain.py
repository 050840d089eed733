"""The hash chain of a room's log: each record's hash covers all that came before it.

`hash = SHA-256(hash before + canonical line)`, in raw bytes; the first hash is that of the founding line.
SQLite takes a shortened write-ahead log for its end without a word, so the store alone cannot tell that
something is missing: the chain tells what was changed, the separate head file (`heads.py`) what was
cut off. Source: Schneier and Kelsey 1999, "Secure audit logs to support computer forensics", section 3.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

import msgspec

from makersphere_server.storage.record import Record, RoomRow, decode_record, encode_room

__all__ = ["Damaged", "founding_hash", "link", "walk_chain"]


class Damaged(Exception):
    """A room's log is not what was acknowledged. `seq` is the first wrong or missing one."""

    def __init__(self, room: str, seq: int, reason: str) -> None:
        """Keep where and why."""
        super().__init__(f"room {room}, seq {seq}: {reason}")
        self.room = room
        self.seq = seq
        self.reason = reason


def founding_hash(row: RoomRow) -> bytes:
    """Return the 32 bytes that a room's chain begins with."""
    return hashlib.sha256(encode_room(row)).digest()


def link(before: bytes, line: bytes) -> bytes:
    """Return the hash of a record: 32 bytes over the hash before it and its canonical line."""
    return hashlib.sha256(before + line).digest()


def walk_chain(
    room: str, after_seq: int, before: bytes, stored: Iterable[tuple[int, bytes, bytes]]
) -> Iterator[tuple[Record, bytes]]:
    """Yield each record of a stretch of a log with its hash, up to the first that is not sound.

    Args:
        room: the room's code, for the error.
        after_seq: the `seq` before the stretch.
        before: the hash there.
        stored: for each record its `seq`, line and hash, as the store has them.

    Raises:
        Damaged: at the first record that is missing, changed or unreadable.
    """
    for seq, (found, line, stored_hash) in enumerate(stored, after_seq + 1):
        if found != seq:
            raise Damaged(room, seq, f"the record is missing, the next one is {found}")
        before = link(before, line)
        if before != stored_hash:
            raise Damaged(room, seq, "the record or its hash was changed")
        try:
            record = decode_record(line)
        except msgspec.MsgspecError as error:
            raise Damaged(room, seq, f"the record cannot be read: {error}") from error
        if record.seq != seq:
            raise Damaged(room, seq, f"the record says that it is {record.seq}")
        yield record, before
