"""Looking up what the store has, for a rewind, a fork, one person's data, or a device that a fork does not know.

Answers which batch is one of these, and what it needs: the start of the phase that the room goes back to, the room
that has been founded as a fork, the room as it is stored, or whose token it is, and who was let go, in the room that a
fork came from. All rest on what is stored, so everything that came before is stored first, and nothing else is handled
with them. Decides nothing: the command is carried out like any other, afterwards.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

import attrs

from makersphere_protocol.errors import Refused
from makersphere_protocol.messages import Resume
from makersphere_rules.engine import At
from makersphere_rules.forms import whole
from makersphere_rules.refusals import Refusal
from makersphere_server.codes import token_id
from makersphere_server.room.commands.asked import Lookups
from makersphere_server.room.commands.fork import OtherRules, fork_key, other_rules
from makersphere_server.room.commands.founded_rules import scenario_of
from makersphere_server.room.commands.host.own_data import OF_ONE_PERSON
from makersphere_server.room.commands.host.rewinding import FORK, REWIND
from makersphere_server.room.commands.host.table import HOST_COMMANDS
from makersphere_server.room.model.batch import NOT_NOW
from makersphere_server.room.model.dirty import Dirty
from makersphere_server.room.model.inbox import Enter, Inbox, Item, Sent, TakeAway
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.log.timeline import Start, past_of
from makersphere_server.room.model.own_data.whose import Kept
from makersphere_server.room.model.people.hosts import Hosts
from makersphere_server.room.model.people.seats import SEAT_KEY, Seats
from makersphere_server.storage.chain import Damaged
from makersphere_server.storage.event_log import Elsewhere, EventLog, StoreUnavailable

__all__ = ["FoundFork", "look_up", "needs_store", "take_batch"]

FoundFork = Callable[[LiveRoom, Start, OtherRules, str], Awaitable[str]]
_ALONE: Final = frozenset({REWIND.name, FORK.name, *OF_ONE_PERSON})


def take_batch(inbox: Inbox, live: LiveRoom) -> list[Item]:
    """Return what is handled together: all that waits, up to the first that needs the store, which is handled alone."""
    items = inbox.take()
    before = next((n for n, item in enumerate(items) if _needs_store(item, live)), len(items))
    taken = items[: max(before, 1)]
    if len(taken) < len(items):
        inbox.put_back(items[len(taken) :])
    return taken


def needs_store(taken: Sequence[Item], live: LiveRoom) -> bool:
    """Return whether what was taken is a single item that needs what the store has."""
    return len(taken) == 1 and _needs_store(taken[0], live)


def _needs_store(item: Item, live: LiveRoom) -> bool:
    if isinstance(item, Sent):  # first: nearly every item is one
        return item.by == "host" and item.name in _ALONE
    if isinstance(item, Enter):
        return bool(_token_of_origin(item, live)) or _may_be_let_go(item, live)
    return isinstance(item, TakeAway) and _needs_store(item.sent, live)


def _token_of_origin(enter: Enter, live: LiveRoom) -> str:
    """Return the id of a token that a fork does not know, and its origin may, where somebody comes by one; else ""."""
    frame = enter.frame
    if not isinstance(frame, Resume) or frame.code or not live.settings.origin:
        return ""
    if frame.seat_token:
        token = token_id(frame.seat_token)
        return "" if live.seats.find(token) is not None else token
    token = token_id(frame.host_token)
    return "" if not frame.host_token or token in live.hosts else token


def _may_be_let_go(enter: Enter, live: LiveRoom) -> bool:
    """Return whether somebody comes to a fork whom its origin may have let go, which lets go of no founder."""
    frame = enter.frame
    if not isinstance(frame, Resume) or not live.settings.origin:
        return False
    host = live.hosts.find(token_id(frame.host_token))
    return bool(frame.code) or (host is not None and not host.is_founder)


async def look_up(
    log: EventLog, live: LiveRoom, item: Item, found_fork: FoundFork, lookups: Lookups
) -> Lookups | Refused:
    """Return the lookups with what an item needs, as far as there is such a start.

    Args:
        log: the store.
        live: the room.
        item: the rewind, the fork, what is about one person's data, or who comes to a fork and is asked about there.
        found_fork: founds the other room and returns its code.
        lookups: what is known so far.

    Returns:
        Why it cannot be carried out now: the store cannot be asked, or has no space for one more room.
    """
    if isinstance(item, Enter):
        return await _as_in_origin(log, live, item, lookups)
    sent = item.sent if isinstance(item, TakeAway) else item
    if isinstance(sent, Sent) and sent.name in OF_ONE_PERSON:
        return await _as_kept(log, live, item, lookups)
    if not (isinstance(item, Sent) and _may_be_taken(live, item)):
        return lookups
    start = whole(item.args, "season"), str(item.args["phase"])
    try:
        if item.name == REWIND.name:
            past = await past_of(live.row, scenario_of(live.row), await log.read(live.row.room), start)
            return attrs.evolve(lookups, past=past)
        key = fork_key(live, item)
        if key in live.forks:
            return lookups
        rules = other_rules(live, item.args)
        if isinstance(rules, Refusal):
            return lookups
        return attrs.evolve(lookups, fork=await found_fork(live, start, rules, key))
    except StoreUnavailable:
        return NOT_NOW
    except Refused as refused:
        return refused


async def _as_in_origin(log: EventLog, live: LiveRoom, enter: Enter, lookups: Lookups) -> Lookups | Refused:
    """Have an entrance say whom the origin has let go, and whose token it is there now, if the origin is still here."""
    try:
        private = await log.privates(live.settings.origin)
    except (KeyError, Damaged, Elsewhere):  # erased, lost, or another server's: nobody is known by it
        return lookups
    except StoreUnavailable:
        return NOT_NOW
    token, hosts = _token_of_origin(enter, live), Hosts.stored(private)
    enter.let_go_in_origin = hosts.who_was_let_go()
    if not (isinstance(enter.frame, Resume) and enter.frame.seat_token):
        host = hosts.find(token)
        enter.host_of_origin = None if host is None else (host.number, host.sender)
        return lookups
    numbers = [int(key.removeprefix(SEAT_KEY)) for key in private if key.startswith(SEAT_KEY)]
    found = Seats(numbers, private, Dirty()).find(token)
    enter.of_origin = None if found is None else (found[0].seat, found[1].author)
    return lookups


async def _as_kept(log: EventLog, live: LiveRoom, item: Item, lookups: Lookups) -> Lookups | Refused:
    """Return the lookups with the room as the store has it, and where somebody of the class sits or has sat."""
    try:
        kept = Kept(await log.read(live.row.room), await log.privates(live.row.room))
    except StoreUnavailable:
        return NOT_NOW
    if not isinstance(item, TakeAway):
        return attrs.evolve(lookups, kept=kept)
    places = live.seats.find_past(live.class_digest(item.join))
    return attrs.evolve(
        lookups,
        kept=kept,
        places=tuple((people.seat, number) for people, number in places),
        called=(item.name,) if item.name else (),
    )


def _may_be_taken(live: LiveRoom, sent: Sent) -> bool:
    """Return whether a command will be accepted if its start is found; only then is it looked for or founded."""
    game, command = live.state.game, HOST_COMMANDS[sent.name]
    host, form = live.hosts.find(sent.token), command.form_now(live)
    is_now = sent.at in (None, At(game.season, game.phase))
    may = host is not None and host.may(command.least)
    return may and is_now and form is not None and form.refusal(sent.args) is None
