"""What a host may do: start, pause, resume, extend, advance, end, seat, remove, announce, message, lock, invite.

Answers which of these are possible now, with what arguments, and what follows. They come through the room's
inbox like any command, are idempotent by id and durable; most of them are no events of the game, but have
their place in the room's `seq`. Source: the contract's "Facilitator commands".
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
from makersphere_rules.forms import Domain, Flag, Form, OneOf, Whole, check
from makersphere_rules.refusals import Refusal, refuse
from makersphere_server import metrics
from makersphere_server.codes import digest, new_token, token_id
from makersphere_server.inbox import Sent
from makersphere_server.roles import known_roles, missing_role
from makersphere_server.schemas import legal_tree
from makersphere_server.sitting import Host, Sitting
from makersphere_server.work import Work

__all__ = ["PREFIX", "HostForm", "facilitate", "give_chair", "host_hand", "host_legal", "without_texts"]

PREFIX: Final = "host."
LONGEST_EXTENSION_S: Final = 7_200
_TEXTS: Final = MappingProxyType(
    {"host.announce": {"text": 400}, "host.message": {"text": 400}, "host.remove": {"reason": 200}}
)

Tree = dict[str, Any]
Outcome = tuple[Event, ...] | Refusal
Fields = dict[str, Domain]


@attrs.frozen
class HostForm:
    """What a host command takes now: a form, and free texts by field with their longest length."""

    form: Form
    texts: Mapping[str, int] = attrs.field(factory=dict)

    def refusal(self, args: Args) -> Refusal | None:
        """Return why `args` do not fill it."""
        for field, longest in self.texts.items():
            text = args.get(field, "" if field in self.form.optional else None)
            if not isinstance(text, str) or len(text) > longest:
                return refuse("bad_args", "expected_text", field, max=longest)
        return check(self.form, {name: value for name, value in args.items() if name not in self.texts})


def host_legal(sitting: Sitting) -> dict[str, HostForm]:
    """Return the commands that a host may send now."""
    status = sitting.state.game.status
    seats = OneOf(tuple(place.seat for place in sitting.seats), "seat")
    found = {
        "host.announce": HostForm(Form(), _TEXTS["host.announce"]),
        "host.message": HostForm(Form({"seat": seats}), _TEXTS["host.message"]),
        "host.invite": HostForm(Form()),
    }
    if status != "over":
        found["host.lock"] = HostForm(Form({"joining": Flag()}))
    removing = Form({"seat": seats}, optional=frozenset({"reason"}))
    match status:
        case "lobby":
            found["host.start"] = HostForm(Form())
            found["host.seat"] = HostForm(_seat_form(sitting))
            found["host.remove"] = HostForm(removing, _TEXTS["host.remove"])
        case "running":
            for name in (
                "host.resume" if sitting.paused or sitting.behind else "host.pause",
                "host.advance",
                "host.end",
            ):
                found[name] = HostForm(Form())
            found["host.seat"] = HostForm(Form({"seat": seats, "bot": Flag()}))
            found["host.remove"] = HostForm(removing, _TEXTS["host.remove"])
            if sitting.timer.has_limit:
                fields: Fields = {"seconds": Whole(1, LONGEST_EXTENSION_S), "seat": seats}
                found["host.extend"] = HostForm(Form(fields, optional=frozenset({"seat"})))
        case _:
            pass
    return found


def _seat_form(sitting: Sitting) -> Form:
    numbers = [place.seat for place in sitting.seats]
    state = sitting.state
    known = sorted(known_roles(state.scenario, len(numbers)) | {state.role(seat) for seat in numbers})
    seats = OneOf((*numbers, len(numbers) + 1), "seat_or_new")
    return Form({"seat": seats, "role": OneOf(tuple(known)), "bot": Flag()}, optional=frozenset({"role", "bot"}))


def host_hand(sitting: Sitting) -> Tree:
    """Return the hosts' whole hand."""
    forms = host_legal(sitting)
    tree = legal_tree({name: found.form for name, found in forms.items()})
    for name, found in forms.items():
        schema = tree["legal"][name]
        for field, longest in found.texts.items():
            schema["properties"][field] = {"type": "string", "maxLength": longest}
            if field not in found.form.optional:
                schema["required"].append(field)
    here = sum(member.is_here for place in sitting.seats for member in place.members)
    if sitting.asks:
        tree["ask"] = {str(seat): {"what": what} for seat, what in sitting.asks.items()}
    tree["host"] = {"people_here": here, "hosts": sitting.hosts_here, "watchers": sitting.watchers}
    if sitting.behind:
        tree["host"]["behind"] = True
    return tree


