"""A server in a thread of its own, for what asks it and waits for the answer: a library, or another program."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from structlog.testing import capture_logs

from makersphere_bots.stand_ins import StandIns
from makersphere_server.app import running
from tests.loopback import loopback
from tests.server.rig.memory_log import MemoryLog

__all__ = ["serving_in_a_thread"]


@contextmanager
def serving_in_a_thread(folder: Path | None = None, **settings: Any) -> Iterator[str]:  # noqa: ANN401  (settings)
    """Give the address of a server that runs for as long as the block lasts, in memory or in a folder."""
    where = {"data": folder} if folder is not None else {}
    log = MemoryLog() if folder is None else None
    told: queue.Queue[tuple[str, asyncio.AbstractEventLoop, asyncio.Event]] = queue.Queue()

    async def serve() -> None:
        stopping = asyncio.Event()
        async with running(loopback(**settings, **where), StandIns(), log=log) as server:
            told.put((server.url, asyncio.get_running_loop(), stopping))
            await stopping.wait()

    thread = threading.Thread(target=asyncio.run, args=(serve(),), name="server", daemon=True)
    with capture_logs():  # what a program prints is what its test reads
        thread.start()
        url, loop, stopping = told.get(timeout=60)
        try:
            yield url
        finally:
            loop.call_soon_threadsafe(stopping.set)
            thread.join()
