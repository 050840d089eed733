"""What a host does to a seat: its role before the start, its name, its place, a bot in or out, its people away.

Answers the game's events, often none. Everything is looked at before anything is changed, so that a refusal leaves
the seat as it was. Source: the contract's host commands; the rulebook's "Seats".
"""

from __future__ import annotations

from typing import Final

from makersphere_protocol.errors import Close
from makersphere_protocol.names import LONGEST, clean, is_reserved
from makersphere_rules import engine
from makersphere_rules.events import Event
from makersphere_rules.forms import Args
from makersphere_rules.refusals import Refusal, refuse
from makersphere_server.room.model.batch import Batch
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.playable_roles import missing_role

__all__ = ["change_seat", "order_for_seat", "remove_people"]

_CLOSE_BYTES: Final = 123  # RFC 6455, section 5.5.1: a control frame has 125, and two are the code

Outcome = tuple[Event, ...] | Refusal


def change_seat(live: LiveRoom, args: Args, _: Batch) -> Outcome:
    """Give a seat what the arguments name, adding the seat if there is none yet."""
    seat = int(str(args["seat"]))
    name = _name(live, seat, args.get("name"))
    if isinstance(name, Refusal):
        return name
    if seat not in live.seats and "role" not in args:
        return refuse("bad_args", "missing_field", "role")
    left = _emptied(live, seat, str(args["role"])) if "role" in args and seat in live.seats else ""
    if left:
        return refuse("rule", "role_missing", "role", role=left)
    order = order_for_seat(args)
    events = engine.decide(live.state, engine.ROOM, order) if order is not None else ()
    if isinstance(events, Refusal):
        return events
    place = live.seats[seat] if seat in live.seats else live.seats.add(seat)
    if name:
        place.name = name
    if "bot" in args:
        place.is_bot = bool(args["bot"]) or (live.is_running and not place.members)
    place.level = str(args.get("level", place.level))
    live.seats.mark(place)
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
    if is_reserved(name):
        return refuse("bad_args", "reserved_name", "name", name=name)
    if live.seats.has_name(name, but=seat):
        return refuse("rule", "name_taken", "name", name=name)
    return name


def _emptied(live: LiveRoom, seat: int, role: str) -> str:
    """Return the role that nobody would have any more if the seat got another one, or ""."""
    state = live.state
    roles = [role if other == seat else state.role(other) for other in state.seats()]
    missing = missing_role(state.scenario, roles)
    return missing if missing == state.role(seat) else ""


def _fitting(reason: str) -> str:
    """Return as much of a reason as a close frame holds, cut between characters."""
    if len(reason.encode()) <= _CLOSE_BYTES:
        return reason
    return reason.encode()[: _CLOSE_BYTES - len("…".encode())].decode(errors="ignore").rstrip() + "…"


def remove_people(live: LiveRoom, args: Args, batch: Batch) -> Outcome:
    """Take a seat's people away, and tell them why; a bot goes on for them."""
    place = live.seats[int(str(args["seat"]))]
    farewell = _fitting(str(args.get("reason", "")))
    for token in live.seats.empty(place):
        batch.cut_tokens[token] = Close.REMOVED
        batch.farewells[token] = farewell
    place.is_bot = live.is_running
    if args.get("reason"):
        batch.private[f"text:{live.seq + 1}"] = str(args["reason"]).encode()
    return ()
