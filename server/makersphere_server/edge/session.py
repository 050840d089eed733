"""One connection's way in: from bytes to the room, with the seat taken from the connection, never from a frame.

Answers frames that break the contract, takes the first frame to the lobby and everything after it to the
room. Three bad frames in a row end it; so does a flood.
"""

from __future__ import annotations

import asyncio
import math
from typing import Final

import structlog

from makersphere_protocol.codec import decode_from_client, encode
from makersphere_protocol.errors import BadFrame, Close, ProtocolError, Refused
from makersphere_protocol.messages import ClientFrame, Command, Create, Error, Join, Preview, Problem, Result
from makersphere_rules.engine import ROOM, At
from makersphere_server import metrics
from makersphere_server.clock import Clock, pass_ms
from makersphere_server.edge.responses import said_of
from makersphere_server.lobby.class_port import Place
from makersphere_server.lobby.lobby import Lobby
from makersphere_server.rates import Bucket
from makersphere_server.room.commands.host.table import is_previewed, who_may_send
from makersphere_server.room.connections import turn_away
from makersphere_server.room.model.batch import turned_away
from makersphere_server.room.model.connection import ConnectionPort
from makersphere_server.room.model.inbox import Leave, Presence, PreviewAsked, Sent

__all__ = ["Session"]

_BAD_IN_A_ROW: Final = 3
_EARLY_FRAMES: Final = 40  # kept while the first frame is being answered

_log = structlog.get_logger("makersphere.session")


