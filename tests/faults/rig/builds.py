"""Builds of the server that are not the product: broken ones that have to be caught, and staged ones to compare by.

Each is a function that changes the server in the process that it is about to run in. The product has no switch for
any of it.

Broken, so that a bench which cannot fail is found out: `broken_store.py` and `broken_rooms.py`.

Staged:

- `hurried` rewrites the head file at 4 KiB and, from a SIGUSR2 on, erases the rooms that nobody is in.
- `lockstep` tells at once instead of every 50 ms, draws a chosen seed's nonce from it too and gives all records one
  mark, so that two rooms of one seed that get the same commands send the same bytes.
- `odd_clock` reads the wall clock with an offset that stands in a file and is read anew at SIGUSR1.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from makersphere_server.clock import SystemClock
from makersphere_server.codes import seed_of
from makersphere_server.lobby import founding, retention
from makersphere_server.lobby.retention import Retention
from makersphere_server.room import pulse
from makersphere_server.room.model.log.marks import Marks
from makersphere_server.storage import heads
from makersphere_server.storage.event_log import RoomRow
from tests.faults.rig import broken_rooms, broken_store

__all__ = ["BUILDS", "ODD_CLOCK"]

ODD_CLOCK: Final = "MAKERSPHERE_FAULTS_CLOCK"  # the environment variable that names the file of `odd_clock`
_MARK: Final = "one-mark-for-all-of-them"

Tree = dict[str, Any]


def lockstep() -> None:
    """Tell at once, draw the nonce from the seed, and give all records one mark."""
    pulse.FLUSH_MS = 0  # type: ignore[misc]
    Marks.add = lambda self: _MARK  # type: ignore[method-assign]  # noqa: ARG005
    founding.seed_of = lambda seed: seed_of(seed or 0)  # type: ignore[attr-defined]


def hurried() -> None:
    """Do within a second what a server does in a month: rewrite the head file, erase rooms."""
    is_late = False

    async def is_over(self: Retention, row: RoomRow) -> bool:
        return is_late

    def late(*_: object) -> None:
        nonlocal is_late
        is_late = True

    heads.REWRITE_AT_BYTES = 4 << 10  # type: ignore[misc]
    retention._CHECK_EVERY_MS = 300  # type: ignore[misc]
    Retention._is_over = is_over  # type: ignore[method-assign]
    signal.signal(signal.SIGUSR2, late)


def odd_clock() -> None:
    """Read the wall clock with an offset from a file."""
    real, offset_ms = SystemClock.wall_ms, 0

    def read(*_: object) -> None:
        nonlocal offset_ms
        offset_ms = int(Path(os.environ[ODD_CLOCK]).read_text("utf-8"))

    SystemClock.wall_ms = lambda self: real(self) + offset_ms  # type: ignore[method-assign]
    signal.signal(signal.SIGUSR1, read)


def _both(*builds: Callable[[], None]) -> Callable[[], None]:
    def change() -> None:
        for build in builds:
            build()

    return change


def _one(*builds: Callable[[], None]) -> dict[str, Callable[[], None]]:
    """Return a build by its name: that of the last of several changes."""
    return {builds[-1].__name__: _both(*builds)}


BUILDS: Final[dict[str, Callable[[], None]]] = {
    **_one(broken_store.acks_before_commit),
    **_one(broken_store.believes_its_lease),
    **_one(hurried, broken_store.acks_before_sync),
    **_one(hurried, broken_store.head_runs_ahead),
    **_one(hurried, broken_store.no_sync),
    **_one(hurried, broken_store.normal_sync),
    **_one(hurried, broken_store.renames_without_folder),
    **{build.__name__: build for build in broken_rooms.BROKEN},
    **{build.__name__: _both(lockstep, build) for build in broken_rooms.IN_STEP},
    **_one(odd_clock, broken_rooms.wall_clock_decides),
    "hurried": hurried,
    "lockstep": lockstep,
    "odd_clock": odd_clock,
}
