"""Builds whose store is broken on purpose: what was acknowledged may be lost, or what was erased comes back.

Each is a function that changes the server in the process that it is about to run in (`builds.py`). The product has no
switch for any of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from makersphere_server.storage import database, heads
from makersphere_server.storage.event_log import NO_PRIVATE, Private, Record
from makersphere_server.storage.shared import owners, shared_store
from makersphere_server.storage.shared.shared_log import SharedLog
from makersphere_server.storage.sqlite_log import SqliteLog, _Job
from makersphere_server.storage.store import DATABASE_FILE, Store
from makersphere_server.storage.transaction import Append, Outcome, Plan, Write

__all__ = [
    "acks_before_commit",
    "acks_before_sync",
    "believes_its_lease",
    "head_runs_ahead",
    "no_sync",
    "normal_sync",
    "renames_without_folder",
]

_LATE_S: Final = 0.05
_ASKS: Final = (
    " AND EXISTS (SELECT FROM room_owners WHERE room_owners.room = moved.column1"
    " AND room_owners.epoch = moved.column5 FOR SHARE)"
)


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


def believes_its_lease() -> None:
    """Go on with all rooms after it stood still, however long, hear of none that was lost, and append all the same."""
    move_sql = shared_store._move_sql
    owners.lost = lambda *_: []
    SharedLog.next_group = SqliteLog.next_group  # type: ignore[method-assign]
    shared_store._move_sql = lambda rooms: "".join(move_sql(rooms).split(_ASKS))  # type: ignore[assignment]


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
