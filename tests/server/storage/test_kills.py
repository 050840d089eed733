"""`kill -9` at any instant loses nothing that was acknowledged, and doubles and halves nothing.

The journal of what was acknowledged is kept by the other side; the check reads the database with SQLite and
JSON alone, and counts what it has checked. The instants are random: so many acknowledgements after the start.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import attrs
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from makersphere_server.afterwards.verify import verify_stored
from tests.loopback import free_port

KILLS = 30
SEATS = 6
IN_FLIGHT = 3  # commands of a seat without an answer
LONGEST_S = 600

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the worker is forked, to be there at once")


@attrs.define
class Axe:
    """The process that forks workers, see `process_killer.py`."""

    process: asyncio.subprocess.Process
    pid: int = 0
    up: asyncio.Event = attrs.field(factory=asyncio.Event)

    async def line(self) -> list[str]:
        """Return the words of the next line."""
        assert self.process.stdout is not None
        return (await self.process.stdout.readline()).decode().split()

    async def start(self) -> None:
        """Fork a worker and wait until it is ready."""
        assert self.process.stdin is not None
        self.process.stdin.write(b"\n")
        while (words := await self.line()) != ["ready"]:
            assert words, "the process has ended"
            assert words[0] == "pid", words
            self.pid = int(words[1])
        self.up.set()

    async def stop(self, how: int) -> list[list[str]]:
        """Send a signal to the worker and return what it had said before it was gone."""
        self.up.clear()
        os.kill(self.pid, how)
        said = []
        while (words := await self.line()) != ["gone"]:
            assert words, "the process has ended"
            said.append(words)
        return said


@asynccontextmanager
async def axe(kind: str, folder: Path, port: int = 0) -> AsyncIterator[Axe]:
    """Run the forking process."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.server.rig.process_killer", kind, str(folder), str(port)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        cwd=Path(__file__).parents[3],
    )
    found = Axe(process)
    try:
        yield found
    finally:
        if found.up.is_set():
            with suppress(ProcessLookupError):
                os.kill(found.pid, signal.SIGKILL)
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()


def stored(folder: Path) -> dict[str, list[tuple[int, str, str, dict[str, Any]]]]:
    """Return seq, token, id and content of each record by room, read with nothing of ours."""
    found: dict[str, list[tuple[int, str, str, dict[str, Any]]]] = {}
    database = sqlite3.connect(folder / "rooms.sqlite3")
    try:
        for room, seq, token, id_, line in database.execute(
            "SELECT room, seq, token, id, line FROM records ORDER BY room, seq"
        ):
            found.setdefault(room, []).append((seq, token, id_, json.loads(line)))
    finally:
        database.close()
    return found


async def test_the_store_survives_thirty_kills(tmp_path: Path) -> None:
    """With eight rooms writing at once: each acknowledged append is there whole, once, and in its place."""
    chance = random.Random("axe")
    journal: dict[str, int] = {}
    acks = kills = 0
    async with asyncio.timeout(LONGEST_S), axe("store", tmp_path) as worker:
        for _ in range(KILLS):
            await worker.start()
            said = [await worker.line() for _ in range(chance.randrange(1, 60))]
            said += await worker.stop(signal.SIGKILL)
            kills += 1
            for word, room, last, _ in said:
                assert word == "ack"
                assert int(last) > journal.get(room, 0)
                journal[room] = int(last)
                acks += 1
        await worker.start()
        await worker.stop(signal.SIGKILL)
    checked = 0
    for room, rows in stored(tmp_path).items():
        assert [seq for seq, *_ in rows] == list(range(1, len(rows) + 1))
        assert len(rows) >= journal.get(room, 0), "acknowledged and lost"
        assert len({(token, id_) for _, token, id_, _ in rows}) == len(rows), "stored twice"
        assert all(content["seq"] == seq and content["id"] == id_ for seq, _, id_, content in rows)
        checked += len(rows)
    assert kills == KILLS
    assert acks >= KILLS
    assert checked >= sum(journal.values()) > KILLS


# -- the whole server


@attrs.define
class Seat:
    """A client of one seat: it comes back by itself, and sends again what has not been answered.

    Attributes:
        sent: `by` of every command, by id.
        acked: the `seq` of every answer, by id.
        waiting: ids without an answer, in order.
        back: set when the seat is in the room.
        seen: the highest `seq` that it was told.
    """

    number: int
    url: str
    axe: Axe
    room: str
    token: str
    chance: random.Random
    told: asyncio.Event
    sent: dict[str, int] = attrs.field(factory=dict)
    acked: dict[str, int] = attrs.field(factory=dict)
    waiting: list[str] = attrs.field(factory=list)
    back: asyncio.Event = attrs.field(factory=asyncio.Event)
    resting: bool = False
    seen: int = 0
    epoch: int = 0

    async def play(self) -> None:
        """Play until it rests and nothing is unanswered."""
        while not (self.resting and not self.waiting):
            await self.axe.up.wait()
            with suppress(OSError, WebSocketException, EOFError):
                async with link(self.url) as connection:
                    await self.come_back(connection)
                    while not (self.resting and not self.waiting):
                        await self.turn(connection)
            self.back.clear()

    async def come_back(self, connection: ClientConnection) -> None:
        """Resume, and send again."""
        frame = {"type": "resume", "room": self.room, "seat_token": self.token, "seq": self.seen}
        welcome = await ask(connection, frame | ({"epoch": self.epoch} if self.epoch else {}))
        assert welcome["type"] == "welcome"
        assert welcome["you"]["seat"] == self.number
        assert welcome["seq"] >= max(self.acked.values(), default=0)
        assert self.epoch in (0, welcome["epoch"])
        self.epoch = welcome["epoch"]
        for id_ in self.waiting:
            await self.send(connection, id_)
        self.back.set()

    async def turn(self, connection: ClientConnection) -> None:
        """Keep some commands under way and take the next frame."""
        while len(self.waiting) < IN_FLIGHT and not self.resting:
            id_ = f"{len(self.sent):08}"
            self.sent[id_] = self.chance.randint(1, 10)
            self.waiting.append(id_)
            await self.send(connection, id_)
        if self.waiting:
            self.take(json.loads(await connection.recv()))

    async def send(self, connection: ClientConnection, id_: str) -> None:
        """Send a command, the first time or again."""
        frame = {"type": "command", "id": id_, "name": "count", "args": {"by": self.sent[id_]}}
        await connection.send(json.dumps(frame))

    def take(self, frame: dict[str, Any]) -> None:
        """Note an answer, once and for ever."""
        if frame["type"] == "update":
            assert frame["seq"] >= self.seen
            self.seen = frame["seq"]
            return
        assert frame["type"] == "result", frame
        if frame.get("error", {}).get("code") == "unavailable":
            return
        assert frame["ok"], frame
        assert self.acked.setdefault(frame["id"], frame["seq"]) == frame["seq"]
        self.waiting.remove(frame["id"])
        self.told.set()


