"""What a PostgreSQL has to be so that rooms are kept in it, and the lock of those who write it.

Both are looked at by each new connection before anything else is. The lock belongs to the very session that writes: a
server whose connection is lost has lost the lock with it, and what it had under way is over before another gets it.
So a server never writes without the lock. Whoever comes back asks for it again, and for the owner's number
(`identity.py`), which each transaction compares too: behind a pooler that hands a session to others, that holds alone.
Servers with names hold one lock together, which keeps out who wants the database alone, and each one of its own name.
Sources: PostgreSQL's manual, "Advisory Locks" and "Connections and Authentication"; Kleppmann 2016, "How to do
distributed locking".
"""

from __future__ import annotations

import time
import zlib
from collections import defaultdict
from typing import Any, Final

import attrs
from sqlalchemy import URL

from makersphere_server.storage.event_log import DatabaseRefused
from makersphere_server.storage.tables import METADATA, STORE

__all__ = ["FORMAT_NAME", "LEAST_VERSION", "Preflight", "connect_arguments"]

LEAST_VERSION: Final = 15
FORMAT_NAME: Final = "format"  # of the row that says it, as SQLite's user_version does
_LOCK: Final = zlib.crc32(b"makersphere") - (1 << 31)  # a signed number of 32 bits, as is the schema's beside it
_NAME_LOCK: Final = zlib.crc32(b"makersphere server") - (1 << 31)
_ALONE: Final = "SELECT pg_try_advisory_lock(%s::int, %s::int)"
_TOGETHER: Final = "SELECT pg_try_advisory_lock_shared(%s::int, %s::int)"
_WAIT_S: Final = 5.0  # for a server that was just killed: its session ends a moment later
_STEP_S: Final = 0.1

_FACTS: Final = (
    "SELECT current_setting('server_version_num')::int / 10000, pg_is_in_recovery(),"
    " current_setting('transaction_read_only') = 'on', current_setting('server_encoding'),"
    " coalesce(current_schema(), ''), current_setting('synchronous_commit')"
)
_COLUMNS: Final = (
    "SELECT relname::text, attname::text FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid"
    " WHERE pg_class.oid = ANY(ARRAY[{}]) AND attnum > 0 AND NOT attisdropped"
)
_SESSION: Final = (
    "idle_session_timeout = 0",  # the lock is held while nobody plays
    "idle_in_transaction_session_timeout = 0",
    "tcp_keepalives_idle = 15",  # a server that vanished without a word holds the lock for half a minute
    "tcp_keepalives_interval = 5",
    "tcp_keepalives_count = 3",
)
# A server that is frozen in the middle of a transaction holds rows that whoever takes its rooms must have.
_SHARED_SESSION: Final = "idle_in_transaction_session_timeout = 4000"


def connect_arguments(url: URL) -> dict[str, Any]:
    """Return what the library is told besides the address, which counts first: a dead network is found in seconds."""
    ours = {
        "application_name": "makersphere",
        "connect_timeout": 10,
        "keepalives_idle": 15,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 15_000,
    }
    return {name: value for name, value in ours.items() if name not in url.query}


@attrs.define(eq=False)
class Preflight:
    """Looks at each new connection, and refuses it or makes it ready.

    Attributes:
        format: the newest of what is stored that this version knows.
        writes: the connection is a server's: it takes the lock and has to be able to write.
        server: its name, where it shares the database with others; "": it has it alone.
    """

    format: int
    writes: bool
    server: str = ""
    _has_been_in: bool = attrs.field(default=False, init=False)

    def __call__(self, connection: Any, _: object) -> None:  # noqa: ANN401  (the library need not be installed)
        """Look at a connection of the driver.

        Raises:
            DatabaseRefused: rooms cannot be kept there, or another server works in it.
        """
        try:
            self._look(connection)
            connection.commit()
        except BaseException:
            connection.close()
            raise

    def _look(self, connection: Any) -> None:  # noqa: ANN401
        version, is_standby, is_read_only, encoding, schema, durability = connection.execute(_FACTS).fetchone()
        if version < LEAST_VERSION:
            raise DatabaseRefused("old", found=version, least=LEAST_VERSION)
        if encoding != "UTF8":
            raise DatabaseRefused("encoding", found=encoding)
        if self.writes and is_standby:
            raise DatabaseRefused("standby")
        if self.writes and is_read_only:
            raise DatabaseRefused("read_only")
        self._look_at_tables(connection)
        if self.writes:
            self._lock(connection, schema)
            durable = () if durability != "off" else ("synchronous_commit = on",)  # an answer is given after a sync
            shared = (_SHARED_SESSION,) if self.server else ()
            for setting in (*_SESSION, *durable, *shared):
                connection.execute(f"SET {setting}")
            self._has_been_in = True

    def _look_at_tables(self, connection: Any) -> None:  # noqa: ANN401
        """See that the tables are ours, or none are there, and that this version knows their format."""
        names = ", ".join(f"to_regclass('{name}')" for name in METADATA.tables)
        found: dict[str, set[str]] = defaultdict(set)
        for table, column in connection.execute(_COLUMNS.format(names)):
            found[table].add(column)
        strange = [name for name, columns in found.items() if not columns >= set(METADATA.tables[name].c.keys())]
        if strange or (found and len(found) < len(METADATA.tables)):
            raise DatabaseRefused("others", tables=", ".join(sorted(strange or found)))
        if found:
            asked = f"SELECT value FROM {STORE.name} WHERE name = '{FORMAT_NAME}'"  # noqa: S608  (names of ours)
            said = connection.execute(asked).fetchone()
            if said is not None and int(said[0]) > self.format:
                raise DatabaseRefused("format", found=int(said[0]), known=self.format)

    def _lock(self, connection: Any, schema: str) -> None:  # noqa: ANN401
        """Take the lock of the schema, alone or with other servers that have names; and that of the own name."""
        until = time.monotonic() + (0 if self._has_been_in else _WAIT_S)
        schema_lock = (_LOCK, _number_of(schema))
        if not self.server:
            _take(connection, _ALONE, schema_lock, until, DatabaseRefused("in_use"))
            return
        _take(connection, _TOGETHER, schema_lock, until, DatabaseRefused("in_use"))
        refused = DatabaseRefused("name_in_use", server=self.server)
        _take(connection, _ALONE, (_NAME_LOCK, _number_of(f"{schema}.{self.server}")), until, refused)


def _number_of(name: str) -> int:
    return zlib.crc32(name.encode()) - (1 << 31)


def _take(connection: Any, statement: str, numbers: tuple[int, int], until: float, refused: DatabaseRefused) -> None:  # noqa: ANN401
    """Take a lock; who comes for the first time waits a moment for one who was killed.

    Raises:
        DatabaseRefused: somebody else has it.
    """
    while not connection.execute(statement, numbers).fetchone()[0]:
        if time.monotonic() >= until:
            raise refused
        time.sleep(_STEP_S)
