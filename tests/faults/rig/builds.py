"""Builds of the server that are not the product: broken ones that have to be caught, and staged ones to compare by.

Each is a function that changes the server in the process that it is about to run in. The product has no switch for
any of it.

Broken, so that a bench which cannot fail is found out: those of the store stand in `broken_store.py`, and here

- `forgets_ids` takes a command that comes again for a new one.
- `leaks_field` shows everybody what a seat has sealed.
- `leaks_length` gives everybody's frames a few blanks more by what hands have got.

Staged:

- `hurried` rewrites the head file at 4 KiB and, from a SIGUSR2 on, erases the rooms that nobody is in.
- `lockstep` tells at once instead of every 50 ms, draws a chosen seed's nonce from it too and gives all records one
  mark, so that two rooms of one seed that get the same commands send the same bytes.
- `odd_clock` reads the wall clock with an offset that stands in a file and is read anew at SIGUSR1.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

import attrs

from makersphere_rules import entity
from makersphere_rules.entity import Sight
from makersphere_rules.seen import views
from makersphere_rules.state import Choice
from makersphere_server.clock import SystemClock
from makersphere_server.codes import seed_of
from makersphere_server.lobby import founding, retention
from makersphere_server.lobby.retention import Retention
from makersphere_server.room import pulse
from makersphere_server.room.commands import decisions
from makersphere_server.room.model.feed import Feed, LogLine, Step
from makersphere_server.room.model.log.answers import Answers
from makersphere_server.storage import heads
from makersphere_server.storage.event_log import RoomRow
from makersphere_server.storage.tables import RECORDS
from tests.faults.rig import broken_store

__all__ = ["BUILDS", "ODD_CLOCK"]

ODD_CLOCK: Final = "MAKERSPHERE_FAULTS_CLOCK"  # the environment variable that names the file of `odd_clock`
_MARK: Final = "one-mark-for-all-of-them"

Tree = dict[str, Any]


def forgets_ids() -> None:
    """Know no answer that was given, in memory or in the store."""

    def find(self: Answers, author: str, command_id: str) -> None:
        return None

    Answers.find = find  # type: ignore[method-assign]
    RECORDS.indexes.clear()


def leaks_field() -> None:
    """Put the arguments of sealed choices on the table."""
    owners_alone = entity.sight_of
    leaking = attrs.fields(Choice).args

    def sight_of(field: attrs.Attribute[Any]) -> tuple[Sight, bool]:
        return ("table", False) if field == leaking else owners_alone(field)

    views.sight_of = sight_of  # type: ignore[attr-defined]
    Choice.shows_at_once = True  # else nobody would look at the table for it


def leaks_length() -> None:
    """Pad what anybody is told by the size of all that any hand of the room has got so far."""
    honest_publish, honest_frame = Feed.publish, Step.frame
    sizes: dict[Feed, int] = {}
    blanks = b""

    def publish(
        self: Feed, seq: int, table: Tree, hands: dict[int, Tree], lines: Iterable[LogLine], mark: str = ""
    ) -> None:
        nonlocal blanks
        sizes[self] = sizes.get(self, 0) + sum(len(str(hand)) for hand in hands.values())
        blanks = b" " * (sizes[self] % 31)
        honest_publish(self, seq, table, hands, lines, mark)

    def frame(self: Step, view: int) -> bytes:
        told = honest_frame(self, view)
        return told + blanks if told else told

    Feed.publish, Step.frame = publish, frame  # type: ignore[method-assign]


def lockstep() -> None:
    """Tell at once, draw the nonce from the seed, and give all records one mark."""
    pulse.FLUSH_MS = 0  # type: ignore[misc]
    decisions.new_mark = lambda: _MARK  # type: ignore[attr-defined]
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


BUILDS: Final[dict[str, Callable[[], None]]] = {
    "acks_before_commit": broken_store.acks_before_commit,
    "acks_before_sync": _both(hurried, broken_store.acks_before_sync),
    "forgets_ids": forgets_ids,
    "leaks_field": _both(lockstep, leaks_field),
    "leaks_length": _both(lockstep, leaks_length),
    "head_runs_ahead": _both(hurried, broken_store.head_runs_ahead),
    "hurried": hurried,
    "lockstep": lockstep,
    "no_sync": _both(hurried, broken_store.no_sync),
    "normal_sync": _both(hurried, broken_store.normal_sync),
    "odd_clock": odd_clock,
    "renames_without_folder": _both(hurried, broken_store.renames_without_folder),
}
