"""A class that plays `classroom` over sockets: some people, a host, and bots of the server in the other seats.

People play at random within what their hand says is legal, and then say that they are ready; the host does what the
fault asks for. Each of them keeps a journal and sends again what was not answered, as every client must.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import sqlite3
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any, ClassVar, Final

import attrs

from makersphere_bots.legal import forms_from_schema
from makersphere_bots.random_moves import fill
from tests.faults.harness import Run
from tests.faults.rig.crowd import Crowd
from tests.faults.rig.journal import Journal
from tests.faults.rig.seat import Manners, Order, Seat, Way, ask, dial
from tests.faults.rig.server import Server

__all__ = ["FEW", "Class", "Company", "Host", "Player", "count_turns", "open_class"]

_BESIDE: Final = frozenset(
    {"ask", "ask_host", "consent", "lost", "ready", "rejoin_code", "pair"}
)  # no moves of the game
# what lies over the table, without a `seq`
_OVER_IT: Final = frozenset(
    {"answers", "clock", "dice", "introduced", "module", "on_the_way", "room", "seat", "show", "why", "why_progress"}
)
_MOVES: Final = 4  # of a person in a phase, at most; then it is ready
_PATIENCE_S: Final = 30.0
_TIMES: Final = 6  # that somebody new knocks at a server that has too much to do
_MANNERS: Final = Manners(every_s=0.02, in_flight=2, backoff_s=0.2)


def _digest(table: dict[str, Any]) -> str:
    """Return a short name for all of a table that the game itself has put there."""
    game = {key: value for key, value in table.items() if key not in _OVER_IT}
    return hashlib.sha256(json.dumps(game, sort_keys=True).encode()).hexdigest()[:16]


@attrs.define(eq=False)
class Player(Seat):
    """A person in a seat."""

    _phase: dict[str, Any] = attrs.field(factory=dict)
    _moves: int = 0

    @property
    def game(self) -> dict[str, Any]:
        """Return where the game stands."""
        found: dict[str, Any] = self.table.get("game", {})
        return found

    def picture(self) -> tuple[object, object]:
        """Return the game's table by a digest."""
        return _digest(self.table), 0

    def choose(self) -> Order | None:
        """Choose a random legal move, or say that the seat is ready; None while nobody waits for it."""
        if self.waiting or self.game.get("status") != "running" or self._is_done():
            return None
        at = {key: self.game[key] for key in ("season", "phase")}
        if at != self._phase:
            self._phase, self._moves = at, 0
        self._moves += 1
        move = self._move() if self._moves <= _MOVES else None
        return move or Order("ready", {"ready": True}, at)

    def _is_done(self) -> bool:
        """Return whether it is ready, and nobody has asked it for an answer since."""
        public, own = (tree.get("seat", {}).get(str(self.number), {}) for tree in (self.table, self.hand))
        return bool(public.get("ready")) and not own.get("asked")

    def _move(self) -> Order | None:
        legal = {name: form for name, form in self.hand.get("legal", {}).items() if name not in _BESIDE}
        forms = dict(forms_from_schema(legal, self.hand.get("choices")))
        for name in self.chance.sample(sorted(forms), len(forms)):
            args = fill(forms[name], self.chance)
            if args is not None:
                return Order(name, dict(args))
        return None


@attrs.define(eq=False)
class Host(Player):
    """Whoever leads the room; does what it is told to.

    Attributes:
        answers: what each order was answered in the end, by its id.
    """

    key: ClassVar[str] = "host_token"

    answers: dict[str, dict[str, Any]] = attrs.field(factory=dict)
    _orders: deque[Order] = attrs.field(factory=deque)

    def choose(self) -> Order | None:
        """Do what comes next."""
        return self._orders.popleft() if self._orders else None

    def order(self, name: str, **args: object) -> str:
        """Ask for something as soon as it may be; return the id that it will have."""
        self._orders.append(Order(name, args))
        return f"{len(self._sent) + len(self._orders) - 1:07}"

    def was_sent(self, id_: str) -> bool:
        """Return whether an order has been sent."""
        return id_ in self._sent

    def _result(self, frame: dict[str, Any]) -> None:
        super()._result(frame)
        if frame["id"] not in self.waiting:
            self.answers[frame["id"]] = frame


