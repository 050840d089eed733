"""A room's private values (names, hashed tokens, how it stands) as they are stored, and how a wrong one is found out.

They stand outside the chain, so that they can be erased. So each has a checksum of its own, over room, key and value:
a changed one is known by its key. With each write the room's number of writes rises. It stands among the values and in
the head file, which also says what each write was about: a store that has lost the last writes is behind, and what they
were about is in doubt. A value of a version that made no checksums is taken as it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Column, Connection, bindparam, inspect, text

from makersphere_server.storage.chain import Damaged
from makersphere_server.storage.tables import PRIVATE

__all__ = ["NUMBER", "Doubtful", "add_checksums", "columns", "read_values", "write_anew", "write_values"]

NUMBER: Final = "writes"  # the key of the number of writes
_CHECKSUM_BYTES: Final = 16
_ERASE: Final = PRIVATE.delete().where(PRIVATE.c.room == bindparam("in_room"), PRIVATE.c.key == bindparam("at_key"))
_OF_ROOM: Final = text("SELECT * FROM private WHERE room = :room ORDER BY key")  # a store from before has no checksums
_KEEP: Final = text(
    "INSERT INTO private (room, key, value, sum) VALUES (:room, :key, :value, :sum)"
    " ON CONFLICT (room, key) DO UPDATE SET value = excluded.value, sum = excluded.sum"
)


class Doubtful(Damaged):
    """Private values of a room are not what was stored last; its log is sound.

    Attributes:
        keys: which; none: it may be any of them.
    """

    def __init__(self, room: str, seq: int, what: str, keys: tuple[str, ...]) -> None:
        """Keep which; `seq` is the first that the log does not have."""
        super().__init__(room, seq, f"names or tokens {what}: {', '.join(keys) or 'any of them'}")
        self.keys = keys


def write_values(conn: Connection, values: Mapping[tuple[str, str], bytes | None]) -> None:
    """Set values by room and key, in the connection's transaction; None erases."""
    erased = [{"in_room": room, "at_key": key} for (room, key), value in values.items() if value is None]
    if erased:
        conn.execute(_ERASE, erased)
    kept = [
        {"room": room, "key": key, "value": value, "sum": _checksum(room, key, value)}
        for (room, key), value in values.items()
        if value is not None
    ]
    if kept:
        conn.execute(_KEEP, kept)


def read_values(conn: Connection, room: str) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Return a room's sound values, and the keys of those that were changed."""
    values: dict[str, bytes] = {}
    changed: list[str] = []
    for found in conn.execute(_OF_ROOM, {"room": room}).mappings():
        key, value = found["key"], found["value"]
        if found.get("sum") not in (None, _checksum(room, key, value)):
            changed.append(key)
        elif key != NUMBER:
            values[key] = value
    return values, tuple(changed)


def write_anew(conn: Connection) -> None:
    """Write the values of all rooms anew, in the connection's transaction, so that no page has a copy of an old one.

    `secure_delete` overwrites what is deleted, but not what a page keeps behind its end once its rows have gone to
    another page. Pages that are given back are overwritten whole.
    """
    if conn.dialect.name == "sqlite":
        rows = conn.exec_driver_sql("SELECT * FROM private").fetchall()
        conn.exec_driver_sql("DELETE FROM private")
        if rows:
            places = ", ".join("?" * len(rows[0]))
            conn.exec_driver_sql(f"INSERT INTO private VALUES ({places})", [tuple(row) for row in rows])  # noqa: S608


def columns(conn: Connection) -> list[Column[Any]]:
    """Return the columns that a database has for values; one from before has no checksums."""
    there = {column["name"] for column in inspect(conn).get_columns(PRIVATE.name)}
    return [column for column in PRIVATE.columns if column.name in there]


def add_checksums(conn: Connection) -> None:
    """Give a database from before the column for checksums, in the connection's transaction."""
    if len(columns(conn)) < len(PRIVATE.columns):
        conn.exec_driver_sql("ALTER TABLE private ADD COLUMN sum BLOB")


def _checksum(room: str, key: str, value: bytes) -> bytes:
    return hashlib.sha256(f"{room}\0{key}\0".encode() + value).digest()[:_CHECKSUM_BYTES]
