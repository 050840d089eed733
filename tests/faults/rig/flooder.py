"""A client that floods, in a process of its own: what it costs is nobody else's on the way to the server.

Run as `python -m tests.faults.rig.flooder PORT ROOM TOKEN SOCKETS SECONDS`. All its sockets come back to one seat, send
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

from tests.faults.rig.raw import handshake, text_frame

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


class _Flood:
    """All sockets together.

    Attributes:
        counts: what was sent, told and closed.
        longest_s: the longest time from coming to the close.
    """

    def __init__(self, port: int, room: str, token: str, sockets: int) -> None:
        self.counts = Counter[str]()
        self.longest_s = 0.0
        self._port = port
        self._first = json.dumps({"type": "resume", "room": room, "seat_token": token}).encode()
        self._block = b"".join(text_frame(_COMMAND % n) for n in range(int(_PER_S * _TICK_S) // sockets))
        self._selector = selectors.DefaultSelector()
        self._flooding: list[_Flooding | None] = [None] * sockets
        self._back_at = [0.0] * sockets

    def send(self) -> None:
        """Send a tick's commands; whoever was closed and has waited comes back."""
        for number, one in enumerate(self._flooding):
            if one is not None:
                one.send(self._block)
            elif self._back_at[number] <= time.monotonic():
                self._come(number)

    def _come(self, number: int) -> None:
        try:
            one = _Flooding(self._port, self._first, self.counts)
        except OSError:
            self.counts["flooders_turned_away"] += 1
            self._back_at[number] = time.monotonic() + _PAUSE_S
            return
        self._flooding[number] = one
        self._selector.register(one.socket, selectors.EVENT_READ, number)
        self.counts["floods"] += 1

    def hear_until(self, then: float) -> None:
        """Take in what comes until a moment."""
        while (left := then - time.monotonic()) > 0:
            for key, _ in self._selector.select(left):
                one = self._flooding[key.data]
                assert one is not None
                one.hear()
                if one.code:
                    self.counts[f"closed_{one.code}"] += 1
                    self._selector.unregister(one.socket)
                    self._leave(one)
                    self._flooding[key.data], self._back_at[key.data] = None, time.monotonic() + _PAUSE_S

    def end(self) -> None:
        """Close what is still open, and count what was sent in frames."""
        for one in self._flooding:
            if one is not None:
                self._leave(one)
        self.counts["flood_frames"] = self.counts.pop("flood_bytes") // _FRAME_BYTES

    def _leave(self, one: _Flooding) -> None:
        self.longest_s = max(self.longest_s, time.monotonic() - one.began)
        with suppress(OSError):
            one.socket.close()


def flood(port: int, room: str, token: str, sockets: int, for_s: float) -> tuple[Counter[str], float]:
    """Flood for so long; return what was counted, and the longest time from coming to the close."""
    all_sockets = _Flood(port, room, token, sockets)
    ends = time.monotonic() + for_s
    while (now := time.monotonic()) < ends:
        all_sockets.send()
        all_sockets.hear_until(now + _TICK_S)
    all_sockets.end()
    return all_sockets.counts, all_sockets.longest_s


if __name__ == "__main__":
    counted, until_closed_s = flood(int(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), float(sys.argv[5]))
    print(json.dumps({"counts": counted, "until_closed_s": until_closed_s}))
