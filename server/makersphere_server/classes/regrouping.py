"""How hosts of a class have its people grouped: in which way, what is asked at the door before, and all dealt anew.

People are dealt to the tables whose game has not begun: those who sit there, and those whose game is over. A phone
goes to its other table by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import attrs

from makersphere_protocol.free_text import is_blank, shown
from makersphere_rules.forms import Flag, Form, OneOf
from makersphere_rules.refusals import refuse
from makersphere_server.classes.book import ClassBook
from makersphere_server.classes.grouping import WAYS, dealt_anew
from makersphere_server.classes.leads import Leads, Outcome
from makersphere_server.room.model.inbox import Sent

__all__ = ["LONGEST_MARK", "ask", "ask_form", "group", "group_form", "tidy_mark"]

LONGEST_MARK: Final = 40  # characters of what is said of somebody, and of an answer
_LONGEST_QUESTION: Final = 160
_FEWEST_ANSWERS, _MOST_ANSWERS = 2, 6


def tidy_mark(typed: str) -> str:
    """Return what is said of somebody as it is kept: without what cannot be shown, and not too long."""
    return shown(typed).strip()[:LONGEST_MARK]


def group_form(_: ClassBook) -> Form:
    """Return what says how people are grouped from now on, and whether all are dealt anew."""
    return Form({"by": OneOf(WAYS), "anew": Flag()}, optional=frozenset({"anew"}))


async def group(leads: Leads, sent: Sent) -> Outcome:
    """Have people be grouped in a way; where wanted, deal all who are in no game just now to tables not begun."""
    book, by = leads.book, str(sent.args["by"])
    if not sent.args.get("anew"):
        book.group(attrs.evolve(book.grouping, by=by))
        return {}
    await leads.game_of_now()
    tables = await leads.tables_not_begun()
    numbers = {table.number for table in tables}
    sit_on = {number for number in book.tables if leads.is_played_on(number)} - numbers
    people = [person for person in book if person.table and person.table not in sit_on]
    to = dealt_anew(by, people, tables)
    moved = [person for person in people if to.get(person.number, person.table) != person.table]
    with leads.keeping_out(moved):
        book.group(attrs.evolve(book.grouping, by=by))
        for person in moved:
            await leads.take_away(person, sent)
            person.table, person.seat = to[person.number], 0
            book.changed(person)
    left = len(people) - len(to)
    return {"dealt": len(to), "moved": len(moved)} | ({"no_place": left} if left else {})


def ask_form(_: ClassBook) -> Form:
    """Return what says whether people are asked with whom they want to sit; the question is free."""
    return Form({"wish": Flag()}, optional=frozenset({"wish"}))


async def ask(leads: Leads, sent: Sent) -> Outcome:
    """Have whoever comes from now on be asked something at the door; without a question and a wish, nothing."""
    question, answers = sent.args.get("question", ""), sent.args.get("answers", [])
    if not isinstance(question, str) or len(question) > _LONGEST_QUESTION or (question and is_blank(question)):
        return refuse("bad_args", "expected_text", "question", max=_LONGEST_QUESTION)
    if not isinstance(answers, list) or not all(map(_is_answer, answers)) or _are_alike(answers):
        return refuse("bad_args", "expected_answers", "answers", max=LONGEST_MARK)
    if len(answers) > _MOST_ANSWERS or (bool(question) != (len(answers) >= _FEWEST_ANSWERS)):
        return refuse("bad_args", "expected_answers", "answers", max=LONGEST_MARK)
    said = tuple(tidy_mark(str(each)) for each in answers)
    wish = bool(sent.args.get("wish"))
    grouping = leads.book.grouping
    leads.book.group(attrs.evolve(grouping, question=shown(question).strip(), answers=said, asks_wish=wish))
    return {}


def _is_answer(answer: object) -> bool:
    return isinstance(answer, str) and len(answer) <= LONGEST_MARK and not is_blank(answer)


def _are_alike(answers: Sequence[object]) -> bool:
    return len({tidy_mark(str(each)) for each in answers}) < len(answers)
