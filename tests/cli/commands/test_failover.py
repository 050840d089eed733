"""Two `makersphere serve` on one database: the one that has a room goes, and the game goes on at the other."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import attrs
import pytest

from makersphere_bots.catalogue import policy
from makersphere_clients.backoff import Backoff
from makersphere_clients.connection import Connection
from makersphere_clients.wire_bots import WireBot
from makersphere_protocol.messages import Arg, At, Create, Join, Options, Result, Resume, Watch, Welcome
from makersphere_server.afterwards.kept_rooms import read_room
from makersphere_server.storage.place import Database
from tests.beside import Person
from tests.cli.program import Started, started
from tests.loopback import free_port
from tests.postgres import Cluster, ask

_BEFORE = 15  # commands that have been answered when its server goes
_QUICKLY = Backoff(delays_s=(0.1, 0.2))
_SEATS = 4

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="processes are frozen by a signal")


class _Noted(Connection):
    """The link of a seat, which notes each command that was accepted."""

    answered: dict[int, str]

    async def command(
        self, name: str, args: Mapping[str, Arg] | None = None, at: At | None = None, id: str = ""
    ) -> Result:
        """Send a command."""
        result = await super().command(name, args, at, id)
        if result.ok and result.seq is not None:
            self.answered[result.seq] = result.id
        return result


@attrs.define
class Game:
    """A room of the first server, whose people know the second one's address alone."""

    one: Started
    other: str
    database: Database
    host: Connection
    bots: list[WireBot]
    answered: dict[int, str] = attrs.field(factory=dict)

    async def play(self, *, until_over: bool = False) -> None:
        """Play on until some commands have been answered, or to the end."""
        enough = len(self.answered) + _BEFORE
        while self.host.mirror.game.get("status") != "over" and (until_over or len(self.answered) < enough):
            for bot in self.bots:
                if bot.connection.mirror.has_turn:
                    await bot.turn()
            await asyncio.sleep(0.01)

    async def is_elsewhere(self) -> None:
        """Return when the other server has the room."""
        while True:
            person = await Person.come(self.other, Watch(self.host.mirror.room))
            first = await person.first()
            await person.go()
            if isinstance(first, Welcome):
                return
            await asyncio.sleep(0.2)


def _serve(home: Path, database: Database, name: str, port: int) -> Any:  # noqa: ANN401  (a context)
    here = ("--host", "127.0.0.1", "--port", str(port), "--lab", "--log-level", "error")
    named = ("--server-name", name, "--server-address", f"ws://127.0.0.1:{port}/ws")
    return started(home, "serve", *here, *named, MAKERSPHERE_DATABASE=database.url)


@asynccontextmanager
async def _begun(home: Path, database: Database) -> AsyncIterator[Game]:
    ports = (free_port(), free_port())
    first, other = (f"ws://127.0.0.1:{port}/ws" for port in ports)
    with _serve(home, database, "one", ports[0]) as one, _serve(home, database, "two", ports[1]) as two:
        for server in (one, two):
            await asyncio.to_thread(server.read_until, "Listening on")
        async with Connection(first, Create("quickstart", Options(seats=_SEATS, seed=7))) as founder:
            room, token = founder.mirror.room, founder.host_token
        async with Connection(other, Resume(room, host_token=token), backoff=_QUICKLY) as host:
            game = Game(one, other, database, host, [])
            for number in range(1, _SEATS + 1):
                link = _Noted(other, Join(room, f"Bot {number}"), backoff=_QUICKLY)
                link.answered = game.answered
                await link.open()
                game.bots.append(WireBot(link, policy("standard"), "failover"))
            assert (await host.command("host.start")).ok
            yield game
            await asyncio.gather(*(bot.connection.close() for bot in game.bots))


async def _killed(game: Game) -> None:
    game.one.process.kill()


async def _stopped(game: Game) -> None:
    game.one.process.send_signal(signal.SIGTERM)
    assert await asyncio.to_thread(game.one.process.wait) == 0


async def _frozen(game: Game) -> None:
    game.one.process.send_signal(signal.SIGSTOP)
    await game.is_elsewhere()
    game.one.process.send_signal(signal.SIGCONT)


@pytest.mark.parametrize("goes", [_killed, _stopped, _frozen])
async def test_a_game_goes_on_at_the_other_server(goes: Any, postgresql: Cluster, tmp_path: Path) -> None:  # noqa: ANN401
    """To its end, and each command that was answered stands in the log under its number, once."""
    database = Database.read(postgresql.new_database())
    async with asyncio.timeout(150), _begun(tmp_path, database) as game:
        await game.play()
        assert game.host.mirror.game["status"] == "running"
        going = asyncio.create_task(goes(game))
        await game.play(until_over=True)
        await going
        assert game.host.mirror.game["status"] == "over"
        assert ask(database.url, "SELECT DISTINCT server FROM room_owners") == [("two",)]
        row, records, _ = read_room(database, game.host.mirror.room)
        assert row.state == "over"
        assert [record.seq for record in records] == [*range(1, len(records) + 1)]
        by_seq = {record.seq: record.command_id for record in records}
        assert {seq: by_seq[seq] for seq in game.answered} == game.answered
        sent = [record.command_id for record in records if record.by == "person"]
        assert len(sent) == len(set(sent))
