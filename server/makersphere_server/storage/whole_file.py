"""A file that a command writes: under its name stands the whole of it, or what stood there before.

It is written under another name beside it, synced and moved, so that a full disk, a kill or a power cut leaves no half
a file that passes for a whole one. What is no file (a pipe, a terminal) is written as it is.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from makersphere_server.storage.heads import sync_folder

__all__ = ["whole_file", "write_whole"]


def write_whole(path: Path, content: bytes | str, *, replaces: bool = True, is_private: bool = False) -> None:
    """Write a file at once, see `whole_file`; text as UTF-8.

    Raises:
        FileExistsError: the file is there and is not to be replaced.
        OSError: it cannot be written; what stood there stands there still.
    """
    with whole_file(path, replaces=replaces, is_private=is_private) as file:
        file.write(content.encode() if isinstance(content, str) else content)


@contextmanager
def whole_file(path: Path, *, replaces: bool = True, is_private: bool = False) -> Iterator[IO[bytes]]:
    """Give a file to write to, which gets its name when the block ends without an error.

    Args:
        path: the file.
        replaces: an older one is replaced; else it stays, and it is an error.
        is_private: nobody else may read it. A file that is replaced keeps the rights that it had.

    Raises:
        FileExistsError: the file is there and is not to be replaced.
        OSError: it cannot be written; what stood there stands there still.
    """
    path = path.resolve()  # a link goes on pointing to it
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
        return
    if path.exists() and not replaces:
        raise FileExistsError(path)
    unfinished = path.with_name(f".{secrets.token_hex(4)}.unfinished")
    try:
        with open(unfinished, "xb", opener=_private if is_private else None) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if path.exists() and not is_private:
            shutil.copymode(path, unfinished)
        _give_name(unfinished, path, replaces=replaces)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    with suppress(OSError):  # where a folder cannot be synced, the file is whole all the same
        sync_folder(path.parent)


def _give_name(unfinished: Path, path: Path, *, replaces: bool) -> None:
    if not replaces:
        try:
            path.hardlink_to(unfinished)  # of two who write it at once, one is told
        except FileExistsError:
            raise
        except OSError:  # there are no such links on this disk
            pass
        else:
            return
    unfinished.replace(path)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
