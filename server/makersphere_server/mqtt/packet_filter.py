"""The broker's socket with a filter in it: messages that nobody wants are left out before they cost anything.

Answers with the bytes of the packets that are wanted, in the form of a socket, which is how paho reads. A packet is
taken apart no further than its topic (MQTT 5.0 and 3.1.1, sections 2.1 and 3.3), which takes a few hundredths of what
reading it takes. What is left out is acknowledged all the same: the broker would send nothing else while it waits.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple

from aiomqtt import Client

__all__ = ["LARGEST", "PacketFilter", "put_before"]

LARGEST: Final = 256 << 10  # packet that a broker may send us; one of MQTT 5 keeps larger ones itself
_AT_ONCE: Final = 16 << 10
_LONGEST_HEAD: Final = 5 + 2 + 65_535 + 2
_PUBLISH: Final = 3


class _Head(NamedTuple):
    """Where a packet's body begins and where it ends."""

    body: int
    end: int


class PacketFilter:
    """Reads a socket; everything but reading is the socket's own."""

    def __init__(self, connection: Any, wants: Callable[[bytes], bool], acknowledge: Callable[[int], object]) -> None:  # noqa: ANN401  (a socket, plain or TLS)
        """Read from a socket that never waits.

        Args:
            connection: the socket.
            wants: asked once for each message, by its topic, whether it is to be read.
            acknowledge: called with the packet identifier of a message of QoS 1 that is left out.
        """
        self._connection = connection
        self._wants = wants
        self._acknowledge = acknowledge
        self._raw = bytearray()  # the beginning of a packet
        self._skip = 0  # bytes that are still to come of one that is left out
        self._kept = b""
        self._at = 0  # how much of `_kept` has been read

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._connection, name)

    def recv(self, size: int) -> bytes:
        """Return up to `size` bytes; b"": the broker has closed.

        Raises:
            BlockingIOError: nothing that is wanted is there now.
        """
        if self._at == len(self._kept):
            data = self._connection.recv(_AT_ONCE)
            if not data:
                return b""
            self._kept, self._at = self._sift(data), 0
            if not self._kept:
                raise BlockingIOError
        found = self._kept[self._at : self._at + size]
        self._at += len(found)
        return found

    def pending(self) -> int:
        """Return how many bytes have been read from the socket already, of which no selector knows."""
        below = getattr(self._connection, "pending", None)
        return len(self._kept) - self._at + (below() if below is not None else 0)

    def _sift(self, data: bytes) -> bytes:
        """Return the whole packets that are wanted."""
        skipped = min(self._skip, len(data))
        self._skip -= skipped
        raw, at, kept = self._raw, 0, bytearray()
        raw += data[skipped:]
        while (head := _head(raw, at)) is not None:
            is_large = head.end - at > LARGEST
            if len(raw) < (at + _LONGEST_HEAD if is_large else head.end):
                break
            if is_large or not self._is_wanted(raw, at, head):
                self._leave_out(raw, at, head)
            else:
                kept += raw[at : head.end]
            at = head.end
        self._skip += max(at - len(raw), 0)
        del raw[:at]
        return bytes(kept)

    def _is_wanted(self, raw: bytearray, at: int, head: _Head) -> bool:
        return raw[at] >> 4 != _PUBLISH or self._wants(bytes(raw[head.body + 2 : _topic_end(raw, head)]))

    def _leave_out(self, raw: bytearray, at: int, head: _Head) -> None:
        if raw[at] >> 4 == _PUBLISH and raw[at] >> 1 & 3:
            end = _topic_end(raw, head)
            self._acknowledge(int.from_bytes(raw[end : end + 2], "big"))


def _head(raw: bytearray, at: int) -> _Head | None:
    """Return where the packet that begins at `at` has its body, or None where its head has not come yet.

    An invalid length (more than four bytes) is passed on: paho ends the connection for it.
    """
    size = 0
    for place, here in enumerate(range(at + 1, min(at + 5, len(raw)))):
        size |= (raw[here] & 127) << 7 * place
        if raw[here] < 128 or place == 3:
            return _Head(here + 1, here + 1 + size)
    return None


def _topic_end(raw: bytearray, head: _Head) -> int:
    return head.body + 2 + int.from_bytes(raw[head.body : head.body + 2], "big")


def put_before(client: Client, wants: Callable[[bytes], bool]) -> None:
    """Have a connected client read through a filter; what it reads is acknowledged by `acknowledge` alone."""
    paho = client._client  # noqa: SLF001  (aiomqtt and paho have no way of their own for it)
    paho.manual_ack_set(on=True)
    paho._sock = PacketFilter(paho._sock, wants, lambda mid: paho.ack(mid, 1))  # noqa: SLF001
