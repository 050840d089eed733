"""A listener on loopback for tests, which leaves no connection open behind it."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

__all__ = ["listening"]

_Answer = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

_TURNS_OF_AN_ACCEPT = 5  # of the loop, from a connection that was taken in to the call of who answers it


@asynccontextmanager
async def listening(answer: _Answer, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """Answer each connection until the end; yield the port.

    Whoever connects and goes without a word is no failure. A connection that is still answered at the end is cut.

    Args:
        answer: reads and writes; the connection is closed after it.
        tls: what to speak TLS with.

    Raises:
        Exception: what an answer failed with.
    """
    answered: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                await answer(reader, writer)
        finally:
            writer.close()
            with suppress(ConnectionError, ssl.SSLError):
                await writer.wait_closed()

    def take_in(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        answered.add(asyncio.create_task(serve(reader, writer)))

    server = await asyncio.start_server(take_in, "127.0.0.1", 0, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for _ in range(_TURNS_OF_AN_ACCEPT):
            await asyncio.sleep(0)
        for task in answered:
            task.cancel()
        for end in await asyncio.gather(*answered, return_exceptions=True):
            if isinstance(end, Exception):
                raise end