def without_texts(name: str, args: Args, salt: str) -> Args:
    """Return arguments as the log may keep them: free texts as salted digests, so that texts can be erased."""
    texts = _TEXTS.get(name)
    if texts is None:
        return args
    return {
        field: digest(salt, value) if field in texts and isinstance(value, str) else value
        for field, value in args.items()
    }


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
    return engine.decide(state, engine.ROOM, order)


def _advance(sitting: Sitting, args: Args, work: Work) -> Outcome:
    return engine.decide(sitting.state, engine.ROOM, engine.Order("close"))


def _end(sitting: Sitting, args: Args, work: Work) -> Outcome:
    return engine.decide(sitting.state, engine.ROOM, engine.Order("end"))


def _pause(sitting: Sitting, args: Args, work: Work) -> Outcome:
    sitting.paused = True
    sitting.hold()
    return ()


def _resume(sitting: Sitting, args: Args, work: Work) -> Outcome:
    if sitting.behind:
        sitting.epochs += 1  # the host lets the room go on from the shorter history
    sitting.paused = sitting.behind = False
    sitting.hold()
    return ()


def _extend(sitting: Sitting, args: Args, work: Work) -> Outcome:
    seat = args.get("seat")
    sitting.timer.extend(int(str(args["seconds"])) * 1000, None if seat is None else int(str(seat)))
    if seat is not None:
        _answered(sitting, int(str(seat)))
    sitting.clock_changed()
    return ()


def _seat(sitting: Sitting, args: Args, work: Work) -> Outcome:
    seat = int(str(args["seat"]))
    role = args.get("role")
    is_new = seat not in sitting.seats
    if role is not None and not is_new:
        left = _emptied(sitting, seat, str(role))
        if left:
            return refuse("rule", "role_missing", "role", role=left)
    if is_new and role is None:
        return refuse("bad_args", "missing_field", "role")
    place = sitting.seats.add(seat) if is_new else sitting.seats[seat]
    if "bot" in args and place.is_bot != args["bot"]:
        place.is_bot = bool(args["bot"]) or (sitting.is_running and not place.members)
        sitting.seats.mark(place)
    if role is None:
        return ()
    return engine.decide(sitting.state, engine.ROOM, engine.Order("seat", {"seat": seat, "role": role}))


def _emptied(sitting: Sitting, seat: int, role: str) -> str:
    """Return the role that nobody would have any more if the seat got another one, or ""."""
    state = sitting.state
    roles = [role if other == seat else state.role(other) for other in state.seats()]
    missing = missing_role(state.scenario, roles)
    return missing if missing == state.role(seat) else ""


def _remove(sitting: Sitting, args: Args, work: Work) -> Outcome:
    place = sitting.seats[int(str(args["seat"]))]
    for token in sitting.seats.empty(place):
        work.cut_tokens[token] = Close.REMOVED
    place.is_bot = sitting.is_running
    if args.get("reason"):
        work.private[f"text:{sitting.seq + 1}"] = str(args["reason"]).encode()
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


def _lock(sitting: Sitting, args: Args, work: Work) -> Outcome:
    sitting.locked = not args["joining"]
    sitting.standing_changed()
    return ()


def _invite(sitting: Sitting, args: Args, work: Work) -> Outcome:
    most = sitting.limits.most_hosts
    if len(sitting.hosts) >= most:
        metrics.LIMITED.labels("most_hosts").inc()
        return refuse("rule", "too_many_hosts", max=most)
    return ()  # the chair itself is given with the answer


def give_chair(sitting: Sitting, sent: Sent, work: Work) -> Tree:
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
        "host.seat": _seat,
        "host.remove": _remove,
        "host.announce": _announce,
        "host.message": _message,
        "host.lock": _lock,
        "host.invite": _invite,
        "host.end": _end,
    }
)
