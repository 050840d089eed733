"""Every single frame of the server is lost once: no ghost seat, no double command, no stale ready comes of it."""

from collections import Counter

import pytest

from makersphere_protocol.codec import encode
from makersphere_protocol.messages import (
    At,
    Command,
    Create,
    Error,
    Join,
    Options,
    Result,
    Resume,
    ServerFrame,
    Update,
    Welcome,
)
from makersphere_protocol.patches import apply
from makersphere_server.edge.session import Session
from tests.server.rig.fakes import MemoryConnection, Rig, long_id, settle

_MOST_FRAMES = 30


class _Stubborn:
    """A client that loses one frame of its whole life, and then does what every client must: come back, send again."""

    def __init__(self, rig: Rig, entrance: Create | Join, lose: int | None) -> None:
        self.rig, self.entrance, self.lose = rig, entrance, lose
        self.table: dict[str, object] = {}
        self.token = ""
        self.seq = self.epoch = 0
        self.heard = 0
        self.unanswered: dict[str, Command] = {}
        self.answers: dict[str, Result] = {}
        self.connect()

    def connect(self) -> None:
        lose = frozenset() if self.lose is None or self.lose < self.heard else frozenset({self.lose - self.heard})
        self.connection = MemoryConnection(lose)
        self.read = 0
        session = Session(self.connection, self.rig.lobby, self.rig.clock)
        self.connection.on_closed = session.lost
        self.session = session
        session.receive(encode(self.first_frame()))
        for frame in self.unanswered.values():
            session.receive(encode(frame))

    def first_frame(self) -> Create | Join | Resume:
        if not self.token:
            return self.entrance
        tokens = ("", self.token) if isinstance(self.entrance, Create) else (self.token, "")
        return Resume(self.room, *tokens, seq=self.seq, epoch=self.epoch)

    def send(self, frame: Command) -> None:
        self.unanswered[frame.id] = frame
        self.session.receive(encode(frame))

    def take(self) -> None:
        for frame in self.connection.got[self.read :]:
            self.take_one(frame)
        self.heard += len(self.connection.got) - self.read
        self.read = len(self.connection.got)
        if self.connection.closed:
            self.heard += 1  # the lost one
            self.connect()

    def take_one(self, frame: ServerFrame) -> None:
        match frame:
            case Welcome():
                self.room, self.epoch = frame.room, frame.epoch
                self.token = frame.seat_token or frame.host_token or self.token
                if not frame.resumed:
                    self.table, self.seq = frame.table or {}, frame.seq
            case Update():
                apply(self.table, frame.table or {})
                self.seq = frame.seq
            case Result():
                self.unanswered.pop(frame.id, None)
                self.answers[frame.id] = frame
            case Error():
                raise AssertionError(frame)

    @property
    def at(self) -> At:
        game = self.table["game"]
        assert isinstance(game, dict)
        return At(game["season"], game["phase"])


async def _until(rig: Rig, *clients: _Stubborn) -> None:
    """Let clients send again until all is answered."""
    for _ in range(12):
        await rig.pass_ms(60)
        for client in clients:
            client.take()
        await settle()
    assert not any(client.unanswered for client in clients)


async def _game(loser: str, lose: int) -> int:
    """Play a game of two phases in which one client loses one frame; return how many it has heard in all."""
    rig = await Rig().start()
    host = _Stubborn(rig, Create("two", Options(seats=3), id=long_id("room")), lose if loser == "host" else None)
    await _until(rig, host)
    ann = _Stubborn(rig, Join(host.room, "Ann", id=long_id("a")), lose if loser == "ann" else None)
    ben = _Stubborn(rig, Join(host.room, "Ben", id=long_id("b")), None)
    everyone = (host, ann, ben)
    await _until(rig, *everyone)
    host.send(Command("start", "host.start"))
    await _until(rig, *everyone)
    first = ann.at
    for n in range(3):
        ann.send(Command(f"count-{n}", "count", {"by": n + 1}, first))
        await _until(rig, *everyone)
    ben.send(Command("ready", "ready", {"ready": True}, first))
    ann.send(Command("ready", "ready", {"ready": True}, first))
    await _until(rig, *everyone)
    await _check(rig, host, ann, ben, first)
    await rig.stop()
    return {"host": host, "ann": ann}[loser].heard


async def _check(rig: Rig, host: _Stubborn, ann: _Stubborn, ben: _Stubborn, first: At) -> None:
    assert len(await rig.log.rooms()) == 1
    seats = host.table["seat"]
    assert isinstance(seats, dict)
    assert [seat.get("name") for seat in seats.values()] == ["Ann", "Ben", None]
    assert [seat["by"] for seat in seats.values()] == ["person", "person", "bot"]
    assert host.table["tally"] == {"total": 6, "last": 1}
    assert all(answer.ok for client in (host, ann, ben) for answer in client.answers.values())
    records = await rig.log.read(host.room)
    ids = Counter((record.token, record.command_id) for record in records if record.command_id)
    assert sum(ids.values()) == 1 + 3 + 2
    assert set(ids.values()) == {1}
    second = At(1, "second")
    assert first == At(1, "first")
    assert host.at == ann.at == ben.at == second
    assert not seats["1"]["ready"]
    assert not seats["2"]["ready"]
    assert ann.table == ben.table == host.table


@pytest.mark.parametrize("loser", ["host", "ann"])
@pytest.mark.parametrize("lose", range(_MOST_FRAMES))
async def test_a_lost_frame_does_no_harm(loser: str, lose: int) -> None:
    """Whichever frame is lost, welcome included, the game goes on as if none had been."""
    await _game(loser, lose)


async def test_every_frame_was_lost_once() -> None:
    """The losses above reach beyond the last frame of either client."""
    for loser in ("host", "ann"):
        assert await _game(loser, 10_000) < _MOST_FRAMES
