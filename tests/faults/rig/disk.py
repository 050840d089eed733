"""What a file system may hold of a folder after the power was cut, by a trace of what was asked of it.

The fault model is POSIX's: what was written to a file is sure to be there from when a sync of *that file* has
returned which began after the write had ended; what was made, renamed or removed in a folder, from when a sync of
*that folder* has. Everything else may be there or not, in any combination, a write also in part: by sectors of 512
bytes, which are whole or not there. A file that has grown without its data holds zeros. Memory that is shared (the
`-shm` file of SQLite) may be lost, be zeros or be anything. A write in which its process was killed has happened as
far as the next process found it: what others then wrote rests on that. Sources: POSIX.1-2024, `fsync`; Pillai et
al. 2014, "All File Systems Are Not Created Equal", OSDI; SQLite, "Atomic Commit In SQLite".

Knows no database and nothing of the game. What is not modelled ends in ValueError instead of a guess: links, files
that grow by `fallocate`, shared memory other than SQLite's. Whoever writes without saying where is taken to write at
the end of the file.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path, PurePosixPath
from typing import Final

import attrs

from tests.faults.rig.strace import Call

__all__ = ["KINDS", "Disk", "Image", "Write", "record", "surviving"]

SECTOR: Final = 512
_FOLDER: Final = -1  # stands for a folder where a file would have its number
_SHARED: Final = "-shm"
_WRITES: Final = {"write", "pwrite64", "ftruncate"}
_NAMES: Final = {"openat", "rename", "renameat", "renameat2", "unlink", "unlinkat", "mkdir", "mkdirat"}


@attrs.frozen
class Write:
    """Data that was written to a file, or with `data` None its new size in `at`."""

    begin: int
    end: int | None
    file: int
    at: int
    data: bytes | None


@attrs.frozen
class Naming:
    """Names in a folder that came to stand for a file, or with None for nothing any more; all of them at once."""

    begin: int
    end: int | None
    folder: str
    names: tuple[tuple[str, int | None], ...]


@attrs.frozen
class Sync:
    """A sync of a file, or of a folder by its path."""

    begin: int
    end: int | None
    of: int | str


@attrs.define
class Disk:
    """All that was asked of a disk below one folder, in the order in which it began."""

    writes: list[Write] = attrs.field(factory=list)
    namings: list[Naming] = attrs.field(factory=list)
    syncs: list[Sync] = attrs.field(factory=list)

    def sure_at(self, cut: int) -> dict[int | str, int]:
        """Return for each file and folder the line up to which what had ended is sure to be there."""
        sure: dict[int | str, int] = {}
        for sync in self.syncs:
            if sync.end is not None and sync.end < cut:
                sure[sync.of] = max(sync.begin, sure.get(sync.of, 0))
        return sure


@attrs.frozen
class Image:
    """A folder as it may be after a cut: the content of each file by its path."""

    files: Mapping[str, bytes]
    folders: frozenset[str]

    def lay(self, at: Path) -> None:
        """Write it down; an older one there must have been removed."""
        for folder in sorted(self.folders):
            at.joinpath(folder).mkdir(parents=True)
        for path, content in self.files.items():
            at.joinpath(path).write_bytes(content)


# -- from the trace


class _Recorder:
    """Follows the names and sizes as the processes saw them."""

    def __init__(self, root: str, left: Path | None) -> None:
        self.root = root
        self.left = left
        self.disk = Disk()
        self.names: dict[str, int] = {}
        self.sizes: list[int] = []

    def take(self, call: Call) -> None:
        """Take in a call."""
        if call.result is not None and call.result < 0:
            return
        if call.name in {"fsync", "fdatasync"}:
            self._sync(call)
        elif call.name in _WRITES:
            self._write(call)
        elif call.name in _NAMES:
            self._name(call)
        elif self._is_ours(call) and not (call.name == "mmap" and self._is_harmless(call)):
            raise ValueError(f"{call.name} at line {call.begin + 1} is not in the model: {call.args[:200]}")

    def _below(self, path: str) -> str | None:
        """Return a path within the folder; None: it is elsewhere; ".": the folder itself."""
        place = PurePosixPath(path)
        return str(place.relative_to(self.root)) if place.is_relative_to(self.root) else None

    def _is_ours(self, call: Call) -> bool:
        paths = [call.place, *(text.decode("utf-8", "replace") for text in call.texts)]
        return any(path.startswith("/") and self._below(path) is not None for path in paths)

    def _is_harmless(self, call: Call) -> bool:
        return "PROT_WRITE" not in call.args or "MAP_SHARED" not in call.args or call.place.endswith(_SHARED)

    def _sync(self, call: Call) -> None:
        path = self._below(call.place)
        if path is not None:
            self.disk.syncs.append(Sync(call.begin, call.end, self.names.get(path, path)))

    def _write(self, call: Call) -> None:
        path = self._below(call.place)
        if path is None or path not in self.names:
            return
        file, data = self.names[path], call.texts[0] if call.texts else None
        if data is None:
            at = self.sizes[file] = call.last
        else:
            data = data[: call.result]
            at = call.last if call.name == "pwrite64" else self.sizes[file]
            if call.end is None and self.left is not None:
                data = self.left.joinpath(path).read_bytes()[at : at + len(data)]
            self.sizes[file] = max(self.sizes[file], at + len(data))
        self.disk.writes.append(Write(call.begin, call.end, file, at, data))

    def _name(self, call: Call) -> None:
        paths = [self._below(text.decode()) for text in call.texts]
        match call.name, paths:
            case "openat", [str(path)]:
                self._open(call, path)
            case "mkdir" | "mkdirat", [str(path)] if path != ".":
                self._named(call, (path, _FOLDER))
            case "unlink" | "unlinkat", [str(path)]:
                self._named(call, (path, None))
            case "rename" | "renameat" | "renameat2", [str(old), str(new)]:
                self._named(call, (new, self.names[old]), (old, None))
            case _:
                pass  # elsewhere

    def _open(self, call: Call, path: str) -> None:
        if "O_CREAT" in call.args and path not in self.names:
            self.sizes.append(0)
            self._named(call, (path, len(self.sizes) - 1))
        elif "O_TRUNC" in call.args:
            self.sizes[self.names[path]] = 0
            self.disk.writes.append(Write(call.begin, call.end, self.names[path], 0, None))

    def _named(self, call: Call, *names: tuple[str, int | None]) -> None:
        for path, file in names:
            if file is None:
                self.names.pop(path, None)
            elif file != _FOLDER:
                self.names[path] = file
        self.disk.namings.append(Naming(call.begin, call.end, str(PurePosixPath(names[0][0]).parent), names))


def record(calls: Iterable[Call], root: Path, left: Path | None = None) -> Disk:
    """Return what was asked of the disk below a folder, which was there and empty.

    Args:
        calls: of all processes, one after the other.
        root: the folder.
        left: a copy of the folder as the one process that was killed left it; None: nobody came after it.

    Raises:
        ValueError: something was asked that the model does not have.
    """
    recorder = _Recorder(str(root), left)
    for call in calls:
        recorder.take(call)
    return recorder.disk


# -- what may be left of it

_Survivors = tuple[list[Write], list[Naming]]
_Choice = Callable[[list[Write], list[Naming], random.Random], _Survivors]


def _some(writes: list[Write], namings: list[Naming], chance: random.Random) -> _Survivors:
    share = chance.choice((0.2, 0.5, 0.8))
    kept = chance.randint(0, len(namings))
    return [write for write in writes if chance.random() < share], namings[:kept]


def _up_to(writes: list[Write], namings: list[Naming], chance: random.Random) -> _Survivors:
    """Keep all up to a point: the last write in part."""
    cut = chance.choice([write.begin for write in writes] + [naming.begin for naming in namings] or [0])
    kept = [write for write in writes if write.begin <= cut]
    if kept and kept[-1].data:
        sectors = list(_sectors(kept[-1]))
        kept[-1:] = sectors[: chance.randint(0, len(sectors))]
    return kept, [naming for naming in namings if naming.begin <= cut]


def _torn(writes: list[Write], namings: list[Naming], chance: random.Random) -> _Survivors:
    share = chance.choice((0.2, 0.5, 0.8, 0.95))
    return [part for write in writes for part in _sectors(write) if chance.random() < share], namings


def _without_names(writes: list[Write], namings: list[Naming], chance: random.Random) -> _Survivors:
    lost = chance.sample(range(len(namings)), chance.randint(1, len(namings))) if namings else ()
    return writes, [naming for number, naming in enumerate(namings) if number not in lost]


def _anything(writes: list[Write], namings: list[Naming], chance: random.Random) -> _Survivors:
    return _torn(writes, namings, chance)[0], _without_names(writes, namings, chance)[1]


KINDS: Final[dict[str, _Choice]] = {
    "nothing": lambda _writes, _namings, _chance: ([], []),
    "everything": lambda writes, namings, _: (writes, namings),
    "up_to": _up_to,
    "some": _some,
    "torn": _torn,
    "names_lost": _without_names,
    "anything": _anything,
}


def _sectors(write: Write) -> Iterable[Write]:
    if write.data is None:
        return [write]
    starts = [0, *range(SECTOR - write.at % SECTOR, len(write.data), SECTOR)]
    ends = [*starts[1:], len(write.data)]
    return [
        attrs.evolve(write, at=write.at + start, data=write.data[start:end])
        for start, end in zip(starts, ends, strict=True)
    ]


def surviving(disk: Disk, cut: int, kind: str, chance: random.Random) -> Image:
    """Return a folder as it may be after a cut before a line of the trace; all choice is from `chance`."""
    sure = disk.sure_at(cut)

    def is_sure(one: Write | Naming, of: int | str) -> bool:
        return one.end is not None and one.end < sure.get(of, -1)

    writes = [write for write in disk.writes if write.begin < cut]
    namings = [naming for naming in disk.namings if naming.begin < cut]
    open_writes = [write for write in writes if not is_sure(write, write.file)]
    open_namings = [naming for naming in namings if not is_sure(naming, naming.folder)]
    kept_writes, kept_namings = KINDS[kind](open_writes, open_namings, chance)
    sure_writes = [write for write in writes if is_sure(write, write.file)]
    sure_namings = [naming for naming in namings if is_sure(naming, naming.folder)]
    return _built(sure_writes + kept_writes, sure_namings + kept_namings, chance)


def _built(writes: list[Write], namings: list[Naming], chance: random.Random) -> Image:
    names: dict[str, int] = {}
    for naming in sorted(namings, key=lambda one: one.begin):
        for path, file in naming.names:
            if file is None:
                names.pop(path, None)
            else:
                names[path] = file
    contents: dict[int, bytearray] = {file: bytearray() for file in names.values() if file != _FOLDER}
    for write in sorted(writes, key=lambda one: one.begin):
        if write.file in contents:
            _apply(contents[write.file], write)
    folders = frozenset(path for path, file in names.items() if file == _FOLDER and _is_reached(path, names))
    files = {
        path: _shared(contents[file], chance) if path.endswith(_SHARED) else bytes(contents[file])
        for path, file in names.items()
        if file != _FOLDER and _is_reached(path, names)
    }
    return Image(files, folders)


def _is_reached(path: str, names: Mapping[str, int]) -> bool:
    return all(str(folder) in names for folder in PurePosixPath(path).parents if str(folder) != ".")


def _apply(content: bytearray, write: Write) -> None:
    if write.data is None:
        del content[write.at :]
        content.extend(bytes(write.at - len(content)))
    else:
        content.extend(bytes(max(0, write.at - len(content))))
        content[write.at : write.at + len(write.data)] = write.data


def _shared(content: bytearray, chance: random.Random) -> bytes:
    """Return what memory that was shared may have left in its file."""
    return chance.choice((b"", bytes(len(content)), chance.randbytes(len(content))))
