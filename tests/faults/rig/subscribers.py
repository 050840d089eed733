"""Many subscribers of MQTT 3.1.1 in one process, by the bytes of the protocol: `PORT MANY SECONDS ROOM,ROOM`.

Each follows one of the rooms.
Prints a line when all are subscribed, a line when the time is over, and how many messages came.
"""

from __future__ import annotations

import asyncio
import sys
import time
from functools import partial
from typing import Final

_PUBLISH: Final = 3  # MQTT 3.1.1, section 2.2.1: the high half of a packet's first byte


def _packet(kind: int, body: bytes) -> bytes:
    return bytes([kind, len(body)]) + body


def _text(text: bytes) -> bytes:
    return len(text).to_bytes(2, "big") + text


class Subscriber(asyncio.Protocol):
    """Subscribes, and counts what comes."""

    messages = 0
    ready = 0

    def __init__(self, number: int, room: str) -> None:
        """Take a number for a name, and a room to follow."""
        self._topic = f"makersphere/v1/rooms/{room}/#".encode()
        self._name = f"watcher-{number}".encode()
        self._waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Introduce itself and subscribe."""
        assert isinstance(transport, asyncio.Transport)
        connect = _text(b"MQTT") + bytes([4, 2]) + (600).to_bytes(2, "big") + _text(self._name)
        transport.write(_packet(0x10, connect) + _packet(0x82, b"\x00\x01" + _text(self._topic) + b"\x00"))

    def data_received(self, data: bytes) -> None:
        """Count whole packets."""
        data = self._waiting + data
        while True:
            length = shift = 0
            at = 1
            while at < len(data):
                length |= (data[at] & 127) << shift
                shift += 7
                at += 1
                if data[at - 1] < 128:
                    break
            else:
                break
            if len(data) < at + length:
                break
            kind = data[0] >> 4
            Subscriber.messages += kind == _PUBLISH
            Subscriber.ready += kind == 9
            data = data[at + length :]
        self._waiting = data


async def main(port: int, many: int, seconds: float, rooms: list[str]) -> None:
    """Subscribe so many times and stay so long."""
    loop = asyncio.get_running_loop()
    ends = []
    for number in range(many):
        transport, _ = await loop.create_connection(
            partial(Subscriber, number, rooms[number % len(rooms)]), "127.0.0.1", port
        )
        ends.append(transport)
    deadline = time.monotonic() + 60
    while Subscriber.ready < many and time.monotonic() < deadline:
        await asyncio.sleep(0.05)
    print("ready", Subscriber.ready, flush=True)
    await asyncio.sleep(seconds)
    print("over", flush=True)
    print(Subscriber.messages, flush=True)
    for transport in ends:
        transport.abort()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), sys.argv[4].split(",")))
