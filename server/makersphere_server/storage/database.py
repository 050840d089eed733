"""How the database is opened, and what its errors mean. The one place that knows SQLite from PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, inspect, make_url, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, PoolProxiedConnection

from makersphere_server.storage.event_log import StoreUnavailable
from makersphere_server.storage.place import Database, Place
from makersphere_server.storage.postgresql import FORMAT_NAME, Preflight, connect_arguments
from makersphere_server.storage.tables import METADATA, STORE

__all__ = [
    "DATABASE_FILE",
    "FAILURES",
    "FORMAT",
    "Busy",
    "NewerStore",
    "cause",
    "checkpoint",
    "empty_log",
    "is_corrupt",
    "is_full",
    "open_engine",
    "open_reader",
    "reading",
    "roll_back",
    "say_format",
    "settle",
]

sqlite3.register_adapter(bytes, bytes.__bytes__)  # without one the driver looks for some at each value, in vain
DATABASE_FILE: Final = "rooms.sqlite3"  # in a data folder
FAILURES: Final = (DBAPIError, sqlite3.Error)
FORMAT: Final = (
    4  # of what is stored; raised where a version from before could not read, or would spoil, what this one writes
)


_VACUUM_WAITS_MS: Final = 100  # for each lock


class Busy(sqlite3.OperationalError):
    """Somebody reads for so long that the write-ahead log could not be emptied."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("somebody reads the store, and has for seconds")


_PRAGMAS: Final = (
    "journal_mode = WAL",
    "synchronous = FULL",  # a commit that returned has been synced
    "secure_delete = ON",  # what is erased is overwritten
    "busy_timeout = 2000",  # a reader (`verify` on a live store) may hold a checkpoint up
    "trusted_schema = OFF",
)


class NewerStore(sqlite3.NotSupportedError):
    """A newer version has written the store, in a format that this one does not know."""

    def __init__(self, found: int) -> None:
        """Say what to do."""
        super().__init__(
            f"its format is {found} and this version of makersphere knows formats up to {FORMAT};"
            " start the newer version again, or take a backup from before it"
        )


def open_engine(url: str, server: str = "") -> Engine:
    """Return an engine; nothing is opened yet. Each connection stands alone: no pool."""
    if make_url(url).get_backend_name() != "sqlite":
        return _open_postgresql(url, writes=True, server=server)
    engine = create_engine(url, poolclass=NullPool)
    event.listen(engine, "connect", _refuse_newer)
    event.listen(engine, "connect", _tune)
    setattr(engine.dialect, "do_begin", _begin)  # noqa: B010  (shadows a method: an event is paid by each statement)
    return engine


def open_reader(path: Path) -> Engine:
    """Return an engine that reads a SQLite file and cannot write it, also while a server does."""
    engine = create_engine(f"sqlite:///file:{quote(str(path))}?mode=ro&uri=true", poolclass=NullPool)
    event.listen(engine, "connect", _refuse_newer)
    return engine


def _open_postgresql(url: str, *, writes: bool, server: str = "") -> Engine:
    made = create_engine(url, poolclass=NullPool, paramstyle="format", connect_args=connect_arguments(make_url(url)))
    event.listen(made, "connect", Preflight(FORMAT, writes, server))
    return made


@contextmanager
def reading(place: Place) -> Iterator[Connection]:
    """Give a connection that sees a store as it is at one moment and cannot write it, also while a server does.

    Raises:
        FileNotFoundError: there is none.
        DatabaseRefused: no rooms can be kept in the database.
        OSError: it cannot be read.
    """
    try:
        if isinstance(place, Database):
            with _open_postgresql(place.url, writes=False).connect() as conn:
                one_moment = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
                conn.execution_options(**one_moment)
                if not inspect(conn).has_table(STORE.name):
                    raise FileNotFoundError(f"there is no store in {place}")
                yield conn
            return
        if not (place / DATABASE_FILE).exists():
            raise FileNotFoundError(f"there is no store in {place}")
        with open_reader(place / DATABASE_FILE).connect() as conn:
            conn.exec_driver_sql("BEGIN")
            yield conn
    except FAILURES as error:
        raise OSError(f"the store in {place} cannot be read: {cause(error)}") from error


