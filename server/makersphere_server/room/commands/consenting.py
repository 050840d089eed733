"""How a person answers the page of welcome and consent: yes, no or later, as often as they change their mind.

Answers why an answer is not taken. It decides nothing in the game, and whoever says no plays on like anybody else; what
it steers is what leaves the server as data. It is taken as long as the room is there, also after the end.
"""

from __future__ import annotations

from typing import Final

from makersphere_rules.forms import Form, OneOf
from makersphere_rules.refusals import Refusal, refuse
from makersphere_server.room.commands.asked import Asked
from makersphere_server.room.model.people.consents import ANSWERS

__all__ = ["CONSENT", "give_consent"]

NO: Final = "no"
MOST_TIMES: Final = 20  # that one person may answer: each is a record in the log
CONSENT: Final = Form({"answer": OneOf(ANSWERS)})


def give_consent(asked: Asked) -> Refusal | None:
    """Take somebody's answer, or say why not."""
    live, sent = asked.live, asked.sent
    if not live.settings.consent:
        return refuse("rule", "not_now", command="consent")
    author = (sent.actor, sent.member)
    before = live.consents.find(author)
    takes_back = str(asked.args["answer"]) == NO and before is not None and before.answer != NO
    if before is not None and before.times >= MOST_TIMES and not takes_back:  # a yes can always be taken back
        return refuse("rule", "answered_often", "answer", most=MOST_TIMES)
    asked.batch.private.update(live.consents.give(author, str(asked.args["answer"]), live.clock.wall_ms()))
    live.dirty.hands.add(sent.actor)
    return None
