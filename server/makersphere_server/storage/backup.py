"""A copy of a data folder or a database as it was at one moment, made while a server works in it.

A backup is a data folder, of a PostgreSQL too: `verify` and `rooms` read it, and a server started on it has the rooms
as they were; the tokens that `makersphere play` keeps beside a folder's rooms go along. Whoever starts a server on it
goes back in time, so its rooms have a higher epoch from the first moment, and people who have seen what came later are
told. It is a store of its own number: its database does not pass for the one that it was copied from. It appears under
its name only when it is whole and on the disk, so there is no half a backup. Never waits for the server, never makes it
wait.
Source: SQLite, "SQLite Backup API".
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

import attrs
from sqlalchemy import func, select

from makersphere_server.storage.backing import HEAD_FILE
from makersphere_server.storage.database import (
    DATABASE_FILE,
    FAILURES,
    cause,
    open_engine,
    open_reader,
    reading,
    say_format,
)
from makersphere_server.storage.heads import Heads, sync_file, sync_folder, write_heads
from makersphere_server.storage.identity import NUMBER, new_number, store_number
from makersphere_server.storage.place import Database, Place
from makersphere_server.storage.postgresql import FORMAT_NAME
from makersphere_server.storage.reading import load_heads
from makersphere_server.storage.tables import METADATA, RECORDS, ROOMS, STORE

__all__ = ["Backup", "back_up"]

# What `makersphere play` keeps beside the store, by its present and its older name. It holds the tokens, without which
# nobody could open a host's chair.
_OWN_ROOMS: Final = ("own-rooms.json", "own-room.json")
_STRETCH: Final = 1_000  # rows copied at a time


@attrs.frozen
class Backup:
    """What a backup holds."""

    rooms: int
    records: int
    size_bytes: int


def back_up(place: Place, target: Path) -> Backup:
    """Copy the rooms of a data folder or a database into a new folder.

    Args:
        place: where they are; a server may be at work there.
        target: the new folder, which must not exist yet.

    Raises:
        FileExistsError: the target exists.
        DatabaseRefused: no rooms can be kept in the database.
        OSError: the place cannot be read, or the target cannot be written.
    """
    if isinstance(place, Path) and not (place / DATABASE_FILE).exists():
        raise FileNotFoundError(f"there is no store in {place}")
    if target.exists():
        raise FileExistsError(f"{target} is there already")
    unfinished = target.with_name(f"{target.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True, mode=0o700)
    try:
        if isinstance(place, Path):
            _copy_folder(place, unfinished)
        else:
            _copy_tables(place, unfinished / DATABASE_FILE)
        found = _finish(unfinished)
        unfinished.rename(target)
    except FAILURES as error:
        raise OSError(f"the store in {place} cannot be copied: {cause(error)}") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    sync_folder(target.parent)
    return found


def _copy_folder(folder: Path, new: Path) -> None:
    _copy_file(folder / DATABASE_FILE, new / DATABASE_FILE)
    for name in _OWN_ROOMS:
        if (folder / name).exists():
            shutil.copy(folder / name, new / name)


def _copy_tables(database: Database, copy: Path) -> None:
    """Copy all rows of a PostgreSQL as they stand at one moment into a new SQLite file."""
    engine = open_engine(f"sqlite:///{copy}")
    with reading(database) as found, engine.connect() as new, new.begin():
        METADATA.create_all(new)
        say_format(new)
        for table in METADATA.tables.values():
            asked = select(table).execution_options(yield_per=_STRETCH)
            for rows in found.execute(asked).mappings().partitions():
                new.execute(table.insert(), [dict(row) for row in rows])
        new.execute(STORE.delete().where(STORE.c.name == FORMAT_NAME))  # SQLite says it in another place
    with closing(sqlite3.connect(copy)) as done:
        _finish_copy(done)


def _copy_file(source: Path, copy: Path) -> None:
    """Copy the whole database as it stands at one moment."""
    with closing(open_reader(source).raw_connection()) as reader, closing(sqlite3.connect(copy)) as new:
        driver = reader.driver_connection
        if not isinstance(driver, sqlite3.Connection):
            raise TypeError("the store is no SQLite file")
        driver.backup(new)
        _finish_copy(new)


def _finish_copy(copy: sqlite3.Connection) -> None:
    _tell_from(copy)
    copy.execute("PRAGMA journal_mode = DELETE")  # one file, with nothing beside it


def _tell_from(copy: sqlite3.Connection) -> None:
    """Make the copy another store than the one that it was made of, and its rooms' histories other ones from here."""
    with copy:
        copy.execute(f"UPDATE {ROOMS.name} SET epoch = epoch + 1")  # noqa: S608  (a name of ours)
        if copy.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (STORE.name,)).fetchone():
            copy.execute(f"UPDATE {STORE.name} SET value = ? WHERE name = ?", (new_number(), NUMBER))  # noqa: S608


def _finish(folder: Path) -> Backup:
    """Write the heads of the copied rooms beside the copy, and sync both."""
    copy = folder / DATABASE_FILE
    with open_reader(copy).connect() as conn:
        heads = Heads(store_number(conn), load_heads(conn))
        records = conn.scalar(select(func.count()).select_from(RECORDS)) or 0
    write_heads(folder / HEAD_FILE, heads)
    for name in (copy.name, *_OWN_ROOMS):
        if (folder / name).exists():
            sync_file(folder / name)
    sync_folder(folder)
    return Backup(len(heads.rooms), records, copy.stat().st_size)
