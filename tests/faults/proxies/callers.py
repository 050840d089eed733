"""Who calls through a proxy: by TLS, trusting the authority of the tests alone, from an address of this machine.

Every address from 127.0.0.1 to 127.0.0.254 is this machine's own, so that a proxy sees as many people as there are
addresses. Answers with sockets that a client of the rig plays over, and with plain requests.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from functools import partial
from http import HTTPStatus
from typing import Any

import attrs
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import InvalidStatus

from tests.faults.proxies.programs import NAME, Proxy
from tests.faults.rig.seat import Way, ask, dial

__all__ = ["Answer", "Caller"]

_PATIENCE_S = 30.0


@attrs.frozen
class Answer:
    """What was answered to a plain request: its status, and its headers by name in small letters."""

    status: int
    headers: Mapping[str, str]


@attrs.frozen
class Caller:
    """Somebody with an address.

    Attributes:
        proxy: through which everything goes.
        number: of the address: 127.0.0.NUMBER.
        claims: headers that say more than is so.
    """

    proxy: Proxy
    number: int = 1
    claims: Mapping[str, str] = attrs.field(factory=dict)

    @property
    def address(self) -> str:
        """Return where the proxy sees it."""
        return f"127.0.0.{self.number}"

    @property
    def url(self) -> str:
        """Return where the socket is."""
        return f"wss://{NAME}:{self.proxy.port}/ws"

    @property
    def way(self) -> Way:
        """Return how it gets a connection."""
        there: dict[str, Any] = {"host": "127.0.0.1", "port": self.proxy.port, "local_addr": (self.address, 0)}
        return partial(dial, ssl=self._trusting(), additional_headers=self.claims, **there)

    def socket(self) -> AbstractAsyncContextManager[ClientConnection]:
        """Return a connection in the making."""
        return self.way(self.url)

    async def joins(self, room: str) -> dict[str, Any]:
        """Try a code, and return what it was answered."""
        async with self.socket() as connection:
            return await ask(connection, {"type": "join", "room": room, "name": f"Caller {self.number}"})

    async def shakes_hands(self) -> int:
        """Try to open a socket; return the status that it was answered by, 101 where it opens."""
        try:
            async with self.socket():
                return HTTPStatus.SWITCHING_PROTOCOLS
        except InvalidStatus as refused:
            return refused.response.status_code

    async def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page."""
        reader, writer = await self.send(path, **headers)
        async with asyncio.timeout(_PATIENCE_S):
            answer = await head(reader)
        writer.close()
        return answer

    async def send(
        self, path: str, body: str | None = None, **headers: str
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Send a request, a post where it has a body, and return where the answer comes."""
        reader, writer = await asyncio.open_connection(
            *("127.0.0.1", self.proxy.port),
            ssl=self._trusting(),
            server_hostname=NAME,
            local_addr=(self.address, 0),
        )
        given = {"Host": f"{NAME}:{self.proxy.port}", "Connection": "close", **self.claims, **headers}
        content = (body or "").encode()
        if body is not None:
            given |= {"Content-Type": "application/json", "Content-Length": str(len(content))}
        method = "GET" if body is None else "POST"
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items()), "", ""]
        writer.write("\r\n".join(lines).encode() + content)
        return reader, writer

    def _trusting(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(self.proxy.trust)
        return context


async def head(reader: asyncio.StreamReader) -> Answer:
    """Read the head of an answer."""
    lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    fields = (line.partition(":") for line in lines[1:] if line)
    return Answer(int(lines[0].split()[1]), {name.lower(): value.strip() for name, _, value in fields})
