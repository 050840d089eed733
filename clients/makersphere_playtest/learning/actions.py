"""The moves of a scenario by number, for learners that choose one of finitely many.

Action 0 is *ready*. Every command, of whatever role, then has a block of numbers: which way its choices go (whom, what,
yes or no) times how high its amounts are. A number means the same in every seat and every game; a mask
says which of them mean something now. Bounds are live: "the highest" is what the seat may send at most at that moment.

- Choices: the options of all fields that name one, crossed; where there are more than `_CHOICES` of them, as many
  evenly spread. A list that ranks is begun at each of its options in turn.
- Amounts: all at equal heights from lowest to highest, then, where there are several, each at its highest alone.
  Amounts that are bound together are cut down, or raised, until they fit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from math import prod
from typing import Final, cast

import numpy as np
from numpy.typing import NDArray

from makersphere_bots.legal import Domain, Form, Many, Wholes, bounds, options, sort_of
from makersphere_bots.policy import READY, Args, Move
from makersphere_rules.scenario import Scenario

__all__ = ["Actions", "Mask"]

Mask = NDArray[np.int8]

_CHOICES: Final = 16
_HEIGHTS: Final = 5  # from the lowest to the highest
_LEVELS: Final = 10  # the heights, and up to five amounts alone at their highest


class Actions:
    """All moves of one scenario."""

    def __init__(self, scenario: Scenario) -> None:
        """Give every command its block, in order of name."""
        self.names: tuple[str, ...] = tuple(sorted({name for found in scenario.commands.values() for name in found}))
        self.size: int = 1 + len(self.names) * _CHOICES * _LEVELS
        self._begins = {name: 1 + number * _CHOICES * _LEVELS for number, name in enumerate(self.names)}

    def mask(self, legal: Mapping[str, Form]) -> Mask:
        """Return which actions mean something now: an array of 0 and 1 of shape `(size,)`."""
        found = np.zeros(self.size, np.int8)
        found[0] = 1
        for name, form in legal.items():
            begin = self._begins.get(name)
            if begin is not None:
                found[begin : begin + _CHOICES * _LEVELS] = _block(_choices(form), _levels(form))
        return found

    def move(self, action: int, legal: Mapping[str, Form]) -> Move | None:
        """Return what an action means now, or None where the mask has 0.

        Raises:
            IndexError: there is no action of that number.
        """
        if not 0 <= action < self.size:
            raise IndexError(f"expected an action from 0 to {self.size - 1}, not {action}")
        if action == 0:
            return READY
        number, rest = divmod(action - 1, _CHOICES * _LEVELS)
        choice, level = divmod(rest, _LEVELS)
        form = legal.get(self.names[number])
        if form is None or choice >= _choices(form) or level >= _levels(form):
            return None
        return self.names[number], {**_chosen(form, choice), **_amounts(form, level)}

    def describe(self, action: int) -> str:
        """Return an action's name for people who read a policy: its command, choice and level."""
        if action == 0:
            return "ready"
        number, rest = divmod(action - 1, _CHOICES * _LEVELS)
        return f"{self.names[number]} {rest // _LEVELS}/{rest % _LEVELS}"


@cache
def _block(choices: int, levels: int) -> Mask:
    """Return the mask of a command whose choices and amounts may go so many ways."""
    found = np.zeros((_CHOICES, _LEVELS), np.int8)
    found[:choices, :levels] = 1
    return found.reshape(-1)


def _is_amount(domain: Domain) -> bool:
    return sort_of(domain) in ("whole", "wholes")


# -- choices


def _ways(domain: Domain) -> int:
    """Return how many ways a choice can go."""
    return 2 if sort_of(domain) == "flag" else len(options(domain))


def _all_choices(form: Form) -> int:
    return prod([_ways(domain) for domain in form.fields.values() if not _is_amount(domain)])


def _choices(form: Form) -> int:
    return min(_all_choices(form), _CHOICES)


def _chosen(form: Form, choice: int) -> Args:
    """Return the fields that name something, for one of `_choices(form)`, spread evenly over all there are."""
    there_are = _all_choices(form)
    left = choice if there_are <= _CHOICES else choice * there_are // _CHOICES
    found: Args = {}
    for name, domain in form.fields.items():
        if not _is_amount(domain):
            left, way = divmod(left, _ways(domain))
            found[name] = _way(domain, way)
    return found


def _way(domain: Domain, way: int) -> int | str | bool | list[int | str]:
    match sort_of(domain):
        case "flag":
            return way == 1
        case "many":
            choices = options(domain)
            return [*choices[way:], *choices[:way]][: cast(Many, domain).most]
        case _:
            return options(domain)[way]


# -- amounts


def _amount_fields(form: Form) -> list[tuple[str, int, int]]:
    """Return the name and bounds of each whole number; the numbers of a list have the list's name and their place."""
    found = []
    for name, domain in form.fields.items():
        match sort_of(domain):
            case "whole":
                found.append((name, *bounds(domain)))
            case "wholes":
                parts = cast(Wholes, domain)
                found += [(f"{name}.{place}", parts.lo, parts.hi) for place in range(parts.count)]
            case "one_of" | "many" | "flag":
                pass
    return found


def _levels(form: Form) -> int:
    fields = _amount_fields(form)
    if not fields:
        return 1
    for _, lo, hi in fields:
        if lo > hi:
            return 0
    return min(_HEIGHTS, fields[0][2] - fields[0][1] + 1) if len(fields) == 1 else min(_HEIGHTS + len(fields), _LEVELS)


def _amounts(form: Form, level: int) -> Args:
    """Return the amounts at one of `_levels(form)`."""
    fields = _amount_fields(form)
    heights = _levels(form) if len(fields) == 1 else _HEIGHTS
    if level < heights:
        values = {name: lo + (hi - lo) * level // max(heights - 1, 1) for name, lo, hi in fields}
    else:
        values = {name: hi if place == level - heights else lo for place, (name, lo, hi) in enumerate(fields)}
    domains = {name: (lo, hi) for name, lo, hi in fields}
    for bound in form.sums:
        _fit([name for name in bound.fields if name in domains], bound.lo, bound.hi, values, domains)
    return _gathered(form, values, domains)


def _gathered(form: Form, values: dict[str, int], domains: Mapping[str, tuple[int, int]]) -> Args:
    """Return the amounts as arguments, the numbers of each list made to add up."""
    found: Args = {}
    for name, domain in form.fields.items():
        match sort_of(domain):
            case "whole":
                found[name] = values[name]
            case "wholes":
                parts = cast(Wholes, domain)
                names = [f"{name}.{place}" for place in range(parts.count)]
                _fit(names, parts.total, parts.total, values, domains)
                found[name] = [values[part] for part in names]
            case "one_of" | "many" | "flag":
                pass
    return found


def _fit(
    names: Sequence[str], least: int, most: int, values: dict[str, int], domains: Mapping[str, tuple[int, int]]
) -> None:
    """Cut down or raise some amounts, each by its share of the room it has, until their sum is from least to most."""
    total = sum(values[name] for name in names)
    missing = max(least - total, 0) - max(total - most, 0)
    if missing == 0:
        return
    end = 1 if missing > 0 else 0
    rooms = {name: domains[name][end] - values[name] for name in names}
    room = sum(rooms.values())
    for name in names:
        if room == 0:
            return
        change = missing * rooms[name] // room  # what is left over by rounding goes to those who come later
        values[name] += change
        missing -= change
        room -= rooms[name]
