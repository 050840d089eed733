"""A seat whose room is at one of several servers: it goes where it is sent, and elsewhere where nobody answers.

A hasty one leaves a server that says nothing for a second. A patient one stays by a connection that is open, however
long it is silent, and sends into it: what a frozen server finds there when it is thawed must not count.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import attrs
from websockets.asyncio.client import ClientConnection

from tests.faults.rig.seat import Seat, Way, dial

__all__ = ["PATIENCE_S", "Roamer"]

PATIENCE_S: Final = 1.0
_LOOK_S: Final = 0.1
_FOREVER_S: Final = 120.0


@attrs.define(eq=False, kw_only=True)
class Roamer(Seat):
    """A client in a seat of a room that changes servers.

    Attributes:
        addresses: of all servers.
        is_patient: it stays by a connection that is silent.
        ok_at: when its last command was accepted.
        ok_by: the address of the server that did so.
        sent_on_at: when it was told last that another server has the room.
        sent_on_by: the address of the server that said so.
        told: the frames that came from one server since it began to note them.
    """

    addresses: Sequence[str]
    is_patient: bool
    ok_at: float = 0.0
    ok_by: str = ""
    sent_on_at: float = 0.0
    sent_on_by: str = ""
    told: list[dict[str, Any]] = attrs.field(factory=list)
    _noted: str = ""  # the address of the server of which all is noted
    _to: str = ""
    _silent: str = ""  # the address where nobody answered last
    _silent_until: float = 0.0  # when it is worth another try
    _heard_at: float = 0.0
    _stays: bool = False
    way: Way = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Wait for a handshake as long as for an answer."""
        self.way = partial(dial, open_timeout=_FOREVER_S if self.is_patient else PATIENCE_S, ping_interval=None)

    async def play(self) -> None:
        """Play until told to leave."""
        watching = asyncio.create_task(self._watch())
        try:
            await super().play()
        finally:
            watching.cancel()

    async def _sit(self, connection: ClientConnection) -> None:
        self._heard_at = time.monotonic()
        await super()._sit(connection)

    async def _watch(self) -> None:
        """Leave a server that is silent although something is asked."""
        while not self.is_patient:
            await asyncio.sleep(_LOOK_S)
            asked_at = min((at for _, at in self.waiting.values()), default=time.monotonic())
            since = max(self._heard_at, asked_at if self.here.is_set() else 0.0)
            if time.monotonic() - since > PATIENCE_S:
                self.drop()

    def knock(self) -> None:
        """Lose the connection, and come back to the same address, whoever answers there."""
        self._stays = True
        self.drop()

    def wander(self) -> None:
        """Go where the room is, or where it may be."""
        now = time.monotonic()
        to, self._to = self._to, ""
        if to:
            is_worth_it = to != self._silent or now > self._silent_until
            self.url = to if is_worth_it else self.url  # else it is soon another's: ask here again
        elif not self._stays:
            self._silent, self._silent_until = self.url, now + PATIENCE_S
            self.url = self.addresses[(self.addresses.index(self.url) + 1) % len(self.addresses)]
        self._stays = False

    def take(self, frame: dict[str, Any]) -> None:
        """Take in a frame."""
        self._heard_at = time.monotonic()
        if frame["type"] == "error" and frame["code"] == "moved":
            self._to, self.sent_on_at, self.sent_on_by = frame["to"], self._heard_at, self.url
            return
        if frame["type"] == "error" and frame["code"] == "unavailable":
            self._stays = True  # a server that has to find its database says so, and is asked again
        if self.url == self._noted:
            self.told.append(frame)
        if frame["type"] == "result" and frame["ok"]:
            self.ok_at, self.ok_by = self._heard_at, self.url
        super().take(frame)

    def note_what_is_told_by(self, address: str) -> None:
        """Note all frames of one server from now on, but for those that send it on."""
        self.told, self._noted, self.sent_on_by = [], address, ""
