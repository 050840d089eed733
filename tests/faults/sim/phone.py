"""A WebSocket client that is called back and never waits, written from RFC 6455: the phone's end of a link.

Masks are zeros, which the RFC allows. It offers no compression and answers pings, unless its link is dead.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from tests.faults.sim.network import Link, Network

__all__ = ["Phone"]

_HELLO: Final = (
    b"GET /ws HTTP/1.1\r\nHost: 192.0.2.254\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Protocol: makersphere.v1\r\n\r\n"
)
_TEXT, _CLOSE, _PING, _PONG = 1, 8, 9, 10
_LOST: Final = 1006


class Phone:
    """One connection of somebody.

    Attributes:
        link: what it goes over.
        is_open: frames can be sent.
        code: why the server closed; 1006: it did not say.
    """

    def __init__(
        self,
        network: Network,
        peer: str,
        opened: Callable[[], None],
        told: Callable[[dict[str, Any], bytes], None],
        gone: Callable[[int], None],
    ) -> None:
        """Dial.

        Args:
            network: over which.
            peer: from which address.
            opened: called when frames can be sent.
            told: called with each frame and its bytes.
            gone: called once, with why.
        """
        self._opened, self._told, self._gone = opened, told, gone
        self.is_open = self._is_upgraded = self._is_gone = False
        self.code = _LOST
        self._buffer = b""
        self.link: Link = network.dial(self, peer)

    # -- as a `Caller`

    def opened(self) -> None:
        """Ask for the upgrade."""
        self.link.send(_HELLO)

    def heard(self, data: bytes) -> None:
        """Take bytes: the answer to the handshake, then frames."""
        self._buffer += data
        if not self._is_upgraded:
            head, found, rest = self._buffer.partition(b"\r\n\r\n")
            if not found:
                return
            if not head.startswith(b"HTTP/1.1 101"):
                self.link.close()
                return
            self._is_upgraded = self.is_open = True
            self._buffer = rest
            self._opened()
        while (frame := self._next()) is not None:
            self._take(*frame)

    def lost(self) -> None:
        """Hear that the connection is gone."""
        self.is_open = False
        if not self._is_gone:
            self._is_gone = True
            self._gone(self.code)

    # -- as somebody's

    def say(self, frame: dict[str, Any]) -> None:
        """Send a frame."""
        if self.is_open:
            self.link.send(_masked(_TEXT, json.dumps(frame).encode()))

    def say_raw(self, text: bytes) -> None:
        """Send text that may be no frame."""
        if self.is_open:
            self.link.send(_masked(_TEXT, text))

    def hang_up(self) -> None:
        """Leave in order."""
        if self.is_open:
            self.is_open = False
            self.link.send(_masked(_CLOSE, b"\x03\xe8"))

    def walk_away(self) -> None:
        """Leave the connection half open and hear nothing of it any more."""
        self.is_open, self._is_gone = False, True
        self.link.forget()

    def _next(self) -> tuple[int, bytes] | None:
        data = self._buffer
        if len(data) < 2:
            return None
        size, body = data[1] & 127, 2
        if size == 126:
            size, body = int.from_bytes(data[2:4], "big"), 4
        elif size == 127:
            size, body = int.from_bytes(data[2:10], "big"), 10
        if len(data) < body or len(data) < body + size:
            return None
        self._buffer = data[body + size :]
        return data[0] & 15, data[body : body + size]

    def _take(self, kind: int, payload: bytes) -> None:
        if kind == _TEXT:
            self._told(json.loads(payload), payload)
        elif kind == _PING:
            self.link.send(_masked(_PONG, payload))
        elif kind == _CLOSE:
            self.code = int.from_bytes(payload[:2], "big") if payload else _LOST
            if self.is_open:
                self.is_open = False
                self.link.send(_masked(_CLOSE, payload[:2]))


def _masked(kind: int, payload: bytes) -> bytes:
    size = len(payload)
    head = bytes((0x80 | kind, 0x80 | size)) if size < 126 else bytes((0x80 | kind, 0xFE)) + size.to_bytes(2, "big")
    return head + b"\0\0\0\0" + payload
