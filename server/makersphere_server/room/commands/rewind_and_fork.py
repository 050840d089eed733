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
from makersphere_server.room.commands.fork import FORK, fork_key, other_rules
from makersphere_server.room.commands.reopening import past_of
from makersphere_server.room.model.inbox import Inbox, Item, Sent
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.timeline import REWIND, Start
from makersphere_server.room.shown.host_forms import host_legal
from makersphere_server.storage.event_log import EventLog, StoreUnavailable

__all__ = ["FoundFork", "goes_back", "prepare", "take_batch"]

FoundFork = Callable[[LiveRoom, Start, bytes], Awaitable[str]]
_GO_BACK: Final = frozenset({REWIND, FORK})


def take_batch(inbox: Inbox) -> list[Item]:
    """Return what is handled together: all that waits, but what goes back by itself."""
    items = inbox.take()
    place = next((number for number, item in enumerate(items) if isinstance(item, Sent) and _is_back(item)), len(items))
    taken = items[: max(place, 1)]
    if len(taken) < len(items):
        inbox.put_back(items[len(taken) :])
    return taken


def goes_back(taken: Sequence[Item]) -> bool:
    """Return whether what was taken is a rewind or a fork."""
    return len(taken) == 1 and isinstance(taken[0], Sent) and _is_back(taken[0])


def _is_back(sent: Sent) -> bool:
    return sent.by == "host" and sent.name in _GO_BACK


async def prepare(log: EventLog, live: LiveRoom, item: Item, found_fork: FoundFork) -> bool:
    """Lay ready what a rewind or a fork needs, if there is such a start; return whether the store took part."""
    live.state.pasts, live.forked = {}, ""
    if not (isinstance(item, Sent) and _may_be_taken(live, item)):
        return True
    season, phase = int(str(item.args["season"])), str(item.args["phase"])
    try:
        if item.name == REWIND:
            past = await past_of(log, live.row, (season, phase))
            live.state.pasts = {(season, phase): past} if past is not None else {}
        elif fork_key(live, item) not in live.forks:
            rules = other_rules(live, item.args)
            if not isinstance(rules, Refusal):
                live.forked = await found_fork(live, (season, phase), rules)
    except (StoreUnavailable, Refused):
        return False
    return True


def _may_be_taken(live: LiveRoom, sent: Sent) -> bool:
    """Return whether nothing speaks against a command but that there may be no such start; else nothing is founded."""
    game, form = live.state.game, host_legal(live).get(sent.name)
    is_now = sent.at in (None, At(game.season, game.phase))
    return sent.token in live.hosts and is_now and form is not None and form.refusal(sent.args) is None
