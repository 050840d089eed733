"""It is told why a game that ended went as it did: in the background, moment by moment, and kept with the room."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import attrs
import pytest
from structlog.testing import capture_logs

from makersphere_bots.stand_ins import StandIns
from makersphere_protocol.messages import Options, Resume
from makersphere_server.app import running
from makersphere_server.lobby.explaining import Explaining
from makersphere_server.storage.event_log import Record, RoomRow, StoreUnavailable
from tests.loopback import loopback
from tests.server.rig.fakes import Client, Rig

MOST_S = 60


@attrs.define(eq=False)
class Worker:
    """One that explains a game, and answers when the test says so."""

    room: str
    of: int
    last_seq: int
    asked: list[int] = attrs.field(factory=list)
    answers: asyncio.Queue[Exception | None] = attrs.field(factory=asyncio.Queue)
    is_gone: bool = False

    async def moment(self, number: int) -> Mapping[str, Any]:
        """Return a moment once the test has let it."""
        self.asked.append(number)
        error = await self.answers.get()
        if error is not None:
            raise error
        return {"number": number, "seq": 7}


class Workers:
    """All that were asked for, in their order."""

    def __init__(self) -> None:
        """Begin with none."""
        self.all: list[Worker] = []
        self.of = 2

    @asynccontextmanager
    async def __call__(self, row: RoomRow, records: Sequence[Record]) -> AsyncIterator[Worker]:
        """Give one more."""
        worker = Worker(row.room, self.of, records[-1].seq)
        self.all.append(worker)
        try:
            yield worker
        finally:
            worker.is_gone = True

    @property
    def here(self) -> list[Worker]:
        """Return those that are at work."""
        return [worker for worker in self.all if not worker.is_gone]


@pytest.fixture
def workers() -> Workers:
    """Give those who explain."""
    return Workers()


@pytest.fixture
async def explaining(rig: Rig, workers: Workers) -> AsyncIterator[Explaining]:
    """Have the games of the server explained."""
    explaining = _explaining(rig, workers)
    yield explaining
    await explaining.stop()


def _explaining(rig: Rig, workers: Workers) -> Explaining:
    explaining = Explaining(rig.log, rig.clock, workers, MOST_S)
    rig.lobby.follow_rooms(explaining.see)
    explaining.start()
    return explaining


async def _over(rig: Rig, scenario: str = "counter", seats: int = 3) -> tuple[Client, Client]:
    """Return the host and the person of a game that has ended."""
    host, person = await rig.started(scenario, seats)
    assert (await host.command("host.end")).ok
    await rig.pass_ms(1_100)
    host.read()
    return host, person


async def _seen(rig: Rig, client: Client, ms: int = 1_100) -> Mapping[str, Any]:
    await rig.pass_ms(ms)
    client.read()
    found: Mapping[str, Any] = client.table.get("why", {})
    return found


def _progress(client: Client) -> Mapping[str, Any]:
    found: Mapping[str, Any] = client.table.get("why_progress", {})
    return found


@pytest.mark.usefixtures("explaining")
async def test_moments_are_told_to_all_as_they_come(rig: Rig, workers: Workers) -> None:
    """Host, seat and wall see each as soon as it is made, and how far it is; whoever comes later sees all of them."""
    host, person = await rig.started()
    wall = await rig.watch(host.room)
    assert await _seen(rig, host) == {}
    assert _progress(host) == {}
    assert (await host.command("host.end")).ok
    assert await _seen(rig, host) == {}
    assert _progress(host) == {"status": "making", "of": 2}
    for worker in workers.all:
        worker.answers.put_nowait(None)
        number = str(worker.asked[0])
        for client in (host, person, wall):
            assert (await _seen(rig, client, 60))[number] == {"number": int(number), "seq": 7}
    late = await rig.watch(host.room)
    assert (await _seen(rig, late)).keys() == {"1", "2"}
    assert _progress(late) == {"status": "whole", "of": 2}
    assert workers.here == []


@pytest.mark.usefixtures("explaining")
async def test_moments_are_made_in_the_order_in_which_they_are_shown(rig: Rig, workers: Workers) -> None:
    """So the wall, which waits for each, waits least; the whole log is handed over."""
    host, _ = await _over(rig)
    assert [worker.asked for worker in workers.all] == [[1], [2]]
    assert {worker.last_seq for worker in workers.all} == {(await rig.log.head(host.room))[0]}


@pytest.mark.usefixtures("explaining")
async def test_one_process_at_most_works_beside_a_game_that_is_played(rig: Rig, workers: Workers) -> None:
    """A second one goes as soon as anybody plays, and what it was at is made by the first."""
    host, _ = await _over(rig)
    assert len(workers.here) == 2
    await rig.started()
    assert len((await _wait(rig, workers)).here) == 1
    for _ in range(2):
        workers.here[0].answers.put_nowait(None)
    assert (await _seen(rig, host)).keys() == {"1", "2"}
    assert len(workers.all) == 2


async def _wait(rig: Rig, workers: Workers) -> Workers:
    await rig.pass_ms(1_100)
    return workers


@pytest.mark.usefixtures("explaining")
async def test_the_smallest_game_that_waits_is_next(rig: Rig, workers: Workers) -> None:
    """A large room does not hold up all others; each is told that it waits."""
    first, _ = await _over(rig)
    large, _ = await _over(rig, seats=9)
    small, _ = await _over(rig, seats=3)
    assert {worker.room for worker in workers.all} == {first.room}
    await _seen(rig, large, 60)
    assert _progress(large) == {"status": "waiting", "of": 0}
    for worker in list(workers.here):
        worker.answers.put_nowait(None)
    await rig.pass_ms(1_100)
    assert {worker.room for worker in workers.here} == {small.room}


@pytest.mark.usefixtures("explaining")
async def test_small_games_that_keep_coming_overtake_a_large_one_once(rig: Rig, workers: Workers) -> None:
    """After a game was explained before the one that has waited longest, that one is next, and so on in turn."""
    workers.of = 1
    explained = [(await _over(rig))[0].room]
    large, others = (await _over(rig, seats=9))[0].room, (await _over(rig, seats=8))[0].room
    small = [(await _over(rig))[0].room]
    for _ in range(5):
        workers.here[0].answers.put_nowait(None)
        small.append((await _over(rig))[0].room)
        explained.append(workers.here[0].room)
    assert explained[1:] == [small[0], large, small[1], others, small[2]]


@pytest.mark.usefixtures("explaining")
async def test_a_game_that_takes_too_long_is_given_up(rig: Rig, workers: Workers) -> None:
    """What has been made of it stays; the room says so, the server logs it, and the next one has its turn."""
    host, _ = await _over(rig)
    other, _ = await _over(rig)
    worker = next(worker for worker in workers.all if worker.asked == [2])
    worker.answers.put_nowait(None)
    with capture_logs() as logs:
        assert (await _seen(rig, host, MOST_S * 1_000)).keys() == {"2"}
    assert _progress(host) == {"status": "failed", "of": 2}
    assert [(line["event"], line["room"], line["reason"]) for line in logs if line["event"] == "not_explained"] == [
        ("not_explained", host.room, "it took more than 60 s")
    ]
    assert {worker.room for worker in workers.here} == {other.room}


@pytest.mark.usefixtures("explaining")
async def test_a_failure_is_logged_and_touches_no_room(rig: Rig, workers: Workers) -> None:
    """The game is over and stays as it is; it is not tried for ever; the next one is explained."""
    host, _ = await _over(rig)
    with capture_logs() as logs:
        workers.here[0].answers.put_nowait(ValueError("a bug in the futures"))
        assert await _seen(rig, host) == {}
    assert [line["reason"] for line in logs if line["event"] == "not_explained"] == ["a bug in the futures"]
    assert _progress(host)["status"] == "failed"
    assert host.table["game"]["status"] == "over"
    await rig.pass_ms(5_000)
    assert workers.here == []
    other, _ = await _over(rig)
    workers.here[0].answers.put_nowait(None)
    assert len(await _seen(rig, other)) == 1


@pytest.mark.usefixtures("explaining")
async def test_a_log_that_cannot_be_read_keeps_no_other_game_waiting(
    rig: Rig, workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The smallest game waits a minute then, is told in the log once, and is explained after it."""
    bad, _ = await rig.started("counter", 2)
    good, _ = await rig.started("counter", 3)
    read = rig.log.read

    async def failing(room: str) -> list[Record]:
        if room == bad.room:
            raise StoreUnavailable
        return await read(room)

    monkeypatch.setattr(rig.log, "read", failing)
    with capture_logs() as told:
        for host in (bad, good):
            assert (await host.command("host.end")).ok
        await rig.pass_ms(5_100)
    assert {worker.room for worker in workers.here} == {good.room}
    assert [line["room"] for line in told if line["event"] == "not_explained"] == [bad.room]
    monkeypatch.setattr(rig.log, "read", read)
    for _ in range(2):
        for worker in workers.here:
            worker.answers.put_nowait(None)
        await rig.pass_ms(1_100)
    await rig.pass_ms(60_000)
    assert workers.here[0].room == bad.room


