"""Questions that people were asked beside the game, and what they answered, as a page shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

from makersphere_protocol.free_text import shown
from makersphere_server.afterwards.take_home.page import paragraph
from makersphere_server.afterwards.take_home.words import Words

__all__ = ["asked_and_answered"]

Tree = Mapping[str, Any]


def asked_and_answered(words: Words, answers: Iterable[Tree], *, named: bool) -> Iterator[str]:
    """Yield each question once, as HTML, with the answers to it.

    Args:
        words: of the page.
        answers: with `season` (None: asked at the end), `question`, `seat`, and `text` or `choice`.
        named: whether it is said who answered.
    """
    by_question: dict[tuple[int, str], list[Tree]] = {}
    for each in answers:
        by_question.setdefault((each["season"] or 1_000, each["question"]), []).append(each)
    for (_, question), given in sorted(by_question.items()):
        season = given[0]["season"]
        when = words.season(season) if season else words("home.answers.end")
        yield f"<h3>{escape(words.first(f'reflect.{question}', question))} <small>{escape(when)}</small></h3>"
        for each in given:
            who = f"<small>{escape(words.seat(int(each['seat'])))}</small>" if named else ""
            yield f"<blockquote>{paragraph(_said(words, question, each))}{who}</blockquote>"


def _said(words: Words, question: str, answer: Tree) -> str:
    choice = answer.get("choice")
    return words.first(f"reflect.{question}.{choice}", str(choice)) if choice else shown(str(answer.get("text") or ""))
