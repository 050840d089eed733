"""A new room that goes on from the start of a phase of another: *what if*.

Answers the fork, founded with the other room's log up to there: the same seed, so the same dice fall, and the same
seats, which their people's tokens open here too, as the hosts' do. So nobody sees another hand than the own one. It
stands still until a host lets it go on. While the room that it came from is not over, its end keeps the seed closed,
which would tell that room's dice. Ids of commands begin anew: they were another room's. The same command again names
the same fork.
"""

from __future__ import annotations

from typing import Any, Final

import attrs
import msgspec

from makersphere_server.codes import digest, new_code
from makersphere_server.event_log import EventLog, Private, RoomRow, RoomTaken
from makersphere_server.inbox import Sent
from makersphere_server.sitting import FORK_KEY, Sitting, Standing
from makersphere_server.timeline import Start, seq_of
from makersphere_server.work import Work

__all__ = ["FORK", "fork_key", "found_fork", "give_fork"]

FORK: Final = "host.fork"
_COPIED: Final = ("seat:", "hosts")


async def found_fork(log: EventLog, sitting: Sitting, start: Start) -> RoomRow | None:
    """Found a room that goes on from the start of a phase, or return None where the room has not been there.

    Raises:
        StoreUnavailable: it cannot be stored now.
    """
    records = await log.read(sitting.row.room)
    seq = seq_of(records, sitting.types, start)
    if seq is None:
        return None
    row = await _founded(log, sitting, await log.privates(sitting.row.room))
    await log.append(row.room, 0, [attrs.evolve(record, command_id="", answer=b"") for record in records[:seq]])
    return row


async def _founded(log: EventLog, sitting: Sitting, private: Private) -> RoomRow:
    """Found the room itself, with the people and the hosts of the other one."""
    is_over = sitting.state.game.status == "over"
    settings = attrs.evolve(
        sitting.settings, create="", origin=sitting.row.room, keeps_seed=sitting.settings.keeps_seed or not is_over
    )
    kept: dict[str, bytes | None] = {key: value for key, value in private.items() if key.startswith(_COPIED)}
    kept["settings"] = msgspec.json.encode(settings)
    kept["standing"] = msgspec.json.encode(Standing(paused=True))
    while True:
        row = attrs.evolve(
            sitting.row, room=new_code(), epoch=1, created_ms=sitting.clock.wall_ms(), state="open", reason=""
        )
        try:
            await log.create(row, kept)
        except RoomTaken:
            continue
        return row


def fork_key(sitting: Sitting, sent: Sent) -> str:
    """Return how a fork is known by the command that asked for it."""
    return digest(sitting.settings.salt, sent.token, sent.id)


def give_fork(sitting: Sitting, sent: Sent, work: Work) -> dict[str, Any]:
    """Return the code of the fork that a command asked for."""
    key = fork_key(sitting, sent)
    if key not in sitting.forks:
        sitting.forks[key] = sitting.forked
        work.private[FORK_KEY + key] = sitting.forked.encode()
    return {"room": sitting.forks[key]}
