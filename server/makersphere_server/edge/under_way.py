"""Posts that are being answered: so many at once, and none any more when the server goes.

Whoever comes beyond the bound is told when to come again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Final

from makersphere_protocol.errors import Refused
from makersphere_server.edge.posts import Post
from makersphere_server.edge.responses import refused
from makersphere_server.load import RETRY_S

__all__ = ["AT_ONCE", "UnderWay"]

AT_ONCE: Final = 64


class UnderWay:
    """The posts of one kind that are being answered."""

    def __init__(self, kind: str) -> None:
        """Begin with none.

        Args:
            kind: what its tasks are called.
        """
        self._kind = kind
        self._tasks: set[asyncio.Task[None]] = set()
        self._has_stopped = False

    def begin(self, post: Post, answering: Callable[[], Coroutine[None, None, None]]) -> None:
        """Begin to answer a post, or say when to come again."""
        if self._has_stopped or len(self._tasks) >= AT_ONCE:
            post.refuse(refused(post.request, Refused("unavailable", "busy", retry_after=RETRY_S)))
            return
        task = asyncio.create_task(answering(), name=self._kind)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Answer nothing more."""
        self._has_stopped = True
        for task in list(self._tasks):
            task.cancel()
        if self._tasks:
            await asyncio.wait(self._tasks)
