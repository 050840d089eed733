"""A server without sockets, disk or time: a clock moved by hand, connections that lose frames, and clients on them."""

import asyncio
import heapq
import itertools
from collections.abc import Callable, Mapping
from typing import Any

from makersphere_bots.catalogue import policy
from makersphere_bots.legal import Form
from makersphere_bots.policy import READY, Move, Policy, View
from makersphere_bots.stand_ins import StandIns
from makersphere_protocol.codec import decode_from_server, encode
from makersphere_protocol.messages import (
    At,
    Command,
    Create,
    Error,
    Join,
    Line,
    Options,
    Preview,
    Result,
    Resume,
    ServerFrame,
    Update,
    Watch,
    Welcome,
)
from makersphere_protocol.patches import apply
from makersphere_rules.scenario import Scenario
from makersphere_rules.scenario_building import build
from makersphere_rules.shipped import modules, scenario
from makersphere_server.classes.classes import Classes
from makersphere_server.edge.session import Session
from makersphere_server.lobby.lobby import Lobby
from makersphere_server.room.room import Room
from makersphere_server.settings import Settings
from tests.server.rig.memory_log import MemoryLog

__all__ = ["Client", "ManualClock", "MemoryConnection", "Rig", "Silent", "code", "long_id", "settle"]

_TWO = {
    "name": "two",
    "seasons": 2,
    "seats": 3,
    "phase": [
        {"name": "first", "limit_s": 60, "modules": ["counter"]},
        {"name": "second", "limit_s": 30, "modules": ["counter"]},
    ],
}


class ManualClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        """Begin at nought."""
        self.now = 0
        self._calls: list[tuple[int, int, Callable[[], None]]] = []
        self._numbers = itertools.count()
        self._cancelled: set[int] = set()

    def now_ms(self) -> int:
        """Return the monotonic time."""
        return self.now

    def wall_ms(self) -> int:
        """Return the wall clock."""
        return 1_700_000_000_000 + self.now

    def call_later(self, delay_ms: int, call: Callable[[], None]) -> "_Handle":
        """Call when the clock has been moved so far."""
        number = next(self._numbers)
        heapq.heappush(self._calls, (self.now + max(delay_ms, 0), number, call))
        return _Handle(lambda: self._cancelled.add(number))

    def next_at(self) -> int | None:
        """Return when the next call is due."""
        while self._calls and self._calls[0][1] in self._cancelled:
            heapq.heappop(self._calls)
        return self._calls[0][0] if self._calls else None

    def move_to(self, at: int) -> None:
        """Move on, and make the calls that are due at that very moment."""
        self.now = at
        while (due := self.next_at()) is not None and due <= at:
            heapq.heappop(self._calls)[2]()


class _Handle:
    def __init__(self, cancel: Callable[[], None]) -> None:
        self.cancel = cancel


async def settle() -> None:
    """Let everything run that can run without time going by."""
    for _ in range(40):
        await asyncio.sleep(0)


class MemoryConnection:
    """A connection in memory.

    Attributes:
        sent: what the server has sent, as bytes, lost frames included.
        got: what has arrived.
        lose: numbers of frames (from 0) at which it breaks before they arrive.
        closed: close code, 0 while open, 1006 when cut or broken.
        rested_ms: for how long nothing was to be taken in, all times together.
    """

    def __init__(self, lose: frozenset[int] = frozenset(), address: str = "192.0.2.1") -> None:
        """Begin open."""
        self.address = address
        self.drained: Callable[[], None] | None = None
        self.is_ended = False
        self.sent: list[bytes] = []
        self.got: list[ServerFrame] = []
        self.lose = lose
        self.closed = 0
        self.farewell = ""
        self.rested_ms = 0
        self.clogged = False
        self.on_closed: Callable[[], None] = lambda: None

    def tell(self, frame: bytes) -> None:
        """Take a frame from the server."""
        if self.closed:
            return
        number = len(self.sent)
        self.sent.append(frame)
        if number in self.lose:
            self._close(1006)
        else:
            self.got.append(decode_from_server(frame))

    def is_open(self) -> bool:
        """Return whether frames can still be sent."""
        return not self.closed

    def is_clogged(self) -> bool:
        """Return whether the other side reads nothing."""
        return self.clogged

    def rest(self, ms: int) -> None:
        """Note for how long; what a test sends is taken all the same."""
        self.rested_ms += ms

    def end(self, code: int, reason: str) -> None:
        """Close."""
        self.is_ended = True
        self.farewell = reason
        self._close(int(code))

    def cut(self) -> None:
        """Cut."""
        self.is_ended = True
        self._close(1006)

    def _close(self, code: int) -> None:
        if not self.closed:
            self.closed = code
            self.on_closed()


