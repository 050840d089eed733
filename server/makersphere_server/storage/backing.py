"""What a store stands on: a SQLite file with a lock and a head file in a folder, or a PostgreSQL with its own lock.

The one place that knows what each of them needs besides its tables.
"""

from __future__ import annotations

from contextlib import ExitStack, closing
from pathlib import Path
from typing import Final

import attrs
from sqlalchemy import Engine

from makersphere_server.storage.database import DATABASE_FILE, FAILURES, cause, open_engine
from makersphere_server.storage.event_log import StoreUnavailable
from makersphere_server.storage.folder_lock import lock_folder
from makersphere_server.storage.heads import HeadFile, Heads, read_heads
from makersphere_server.storage.heads_in_memory import HeadsInMemory
from makersphere_server.storage.place import Database, Place
from makersphere_server.storage.salvage import Mended, mend

__all__ = ["HEAD_FILE", "Backing", "backing", "known_heads"]

HEAD_FILE: Final = "heads.log"


@attrs.frozen
class Backing:
    """What a store stands on.

    Attributes:
        engine: opens its database.
        heads: what is known to have been acknowledged.
        mended: what was done about a damaged database file.
        files: what is let go of at the end.
    """

    engine: Engine
    heads: HeadFile | HeadsInMemory
    mended: Mended | None
    files: ExitStack


def backing(place: Place, server: str = "") -> Backing:
    """Open what lies beside the tables; the database itself is opened by whoever connects.

    Args:
        place: where the store is.
        server: the name of a server that shares a database with others; "": it has the place for itself.

    Raises:
        FolderInUse: another server works in the folder.
        StoreUnavailable: the folder cannot be written.
    """
    if isinstance(place, Database):
        return Backing(open_engine(place.url, server), HeadsInMemory(), None, ExitStack())
    files = ExitStack()
    try:
        return _in_folder(place, files)
    except BaseException:
        files.close()
        raise


def _in_folder(folder: Path, files: ExitStack) -> Backing:
    try:
        files.enter_context(lock_folder(folder))
        heads = files.enter_context(closing(HeadFile(folder / HEAD_FILE)))
    except OSError as error:
        raise StoreUnavailable(f"{folder} cannot be written: {error.strerror}") from error
    file = folder / DATABASE_FILE
    try:
        return Backing(open_engine(f"sqlite:///{file}"), heads, mend(file), files)
    except (OSError, *FAILURES) as error:
        raise StoreUnavailable(f"the store in {folder} cannot be opened: {cause(error)}") from error


def known_heads(place: Place) -> Heads:
    """Return what is known beside a store of what was acknowledged: nothing stands beside a PostgreSQL.

    It is asked before the store, which is then never behind it.

    Raises:
        OSError: the head file cannot be read.
    """
    return Heads(is_kept=False) if isinstance(place, Database) else read_heads(place / HEAD_FILE)
