"""Rooms in a PostgreSQL: a game whose server is killed in the middle, and what the commands do with it afterwards."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs
import pytest

from makersphere_bots.catalogue import policy
from makersphere_bots.stand_ins import StandIns
from makersphere_cli.main import run
from makersphere_clients.backoff import Backoff
from makersphere_clients.connection import Connection
from makersphere_clients.wire_bots import WireBot
from makersphere_protocol.messages import Arg, At, Create, Join, Options, Result
from makersphere_server.afterwards.kept_rooms import read_room
from makersphere_server.app import running
from makersphere_server.storage import postgresql as in_postgresql
from makersphere_server.storage.place import Database
from makersphere_server.storage.store import Store
from makersphere_server.storage.tables import METADATA
from tests.cli.program import Started, started
from tests.loopback import free_port, loopback
from tests.postgres import Cluster, ask

_BEFORE_THE_KILL = 30  # commands that have been answered
_QUICKLY = Backoff(delays_s=(0.1, 0.2))
_SEATS = 6


@attrs.frozen
class Game:
    """A game that was played in a database: its code, and the seat of every command that was answered, by `seq`."""

    database: Database
    room: str
    answered: dict[int, int]
    before_the_kill: int


class _Noted(Connection):
    """The link of a seat, which notes each command that was accepted."""

    answered: dict[int, int]

    async def command(
        self, name: str, args: Mapping[str, Arg] | None = None, at: At | None = None, id: str = ""
    ) -> Result:
        """Send a command."""
        result = await super().command(name, args, at, id)
        if result.ok and result.seq is not None:
            self.answered[result.seq] = self.mirror.you.seat
        return result


def _serve(home: Path, database: Database, port: int) -> Any:  # noqa: ANN401  (a context)
    typed = ("serve", "--host", "127.0.0.1", "--port", str(port), "--lab", "--log-level", "error")
    return started(home, *typed, MAKERSPHERE_DATABASE=database.url)


async def _play(home: Path, database: Database) -> Game:
    """Have bots play on a server that is killed in the middle and started again."""
    port = free_port()
    url = f"ws://127.0.0.1:{port}/ws"
    answered: dict[int, int] = {}
    with _serve(home, database, port) as first:
        await asyncio.to_thread(first.read_until, "Listening on")
        async with Connection(url, Create("quickstart", Options(seats=_SEATS, seed=7)), backoff=_QUICKLY) as host:
            room = host.mirror.room
            bots = [await _seated(url, room, number, answered) for number in range(1, _SEATS + 1)]
            assert (await host.command("host.start")).ok
            while len(answered) < _BEFORE_THE_KILL:
                await _one_turn(bots)
            assert host.mirror.game["status"] == "running"
            before = len(answered)
            first.process.kill()
            with _serve(home, database, port) as second:
                await _to_the_end(second, host, bots)
                code, _, complaint = await asyncio.to_thread(second.interrupt)
                assert (code, complaint) == (0, "")
            await asyncio.gather(*(bot.connection.close() for bot in bots))
    return Game(database, room, answered, before)


async def _seated(url: str, room: str, number: int, answered: dict[int, int]) -> WireBot:
    link = _Noted(url, Join(room, f"Bot {number}"), backoff=_QUICKLY)
    link.answered = answered
    await link.open()
    return WireBot(link, policy("standard"), "killed")


async def _one_turn(bots: list[WireBot]) -> None:
    for bot in bots:
        if bot.connection.mirror.has_turn:
            await bot.turn()
    await asyncio.sleep(0.01)


async def _to_the_end(server: Started, host: Connection, bots: list[WireBot]) -> None:
    await asyncio.to_thread(server.read_until, "Listening on")
    while host.mirror.game.get("status") != "over":
        await _one_turn(bots)


@pytest.fixture(scope="module")
def game(postgresql: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Game:
    """Return a game that was played to its end."""
    home, database = tmp_path_factory.mktemp("home"), Database.read(postgresql.new_database())
    return asyncio.run(asyncio.wait_for(_play(home, database), 100))


@pytest.fixture
def there(game: Game, postgresql: Cluster, monkeypatch: pytest.MonkeyPatch) -> Game:
    """Return the game in a database of this test's own; commands look for rooms there."""
    like = game.database.shown.rpartition("/")[2]
    game = attrs.evolve(game, database=Database.read(postgresql.new_database(like)))
    monkeypatch.setenv("MAKERSPHERE_DATABASE", game.database.url)
    return game


def _told(capsys: pytest.CaptureFixture[str], *words: str) -> Any:  # noqa: ANN401  (an object or an array)
    assert run(words) == 0, capsys.readouterr().err
    return json.loads(capsys.readouterr().out)


