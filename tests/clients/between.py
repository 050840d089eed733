"""Something between a client and a server that lets no WebSocket through, for tests of the other way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import attrs

from tests.listening import listening

__all__ = ["Between", "between"]


@attrs.define
class Between:
    """What stands between: it answers a handshake with an error, as long as it blocks, and passes all else on.

    Attributes:
        server_port: what it stands before.
        blocks: no socket gets through.
        keeps_back: of a stream nothing comes down.
        handshakes: how many sockets were tried.
        streams: those that were opened.
        port: where it listens.
    """

    server_port: int
    blocks: bool = True
    keeps_back: bool = False
    handshakes: int = 0
    streams: list[asyncio.StreamWriter] = attrs.field(factory=list)
    port: int = 0

    async def pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""
        asked = await reader.readuntil(b"\r\n\r\n")
        if b"upgrade: websocket" in asked.lower():
            self.handshakes += 1
            if self.blocks:
                writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                return
        is_stream = b"text/event-stream" in asked
        if is_stream:
            self.streams.append(writer)
        up, down = await asyncio.open_connection("127.0.0.1", self.server_port)
        try:
            down.write(asked)
            both = [_copy(reader, down)] if is_stream and self.keeps_back else [_copy(reader, down), _copy(up, writer)]
            await asyncio.gather(*both)
        finally:
            down.close()
            with suppress(ConnectionError):
                await down.wait_closed()


async def _copy(one: asyncio.StreamReader, other: asyncio.StreamWriter) -> None:
    try:
        while data := await one.read(65_536):
            other.write(data)
    except ConnectionError:
        pass
    other.close()


@asynccontextmanager
async def between(server_port: int, *, keeps_back: bool = False) -> AsyncIterator[Between]:
    """Put something between that blocks sockets."""
    found = Between(server_port, keeps_back=keeps_back)
    async with listening(found.pass_on) as found.port:
        yield found
