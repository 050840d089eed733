"""What a host takes off the wall of what people have written, and puts back: the names of a seat, and an answer.

A name that is off the wall is off every page but the hosts' own: the seat is called by its face. An answer that is off
it stands on no page that the class takes home. The game is the same without it. An assistant may do it. The log says
whose name or which answer it was, and never the words.
"""

from __future__ import annotations

from typing import Final

from makersphere_protocol.messages import MAX_WHOLE
from makersphere_rules.forms import Args, Domain, Flag, Form, OneOf, Whole, whole
from makersphere_rules.refusals import refuse
from makersphere_rules.scenario import MOST_SEASONS
from makersphere_server.room.commands.asked import Asked, Outcome
from makersphere_server.room.commands.host.command import HostCommand, every_seat
from makersphere_server.room.commands.reflecting import settle_wall
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.people.seat_people import NAMED_BY_HOST
from makersphere_server.room.model.reflection.questions import END, QUESTION_KEYS

__all__ = ["BY_HOST", "OFF_WALL"]

BY_HOST: Final = "host"  # why a name is off the wall: a host has said so
_ANSWER: Final[dict[str, Domain]] = {"season": Whole(END, MOST_SEASONS), "question": OneOf(QUESTION_KEYS)}


def _form(live: LiveRoom) -> Form:
    fields: dict[str, Domain] = {"seat": every_seat(live), "off": Flag(), "member": Whole(NAMED_BY_HOST, MAX_WHOLE)}
    return Form({**fields, **_ANSWER}, optional=frozenset({"member", *_ANSWER}))


def _off_wall(asked: Asked) -> Outcome:
    return _answer(asked) if _ANSWER.keys() & asked.args.keys() else _names(asked)


def _names(asked: Asked) -> Outcome:
    """Take the names of a seat, or one of them, off the wall, or put them back."""
    live, args = asked.live, asked.args
    people = live.seats[whole(args, "seat")]
    names = people.numbered_names()
    meant = [whole(args, "member")] if "member" in args else list(names)
    if not names or not names.keys() >= set(meant):
        return refuse("bad_args", "no_such_target", "member" if names else "seat")
    if args["off"]:
        people.keep_from_sight(meant, BY_HOST)
    else:
        people.let_be_seen(meant)
    live.seats.mark(people)
    return ()


def _answer(asked: Asked) -> Outcome:
    """Take an answer off the wall and the pages of the class, or let it be picked again."""
    live, args = asked.live, asked.args
    missing = next((field for field in ("season", "question", "member") if field not in args), None)
    if missing is not None:
        return refuse("bad_args", "missing_field", missing)
    said = live.reflections.find(whole(args, "season"), str(args["question"]), _author(args))
    if said is None:
        return refuse("bad_args", "no_such_target", "question")
    asked.batch.private.update(live.reflections.take_off(said, BY_HOST if args["off"] else ""))
    settle_wall(live)
    return ()


def _author(args: Args) -> tuple[int, int]:
    return whole(args, "seat"), whole(args, "member")


OFF_WALL: Final = HostCommand(name="host.off_wall", form=_form, act=_off_wall)