@pytest.mark.usefixtures("explaining")
async def test_a_room_whose_dice_are_still_played_with_is_left_alone(rig: Rig, workers: Workers) -> None:
    """What might have been there would tell of the game that it was forked from."""
    host, _ = await rig.started("two")
    forked = await host.command("host.fork", season=1, phase="first")
    assert forked.data is not None
    early = Client(rig)
    await early.say(Resume(str(forked.data["room"]), "", host.token))
    await rig.pass_ms(50)
    early.read()
    assert (await early.command("host.end")).ok
    assert await _seen(rig, early) == {}
    assert early.table["game"]["status"] == "over"
    assert _progress(early) == {}
    assert workers.all == []


async def test_a_room_that_goes_on_from_a_shorter_history_forgets_it(rig: Rig, workers: Workers) -> None:
    """Its game is not over any more: nothing of it stands on the table or in the store."""
    explaining = _explaining(rig, workers)
    host, _ = await _over(rig, "two")
    workers.here[0].answers.put_nowait(None)
    assert len(await _seen(rig, host)) == 1
    await explaining.stop()
    await rig.kill()
    rig.log._rooms[host.room].records.pop()
    await rig.start()
    wall = await rig.watch(host.room)
    assert await _seen(rig, wall) == {}
    assert wall.table["game"]["status"] == "running"
    assert "why" not in await rig.log.privates(host.room)


