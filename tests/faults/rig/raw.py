"""Bare sockets, for what a library would not do: stop reading, send rubbish, vanish.

Frames are masked with zeros (RFC 6455, 5.3, allows any mask).
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
import socket
from pathlib import Path
from typing import Any, Self

import attrs

from tests.faults.rig.seat import SUBPROTOCOL
from tests.faults.rig.server import Server

__all__ = ["Closed", "Plain", "Stalled", "handshake", "text_frame"]

_SMALL_WINDOW = 4_096


class Closed(Exception):
    """The other side has closed; `code` is why, 1006 where it did not say."""

    def __init__(self, code: int) -> None:
        """Keep why."""
        super().__init__(f"closed with {code}")
        self.code = code


def handshake(port: int) -> bytes:
    """Return a request for a connection."""
    return (
        f"GET /ws HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Protocol: {SUBPROTOCOL}\r\n\r\n"
    ).encode()


def text_frame(text: bytes) -> bytes:
    """Return a text frame."""
    size = len(text)
    if size < 126:
        return bytes((0x81, 0x80 | size)) + b"\0\0\0\0" + text
    return b"\x81\xfe" + size.to_bytes(2, "big") + b"\0\0\0\0" + text


@attrs.define(eq=False)
class Plain:
    """A connection that sends whatever it is given, and takes the server's frames apart."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @classmethod
    async def open(cls, port: int) -> Self:
        """Connect and shake hands."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(handshake(port))
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 101 " not in head:
            raise ConnectionError(head.decode())
        return cls(reader, writer)

    def send(self, frame: dict[str, Any]) -> None:
        """Send a frame of the contract."""
        self.writer.write(text_frame(json.dumps(frame).encode()))

    async def receive(self) -> bytes:
        """Return the next text message.

        Raises:
            Closed: there is none any more.
        """
        try:
            while True:
                first, second = await self.reader.readexactly(2)
                size = second & 127
                if size > 125:
                    size = int.from_bytes(await self.reader.readexactly(2 if size == 126 else 8), "big")
                body = await self.reader.readexactly(size)
                if first & 15 == 8:
                    raise Closed(int.from_bytes(body[:2], "big") if body else 1005)
                if first & 15 == 9:
                    self.writer.write(bytes((0x8A, 0x80 | size)) + b"\0\0\0\0" + body)
                if first & 15 == 1:
                    return body
        except (asyncio.IncompleteReadError, OSError):
            raise Closed(1006) from None

    async def answer(self) -> dict[str, Any]:
        """Return the next frame that is no update."""
        while True:
            frame: dict[str, Any] = json.loads(await self.receive())
            if frame["type"] != "update":
                return frame

    async def ask(self, frame: dict[str, Any]) -> dict[str, Any]:
        """Send a frame and return the answer."""
        self.send(frame)
        return await self.answer()

    def close(self) -> None:
        """Cut it."""
        self.writer.transport.abort()


@attrs.define(eq=False)
class Stalled:
    """A watcher that reads its handshake and then nothing, with as small a window as there is."""

    socket: socket.socket

    @classmethod
    async def open(cls, server: Server, room: str) -> Self:
        """Connect, ask to watch a room, and stop reading."""
        return await cls.open_with(server, {"type": "watch", "room": room})

    @classmethod
    async def open_with(cls, server: Server, first: dict[str, Any]) -> Self:
        """Connect, send a first frame, and stop reading."""
        stalled = socket.socket()
        stalled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _SMALL_WINDOW)
        stalled.settimeout(0)
        loop = asyncio.get_running_loop()
        await loop.sock_connect(stalled, ("127.0.0.1", server.port))
        await loop.sock_sendall(stalled, handshake(server.port))
        await loop.sock_recv(stalled, 1_000)
        await loop.sock_sendall(stalled, text_frame(json.dumps(first).encode()))
        await loop.sock_recv(stalled, 10)  # so it has been let in
        return cls(stalled)

    def waiting_bytes(self, server: Server) -> int:
        """Return how much the system keeps for it at the server's end, or -1 where the server has let go of it.

        Source: /proc/net/tcp of Linux, whose lines hold both ends, the state (01: open) and what is not yet taken.
        """
        ends = f":{server.port:04X}", f":{self.socket.getsockname()[1]:04X}"
        for line in Path("/proc/net/tcp").read_text("utf-8").splitlines()[1:]:
            _, here, there, state, queues, *_ = line.split()
            if here.endswith(ends[0]) and there.endswith(ends[1]):
                return int(queues.partition(":")[0], 16) if state == "01" else -1
        return -1

    async def was_cut(self) -> bool:
        """Return whether the server has cut the connection: what it had sent is read off until the end or an error."""
        loop = asyncio.get_running_loop()
        try:
            while await asyncio.wait_for(loop.sock_recv(self.socket, 1 << 16), 0.5):
                pass
        except TimeoutError:
            return False
        except OSError:
            return True
        return True

    def close(self) -> None:
        """Close it."""
        self.socket.close()
