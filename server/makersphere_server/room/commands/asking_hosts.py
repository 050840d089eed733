"""What somebody may tell the hosts who is lost, has a question, or was asked whether anybody is there.

*Lost* is told as a number, and nobody ever learns whose: the command has no record in the log, is logged without its
seat, and is gone when its phase is over. A question in own words stands beside the log until names are erased; whoever
asks again takes the one of before back. Source: the contract's "Asking the hosts".
"""

from __future__ import annotations

from typing import Final

from makersphere_protocol.free_text import is_blank, shown
from makersphere_rules import engine
from makersphere_rules.forms import Flag, Form
from makersphere_rules.refusals import Refusal, refuse
from makersphere_server.room.commands.asked import Asked

__all__ = ["LONGEST_QUESTION", "LOST", "ask_in_own_words", "be_lost", "say_here"]

LONGEST_QUESTION: Final = 200  # characters, as a phone shows them without scrolling
MOST_QUESTIONS: Final = 30  # of one person in a room: each is a record in the log
APART_MS: Final = 10_000  # between two of one person
LOST: Final = Form({"on": Flag()})


def be_lost(asked: Asked) -> Refusal | None:
    """Count a seat as lost in this phase, or no more."""
    live, sent = asked.live, asked.sent
    game = live.state.game
    if not live.is_running:
        return refuse("rule", "not_now", command="lost")
    if sent.at not in (None, engine.At(game.season, game.phase)):
        return refuse("not_your_phase", "late", phase=game.phase)
    (live.standing.lost.add if asked.args["on"] else live.standing.lost.discard)(sent.actor)
    live.dirty.hands.add(sent.actor)
    live.standing_changed()
    return None


def ask_in_own_words(asked: Asked) -> Refusal | None:
    """Take a question to the hosts, or say why not; the field at fault is named."""
    live, sent, text = asked.live, asked.sent, asked.args.get("text")
    if not isinstance(text, str) or len(text) > LONGEST_QUESTION:
        return refuse("bad_args", "expected_text", "text", max=LONGEST_QUESTION)
    if is_blank(text):
        return refuse("bad_args", "blank_text", "text")
    author, now = (sent.actor, sent.member), live.clock.now_ms()
    before, ago = live.asked_hosts.find(author), live.asked_hosts.since_ms(author, now)
    if before is not None and before.number >= MOST_QUESTIONS:
        return refuse("rule", "asked_often", "text", most=MOST_QUESTIONS)
    if ago is not None and ago < APART_MS:
        return refuse("rule", "asked_lately", "text", seconds=-((ago - APART_MS) // 1000))
    asked.batch.private.update(live.asked_hosts.ask(author, shown(text).strip(), now))
    live.show_anew([sent.actor])
    return None


def say_here(asked: Asked) -> Refusal | None:
    """Take somebody's word that they are there; whoever sends anything is."""
    return None
