"""The connection against a real server: coming back after a restart, tokens on two devices, doors that are shut."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from makersphere_bots.legal import Form
from makersphere_bots.policy import READY, Move, View
from makersphere_bots.random_moves import Random
from makersphere_bots.stand_ins import StandIns
from makersphere_clients.connection import Connection, ConnectionEnded
from makersphere_clients.wire_bots import seat_bots
from makersphere_protocol.messages import At, Create, Join, Options, Resume, Watch
from makersphere_server.app import Running, running
from tests.clients.fake import AT_ONCE
from tests.loopback import free_port, loopback

COUNT = At(1, "count")


@asynccontextmanager
async def served(data: Path, port: int = 0) -> AsyncIterator[Running]:
    """Run a server on a data folder."""
    settings = loopback(port=port, data=data, lab=True)
    async with asyncio.timeout(60), running(settings, StandIns()) as server:
        yield server


def url(server: Running) -> str:
    """Return where a server's socket is."""
    return f"ws://127.0.0.1:{server.port}/ws"


async def test_a_restart_is_survived_with_everything_that_was_acknowledged(tmp_path: Path) -> None:
    """Clients come back by themselves; what was sent meanwhile is done once the server is up again."""
    port = free_port()
    create = Create("counter", Options(seats=1))
    async with served(tmp_path, port) as server:
        host = Connection(url(server), create, backoff=AT_ONCE)
        await host.open()
        player = Connection(url(server), Join(host.mirror.room, "Ann"), backoff=AT_ONCE)
        await player.open()
        assert (await host.command("host.start")).ok
        first = await player.command("count", {"by": 4}, COUNT)
        again = await player.command("count", {"by": 4}, COUNT, id="mine")

    waiting = asyncio.create_task(player.command("count", {"by": 2}, COUNT))
    async with served(tmp_path, port):
        third = await waiting
        same = await player.command("count", {"by": 4}, COUNT, id="mine")
        other = await player.command("count", {"by": 5}, COUNT, id="mine")
        await player.until(lambda: player.mirror.table["tally"]["total"] == 10)

        assert (first.ok, again.ok, third.ok) == (True, True, True)
        assert same.seq == again.seq
        assert other.error is not None
        assert other.error.code == "id_reused"
        assert player.mirror.my_seat["name"] == "Ann"
        await host.until(lambda: host.connected and host.mirror.table["tally"]["total"] == 10)
        await asyncio.gather(player.close(), host.close())


async def test_a_token_on_a_newer_device_is_not_fought_for(tmp_path: Path) -> None:
    """The older connection ends with `replaced` and dials no more; the newer one plays on."""
    async with served(tmp_path) as server, Connection(url(server), Create("counter"), backoff=AT_ONCE) as host:
        older = Connection(url(server), Join(host.mirror.room, "Ann"), backoff=AT_ONCE)
        await older.open()
        token = Resume(host.mirror.room, seat_token=older.seat_token)
        async with Connection(url(server), token, backoff=AT_ONCE) as newer:
            with pytest.raises(ConnectionEnded, match="replaced"):
                await older.until(lambda: False)
            assert (await host.command("host.start")).ok
            assert (await newer.command("count", {"by": 1}, COUNT)).ok
            assert older.dialled == 1


async def test_a_watcher_sees_the_table_and_no_hand(tmp_path: Path) -> None:
    """Projectors and other watchers follow with the table alone."""
    async with (
        served(tmp_path) as server,
        Connection(url(server), Create("counter"), backoff=AT_ONCE) as host,
        Connection(url(server), Watch(host.mirror.room), backoff=AT_ONCE) as watcher,
    ):
        assert (await host.command("host.start")).ok
        await watcher.until(lambda: watcher.mirror.game["status"] == "running")

        assert watcher.mirror.hand == {}
        assert watcher.mirror.you.kind == "watcher"


@pytest.mark.parametrize(
    ("name", "code"),
    [("Ann", "name_taken"), ("", "bad_name"), ("Bea", "room_full")],
)
async def test_doors_that_are_shut_say_why(tmp_path: Path, name: str, code: str) -> None:
    """Whoever cannot join learns the code, with the sentence for people."""
    create = Create("counter", Options(seats=1 if code == "room_full" else 2))
    async with served(tmp_path) as server, Connection(url(server), create, backoff=AT_ONCE) as host:
        async with Connection(url(server), Join(host.mirror.room, "Ann"), backoff=AT_ONCE):
            with pytest.raises(ConnectionEnded) as ended:
                await Connection(url(server), Join(host.mirror.room, name), backoff=AT_ONCE).open()

        assert ended.value.code == code
        assert ended.value.message


