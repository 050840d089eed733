"""A person over the wire, for whom a phase lasts as long as for everybody: bots finish it on any machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import attrs
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from makersphere_protocol.messages import SUBPROTOCOL
from makersphere_protocol.patches import apply
from tests.browser.rig.stage import PATIENCE_MS

__all__ = ["Guest", "guest_in_seat"]


@attrs.define
class Guest:
    """Somebody with a seat who leaves everything to the defaults.

    Attributes:
        token: opens the seat.
    """

    token: str = attrs.field(repr=False)
    _seat: int
    _table: dict[str, Any]
    _hand: dict[str, Any]
    _socket: ClientConnection
    _shown: int = 0  # the last command that is in table and hand
    _said: int = 0  # the last command of its own
    _sent: int = 0

    def ready(self) -> None:
        """Be ready, again whenever somebody awaits an answer, until the phase is another one."""
        while self._table["game"]["status"] == "lobby":
            self._hear()
        at = self._at()
        while self._at() == at:
            if self._shown >= self._said and not self._is_done():
                self._say_ready(at)
            else:
                self._hear()

    def _at(self) -> dict[str, Any]:
        game = self._table["game"]
        return {"season": game["season"], "phase": game["phase"]}

    def _is_done(self) -> bool:
        public, own = (tree["seat"].get(str(self._seat), {}) for tree in (self._table, {"seat": {}, **self._hand}))
        return bool(public.get("ready")) and not own.get("asked")

    def _say_ready(self, at: dict[str, Any]) -> None:
        self._sent += 1
        frame = {"type": "command", "id": f"guest-{self._sent}", "name": "ready", "args": {"ready": True}, "at": at}
        self._socket.send(json.dumps(frame))
        while (answer := self._hear())["type"] != "result":
            pass
        assert answer["ok"], answer
        self._said = answer["seq"]

    def _hear(self) -> dict[str, Any]:
        frame: dict[str, Any] = json.loads(self._socket.recv(PATIENCE_MS / 1000))
        if frame["type"] == "update":
            apply(self._table, frame.get("table") or {})
            apply(self._hand, frame.get("hand") or {})
            self._shown = frame["seq"]
        return frame


@contextmanager
def guest_in_seat(url: str, room: str, name: str) -> Iterator[Guest]:
    """Take a seat in a room, and leave it in the end."""
    address = f"{url.replace('http', 'ws', 1)}ws"
    with connect(address, subprotocols=[Subprotocol(SUBPROTOCOL)], max_queue=None, ping_interval=None) as connection:
        connection.send(json.dumps({"type": "join", "room": room, "name": name}))
        welcome = json.loads(connection.recv(PATIENCE_MS / 1000))
        yield Guest(welcome["seat_token"], welcome["you"]["seat"], welcome["table"], welcome["hand"], connection)