async def test_what_was_told_is_kept_with_the_room_over_a_restart(rig: Rig, workers: Workers) -> None:
    """A game that had ended before is explained on when somebody comes, and what is there is not made again."""
    explaining = _explaining(rig, workers)
    host, _ = await _over(rig)
    worker = next(worker for worker in workers.here if worker.asked == [2])
    worker.answers.put_nowait(None)
    assert (await _seen(rig, host)).keys() == {"2"}
    await explaining.stop()
    await rig.kill()
    await rig.start()
    again = Workers()
    explaining = _explaining(rig, again)
    wall = await rig.watch(host.room)
    assert (await _seen(rig, wall)).keys() == {"2"}
    assert [worker.asked for worker in again.here if worker.asked] == [[1]]
    next(worker for worker in again.here if worker.asked).answers.put_nowait(None)
    assert (await _seen(rig, wall)).keys() == {"1", "2"}
    await explaining.stop()
    await rig.kill()
    await rig.start()
    third = Workers()
    explaining = _explaining(rig, third)
    wall = await rig.watch(host.room)
    assert (await _seen(rig, wall)).keys() == {"1", "2"}
    assert third.all == []
    await explaining.stop()


@pytest.mark.usefixtures("explaining")
async def test_a_moment_that_the_store_refuses_is_not_lost(rig: Rig, workers: Workers) -> None:
    """Nobody sees it at that moment; it is stored with the next write, and made once."""
    host, _ = await _over(rig)
    rig.log.fail_next()
    workers.here[0].answers.put_nowait(None)
    assert await _seen(rig, host, 60) == {}
    assert "why" not in await rig.log.privates(host.room)
    assert len(await _seen(rig, host, 3_000)) == 1
    assert b'"whole":false' in (await rig.log.privates(host.room))["why"]
    assert len(workers.all) == 2


async def test_when_stop_returns_no_process_is_left(rig: Rig, workers: Workers) -> None:
    """The server waits for each of them to be gone; nothing begins afterwards."""
    explaining = _explaining(rig, workers)
    await _over(rig)
    assert len(workers.here) == 2
    await explaining.stop()
    assert workers.here == []
    await rig.pass_ms(5_000)
    assert workers.here == []


@pytest.mark.usefixtures("explaining")
async def test_the_work_ends_with_the_room(rig: Rig, workers: Workers) -> None:
    """A room that has been put away is explained no more until somebody comes."""
    host, person = await _over(rig)
    for client in (host, person):
        client.leave()
    await rig.pass_ms(30_000)
    assert len(workers.here) == 2
    await rig.room(host.room).finish()
    await rig.pass_ms(1_100)
    assert workers.here == []


@pytest.mark.usefixtures("explaining")
async def test_a_game_without_moments_is_told_whole(rig: Rig, workers: Workers) -> None:
    """Nothing in it had another side; nobody waits for ever."""
    workers.of = 0
    host, _ = await _over(rig)
    assert await _seen(rig, host) == {}
    assert _progress(host) == {"status": "whole", "of": 0}
    assert workers.here == []


async def test_a_server_that_has_nobody_who_explains_promises_nothing(rig: Rig) -> None:
    """No progress is shown that never comes."""
    host = await rig.create("two", options=Options(seats=3))
    await rig.join(host.room)
    assert (await host.command("host.start")).ok
    assert (await host.command("host.end")).ok
    assert await _seen(rig, host) == {}
    assert _progress(host) == {}


async def test_why_s_switches_it_off(workers: Workers) -> None:
    """With `why_s = 0` nobody is asked, however many games end; else they are."""
    for why_s in (0, MOST_S):
        rig = Rig()
        settings = attrs.evolve(loopback(), why_s=why_s)
        async with running(settings, StandIns(), log=rig.log, clock=rig.clock, explains=workers) as server:
            rig.lobby = server.lobby
            await _over(rig)
            assert bool(workers.all) == bool(why_s)
    assert workers.here == []
