"""Questions that people were asked beside the game, and what they answered, as a page shows it.

For everybody nothing says who answered, nor the order: choices are counted where three or more have answered, and
words stand by the alphabet.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from makersphere_protocol.free_text import shown
from makersphere_server.afterwards.take_home.page import items, paragraph
from makersphere_server.afterwards.take_home.words import Words
from makersphere_server.room.model.reflection.reflections import FEWEST_COUNTED

__all__ = ["asked_and_answered", "asked_and_counted"]

Tree = Mapping[str, Any]


def asked_and_answered(words: Words, answers: Iterable[Tree], *, named: bool) -> Iterator[str]:
    """Yield each question once, as HTML, with the answers to it.

    Args:
        words: of the page.
        answers: with `season` (None: asked at the end), `question`, `seat`, and `text` or `choice`.
        named: whether it is said who answered.
    """
    for head, question, given in _by_question(words, answers):
        yield head
        for each in given:
            who = f"<small>{escape(words.seat(int(each['seat'])))}</small>" if named else ""
            yield f"<blockquote>{paragraph(_said(words, question, each))}{who}</blockquote>"


def asked_and_counted(words: Words, answers: Iterable[Tree]) -> Iterator[str]:
    """Yield each question once, as HTML, with how many chose what, or with the words in no seat's order."""
    for head, question, given in _by_question(words, answers):
        yield head
        chosen = Counter(_said(words, question, each) for each in given if each.get("choice"))
        if 0 < chosen.total() < FEWEST_COUNTED:
            yield f"<p>{escape(words('home.answers.few'))}</p>"
        else:
            by_count = sorted(chosen.items(), key=lambda one: (-one[1], one[0]))
            yield items((said, words.number(n)) for said, n in by_count)
        for said in sorted(_said(words, question, each) for each in given if not each.get("choice")):
            yield f"<blockquote>{paragraph(said)}</blockquote>"


def _by_question(words: Words, answers: Iterable[Tree]) -> Iterator[tuple[str, str, list[Tree]]]:
    """Yield the heading of each question, its key, and the answers to it."""
    by_question: dict[tuple[int, str], list[Tree]] = {}
    for each in answers:
        by_question.setdefault((each["season"] or 1_000, each["question"]), []).append(each)
    for (_, question), given in sorted(by_question.items(), key=lambda one: one[0]):
        season = given[0]["season"]
        when = words.season(season) if season else words("home.answers.end")
        head = f"<h3>{escape(words.first(f'reflect.{question}', question))} <small>{escape(when)}</small></h3>"
        yield head, question, given


def _said(words: Words, question: str, answer: Tree) -> str:
    choice = answer.get("choice")
    return words.first(f"reflect.{question}.{choice}", str(choice)) if choice else shown(str(answer.get("text") or ""))
