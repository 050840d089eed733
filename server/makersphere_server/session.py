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
from makersphere_protocol.errors import MEANINGS, BadFrame, Close, ProtocolError, Refused
from makersphere_protocol.messages import ClientFrame, Command, Create, Error, Join, Preview, Problem, Result
from makersphere_protocol.texts import say
from makersphere_rules.engine import ROOM, At
from makersphere_server import metrics
from makersphere_server.audience import turn_away
from makersphere_server.clock import Clock
from makersphere_server.facilitator import PREFIX
from makersphere_server.inbox import Leave, Look, Presence, Sent
from makersphere_server.lobby import Lobby
from makersphere_server.room import Room
from makersphere_server.wire import Wire
from makersphere_server.work import refusal_frame

__all__ = ["FIRST_FRAME_MS", "Session"]

FIRST_FRAME_MS: Final = 10_000
_BAD_IN_A_ROW: Final = 3
_EARLY_FRAMES: Final = 64  # kept while the first one is under way
_FLOOD: Final = 200  # refused in a row

_log = structlog.get_logger("makersphere.session")


class Session:
    """What one connection is and may."""

    def __init__(self, wire: Wire, lobby: Lobby, clock: Clock) -> None:
        """Begin as a stranger, with a deadline for the first frame."""
        self._wire = wire
        self._lobby = lobby
        self._clock = clock
        self._presence: Presence | None = None
        self._room: Room | None = None
        self._entering: asyncio.Task[None] | None = None
        self._early: list[Command | Preview] = []
        self._bad = 0
        self._is_lost = False
        self._deadline = clock.call_later(FIRST_FRAME_MS, self._too_late)

    # -- from the connection

    def receive(self, data: bytes | str) -> None:
        """Take a message that has come in; the other side may send on for a while after the game has ended it."""
        if self._wire.is_ended:
            return
        try:
            frame = decode_from_client(data)
        except BadFrame as error:
            self._refuse_frame(error)
            return
        if isinstance(frame, (Command, Preview)):
            self._bad = 0
            if self._presence is not None:
                self._pass_on(frame, self._presence)
            elif self._entering is not None and len(self._early) < _EARLY_FRAMES:
                self._early.append(frame)
            else:
                self._refuse_frame(BadFrame("expected create, join, resume or watch first", "type"))
        elif self._entering is None:
            self._deadline.cancel()
            self._entering = asyncio.create_task(self._enter(frame))
        else:
            self._refuse_frame(BadFrame("expected command or preview", "type"))

    def lost(self) -> None:
        """Leave: the connection is gone."""
        self._is_lost = True
        self._deadline.cancel()
        if self._room is not None and self._presence is not None:
            self._room.inbox.put(Leave(self._presence))

    # -- coming in

    async def _enter(self, frame: ClientFrame) -> None:
        try:
            self._room, self._presence = await self._lobby.enter(frame, self._wire)
        except ProtocolError as error:
            turn_away(self._wire, error, _language(frame), self._clock.wall_ms())
            return
        except asyncio.CancelledError:
            self._wire.end(Close.RESTART, "the server restarts")
            raise
        except Exception as error:  # noqa: BLE001  (the task boundary: this connection ends, loudly)
            _log.error("entering_failed", exc_info=error)
            turn_away(self._wire, Refused("unavailable"), _language(frame), self._clock.wall_ms())
            return
        if self._is_lost:
            self._room.inbox.put(Leave(self._presence))
            return
        for early in self._early:
            self._pass_on(early, self._presence)
        self._early.clear()

    def _too_late(self) -> None:
        self._wire.end(Close.NO_FIRST_FRAME, "no first frame in time")

    # -- being in

    def _pass_on(self, frame: Command | Preview, presence: Presence) -> None:
        room = self._room
        assert room is not None  # noqa: S101  (whoever has a presence has a room)
        now = self._clock.now_ms()
        at = None
        if isinstance(frame, Command) and frame.at is not None:
            at = At(frame.at.season, frame.at.phase)
        is_host = presence.kind == "host"
        sent = Sent(
            ROOM if is_host else presence.view,
            "host" if is_host else "person",
            presence.token,
            frame.id,
            frame.name,
            frame.args,
            at,
            presence.language,
            self._wire,
            now,
        )
        wait_s = self._lobby.wait_s(presence.token, now, room)
        if wait_s:
            self._slow_down(sent, math.ceil(wait_s))
        elif not presence.token or is_host != frame.name.startswith(PREFIX):
            self._wire.tell(refusal_frame(sent, self._clock.wall_ms(), "not_your_role"))
        elif isinstance(frame, Command):
            room.inbox.put(sent)
        elif is_host:
            self._wire.tell(refusal_frame(sent, self._clock.wall_ms(), "not_your_role"))
        else:
            room.inbox.put(Look(presence.view, frame.id, frame.name, frame.args, presence.language, self._wire))

    def _slow_down(self, sent: Sent, wait_s: int) -> None:
        metrics.COMMANDS.labels("rate_limited").inc()
        if self._lobby.is_flooding(sent.token, _FLOOD):
            self._wire.end(Close.FLOODING, "too many commands")
        else:
            self._wire.tell(refusal_frame(sent, self._clock.wall_ms(), "rate_limited", wait_s))

    def _refuse_frame(self, error: BadFrame) -> None:
        metrics.FRAMES_REFUSED.inc()
        self._bad += 1
        now = self._clock.wall_ms()
        if self._bad >= _BAD_IN_A_ROW:
            self._wire.tell(encode(Error("bad_frame", str(error), now)))
            self._wire.end(Close.BAD_FRAME, "bad frames")
            return
        language = self._presence.language if self._presence is not None else ""
        message = say(language, "refusal.bad_frame", {}, MEANINGS["bad_frame"])
        refused = Problem("bad_frame", f"{message} ({error})", error.field)
        self._wire.tell(encode(Result("", ok=False, now=now, error=refused)))


def _language(frame: ClientFrame) -> str:
    """Return the language to speak to somebody who is not in a room yet."""
    match frame:
        case Join():
            return frame.language
        case Create():
            return frame.options.language
        case _:
            return ""
