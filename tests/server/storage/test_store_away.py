"""While the store is away, or busy with others: what a room tells all the same, and what it does later."""

import asyncio

import pytest

from makersphere_protocol.codec import encode
from makersphere_protocol.messages import Command, Watch
from makersphere_server.storage.event_log import Record, StoreUnavailable
from tests.server.rig.fakes import Client, Rig, code
from tests.server.rig.memory_log import MemoryLog


async def test_the_hosts_see_who_has_come_while_the_store_refuses(rig: Rig) -> None:
    """What need not be stored is told as soon as ever, and waits for no store."""
    host, ann = await rig.started()
    await rig.pass_ms(100)
    rig.log.fail_next(1_000)
    assert code(await ann.command("count", by=5)) == "unavailable"
    await Client(rig).say(Watch(host.room))
    await rig.pass_ms(50)
    host.read()
    assert host.hand["host"]["watchers"] == 1
    rig.log.fail_next(0)


async def test_whoever_only_reads_is_turned_away_where_nothing_can_be_read(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store that neither takes nor gives anything shows nobody what it may not hold."""
    host, ann = await rig.started()
    real, asked = rig.log.read, list[str]()

    async def read_once(room: str, after_seq: int = 0) -> list[Record]:
        asked.append(room)
        if len(asked) > 1:
            raise StoreUnavailable
        return await real(room, after_seq)

    rig.log.fail_next(1_000)
    assert code(await ann.command("count", by=5)) == "unavailable"
    monkeypatch.setattr(rig.log, "read", read_once)
    watcher = Client(rig)
    await watcher.say(Watch(host.room))
    assert (watcher.error().code, watcher.connection.closed) == ("unavailable", 1013)
    assert len(asked) > 1
    rig.log.fail_next(0)


async def test_who_leaves_while_the_store_refuses_has_left(rig: Rig) -> None:
    """A store that is away keeps nobody at the table who is gone."""
    host, ann = await rig.started()
    rig.log.fail_next()
    host.session.receive(encode(Command("h", "host.announce", {"text": "hello"})))
    ann.leave()
    await rig.pass_ms(2_000)
    host.read()
    assert code(host.results()[-1]) == "unavailable"
    assert host.table["seat"]["1"]["by"] == "away"


async def test_a_way_back_that_cannot_be_read_now_is_refused(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """The host is told to try again, the game stands where it stood, and the same command is taken later."""
    host, ann = await rig.started("two")

    async def away(*_: object) -> list[Record]:
        raise StoreUnavailable

    with monkeypatch.context() as store:
        store.setattr(rig.log, "read", away)
        refused = await host.command("host.rewind", "back", season=1, phase="first")
        assert code(refused) == "unavailable"
        assert (await ann.command("count", by=5)).ok
    assert (await host.command("host.rewind", "back", season=1, phase="first")).ok
    await rig.pass_ms(50)
    ann.read()
    assert ann.table.get("tally", {}).get("total", 0) == 0


async def test_what_is_only_to_be_told_waits_for_no_write(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another room's write is under way a room tells what it has stored before."""
    host, ann = await rig.started()
    await rig.pass_ms(100)
    for by in (1, 2):  # the first is told at once, the second 50 ms later
        assert (await ann.command("count", by=by)).ok
    is_done = asyncio.Event()

    async def next_group(within_ms: int = 0) -> None:
        await is_done.wait()

    monkeypatch.setattr(rig.log, "next_group", next_group)
    await rig.pass_ms(50)
    is_done.set()
    host.read()
    assert host.table["tally"]["total"] == 3


async def test_a_turn_in_which_nothing_happens_writes_nothing(rig: Rig) -> None:
    """What is asked and told without a change costs no commit."""
    _, ann = await rig.started()
    await rig.pass_ms(100)
    commits = rig.log.commits
    for _ in range(3):
        assert (await ann.preview("count", by=1)).ok
        await rig.pass_ms(100)
    assert rig.log.commits == commits


class _NoMark(MemoryLog):
    """A store that does not take a room's state the first time."""

    def __init__(self) -> None:
        super().__init__()
        self.refused = 0

    async def set_state(self, room: str, state: str, reason: str = "") -> None:
        """Refuse once."""
        self.refused += 1
        if self.refused == 1:
            raise StoreUnavailable
        await super().set_state(room, state, reason)


async def test_a_game_that_is_over_stands_so_in_the_store_once() -> None:
    """A store that refuses is asked again, and one that has it is not."""
    rig = Rig()
    rig.log = log = _NoMark()
    await rig.start()
    host, _ = await rig.started()
    assert (await host.command("host.end")).ok
    await rig.pass_ms(60_000)
    assert [row.state for row in await log.rooms()] == ["over"]
    assert log.refused == 2
    await rig.kill()
    await rig.start()
    await host.resume()
    await rig.pass_ms(60_000)
    assert log.refused == 2
    await rig.stop()
