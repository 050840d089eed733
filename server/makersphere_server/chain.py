"""The hash chain of a room's log: each record's hash covers all that came before it.

`hash = SHA-256(hash before + canonical line)`, in raw bytes; the first hash is that of the founding line.
SQLite takes a shortened write-ahead log for its end without a word, so the store alone cannot tell that
something is missing: the chain tells what was changed, the separate head file (`head_file.py`) what was
cut off. Source: Schneier and Kelsey 1999, "Secure audit logs to support computer forensics", section 3.
"""

from __future__ import annotations

import hashlib

from makersphere_server.record import RoomRow, encode_room

__all__ = ["founding_hash", "link"]


def founding_hash(row: RoomRow) -> bytes:
    """Return the 32 bytes that a room's chain begins with."""
    return hashlib.sha256(encode_room(row)).digest()


def link(before: bytes, line: bytes) -> bytes:
    """Return the hash of a record: 32 bytes over the hash before it and its canonical line."""
    return hashlib.sha256(before + line).digest()
