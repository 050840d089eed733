"""The rooms of a data folder, or of a backup, put into a PostgreSQL: all of them and as they are, or none.

The folder is read and stays as it was; no server may work in it meanwhile, or its rooms would go on at two places. What
its head file says to be missing is not lost on the way: such rooms are refused, since nothing stands beside a database.
The database must have no room yet. Epochs stay, so people who come back are told what they missed and no more.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import attrs
from sqlalchemy import Connection, Table, func, select, text

from makersphere_server.storage.backing import known_heads
from makersphere_server.storage.database import DATABASE_FILE, FAILURES, cause, open_engine, reading, say_format
from makersphere_server.storage.event_log import StoreUnavailable
from makersphere_server.storage.folder_lock import lock_folder
from makersphere_server.storage.identity import take_over
from makersphere_server.storage.place import Database
from makersphere_server.storage.reading import check_heads, load_heads
from makersphere_server.storage.tables import METADATA, PRIVATE, RECORDS, ROOMS

__all__ = ["HasRooms", "Restored", "put_into"]

_STRETCH: Final = 1_000  # rows copied at a time
_KEPT: Final = (ROOMS, RECORDS, PRIVATE)  # the database has a number, an owner and a format of its own
_GO_ON: Final = text("SELECT setval(pg_get_serial_sequence('rooms', 'number'), max(number)) FROM rooms")


class HasRooms(Exception):
    """The database has rooms already."""

    def __init__(self, rooms: int) -> None:
        """Keep how many."""
        super().__init__(f"it has {rooms} rooms")
        self.rooms = rooms


@attrs.frozen
class Restored:
    """What was put into the database."""

    rooms: int
    records: int


def put_into(database: Database, folder: Path) -> Restored:
    """Put all rooms of a folder into a database that has none.

    Raises:
        StoreUnavailable: no rooms can be kept in the database, or a server works in it.
        HasRooms: the database is not empty.
        OSError: the folder cannot be read.
        FolderInUse: a server works in the folder.
        Damaged: a room of the folder is not what was acknowledged.
    """
    try:
        with open_engine(database.url).connect() as new, new.begin():
            _prepare(new)
            with _whole(folder) as found:
                return _put(found, new)
    except FAILURES as error:
        raise StoreUnavailable(f"the rooms cannot be put into {database}: {cause(error)}") from error


@contextmanager
def _whole(folder: Path) -> Iterator[Connection]:
    """Give a connection to a folder in which no server works and whose rooms are all there."""
    if not (folder / DATABASE_FILE).exists():
        raise FileNotFoundError(errno.ENOENT, f"there is no store in {folder}")
    with closing(lock_folder(folder)):
        known = known_heads(folder)
        with reading(folder) as found:
            for damage in check_heads(found, load_heads(found), known).values():
                raise damage
            yield found


def _prepare(new: Connection) -> None:
    METADATA.create_all(new)
    say_format(new)
    there = _count(new, ROOMS)
    if there:
        raise HasRooms(there)
    take_over(new)


def _put(found: Connection, new: Connection) -> Restored:
    for table in _KEPT:
        asked = text(f"SELECT * FROM {table.name}").execution_options(yield_per=_STRETCH)  # noqa: S608  (a name of ours)
        lacking = dict.fromkeys(table.c.keys())  # a folder from before has no checksums
        for rows in found.execute(asked).mappings().partitions():
            new.execute(table.insert(), [{**lacking, **row} for row in rows])
    new.execute(_GO_ON)
    return Restored(_count(new, ROOMS), _count(new, RECORDS))


def _count(conn: Connection, table: Table) -> int:
    return conn.scalar(select(func.count()).select_from(table)) or 0
