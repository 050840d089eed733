"""What can be wrong with a scenario: each mistake with its place, what was expected, and what may have been meant.

The sentences are English here, for logs and for modules of other people. The game's own sentences have a key too, under
which the texts say them in every language.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import attrs

__all__ = ["EXPECTED", "Mistake", "ScenarioError", "expected", "unknown"]

EXPECTED: Final[Mapping[str, str]] = {
    "text": "a text of 1 to 40 characters",
    "whole": "a whole number from {lo} to {hi}",
    "names": "a list of module names",
    "module": "the name of a rule module",
    "phases": "at least one [[phase]]",
    "phase_tables": "[[phase]] tables",
    "phase_key": "name, limit_s or modules",
    "limits": "seconds, or a list of them, one for each season, at most {most}",
    "introduced_table": "a table of seasons by command, command.field or phase",
    "introduced": "a command, a field that may come later, or a phase",
    "table": "a table, [{name}]",
    "sizes": "a table of lists by seats, each from 1 to {most}",
    "rising": "{n} whole numbers from {lo} to {hi}, none below the one before",
    "top": "one of the scenario's tables",
    "table_of_played": "module {name} in a phase or in the scenario's modules, or no table of it",
    "param": "a parameter of {module}",
    "once": "a name of its own; {name} is there twice",
    "seat_range": "the fewest and the most seats, two whole numbers from 1 to {most}, the fewer first",
    "yes_or_no": "true or false",
    "role_tables": "a table for each role, [roles.maker], with least, most or both",
    "role_key": "least or most",
    "role": "one of {roles}",
    "seats_of_roles": "at most {value} as the fewest of all roles together, the fewest seats of made_for",
    "room_for_roles": "at least {value} as the most of all roles together, the most seats of made_for",
    "run_tables": "[[run]] tables",
    "as_seated": "{value}, as outside the run; seats are given once, for all runs",
    "as_before_the_run": "nothing; seats are given once, for all runs",
    "choice_tables": "up to {most} [[choices]] tables, in a scenario of one run",
    "choice_key": "name, title, text, modules, or the table of a module",
    "choice_name": "a name of up to 40 letters, digits and underscores",
    "sentences": "a table of sentences by language, each of 1 to {most} characters; title and text, or neither",
    "changed_table": "a table that says what a game of one run changes",
    "changed_key": "modules, or the table of a module",
    "run_key": "name, seasons, modules, or the table of a module",
    "modules_by_phase": "a table that names the modules of a phase",
    "phase_name": "the name of a phase",
    "module_once": "each module once; {name} is there twice",
    "command_once": "each command once in a phase; {module} and {other} both have {name}",
    "in_phase": "module {module} in a phase named {name}",
    "outside_phases": "module {module} under the scenario's own modules, outside the phases",
    "inside_a_phase": "module {module} in a phase",
    "after": "module {module} after {other}",
    "one_of_part": "one module only for {part}; {module} and {other} are both for it",
    "part": "a module for {part} beside {module}: {options}",
    "never_idle": "a scored action for each {who} at least in every other phase; in {phases} there is none",
    "at_most": "at most {name} ({value})",
    "at_least": "at least {name} ({value})",
    "payable": "at most {value}, the credits of the richest maker and the richest investor together",
    "in_one_hand": "at most {value}, the most hours that an investor has",
    "rollable": "at most {value}, with which the hardest idea can still be rolled",
    "one_above_zero": "one of {names} above 0",
    "grade_table": "a table of points by term",
    "grade_term": "one of {terms}",
    "never_by_rank": "one of {terms}; points are for taking part, and never for a score or a place",
    "deck": "at most {n}, the cards of the deck",
    "ledger_place": "{places} in {module}'s own {what}",
}

_LIKE: Final = 0.7  # from there on a name may have been meant: `season` for `seasons`, not `space` for `practice`


@attrs.frozen
class Mistake:
    """One mistake of a scenario.

    Attributes:
        path: where, dotted: `phase[0].limit_s`.
        expected: what belongs there, in English.
        nearest: the valid name that may have been meant, or "".
        text: the key of what was expected, for other languages; "": there is none.
        values: what fills it.
    """

    path: str
    expected: str
    nearest: str = ""
    text: str = ""
    values: Mapping[str, int | str] = attrs.field(factory=dict)

    def __str__(self) -> str:
        """Return one line for people."""
        return f"{self.path}: expected {self.expected}" + (f" (did you mean {self.nearest!r}?)" if self.nearest else "")


class ScenarioError(Exception):
    """A scenario that cannot be played. `mistakes` lists all that is wrong with it."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        """Keep the mistakes."""
        super().__init__("; ".join(str(mistake) for mistake in mistakes))
        self.mistakes = tuple(mistakes)


def expected(path: str, text: str, nearest: str = "", **values: int | str) -> Mistake:
    """Return a mistake whose sentence is one of `EXPECTED`."""
    return Mistake(path, EXPECTED[text].format(**values), nearest, text, values)


def unknown(path: str, names: Iterable[str], text: str, **values: int | str) -> Mistake:
    """Return a mistake in a name, which ends the path, with the valid one that is nearest to it."""
    valid = list(names)
    ends = (path.split(".", dots)[-1] for dots in range(path.count("."), -1, -1))
    near = [found for end in ends for found in difflib.get_close_matches(end, valid, 1, _LIKE)]
    return expected(path, text, near[0] if near else "", **values)