async def test_an_unknown_room_and_a_wrong_token(tmp_path: Path) -> None:
    """Both end at once, and are not tried again."""
    async with served(tmp_path) as server, Connection(url(server), Create("counter"), backoff=AT_ONCE) as host:
        for opening, code in (
            (Join("2222222", "Ann"), "no_such_room"),
            (Resume(host.mirror.room, seat_token="wrong"), "unauthorised"),  # noqa: S106  (that is the point)
        ):
            connection = Connection(url(server), opening, backoff=AT_ONCE)
            with pytest.raises(ConnectionEnded) as ended:
                await connection.open()
            assert (ended.value.code, connection.dialled) == (code, 1)


class NotesRole:
    """Does nothing but note which part it was asked to play."""

    def __init__(self) -> None:
        self.roles: list[str] = []

    def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
        """Return that it is ready."""
        self.roles.append(view.role)
        return [READY]


async def test_a_bot_plays_the_role_that_was_dealt_after_it_came(tmp_path: Path) -> None:
    """What the welcome said of the role holds until a host deals roles anew."""
    create, policy = Create("quickstart", Options(seats=6)), NotesRole()
    async with served(tmp_path) as server, Connection(url(server), create, backoff=AT_ONCE) as host:
        (bot,) = await seat_bots(url(server), host.mirror.room, [policy], "root", backoff=AT_ONCE)
        roles = {int(number): seat["role"] for number, seat in host.mirror.table["seat"].items()}
        other = next(number for number, role in roles.items() if role != roles[bot.seat])
        order: list[int | str] = [{bot.seat: other, other: bot.seat}.get(number, number) for number in roles]
        assert (await host.command("host.deal", {"order": order})).ok
        assert (await host.command("host.start")).ok
        await bot.connection.until(lambda: bot.connection.mirror.has_turn)
        await bot.turn(0)
        assert policy.roles == [roles[other]]
        await bot.connection.close()


async def test_bots_play_a_game_among_the_servers_own(tmp_path: Path) -> None:
    """Two seats over sockets, the others played by the server: the game ends, and nobody is refused."""
    create = Create("counter", Options(seats=5))
    async with served(tmp_path) as server, Connection(url(server), create, backoff=AT_ONCE) as host:
        bots = await seat_bots(url(server), host.mirror.room, [Random(), Random()], "root", backoff=AT_ONCE)
        assert (await host.command("host.start")).ok
        await asyncio.gather(*(bot.play() for bot in bots))

        assert [bot.seat for bot in bots] == [1, 2]
        assert [bot.refused for bot in bots] == [0, 0]
        by = [seat["by"] for seat in bots[0].connection.mirror.table["seat"].values()]
        assert by == ["person", "person", "bot", "bot", "bot"]
        await asyncio.gather(*(bot.connection.close() for bot in bots))


async def test_more_bots_take_the_next_free_names(tmp_path: Path) -> None:
    """A second call for bots in the same room is not turned away for the names of the first."""
    create = Create("counter", Options(seats=3))
    async with served(tmp_path) as server, Connection(url(server), create, backoff=AT_ONCE) as host:
        bots = await seat_bots(url(server), host.mirror.room, [Random(), Random()], "root", backoff=AT_ONCE)
        bots += await seat_bots(url(server), host.mirror.room, [Random()], "root", backoff=AT_ONCE)
        await host.until(lambda: len(host.mirror.table["seat"]) == 3 and "name" in host.mirror.table["seat"]["3"])
        assert [seat["name"] for seat in host.mirror.table["seat"].values()] == ["Bot 1", "Bot 2", "Bot 3"]
        await asyncio.gather(*(bot.connection.close() for bot in bots))


async def test_too_many_bots_leave_no_connection_behind(tmp_path: Path) -> None:
    """When the room is full the bots that got in leave again."""
    create = Create("counter", Options(seats=1))
    async with served(tmp_path) as server, Connection(url(server), create, backoff=AT_ONCE) as host:
        with pytest.raises(ConnectionEnded, match="room_full"):
            await seat_bots(url(server), host.mirror.room, [Random(), Random()], "root", backoff=AT_ONCE)
        await host.until(lambda: host.mirror.hand["host"]["people_here"] == 0)
