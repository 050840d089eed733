"""A connection by events and posts, for networks that let no WebSocket through; used like a socket of the library.

Opens with the first frame that is sent. What goes up is numbered and sent again until it is confirmed; what comes down
is a stream of events, or, where something on the way keeps it back, answers to requests that wait. Ends with the
close code that a socket would have. Knows no frame (docs/protocol.md, "Where WebSockets are blocked").
"""

from __future__ import annotations

import asyncio
import json
import re
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import urlsplit

import h11
from websockets.exceptions import ConnectionClosedError
from websockets.frames import Close

__all__ = ["Carried", "answers_otherwise"]

_FIRST_EVENT_S: Final = 5.0  # for the first event of a stream; later, it is kept back on the way
_ANSWER_S: Final = 10.0
_POLL_S: Final = 35.0  # the server answers in 20
_BEAT_S: Final = 8.0
_TRIES: Final = 4  # a post that gets no answer is sent again so often
_AGAIN_S: Final = 0.5
_MOST: Final = 12_000  # bytes of frames in one post, unless one alone has more
_READ: Final = 65_536


class Carried:
    """One carrier; opens with the first frame that is sent.

    Attributes:
        polls: what comes down is fetched, since a stream is kept back on the way.
    """

    def __init__(self, url: str, *, polls: bool = False, tls: ssl.SSLContext | None = None) -> None:
        """Prepare.

        Args:
            url: of the server's socket, `ws://HOST:PORT/ws`, or `ws://HOST:PORT/ws/CODE`.
            polls: fetch what comes down, and try no stream.
            tls: how an encrypted server is known; by default as the machine knows it.
        """
        self._server = _Server(url, tls)
        self.polls = polls
        self._key = ""
        self._down: asyncio.Queue[bytes | Close] = asyncio.Queue()
        self._up: list[bytes] = []
        self._confirmed = 1  # frames that went up; the first one opens
        self._more = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._over: Close | None = None
        self.transport = self  # who cuts a socket cuts its transport

    async def __aenter__(self) -> Self:
        """Begin; nothing is opened yet."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go."""
        self.abort()
        for task in self._tasks:
            with suppress(asyncio.CancelledError):
                await task

    def abort(self) -> None:
        """Cut it."""
        for task in self._tasks:
            task.cancel()
        self._end(Close(1006, ""))

    async def send(self, data: bytes, *, text: bool = True) -> None:
        """Send a frame.

        Raises:
            ConnectionClosed: it is over.
            OSError: the server cannot be reached.
        """
        if self._over is not None:
            raise ConnectionClosedError(self._over, None)
        if not self._key:
            await self._open(data)
        else:
            self._up.append(data)
            self._more.set()

    async def recv(self, *, decode: bool = False) -> bytes:
        """Return the next frame.

        Raises:
            ConnectionClosed: it is over.
        """
        if self._over is not None and self._down.empty():
            raise ConnectionClosedError(self._over, None)
        found = await self._down.get()
        if isinstance(found, Close):
            raise ConnectionClosedError(found if found.code != 1006 else None, None)
        return found

    # -- opening

    async def _open(self, first: bytes) -> None:
        if not self.polls:
            try:
                async with asyncio.timeout(_FIRST_EVENT_S):
                    events = self._server.events(first)
                    data = await _first(events)
            except TimeoutError:
                self.polls = True
            else:
                self._key = _key(data)
                self._tasks.append(asyncio.create_task(self._follow(events)))
        if self.polls:
            answer = await self._server.post("", first)
            self._key = _key(answer)
            self._tasks.append(asyncio.create_task(self._poll()))
        self._tasks.append(asyncio.create_task(self._send_all()))

    # -- down

    async def _follow(self, events: AsyncIterator[tuple[str, bytes]]) -> None:
        try:
            async for name, data in events:
                if name == "close":
                    self._end(_closed(json.loads(data)))
                    return
                if name == "":
                    self._down.put_nowait(data)
        except OSError:
            pass  # lost
        self._end(Close(1006, ""))

    async def _poll(self) -> None:
        line = self._server.copy()
        last = 0
        try:
            while self._over is None:
                answer = json.loads(await line.post("/poll", _json({"after": last}), self._key, _POLL_S))
                last = answer["last"]
                for frame in answer["frames"]:
                    self._down.put_nowait(_json(frame))
                if "close" in answer:
                    self._end(_closed(answer["close"]))
        except (OSError, TimeoutError):
            self._end(Close(1006, ""))
        finally:
            line.close()

    # -- up

    async def _send_all(self) -> None:
        """Send what is to be sent, in order, one post at a time; an empty one says that we are here."""
        try:
            while self._over is None:
                with suppress(TimeoutError):
                    async with asyncio.timeout(_BEAT_S):
                        await self._more.wait()
                self._more.clear()
                await self._send_some()
        except (OSError, TimeoutError):
            self._end(Close(1006, ""))
        finally:
            self._server.close()

    async def _send_some(self) -> None:
        some: list[bytes] = []
        while len(some) < len(self._up) and (not some or sum(map(len, some)) + len(self._up[len(some)]) < _MOST):
            some.append(self._up[len(some)])
        body = b'{"from":%d,"frames":[%b]}' % (self._confirmed + 1, b",".join(some))
        for attempt in range(_TRIES):
            try:
                await self._server.post("/up", body, self._key)
                break
            except (OSError, TimeoutError) as error:
                if attempt == _TRIES - 1 or (isinstance(error, _Refusal) and error.status not in (408, 429, 502, 503)):
                    raise
                await asyncio.sleep(_AGAIN_S * 2**attempt)
        del self._up[: len(some)]
        self._confirmed += len(some)
        if self._up:
            self._more.set()

    def _end(self, why: Close) -> None:
        if self._over is None:
            self._over = why
            self._down.put_nowait(why)
            self._more.set()


