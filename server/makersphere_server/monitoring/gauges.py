"""Numbers of now: read from the server at each look at `/metrics`, so that none of them can be out of date.

Answers how a server stands to its bounds, its rooms, its disk and its backups. Never waits, and never fails: what
cannot be read is not a number.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from math import nan
from pathlib import Path
from typing import Final

from prometheus_client import Gauge

from makersphere_server import metrics
from makersphere_server.limits import BOUNDS
from makersphere_server.lobby.lobby import Lobby
from makersphere_server.settings import Settings

__all__ = ["STAMP", "gauged"]

STAMP: Final = "backed-up"  # the file in the data folder that the nightly backup touches once its copy is verified


@asynccontextmanager
async def gauged(settings: Settings, lobby: Lobby) -> AsyncIterator[None]:
    """Have the numbers read from this server for as long as the block lasts."""
    for bound in BOUNDS:
        metrics.BOUND.labels(bound).set(getattr(settings, bound))
    read = _read(settings.data, lobby)
    for gauge, value in read.items():
        gauge.set_function(value)
    try:
        yield
    finally:
        for gauge in read:
            gauge.set_function(lambda: nan)


def _read(data: Path, lobby: Lobby) -> dict[Gauge, Callable[[], float]]:
    return {
        metrics.READY: lambda: lobby.is_ready,
        metrics.ROOMS.labels("stopped"): lambda: lobby.stopped_rooms,
        metrics.ROOMS.labels("kept"): lobby.open_rooms.space.kept,
        metrics.DISK: lambda: _or_nan(lambda: shutil.disk_usage(data).total),
        metrics.DISK_FREE: lambda: _or_nan(lambda: shutil.disk_usage(data).free),
        metrics.BACKED_UP: lambda: _mtime(data / STAMP),
    }


def _or_nan(read: Callable[[], float]) -> float:
    try:
        return read()
    except OSError:
        return nan


def _mtime(file: Path) -> float:
    """Return when a file was last touched; 0 where there is none."""
    return _or_nan(lambda: file.stat().st_mtime if file.exists() else 0)
