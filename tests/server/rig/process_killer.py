"""A process that is made to be killed: it has everything imported, and forks a worker whenever it is asked to.

Run as `python -m tests.server.rig.process_killer KIND FOLDER PORT`. For each line on its input it forks a worker and
says, on lines of its output, `pid N`, then whatever the worker has to say, then `gone`. Starting a worker so
takes a fraction of what starting Python takes; what is killed is the real thing all the same.
"""

from __future__ import annotations

import asyncio
import os
import sys
from itertools import count
from pathlib import Path

from makersphere_bots.stand_ins import StandIns
from makersphere_server import logs
from makersphere_server.app import Running, serve
from makersphere_server.storage.sqlite_log import SqliteLog
from tests.loopback import loopback
from tests.server.rig.made_up_logs import records, row

ROOMS = tuple(f"ROOM{number:03}" for number in range(8))
MOST_AT_ONCE = 7  # records in one append


def say(out: int, line: str) -> None:
    """Write one line at once; short lines are never torn in a pipe (POSIX, PIPE_BUF)."""
    os.write(out, line.encode() + b"\n")


async def write_rooms(out: int, folder: Path) -> None:
    """Append to all rooms at once without end, and say of each append when it is acknowledged."""
    log = await SqliteLog.open(folder)
    known = {each.room for each in await log.rooms()}
    for room in ROOMS:
        if room not in known:
            await log.create(row(room))
    say(out, "ready")

    async def write(number: int, room: str) -> None:
        seq, _ = await log.head(room)
        for size in count(number):
            last = seq + 1 + size % MOST_AT_ONCE
            chain = await log.append(room, seq, records(seq + 1, last), {"clock": b"%d" % last})
            say(out, f"ack {room} {last} {chain}")
            seq = last

    await asyncio.gather(*(write(number, room) for number, room in enumerate(ROOMS)))


async def run_server(out: int, folder: Path, port: int) -> None:
    """Serve until killed or told to stop."""

    def ready(_: Running) -> None:
        say(out, "ready")

    # seats that come and go with each kill must not pause their room
    await serve(loopback(port=port, data=folder, lab=True, drop_share=0), StandIns(), ready)


def main() -> None:
    """Fork a worker for each line."""
    kind, folder, port = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    out = os.dup(1)
    os.dup2(2, 1)  # the output is for the lines alone
    logs.set_up("error", as_json=True)
    for _ in sys.stdin:
        worker = os.fork()
        if worker == 0:
            asyncio.run(write_rooms(out, folder) if kind == "store" else run_server(out, folder, port))
            os._exit(0)
        say(out, f"pid {worker}")
        os.waitpid(worker, 0)
        say(out, "gone")


if __name__ == "__main__":
    main()
