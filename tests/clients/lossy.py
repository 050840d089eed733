"""A way to a server that loses one frame: the chosen one does not arrive, and its link is cut there and then.

Over TCP a frame is never lost alone: whoever loses one loses the link with it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from makersphere_protocol.messages import SUBPROTOCOL

__all__ = ["Lossy", "lossy"]


class Lossy:
    """A relay.

    Attributes:
        url: where clients connect.
        passed: how many frames of the server have come this far.
        lost: the type of the frame that was lost, "" while none was.
    """

    def __init__(self, target: str, loses: int) -> None:
        """Relay to `target` and lose the server's frame number `loses`, counted from 1 over all connections."""
        self.url = ""
        self.passed = 0
        self.lost = ""
        self._target = target
        self._loses = loses

    async def handle(self, client: ServerConnection) -> None:
        """Carry one connection."""
        async with connect(
            self._target,
            subprotocols=[Subprotocol(SUBPROTOCOL)],
            compression=None,
            proxy=None,
            close_timeout=1,
        ) as server:
            up = asyncio.create_task(self._up(client, server))
            try:
                await self._down(server, client)
            finally:
                up.cancel()
                await asyncio.gather(up, return_exceptions=True)

    async def _up(self, client: ServerConnection, server: ClientConnection) -> None:
        with suppress(ConnectionClosed):
            async for message in client:
                await server.send(message)
        await server.close()

    async def _down(self, server: ClientConnection, client: ServerConnection) -> None:
        try:
            while True:
                message = await server.recv(decode=False)
                self.passed += 1
                if self.passed == self._loses:
                    self.lost = msgspec.json.decode(message)["type"]
                    client.transport.abort()
                    server.transport.abort()
                    return
                await client.send(message, text=True)
        except ConnectionClosed:
            if server.close_code is not None and server.close_code != 1006:
                await client.close(server.close_code)


@asynccontextmanager
async def lossy(target: str, loses: int) -> AsyncIterator[Lossy]:
    """Run a relay that loses one frame."""
    relay = Lossy(target, loses)
    async with serve(
        relay.handle, "127.0.0.1", 0, subprotocols=[Subprotocol(SUBPROTOCOL)], compression=None, close_timeout=1
    ) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        relay.url = f"ws://127.0.0.1:{port}/ws"
        yield relay
