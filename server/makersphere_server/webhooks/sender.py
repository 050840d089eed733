"""Sends news to the address that the settings name: signed, one after the other, and again where that fails.

Signed as Standard Webhooks says, in `webhook-id`, `webhook-timestamp` and `webhook-signature`. What cannot be delivered
within an hour is given up, and what waits is bounded, for its first time or another one: news is a help, and the game
waits for none of it.
"""

from __future__ import annotations

import asyncio
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from http.client import HTTPException, HTTPMessage
from typing import IO, Final
from urllib.error import HTTPError

import attrs
import msgspec
import structlog
from standardwebhooks import Webhook

from makersphere_server import metrics
from makersphere_server.clock import Clock
from makersphere_server.lobby.lobby import Lobby
from makersphere_server.room.room import Room
from makersphere_server.settings import Settings
from makersphere_server.webhooks.news import News, RoomNews

__all__ = ["Sender", "Sent", "reporting"]

_MOST_WAITING: Final = 1_000  # for their first time or another one
_AGAIN_MS: Final = (5_000, 30_000, 120_000, 600_000, 2_400_000)  # after each failure
_PATIENCE_S: Final = 10

_log = structlog.get_logger("makersphere.webhook")


@attrs.frozen
class Sent:
    """News as it goes out: its body is the same each time, so that its receiver can hold both against each other."""

    id: str
    type: str
    body: bytes


class Sender:
    """Sends what it is given, for as long as `start` and `stop` say."""

    def __init__(self, url: str, secret: str, clock: Clock) -> None:
        """Prepare."""
        self._url = url
        self._signing = Webhook(secret)
        self._clock = clock
        self._due: asyncio.Queue[tuple[Sent, int]] = asyncio.Queue()  # each with how often it was not taken
        self._waiting = 0  # due now or later
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to send."""
        self._task = asyncio.create_task(self._run(), name="webhooks")

    async def stop(self) -> None:
        """Send nothing more; what waits is lost."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    def put(self, news: News) -> None:
        """Have news sent; returns at once."""
        when = datetime.fromtimestamp(self._clock.wall_ms() / 1000, UTC).isoformat()
        body = msgspec.json.encode({"type": news.type, "timestamp": when, "data": news.data})
        sent = Sent(news.id, news.type, body)
        if self._waiting == _MOST_WAITING:
            self._give_up(sent, "too much waits")
        else:
            self._waiting += 1
            self._due.put_nowait((sent, 0))

    async def _run(self) -> None:
        while True:
            sent, failures = await self._due.get()
            why = await asyncio.to_thread(self._post, sent)
            metrics.WEBHOOKS.labels("failed" if why else "delivered").inc()
            if why and failures < len(_AGAIN_MS):
                _log.warning("webhook_failed", type=sent.type, id=sent.id, reason=why)
                self._clock.call_later(_AGAIN_MS[failures], partial(self._due.put_nowait, (sent, failures + 1)))
                continue
            self._waiting -= 1
            if why:
                self._give_up(sent, why)

    def _give_up(self, sent: Sent, why: str) -> None:
        metrics.WEBHOOKS.labels("given_up").inc()
        _log.error("webhook_given_up", type=sent.type, id=sent.id, reason=why)

    def _post(self, sent: Sent) -> str:
        """Send something; return why it was not taken, or "". Runs in a thread of its own."""
        now = datetime.fromtimestamp(self._clock.wall_ms() // 1000, UTC)
        request = urllib.request.Request(  # noqa: S310  (the settings take http and https alone)
            self._url,
            sent.body,
            {
                "content-type": "application/json",
                "webhook-id": sent.id,
                "webhook-timestamp": str(round(now.timestamp())),
                "webhook-signature": self._signing.sign(sent.id, now, sent.body.decode()),
            },
        )
        try:
            with _OPENER.open(request, timeout=_PATIENCE_S):
                return ""
        except HTTPError as answer:
            return f"the answer was {answer.code}"
        except OSError as error:
            return str(error) or type(error).__name__
        except (HTTPException, ValueError) as error:
            return type(error).__name__  # what it says may have the address in it, and so a key, or what was answered


class _NoWayOn(urllib.request.HTTPRedirectHandler):
    """Goes nowhere else: the secret's owner named one address."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """Follow no redirection."""


_OPENER: Final = urllib.request.build_opener(_NoWayOn)


@asynccontextmanager
async def reporting(settings: Settings, lobby: Lobby, clock: Clock) -> AsyncIterator[None]:
    """Have the news of all rooms sent to the address that the settings name, if they name one."""
    if not settings.webhook:
        yield
        return
    sender = Sender(settings.webhook, settings.webhook_secret, clock)

    def follow(room: Room) -> None:
        news = RoomNews(room.code, sender.put, lambda: room.follow(news))
        room.follow(news)

    lobby.follow_rooms(follow)
    sender.start()
    try:
        yield
    finally:
        await sender.stop()
