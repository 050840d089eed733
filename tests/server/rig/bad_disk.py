"""Disks that fail: at the next commit of a store, or anywhere as chance has it."""

import os
import random
import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

import pytest
from sqlalchemy import PoolProxiedConnection, event
from sqlalchemy.exc import OperationalError

from makersphere_server.storage.store import Store

__all__ = ["BadDisk", "FailingCommit", "disk_error", "small_files"]


class FailingCommit:
    """Makes the next commit of a store fail as a disk does, before or after the records are in the log."""

    def __init__(self, store: Store, error: str, *, stored: bool) -> None:
        """Prepare. `error` is the name of the SQLite error."""
        self.error, self.stored, self.is_due = error, stored, True
        self.dialect = store._engine.dialect
        self.real: Callable[[Any], None] = self.dialect.do_commit

    def __enter__(self) -> Self:
        self.dialect.do_commit = self._commit  # type: ignore[method-assign,assignment]
        return self

    def _commit(self, connection: object) -> None:
        if self.stored or not self.is_due:
            self.real(connection)
        if not self.is_due:
            return
        self.is_due = False
        cause = sqlite3.OperationalError("disk I/O error")
        cause.sqlite_errorname = self.error
        raise OperationalError("COMMIT", None, cause)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.dialect.do_commit = self.real  # type: ignore[method-assign,assignment]


def disk_error(name: str = "SQLITE_IOERR_FSYNC") -> sqlite3.OperationalError:
    """Return what the driver raises when a disk fails."""
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = name
    return error


class BadDisk:
    """A disk that fails at any statement, commit, opening or sync, as chance has it, as long as it is bad.

    A commit may fail before or after its records are in the log.
    """

    def __init__(self, store: Store, patch: pytest.MonkeyPatch, chance: random.Random) -> None:
        """Stand in for the disk of a store."""
        self.chance, self.is_bad, self.failures = chance, False, 0
        self._really_commit = store._engine.dialect.do_commit
        self._really_sync = os.fsync
        event.listen(store._engine, "before_cursor_execute", lambda *_: self.may_fail())
        event.listen(store._engine, "do_connect", lambda *_: self.may_fail())
        patch.setattr(store._engine.dialect, "do_commit", self._commit)
        patch.setattr(os, "fsync", self._sync)

    def may_fail(self) -> None:
        """Fail one time in five."""
        if self.is_bad and self.chance.random() < 0.2:
            self.failures += 1
            raise OperationalError("", None, disk_error())

    def _commit(self, connection: PoolProxiedConnection) -> None:
        self.may_fail()
        self._really_commit(connection)
        self.may_fail()

    def _sync(self, file: int) -> None:
        if self.is_bad and self.chance.random() < 0.5:
            raise OSError(5, "Input/output error")
        self._really_sync(file)


@contextmanager
def small_files(size: int) -> Iterator[None]:
    """Let no file of this process grow over a size, in bytes, as a disk does that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
