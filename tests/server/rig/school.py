"""A server by https and a learning platform that knows it, with people who open an activity of it."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import attrs
import requests
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from makersphere_bots.stand_ins import StandIns
from makersphere_protocol.messages import SUBPROTOCOL, At, Command, Result, Resume, Welcome
from makersphere_server.app import Running, running
from tests.loopback import loopback
from tests.server.rig.host import Host
from tests.server.rig.learning_platform import CLAIM, TEACHER, Browser, Platform
from tests.server.rig.memory_log import MemoryLog
from tests.server.rig.sockets import PATIENCE_S, hear, say

__all__ = ["AS_TEACHER", "School", "in_thread", "seat_of", "ticket_of", "until"]

AS_TEACHER = {f"{CLAIM}roles": [TEACHER], "sub": "teacher"}


@attrs.define
class School:
    """A server and a platform.

    Attributes:
        folder: of the server's data, its certificate among them.
        context: what a socket trusts.
        log: the server's store.
    """

    folder: Path
    port: int
    platform: Platform
    context: ssl.SSLContext
    log: MemoryLog = attrs.field(factory=MemoryLog)

    @asynccontextmanager
    async def serving(self, **more: Any) -> AsyncIterator[Running]:  # noqa: ANN401  (settings)
        """Run the server; a second time it goes on with what the first one has stored."""
        usual = {"tls_cert": self.folder / "both.pem", "lti": self.platform.file}
        settings = loopback(port=self.port, data=self.folder, **{**usual, **more})
        async with running(settings, StandIns(), log=self.log) as server:
            yield server

    def dial(self) -> connect:
        """Return a connection to the server, to be opened."""
        address = f"wss://127.0.0.1:{self.port}/ws"
        return connect(address, subprotocols=[Subprotocol(SUBPROTOCOL)], proxy=None, ssl=self.context, compression=None)

    def host(self, server: Running) -> Host:
        """Return somebody who opens a room with six seats."""
        host = Host(server)
        host._dialled = self.dial()
        return host

    def browser(self, language: str = "en") -> Browser:
        """Return a browser that was nowhere yet."""
        return Browser(self.platform, language)

    async def bound(self, room: str, token: str) -> tuple[Browser, str]:
        """Connect the activity with a room or a class; return a teacher's browser and the ticket of its page."""
        teacher = self.browser()
        first = await in_thread(teacher.open, **AS_TEACHER)
        assert first.status_code == 200, first.text
        link = f"{self.platform.tool}/#/c/{room}/{token}"
        page = await in_thread(teacher.post, "/lti/bind", ticket=ticket_of(first), link=link)
        assert page.status_code == 200, page.text
        return teacher, ticket_of(page)

    async def played(self, host: Host, *people: str) -> tuple[Browser, str]:
        """Play a short game with people of the activity, of whom the first is ready once.

        Returns:
            A teacher's browser and the ticket of its page.
        """
        found = await self.bound(host.welcome.room, host.welcome.host_token)
        seats = [seat_of(await in_thread(self.browser().open, sub=one, given_name=one)) for one in people]
        await host.command("start")
        await host.command("advance")  # to a phase in which the first seat has something to decide
        async with self.dial() as seat:
            await say(seat, Resume(seats[0][0], seat_token=seats[0][1]))
            await hear(seat, Welcome)
            await say(seat, Command("r" * 16, "ready", {"ready": True}, At(1, "admission")))
            result = await hear(seat, Result)
            assert result.ok, result
        for _ in range(4):  # phases in which nobody chooses anything
            await host.command("advance")
        await host.command("end")
        return found

    async def lti_of(self, room: str) -> dict[str, bytes]:
        """Return what a room keeps of platforms."""
        return {key: value for key, value in (await self.log.privates(room)).items() if key.startswith("lti")}


def seat_of(answer: requests.Response) -> tuple[str, str]:
    """Return the room and the token to which a launch leads."""
    assert answer.status_code == 303, answer.text
    _, room, token = answer.headers["location"].partition("#/")[2].split("/")
    return room, token


def ticket_of(answer: requests.Response) -> str:
    """Return the ticket in a page's form."""
    found = re.search(r'name="ticket" value="([^"]+)"', answer.text)
    assert found is not None, answer.text
    return found[1]


async def in_thread(do: Callable[..., requests.Response], *args: Any, **more: Any) -> requests.Response:  # noqa: ANN401
    """Return what a browser is answered, while the server goes on."""
    return await asyncio.to_thread(do, *args, **more)


async def until(ready: Callable[[], object]) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(PATIENCE_S):
        while not ready():  # noqa: ASYNC110  (threads are waited for)
            await asyncio.sleep(0.02)
