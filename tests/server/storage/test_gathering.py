"""When a group of writes waits for more: where many send a little each, and never longer than somebody can wait."""

import asyncio
from pathlib import Path

import pytest

from makersphere_server.storage import sqlite_log
from makersphere_server.storage.sqlite_log import SqliteLog
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
