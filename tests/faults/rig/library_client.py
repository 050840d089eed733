"""A seat of `counter` that is played by the clients' library of one version, and keeps a journal: `URL ROOM SEAT FILE`.

A script of its own, so that it runs with the sources of whichever version stands on its path; what it imports of ours
is that library alone. Reads its token from its input, and plays until that is closed. It has no say in how the library
comes back after a lost link and sends again.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from pathlib import Path
from typing import TextIO

from makersphere_clients.connection import Connection
from makersphere_protocol.messages import Result, Resume

_PAUSE_S = 0.2


def _note(journal: TextIO, kind: str, *values: object) -> None:
    journal.write(json.dumps([kind, time.monotonic_ns(), *values]) + "\n")


def _answer(result: Result) -> dict[str, object]:
    answer: dict[str, object] = {"id": result.id, "ok": result.ok}
    if result.seq is not None:
        answer["seq"] = result.seq
    return answer if result.error is None else {**answer, "error": {"code": result.error.code}}


async def _play(connection: Connection, seat: int, journal: TextIO, chance: random.Random) -> None:
    """Count, one after another, until there is no more input."""
    ended = asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    number, args = 0, {"by": 1}
    while not ended.done():
        id_ = f"{number:07}"
        _note(journal, "sent", id_, "count", args)
        result = await connection.command("count", args, id=id_)
        _note(journal, "result", id_, _answer(result))
        mirror = connection.mirror
        own = mirror.table.get("count", {}).get(str(seat), {}).get("count", 0)
        _note(journal, "seen", mirror.seq, mirror.table.get("tally", {}).get("total", 0), own)
        if result.ok:
            number, args = number + 1, {"by": chance.randint(1, 10)}
        else:
            await asyncio.sleep(1)  # then the same again: it was turned away for the moment
        await asyncio.sleep(chance.uniform(0, 2 * _PAUSE_S))


async def main(url: str, room: str, seat: int, path: Path) -> None:
    """Come in, play, and leave."""
    token = (await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)).strip()
    with path.open("w", encoding="utf-8") as journal:
        _note(journal, "who", room, seat, token)
        async with Connection(url, Resume(room, seat_token=token)) as connection:
            await _play(connection, seat, journal, random.Random(f"{room} {seat}"))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), Path(sys.argv[4])))
