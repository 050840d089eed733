"""The choices of a scenario as clients read them, and why some of them cannot be taken together.

Answers names and words; what a choice does is worked out in the rules. Source: `[[choices]]` of a scenario.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from makersphere_rules.choices.named import contradiction
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.scenario import Choice

__all__ = ["choices_tree", "in_own_words", "named_choices"]

Tree = dict[str, Any]


def choices_tree(choices: Sequence[Choice]) -> list[Tree]:
    """Return choices with the names of those that each contradicts."""
    return [{**in_own_words(choice), "against": _against(choice, choices)} for choice in choices]


def in_own_words(choice: Choice) -> Tree:
    """Return a choice by name, with its own words where it has some."""
    words = {"title": dict(choice.title), "text": dict(choice.text)}
    return {"name": choice.name, **{key: said for key, said in words.items() if said}}


def _against(choice: Choice, choices: Iterable[Choice]) -> list[str]:
    return [other.name for other in choices if other is not choice and contradiction((choice, other))]


def named_choices(choices: Sequence[Choice], names: Sequence[object]) -> list[Choice] | Refusal:
    """Return the choices of some names, or why they cannot be taken, naming the field `choices`."""
    by_name = {choice.name: choice for choice in choices}
    if not all(isinstance(name, str) and name in by_name for name in names) or len(set(names)) < len(names):
        return refuse("bad_args", "expected_one_of", "choices", options=", ".join(by_name))
    found = [by_name[str(name)] for name in names]
    against = contradiction(found)
    if against is not None:
        return refuse("rule", "choices_contradict", "choices", one=against[0], other=against[1])
    return found
