"""Clients on real sockets, for tests of what only sockets show."""

import asyncio
from typing import TypeVar

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from makersphere_protocol.codec import decode_from_server, encode
from makersphere_protocol.messages import SUBPROTOCOL, ClientFrame, Error, Result, Update, Welcome
from makersphere_server.app import Running

__all__ = ["PATIENCE_S", "close_code", "dial", "hear", "masked", "say"]

PATIENCE_S = 60  # for whatever is to come: it costs nothing where it comes
F = TypeVar("F", Error, Result, Update, Welcome)


def dial(server: Running, **options: object) -> connect:
    """Return a connection to a server, to be opened."""
    url = f"ws://127.0.0.1:{server.port}/ws"
    options = {"compression": None, **options}
    return connect(url, subprotocols=[Subprotocol(SUBPROTOCOL)], proxy=None, **options)  # type: ignore[arg-type]


async def say(connection: ClientConnection, frame: ClientFrame) -> None:
    """Send a frame."""
    await connection.send(encode(frame), text=True)


async def hear(connection: ClientConnection, kind: type[F]) -> F:
    """Return the next frame of a kind."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            frame = decode_from_server(await connection.recv(decode=False))
            if isinstance(frame, kind):
                return frame


async def close_code(connection: ClientConnection) -> int:
    """Return what the server closes with."""
    async with asyncio.timeout(PATIENCE_S):
        try:
            while True:
                await connection.recv()
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd is not None else 1006


def masked(first: int, payload: bytes) -> bytes:
    """Return a frame as a client sends it."""
    mask, size = b"\x17\x2a\x00\xff", len(payload)
    head = bytes((first, 0x80 | size)) if size < 126 else bytes((first, 0xFE)) + size.to_bytes(2, "big")
    return head + mask + bytes(byte ^ mask[n % 4] for n, byte in enumerate(payload))
