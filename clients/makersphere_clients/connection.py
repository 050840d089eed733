"""A connection to a room that heals itself, by whichever way gets through (`ways.py`).

Answers commands exactly once, whatever happens to the link: each has an id of 128 random bits and is sent
again with the same id after every reconnect until its result has come. Keeps the room's picture (`mirror.py`)
and goes on from the last `seq`. Never fights for a token that another device has taken, never retries what a
person has to mend, and decides nothing about the game.

Where another server has the room by now, it goes there. Source: the wire contract.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Final, Self
from urllib.parse import urlsplit

import attrs
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from makersphere_clients.backoff import Backoff
from makersphere_clients.mirror import Mirror
from makersphere_clients.ways import Way, Ways
from makersphere_protocol.codec import decode_from_server, encode
from makersphere_protocol.errors import BadFrame, Close
from makersphere_protocol.hosts import can_be_host
from makersphere_protocol.messages import (
    Arg,
    At,
    Command,
    Create,
    Error,
    Join,
    Preview,
    Result,
    Resume,
    Update,
    Watch,
    Welcome,
)

__all__ = ["Connection", "ConnectionEnded", "new_id"]

Opening = Create | Join | Resume | Watch

_FINAL: Final = frozenset(
    {
        Close.BAD_FRAME,
        Close.FRAME_TOO_LARGE,
        Close.UNAUTHORISED,
        Close.NO_SUCH_ROOM,
        Close.REPLACED,
        Close.REMOVED,
    }
)
_CROWDED: Final = frozenset({Close.TRY_LATER, Close.FLOODING})
_SEEN_S: Final = 1.0  # how long an update may take; a command that changed nothing in sight brings none
_PASSING: Final = frozenset({"rate_limited", "unavailable", "server_behind"})


def new_id() -> str:
    """Return a command id: the time, by which ids lie side by side in the server's index, and 128 random bits."""
    return f"{time.time_ns() // 1_000_000:012x}{secrets.token_hex(16)}"


class ConnectionEnded(Exception):
    """The server has ended this for good; trying again would not help.

    Attributes:
        code: the contract's code (`no_such_room`, `room_full`), or the close code's name (`replaced`).
        message: the server's sentence for people; may be empty.
        close: the WebSocket's close code.
        retry_s: after how many seconds the same opening may be tried again by whoever waits to be let in; 0: never.
    """

    def __init__(self, code: str, message: str = "", close: int = 0, retry_s: int = 0) -> None:
        """Keep why."""
        super().__init__(f"{code}: {message}" if message else code)
        self.code = code
        self.message = message
        self.close = close
        self.retry_s = retry_s


@attrs.define(eq=False)
class _Asked:
    """A command or preview that waits for its result."""

    data: bytes
    answer: asyncio.Future[Result]


