"""The last record of each room in a second small file: by it a store that has lost its end is found out.

One line per room and group, appended after the store has committed and never before, so the file may lag
behind the store and is never ahead of it. It costs no wait: it is synced about once a second, and a process
that is killed loses nothing that it has written. A line that was torn is known by its checksum and left
out. Lines: room, epoch, seq, chain hash (hex), CRC-32 of the four (hex). A line about a room's private values has
their number of writes and what the last one was about; it has tabs instead of blanks.

The first line says which store the file belongs to: the random number that stands in the store too. It is durable
before the store says so, so a store with a number never stands beside a file without one, unless somebody has parted
them. That line and those of private values have no blank in them: versions from before know a line by its blanks, and
pass these over.
"""

from __future__ import annotations

import os
import sys
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from io import FileIO
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import quote, unquote

import attrs

__all__ = ["NOTHING", "Head", "HeadFile", "Heads", "Writes", "read_heads", "sync_file", "sync_folder", "write_heads"]

SYNC_EVERY_S: Final = 1.0
REWRITE_AT_BYTES: Final = 4 << 20
_BELONGS: Final = b"store"  # begins the line that says to which store the file belongs
_VALUES: Final = b"values"  # begins a line about private values


@attrs.frozen(order=True)
class Head:
    """The last record of a room: epoch, `seq` and chain hash; and how often its private values were written."""

    epoch: int
    seq: int
    hash: bytes = attrs.field(order=False)
    values: int = attrs.field(default=0, order=False)


NOTHING: Final = Head(0, 0, b"")


@attrs.define
class Writes:
    """What the writes of a room's private values were about, as far as a head file tells.

    Attributes:
        number: of the last one.
        since: the first one that is told of.
        about: for each key the last one that was about it.
    """

    number: int
    since: int
    about: dict[str, int]

    def take(self, number: int, keys: Sequence[str]) -> None:
        """Take over one more write; without keys it is not known what it was about."""
        if number > self.number + 1 or not keys:
            self.since, self.about = (number if keys else number + 1), {}
        self.number = number
        self.about.update(dict.fromkeys(keys, number))

    def lost(self, number: int) -> tuple[str, ...]:
        """Return what all writes after one were about; nothing: that is not known."""
        return tuple(key for key, last in self.about.items() if last > number) if self.since <= number + 1 else ()


@attrs.define
class Heads:
    """What a head file says.

    Attributes:
        store: the number of the store that the file belongs to; b"": it does not say.
        rooms: the newest head of each room.
        writes: of each room's private values.
        is_kept: False where no file stands beside the store: a room that is not among these is taken as it is.
    """

    store: bytes = b""
    rooms: dict[str, Head] = attrs.field(factory=dict)
    writes: dict[str, Writes] = attrs.field(factory=dict)
    is_kept: bool = True


