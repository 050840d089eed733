"""A server that does to each connection what the next step of its script says, and keeps what it heard."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import msgspec
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from makersphere_clients.backoff import Backoff
from makersphere_protocol.codec import encode
from makersphere_protocol.messages import SUBPROTOCOL, Error, Result, Update, Welcome, You

__all__ = ["AT_ONCE", "Caller", "Fake", "Step", "fake_server"]

AT_ONCE = Backoff(delays_s=(0.0,), jitter=0.0)
Tree = dict[str, Any]


class Caller:
    """One connection, as the script handles it."""

    def __init__(self, socket: ServerConnection, heard: list[Tree]) -> None:
        """Begin to listen."""
        self._socket = socket
        self._heard = heard

    async def hear(self) -> Tree:
        """Return the next frame."""
        frame: Tree = msgspec.json.decode(await self._socket.recv(decode=False))
        self._heard.append(frame)
        return frame

    async def send(self, frame: Welcome | Update | Result | Error) -> None:
        """Send a frame."""
        await self._socket.send(encode(frame), text=True)

    async def send_raw(self, text: str) -> None:
        """Send any text."""
        await self._socket.send(text)

    async def welcome(self, seq: int = 1, table: Tree | None = None, *, epoch: int = 1, resumed: bool = False) -> Tree:
        """Hear the first frame and greet the seat 1 of room R; return what was heard."""
        first = await self.hear()
        you = You("seat", 1, "player")
        shown = None if resumed else (table or {"game": {"status": "running", "season": 1, "phase": "count"}})
        frame = Welcome("R", epoch, seq, 1_000, you, 1, "token-1", "", shown, None if resumed else {}, resumed)
        await self.send(frame)
        return first

    async def accept(self, seq: int) -> Tree:
        """Hear a command and answer that it is done."""
        command = await self.hear()
        await self.send(Result(command["id"], ok=True, now=1_000, seq=seq))
        return command

    async def close(self, code: int) -> None:
        """Close with a code."""
        await self._socket.close(code)

    def cut(self) -> None:
        """Cut the connection without a word."""
        self._socket.transport.abort()

    async def stay(self) -> None:
        """Keep the connection until the other side leaves."""
        while True:
            await self.hear()


Step = Callable[[Caller], Awaitable[None]]


class Fake:
    """A running script.

    Attributes:
        url: where it listens.
        heard: what came in, by connection.
    """

    def __init__(self, steps: list[Step]) -> None:
        """Begin at the first step."""
        self.url = ""
        self.heard: list[list[Tree]] = []
        self.broken: BaseException | None = None
        self._steps = steps

    async def handle(self, socket: ServerConnection) -> None:
        """Do what the next step says; after the last one, nothing is said any more."""
        frames: list[Tree] = []
        self.heard.append(frames)
        number = len(self.heard) - 1
        if number >= len(self._steps):
            await socket.wait_closed()
            return
        try:
            await self._steps[number](Caller(socket, frames))
        except ConnectionClosed:
            pass
        except Exception as error:  # noqa: BLE001  (told to the test at the end)
            self.broken = error


@asynccontextmanager
async def fake_server(*steps: Step) -> AsyncIterator[Fake]:
    """Run a script; a step of it for each connection."""
    fake = Fake(list(steps))
    async with serve(
        fake.handle, "127.0.0.1", 0, subprotocols=[Subprotocol(SUBPROTOCOL)], compression=None, close_timeout=1
    ) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        fake.url = f"ws://127.0.0.1:{port}/ws"
        async with asyncio.timeout(60):
            yield fake
    if fake.broken is not None:
        raise fake.broken
