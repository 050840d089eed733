"""How a running room goes back: by itself in its batch, to what the log says of the start of a phase.

Answers which batch a rewind is, and lays ready what it goes back to. A rewind goes by what is stored, so everything
that came before it is stored first, and nothing is handled with it.
"""

from __future__ import annotations

from collections.abc import Sequence

from makersphere_server.event_log import EventLog, StoreUnavailable
from makersphere_server.inbox import Inbox, Item, Sent
from makersphere_server.reopen import past_of
from makersphere_server.sitting import Sitting
from makersphere_server.timeline import REWIND

__all__ = ["is_rewind", "lay_past_ready", "take_batch"]


def take_batch(inbox: Inbox) -> list[Item]:
    """Return what is handled together: all that waits, but a rewind by itself."""
    items = inbox.take()
    place = next((number for number, item in enumerate(items) if is_rewind([item])), len(items))
    batch = items[: max(place, 1)]
    if len(batch) < len(items):
        inbox.put_back(items[len(batch) :])
    return batch


def is_rewind(batch: Sequence[Item]) -> bool:
    """Return whether a batch is a rewind."""
    match batch:
        case [Sent(by="host", name=name)]:
            return name == REWIND
        case _:
            return False


async def lay_past_ready(log: EventLog, sitting: Sitting, rewind: Item) -> bool:
    """Lay ready what a rewind goes back to, if there is such a start; return whether the store could be read."""
    args = rewind.args if isinstance(rewind, Sent) else {}
    season, phase = args.get("season"), args.get("phase")
    sitting.state.pasts = {}
    if not (type(season) is int and isinstance(phase, str)):
        return True
    try:
        past = await past_of(log, sitting.row, (season, phase))
    except StoreUnavailable:
        return False
    if past is not None:
        sitting.state.pasts = {(season, phase): past}
    return True
