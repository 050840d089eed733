"""The moments of a game that ends are made in the background, and told to everybody in its room as they come."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence

import pytest

from makersphere_protocol.messages import Options, Resume
from makersphere_server.lobby.explaining import Explaining
from makersphere_server.storage.event_log import Record, RoomRow
from tests.server.rig.fakes import Client, Rig


class Made:
    """Makes moments when the test says so, and keeps what was asked."""

    def __init__(self) -> None:
        """Begin with nothing asked."""
        self.asked: list[str] = []
        self.ended: list[str] = []
        self.last_seqs: list[int] = []
        self.next: asyncio.Queue[Mapping[str, object] | Exception | None] = asyncio.Queue()

    async def __call__(self, row: RoomRow, records: Sequence[Record]) -> AsyncGenerator[Mapping[str, object]]:
        """Yield what the test puts into the queue; None ends it."""
        self.asked.append(row.room)
        self.last_seqs.append(records[-1].seq)
        try:
            while (moment := await self.next.get()) is not None:
                if isinstance(moment, Exception):
                    raise moment
                yield moment
        finally:
            self.ended.append(row.room)


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    """Give a server in memory."""
    rig = await Rig().start()
    yield rig
    await rig.stop()


@pytest.fixture
async def made(rig: Rig) -> AsyncIterator[Made]:
    """Have the games that end there explained."""
    made = Made()
    explaining = Explaining(rig.lobby, rig.log, made)
    yield made
    await explaining.stop()


async def seen(rig: Rig, client: Client) -> Mapping[str, object]:
    """Return the moments that somebody sees."""
    await rig.pass_ms(200)
    client.read()
    found: Mapping[str, object] = client.table.get("why", {})
    return found


async def test_moments_are_told_to_all_as_they_come(rig: Rig, made: Made) -> None:
    """Host, seat and wall see each as soon as it is made, and whoever comes later sees all of them."""
    host, person = await rig.started()
    wall = await rig.watch(host.room)
    assert await seen(rig, host) == {}
    assert made.asked == []
    assert (await host.command("host.end")).ok
    assert await seen(rig, host) == {}
    assert made.asked == [host.room]
    for number in (2, 1):
        made.next.put_nowait({"number": number, "seq": 7})
        for client in (host, person, wall):
            assert (await seen(rig, client))[str(number)] == {"number": number, "seq": 7}
    late = await rig.watch(host.room)
    assert (await seen(rig, late)).keys() == {"1", "2"}


async def test_the_whole_log_is_handed_over(rig: Rig, made: Made) -> None:
    """Up to the record that ended the game."""
    host, _ = await rig.started()
    assert (await host.command("host.end")).ok
    await rig.pass_ms(100)
    assert made.last_seqs == [(await rig.log.head(host.room))[0]]


async def test_one_game_is_explained_at_a_time(rig: Rig, made: Made) -> None:
    """Whatever ends meanwhile waits: at most one process stands beside the rooms that are played."""
    one, _ = await rig.started()
    other, _ = await rig.started()
    for host in (one, other):
        assert (await host.command("host.end")).ok
        await rig.pass_ms(100)
    assert made.asked == [one.room]
    made.next.put_nowait(None)
    await rig.pass_ms(100)
    assert made.asked == [one.room, other.room]


async def test_a_room_whose_dice_are_still_played_with_is_left_alone(rig: Rig, made: Made) -> None:
    """What might have been there would tell of the game that it was forked from."""
    host, _ = await rig.started("two")
    forked = await host.command("host.fork", season=1, phase="first")
    assert forked.data is not None
    early = Client(rig)
    await early.say(Resume(str(forked.data["room"]), "", host.token))
    await rig.pass_ms(50)
    early.read()
    assert (await early.command("host.end")).ok
    assert await seen(rig, early) == {}
    assert early.table["game"]["status"] == "over"
    assert made.asked == []


async def test_what_goes_wrong_there_touches_no_room(rig: Rig, made: Made) -> None:
    """The game is over and stays as it is; the next one is explained."""
    host, _ = await rig.started()
    assert (await host.command("host.end")).ok
    made.next.put_nowait(ValueError("a bug in the futures"))
    assert await seen(rig, host) == {}
    assert host.table["game"]["status"] == "over"
    other = await rig.create(options=Options(seats=3))
    await rig.join(other.room)
    assert (await other.command("host.start")).ok
    assert (await other.command("host.end")).ok
    made.next.put_nowait({"number": 1})
    assert await seen(rig, other) == {"1": {"number": 1}}


async def test_the_work_ends_with_the_room(rig: Rig, made: Made) -> None:
    """When a server stops, nothing goes on beside it."""
    host, _ = await rig.started()
    assert (await host.command("host.end")).ok
    await rig.pass_ms(100)
    assert (made.asked, made.ended) == ([host.room], [])
    await rig.lobby.stop()
    await rig.pass_ms(100)
    assert made.ended == [host.room]
