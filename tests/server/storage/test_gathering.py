"""Groups of writes: when one waits for more, never longer than somebody can wait, and what a bug in one stops."""

import asyncio
import threading
from pathlib import Path

import pytest

from makersphere_server.storage import sqlite_log
from makersphere_server.storage.sqlite_log import SqliteLog
from makersphere_server.storage.transaction import Plan
from tests.server.rig.made_up_logs import records, row


async def stream(log: SqliteLog, people: int, commands: int, at_once: int = 1) -> None:
    """Append commands to a room, one write after the other, from so many people in turn."""
    seq = (await log.head("ROOM222"))[0]
    for first in range(seq + 1, seq + commands + 1, at_once):
        await log.append("ROOM222", first - 1, records(first, first + at_once - 1, seats=people))


@pytest.mark.parametrize(("people", "at_once", "shares"), [(8, 1, 2), (7, 1, 1), (8, 8, 1)])
async def test_where_many_send_a_little_each_a_group_waits_for_more(
    tmp_path: Path, commits: list[int], monkeypatch: pytest.MonkeyPatch, people: int, at_once: int, shares: int
) -> None:
    """Two rooms then decide for one commit; nobody waits for few people, or where groups are large anyway."""
    monkeypatch.setattr(sqlite_log, "_LATELY_S", 60)
    log = await SqliteLog.open(tmp_path)
    for code in ("ROOM222", "ROOM333"):
        await log.create(row(code))
    await stream(log, people, 16, at_once)
    commits.clear()
    second_may_come = asyncio.Event()

    async def first() -> None:
        turn = asyncio.ensure_future(log.next_group())
        await asyncio.sleep(0)
        assert turn.done() is (shares == 1)
        second_may_come.set()
        await turn
        await log.append("ROOM222", 16, records(17, 17))

    async def second() -> None:
        await second_may_come.wait()
        await log.next_group()
        await log.append("ROOM333", 0, records(1, 1))

    await asyncio.gather(first(), second())
    assert commits[0] == shares or shares == 1
    assert sum(commits) == 2
    await log.close()


async def test_who_cannot_wait_for_more_has_all_decide_at_once(
    tmp_path: Path, commits: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A room that is about to show what has changed ends the wait of the others, and they share a commit."""
    monkeypatch.setattr(sqlite_log, "_LATELY_S", 60)
    monkeypatch.setattr(sqlite_log, "SOON_MS", 600_000)
    log = await SqliteLog.open(tmp_path)
    for code in ("ROOM222", "ROOM333"):
        await log.create(row(code))
    await stream(log, 8, 16)
    commits.clear()

    async def write(code: str, seq: int, within_ms: int) -> None:
        await log.next_group(within_ms)
        await log.append(code, seq, records(seq + 1, seq + 1))

    await asyncio.wait_for(asyncio.gather(write("ROOM222", 16, 600_000), write("ROOM333", 0, 0)), 60)
    assert commits == [2]
    await log.close()


async def test_the_turn_of_the_next_group_comes_when_one_is_answered(tmp_path: Path, commits: list[int]) -> None:
    """What rooms decide when it is their turn goes with what has been gathered meanwhile, in one commit."""
    log = await SqliteLog.open(tmp_path)
    await log.next_group()  # nothing is under way
    for code in ("ROOM222", "ROOM333"):
        await log.create(row(code))
    commits.clear()
    go_on = threading.Event()
    blocked = asyncio.ensure_future(log._ask(lambda _: go_on.wait()))
    await asyncio.sleep(0)
    await asyncio.sleep(0)

    async def decide() -> None:
        await log.next_group()
        assert blocked.done()
        await log.append("ROOM222", 0, records(1, 2))

    deciding = asyncio.ensure_future(decide())
    gathered = asyncio.ensure_future(log.append("ROOM333", 0, records(1, 1)))
    await asyncio.sleep(0)
    go_on.set()
    await asyncio.gather(deciding, gathered)
    assert commits == [2]
    await log.close()


async def test_a_bug_in_one_group_stops_nobody_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unexpected exception reaches those who wait, and the thread goes on."""
    log = await SqliteLog.open(tmp_path)
    await log.create(row())
    with monkeypatch.context() as patch:
        patch.setattr(Plan, "add", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            await log.append("ROOM234", 0, records(1, 1))
    await log.append("ROOM234", 0, records(1, 1))
    await log.close()
