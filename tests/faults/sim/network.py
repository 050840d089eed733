"""The network between phones and server, in memory: bytes take their time, in order, and sometimes not at all.

Each connection is a `Link` of two pipes. The phone's end is a `Caller`, which is called back and never waits; the
server's end is an asyncio transport with the bounds that a real one has: a window of bytes that the other side has not
read, a buffer behind it, and the protocol told to pause when that is full.
"""

from __future__ import annotations

import asyncio
import socket
from collections import deque
from collections.abc import Callable
from typing import Any, Final, Protocol, cast

from tests.faults.sim.loop import SimLoop
from tests.faults.sim.tape import Strip

__all__ = ["Caller", "Link", "Network", "Schedule"]

_WINDOW: Final = 16_384  # bytes on their way or unread by a phone
_FIN: Final = b""
_USUAL_US: Final = 400  # from one end to the other

Schedule = Callable[[int, Callable[[], None]], None]


class Caller(Protocol):
    """The phone's end of a connection."""

    def opened(self) -> None:
        """Hear that the server has taken the connection."""
        ...

    def heard(self, data: bytes) -> None:
        """Take bytes."""
        ...

    def lost(self) -> None:
        """Hear that the connection is gone."""
        ...


class Link:
    """One connection.

    Attributes:
        is_dead: nothing passes any more, and nobody is told: half open.
        is_held: nothing passes for now; what was sent comes later.
        reads: the phone takes what comes.
        slow_us: how much longer bytes take here.
    """

    def __init__(self, network: Network, caller: Caller) -> None:
        """Begin unconnected."""
        self._network = network
        self.caller = caller
        self.transport: _Transport | None = None
        self.is_dead = self.is_held = self.is_over = False
        self.reads = True
        self.slow_us = 0
        self._last = {"up": 0, "down": 0}
        self._waiting: dict[str, deque[bytes]] = {"up": deque(), "down": deque()}

    # -- the phone's end

    def send(self, data: bytes) -> None:
        """Send bytes to the server."""
        if not self.is_over:
            self._send("up", data)

    def close(self) -> None:
        """Close the phone's end in order."""
        if not self.is_over:
            self._send("up", _FIN)

    def reset(self) -> None:
        """Break the connection: both ends are told at once."""
        if not self.is_over:
            self.is_over = True
            self._network.links.pop(self, None)
            if self.transport is not None:
                self.transport.broken(ConnectionResetError("simulated"))
            self._network.schedule(_USUAL_US, self.caller.lost)

    def forget(self) -> None:
        """Walk away from a half-open connection: the phone uses another one, the server knows nothing."""
        self.is_dead = True

    def read_on(self) -> None:
        """Take what has waited."""
        self.reads = True
        self._flush("down")

    def let_pass(self) -> None:
        """Let pass again what was held."""
        self.is_held = False
        self._flush("up")
        self._flush("down")

    # -- underneath

    def _send(self, way: str, data: bytes) -> None:
        when = max(self._last[way], self._network.now_us() + self._network.delay_us() + self.slow_us)
        self._last[way] = when
        self._network.schedule(when - self._network.now_us(), lambda: self._arrive(way, data))

    def _arrive(self, way: str, data: bytes) -> None:
        self._waiting[way].append(data)
        self._flush(way)

    def _flush(self, way: str) -> None:
        waiting = self._waiting[way]
        while waiting and not self.is_dead and not self.is_held and not self.is_over:
            if way == "down" and not self.reads:
                return
            data = waiting.popleft()
            if way == "up" and self.transport is not None:
                self.transport.take(data)
            elif way == "down":
                self._to_phone(data)

    def _to_phone(self, data: bytes) -> None:
        if data == _FIN:
            self.is_over = True
            self._network.links.pop(self, None)
            self.caller.lost()
            return
        if self.transport is not None:
            self.transport.was_read(len(data))
        self.caller.heard(data)

    def connected(self, transport: _Transport) -> None:
        """Hear that the server has an end."""
        self.transport = transport
        self._network.schedule(_USUAL_US, self.caller.opened)

    def down(self, data: bytes) -> None:
        """Send bytes, or the end, to the phone."""
        self._send("down", data)