def _next(parser: h11.Connection) -> Any:  # noqa: ANN401  (an event of the library)
    """Return the next event of an answer.

    Raises:
        ConnectionResetError: the answer was cut off in its middle, or is no HTTP at all.
    """
    try:
        return parser.next_event()
    except h11.ProtocolError as error:
        raise ConnectionResetError(f"something else answers: {error}") from error


class _Refusal(OSError):
    """The server answers, and does not take it."""

    def __init__(self, status: int, body: bytes) -> None:
        super().__init__(f"HTTP {status}")
        self.status, self.body = status, body


class _Server:
    """Requests to one server, one after the other on a connection that stays."""

    def __init__(self, url: str, tls: ssl.SSLContext | None = None) -> None:
        parts = urlsplit(url)
        self.is_encrypted = parts.scheme in ("wss", "https")
        self._host, self._port = parts.hostname or "", parts.port or (443 if self.is_encrypted else 80)
        self.authority = parts.netloc
        self.root = re.sub(r"/ws(/\w{7})?$", "", parts.path)
        self.carrier = re.sub(r"/ws(/\w{7})?$", r"/carrier\1", parts.path)
        self._tls = (tls or ssl.create_default_context()) if self.is_encrypted else None
        self._line: tuple[asyncio.StreamReader, asyncio.StreamWriter, h11.Connection] | None = None

    def copy(self) -> _Server:
        """Return another one to the same server."""
        found = object.__new__(_Server)
        found.__dict__.update(self.__dict__, _line=None)
        return found

    def close(self) -> None:
        """Let go of the connection."""
        if self._line is not None:
            self._line[1].transport.abort()
            self._line = None

    async def post(self, path: str, body: bytes, key: str = "", seconds: float = _ANSWER_S) -> bytes:
        """Post JSON and return what is answered."""
        try:
            async with asyncio.timeout(seconds):
                status, answer = await self._ask("POST", f"{self.carrier}{path}", body, key)
        except BaseException:
            self.close()
            raise
        if status >= 300:
            self.close()
            raise _Refusal(status, answer)
        return answer

    async def is_there(self) -> bool:
        """Return whether the server answers a page's question."""
        try:
            async with asyncio.timeout(_ANSWER_S):
                status, _ = await self._ask("GET", f"{self.root}/healthz", b"", "")
        except (OSError, TimeoutError):
            return False
        finally:
            self.close()
        return status == 200

    async def events(self, body: bytes) -> AsyncIterator[tuple[str, bytes]]:
        """Yield the events of a stream that a first frame opens: each with its name, "" for a frame."""
        line = self.copy()
        try:
            reader, writer, parser = await line.dialled()
            line.write(writer, parser, "POST", line.carrier, body, {"Accept": "text/event-stream"})
            head: h11.Response | None = None
            waiting, name = b"", ""
            while True:
                event = _next(parser)
                if event is h11.NEED_DATA:
                    parser.receive_data(await reader.read(_READ))
                elif isinstance(event, h11.Response):
                    head = event
                elif isinstance(event, h11.Data):
                    waiting += event.data
                    if head is None or head.status_code != 200:
                        continue
                    *whole, waiting = waiting.split(b"\n")
                    for text in whole:
                        if text.startswith(b"event: "):
                            name = text[7:].decode()
                        elif text.startswith(b"data: "):
                            yield name, bytes(text[6:])
                            name = ""
                else:
                    break
            if head is None or head.status_code != 200:
                raise _Refusal(head.status_code if head is not None else 0, waiting)
        finally:
            line.close()

    async def dialled(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter, h11.Connection]:
        """Connect."""
        reader, writer = await asyncio.open_connection(self._host, self._port, ssl=self._tls)
        self._line = reader, writer, h11.Connection(h11.CLIENT)
        return self._line

    def write(
        self,
        writer: asyncio.StreamWriter,
        parser: h11.Connection,
        method: str,
        path: str,
        body: bytes,
        fields: Mapping[str, str],
    ) -> None:
        """Write a request."""
        own = {"Host": self.authority, "Content-Length": str(len(body)), "Content-Type": "application/json", **fields}
        asked = h11.Request(method=method, target=path, headers=list(own.items()))
        writer.write((parser.send(asked) or b"") + (parser.send(h11.Data(data=body)) or b""))
        parser.send(h11.EndOfMessage())

    async def _ask(self, method: str, path: str, body: bytes, key: str) -> tuple[int, bytes]:
        reader, writer, parser = self._line or await self.dialled()
        self.write(writer, parser, method, path, body, {"Authorization": f"Bearer {key}"} if key else {})
        status, parts = 0, []
        while True:
            event = _next(parser)
            if event is h11.NEED_DATA:
                data = await reader.read(_READ)
                if not data and not status:
                    raise ConnectionResetError("no answer")
                parser.receive_data(data)
            elif isinstance(event, h11.Response):
                status = event.status_code
            elif isinstance(event, h11.Data):
                parts.append(bytes(event.data))
            elif isinstance(event, h11.EndOfMessage):
                break
            else:
                raise ConnectionResetError("no answer")
        if parser.our_state is h11.DONE and parser.their_state is h11.DONE:
            parser.start_next_cycle()
        else:
            self.close()
        return status, b"".join(parts)


async def _first(events: AsyncIterator[tuple[str, bytes]]) -> bytes:
    """Return what the first event says, b"" where a stream ends without one."""
    async for _, data in events:
        return data
    return b""


def _key(told: bytes) -> str:
    """Return the key that opens what comes after; whoever answers something else is no server of ours."""
    try:
        return str(json.loads(told)["key"])
    except (ValueError, KeyError, TypeError):
        raise ConnectionResetError("something else answers") from None


def _closed(told: Mapping[str, Any]) -> Close:
    return Close(int(told["code"]), str(told["reason"]))


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


async def answers_otherwise(url: str) -> bool:
    """Return whether a server that opens no socket answers a plain question: then something blocks the socket."""
    return await _Server(url).is_there()
