"""Work of a class that is done beside whatever else comes to it.

Answers with a task for each; one that fails is told of, so that whoever has asked for it is not left without an answer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

from makersphere_server.room.model.inbox import Sent

__all__ = ["Beside"]


class Beside:
    """The tasks of one class."""

    def __init__(self, failed: Callable[[Sent | None, BaseException], None]) -> None:
        """Begin with none.

        Args:
            failed: told what has failed, and who had sent it.
        """
        self._failed = failed
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_stopped = False

    def begin(self, work: Coroutine[Any, Any, None], sent: Sent | None = None) -> None:
        """Do something that somebody has sent, or that follows by itself."""
        if self._is_stopped:
            work.close()
            return
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(partial(self._ended, sent))

    def _ended(self, sent: Sent | None, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self._failed(sent, error)

    def stop(self) -> None:
        """Leave what is not done yet, and begin nothing more."""
        self._is_stopped = True
        for task in list(self._tasks):
            task.cancel()