@attrs.define(eq=False)
class Class(Crowd):
    """Everybody of one room."""

    host: Host
    playing: list[asyncio.Task[None]] = attrs.field(factory=list)

    async def rest(self) -> None:
        """Let everybody rest and see the whole picture anew, until it is the same for all: the bots rest, too."""
        for seat in self.seats:
            seat.is_resting = True
        await self.until("answered", lambda seat: seat.here.is_set() and not seat.waiting)
        ends = time.monotonic() + _PATIENCE_S
        while True:
            for seat in self.seats:
                seat.epoch = 0  # so it is told all, and not what it has missed
                seat.here.clear()
                seat.drop()
            await self.until("in the room at the end", lambda seat: seat.here.is_set())
            last = {seat.seq for seat in self.seats}
            if len(last) == 1 or time.monotonic() > ends:
                break
        for seat in self.seats:
            seat.journal.note("end", max(last))

    async def leave(self) -> None:
        """Let everybody come to rest and leave; what is in the journals is on disk afterwards."""
        if self.server.pid:
            await self.rest()
        await asyncio.gather(*(seat.leave() for seat in self.seats), return_exceptions=True)
        await asyncio.wait(self.playing, timeout=5)
        for one in self.playing:
            one.cancel()
        for error in await asyncio.gather(*self.playing, return_exceptions=True):
            if isinstance(error, Exception):
                self.run.problem(f"a client broke: {type(error).__name__}: {error}")
        for seat in self.seats:
            seat.journal.close()

    async def wait(self, what: str, holds: Callable[[], bool]) -> bool:
        """Wait until something holds; note a problem where that takes too long."""
        return await self.until(what, lambda _: holds())


@attrs.frozen
class Company:
    """Who is in a class, and how they get there.

    Attributes:
        seats: how many there are; those that nobody takes are bots'.
        people: how many people sit down.
        url: where the socket is, where that is not the server's own word.
        ways: by which people get their connections, the host first, in turn.
        manners: how they play.
    """

    seats: int = 8
    people: int = 3
    url: str = ""
    ways: Sequence[Way] = (dial,)
    manners: Manners = _MANNERS

    def way(self, person: int) -> Way:
        """Return the way of a person, 0 being the host."""
        return self.ways[person % len(self.ways)]


FEW: Final = Company()


async def open_class(run: Run, server: Server, number: int, company: Company = FEW) -> Class:
    """Open a room of `classroom`, seat a host and some people, start it, and let them play."""
    url = company.url or server.url
    options: dict[str, Any] = {"seats": company.seats, "timers": {"scale": 0}}
    options["seed"] = run.chance(f"class {number}").randrange(10**9)
    create = {"type": "create", "scenario": "classroom", "options": options, "id": f"class {number} {options['seed']}"}
    async with _let_in(company.way(0), url, create) as made:
        room = made["room"]
        people = [
            (Player, joined["you"]["seat"], joined["seat_token"])
            for name in range(company.people)
            for joined in [await _join(company.way(name + 1), url, room, f"Pupil {name}")]
        ]
    chairs = [(Host, 0, made["host_token"]), *people]
    seats = [
        kind(url, room, seat, token, journal, chance, company.manners, way=company.way(person))
        for person, (kind, seat, token) in enumerate(chairs)
        for chance in [run.chance(f"class {number} seat {seat}")]
        for journal in [Journal(run.folder / "journals", room, seat, token)]
    ]
    host = seats[0]
    assert isinstance(host, Host)
    found = Class(run, server, list(seats), host)
    found.playing = [asyncio.create_task(seat.play()) for seat in seats]
    await found.until("in the room", lambda seat: seat.here.is_set())
    host.order("host.start")
    await found.wait("started", lambda: host.game.get("status") == "running")
    return found


async def _join(way: Way, url: str, room: str, name: str) -> dict[str, Any]:
    frame = {"type": "join", "room": room, "name": name, "id": f"{name} of {room}"}
    async with _let_in(way, url, frame) as joined:
        return joined


@asynccontextmanager
async def _let_in(way: Way, url: str, frame: dict[str, Any]) -> AsyncIterator[dict[str, Any]]:
    """Say a first frame, and again as long as the server has too much to do for somebody new; stay while it is used."""
    answer: dict[str, Any] = {}
    for _ in range(_TIMES):
        async with way(url) as connection:
            answer = await ask(connection, frame)
            if answer.get("code") != "unavailable":
                yield answer
                return
        await asyncio.sleep(answer.get("retry_after", 1))
    raise AssertionError(f"nobody is let in: {answer}")


def count_turns(run: Run, data: Path, room: str, size: int) -> None:
    """Hold that in every phase each of so many seats says that it is ready, and that nobody plays for anybody."""
    with closing(sqlite3.connect(data / "rooms.sqlite3")) as database:
        rows = database.execute("SELECT line FROM records WHERE room = ? ORDER BY seq", (room,)).fetchall()
    ready: set[int] = set()  # who has said so in this phase
    for (line,) in rows:
        record = json.loads(line)
        if record["by"] not in ("person", "host", "room"):
            run.problem(f"record {record['seq']} is by {record['by']}, not by the seat's own person")
        if record["command"]["name"] == "ready":
            ready.add(record["actor"])
        elif record["command"]["name"] == "close":
            run.counts["turns"] += len(ready)
            if len(ready) != size:
                run.problem(f"record {record['seq']} closes a phase in which not all of {size} had their turn")
            ready.clear()
