"""What hosts do with the questions beside the game: pick what the wall shows of the answers, and switch them off."""

from __future__ import annotations

from typing import Final

from makersphere_protocol.messages import MAX_WHOLE
from makersphere_rules.forms import Domain, Flag, Form, Whole, whole
from makersphere_rules.refusals import refuse
from makersphere_server.room.commands.asked import Asked, Outcome
from makersphere_server.room.commands.host.command import HostCommand, every_seat
from makersphere_server.room.commands.reflecting import WHERE, settle_wall
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.ranking import wall_of
from makersphere_server.room.model.reflection.questions import has_questions, questions_asked
from makersphere_server.room.model.reflection.reflections import MOST_PICKED

__all__ = ["PICK", "QUESTIONS"]


def _pick_form(live: LiveRoom) -> Form | None:
    if not questions_asked(live.state):
        return None
    fields: dict[str, Domain] = {**WHERE, "seat": every_seat(live), "member": Whole(1, MAX_WHOLE), "shown": Flag()}
    return Form(fields, optional=frozenset({"seat", "member"}))


def _pick(asked: Asked) -> Outcome:
    """Show the chart of a question, or with `seat` one answer in its author's words; or take it away."""
    live, args = asked.live, asked.args
    season, key, seat = whole(args, "season"), str(args["question"]), whole(args, "seat")
    found = questions_asked(live.state).get((season, key))
    if found is None:
        return refuse("bad_args", "no_such_target", "question")
    _, question = found
    if bool(seat) == bool(question.choices):  # a choice is shown as a chart, own words one by one
        return refuse("bad_args", "no_such_target", "seat")
    author, given = (seat, whole(args, "member", 1)), live.reflections
    if not live.standing.wall.answers:  # what was picked before something else was shown does not come back
        asked.batch.private.update(given.unpick())
    said = given.find(season, key, author)
    if seat and said is None:
        return refuse("bad_args", "no_such_target", "seat")
    is_same = (given.picked.season, given.picked.question) == (season, key)
    if not args["shown"]:
        if is_same:
            asked.batch.private.update(given.unpick(author if seat else None))
    elif said is None:
        asked.batch.private.update(given.pick_chart(season, key))
    elif is_same and author not in given.picked.authors and len(given.picked.authors) >= MOST_PICKED:
        return refuse("rule", "wall_is_full", "seat", most=MOST_PICKED)
    else:
        asked.batch.private.update(given.pick(said))
    if args["shown"]:
        live.standing.wall = wall_of(live).with_answers(are_shown=True)
    settle_wall(live)
    return ()


def _switch_form(live: LiveRoom) -> Form | None:
    return Form({"on": Flag()}) if has_questions(live.state) else None


def _switch(asked: Asked) -> Outcome:
    live = asked.live
    live.standing.questions = bool(asked.args["on"])
    live.standing_changed()
    live.dirty.hands.update(live.state.seats())
    return ()


PICK: Final = HostCommand(name="host.pick", form=_pick_form, act=_pick)
QUESTIONS: Final = HostCommand(name="host.questions", form=_switch_form, act=_switch)
