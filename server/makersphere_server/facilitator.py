"""What a host does, and what follows from it.

Host commands come through the room's inbox like any command, are idempotent by id and durable; most of them are no
events of the game, but have their place in the room's `seq`. Which are possible now is `host_forms.py`'s to say.
Source: the contract's "Facilitator commands".
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
from makersphere_server.devices import forget_seat, let_go, why_not_here
from makersphere_server.forking import FORK, other_rules
from makersphere_server.host_forms import host_legal
from makersphere_server.host_seats import change_seat, remove_people
from makersphere_server.inbox import Sent
from makersphere_server.roles import missing_role
from makersphere_server.sitting import Host, Sitting
from makersphere_server.timeline import REWIND
from makersphere_server.work import Work

__all__ = ["facilitate", "give_chair"]

Outcome = tuple[Event, ...] | Refusal


def facilitate(sitting: Sitting, name: str, args: Args, work: Work) -> Outcome:
    """Carry out a host's command in memory and return the game's events, often none, or why not."""
    act = _ACTS.get(name)
    if act is None:
        return refuse("unknown_command", "unknown_command", command=name)
    found = host_legal(sitting).get(name)
    if found is None:
        over = sitting.state.game.status == "over"
        return refuse("over", "over") if over else refuse("rule", "not_now", command=name)
    return found.refusal(args) or act(sitting, args, work)


# -- what each one does


def _start(sitting: Sitting, args: Args, work: Work) -> Outcome:
    row, state = sitting.row, sitting.state
    missing = missing_role(state.scenario, [state.role(seat) for seat in state.seats()])
    if missing:
        return refuse("rule", "role_missing", role=missing)
    for place in sitting.seats:
        if not place.by:
            place.is_bot = True
            sitting.seats.mark(place)
    order = engine.Order("start", {"commitment": commitment(row.seed, row.nonce)})
    events = engine.decide(state, engine.ROOM, order)
    if not isinstance(events, Refusal):
        sitting.started_ms = sitting.clock.wall_ms()
    return events


def _advance(sitting: Sitting, args: Args, work: Work) -> Outcome:
    found = engine.decide(sitting.state, engine.ROOM, engine.Order("close"))
    if not isinstance(found, Refusal) and not sitting.screen.is_led:
        sitting.screen = attrs.evolve(sitting.screen, is_led=True)
        sitting.standing_changed()
    return found


def _shock(sitting: Sitting, args: Args, work: Work) -> Outcome:
    return engine.decide(sitting.state, engine.ROOM, engine.Order("shock", args))


def _rewind(sitting: Sitting, args: Args, work: Work) -> Outcome:
    return engine.decide(sitting.state, engine.ROOM, engine.Order("rewind", args))


def _fork(sitting: Sitting, args: Args, work: Work) -> Outcome:
    """Accept a fork that has been founded; which one it is is told with the answer."""
    rules = other_rules(sitting, args, work.language)
    if isinstance(rules, Refusal):
        return rules
    return () if sitting.forked else refuse("rule", "no_such_past", "phase")


def _end(sitting: Sitting, args: Args, work: Work) -> Outcome:
    return engine.decide(sitting.state, engine.ROOM, engine.Order("end"))


def _pause(sitting: Sitting, args: Args, work: Work) -> Outcome:
    sitting.pause()
    return ()


def _resume(sitting: Sitting, args: Args, work: Work) -> Outcome:
    if sitting.behind:
        sitting.epochs += 1  # the host lets the room go on from the shorter history
    sitting.behind = False
    sitting.go_on()
    return ()


def _extend(sitting: Sitting, args: Args, work: Work) -> Outcome:
    seat = args.get("seat")
    sitting.timer.extend(int(str(args["seconds"])) * 1000, None if seat is None else int(str(seat)))
    if seat is not None:
        _answered(sitting, int(str(seat)))
    sitting.clock_changed()
    return ()


def _announce(sitting: Sitting, args: Args, work: Work) -> Outcome:
    text = str(args["text"])
    work.private[f"text:{sitting.seq + 1}"] = text.encode()
    work.tell("announced", sitting.seq + 1, {"text": text}, EVERYONE)
    return ()


def _message(sitting: Sitting, args: Args, work: Work) -> Outcome:
    seat, text = int(str(args["seat"])), str(args["text"])
    work.private[f"text:{sitting.seq + 1}"] = text.encode()
    work.tell("messaged", sitting.seq + 1, {"text": text}, (seat,))
    _answered(sitting, seat)
    return ()


def _answered(sitting: Sitting, seat: int) -> None:
    """Take note that a seat's wish has been heard."""
    if sitting.asks.pop(seat, None) is not None:
        sitting.standing_changed()


def _look(sitting: Sitting, args: Args, work: Work) -> Outcome:
    return ()  # what is seen is given with the answer


def _show(sitting: Sitting, args: Args, work: Work) -> Outcome:
    sitting.screen = sitting.screen.after(args)
    sitting.standing_changed()
    return ()


def _lock(sitting: Sitting, args: Args, work: Work) -> Outcome:
    sitting.locked = not args["joining"]
    sitting.standing_changed()
    return ()


def _remove(sitting: Sitting, args: Args, work: Work) -> Outcome:
    forget_seat(sitting, int(str(args["seat"])), work)
    return remove_people(sitting, args, work)


def _pair(sitting: Sitting, args: Args, work: Work) -> Outcome:
    return why_not_here(sitting, args) or ()  # the code itself is given with the answer


def _unpair(sitting: Sitting, args: Args, work: Work) -> Outcome:
    device = sitting.devices.named(str(args["device"]))
    let_go(sitting, [] if device is None else [device], work)
    return ()


def _invite(sitting: Sitting, args: Args, work: Work) -> Outcome:
    most = sitting.limits.most_hosts
    if len(sitting.hosts) >= most:
        metrics.LIMITED.labels("most_hosts").inc()
        return refuse("rule", "too_many_hosts", max=most)
    return ()  # the chair itself is given with the answer


def give_chair(sitting: Sitting, sent: Sent, work: Work) -> dict[str, Any]:
    """Give a token to a further host chair, a fresh one if the same invitation is sent again."""
    token, invitation = new_token(), digest(sitting.settings.salt, sent.token, sent.id)
    kept = [host for host in sitting.hosts.values() if host.invitation != invitation]
    for host in sitting.hosts.values():
        if host.invitation == invitation:
            work.cut_tokens[host.token] = Close.REPLACED
    kept.append(Host(token_id(token), sent.language, invitation=invitation))
    sitting.hosts = {host.token: host for host in kept}
    work.private["hosts"] = msgspec.json.encode(kept)
    return {"host_token": token}


_ACTS: Final[Mapping[str, Callable[[Sitting, Args, Work], Outcome]]] = MappingProxyType(
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