def link(url: str) -> connect:
    """Return a connection in the making."""
    return connect(url, subprotocols=["makersphere.v1"], compression=None, open_timeout=20, max_size=None)  # type: ignore[list-item]


async def ask(connection: ClientConnection, frame: dict[str, Any]) -> dict[str, Any]:
    """Send a frame and return the answer to it, updates left out."""
    await connection.send(json.dumps(frame))
    while True:
        answer: dict[str, Any] = json.loads(await connection.recv())
        if answer["type"] != "update":
            return answer


async def open_room(url: str) -> tuple[str, list[str]]:
    """Open a room of counter, seat everybody, start it, and return its code and the seats' tokens."""
    options = {"seats": SEATS, "timers": {"scale": 0}}
    tokens = []
    async with link(url) as host:
        room = (await ask(host, {"type": "create", "scenario": "counter", "options": options}))["room"]
        for number in range(1, SEATS + 1):
            async with link(url) as connection:
                joined = await ask(connection, {"type": "join", "room": room, "name": f"Seat {number}"})
                assert joined["you"]["seat"] == number
                tokens.append(joined["seat_token"])
        assert (await ask(host, {"type": "command", "id": "start", "name": "host.start"}))["ok"]
    return room, tokens


async def acknowledged(seats: list[Seat], more: int) -> None:
    """Wait until so many more commands have been acknowledged."""
    wanted = sum(len(seat.acked) for seat in seats) + more
    while sum(len(seat.acked) for seat in seats) < wanted:
        seats[0].told.clear()
        await seats[0].told.wait()


async def chop(worker: Axe, seats: list[Seat]) -> int:
    """Kill the server again and again, each time until all seats are back; return how often."""
    chance, kills = random.Random("game"), 0
    for _ in range(KILLS):
        await acknowledged(seats, chance.randrange(5, 90))
        await worker.stop(signal.SIGKILL)
        for seat in seats:
            seat.back.clear()
        kills += 1
        await worker.start()
        await asyncio.wait_for(asyncio.gather(*(seat.back.wait() for seat in seats)), 120)
    for seat in seats:
        seat.resting = True
    return kills


async def test_a_game_survives_thirty_kills(tmp_path: Path) -> None:
    """Six seats under load, the server killed again and again: all come back, and the log holds each command once."""
    port, told = free_port(), asyncio.Event()
    url = f"ws://127.0.0.1:{port}/ws"
    async with asyncio.timeout(LONGEST_S), axe("server", tmp_path, port) as worker:
        await worker.start()
        room, tokens = await open_room(url)
        seats = [
            Seat(number, url, worker, room, token, random.Random(number), told)
            for number, token in enumerate(tokens, 1)
        ]
        async with asyncio.TaskGroup() as playing:  # a seat that fails ends the test
            chopping = playing.create_task(chop(worker, seats))
            for seat in seats:
                playing.create_task(seat.play())
        kills = chopping.result()
        await worker.stop(signal.SIGTERM)
    assert kills == KILLS
    check_game(stored(tmp_path)[room], seats)
    report = verify_stored(tmp_path, room)
    assert (report.wrong_seq, report.reason) == (None, "")


def check_game(rows: list[tuple[int, str, str, dict[str, Any]]], seats: list[Seat]) -> None:
    """Compare the log with what every seat has sent and was told."""
    checked = 0
    assert [seq for seq, *_ in rows] == list(range(1, len(rows) + 1))
    for seat in seats:
        mine = [(id_, seq, content) for seq, _, id_, content in rows if content["actor"] == seat.number]
        assert {id_: seq for id_, seq, _ in mine} == seat.acked, "lost, or stored elsewhere than acknowledged"
        assert len(mine) == len(seat.sent) == len(seat.acked), "stored twice, or never answered"
        for id_, _, content in mine:
            (event,) = content["events"]
            assert content["command"] == {"name": "count", "args": {"by": seat.sent[id_]}}
            assert event["data"]["by"] == seat.sent[id_], "stored by half"
            checked += 1
    assert rows[-1][3]["events"][0]["data"]["total"] == sum(by for seat in seats for by in seat.sent.values())
    assert checked == len(rows) - 1 > KILLS * 5, "all records but the start are the seats'"