def _refuse_newer(connection: sqlite3.Connection, _: object) -> None:
    """Touch nothing that a newer version has written (`user_version`; 0 in a store from before formats had numbers)."""
    try:
        ((found,),) = connection.execute("PRAGMA user_version").fetchall()
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB:
            return  # nobody's format: whoever opens it finds that it is damaged
        raise
    if found > FORMAT:
        raise NewerStore(found)


def say_format(conn: Connection) -> None:
    """Write the format into a store that has none or an older one, in the connection's transaction."""
    if conn.dialect.name != "sqlite":
        _say_format_in_a_row(conn)
    elif conn.exec_driver_sql("PRAGMA user_version").scalar_one() < FORMAT:
        conn.exec_driver_sql(f"PRAGMA user_version = {FORMAT}")


def _say_format_in_a_row(conn: Connection) -> None:
    said = conn.scalar(select(STORE.c.value).where(STORE.c.name == FORMAT_NAME))
    if said is None or int(said) < FORMAT:
        conn.execute(STORE.delete().where(STORE.c.name == FORMAT_NAME))
        conn.execute(STORE.insert(), {"name": FORMAT_NAME, "value": b"%d" % FORMAT})


def _tune(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself: see _begin
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: PoolProxiedConnection) -> None:
    driver: Any = connection.dbapi_connection
    driver.execute("BEGIN IMMEDIATE")


def checkpoint(conn: Connection) -> None:
    """Bring everything from SQLite's write-ahead log into the database file, synced, and empty the log.

    Raises:
        Busy: somebody reads.
        sqlite3.Error: the disk refuses.
    """
    if conn.dialect.name == "sqlite":  # not inside a transaction, so not through `conn.execute`
        driver: Any = conn.connection.dbapi_connection
        ((is_busy, *_),) = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        if is_busy:
            raise Busy


def empty_log(conn: Connection) -> None:
    """Leave nothing of erased values in SQLite's write-ahead log; have PostgreSQL give back what they took.

    Raises:
        StoreUnavailable: they may still be there.
    """
    try:
        checkpoint(conn)
        if conn.dialect.name != "sqlite":
            _vacuum(conn)
    except FAILURES as error:
        raise StoreUnavailable(f"the erased values cannot be wiped: {cause(error)}") from error


def _vacuum(conn: Connection) -> None:
    """Give back at once, in PostgreSQL, what rows that are gone have taken; its own log and its archives keep more.

    Every room's writes wait for it. So where somebody else looks after a table just then, it is given up at once, to be
    tried again later.
    """
    conn.execution_options(isolation_level="AUTOCOMMIT")  # it runs in no transaction
    try:
        conn.exec_driver_sql(f"SET lock_timeout = {_VACUUM_WAITS_MS}")
        conn.exec_driver_sql(f"VACUUM {', '.join(METADATA.tables)}")
    finally:
        if not conn.invalidated:  # else the store opens another one
            conn.exec_driver_sql("RESET lock_timeout")
            conn.rollback()
            conn.execution_options(isolation_level=conn.default_isolation_level)


def settle(conn: Connection) -> bool:
    """Checkpoint; return whether all that was committed is on the disk: where somebody reads, it may not be."""
    try:
        checkpoint(conn)
    except Busy:
        return False
    return True


def roll_back(conn: Connection) -> None:
    """End a transaction whose commit failed; SQLAlchemy holds it for ended, the driver may not."""
    driver: Any = conn.connection.dbapi_connection
    driver.rollback()


def _original(error: BaseException) -> BaseException:
    return error.orig if isinstance(error, DBAPIError) and error.orig else error


def is_full(error: BaseException) -> bool:
    """Return whether the disk is full: then nothing was stored, for certain."""
    return getattr(_original(error), "sqlite_errorname", "") == "SQLITE_FULL"


def is_corrupt(error: BaseException) -> bool:
    """Return whether the database file itself is damaged, by SQLite's word or by a value of a wrong type."""
    original = _original(error)
    if isinstance(original, TypeError):
        return True
    name = getattr(original, "sqlite_errorname", "") or ""
    return name.startswith("SQLITE_CORRUPT") or name == "SQLITE_NOTADB" or "decode" in str(original)


def cause(error: BaseException) -> str:
    """Return what the database said, in a line, without the statement and its values (they may be secret)."""
    return " ".join(str(_original(error)).split())
