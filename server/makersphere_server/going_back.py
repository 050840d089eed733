"""How a running room goes back, or founds another that does: by itself in its batch, to what its log says.

Answers which batch is a rewind or a fork, and lays ready what it needs. Both go by what is stored, so everything that
came before is stored first, and nothing is handled with them.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from makersphere_protocol.errors import Refused
from makersphere_rules.engine import At
from makersphere_rules.refusals import Refusal
from makersphere_server.event_log import EventLog, StoreUnavailable
from makersphere_server.forking import FORK, fork_key, other_rules
from makersphere_server.host_forms import host_legal
from makersphere_server.inbox import Inbox, Item, Sent
from makersphere_server.reopen import past_of
from makersphere_server.sitting import Sitting
from makersphere_server.timeline import REWIND, Start

__all__ = ["FoundFork", "goes_back", "no_fork", "prepare", "take_batch"]

FoundFork = Callable[[Sitting, Start, bytes], Awaitable[str]]
_GO_BACK: Final = frozenset({REWIND, FORK})


async def no_fork(_: Sitting, __: Start, ___: bytes) -> str:
    """Found nothing: a room by itself has nobody who would know of the other."""
    raise Refused("unavailable")


def take_batch(inbox: Inbox) -> list[Item]:
    """Return what is handled together: all that waits, but what goes back by itself."""
    items = inbox.take()
    place = next((number for number, item in enumerate(items) if isinstance(item, Sent) and _is_back(item)), len(items))
    batch = items[: max(place, 1)]
    if len(batch) < len(items):
        inbox.put_back(items[len(batch) :])
    return batch


def goes_back(batch: Sequence[Item]) -> bool:
    """Return whether a batch is a rewind or a fork."""
    return len(batch) == 1 and isinstance(batch[0], Sent) and _is_back(batch[0])


def _is_back(sent: Sent) -> bool:
    return sent.by == "host" and sent.name in _GO_BACK


async def prepare(log: EventLog, sitting: Sitting, item: Item, found_fork: FoundFork) -> bool:
    """Lay ready what a rewind or a fork needs, if there is such a start; return whether the store took part."""
    sitting.state.pasts, sitting.forked = {}, ""
    if not (isinstance(item, Sent) and _may_be_taken(sitting, item)):
        return True
    season, phase = int(str(item.args["season"])), str(item.args["phase"])
    try:
        if item.name == REWIND:
            past = await past_of(log, sitting.row, (season, phase))
            sitting.state.pasts = {(season, phase): past} if past is not None else {}
        elif fork_key(sitting, item) not in sitting.forks:
            rules = other_rules(sitting, item.args)
            if not isinstance(rules, Refusal):
                sitting.forked = await found_fork(sitting, (season, phase), rules)
    except (StoreUnavailable, Refused):
        return False
    return True


def _may_be_taken(sitting: Sitting, sent: Sent) -> bool:
    """Return whether nothing speaks against a command but that there may be no such start; else nothing is founded."""
    game, form = sitting.state.game, host_legal(sitting).get(sent.name)
    is_now = sent.at in (None, At(game.season, game.phase))
    return sent.token in sitting.hosts and is_now and form is not None and form.refusal(sent.args) is None
