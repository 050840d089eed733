"""How a host answers what somebody has asked in their own words: to that seat alone, and never on the wall.

An answer without words says that it was given in person. It answers the question by its number, so that none goes to
another one that was asked meanwhile. An assistant may answer.
"""

from __future__ import annotations

from typing import Final

from makersphere_protocol.messages import MAX_WHOLE
from makersphere_rules.forms import Form, Whole, whole
from makersphere_rules.refusals import refuse
from makersphere_server.room.commands.asked import Asked, Outcome
from makersphere_server.room.commands.host.command import FreeText, HostCommand, every_seat
from makersphere_server.room.commands.host.messages import LONGEST_WORD, say_to
from makersphere_server.room.model.live_room import LiveRoom

__all__ = ["ANSWER"]


def _form(live: LiveRoom) -> Form:
    number = Whole(1, MAX_WHOLE)
    return Form({"seat": every_seat(live), "member": number, "number": number}, optional=frozenset({"text"}))


def _answer(asked: Asked) -> Outcome:
    live, args, sent = asked.live, asked.args, asked.sent
    seat, text = whole(args, "seat"), str(args.get("text", ""))
    question = live.asked_hosts.find((seat, whole(args, "member")))
    if question is None:
        return refuse("bad_args", "no_such_target", "member")
    if question.number != whole(args, "number") or not question.is_open:
        return refuse("changed", "changed")
    refusal = say_to(asked, "messaged", (seat,)) if text else ()
    if refusal:
        return refusal
    asked.batch.private.update(live.asked_hosts.answer(question, text, sent.member))
    live.show_anew([seat])
    return ()


ANSWER: Final = HostCommand(name="host.answer", form=_form, act=_answer, texts={"text": FreeText(LONGEST_WORD)})