class Client:
    """Somebody at the other end of a connection."""

    def __init__(self, rig: "Rig", lose: frozenset[int] = frozenset()) -> None:
        """Connect, and say nothing yet."""
        self.rig = rig
        self.table: dict[str, Any] = {}
        self.hand: dict[str, Any] = {}
        self.seq = 0
        self.mark = ""  # of the record of that `seq`
        self.epoch = 0
        self.token = ""
        self._ids = itertools.count(1)
        self._seen = 0
        self.connect(lose)

    def connect(self, lose: frozenset[int] = frozenset()) -> None:
        """Open a new connection, with what is known kept."""
        self.connection = MemoryConnection(lose, self.rig.address)
        self._seen = 0
        self.session = Session(self.connection, self.rig.lobby, self.rig.clock)
        self.connection.on_closed = self.session.lost

    def leave(self) -> None:
        """Break the connection."""
        self.connection.cut()

    async def say(self, frame: Any) -> None:  # noqa: ANN401  (a frame, or bytes that make no frame)
        """Send a frame, or raw bytes, and take in what comes of it."""
        self.session.receive(frame if isinstance(frame, (bytes, str)) else encode(frame))
        await settle()
        self.read()

    def read(self) -> None:
        """Take in what has arrived."""
        for frame in self.connection.got[self._seen :]:
            match frame:
                case Welcome():
                    self._welcomed(frame)
                case Update():
                    apply(self.table, frame.table or {})
                    apply(self.hand, frame.hand or {})
                    self.seq, self.mark = frame.seq, frame.mark
                case _:
                    pass
        self._seen = len(self.connection.got)

    def _welcomed(self, frame: Welcome) -> None:
        self.room, self.you, self.epoch = frame.room, frame.you, frame.epoch
        self.token = frame.seat_token or frame.host_token or self.token
        if not frame.resumed:
            self.table, self.hand = frame.table or {}, frame.hand or {}
            self.seq, self.mark = frame.seq, frame.mark

    @property
    def at(self) -> At:
        """Return the season and phase that the table shows."""
        return At(self.table["game"]["season"], self.table["game"]["phase"])

    async def command(self, name: str, /, id: str = "", at: At | None = None, **args: Any) -> Result:  # noqa: ANN401
        """Send a command and return its result."""
        id = id or f"{name}-{next(self._ids)}"
        if at is None and not name.startswith(("host.", "class.")):
            at = self.at
        before = len(self.connection.got)
        await self.say(Command(id, name, args, at))
        return next(f for f in self.connection.got[before:] if isinstance(f, Result) and f.id == id)

    async def preview(self, name: str, **args: Any) -> Result:  # noqa: ANN401
        """Ask for a preview and return its result."""
        before = len(self.connection.got)
        await self.say(Preview("p", name, args))
        return next(f for f in self.connection.got[before:] if isinstance(f, Result))

    async def resume(self, *, fresh: bool = False) -> None:
        """Come back on a new connection with the token, from what was seen last or from nothing."""
        self.connect()
        seq, epoch, mark = (None, None, "") if fresh else (self.seq, self.epoch, self.mark)
        host_token, seat_token = (self.token, "") if self.you.kind == "host" else ("", self.token)
        await self.say(Resume(self.room, seat_token, host_token, seq=seq, epoch=epoch, mark=mark))
        await self.rig.pass_ms(50)
        self.read()

    def results(self) -> list[Result]:
        """Return all results that have arrived on this connection."""
        return [frame for frame in self.connection.got if isinstance(frame, Result)]

    def welcome(self) -> Welcome:
        """Return the welcome of this connection."""
        return next(frame for frame in self.connection.got if isinstance(frame, Welcome))

    def error(self) -> Error:
        """Return the error that ended this connection."""
        return next(frame for frame in self.connection.got if isinstance(frame, Error))

    def lines(self) -> list[Line]:
        """Return all lines of the log that have arrived on this connection."""
        return [line for frame in self.connection.got if isinstance(frame, Update) for line in frame.log or []]


