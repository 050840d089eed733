"""How a database file whose inner structure is damaged is mended: what is sound moves to a new file.

SQLite goes on writing into a file that it would call malformed if asked, and may overwrite sound pages. So
the file is asked at each start; a damaged one is put aside, untouched, and each room's longest sound
history is copied into a new one. Rooms that come out shorter than the head file knows them are then
quarantined like any other; the others play on.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any, Final

import attrs
import structlog
from sqlalchemy import Connection, Select, func, select

from makersphere_server.storage.database import FAILURES, cause, is_corrupt, open_engine, open_reader
from makersphere_server.storage.heads import sync_folder
from makersphere_server.storage.overlay import NUMBER, columns, write_values
from makersphere_server.storage.reading import UNREADABLE, rooms_left, sound_part
from makersphere_server.storage.record import RoomRow, encode_room
from makersphere_server.storage.tables import METADATA, PRIVATE, RECORDS, ROOMS, STORE

__all__ = ["Mended", "mend"]

_STRETCH: Final = 500  # records copied at a time
_log = structlog.get_logger(__name__)


@attrs.frozen
class Mended:
    """What became of a damaged file: how many rooms were found in it, and the folder where it lies now."""

    rooms: int
    aside: Path


def mend(path: Path) -> Mended | None:
    """Check a database file, and where it is damaged replace it by its sound part; return what was done.

    Raises:
        OSError, sqlalchemy.exc.DBAPIError: the file cannot be read for another reason.
    """
    mended = path.with_suffix(".mended")
    if mended.exists() and not path.exists():
        mended.replace(path)  # the process ended between the last two steps below
    _remove(mended)
    ailment = _ailment(path) if path.exists() else ""
    if not ailment:
        return None
    rooms = _copy_sound(path, mended)
    aside = _put_aside(path)
    mended.replace(path)
    _log.error("store_mended", ailment=ailment, rooms=rooms, damaged_file=aside.name)
    return Mended(rooms, aside)


def _ailment(path: Path) -> str:
    engine = open_reader(path)
    try:
        _settle(path)
        with engine.connect() as conn:
            said = str(conn.exec_driver_sql("PRAGMA quick_check(1)").scalar_one())
    except FAILURES as error:
        if not is_corrupt(error):
            raise
        return cause(error)
    return "" if said == "ok" else said


def _settle(path: Path) -> None:
    """Take back what was begun while the file was made: whoever only reads cannot, and would be turned away for ever.

    There is such a journal where the process or the power went in the instant in which a new file gets its
    write-ahead log; nothing had been stored by then.
    """
    if path.with_name(path.name + "-journal").exists():
        with open_engine(f"sqlite:///{path}").connect() as conn:
            conn.exec_driver_sql("SELECT count(*) FROM sqlite_master")


def _copy_sound(path: Path, mended: Path) -> int:
    with open_engine(f"sqlite:///{mended}").connect() as new, new.begin():
        METADATA.create_all(new)
        with open_reader(path).connect() as old:
            rows = rooms_left(old)
            for row in rows:
                _copy_room(old, new, row)
            for stretch in _readable(old, select(STORE)):
                new.execute(STORE.insert(), stretch)
    return len(rows)


def _copy_room(old: Connection, new: Connection, row: RoomRow) -> None:
    last, chain = sound_part(old, row)
    standing = {"epoch": row.epoch, "state": row.state, "reason": row.reason, "seq": last, "hash": chain}
    new.execute(ROOMS.insert(), {"room": row.room, "founding": encode_room(row), **standing})
    sound = select(RECORDS).where(RECORDS.c.room == row.room, RECORDS.c.seq <= last).order_by(RECORDS.c.seq)
    for stretch in _readable(old, sound):
        new.execute(RECORDS.insert(), stretch)
    _copy_values(old, new, row.room)


def _copy_values(old: Connection, new: Connection, room: str) -> None:
    """Copy a room's private values; where some are lost, their number of writes is too, so that they are missed."""
    there, copied = -1, 0
    with suppress(*UNREADABLE):
        there = old.scalar(select(func.count()).where(PRIVATE.c.room == room)) or 0
    for stretch in _readable(old, select(*columns(old)).where(PRIVATE.c.room == room)):
        copied += len(stretch)
        new.execute(PRIVATE.insert(), stretch)
    if copied != there:
        write_values(new, {(room, NUMBER): None})


def _readable(old: Connection, query: Select[Any]) -> Iterator[list[dict[str, Any]]]:
    with suppress(*UNREADABLE):  # around the reading alone: what cannot be written ends the mending
        for stretch in old.execute(query).mappings().partitions(_STRETCH):
            yield [dict(found) for found in stretch]


def _put_aside(path: Path) -> Path:
    aside = next(folder for n in count(1) if not (folder := path.with_name(f"damaged-{n}")).exists())
    aside.mkdir()
    for part in _parts(path):
        if part.exists():
            part.replace(aside / part.name)
    sync_folder(path.parent)
    return aside


def _remove(path: Path) -> None:
    for part in _parts(path):
        part.unlink(missing_ok=True)


def _parts(path: Path) -> tuple[Path, Path, Path]:
    return path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm"), path
