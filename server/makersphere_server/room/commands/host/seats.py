"""What a host does with a seat: its role before the start, its name, its place, a bot in or out; its people; its hand.

Answers the game's events, often none. Everything is looked at before anything is changed, so that a refusal leaves
the seat as it was. Source: the contract's host commands; the rulebook's "Seats".
"""

from __future__ import annotations

from typing import Final

from makersphere_protocol.errors import Close
from makersphere_protocol.messages import LEVELS
from makersphere_protocol.names import LONGEST, clean, why_not
from makersphere_rules import engine
from makersphere_rules.ecosystem.table.entities import Space
from makersphere_rules.ecosystem.table.vocabulary import GARAGE
from makersphere_rules.forms import Args, Domain, Flag, Form, OneOf, whole
from makersphere_rules.refusals import Refusal, refuse
from makersphere_server.room.commands.asked import Asked, Outcome, Tree
from makersphere_server.room.commands.device_pairing import forget_seat
from makersphere_server.room.commands.host.command import FreeText, HostCommand, every_seat, is_over
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.log.retelling import TEXT_KEY
from makersphere_server.room.model.people.playable_roles import faults, known_roles
from makersphere_server.room.model.people.seat_people import NAMED_BY_HOST

__all__ = ["LOOK", "REMOVE", "SEAT", "order_for_seat"]

_LONGEST_TYPED: Final = 400  # of a name, before it is cleaned and cut
_LONGEST_REASON: Final = 200
_CLOSE_BYTES: Final = 123  # RFC 6455, section 5.5.1: a control frame has 125, and two are the code


# -- its role, name, place and bot


def _seat_form(live: LiveRoom) -> Form | None:
    """Return what can be done to a seat: roles before the start, moves while somebody can be moved."""
    if is_over(live):
        return None
    state = live.state
    fields: dict[str, Domain] = {"seat": every_seat(live), "bot": Flag(), "level": OneOf(LEVELS)}
    if live.is_running:
        if any(engine.places(state, seat) for seat in state.seats()):
            fields["space"] = OneOf((GARAGE, *(space.id for space in state.all(Space).values())))
    else:
        numbers = live.seats.numbers
        roles = known_roles(state.scenario, len(numbers)) | {state.role(seat) for seat in numbers}
        if len(numbers) < live.limits.most_seats:
            fields["seat"] = OneOf((*numbers, len(numbers) + 1), "seat_or_new")
        fields["role"] = OneOf(tuple(sorted(roles)))
    return Form(fields, optional=frozenset({"role", "bot", "level", "name", "space"}))


def _change(asked: Asked) -> Outcome:
    """Give a seat what the arguments name, adding the seat if there is none yet."""
    live, args = asked.live, asked.args
    seat = whole(args, "seat")
    name = _name(live, seat, args.get("name"))
    if isinstance(name, Refusal):
        return name
    if seat not in live.seats and "role" not in args:
        return refuse("bad_args", "missing_field", "role")
    fault = _role_fault(live, seat, str(args["role"])) if "role" in args else None
    if fault is not None:
        return fault
    order = order_for_seat(args)
    events = engine.decide(live.state, engine.ROOM, order) if order is not None else ()
    if isinstance(events, Refusal):
        return events
    people = live.seats[seat] if seat in live.seats else live.seats.add(seat)
    if name:
        people.name = name
        people.let_be_seen((NAMED_BY_HOST,))  # what a host has written waits for nobody
    if args.get("bot") or ("bot" in args and not people.is_vacated):  # a vacated seat has its bot after its minute
        live.seats.put_bot(people, is_in=bool(args["bot"]) or (live.is_running and not people.members))
    people.level = str(args.get("level", people.level))
    live.seats.mark(people)
    return events


def order_for_seat(args: Args) -> engine.Order | None:
    """Return what the change of a seat asks of the rules, or None where it stands beside the game."""
    if "role" in args:
        return engine.Order("seat", {"seat": args["seat"], "role": args["role"]})
    if "space" in args:
        return engine.Order("place", {"seat": args["seat"], "space": args["space"]})
    return None


def _name(live: LiveRoom, seat: int, typed: object) -> str | Refusal:
    """Return the name as it is shown, "" where none is given, or why it cannot be had."""
    if typed is None:
        return ""
    name = clean(str(typed))
    if not name:
        return refuse("bad_args", "bad_name", "name", max=LONGEST)
    wrong = why_not(name)  # what is a host's word in it (`host_word`) a host may give, to who is really called so
    if wrong:
        return refuse("bad_args", wrong, "name", name=name)
    if live.seats.has_name(name, but=seat):
        return refuse("rule", "name_taken", "name", name=name)
    return name


def _role_fault(live: LiveRoom, seat: int, role: str) -> Refusal | None:
    """Return why a seat cannot get a role: of that one there would be too many, or too few of the one that it has."""
    state = live.state
    before = {each: state.role(each) for each in state.seats()}
    concerned = (role, before.get(seat))
    found = faults(state.scenario, (before | {seat: role}).values(), "role")
    return next((fault for fault in found if fault.values["role"] in concerned), None)


# -- its people


def _remove_form(live: LiveRoom) -> Form | None:
    return None if is_over(live) else Form({"seat": every_seat(live)}, optional=frozenset({"reason"}))


def _remove(asked: Asked) -> Outcome:
    """Take a seat's people away with their things, and tell them why; in play a bot goes on after a minute."""
    live, batch, reason = asked.live, asked.batch, str(asked.args.get("reason", ""))
    people = live.seats[whole(asked.args, "seat")]
    forget_seat(live, people.seat, batch)
    farewell = _fitting(reason)
    live.passes.withdraw(people.seat)
    live.asks_in.withdraw(people.seat)
    batch.private.update({**live.passes.to_store(), **live.asks_in.to_store()})
    had_people = bool(people.members)
    for token in live.seats.empty(people, live.clock.now_ms(), live.seq + 1, in_play=live.is_running):
        batch.cut_tokens[token] = Close.REMOVED
        batch.farewells[token] = farewell
    if live.is_running and had_people:
        batch.vacated.add(people.seat)
    if reason:
        batch.private[f"{TEXT_KEY}{live.seq + 1}"] = reason.encode()
    return ()


def _fitting(reason: str) -> str:
    """Return as much of a reason as a close frame holds, cut between characters."""
    if len(reason.encode()) <= _CLOSE_BYTES:
        return reason
    return reason.encode()[: _CLOSE_BYTES - len("…".encode())].decode(errors="ignore").rstrip() + "…"


# -- its hand


def _look_form(live: LiveRoom) -> Form:
    return Form({"seat": every_seat(live)})


def _look(asked: Asked) -> Outcome:
    return ()  # that a host has looked stands in the log; the hand itself is given with the answer


def _give_hand(asked: Asked) -> Tree:
    return {"hand": asked.lookups.hand_of(asked.live, whole(asked.args, "seat"))}


SEAT: Final = HostCommand(name="host.seat", form=_seat_form, act=_change, texts={"name": FreeText(_LONGEST_TYPED)})
REMOVE: Final = HostCommand(
    name="host.remove", form=_remove_form, act=_remove, texts={"reason": FreeText(_LONGEST_REASON)}
)
LOOK: Final = HostCommand(name="host.look", form=_look_form, act=_look, gives=_give_hand)