class HeadFile:
    """The head file of a data folder, open for writing.

    Attributes:
        known: what the file holds or should hold.
    """

    def __init__(self, path: Path) -> None:
        """Read what is there, then keep the file open.

        Raises:
            OSError: the file cannot be read or written.
        """
        self.known = read_heads(path)
        self._path = path
        self._unwritten: list[bytes] = []
        self._torn = True  # the last line may lack its end: begin with a line break
        self._file: FileIO | None = path.open("ab", buffering=0)
        self._size = self._file.tell()  # counted here: to ask the system after each group would cost a call of it
        self._synced_at = time.monotonic()
        self._dirty = False
        self._is_ours = True
        self._must_rewrite = False  # a sync has failed: what was written may be gone, and the next sync says nothing

    def belong_to(self, store: bytes) -> bool:
        """Have the file say, durably, to which store it belongs; return whether it does."""
        before, self.known.store = self.known.store, store
        if before == store or self._rewrite():
            return True
        self.known.store = before
        return False

    def write(self, heads: Mapping[str, Head], about: Mapping[str, Sequence[str]] = MappingProxyType({})) -> None:
        """Add heads whose records and private values are committed. Where the disk is full, they go with the next ones.

        Args:
            heads: the heads.
            about: for each room the keys of the private values that were written.
        """
        rooms, lines = self.known.rooms, self._unwritten
        for room, head in heads.items():
            before = rooms.get(room, NOTHING)
            rooms[room] = head
            if before.hash != head.hash or before.epoch != head.epoch:
                lines.append(_line(room, head))
            if before.values != head.values:
                lines.append(self._values_news(room, head.values, about.get(room, ())))
        text = b"".join([b"\n", *lines] if self._torn else lines)
        file = self._opened() if self._is_ours else None
        if file is None:
            return
        try:
            written = file.write(text)
        except OSError:
            self._torn = True  # no reason to refuse what is committed: the file only lags
            return
        self._size += written
        self._torn = written != len(text)
        if not self._torn:
            self._unwritten.clear()
            self._dirty = True

    def _values_news(self, room: str, number: int, keys: Sequence[str]) -> bytes:
        self.known.writes.setdefault(room, Writes(0, 1, {})).take(number, keys)
        return _values_line(room, number, keys)

    def forget(self, room: str) -> None:
        """Forget a room. Where the disk refuses, the file still says that the room was there."""
        self.known.rooms.pop(room, None)
        self.known.writes.pop(room, None)
        self._unwritten.clear()
        self._must_rewrite = True
        self._rewrite()

    def tidy(self) -> None:
        """Sync if the last time was long ago; rewrite the file when it has grown. Nobody waits for this."""
        is_due = time.monotonic() - self._synced_at > SYNC_EVERY_S
        if self._dirty and is_due:
            self._sync()
        if (self._must_rewrite and is_due) or self._size > REWRITE_AT_BYTES:
            self._rewrite()

    def abandon(self) -> None:
        """Write nothing any more: the file has another owner."""
        self._is_ours = False

    def close(self) -> None:
        """Sync and close."""
        self._sync()
        if self._must_rewrite:
            self._rewrite()
        self._let_go()

    def _sync(self) -> None:
        self._synced_at = time.monotonic()
        file = self._opened()
        if file is None:
            return
        try:
            os.fsync(file.fileno())
        except OSError:
            self._must_rewrite = True
        self._dirty = False

    def _rewrite(self) -> bool:
        """Write the whole file anew, durably; return whether that was possible."""
        if not self._is_ours:
            return False
        new = self._path.with_suffix(".new")
        self._synced_at = time.monotonic()
        try:
            write_heads(new, self.known)
            self._let_go()  # where an open file cannot be replaced
            new.replace(self._path)
            sync_folder(self._path.parent)
        except OSError:
            with suppress(OSError):
                new.unlink(missing_ok=True)
            return False
        self._unwritten.clear()
        for room, writes in self.known.writes.items():
            writes.take(self.known.rooms[room].values, ())  # the file tells of them no more
        self._dirty = self._must_rewrite = False
        return True

    def _opened(self) -> FileIO | None:
        """Return the file, opened again where it was let go; None: it cannot be opened now."""
        if self._file is None:
            with suppress(OSError):
                self._file = self._path.open("ab", buffering=0)
                self._size = self._file.tell()
        return self._file

    def _let_go(self) -> None:
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            self._file, self._size = None, 0
            self._torn = True


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


def write_heads(path: Path, heads: Heads) -> None:
    """Write a new head file, durably.

    Raises:
        OSError: it cannot be written.
    """
    with path.open("wb") as file:
        file.writelines(_lines(heads))
        file.flush()
        os.fsync(file.fileno())


def read_heads(path: Path) -> Heads:
    """Return what a head file says; a missing file says nothing, damaged lines are left out.

    Raises:
        OSError: the file is there and cannot be read.
    """
    found = Heads()
    if path.exists():
        for line in path.read_bytes().splitlines():
            _take(found, line)
    found.writes = {room: writes for room, writes in found.writes.items() if room in found.rooms}
    for room, writes in found.writes.items():
        found.rooms[room] = attrs.evolve(found.rooms[room], values=writes.number)
    return found


def _lines(heads: Heads) -> Iterator[bytes]:
    if heads.store:
        said = b"%b:%b" % (_BELONGS, heads.store.hex().encode())
        yield b"%b:%08x\n" % (said, zlib.crc32(said))
    for room, head in heads.rooms.items():
        yield _line(room, head)
        if head.values:
            yield _values_line(room, head.values, ())


def _line(room: str, head: Head) -> bytes:
    text = f"{room} {head.epoch} {head.seq} {head.hash.hex()}".encode()
    return b"%b %08x\n" % (text, zlib.crc32(text))


def _values_line(room: str, number: int, keys: Sequence[str]) -> bytes:
    text = "\t".join((_VALUES.decode(), room, str(number), *(quote(key, safe=":") for key in keys))).encode()
    return b"%b:%08x\n" % (text, zlib.crc32(text))


def _take(found: Heads, line: bytes) -> None:
    """Take over what a line says, if it is sound and says something newer."""
    text, blank, checksum = line.rpartition(b" " if b" " in line else b":")
    if not text or checksum != b"%08x" % zlib.crc32(text):
        return
    if blank == b" ":
        room, epoch, seq, chain = text.decode().split(" ")
        head = Head(int(epoch), int(seq), bytes.fromhex(chain))
        if room not in found.rooms or found.rooms[room] < head:
            found.rooms[room] = head
    elif text.startswith(_VALUES + b"\t"):
        _, room, number, *keys = text.decode().split("\t")
        writes = found.writes.setdefault(room, Writes(0, 1, {}))
        if int(number) > writes.number:
            writes.take(int(number), [unquote(key) for key in keys])
    elif text.startswith(_BELONGS + b":"):
        found.store = bytes.fromhex(text.partition(b":")[2].decode())
