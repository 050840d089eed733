"""Who abuses a broker, in a process of its own: what it costs is nobody else's on the way to the server.

Run as `python -m tests.faults.rig.abuser HOW PORT SECONDS`. All is sent by Mosquitto's own programs. In reality it
comes from other machines, so here it comes last wherever the machine has too little for all. Prints how
many messages went.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Final

__all__ = ["ABUSES"]

_PREFIX: Final = "makersphere/v1"
_LAST: Final = 19
_TICK_S: Final = 0.01
_LINES: Final = 100  # in a tick


async def _publish(port: int, topic: str, payload: bytes, *options: str) -> None:
    process = await asyncio.create_subprocess_exec(
        *("mosquitto_pub", "-h", "127.0.0.1", "-p", str(port), "-t", f"{_PREFIX}/{topic}", "-q", "1", "-s", *options),
        stdin=asyncio.subprocess.PIPE,
    )
    await process.communicate(payload)
    if process.returncode:
        raise RuntimeError(f"mosquitto_pub has ended with {process.returncode}")


async def _forge(port: int) -> int:
    await _publish(port, "rooms/nowhere/state/phase", b"{}", "-r")
    await _publish(port, "server", b'{"online":false}', "-r")
    return 2


async def _malform(port: int) -> int:
    for payload in (b"{", b"\xff\xfe", b'{"id":1}', b"[" * 5_000):
        await _publish(port, "devices/thing/command", payload)
        await _publish(port, "devices/thing/pair", payload)
    return 8


async def _bloat(port: int) -> int:
    await _publish(port, "devices/thing/command", b"x" * 10_000_000)
    await _publish(port, "rooms/nowhere/state/phase", b"x" * 10_000_000)
    return 2


ABUSES: Final[dict[str, Callable[[int], Awaitable[int]] | None]] = {
    "forged": _forge,
    "malformed": _malform,
    "huge": _bloat,
    "flooded": None,
}


async def _flood(port: int, ends: float) -> int:
    """Let one device say as much as the broker takes of it, up to 10,000 messages a second."""
    line = json.dumps({"id": "x", "token": "guess", "name": "ready"}).encode() + b"\n"
    pump = await asyncio.create_subprocess_exec(
        *("mosquitto_pub", "-h", "127.0.0.1", "-p", str(port), "-t", f"{_PREFIX}/devices/thing/command", "-l"),
        stdin=asyncio.subprocess.PIPE,
    )
    assert pump.stdin is not None
    sent = 0
    while time.monotonic() < ends:
        pump.stdin.write(line * _LINES)
        await pump.stdin.drain()
        sent += _LINES
        await asyncio.sleep(_TICK_S)
    pump.kill()
    await pump.wait()
    return sent


async def _abuse(how: str, port: int, seconds: float) -> int:
    ends, sent = time.monotonic() + seconds, 0
    once = ABUSES[how]
    if once is None:
        return await _flood(port, ends)
    while time.monotonic() < ends:
        sent += await once(port)
    return sent


if __name__ == "__main__":
    os.nice(_LAST)
    print(asyncio.run(_abuse(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))))
