"""The store of a folder without its thread, and the bytes of all that lies in a folder."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from makersphere_server.storage.event_log import StoreUnavailable
from makersphere_server.storage.sqlite_log import SqliteLog
from makersphere_server.storage.store import Store
from makersphere_server.storage.transaction import Write

__all__ = ["AtOnce", "bytes_of"]


class AtOnce(SqliteLog):
    """The store of a folder without its thread: what is handed over is done at once, so no test has to wait."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._store = Store(folder)

    def _hand_over(self, what: Write | Callable[[Store], Any] | None) -> asyncio.Future[Any]:
        done = self._loop.create_future()
        if what is None:
            self._store.close()
            done.set_result(None)
        elif callable(what):
            try:
                done.set_result(what(self._store))
            except StoreUnavailable as error:
                done.set_exception(error)
        else:
            (outcome,) = self._store.commit([what])
            self._store.tidy()
            done.set_result(outcome)
        return done


def bytes_of(folder: Path) -> bytes:
    """Return all that lies in a folder."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
