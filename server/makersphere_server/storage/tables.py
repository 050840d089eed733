"""The tables of the store, for SQLite and PostgreSQL alike.

A record is stored as its canonical line, the very bytes that its hash covers; beside it stand only what
keeps the order and what makes commands idempotent. Nothing here is ever updated but a room's head, state
and overlay.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table, Text

__all__ = ["METADATA", "PRIVATE", "RECORDS", "ROOMS", "STORE"]

METADATA = MetaData()
_Seq = BigInteger().with_variant(Integer, "sqlite")  # STRICT tables know INTEGER, which has 64 bits there

ROOMS = Table(
    "rooms",
    METADATA,
    Column("number", _Seq, primary_key=True),  # in order of founding
    Column("room", Text, nullable=False, unique=True),
    Column("founding", LargeBinary, nullable=False),  # canonical line of the RoomRow
    Column("epoch", Integer, nullable=False),
    Column("seq", _Seq, nullable=False),  # the head: the last record's
    Column("hash", LargeBinary, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    sqlite_strict=True,
)

RECORDS = Table(
    "records",
    METADATA,
    Column("room", Text, primary_key=True),
    Column("seq", _Seq, primary_key=True, autoincrement=False),  # unique per room: the fence between writers
    Column("token", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("line", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    sqlite_strict=True,
)

# The id comes first: ids that rise with time, as our clients' do, then stand at the end of the index, whichever rooms
# they come from, and a commit costs by the page. A store from before keeps the room first; it refuses the same.
Index(
    "one_answer_per_id",
    RECORDS.c.id,
    RECORDS.c.token,
    RECORDS.c.room,
    unique=True,
    sqlite_where=RECORDS.c.id != "",
    postgresql_where=RECORDS.c.id != "",
)

PRIVATE = Table(
    "private",
    METADATA,
    Column("room", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
    Column("sum", LargeBinary),  # see overlay.py
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

STORE = Table(
    "store",
    METADATA,
    Column("name", Text, primary_key=True),  # what is said of the store as a whole: see identity.py
    Column("value", LargeBinary, nullable=False),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
