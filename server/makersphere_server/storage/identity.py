"""Which head file belongs to a store, and which process may write it: two random numbers in the store itself.

The store's own number stands in its head file too, so a database that was copied without that file, or beside
another one, is found out. The owner's number is drawn by each process that opens the store, and asked for in each
transaction: who has it no more writes nothing, whatever became of the lock on the folder (a network disk, a thawed
machine, a deleted file). Source: Kleppmann 2017, "Designing Data-Intensive Applications", chapter 8, fencing tokens.
"""

from __future__ import annotations

import secrets
from typing import Final

from sqlalchemy import Connection, bindparam, inspect, select

from makersphere_server.storage.tables import STORE

__all__ = ["NUMBER", "OWNER", "new_number", "owner_of", "set_owner", "set_store_number", "store_number", "take_over"]

OWNER: Final = "owner"
NUMBER: Final = "number"
_BYTES: Final = 16
_VALUE: Final = select(STORE.c.value).where(STORE.c.name == bindparam("called"))


def new_number() -> bytes:
    """Return a number that no other store and no other owner has."""
    return secrets.token_bytes(_BYTES)


def store_number(conn: Connection) -> bytes:
    """Return the store's own number; b"": it has none yet, or comes from a version that gave none."""
    return _value(conn, NUMBER) if inspect(conn).has_table(STORE.name) else b""


def set_store_number(conn: Connection, number: bytes) -> None:
    """Give the store its number, in the connection's transaction."""
    _set(conn, NUMBER, number)


def owner_of(conn: Connection) -> bytes:
    """Return the number of who may write the store; until the transaction ends, it stays that one."""
    found: bytes | None = conn.scalar(_VALUE.with_for_update(read=True), {"called": OWNER})
    return found or b""


def take_over(conn: Connection) -> bytes:
    """Become the one who may write the store, in the connection's transaction; return the number to show."""
    number = new_number()
    set_owner(conn, number)
    return number


def set_owner(conn: Connection, number: bytes) -> None:
    """Say by which number the store is written from now on, in the connection's transaction."""
    _set(conn, OWNER, number)


def _value(conn: Connection, name: str) -> bytes:
    found: bytes | None = conn.scalar(_VALUE, {"called": name})
    return found or b""


def _set(conn: Connection, name: str, value: bytes) -> None:
    conn.execute(STORE.delete().where(STORE.c.name == name))
    conn.execute(STORE.insert(), {"name": name, "value": value})
