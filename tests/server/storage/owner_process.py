"""A process that owns a room and writes to it as fast as it can, to be frozen or killed from outside.

`python -m tests.server.storage.owner_process ADDRESS` says `founded`, then the `seq` of each record that was
acknowledged, and at the end `elsewhere`, when the database has turned it away, with the rooms that a renewal says were
lost.
"""

from __future__ import annotations

import asyncio
import sys

from makersphere_server.storage.event_log import Elsewhere, StoreUnavailable
from makersphere_server.storage.place import Database
from makersphere_server.storage.shared.owners import Server
from makersphere_server.storage.shared.shared_log import SharedLog
from tests.server.rig.made_up_logs import records, row

__all__ = ["LEASE_S"]

LEASE_S = 1.0


async def _write(url: str) -> None:
    log = await SharedLog.join(Database.read(url), Server("frozen", "wss://frozen.example/ws", LEASE_S))
    await log.create(row())
    print("founded", flush=True)  # noqa: T201  (its journal)
    seq, lost = 0, list[str]()
    while True:
        try:
            await log.append("ROOM234", seq, records(seq + 1, seq + 1))
        except Elsewhere:
            print("elsewhere", *lost, *await log.renew(), flush=True)  # noqa: T201
            return
        except StoreUnavailable:  # its session was ended: the same again, as a room does
            continue
        seq += 1
        print(seq, flush=True)  # noqa: T201
        if seq % 50 == 0:
            lost += await log.renew()


if __name__ == "__main__":
    asyncio.run(_write(sys.argv[1]))
