"""What a host does, and what follows from it.

Host commands come through the room's inbox like any command, are idempotent by id and durable; most of them are no
events of the game, but have their place in the room's `seq`. Which are possible now is `host_forms.py`'s to say.
Source: the contract's host commands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

import attrs
import msgspec

from makersphere_protocol.errors import Close
from makersphere_protocol.messages import Args
from makersphere_rules import engine
from makersphere_rules.dice import commitment
from makersphere_rules.events import EVERYONE, Event
from makersphere_rules.refusals import Refusal, refuse
from makersphere_server import metrics
from makersphere_server.codes import digest, new_token, token_id
from makersphere_server.room.commands.device_pairing import forget_seat, let_go, why_not_here
from makersphere_server.room.commands.fork import FORK, other_rules
from makersphere_server.room.commands.host_seats import change_seat, remove_people
from makersphere_server.room.model.batch import Batch
from makersphere_server.room.model.inbox import Sent
from makersphere_server.room.model.live_room import Host, LiveRoom
from makersphere_server.room.model.playable_roles import missing_role
from makersphere_server.room.model.timeline import REWIND
from makersphere_server.room.shown.host_forms import host_legal

__all__ = ["facilitate", "give_chair"]

Outcome = tuple[Event, ...] | Refusal


def facilitate(live: LiveRoom, name: str, args: Args, batch: Batch) -> Outcome:
    """Carry out a host's command in memory and return the game's events, often none, or why not."""
    act = _ACTS.get(name)
    if act is None:
        return refuse("unknown_command", "unknown_command", command=name)
    found = host_legal(live).get(name)
    if found is None:
        over = live.state.game.status == "over"
        return refuse("over", "over") if over else refuse("rule", "not_now", command=name)
    return found.refusal(args) or act(live, args, batch)


# -- what each one does


def _start(live: LiveRoom, args: Args, batch: Batch) -> Outcome:
    row, state = live.row, live.state
    missing = missing_role(state.scenario, [state.role(seat) for seat in state.seats()])
    if missing:
        return refuse("rule", "role_missing", role=missing)
    for place in live.seats:
        if not place.by:
            place.is_bot = True
            live.seats.mark(place)
    order = engine.Order("start", {"commitment": commitment(row.seed, row.nonce)})
    events = engine.decide(state, engine.ROOM, order)
    if not isinstance(events, Refusal):
        live.standing.started_ms = live.clock.wall_ms()
    return events


def _advance(live: LiveRoom, args: Args, batch: Batch) -> Outcome:
    found = engine.decide(live.state, engine.ROOM, engine.Order("close"))
    if not isinstance(found, Refusal) and not live.standing.screen.is_led:
        live.standing.screen = attrs.evolve(live.standing.screen, is_led=True)
        live.standing_changed()
    return found


def _shock(live: LiveRoom, args: Args, batch: Batch) -> Outcome:
    return engine.decide(live.state, engine.ROOM, engine.Order("shock", args))


def _rewind(live: LiveRoom, args: Args, batch: Batch) -> Outcome:
    return engine.decide(live.state, engine.ROOM, engine.Order("rewind", args))


def _fork(live: LiveRoom, args: Args, batch: Batch) -> Outcome:
    """Accept a fork that has been founded; which one it is is told with the answer."""
    rules = other_rules(live, args, batch.language)
    if isinstance(rules, Refusal):
        return rules
    return () if live.forked else refuse("rule", "no_such_past", "phase")


def _end(live: LiveRoom, args: Args, batch: Batch) -> Outcome:
    return engine.decide(live.state, engine.ROOM, engine.Order("end"))


def _pause(live: LiveRoom, args: Args, batch: Batch) -> Outcome:
    live.pause()
    return ()


def _resume(live: LiveRoom, args: Args, batch: Batch) -> Outcome:
    if live.standing.behind:
        live.standing.epochs += 1  # the host lets the room go on from the shorter history
    live.standing.behind = False
    live.go_on()
    return ()


def _extend(live: LiveRoom, args: Args, batch: Batch) -> Outcome:
    seat = args.get("seat")
    live.timer.extend(int(str(args["seconds"])) * 1000, None if seat is None else int(str(seat)))
    if seat is not None:
        _answered(live, int(str(seat)))
    live.clock_changed()
    return ()


def _announce(live: LiveRoom, args: Args, batch: Batch) -> Outcome:
    text = str(args["text"])
    batch.private[f"text:{live.seq + 1}"] = text.encode()
    batch.tell("announced", live.seq + 1, {"text": text}, EVERYONE)
    return ()


def _message(live: LiveRoom, args: Args, batch: Batch) -> Outcome:
    seat, text = int(str(args["seat"])), str(args["text"])
    batch.private[f"text:{live.seq + 1}"] = text.encode()
    batch.tell("messaged", live.seq + 1, {"text": text}, (seat,))
    _answered(live, seat)
    return ()


def _answered(live: LiveRoom, seat: int) -> None:
    """Take note that a seat's wish has been heard."""
    if live.standing.asks.pop(seat, None) is not None:
        live.standing_changed()


