"""Posts of plain forms: answered with a page, when it is made.

Answers those whose addresses it was given. How many are answered at once has a bound; whoever comes beyond it is told
when to come again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from http import HTTPStatus

import structlog
from websockets.http11 import Request, Response

from makersphere_server.edge.connection_count import ConnectionCount
from makersphere_server.edge.posts import Post
from makersphere_server.edge.responses import plain
from makersphere_server.edge.under_way import UnderWay

__all__ = ["AnswerForm", "Forms"]

AnswerForm = Callable[[Request, str, bytes], Awaitable[Response]]  # to a request from an address, with what it brings

_log = structlog.get_logger("makersphere.listener")


class Forms:
    """The forms of a listener."""

    def __init__(self, paths: Collection[str], answer: AnswerForm) -> None:
        """Begin.

        Args:
            paths: which addresses are forms'.
            answer: makes the page that answers one.
        """
        self._paths, self._answer = paths, answer
        self._under_way = UnderWay("form")

    def __contains__(self, path: str) -> bool:
        """Return whether an address, without its query, is a form's."""
        return path in self._paths

    def take(self, post: Post, count: ConnectionCount) -> None:
        """Answer a post when its page is made."""
        if post.method != "POST":
            post.refuse(plain(post.request, HTTPStatus.METHOD_NOT_ALLOWED, {"Allow": "POST"}))
        else:
            address = count.address(post.peer, post.request.headers.get_all("X-Forwarded-For"))
            self._under_way.begin(post, lambda: self._take(post, address))

    async def _take(self, post: Post, address: str) -> None:
        try:
            found = await self._answer(post.request, address, post.body)
        except Exception as error:  # noqa: BLE001  (the task's boundary)
            _log.error("form_failed", exc_info=error)
            found = plain(post.request, HTTPStatus.INTERNAL_SERVER_ERROR)
        post.refuse(found)

    async def stop(self) -> None:
        """Answer nothing more."""
        await self._under_way.stop()
