"""What a server has told the world, and when, by a trace: each promise with the line at which it left the socket.

A promise is an answer `ok`, the `seq` of a welcome or of an update, a token that was given out, and a room's erasure
in the server's log. Knows the wire contract (frames of JSON, RFC 6455) and the log's line; nothing of the server.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

import attrs

from tests.faults.rig.strace import Call

__all__ = ["Told", "read_told"]

_SENDS: Final = {"sendto", "sendmsg", "write", "writev"}
_ERASED: Final = re.compile(rb'"room":\s?"(\w+)"')
_TEXT_FRAME: Final = 0x81
_LENGTHS: Final = {126: 2, 127: 8}  # what stands for a length of so many bytes more (RFC 6455, section 5.2)


@attrs.frozen
class Told:
    """A promise.

    Attributes:
        line: of the trace, at which it left.
        room: the room that it is about.
        seq: everything up to it has happened; 0: it says nothing about that.
        seat: whose answer it is, 0 for a host's.
        id: the command that was answered; "" where it is no answer.
        token: that opens something from now on.
        is_erased: nothing of the room is left.
    """

    line: int
    room: str
    seq: int = 0
    seat: int = 0
    id: str = ""
    token: str = ""
    is_erased: bool = False


@attrs.define
class _Connection:
    """What has left by one connection so far."""

    left: bytearray = attrs.field(factory=bytearray)
    room: str = ""
    seat: int = 0

    def take(self, data: bytes) -> Iterator[dict[str, Any]]:
        """Yield the frames that are whole now."""
        if data.startswith(b"HTTP/1.1 "):
            self.left = bytearray(data.partition(b"\r\n\r\n")[2])  # a connection of the same two ports as an older one
            self.room = ""
        else:
            self.left += data
        while (frame := self._frame()) is not None:
            kind, body = frame
            if kind == _TEXT_FRAME:
                yield json.loads(body)

    def _frame(self) -> tuple[int, bytes] | None:
        if len(self.left) < 2:
            return None
        more = _LENGTHS.get(self.left[1], 0)
        length = int.from_bytes(self.left[2 : 2 + more]) if more else self.left[1]
        start, end = 2 + more, 2 + more + length
        if len(self.left) < end:
            return None
        kind, body = self.left[0], bytes(self.left[start:end])
        del self.left[:end]
        return kind, body


def read_told(calls: Iterable[Call]) -> list[Told]:
    """Return all promises of a trace, in the order in which they left."""
    connections: dict[str, _Connection] = {}
    told: list[Told] = []
    for call in calls:
        if call.name not in _SENDS or (call.result is not None and call.result < 0):
            continue
        data = b"".join(call.texts)[: call.result]
        if call.place.startswith("TCP"):
            connection = connections.setdefault(call.place, _Connection())
            for frame in connection.take(data):
                told += _promises(call.begin, connection, frame)
        elif b"room_erased" in data:
            told += [Told(call.begin, found.decode(), is_erased=True) for found in _ERASED.findall(data)]
    return told


def _promises(line: int, connection: _Connection, frame: dict[str, Any]) -> list[Told]:
    match frame["type"]:
        case "welcome":
            connection.room, connection.seat = frame["room"], frame["you"].get("seat", 0)
            token = frame.get("seat_token") or frame.get("host_token") or ""
            return [Told(line, connection.room, seq=frame["seq"], token=token)]
        case "update":
            return [Told(line, connection.room, seq=frame["seq"])]
        case "result" if frame["ok"] and "seq" in frame:
            return [Told(line, connection.room, seq=frame["seq"], seat=connection.seat, id=frame["id"])]
        case _:
            return []