def code(result: Result) -> str:
    """Return why a command was refused."""
    assert result.error is not None, result
    return result.error.code


def long_id(id: str) -> str:
    """Return an id that is long enough to prove who sends it, for one that is easy to read; "" stays none."""
    return id and f"{id}, drawn at random"


class Silent:
    """A policy that is ready at once."""

    def choose(self, view: View, legal: Mapping[str, Form], rng: object) -> list[Move]:
        """Return that it is ready."""
        return [READY]


class Rig:
    """A server in memory; `restart` keeps its log alone."""

    def __init__(self, *, bots: str = "", **settings: Any) -> None:  # noqa: ANN401  (of the server)
        """Prepare; `start` begins."""
        self.log = MemoryLog()
        self.clock = ManualClock()
        self.settings = Settings(**settings)
        self.address = "192.0.2.1"  # where clients come from
        self.policy = policy(bots) if bots else Silent()
        self.levels: list[str] = []  # at which bots were asked, in order
        self.two = build(_TWO, modules())
        self.lobby: Lobby

    def _bot(self, level: str) -> Policy:
        self.levels.append(level)
        return self.policy

    def _scenario(self, name: str) -> Scenario:
        return self.two if name == "two" else scenario(name)

    async def start(self) -> "Rig":
        """Start, or start again on the same log."""
        self.lobby = Lobby(self.log, self.clock, StandIns(self._bot), self.settings, self._scenario)
        self.lobby.take_classes(Classes(self.log, self.lobby, self.clock, self.settings))
        await self.lobby.start()
        return self

    async def stop(self) -> None:
        """Stop as at SIGTERM."""
        await self.lobby.stop()
        await settle()

    async def kill(self) -> None:
        """Stop as at SIGKILL: nothing is finished, nothing is stored."""
        for room in self.lobby.open_rooms._rooms.values():
            assert room._task is not None
            room._task.cancel()
        await settle()
        self.clock._calls.clear()

    async def pass_ms(self, ms: int) -> None:
        """Let time go by, everything being done in its time."""
        end = self.clock.now + ms
        await settle()
        while (due := self.clock.next_at()) is not None and due <= end:
            self.clock.move_to(max(due, self.clock.now))
            await settle()
        self.clock.move_to(end)
        await settle()

    async def create(self, scenario: str = "counter", seats: int = 3, **fields: Any) -> Client:  # noqa: ANN401
        """Return the host of a new room; the frame's id is made long."""
        host = Client(self)
        options = fields.pop("options", Options(seats=seats))
        await host.say(Create(scenario, options, **{**fields, "id": long_id(fields.get("id", ""))}))
        await self.pass_ms(50)
        host.read()
        return host

    async def join(self, room: str, name: str = "Ann", **fields: Any) -> Client:  # noqa: ANN401
        """Return somebody who has joined; the frame's id is made long."""
        client = Client(self)
        await client.say(Join(room, name, **{**fields, "id": long_id(fields.get("id", ""))}))
        await self.pass_ms(50)
        client.read()
        return client

    async def share(self, host: Client, name: str, seat: int, **fields: Any) -> Client:  # noqa: ANN401
        """Return somebody who has joined others in their seat, by a pass of the host's."""
        given = await host.command("host.seat_pass", seat=seat)
        assert given.data is not None, given
        return await self.join(host.room, name, seat=seat, pass_=given.data["code"], **fields)

    async def started(self, scenario: str = "counter", seats: int = 3, *, teams: bool = False) -> tuple[Client, Client]:
        """Return the host and the person of a game that has begun; bots play the other seats."""
        host = await self.create(scenario, options=Options(seats=seats, teams=teams))
        ann = await self.join(host.room)
        assert (await host.command("host.start")).ok
        await self.pass_ms(50)
        ann.read()
        host.read()
        return host, ann

    async def watch(self, room: str) -> Client:
        """Return somebody who looks on."""
        client = Client(self)
        await client.say(Watch(room))
        await self.pass_ms(50)
        client.read()
        return client

    def room(self, code: str) -> Room:
        """Return an open room."""
        return self.lobby.open_rooms._rooms[code]
