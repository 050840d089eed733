"""The store of a simulated server: all of `Store` and of the gathering in front of it is real, on a real SQLite file.

What is replaced is the thread between them. A group is served in line, at a later moment that the seed chooses, and so
is its answer; between the two a crash leaves what was stored and never told. The disk may refuse a commit (full, or
an error in its middle), carry it out and say that it failed, or be away for a while.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar, Final

from sqlalchemy.exc import OperationalError

from makersphere_server.storage import sqlite_log
from makersphere_server.storage.event_log import StoreUnavailable
from makersphere_server.storage.place import Place
from makersphere_server.storage.sqlite_log import SqliteLog
from makersphere_server.storage.store import HEAD_FILE, Store
from tests.faults.sim.tape import Strip

__all__ = ["Disk", "SimLog"]

_OF_A_PROCESS: Final = ("-shm", ".lock")  # what a process keeps in a folder for itself
_SYNC_US: Final = 900
_ANSWER_US: Final = 60


class Disk:
    """The folder of a server, and what goes wrong with it.

    Attributes:
        fault: what the next commits meet: "" nothing, `full`, `refused` (an I/O error, nothing stored) or `lying` (an
            I/O error, and yet stored).
        is_away: the next server that opens it cannot.
        was_put_back: called when a server has opened a folder that is older than what was told, with the number of the
            last record of each room in it.
        faults_left: how many commits meet it.
        slow_us: how much longer a sync takes.
        slowest_us: how long a commit has taken at most, since somebody set it.
        under_way: what happens to a group now: "" none, `handed` or `stored`.
    """

    def __init__(self, folder: Path, strip: Strip, met: Callable[[str], None]) -> None:
        """Begin with an empty folder; `met` is told of what is rare."""
        self.folder = folder
        self.fault = ""
        self.faults_left = 0
        self.is_away = False
        self.was_put_back: Callable[[dict[str, int]], None] = lambda _: None
        self.slow_us = self.slowest_us = 0
        self.under_way = ""
        self._is_put_back = False
        self._strip = strip
        self._met = met
        self._generation = 0
        self._stores: list[Store] = []

    def heal(self) -> None:
        """Work again."""
        self.fault, self.faults_left, self.slow_us, self.is_away = "", 0, 0, False

    def take_fault(self) -> str:
        """Return what the next commit meets."""
        if not self.faults_left:
            return ""
        self.faults_left -= 1
        self._met(f"disk {self.fault}")
        return self.fault

    def sync_us(self) -> int:
        """Return how long a commit takes."""
        took_us = _SYNC_US + self.slow_us + self._strip.below(4) * 300
        self.slowest_us = max(self.slowest_us, took_us)
        return took_us

    def open(self, folder: Path) -> Store:
        """Return the store of a folder, with a disk below it that may fail."""
        if self.is_away:
            self.is_away = False
            raise StoreUnavailable("the disk is away")
        store = Store(folder)
        self._stores.append(store)
        if self._is_put_back:
            self._is_put_back = False
            self.was_put_back({row.room: store.head(row.room).seq for row in store.rooms()})
        dialect = store._engine.dialect
        real, written = dialect.do_commit, 0

        def commit(connection: Any) -> None:  # noqa: ANN401
            nonlocal written
            before, written = written, connection.dbapi_connection.total_changes
            fault = self.take_fault() if written != before else ""  # what wrote nothing syncs nothing
            if fault in ("", "lying"):
                real(connection)
            if fault:
                cause = sqlite3.OperationalError("database or disk is full" if fault == "full" else "disk I/O error")
                cause.sqlite_errorname = "SQLITE_FULL" if fault == "full" else "SQLITE_IOERR_FSYNC"
                raise OperationalError("COMMIT", None, cause)

        dialect.do_commit = commit  # type: ignore[method-assign,assignment]
        return store

    def crash(self, *, head_lags: bool, head_torn: bool) -> None:
        """Leave what a killed process leaves: the next one begins on a copy of the files as they are now."""
        self._generation += 1
        new = self.folder.with_name(f"data-{self._generation}")
        _copy(self.folder, new)
        heads = new / HEAD_FILE
        if heads.exists() and (head_lags or head_torn):
            lines = heads.read_bytes().splitlines(keepends=True)
            if lines and head_torn:
                lines[-1] = lines[-1][: len(lines[-1]) // 2]
            elif len(lines) > 1:
                lines.pop()
            heads.write_bytes(b"".join(lines))
        self.close()
        shutil.rmtree(self.folder)
        self.folder = new
        self.fault, self.faults_left, self.under_way = "", 0, ""

    def back_up(self) -> None:
        """Copy the folder as it is now, with all of its files."""
        kept = self._kept
        shutil.rmtree(kept, ignore_errors=True)
        _copy(self.folder, kept)

    def put_back(self) -> None:
        """Have the next server find the folder as it was when it was copied last; none must have it open."""
        shutil.rmtree(self.folder)
        _copy(self._kept, self.folder)
        self._is_put_back = True

    @property
    def _kept(self) -> Path:
        return self.folder.with_name("backup")

    def close(self) -> None:
        """Let go of what a killed process had open."""
        self.fault, self.faults_left = "", 0
        for store in self._stores:
            store.close()
        self._stores.clear()


def _copy(folder: Path, new: Path) -> None:
    new.mkdir()
    for file in folder.iterdir():
        if not file.name.endswith(_OF_A_PROCESS):
            shutil.copyfile(file, new / file.name)


class SimLog(SqliteLog):
    """An event log whose writer thread is the world's schedule."""

    def __init__(self, place: Place) -> None:
        """Prepare; `open` opens it, as ever."""
        super().__init__(place)
        self._groups = self  # type: ignore[assignment]  # where groups are put
        self._thread = self  # type: ignore[assignment]  # what is started
        self._store: Store | None = None

    disk: ClassVar[Disk]
    schedule: ClassVar[Callable[[int, Callable[[], None]], None]]

    def start(self) -> None:
        """Open the store: what the thread does first."""
        self._store = self.disk.open(self.disk.folder)

    def put(self, group: Sequence[Any]) -> None:
        """Take a group, and serve it when the disk has turned so far."""
        self.disk.under_way = "handed"
        type(self).schedule(self.disk.sync_us(), lambda: self._turn(group))

    def _turn(self, group: Sequence[Any]) -> None:
        store = self._store
        if store is None:
            raise AssertionError("a group before the store was opened")
        self.disk.under_way = "stored"
        last = next((job for job in group if job.what is None), None)
        self._serve(store, group)
        if last is not None:
            store.close()
            self.disk._stores.remove(store)
            self._answer([(last, None, None)])

    def _answer(self, answers: Sequence[sqlite_log._Answer], *, is_all: bool = True) -> None:
        type(self).schedule(_ANSWER_US, lambda: self._tell(answers, is_all))

    def _tell(self, answers: Sequence[sqlite_log._Answer], is_all: bool) -> None:  # noqa: FBT001
        self.disk.under_way = ""
        self._loop.call_soon(self._resolve, answers, is_all)
