"""News of rooms to another program: signed, told once more where it was not taken, and nobody's name in it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from prometheus_client import REGISTRY
from standardwebhooks import Webhook

from makersphere_protocol.messages import Join, Welcome
from makersphere_server.limits import Unusable
from makersphere_server.settings import Settings
from makersphere_server.webhooks import sender
from makersphere_server.webhooks.news import News
from tests.server.rig.fakes import ManualClock
from tests.server.rig.host import Host
from tests.server.rig.limited import serving
from tests.server.rig.sockets import dial, hear, say

SECRET = "whsec_" + "c2VjcmV0IG9mIHRoZSB0ZXN0cyBhbG9uZSE="


class Receiver:
    """Another program, which keeps what it is told and answers as it is asked to.

    Attributes:
        answers: status of the next answers; 204 where there is none.
        got: headers and body of each request.
    """

    def __init__(self) -> None:
        """Listen on loopback."""
        self.answers: list[int] = []
        self.got: list[tuple[dict[str, str], bytes]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
                status = receiver.answers.pop(0) if receiver.answers else 204
                self.send_response(status)
                if status == 302:
                    self.send_header("location", "/elsewhere")
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401  (the library's own)
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        """Return where it listens."""
        return f"http://127.0.0.1:{self.server.server_address[1]}/hook?key=1"

    @property
    def news(self) -> list[dict[str, Any]]:
        """Return what it was told, each verified by the standard's own library."""
        return [Webhook(SECRET).verify(body, headers) for headers, body in list(self.got)]

    async def until(self, ready: Callable[[list[dict[str, Any]]], bool]) -> list[dict[str, Any]]:
        """Return what it was told once that is as wanted."""
        await _until(lambda: ready(self.news))
        return self.news


async def _until(ready: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not ready():  # noqa: ASYNC110  (threads of the library are waited for)
            await asyncio.sleep(0.02)


def _counted(how: str) -> float:
    return REGISTRY.get_sample_value("makersphere_webhooks_total", {"how": how}) or 0.0


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Return another program."""
    found = Receiver()
    yield found
    found.server.shutdown()
    found.server.server_close()


def _types(news: list[dict[str, Any]]) -> list[str]:
    return [one["type"] for one in news]


async def test_another_program_is_told_of_a_room_from_its_opening_to_its_end(receiver: Receiver) -> None:
    """Each piece is signed, names the room and the next phase, says for which seats it waits, and has no name in it."""
    async with serving(webhook=receiver.url, webhook_secret=SECRET) as server, Host(server) as host:
        room = host.welcome.room
        await receiver.until(lambda news: _types(news) == ["room.opened"])
        async with dial(server) as person:
            await say(person, Join(room, "Zebedee", "maker"))
            await hear(person, Welcome)
            await host.command("start")
            await host.command("advance")
            news = await receiver.until(lambda news: len(news) == 2)
            await host.command("end")
            news = await receiver.until(lambda news: _types(news)[-1] == "room.ended")
    assert _types(news) == ["room.opened", "phase.closed", "phase.closed", "room.ended"]  # the end closes one too
    assert news[0]["data"] == {"room": room, "scenario": "quickstart"}
    closed = news[1]["data"]
    assert (closed["room"], closed["season"], closed["phase"]) == (room, 1, "policy")
    assert (closed["next"]["season"], closed["next"]["phase"], closed["next"]["awaited"]) == (1, "admission", [1])
    assert not any(b"Zebedee" in body for _, body in receiver.got)
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 4


async def test_a_phase_that_closes_once_more_after_a_rewind_is_news_of_its_own(receiver: Receiver) -> None:
    """By another id than the close that was taken back; the rewind itself closes nothing."""
    async with serving(webhook=receiver.url, webhook_secret=SECRET) as server, Host(server) as host:
        await host.command("start")
        await host.command("advance")
        await host.command("rewind", season=1, phase="policy")
        await host.command("advance")
        _, *closed = await receiver.until(lambda news: len(news) == 3)
    assert [(one["type"], one["data"]["phase"], one["data"]["next"]["phase"]) for one in closed] == [
        ("phase.closed", "policy", "admission"),
        ("phase.closed", "policy", "admission"),
    ]
    assert len({headers["webhook-id"] for headers, _ in receiver.got}) == 3


async def test_news_that_was_not_taken_comes_again_as_it_was(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the same id and with the same body, after a refusal and after a redirection, which is not followed."""
    monkeypatch.setattr(sender, "_AGAIN_MS", (10, 10, 10))
    receiver.answers = [500, 302]
    delivered = _counted("delivered")
    async with serving(webhook=receiver.url, webhook_secret=SECRET) as server, Host(server):
        await _until(lambda: _counted("delivered") > delivered)
    assert len({(headers["webhook-id"], body) for headers, body in receiver.got}) == 1
    assert len(receiver.got) == 3


async def test_news_is_given_up_in_the_end_and_the_game_goes_on(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is never taken is told a bounded number of times; commands are answered meanwhile."""
    monkeypatch.setattr(sender, "_AGAIN_MS", (10,))
    receiver.answers = [500] * 50
    given_up = _counted("given_up")
    async with serving(webhook=receiver.url, webhook_secret=SECRET) as server, Host(server) as host:
        await receiver.until(lambda news: len(news) == 2)
        await host.command("start")
        await _until(lambda: _counted("given_up") > given_up)
    assert _types(receiver.news) == ["room.opened", "room.opened"]


async def test_what_waits_for_another_time_counts_among_what_waits(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A receiver that takes nothing for long fills no memory: what is too much is given up at once."""
    monkeypatch.setattr(sender, "_MOST_WAITING", 1)
    receiver.answers = [500]
    clock = ManualClock()
    sending = sender.Sender(receiver.url, SECRET, clock)
    failed, given_up = _counted("failed"), _counted("given_up")
    sending.start()
    sending.put(News("one", "room.opened", {}))
    await _until(lambda: _counted("failed") > failed)
    sending.put(News("two", "room.opened", {}))
    assert _counted("given_up") == given_up + 1
    clock.move_to(5_000)
    await _until(lambda: len(receiver.got) == 2)
    await sending.stop()
    assert {headers["webhook-id"] for headers, _ in receiver.got} == {"one"}


@pytest.mark.parametrize(
    ("url", "secret", "needs"),
    [
        ("ftp://example.org/hook", SECRET, "page"),
        ("example.org", SECRET, "page"),
        ("https://example.org:a-key/hook", SECRET, "page"),  # the library would show what is no port
        ("https://example.org/hook?key=1\x7f", SECRET, "page"),  # nor has it a place for this
        ("https://example.org/hook", "", "secret"),
        ("https://example.org/hook", SECRET[:-1], "secret"),  # no base64: something of it is missing
        ("https://example.org/hook", "short", "secret"),
        ("https://example.org/hook", "not base64, though it is long enough!", "secret"),
        ("https://example.org/hook", "whsec_" + "A" * 33, "secret"),  # no number of bytes is so long in base64
    ],
)
def test_an_address_or_a_secret_that_cannot_be_used_is_refused_and_not_repeated(
    url: str, secret: str, needs: str
) -> None:
    """By what it needs; the sentence does not show what was typed."""
    with pytest.raises(Unusable) as refused:
        Settings(webhook=url, webhook_secret=secret)
    assert (refused.value.setting, refused.value.needs) == ("webhook", needs)
    assert url not in str(refused.value)