def test_a_killed_server_has_lost_nothing_that_it_answered(there: Game, capsys: pytest.CaptureFixture[str]) -> None:
    """The game went on to its end, each answered command stands in its place, and the log verifies."""
    assert there.before_the_kill >= _BEFORE_THE_KILL
    _, records, _ = read_room(there.database, there.room)
    by_seq = {record.seq: record.actor for record in records if record.by == "person"}
    assert {seq: by_seq.get(seq) for seq in there.answered} == there.answered
    report = _told(capsys, "verify", there.room, "--json")
    assert (report["is_right"], report["status"], report["records"]) == (True, "over", len(records))


async def test_while_the_database_is_away_people_are_told_and_then_play_on(postgresql: Cluster) -> None:
    """What was refused is nowhere; the server that was running goes on with the room as it was."""
    database = Database.read(postgresql.new_database())
    async with asyncio.timeout(60), running(loopback(database=database.url), StandIns()) as server:
        opening = Create("counter", Options(seats=_SEATS))
        async with Connection(f"ws://127.0.0.1:{server.port}/ws", opening) as host:
            postgresql.stop()
            try:
                refused = await host.command("host.start")
            finally:
                postgresql.start()
            assert refused.error is not None
            assert refused.error.code == "unavailable"
            assert (await host.command("host.start")).ok
            room = host.mirror.room
    _, records, _ = read_room(database, room)
    assert [record.seq for record in records] == list(range(1, len(records) + 1))
    assert [record.seq for record in records if b"host.start" in record.command] == [1]


def test_rooms_are_looked_at_and_taken_home(there: Game, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Listed, shown, exported, written out: as from a folder."""
    (listed,) = _told(capsys, "rooms", "list", "--json")
    assert (listed["room"], listed["state"], listed["seats"]) == (there.room, "over", _SEATS)
    assert _told(capsys, "rooms", "show", there.room, "--json")["people"] == _SEATS
    assert _told(capsys, "class", "list", "--json") == []
    assert _told(capsys, "rooms", "export-person", there.room, "1")["room"] == there.room
    log = str(tmp_path / "log.jsonl")
    assert _told(capsys, "export", there.room, "--format", "jsonl", "--out", log, "--json")["file"] == log
    assert _told(capsys, "verify", log, "--json")["is_right"]


def test_a_backup_is_a_folder_that_any_machine_can_open(
    there: Game, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """All rooms as they were at one moment, in SQLite; their epoch is higher, since who starts on it goes back."""
    copy = str(tmp_path / "copy")
    report = _told(capsys, "verify", there.room, "--json")
    copied = _told(capsys, "backup", copy, "--json")
    assert (copied["rooms"], copied["records"]) == (1, report["records"])
    assert _told(capsys, "verify", there.room, "--data", copy, "--json") == report
    shown = _told(capsys, "rooms", "show", there.room, "--data", copy, "--json")
    assert (shown["state"], shown["epoch"], shown["people"]) == ("over", 2, _SEATS)
    assert _told(capsys, "rooms", "close", there.room, "--data", copy, "--json")["state"] == "closed"


def test_while_a_server_works_rooms_are_looked_at_and_not_changed(
    there: Game, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence says to stop it, and a second server is refused as the first one works."""
    monkeypatch.setattr(in_postgresql, "_WAIT_S", 0)
    with closing(Store(there.database)):
        assert _told(capsys, "verify", there.room, "--json")["is_right"]
        for words in (("rooms", "close", there.room), ("rooms", "erase", there.room, "--yes")):
            assert run(words) == 2
            assert "stop it" in capsys.readouterr().err
        assert run(("serve", "--port", "0", "--log-level", "error")) == 2
        said = capsys.readouterr().err
        assert "Another server works in the database" in said
        assert said.count("\n") == 1
        assert run(("doctor",)) == 0
        assert "A server is working in the database" in " ".join(capsys.readouterr().out.split())


def test_what_is_erased_is_in_no_table_any_more(there: Game, capsys: pytest.CaptureFixture[str]) -> None:
    """A person, all names, then the room; up to there the log verifies."""
    assert run(("rooms", "erase-person", there.room, "1", "--yes")) == 0
    assert run(("rooms", "erase", there.room, "--names", "--yes")) == 0
    capsys.readouterr()
    assert _told(capsys, "rooms", "show", there.room, "--json")["people"] == 0
    assert _told(capsys, "verify", there.room, "--json")["is_right"]
    assert _told(capsys, "rooms", "close", there.room, "--json")["state"] == "closed"
    assert _told(capsys, "rooms", "reopen", there.room, "--json")["epoch"] == 2
    assert run(("rooms", "erase", there.room, "--yes")) == 0
    left = {name: ask(there.database.url, f"SELECT count(*) FROM {name}") for name in METADATA.tables}  # noqa: S608
    assert {name for name, ((count,),) in left.items() if count} == {"store"}
