"""Choices of a scenario: changes of its rules that a host takes by name, instead of writing a scenario file.

In the mapping each `[[choices]]` table names one: `name`, and what it changes as a `[[run]]` table says it: `modules`
by phase and parameters of modules. What it does is said by the texts `rule_choice.NAME` and `rule_choice.NAME.text`, or
by its own tables `title` and `text`, a sentence for each language. Two choices that set one thing differently
contradict each other. A scenario with choices taken is a plain scenario, as if its file had been written so by hand.
Never opens a file, and changes nothing where no choice is taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, Final

import attrs

from makersphere_rules.mistakes import Mistake, expected, unknown
from makersphere_rules.runs import PRACTICE, changed_source, shape
from makersphere_rules.scenario import Choice, Scenario

__all__ = ["KEY", "contradiction", "declared", "plain", "table_of", "taken", "wrong"]

KEY: Final = "choices"
_OWN: Final = ("name", "title", "text")
_KEYS: Final = (*_OWN, "modules")
_MOST: Final = 24
_SITS_OUT: Final = "never_idle"  # who has nothing to do where a choice is taken is for the host who takes it to know
_LONGEST: Final = 160  # characters of a sentence

Source = Mapping[str, Any]
Table = dict[str, Any]
Draft = Callable[[Source], tuple[Scenario, list[Mistake]]]


def declared(source: Source) -> tuple[Choice, ...]:
    """Return the choices that a mapping declares in the right shape; none beside runs, which are changes already.

    What is wrong with one keeps no scenario from being played: `wrong` says it, and whoever takes it is refused.
    """
    tables = source.get(KEY, [])
    if _expected(source):
        return ()
    return tuple(
        Choice(table["name"], table.get("title", {}), table.get("text", {}), _change(table))
        for table in tables
        if not _shape(source, table)
    )


def wrong(source: Source, draft: Draft) -> list[Mistake]:
    """Return what is wrong with the choices that a mapping declares, which has no other mistakes.

    Args:
        source: the mapping.
        draft: makes a scenario out of a mapping, and says what is wrong with it and with how it would play.
    """
    found = _expected(source)
    if found:
        return found
    base, names = plain(source), set[str]()
    for number, table in enumerate(source.get(KEY, [])):
        mistakes = _shape(source, table)
        if not mistakes:
            rules, mistakes = draft(changed_source(base, _change(table)))
            mistakes = [one for one in mistakes if one.text != _SITS_OUT]
            known = [*_KEYS, *(module.name for module in rules.modules if module.params)]
            mistakes = [unknown(one.path, known, "choice_key") if one.text == "top" else one for one in mistakes]
        name = str(table.get("name"))
        if name in names:
            mistakes.append(expected("name", "once", name=name))
        names.add(name)
        found += [attrs.evolve(one, path=f"{KEY}[{number}].{one.path}") for one in mistakes]
    return found


def _expected(source: Source) -> list[Mistake]:
    """Return the one mistake of choices that are no tables, too many, or beside runs."""
    tables = source.get(KEY, [])
    is_right = isinstance(tables, list) and all(isinstance(table, dict) for table in tables) and len(tables) <= _MOST
    is_alone = not tables or "run" not in source
    return [] if is_right and is_alone else [expected(KEY, "choice_tables", most=_MOST)]


def _change(table: Source) -> Table:
    return {key: value for key, value in table.items() if key not in _OWN}


def _shape(source: Source, table: Source) -> list[Mistake]:
    return [*shape(source, _change(table), ("modules",), "choice_key"), *_words(table)]


def _words(table: Source) -> Iterator[Mistake]:
    """Yield what is wrong with the name of a choice and with what it says of itself."""
    name = table.get("name")
    if not isinstance(name, str) or not name.isidentifier() or len(name) > 40:
        yield expected("name", "choice_name")
    for key in ("title", "text"):
        said = table.get(key, {})
        if not isinstance(said, dict) or not all(
            isinstance(one, str) and 0 < len(one) <= _LONGEST for one in said.values()
        ):
            yield expected(key, "sentences", most=_LONGEST)
    if ("title" in table) != ("text" in table):
        yield expected("text" if "title" in table else "title", "sentences", most=_LONGEST)


def contradiction(choices: Iterable[Choice]) -> tuple[str, str] | None:
    """Return the first two of some choices that set one thing differently, or None."""
    for one, other in combinations(choices, 2):
        both = _settings(one)
        if any(both.get(place, value) != value for place, value in _settings(other).items()):
            return one.name, other.name
    return None


def _settings(choice: Choice) -> dict[tuple[str, str], Any]:
    """Return what a choice sets, by table and key."""
    return {(name, key): value for name, table in choice.table.items() for key, value in table.items()}


def table_of(choices: Iterable[Choice]) -> Table:
    """Return what some choices change together, as one table."""
    together: Table = {}
    for choice in choices:
        for name, table in choice.table.items():
            together[name] = {**together.get(name, {}), **table}
    return together


def taken(source: Source, choices: Sequence[Choice]) -> Table:
    """Return the mapping of a scenario with some choices taken: a plain one, which declares none.

    Args:
        source: the mapping, without runs of its own.
        choices: of this scenario, none of which contradicts another.
    """
    base = plain(source)
    if not choices:
        return base
    practice = {PRACTICE: source[PRACTICE]} if PRACTICE in source else {}
    return {**changed_source(base, table_of(choices)), **practice}


def plain(source: Source) -> Table:
    """Return the mapping of a scenario without the choices that it declares."""
    return {key: value for key, value in source.items() if key != KEY}
