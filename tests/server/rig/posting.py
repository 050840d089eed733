"""Requests as bytes, and carriers in each of their forms, for tests of what comes by posts."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import attrs
import h11

from makersphere_clients.carried import Carried
from makersphere_protocol.codec import encode
from makersphere_protocol.messages import ClientFrame
from makersphere_server.app import Running
from tests.server.rig.sockets import PATIENCE_S, dial

__all__ = ["WAYS", "Answered", "Line", "by_address", "carrier", "line", "opened", "posted"]

WAYS = ("socket", "stream", "poll")


def carrier(way: str, server: Running) -> Any:  # noqa: ANN401  (a socket, or what is used like one)
    """Return a connection by one of the ways, to be opened."""
    if way == "socket":
        return dial(server)
    return by_address(f"ws://127.0.0.1:{server.port}/ws", polls=way == "poll")


def by_address(url: str, **options: Any) -> Any:  # noqa: ANN401  (used like a socket)
    """Return a carrier to an address, to be opened."""
    return Carried(url, **options)


@attrs.frozen
class Answered:
    """What was answered to a request."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def error(self) -> dict[str, Any]:
        """Return the refusal in it."""
        found: dict[str, Any] = json.loads(self.body)["error"]
        return found


class Line:
    """A connection on which requests are made, one after the other."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Begin with one that is open."""
        self.reader, self.writer = reader, writer
        self._ahead = b""  # what came behind the last answer

    async def ask(
        self, path: str, body: bytes | object, key: str = "", method: str = "POST", **headers: str
    ) -> Answered:
        """Make a request, and return what is answered."""
        self.write(path, body, key, method, **headers)
        return await self.answer()

    def write(self, path: str, body: bytes | object, key: str = "", method: str = "POST", **headers: str) -> None:
        """Make a request whose answer is read later."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        own = {"Host": "here", "Content-Type": "application/json", "Content-Length": str(len(data))}
        own |= {name.replace("_", "-"): value for name, value in headers.items()}
        if key:
            own["Authorization"] = f"Bearer {key}"
        lines = "".join(f"{name}: {value}\r\n" for name, value in own.items())
        self.writer.write(f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + data)

    async def answer(self) -> Answered:
        """Return the next answer."""
        parser = h11.Connection(h11.CLIENT)
        parser.send(h11.Request(method="POST", target="/", headers=[("Host", "here"), ("Content-Length", "0")]))
        parser.send(h11.EndOfMessage())
        status, body = 0, b""
        headers: dict[str, str] = {}
        async with asyncio.timeout(PATIENCE_S):
            while True:
                event = parser.next_event()
                if event is h11.NEED_DATA:
                    data, self._ahead = self._ahead, b""
                    parser.receive_data(data or await self.reader.read(65_536))
                elif isinstance(event, h11.Response):
                    status = event.status_code
                    headers = {name.decode(): value.decode() for name, value in event.headers}
                elif isinstance(event, h11.Data):
                    body += bytes(event.data)
                elif isinstance(event, h11.EndOfMessage):
                    self._ahead = parser.trailing_data[0]
                    return Answered(status, headers, body)

    async def until(self, mark: bytes) -> bytes:
        """Return all that comes up to a mark."""
        async with asyncio.timeout(PATIENCE_S):
            while mark not in self._ahead:
                self._ahead += await self.reader.read(65_536)
        found, _, self._ahead = self._ahead.partition(mark)
        return found + mark


@asynccontextmanager
async def line(server: Running) -> AsyncIterator[Line]:
    """Open a connection for requests."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    try:
        yield Line(reader, writer)
    finally:
        writer.transport.abort()


async def posted(server: Running, path: str, body: bytes | object, key: str = "", **headers: str) -> Answered:
    """Make one request on a connection of its own."""
    method = headers.pop("method", "POST")
    async with line(server) as one:
        return await one.ask(path, body, key, method, **headers)


async def opened(server: Running, frame: ClientFrame) -> str:
    """Open a carrier that is fetched from, and return its key."""
    answer = await posted(server, "/carrier", encode(frame))
    assert answer.status == 200, answer
    found: str = json.loads(answer.body)["key"]
    return found
