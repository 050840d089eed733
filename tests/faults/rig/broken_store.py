"""Builds whose store is broken on purpose: what was acknowledged may be lost, or what was erased comes back.

Each is a function that changes the server in the process that it is about to run in (`builds.py`). The product has no
switch for any of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from makersphere_server.storage import database, heads
from makersphere_server.storage.event_log import NO_PRIVATE, Private, Record
from makersphere_server.storage.sqlite_log import SqliteLog, _Job
from makersphere_server.storage.store import DATABASE_FILE, Store
from makersphere_server.storage.transaction import Append, Outcome, Plan, Write

__all__ = [
    "acks_before_commit",
    "acks_before_sync",
    "head_runs_ahead",
    "no_sync",
    "normal_sync",
    "renames_without_folder",
]

_LATE_S: Final = 0.05


def acks_before_commit() -> None:
    """Answer an append at once and carry it out later."""

    async def append(
        self: SqliteLog, room: str, expected_seq: int, records: Sequence[Record], private: Private = NO_PRIVATE
    ) -> str:
        self._loop.call_later(_LATE_S, self._hand_over, Append(room, expected_seq, records, private))
        return ""

    SqliteLog.append = append  # type: ignore[method-assign]


def no_sync() -> None:
    """Never sync the database: what a commit has written stays in the system's memory for now."""
    _synchronous("OFF")


def normal_sync() -> None:
    """Sync the database at checkpoints alone, as SQLite's manual proposes for a write-ahead log."""
    _synchronous("NORMAL")


def acks_before_sync() -> None:
    """Sync each commit, but answer first."""
    serve = SqliteLog._serve

    def sync_late(self: SqliteLog, store: Store, group: Sequence[_Job]) -> None:
        serve(self, store, group)
        path = self._open.args[0] / f"{DATABASE_FILE}-wal"
        if path.exists():
            heads.sync_file(path)

    _synchronous("NORMAL")
    SqliteLog._serve = sync_late  # type: ignore[method-assign]


def head_runs_ahead() -> None:
    """Note each room's new head before the store has it."""
    commit = Store.commit

    def ahead(self: Store, writes: Sequence[Write]) -> list[Outcome]:
        plan = Plan(self._heads, self._damaged, self._owner)
        for write in writes:
            plan.add(write)
        self._head_file.write(plan.moved)
        return commit(self, writes)

    Store.commit = ahead  # type: ignore[method-assign]


def renames_without_folder() -> None:
    """Put a new head file in the place of the old one without syncing the folder's names."""
    heads.sync_folder = lambda _: None  # type: ignore[assignment]


def _synchronous(how: str) -> None:
    database._PRAGMAS = tuple(  # type: ignore[misc, assignment]
        f"synchronous = {how}" if pragma.startswith("synchronous") else pragma for pragma in database._PRAGMAS
    )
