"""One server per data folder: an exclusive lock that the system lets go of when the process dies.

A second writer would not damage a room (`seq` is unique in the store), but two servers would each think
that they hold the game, so the second is turned away before it opens anything. A folder that is made here is there
after a power cut: its name is synced in the folder above before anything is kept in it.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from makersphere_server.storage.heads import sync_folder

__all__ = ["FolderInUse", "lock_folder"]

LOCK_FILE = "server.lock"


class FolderInUse(Exception):
    """Another server works in this data folder."""


def lock_folder(folder: Path) -> IO[str]:
    """Make the folder durably if need be, lock it, and return the open lock file: closing it lets go.

    Raises:
        FolderInUse: another process holds it.
        OSError: the folder cannot be made or written.
    """
    _make(folder)
    file = (folder / LOCK_FILE).open("a+", encoding="utf-8")
    try:
        _lock(file)
    except OSError as error:
        file.seek(0)
        holder = file.read(20).strip() or "unknown"
        file.close()
        raise FolderInUse(f"another server (process {holder}) works in {folder}") from error
    file.truncate(0)
    file.write(str(os.getpid()))
    file.flush()
    return file


def _make(folder: Path) -> None:
    made = [one for one in folder.parents if not one.exists()]
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # seeds and hands are in it
    for one in (folder, *made):  # also a folder that was there: whoever made it may have been stopped before this
        with suppress(PermissionError):  # who may not read the folder above has not made this one
            sync_folder(one.parent)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[str]) -> None:
        # a byte far behind the text, so that the process number stays readable: locks are mandatory here
        file.seek(1 << 20)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        file.seek(0)

else:
    import fcntl

    def _lock(file: IO[str]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