class _Transport(asyncio.Transport):
    """The server's end of a link."""

    def __init__(self, loop: SimLoop, link: Link, peer: str) -> None:
        super().__init__({"peername": (peer, 40_000), "sockname": ("192.0.2.254", 80), "socket": None})
        self._loop = loop
        self._link = link
        self._protocol: Any = None
        self._inbox: deque[bytes] = deque()
        self._buffer = bytearray()
        self._unread = 0
        self._high, self._low = 65_536, 16_384
        self._is_paused = self._is_clogged = self._is_closing = self._is_lost = self._is_due = False

    def begin(self, protocol: asyncio.BaseProtocol) -> None:
        self._protocol = protocol
        self._loop.call_soon(protocol.connection_made, self)
        self._loop.call_soon(self._link.connected, self)

    # -- reading

    def take(self, data: bytes) -> None:
        self._inbox.append(data)
        self._read_soon()

    def _read_soon(self) -> None:
        if not self._is_due and not self._is_paused and self._inbox and not self._is_lost:
            self._is_due = True
            self._loop.call_soon(self._read)

    def _read(self) -> None:
        self._is_due = False
        if self._is_paused or self._is_lost or self._is_closing or not self._inbox:
            return
        data = self._inbox.popleft()
        if data == _FIN:
            if not self._protocol.eof_received():
                self.close()
            return
        while self._inbox and self._inbox[0] != _FIN:  # what came in pieces is one piece by now
            data += self._inbox.popleft()
        protocol = cast(asyncio.BufferedProtocol, self._protocol)
        room = memoryview(protocol.get_buffer(-1))
        taken = min(len(room), len(data))
        room[:taken] = data[:taken]
        if taken < len(data):
            self._inbox.appendleft(data[taken:])
        protocol.buffer_updated(taken)
        self._read_soon()

    def pause_reading(self) -> None:
        self._is_paused = True

    def resume_reading(self) -> None:
        self._is_paused = False
        self._read_soon()

    def is_reading(self) -> bool:
        return not self._is_paused

    # -- writing

    def write(self, data: Any) -> None:  # noqa: ANN401
        if self._is_lost or self._is_closing:
            return
        self._buffer += data
        self._pump()
        if len(self._buffer) > self._high and not self._is_clogged:
            self._is_clogged = True
            self._protocol.pause_writing()

    def _pump(self) -> None:
        size = min(_WINDOW - self._unread, len(self._buffer))
        if size > 0:
            part = bytes(self._buffer[:size])
            del self._buffer[:size]
            self._unread += size
            self._link.down(part)
        if self._is_clogged and len(self._buffer) <= self._low:
            self._is_clogged = False
            self._protocol.resume_writing()
        if self._is_closing and not self._buffer:
            self._end()

    def was_read(self, size: int) -> None:
        self._unread -= size
        if self._buffer and not self._is_lost:
            self._loop.call_soon(self._pump)

    def can_write_eof(self) -> bool:
        return False

    def get_write_buffer_size(self) -> int:
        return len(self._buffer)

    def get_write_buffer_limits(self) -> tuple[int, int]:
        return self._low, self._high

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        self._high = 65_536 if high is None else high
        self._low = self._high // 4 if low is None else low

    # -- ending

    def is_closing(self) -> bool:
        return self._is_closing

    def close(self) -> None:
        if not self._is_closing:
            self._is_closing = True
            if not self._buffer:
                self._end()

    def abort(self) -> None:
        if not self._is_lost:
            self._buffer.clear()
            self._is_closing = True
            self._end()

    def broken(self, error: Exception) -> None:
        if not self._is_lost:
            self._is_closing = self._is_lost = True
            self._loop.call_soon(self._protocol.connection_lost, error)

    def _end(self) -> None:
        if not self._is_lost:
            self._is_lost = True
            self._link.down(_FIN)
            self._loop.call_soon(self._protocol.connection_lost, None)


class _Server:
    """What asyncio gives for a listening socket."""

    def __init__(self, network: Network, loop: SimLoop, factory: Callable[[], asyncio.BaseProtocol], port: int) -> None:
        self._network, self._loop, self._factory, self._port = network, loop, factory, port
        self._is_open = True
        self.sockets = (self,)
        self.family = socket.AF_INET

    def getsockname(self) -> tuple[str, int]:
        return "192.0.2.254", self._port

    def is_serving(self) -> bool:
        return self._is_open

    def get_loop(self) -> SimLoop:
        return self._loop

    def close(self) -> None:
        self._is_open = False
        if self._network.server is self:
            self._network.server = None

    async def wait_closed(self) -> None:
        """Return at once: the library waits for its connections itself."""

    def accept(self, link: Link, peer: str) -> None:
        _Transport(self._loop, link, peer).begin(self._factory())


class Network:
    """All connections of the simulated hour.

    Attributes:
        links: those that are there.
        server: what listens, if anything does.
        loop: of the process that listens next.
        jitter_us: how much longer bytes may take than usual.
    """

    def __init__(self, strip: Strip, schedule: Schedule, now_us: Callable[[], int]) -> None:
        """Begin with nobody."""
        self._strip = strip
        self.schedule = schedule
        self.now_us = now_us
        self.links: dict[Link, None] = {}  # in the order in which they were made
        self.server: _Server | None = None
        self.loop: SimLoop | None = None
        self.jitter_us = 0

    def listen(self, factory: Callable[[], asyncio.BaseProtocol], host: str, port: int) -> _Server:
        """Take connections from now on."""
        if self.loop is None:
            raise OSError("no process listens")
        self.server = _Server(self, self.loop, factory, port)
        return self.server

    def delay_us(self) -> int:
        """Return how long some bytes take."""
        return _USUAL_US + (self._strip.below(8) * self.jitter_us // 7 if self.jitter_us else 0)

    def dial(self, caller: Caller, peer: str) -> Link:
        """Return a connection in the making."""
        link = Link(self, caller)
        self.links[link] = None
        self.schedule(self.delay_us(), lambda: self._knock(link, peer))
        return link

    def _knock(self, link: Link, peer: str) -> None:
        if self.server is None:
            link.reset()
        elif not link.is_over:
            self.server.accept(link, peer)

    def died(self) -> None:
        """Break everything: the process is gone, and the system closes what it had."""
        self.server = None
        for link in self.in_order():
            link.transport = None
            link.reset()

    def in_order(self) -> list[Link]:
        """Return the links, those made first in front."""
        return list(self.links)
