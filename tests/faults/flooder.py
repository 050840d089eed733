"""A client that floods, in a process of its own: what it costs is nobody else's on the way to the server.

Run as `python -m tests.faults.flooder PORT ROOM TOKEN SOCKETS SECONDS`. All its sockets come back to one seat, send
10,000 commands a second between them, and come back again as often as they are closed. In the end it prints JSON:
how much it sent, what it was told, with which codes it was closed, and the longest time until it was.
"""

from __future__ import annotations

import json
import selectors
import socket
import sys
import time
from collections import Counter
from contextlib import suppress
from typing import Final

from tests.faults.raw import handshake, text_frame

_PER_S: Final = 10_000
_TICK_S: Final = 0.01
_PAUSE_S: Final = 0.2  # before it comes back
_COMMAND: Final = b'{"type":"command","id":"f%03d","name":"count","args":{"by":1}}'
_FRAME_BYTES: Final = len(text_frame(_COMMAND % 0))


class _Flooding:
    """One socket."""

    def __init__(self, port: int, first: bytes, counts: Counter[str]) -> None:
        self._counts = counts
        self.began = time.monotonic()
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.sendall(handshake(port))
        self._rest = b""
        while b"\r\n\r\n" not in self._rest:
            heard = self.socket.recv(4_096)
            if not heard:
                raise ConnectionError("turned away")
            self._rest += heard
        self._rest = self._rest.partition(b"\r\n\r\n")[2]
        self.socket.sendall(text_frame(first))
        self.socket.setblocking(False)  # noqa: FBT003  (the socket's own way)
        self._left = b""
        self.code = 0

    def send(self, block: bytes) -> None:
        """Send as much of a block as the other side takes; the rest of a frame that was begun goes first next time."""
        block = self._left + block
        try:
            sent = self.socket.send(block)
        except BlockingIOError:
            sent = 0
        except OSError:
            return
        self._left = block[sent : sent + (len(block) - sent) % _FRAME_BYTES]
        self._counts["flood_bytes"] += sent

    def hear(self) -> None:
        """Take in what has come: look for refusals, and for the close."""
        try:
            data = self.socket.recv(1 << 18)
        except OSError:
            data = b""
        self._rest += data
        if not data:
            self.code = self.code or 1006
        while len(self._rest) > 1:
            size, body = self._rest[1], 2
            if size > 125:
                body += 2 if size == 126 else 8
                size = int.from_bytes(self._rest[2:body], "big")
            if len(self._rest) < body + size:
                break
            self._take(self._rest[0] & 15, self._rest[body : body + size])
            self._rest = self._rest[body + size :]

    def _take(self, opcode: int, text: bytes) -> None:
        if opcode == 8:
            self.code = int.from_bytes(text[:2], "big")
        elif b'"rate_limited"' in text:
            self._counts["rate_limited"] += 1
        elif b'"ok":true' in text:
            self._counts["flood_taken"] += 1
        elif b'"ok":false' in text or b'"type":"error"' in text:
            self._counts[f"told {text[:200]!r}"] += 1


def flood(port: int, room: str, token: str, sockets: int, for_s: float) -> tuple[Counter[str], float]:
    """Flood for so long; return what was counted, and the longest time from coming to the close."""
    counts, longest = Counter[str](), 0.0
    first = json.dumps({"type": "resume", "room": room, "seat_token": token}).encode()
    at_once = int(_PER_S * _TICK_S) // sockets
    block = b"".join(text_frame(_COMMAND % n) for n in range(at_once))
    selector = selectors.DefaultSelector()
    flooding: list[_Flooding | None] = [None] * sockets
    back_at = [0.0] * sockets
    ends = time.monotonic() + for_s
    while (now := time.monotonic()) < ends:
        for number, one in enumerate(flooding):
            if one is not None:
                one.send(block)
            elif back_at[number] <= now:
                try:
                    flooding[number] = new = _Flooding(port, first, counts)
                except OSError:
                    counts["flooders_turned_away"] += 1
                    back_at[number] = now + _PAUSE_S
                    continue
                selector.register(new.socket, selectors.EVENT_READ, number)
                counts["floods"] += 1
        next_at = now + _TICK_S
        while (left := next_at - time.monotonic()) > 0:
            for key, _ in selector.select(left):
                one = flooding[key.data]
                assert one is not None
                one.hear()
                if one.code:
                    longest = max(longest, time.monotonic() - one.began)
                    counts[f"closed_{one.code}"] += 1
                    selector.unregister(one.socket)
                    one.socket.close()
                    flooding[key.data], back_at[key.data] = None, time.monotonic() + _PAUSE_S
    for one in flooding:
        if one is not None:
            longest = max(longest, time.monotonic() - one.began)
            with suppress(OSError):
                one.socket.close()
    counts["flood_frames"] = counts.pop("flood_bytes") // _FRAME_BYTES
    return counts, longest


if __name__ == "__main__":
    counted, until_closed_s = flood(int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), float(sys.argv[5]))
    print(json.dumps({"counts": counted, "until_closed_s": until_closed_s}))
