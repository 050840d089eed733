"""The questions that people are asked beside the game: one after each season by role, and two at the end.

Answers which question a role is asked of which season, and what may be chosen. Their sentences are the texts
`reflect.KEY`, those of a choice `reflect.KEY.CHOICE`. After four seasons the questions come again, so that a long game
shows what has changed. No rule knows them, and nothing in the game rests on what is answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import attrs

from makersphere_rules.scenario import Scenario
from makersphere_rules.state import State

__all__ = [
    "END",
    "QUESTION_KEYS",
    "Question",
    "has_questions",
    "is_recap",
    "open_season",
    "questions_asked",
    "questions_of",
]

END: Final = 0  # the season of what is asked once the game is over
_RECAP: Final = "recap"  # the module whose phase a season's question comes with


@attrs.frozen
class Question:
    """One question.

    Attributes:
        key: its name, also of its texts.
        choices: what may be chosen; none: it is answered in one's own words.
    """

    key: str
    choices: tuple[str, ...] = ()


_OF_SEASONS: Final[Mapping[str, tuple[Question, ...]]] = MappingProxyType(
    {
        "maker": (
            Question("maker_lacked", ("money", "hours", "skills", "believers", "nothing")),
            Question("maker_helped"),
            Question("maker_promise", ("kept", "partly", "broken", "none")),
            Question("maker_learned"),
        ),
        "investor": (
            Question("investor_chose", ("idea", "person", "price", "house", "little")),
            Question("investor_refused"),
            Question("investor_gave", ("money", "hours", "contacts", "trust", "nothing")),
            Question("investor_learned"),
        ),
        "operator": (
            Question("operator_watched", ("desks", "fit", "treasury", "meetings", "rivals")),
            Question("operator_turned_away"),
            Question("operator_fears", ("empty", "money", "stale", "leaving", "nothing")),
            Question("operator_learned"),
        ),
    }
)
_AT_THE_END: Final = (
    Question("end_alive", ("makers", "resources", "meeting", "energy", "renewal")),
    Question("end_outside"),
)
QUESTION_KEYS: Final = tuple(
    question.key for questions in (*_OF_SEASONS.values(), _AT_THE_END) for question in questions
)


def questions_of(role: str, season: int) -> tuple[Question, ...]:
    """Return what a role is asked of a season, or with `END` at the end; a role that nobody wrote for, nothing."""
    cycle = _OF_SEASONS.get(role, ())
    if season == END or not cycle:
        return _AT_THE_END if cycle else ()
    return (cycle[(season - 1) % len(cycle)],)


def has_questions(state: State) -> bool:
    """Return whether any seat of a room has a role that is asked something."""
    return any(state.role(seat) in _OF_SEASONS for seat in state.seats())


def open_season(state: State) -> int | None:
    """Return of which season people are asked now: until the next recap, or at the end `END`; None: of none yet."""
    game = state.game
    if game.status != "running":
        return END if game.status == "over" else None
    season = game.season if is_recap(state.scenario, game.phase) else game.season - 1
    return season or None


def questions_asked(state: State) -> dict[tuple[int, str], tuple[str, Question]]:
    """Return all that was asked so far, by season and key, with the role that it was for; "": everybody."""
    now = open_season(state)
    if now is None:
        return {}
    roles = sorted({state.role(seat) for seat in state.seats()} & _OF_SEASONS.keys())
    last = state.game.season if now == END else now
    asked = {
        (season, question.key): (role, question)
        for season in range(1, last + 1)
        for role in roles
        for question in questions_of(role, season)
    }
    if now == END and roles:
        asked |= {(END, question.key): ("", question) for question in _AT_THE_END}
    return asked


def is_recap(scenario: Scenario, phase: str) -> bool:
    """Return whether a season's question comes with a phase."""
    return any(module.name == _RECAP for module in scenario.phase(phase).modules)
