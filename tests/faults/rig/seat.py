"""A client that plays a seat of `counter` as every client must, and keeps a journal.

It comes back by itself, sends again what has not been answered, and now and then what has: at once, later, or with
other content under the same id. Knows the wire contract and nothing else of ours. Time is measured here: from the
first sending of a command to its answer, and from a change at the server to its arrival (both on this machine).
"""

from __future__ import annotations

import asyncio
import json
import random
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, suppress
from typing import Any, ClassVar, Final

import attrs
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

from tests.faults.rig.journal import Journal

__all__ = ["Manners", "Order", "Seat", "Way", "ask", "dial", "merge"]

SUBPROTOCOL: Final = "makersphere.v1"
_IN_FLIGHT: Final = 8
_OLD: Final = 50  # how far back a repeated command may lie
_TROUBLE: Final = (OSError, WebSocketException, EOFError, TimeoutError)


# from an address of a socket to a connection: one of the library, or what is used like one
Way = Callable[[str], AbstractAsyncContextManager[Any]]


def dial(url: str, **options: Any) -> connect:  # noqa: ANN401  (the library's own options)
    """Return a connection in the making."""
    offered = [Subprotocol(SUBPROTOCOL)]
    given = {"compression": None, "proxy": None, "open_timeout": 20, "close_timeout": 1, "max_size": None, **options}
    return connect(url, subprotocols=offered, **given)


async def ask(connection: ClientConnection, frame: dict[str, Any]) -> dict[str, Any]:
    """Send a frame and return the answer to it, updates left out."""
    await connection.send(json.dumps(frame))
    while True:
        answer: dict[str, Any] = json.loads(await connection.recv())
        if answer["type"] != "update":
            return answer


