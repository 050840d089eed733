"""How people answer a question beside the game, and how hosts gather, show and switch off.

Answers in memory whether an answer is taken, and puts it among the private values: the log has its digest alone. Asked
are people who sit on a seat and play it themselves; who was taken away, or looks on while a bot plays, is not. A
question may be answered anew until the next one comes, twenty times at most; what is asked at the end as long as the
room is open. Nothing is on the wall before a host has picked it, and then nobody's name.
"""

from __future__ import annotations

from typing import Final

from makersphere_protocol.free_text import is_blank, shown
from makersphere_protocol.messages import Args
from makersphere_rules.forms import Domain, Form, OneOf, Whole, whole
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.scenario import MOST_SEASONS
from makersphere_server.codes import digest
from makersphere_server.room.commands.asked import Asked
from makersphere_server.room.model.live_room import LiveRoom
from makersphere_server.room.model.people.rude_words import is_rude
from makersphere_server.room.model.people.screening import RUDE
from makersphere_server.room.model.reflection.questions import (
    END,
    QUESTION_KEYS,
    Question,
    open_season,
    questions_of,
)
from makersphere_server.room.model.reflection.reflections import Reflection

__all__ = ["LONGEST", "REFLECT", "WHERE", "WORDS", "as_kept", "give_reflection", "settle_wall"]

LONGEST: Final = 160  # characters: a thought, and six of them fill a wall in either language
MOST_TIMES: Final = 20  # that one answer may be given anew: each is a record in the log
WHERE: Final[dict[str, Domain]] = {"season": Whole(END, MOST_SEASONS), "question": OneOf(QUESTION_KEYS)}
WORDS: Final = frozenset({"text", "choice"})  # the log has digests of them, so that they go with the answer
REFLECT: Final = Form(WHERE)


def as_kept(args: Args, salt: str) -> Args:
    """Return the arguments as the log may keep them: what was said is a salted digest there."""
    return {
        field: digest(salt, value) if field in WORDS and isinstance(value, str) else value
        for field, value in args.items()
    }


def give_reflection(asked: Asked) -> Refusal | None:
    """Take an answer, or say why not; the field at fault is named."""
    live, sent = asked.live, asked.sent
    refusal = _why_not(live, sent.actor, asked.args)
    if refusal is not None:
        return refusal
    season, key = whole(asked.args, "season"), str(asked.args["question"])
    text = shown(str(asked.args.get("text", ""))).strip()
    off_wall = RUDE if live.settings.screened != "none" and text and is_rude(text) else ""
    choice = str(asked.args.get("choice", ""))
    said = Reflection(season, key, sent.actor, sent.member, text=text, choice=choice, off_wall=off_wall)
    before = live.reflections.find(season, key, said.author)
    if before is not None and before.times >= MOST_TIMES:
        return refuse("rule", "answered_often", "question", most=MOST_TIMES)
    asked.batch.private.update(live.reflections.give(said))
    settle_wall(live)
    live.dirty.hands.add(sent.actor)
    return None


def settle_wall(live: LiveRoom) -> None:
    """Have the wall and the hosts see the answers as they are now; with nothing picked the wall is as it was before."""
    wall = live.standing.wall
    live.standing.wall = wall.with_answers(are_shown=wall.answers and bool(live.reflections.picked))
    live.standing_changed()


def _why_not(live: LiveRoom, seat: int, args: Args) -> Refusal | None:
    season, key, now = whole(args, "season"), str(args["question"]), open_season(live.state)
    if live.seats[seat].is_watching:
        return refuse("not_your_role", "bot_plays")
    if not live.asks_questions:
        return refuse("rule", "no_questions", "question")
    role = live.state.role(seat)
    found = next((question for question in questions_of(role, season) if question.key == key), None)
    if found is None:
        own = questions_of(role, season)
        return refuse("bad_args", "expected_one_of", "question", options=", ".join(one.key for one in own))
    if season != now:
        is_early = now is None or (now != END and (season == END or season > now))
        return refuse("rule", "answered_early" if is_early else "answered_late", "season")
    return _unfit(found, args)


def _unfit(question: Question, args: Args) -> Refusal | None:
    """Return why what was said is no answer to a question."""
    text, choice = args.get("text"), args.get("choice")
    if question.choices:
        if text is not None:
            return refuse("bad_args", "unknown_field", "text")
        return OneOf(question.choices).refusal("choice", choice)
    if choice is not None:
        return refuse("bad_args", "unknown_field", "choice")
    if not isinstance(text, str) or len(text) > LONGEST:
        return refuse("bad_args", "expected_text", "text", max=LONGEST)
    return refuse("bad_args", "blank_text", "text") if is_blank(text) else None
