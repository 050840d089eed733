"""Whom a host lets in: the lock for people who are new, into which seat, into the next room; and to the page."""

from __future__ import annotations

from typing import Final

from makersphere_rules.forms import Flag, Form, OneOf, whole
from makersphere_rules.refusals import refuse
from makersphere_server.codes import CODE_LENGTH, is_code
from makersphere_server.room.commands.asked import Asked, Outcome
from makersphere_server.room.commands.host.command import FreeText, HostCommand, is_over
from makersphere_server.room.commands.letting_in import answer_wish, give_pass
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.people.hosts import LEAD

__all__ = ["HAND_OUT", "LET_IN", "LOCK", "NEXT", "SEAT_PASS"]


def _lock_form(live: LiveRoom) -> Form | None:
    return None if is_over(live) else Form({"joining": Flag()})


def _lock(asked: Asked) -> Outcome:
    asked.live.standing.locked = not asked.args["joining"]
    asked.live.standing_changed()
    return ()


def _next_form(live: LiveRoom) -> Form | None:
    """Return what names the room in which the people of a finished game play on."""
    return Form() if is_over(live) else None


def _next(asked: Asked) -> Outcome:
    code = str(asked.args["room"])
    if not is_code(code):
        return refuse("bad_args", "expected_text", "room", max=CODE_LENGTH)
    if asked.live.settings.of_class:
        return refuse("rule", "next_of_class", room=asked.live.settings.of_class)  # a class knows its own tables alone
    asked.live.standing.next_room = code
    asked.live.standing_changed()
    return ()


def _hand_out_form(live: LiveRoom) -> Form | None:
    """Return what says whether everybody may take the class's page home, once there is one."""
    return Form({"page": Flag()}) if is_over(live) else None


def _hand_out(asked: Asked) -> Outcome:
    asked.live.standing.page = asked.args["page"] is True
    asked.live.standing_changed()
    return ()


def _seat_pass_form(live: LiveRoom) -> Form | None:
    """Return the seats that open by a pass: those that nobody sits in and that are kept, and with teams all others."""
    closed = (people for people in live.seats if not live.is_open_to_all(people))
    seats = tuple(people.seat for people in closed if live.settings.teams or not people.members)
    return None if is_over(live) or not seats else Form({"seat": OneOf(seats, "seat_to_open")})


def _seat_pass(asked: Asked) -> Outcome:
    return ()  # the pass itself is given with the answer


def _let_in_form(live: LiveRoom) -> Form | None:
    numbers = live.asks_in.numbers
    if is_over(live) or not numbers:
        return None
    return Form({"join": OneOf(numbers), "accept": Flag()}, optional=frozenset({"accept"}))


def _let_in(asked: Asked) -> Outcome:
    return answer_wish(asked) or ()


NEXT: Final = HostCommand(
    name="host.next", form=_next_form, act=_next, texts={"room": FreeText(CODE_LENGTH, is_kept=True)}, least=LEAD
)
HAND_OUT: Final = HostCommand(name="host.hand_out", form=_hand_out_form, act=_hand_out, least=LEAD)
LOCK: Final = HostCommand(name="host.lock", form=_lock_form, act=_lock)
SEAT_PASS: Final = HostCommand(
    name="host.seat_pass",
    form=_seat_pass_form,
    act=_seat_pass,
    gives=lambda asked: give_pass(asked, whole(asked.args, "seat")),
)
LET_IN: Final = HostCommand(name="host.let_in", form=_let_in_form, act=_let_in)
