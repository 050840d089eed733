"""A connection by events and posts, for a client of the rig: what it needs of a socket, where there can be none.

Written from docs/protocol.md, "Where WebSockets are blocked", and nothing else of ours. Frames go up in numbered posts,
one after the other, each on a connection of its own, and again until they are confirmed. What comes down is a stream,
or is fetched.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from types import TracebackType
from typing import Any, Final, Self

import h11
from websockets.exceptions import ConnectionClosedError

from tests.faults.proxies.callers import Caller
from tests.faults.rig.seat import Way

__all__ = ["Carried", "by_events", "by_fetching", "by_socket"]

_BEAT_S: Final = 5.0
_PATIENCE_S: Final = 30.0
_AGAIN: Final = frozenset({408, 429, 503})
_TRIES: Final = 5
_LOST: Final = 1006


class Carried:
    """One connection; it opens with the first frame that is sent."""

    def __init__(self, caller: Caller, *, fetches: bool = False) -> None:
        """Prepare to connect from somebody's address; `fetches`: what comes down is fetched, no stream is opened."""
        self._caller, self._fetches = caller, fetches
        self._key = ""
        self._confirmed = 1
        self._up: list[str] = []
        self._more = asyncio.Event()
        self._down: asyncio.Queue[str | None] = asyncio.Queue()
        self._tasks: list[asyncio.Task[None]] = []
        self.close_code: int | None = None
        self.transport = self  # what is cut

    async def __aenter__(self) -> Self:
        """Begin."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End."""
        await self.close()

    def abort(self) -> None:
        """Lose the connection."""
        self._end(_LOST)

    async def close(self) -> None:
        """Go."""
        self._end(_LOST)
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def send(self, frame: str) -> None:
        """Send a frame.

        Raises:
            ConnectionClosedError: it is over.
        """
        if self.close_code is not None:
            raise ConnectionClosedError(None, None)
        if not self._key:
            await self._open(frame)
            self._tasks.append(asyncio.create_task(self._send_all()))
        else:
            self._up.append(frame)
            self._more.set()

    async def recv(self) -> str:
        """Return the next frame.

        Raises:
            ConnectionClosedError: it is over.
        """
        found = await self._down.get()
        if found is None:
            self._down.put_nowait(None)
            raise ConnectionClosedError(None, None)
        return found

    async def __aiter__(self) -> AsyncIterator[str]:
        """Give frame after frame until it is over."""
        with suppress(ConnectionClosedError):
            while True:
                yield await self.recv()

    async def _open(self, frame: str) -> None:
        if self._fetches:
            self._key = json.loads(await self._posted("/carrier", frame))["key"]
            self._tasks.append(asyncio.create_task(self._fetch()))
            return
        events = self._events(frame)
        async with asyncio.timeout(_PATIENCE_S):
            name, data = await anext(events)
        assert name == "key"
        self._key = json.loads(data)["key"]
        self._tasks.append(asyncio.create_task(self._follow(events)))

    def _end(self, code: int) -> None:
        if self.close_code is None:
            self.close_code = code
            self._down.put_nowait(None)
            for task in self._tasks:
                if task is not asyncio.current_task():
                    task.cancel()

    # -- down

    async def _follow(self, events: AsyncIterator[tuple[str, str]]) -> None:
        try:
            async for name, data in events:
                if name == "close":
                    self._end(json.loads(data)["code"])
                elif not name:
                    self._down.put_nowait(data)
        finally:
            self._end(_LOST)

    async def _events(self, frame: str) -> AsyncIterator[tuple[str, str]]:
        reader, writer = await self._caller.send("/carrier", body=frame, Accept="text/event-stream")
        waiting, name = b"", ""
        try:
            async for part in _parts(reader):
                *lines, waiting = (waiting + part).split(b"\n")
                for line in lines:
                    if line.startswith(b"event: "):
                        name = line[7:].decode()
                    elif line.startswith(b"data: "):
                        yield name, line[6:].decode()
                        name = ""
        finally:
            writer.close()

    async def _fetch(self) -> None:
        last = 0
        try:
            while self.close_code is None:
                told = json.loads(await self._posted("/carrier/poll", json.dumps({"after": last})))
                last = told["last"]
                for frame in told["frames"]:
                    self._down.put_nowait(json.dumps(frame))
                if "close" in told:
                    self._end(told["close"]["code"])
        finally:
            self._end(_LOST)

    # -- up

    async def _send_all(self) -> None:
        try:
            while self.close_code is None:
                with suppress(TimeoutError):
                    async with asyncio.timeout(_BEAT_S):
                        await self._more.wait()
                self._more.clear()
                some = self._up[:8]
                frames = ",".join(some)
                await self._posted("/carrier/up", f'{{"from":{self._confirmed + 1},"frames":[{frames}]}}')
                self._confirmed += len(some)
                del self._up[: len(some)]
                if self._up:
                    self._more.set()
        finally:
            self._end(_LOST)

    async def _posted(self, path: str, body: str) -> bytes:
        """Post until it is taken; return what was answered."""
        shown: dict[str, Any] = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        for attempt in range(_TRIES):
            async with asyncio.timeout(_PATIENCE_S):
                reader, writer = await self._caller.send(path, body=body, **shown)
                try:
                    return b"".join([part async for part in _parts(reader)])
                except _Refusal as refusal:
                    if refusal.status not in _AGAIN:
                        raise
                finally:
                    writer.close()
            await asyncio.sleep(0.2 * 2**attempt)
        raise ConnectionResetError(f"{path} is refused again and again")


class _Refusal(OSError):
    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status


async def _parts(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """Give the parts of an answer's body as they come."""
    parser = h11.Connection(h11.CLIENT)
    parser.send(h11.Request(method="POST", target="/", headers=[("Host", "there"), ("Content-Length", "0")]))
    parser.send(h11.EndOfMessage())
    while True:
        event = parser.next_event()
        if event is h11.NEED_DATA:
            parser.receive_data(await reader.read(65_536))
        elif isinstance(event, h11.Response):
            if event.status_code >= 300:
                raise _Refusal(event.status_code)
        elif isinstance(event, h11.Data):
            yield bytes(event.data)
        else:
            return


# -- by which somebody comes


def by_socket(caller: Caller) -> Way:
    """Return the way by sockets."""
    return caller.way


def by_events(caller: Caller) -> Way:
    """Return the way by a stream of events and posts."""
    return lambda _: Carried(caller)


def by_fetching(caller: Caller) -> Way:
    """Return the way by posts alone."""
    return lambda _: Carried(caller, fetches=True)