def merge(tree: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    """Apply a JSON Merge Patch (RFC 7396) in place."""
    for key, value in patch.items():
        if isinstance(value, dict):
            below = tree.get(key)
            tree[key] = merge(below if isinstance(below, dict) else {}, value)
        elif value is None:
            tree.pop(key, None)
        else:
            tree[key] = value
    return tree


@attrs.frozen
class Order:
    """A command: its name, what it is given, and the season and phase that it is meant for, if it has to say that."""

    name: str
    args: dict[str, Any]
    at: dict[str, Any] | None = None

    def frame(self, id_: str) -> dict[str, Any]:
        """Return it as it is sent."""
        frame = {"type": "command", "id": id_, "name": self.name, "args": self.args}
        return frame if self.at is None else {**frame, "at": self.at}


@attrs.frozen
class Manners:
    """How a seat plays.

    Attributes:
        every_s: seconds between two commands, on average; 0: the next one as soon as one is answered.
        in_flight: how many may wait for an answer.
        repeats: the share of commands that are sent again although there is no need.
        reuses: the share of commands whose id is used again with other content.
        backoff_s: the longest pause before it comes back.
    """

    every_s: float = 3.0
    in_flight: int = _IN_FLIGHT
    repeats: float = 0.0
    reuses: float = 0.0
    backoff_s: float = 0.5


@attrs.define(eq=False)
class Seat:
    """A client in a seat; what it plays is `counter`, unless a class below it chooses something else.

    Attributes:
        here: set while it is in the room.
        waiting: commands without an answer by id: the order, and when it was first sent.
        delays_s: from sending to answer, for what was answered on the connection that it was sent on.
        lags_s: from a change to its arrival.
        let_in_at: the `seq` of its last welcome.
        trouble: why it cannot play on, "" where it can.
        key: what its token is called in a frame.
        is_paused: it sends nothing for now; for one that plays in time.
        way: how it gets a connection.
    """

    key: ClassVar[str] = "seat_token"

    url: str
    room: str
    number: int
    token: str = attrs.field(repr=False)
    journal: Journal
    chance: random.Random
    manners: Manners = Manners()
    here: asyncio.Event = attrs.field(factory=asyncio.Event)
    waiting: dict[str, tuple[Order, float]] = attrs.field(factory=dict)
    table: dict[str, Any] = attrs.field(factory=dict)
    hand: dict[str, Any] = attrs.field(factory=dict)
    seq: int = 0
    epoch: int = 0
    acked: int = 0
    came_back_at: float = 0.0
    let_in_at: int = 0
    closes: list[int] = attrs.field(factory=list)
    delays_s: list[float] = attrs.field(factory=list)
    lags_s: list[float] = attrs.field(factory=list)
    trouble: str = ""
    is_resting: bool = False
    is_paused: bool = False
    is_leaving: bool = False
    connection: ClientConnection | None = None
    way: Way = dial
    _sent: dict[str, Order] = attrs.field(factory=dict)
    _answered: asyncio.Event = attrs.field(factory=asyncio.Event)
    _fresh: set[str] = attrs.field(factory=set)  # sent on this connection for the first time

    async def play(self) -> None:
        """Play until told to leave."""
        while not self.is_leaving:
            with suppress(*_TROUBLE):
                async with self.way(self.url) as connection:
                    await self._sit(connection)
            self.here.clear()
            self._fresh.clear()
            self.wander()
            if not self.is_leaving:
                await asyncio.sleep(self.chance.uniform(0.01, self.manners.backoff_s))

    async def _sit(self, connection: ClientConnection) -> None:
        frame: dict[str, Any] = {"type": "resume", "room": self.room, self.key: self.token}
        if self.epoch:
            frame |= {"seq": self.seq, "epoch": self.epoch}
        self.journal.note("asked")
        await connection.send(json.dumps(frame))
        self.connection = connection
        pacing = asyncio.create_task(self._pace(connection))
        try:
            async for message in connection:
                self.take(json.loads(message))
        finally:
            self.connection = None
            pacing.cancel()
            await asyncio.gather(pacing, return_exceptions=True)
            if connection.close_code is not None:
                self.closes.append(connection.close_code)

    def wander(self) -> None:
        """Choose where to come back: at the same address, unless a class below it knows others."""

    async def leave(self) -> None:
        """Leave for good."""
        self.is_leaving = True
        if self.connection is not None:
            await self.connection.close()

    def drop(self) -> None:
        """Lose the connection without a word, as a phone that leaves the Wi-Fi does."""
        if self.connection is not None:
            self.connection.transport.abort()

    # -- sending

    async def _pace(self, connection: ClientConnection) -> None:
        await self.here.wait()
        for id_, (order, _) in list(self.waiting.items()):
            await self._send(connection, id_, order)
        every_s = self.manners.every_s
        if every_s:
            await asyncio.sleep(self.chance.uniform(0, every_s))
        while not self.is_resting:
            if len(self.waiting) < self.manners.in_flight and not self.is_paused:
                await self._command(connection)
            if every_s:
                await asyncio.sleep(self.chance.uniform(0.5, 1.5) * every_s)
            elif len(self.waiting) >= self.manners.in_flight:
                self._answered.clear()
                await self._answered.wait()

    def choose(self) -> Order | None:
        """Return what to do next; None: nothing now."""
        return Order("count", {"by": self.chance.randint(1, 10)})

    async def _command(self, connection: ClientConnection) -> None:
        id_, order = f"{len(self._sent):07}", self.choose()
        if order is None:
            return
        self._sent[id_] = order
        self.waiting[id_] = order, time.monotonic()
        self._fresh.add(id_)
        await self._send(connection, id_, order)
        if self.chance.random() < self.manners.repeats:
            again = f"{self.chance.randint(max(0, len(self._sent) - _OLD), len(self._sent) - 1):07}"
            await self._send(connection, again, self._sent[again])
        if self.chance.random() < self.manners.reuses:
            other = Order(order.name, {"by": order.args["by"] % 10 + 1})
            await self._raw(connection, id_, other)  # not in the journal as sent: it must never count

    async def _send(self, connection: ClientConnection, id_: str, order: Order) -> None:
        self.journal.note("sent", id_, order.name, order.args)
        await self._raw(connection, id_, order)

    async def _raw(self, connection: ClientConnection, id_: str, order: Order) -> None:
        await connection.send(json.dumps(order.frame(id_)))

    # -- hearing

    def take(self, frame: dict[str, Any]) -> None:
        """Take in a frame."""
        match frame["type"]:
            case "welcome":
                self._welcome(frame)
            case "update":
                self.lags_s.append(max(0.0, time.time() - frame["now"] / 1000))
                merge(self.table, frame.get("table", {}))
                merge(self.hand, frame.get("hand", {}))
                for line in frame.get("log", ()):
                    self.journal.note("line", line["seq"], line["text"], line.get("values", {}))
                self._see(frame["seq"])
            case "result":
                self._result(frame)
            case _:
                self.journal.note("error", frame["code"])
                self.trouble = "" if frame["code"] == "unavailable" else frame["code"]

    def _welcome(self, frame: dict[str, Any]) -> None:
        if frame["you"].get("seat", 0) != self.number:
            self.trouble = f"in seat {frame['you'].get('seat', 0)}"
        self.epoch = frame["epoch"]
        resumed = frame.get("resumed", False)
        self.let_in_at = frame["seq"]
        self.journal.note("here", frame["epoch"], frame["seq"], resumed)
        if not resumed:
            self.table, self.hand = frame["table"], frame.get("hand", {})
            self._see(frame["seq"])
        self.came_back_at = time.monotonic()
        self.here.set()

    def _see(self, seq: int) -> None:
        self.seq = seq
        self.journal.note("seen", seq, *self.picture())

    def picture(self) -> tuple[object, object]:
        """Return what the table says that is the same for everybody who sees the same `seq`, and what is its own."""
        return self.table.get("tally", {}).get("total", 0), self.count

    @property
    def count(self) -> int:
        """Return what it has counted, as the table says."""
        found: int = self.table.get("count", {}).get(str(self.number), {}).get("count", 0)
        return found

    def _result(self, frame: dict[str, Any]) -> None:
        self.journal.result(frame)
        code = frame.get("error", {}).get("code", "")
        id_ = frame["id"]
        if code in ("unavailable", "rate_limited", "paused"):
            wait_s = frame["error"].get("retry_after", 1)
            asyncio.get_running_loop().call_later(wait_s, self._again, id_)
        elif code != "id_reused" and id_ in self.waiting:
            _, sent_at = self.waiting.pop(id_)
            if id_ in self._fresh:
                self.delays_s.append(time.monotonic() - sent_at)
            self.acked += frame["ok"]
            self._answered.set()

    def _again(self, id_: str) -> None:
        """Send again what was turned away for the moment."""
        if self.connection is not None and id_ in self.waiting:
            self._sending = asyncio.ensure_future(self._quietly(self._send(self.connection, id_, self.waiting[id_][0])))

    async def _quietly(self, sending: Any) -> None:  # noqa: ANN401
        with suppress(*_TROUBLE):
            await sending

    _sending: asyncio.Future[None] | None = None