def _look(live: LiveRoom, args: Args, batch: Batch) -> Outcome:
    return ()  # what is seen is given with the answer


def _show(live: LiveRoom, args: Args, batch: Batch) -> Outcome:
    live.standing.screen = live.standing.screen.after(args)
    live.standing_changed()
    return ()


def _lock(live: LiveRoom, args: Args, batch: Batch) -> Outcome:
    live.standing.locked = not args["joining"]
    live.standing_changed()
    return ()


def _remove(live: LiveRoom, args: Args, batch: Batch) -> Outcome:
    forget_seat(live, int(str(args["seat"])), batch)
    return remove_people(live, args, batch)


def _pair(live: LiveRoom, args: Args, batch: Batch) -> Outcome:
    return why_not_here(live, args) or ()  # the code itself is given with the answer


def _unpair(live: LiveRoom, args: Args, batch: Batch) -> Outcome:
    device = live.devices.named(str(args["device"]))
    let_go(live, [] if device is None else [device], batch)
    return ()


def _invite(live: LiveRoom, args: Args, batch: Batch) -> Outcome:
    most = live.limits.most_hosts
    if len(live.hosts) >= most:
        metrics.LIMITED.labels("most_hosts").inc()
        return refuse("rule", "too_many_hosts", max=most)
    return ()  # the chair itself is given with the answer


def give_chair(live: LiveRoom, sent: Sent, batch: Batch) -> dict[str, Any]:
    """Give a token to a further host chair, a fresh one if the same invitation is sent again."""
    token, invitation = new_token(), digest(live.settings.salt, sent.token, sent.id)
    kept = [host for host in live.hosts.values() if host.invitation != invitation]
    for host in live.hosts.values():
        if host.invitation == invitation:
            batch.cut_tokens[host.token] = Close.REPLACED
    kept.append(Host(token_id(token), sent.language, invitation=invitation))
    live.hosts = {host.token: host for host in kept}
    batch.private["hosts"] = msgspec.json.encode(kept)
    return {"host_token": token}


_ACTS: Final[Mapping[str, Callable[[LiveRoom, Args, Batch], Outcome]]] = MappingProxyType(
    {
        "host.start": _start,
        "host.pause": _pause,
        "host.resume": _resume,
        "host.extend": _extend,
        "host.advance": _advance,
        "host.seat": change_seat,
        "host.remove": _remove,
        "host.look": _look,
        "host.show": _show,
        "host.shock": _shock,
        REWIND: _rewind,
        FORK: _fork,
        "host.announce": _announce,
        "host.message": _message,
        "host.lock": _lock,
        "host.invite": _invite,
        "host.pair": _pair,
        "host.unpair": _unpair,
        "host.end": _end,
    }
)