class Session:
    """What one connection is and may."""

    def __init__(self, connection: ConnectionPort, lobby: Lobby, clock: Clock) -> None:
        """Begin as a stranger, with a deadline for the first frame."""
        self._connection = connection
        self._lobby = lobby
        self._clock = clock
        self._presence: Presence | None = None
        self._room: Place | None = None
        self._entering: asyncio.Task[None] | None = None
        self._early: list[Command | Preview] = []
        self._bucket: Bucket | None = None
        self._bad = 0  # frames in a row
        self._turned_away = 0  # how many more commands were turned away than taken
        self._is_lost = False
        self._language = ""
        self._deadline = clock.call_later(lobby.limits.first_frame_s * 1_000, self._too_late)

    # -- from the connection

    def receive(self, data: bytes | str) -> None:
        """Take a message that has come in; one that comes after the game has ended the connection is dropped."""
        if self._connection.is_ended:
            return
        try:
            frame = decode_from_client(data)
        except BadFrame as error:
            self._refuse_frame(error)
            return
        asks = frame if isinstance(frame, (Command, Preview)) else None
        if (asks is None) == (self._entering is not None):
            expected = "create, join, resume or watch first" if self._entering is None else "command or preview"
            self._refuse_frame(BadFrame(f"expected {expected}", "type", asks.id if asks is not None else ""))
            return
        self._bad = 0
        if asks is None:
            self._deadline.cancel()
            self._language = _language(frame)
            self._entering = asyncio.create_task(self._enter(frame))
        elif self._presence is not None:
            self._pass_on(asks, self._presence)
        elif len(self._early) < _EARLY_FRAMES:
            self._early.append(asks)
        else:
            self._slow_down(asks, 1.0)

    def lost(self) -> None:
        """Leave: the connection is gone."""
        self._is_lost = True
        self._deadline.cancel()
        if self._room is not None and self._presence is not None:
            self._room.inbox.put(Leave(self._presence))

    # -- coming in

    async def _enter(self, frame: ClientFrame) -> None:
        try:
            await self._wait_in_turn(self._lobby.pacing.pace_of(frame))
            self._room, self._presence = await self._lobby.enter(frame, self._connection)
        except ProtocolError as error:
            metrics.ENTRIES.labels(error.code).inc()
            turn_away(self._connection, error, self._language or error.language, self._clock.wall_ms())
            return
        except asyncio.CancelledError:
            self._connection.end(Close.RESTART, "the server restarts")
            raise
        except Exception as error:  # noqa: BLE001  (the task boundary: this connection ends, loudly)
            _log.error("entering_failed", exc_info=error)
            metrics.ENTRIES.labels("failed").inc()
            turn_away(self._connection, Refused("unavailable"), self._language, self._clock.wall_ms())
            return
        metrics.ENTRIES.labels("ok").inc()
        if self._is_lost:
            self._room.inbox.put(Leave(self._presence))
            return
        self._bucket = self._lobby.pacing.bucket(self._presence)
        self._language = self._presence.language
        for early in self._early:
            self._pass_on(early, self._presence)
        self._early.clear()

    async def _wait_in_turn(self, pace: Bucket | None) -> None:
        """Wait where many connections come back to one seat, and read nothing from this one meanwhile."""
        while pace is not None and (wait_s := pace.take(self._clock.now_ms())):
            wait_ms = math.ceil(wait_s * 1_000)
            self._connection.rest(wait_ms)
            await pass_ms(self._clock, wait_ms)

    def _too_late(self) -> None:
        metrics.LIMITED.labels("first_frame_s").inc()
        self._connection.end(Close.NO_FIRST_FRAME, "no first frame in time")

    # -- being in

    def _pass_on(self, frame: Command | Preview, presence: Presence) -> None:
        room = self._room
        assert room is not None  # noqa: S101  (whoever has a presence has a room)
        now = self._clock.now_ms()
        is_full = room.inbox.is_full
        wait_s = 1.0 if is_full else self._bucket.take(now) if self._bucket is not None else 0.0
        if wait_s:
            metrics.LIMITED.labels("most_waiting" if is_full else "commands_per_s").inc()
            self._slow_down(frame, wait_s)
            return
        if self._turned_away:
            self._turned_away -= 1
        why_not = _not_theirs(frame, presence)
        if why_not:
            self._refuse(frame, "not_your_role", why_not)
        elif isinstance(frame, Command):
            room.inbox.put(_sent(frame, presence, self._connection, now))
        else:
            room.inbox.put(
                PreviewAsked(
                    seat=presence.view,
                    token=presence.token,
                    id=frame.id,
                    name=frame.name,
                    args=frame.args,
                    language=presence.language,
                    connection=self._connection,
                )
            )

    def _slow_down(self, frame: Command | Preview, wait_s: float) -> None:
        """Turn a command away, and take no more from its sender until one can be taken again; end a flood."""
        self._turned_away += 1
        if self._turned_away > self._lobby.limits.flood:
            metrics.LIMITED.labels("flood").inc()
            self._connection.end(Close.FLOODING, "too many commands")
        else:
            self._refuse(frame, "rate_limited", retry_after=math.ceil(wait_s))
            self._connection.rest(math.ceil(wait_s * 1_000))

    def _refuse(self, frame: Command | Preview, code: str, text: str = "", retry_after: int = 0) -> None:
        metrics.COMMANDS.labels(code).inc()
        now = self._clock.wall_ms()
        self._connection.tell(turned_away(frame, self._language, now, code, text, retry_after))

    def _refuse_frame(self, error: BadFrame) -> None:
        metrics.FRAMES_REFUSED.inc()
        self._bad += 1
        now = self._clock.wall_ms()
        message = said_of(error, self._language)
        if self._bad >= _BAD_IN_A_ROW:
            self._connection.tell(encode(Error("bad_frame", message, now)))
            self._connection.end(Close.BAD_FRAME, "bad frames")
            return
        refused = Problem("bad_frame", message, error.field)
        self._connection.tell(encode(Result(error.id, ok=False, now=now, error=refused)))


def _not_theirs(frame: Command | Preview, presence: Presence) -> str:
    """Return the text that says why the sender may not send such a command, or ""."""
    is_of_hosts = who_may_send(frame.name) == "host"
    match presence.kind:
        case "watcher":
            return "only_watching"
        case "host":
            return "" if is_of_hosts and _may_be_asked(frame) else "hosts_do_not_play"
        case _:
            return "hosts_only" if is_of_hosts else ""


def _may_be_asked(frame: Command | Preview) -> bool:
    return isinstance(frame, Command) or is_previewed(frame.name)


def _sent(frame: Command, presence: Presence, connection: ConnectionPort, now: int) -> Sent:
    is_host = presence.kind == "host"
    return Sent(
        actor=ROOM if is_host else presence.view,
        by="host" if is_host else "person",
        token=presence.token,
        author=presence.author,
        id=frame.id,
        name=frame.name,
        args=frame.args,
        at=At(frame.at.season, frame.at.phase) if frame.at is not None else None,
        saw=frame.saw,
        language=presence.language,
        connection=connection,
        since_ms=now,
        member=presence.member,
    )


def _language(frame: ClientFrame) -> str:
    """Return the language to speak to somebody who is not in a room yet."""
    match frame:
        case Join():
            return frame.language
        case Create():
            return frame.options.language
        case _:
            return ""