class Connection:
    """One token's link to its room.

    Use as a context manager, or `open` and `close`.

    Attributes:
        mirror: the room as this connection sees it.
        seat_token: opens this seat again, "" where this is no seat.
        host_token: opens this host's chair again, "" where this is no host.
        ended: why the link is over for good, or None.
        dialled: how many times a socket was opened.
    """

    def __init__(self, url: str, opening: Opening, *, backoff: Backoff | None = None, answer_s: float = 10.0) -> None:
        """Prepare a connection; nothing is opened yet.

        Args:
            url: of the server's socket, `ws://HOST:PORT/ws`.
            opening: the first frame; `create` and `join` are given an id where they have none.
            backoff: how long to wait between attempts.
            answer_s: how long a frame may stay unanswered before the link is taken for dead.
        """
        if isinstance(opening, Create | Join) and not opening.id:
            opening = attrs.evolve(opening, id=new_id())
        self.mirror = Mirror()
        self.seat_token = opening.seat_token if isinstance(opening, Resume) else ""
        self.host_token = opening.host_token if isinstance(opening, Resume) else ""
        self.ended: ConnectionEnded | None = None
        self.dialled = 0
        self._url = url
        self._ways = Ways(url)
        self._opening: Opening = opening
        self._backoff = backoff or Backoff()
        self._answer_s = answer_s
        self._attempt = 0
        self._asked: dict[str, _Asked] = {}
        self._socket: Way | None = None  # set while frames may be sent
        self._refusal: Error | None = None
        self._task: asyncio.Task[None] | None = None
        self._news: asyncio.Future[None] | None = None

    async def __aenter__(self) -> Self:
        """Open, and wait for the first picture."""
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        await self.close()

    # -- what callers use

    @property
    def connected(self) -> bool:
        """Return whether the link is up at this moment."""
        return self._socket is not None

    @property
    def by_posts(self) -> bool:
        """Return whether sockets are blocked, and the link that is up goes by events and posts."""
        return self.connected and self._ways.by_posts

    async def open(self) -> None:
        """Connect, and wait for the first picture; an absent server is waited for, unless the backoff gives up.

        Raises:
            ConnectionEnded: the server does not let this one in, or is not there.
        """
        self._task = asyncio.create_task(self._run(), name="connection")
        self._task.add_done_callback(self._broke)
        try:
            await self.until(lambda: self._socket is not None)
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Let go of the socket; commands under way are given up."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
        if self.ended is None:
            self._end(ConnectionEnded("closed"))

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until a condition holds; it is tried again at each frame that comes.

        Raises:
            ConnectionEnded: the link is over, so that the condition can hold no more.
        """
        while not holds():
            if self.ended is not None:
                raise self.ended
            if self._news is None:
                self._news = asyncio.get_running_loop().create_future()
            await asyncio.shield(self._news)

    async def command(
        self, name: str, args: Mapping[str, Arg] | None = None, at: At | None = None, id: str = ""
    ) -> Result:
        """Send a command, and again after every lost link, and return its one result.

        Args:
            name: of the command.
            args: its arguments.
            at: the season and phase that it is meant for.
            id: to send an earlier command again; by default a new one.

        Raises:
            ConnectionEnded: the link is over; whether the command was carried out is not known.
        """
        frame = Command(id or new_id(), name, dict(args or {}), at)
        return await self._ask(frame.id, encode(frame))

    async def preview(self, name: str, args: Mapping[str, Arg] | None = None) -> Result:
        """Ask what a command would change for this seat."""
        frame = Preview(new_id(), name, dict(args or {}))
        return await self._ask(frame.id, encode(frame))

    async def until_seen(self, seq: int) -> None:
        """Wait for the update that shows a command, else fetch the whole picture: by an older one it is sent twice."""
        try:
            async with asyncio.timeout(_SEEN_S):
                await self.until(lambda: (self.mirror.seq or 0) >= seq)
        except TimeoutError:
            await self.redraw()

    async def redraw(self) -> None:
        """Fetch the whole picture of the room, as after a lost link."""
        before = self.dialled
        self.mirror.forget()
        self._drop()
        await self.until(lambda: self.dialled > before and self._socket is not None)

    # -- commands under way

    async def _ask(self, id: str, data: bytes) -> Result:
        if self.ended is not None:
            raise self.ended
        asked = self._asked.setdefault(id, _Asked(data, asyncio.get_running_loop().create_future()))
        if self._socket is not None:
            await self._send(self._socket, data)
        try:
            while not asked.answer.done():
                await asyncio.wait((asked.answer,), timeout=self._answer_s)
                if not asked.answer.done():
                    self._drop()
            return asked.answer.result()
        finally:
            self._asked.pop(id, None)

    async def _send(self, socket: Way, data: bytes) -> None:
        with suppress(ConnectionClosed):  # the reader sees it too, and dials again
            await socket.send(data, text=True)

    def _drop(self) -> None:
        """Cut a link that seems dead."""
        if self._socket is not None:
            socket, self._socket = self._socket, None
            socket.transport.abort()

    # -- the link

    async def _run(self) -> None:
        if not can_be_host(urlsplit(self._url).hostname or ""):
            self._end(ConnectionEnded("no_answer"))
        while self.ended is None:
            close = 0
            try:
                close = await self._one_link()
            except BadFrame:
                self.mirror.forget()
            except (OSError, TimeoutError, InvalidHandshake):
                pass  # the server or the way to it is down
            finally:
                self._socket = None
                self._ways.lost(close)
            self._judge(close)
            self._tell()
            if self.ended is None:
                last = len(self._backoff.delays_s) if close in _CROWDED else 0
                await asyncio.sleep(self._backoff.delay_s(max(self._attempt, last), self._asked_to_wait_s()))
                self._attempt += 1
                await self._ways.choose()

    def _broke(self, task: asyncio.Task[None]) -> None:
        """Say so to all who wait, where a bug of ours has ended the link: nobody waits for ever."""
        if not task.cancelled() and task.exception() is not None and self.ended is None:
            self._end(ConnectionEnded("broken", repr(task.exception())))

    async def _one_link(self) -> int:
        """Live one link from its first frame to its end, and return its close code."""
        room = "" if isinstance(self._opening, Create) else self._opening.room
        async with self._ways.dial(room) as socket:
            self.dialled += 1
            self._refusal = None
            try:
                await self._first_frame(socket)
                while self._socket is socket:  # else it was cut from this side
                    self._take(await socket.recv(decode=False))
            except ConnectionClosed as closed:
                return closed.rcvd.code if closed.rcvd is not None else 0
        return 0

    async def _first_frame(self, socket: Way) -> None:
        opening = self._opening
        if isinstance(opening, Resume):
            opening = attrs.evolve(opening, seq=self.mirror.seq, epoch=self.mirror.epoch, mark=self.mirror.mark)
        await socket.send(encode(opening), text=True)
        async with asyncio.timeout(self._answer_s):
            while not self._welcomed(await socket.recv(decode=False)):
                pass
        self._attempt = 0
        self._ways.welcomed()
        self._socket = socket
        for asked in list(self._asked.values()):
            await self._send(socket, asked.data)
        self._tell()

    def _welcomed(self, data: bytes) -> bool:
        frame = decode_from_server(data)
        if isinstance(frame, Error):
            self._refusal = frame
        if not isinstance(frame, Welcome):
            return False
        self.mirror.welcome(frame)
        self.seat_token = frame.seat_token or self.seat_token
        self.host_token = frame.host_token or self.host_token
        if self.seat_token or self.host_token:
            host_token = "" if self.seat_token else self.host_token
            self._opening = Resume(frame.room, self.seat_token, host_token)
        return True

    def _take(self, data: bytes) -> None:
        match decode_from_server(data):
            case Update() as frame:
                self.mirror.update(frame)
                self._tell()
            case Result() as frame:
                self.mirror.set_clock(frame.now)
                asked = self._asked.pop(frame.id, None)
                if asked is not None and not asked.answer.done():
                    asked.answer.set_result(frame)
            case Error() as frame:
                self._refusal = frame
            case Welcome():
                raise BadFrame("a second welcome")

    def _asked_to_wait_s(self) -> int:
        return self._refusal.retry_after if self._refusal is not None else 0

    def _judge(self, close: int) -> None:
        """Decide whether the end of a link is the end of all."""
        refusal = self._refusal
        if refusal is not None and refusal.code == "moved" and self._ways.lead(refusal.to):
            self._refusal = None  # as after any lost link: what has no answer is sent there again
            return
        if refusal is not None and refusal.code not in _PASSING:
            self._end(ConnectionEnded(refusal.code, refusal.message, close, refusal.retry_after))
        elif close in _FINAL:
            self._end(ConnectionEnded(Close(close).name.lower(), "", close))
        elif not self.mirror.room and 0 < self._backoff.tries <= self._attempt + 1:
            self._end(ConnectionEnded("no_answer", refusal.message if refusal is not None else "", close))

    def _end(self, why: ConnectionEnded) -> None:
        self.ended = why
        for asked in self._asked.values():
            if not asked.answer.done():
                asked.answer.set_exception(why)
                asked.answer.exception()  # a caller that waits gets it; perhaps no caller waits any more
        self._asked.clear()
        self._tell()

    def _tell(self) -> None:
        """Wake all who wait for news."""
        news, self._news = self._news, None
        if news is not None:
            news.set_result(None)
