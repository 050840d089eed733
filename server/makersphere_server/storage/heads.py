"""The last record of each room in a second small file: by it a store that has lost its end is found out.

One line per room and group, appended after the store has committed and never before, so the file may lag
behind the store and is never ahead of it. It costs no wait: it is synced about once a second, and a process
that is killed loses nothing that it has written. A line that was torn is known by its checksum and left
out. Lines: room, epoch, seq, chain hash (hex), CRC-32 of the four (hex).
"""

from __future__ import annotations

import os
import sys
import time
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import attrs

__all__ = ["Head", "HeadFile", "read_heads", "sync_file", "sync_folder", "write_heads"]

SYNC_EVERY_S: Final = 1.0
REWRITE_AT_BYTES: Final = 4 << 20


@attrs.frozen(order=True)
class Head:
    """The last record of a room: epoch, `seq` and chain hash."""

    epoch: int
    seq: int
    hash: bytes = attrs.field(order=False)


class HeadFile:
    """The head file of a data folder, open for writing.

    Attributes:
        heads: the newest head of each room that the file holds or should hold.
    """

    def __init__(self, path: Path) -> None:
        """Read what is there, then keep the file open.

        Raises:
            OSError: the file cannot be read or written.
        """
        self.heads = read_heads(path)
        self._path = path
        self._unwritten: dict[str, Head] = {}
        self._torn = True  # the last line may lack its end: begin with a line break
        self._file = path.open("ab", buffering=0)
        self._synced_at = time.monotonic()
        self._dirty = False

    def write(self, heads: Mapping[str, Head]) -> None:
        """Add heads whose records are committed. Where the disk is full, they go with the next ones."""
        self.heads.update(heads)
        self._unwritten.update(heads)
        lines = b"".join(_line(room, head) for room, head in self._unwritten.items())
        text = b"\n" + lines if self._torn else lines
        try:
            self._torn = self._file.write(text) != len(text)
        except OSError:
            self._torn = True  # no reason to refuse what is committed: the file only lags
            return
        if not self._torn:
            self._unwritten.clear()
            self._dirty = True

    def forget(self, room: str) -> None:
        """Forget a room. Where the disk refuses, the file still says that the room was there."""
        self.heads.pop(room, None)
        self._unwritten.pop(room, None)
        self._rewrite()

    def tidy(self) -> None:
        """Sync if the last time was long ago; rewrite the file when it has grown. Nobody waits for this."""
        if self._dirty and time.monotonic() - self._synced_at > SYNC_EVERY_S:
            self._sync()
        if self._file.tell() > REWRITE_AT_BYTES:
            self._rewrite()

    def close(self) -> None:
        """Sync and close."""
        self._sync()
        self._file.close()

    def _sync(self) -> None:
        self._synced_at = time.monotonic()
        try:
            os.fsync(self._file.fileno())
        except OSError:
            return  # it stays dirty and is tried again
        self._dirty = False

    def _rewrite(self) -> None:
        new = self._path.with_suffix(".new")
        try:
            write_heads(new, self.heads)
            self._file.close()
            new.replace(self._path)
        except OSError:
            new.unlink(missing_ok=True)
        finally:
            self._file = self._path.open("ab", buffering=0)
        sync_folder(self._path.parent)


def sync_file(path: Path) -> None:
    """Make what a file holds durable."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable, where the system has a way to."""
    if sys.platform != "win32":
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def write_heads(path: Path, heads: Mapping[str, Head]) -> None:
    """Write a new head file, durably.

    Raises:
        OSError: it cannot be written.
    """
    with path.open("wb") as file:
        file.writelines(_line(room, head) for room, head in heads.items())
        file.flush()
        os.fsync(file.fileno())


def read_heads(path: Path) -> dict[str, Head]:
    """Return the newest head of each room; a missing file holds none, damaged lines are left out.

    Raises:
        OSError: the file is there and cannot be read.
    """
    heads: dict[str, Head] = {}
    if path.exists():
        for line in path.read_bytes().splitlines():
            found = _parse(line)
            if found is not None and (found[0] not in heads or heads[found[0]] < found[1]):
                heads[found[0]] = found[1]
    return heads


def _line(room: str, head: Head) -> bytes:
    text = f"{room} {head.epoch} {head.seq} {head.hash.hex()}".encode()
    return b"%b %08x\n" % (text, zlib.crc32(text))


def _parse(line: bytes) -> tuple[str, Head] | None:
    text, _, checksum = line.rpartition(b" ")
    if not text or checksum != b"%08x" % zlib.crc32(text):
        return None
    room, epoch, seq, chain = text.decode().split(" ")
    return room, Head(int(epoch), int(seq), bytes.fromhex(chain))
