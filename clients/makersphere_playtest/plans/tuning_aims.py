"""What a tuning aims at: how far which parameters may move, and within which bounds each measure is wanted.

Answers with what a TOML file says, or with what is wrong with the file. Never plays.

    [parameters] # the least and the most that each may become
    "world.mentor_shares" = [150, 300]
    [targets] # the least and the most that is wanted; names as in `measures.py`
    "kind.mentor" = [-4, 4]
    "share.exits_unsold" = [50, 100]
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any, Final, TypeVar

import attrs

from makersphere_playtest.plans.sweeps import BadSweep, sweep
from makersphere_rules.scenario import Scenario

__all__ = ["Aim", "AimsMistake", "BadAims", "Knob", "read", "wanted"]

_TABLES: Final = ("parameters", "targets")
_MOST: Final = 2**53

T = TypeVar("T")


@attrs.frozen
class AimsMistake:
    """One thing that is wrong with a file of aims.

    Attributes:
        why: `file`, `table`, `parameter_form`, `bounds`, `empty`, `same`, `module`, `parameter`, `range` or `target`.
        values: what fills the sentence that says so.
    """

    why: str
    values: Mapping[str, int | str]


class BadAims(Exception):
    """The aims of a file cannot be reached for.

    Attributes:
        mistakes: all that is wrong, with the parameters before the targets.
    """

    def __init__(self, *mistakes: AimsMistake) -> None:
        """Keep what to say."""
        super().__init__(*mistakes)
        self.mistakes = mistakes


@attrs.frozen
class Knob:
    """A parameter that may move.

    Attributes:
        path: module and parameter.
        now: its value in the scenario.
        lo: the least that it may become.
        hi: the most.
    """

    path: str
    now: int
    lo: int
    hi: int


@attrs.frozen
class Aim:
    """A measure and the bounds in which its mean is wanted."""

    name: str
    lo: float
    hi: float

    def miss(self, value: float) -> float:
        """Return how far a value is out of its bounds, as a multiple of the distance between the bounds."""
        return max(self.lo - value, value - self.hi, 0.0) / (self.hi - self.lo)


def read(text: str) -> Mapping[str, Any]:
    """Return the two tables of a file.

    Raises:
        BadAims: the file is no TOML, lacks a table, or has another one.
    """
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _bad("file", words=str(error)) from None
    names = dict.fromkeys((*_TABLES, *tree))
    wrong = [name for name in names if name not in _TABLES or not isinstance(tree.get(name), dict) or not tree[name]]
    if wrong:
        raise BadAims(*(AimsMistake("table", {"name": name, "known": ", ".join(_TABLES)}) for name in wrong))
    return tree


def wanted(tree: Mapping[str, Any], scenario: Scenario, known: Collection[str]) -> tuple[list[Knob], list[Aim]]:
    """Return the parameters that may move, and the measures that are wanted.

    Args:
        tree: the two tables, as `read` returns them.
        scenario: what is tuned.
        known: the names of what is measured.

    Raises:
        BadAims: a parameter or a measure does not exist, or cannot have such values; all of them are told at once.
    """
    mistakes: list[AimsMistake] = []
    moving = _each(partial(_knob, scenario), tree["parameters"], mistakes)
    aims = _each(partial(_aim, known), tree["targets"], mistakes)
    if mistakes:
        raise BadAims(*mistakes)
    return moving, aims


def _each(make: Callable[[str, object], T], typed: Mapping[str, object], mistakes: list[AimsMistake]) -> list[T]:
    """Return what is made of each line of a table; what is wrong with a line is added to the mistakes."""
    made = []
    for name, values in typed.items():
        try:
            made.append(make(name, values))
        except BadAims as bad:
            mistakes += bad.mistakes
    return made


def _knob(scenario: Scenario, path: str, values: object) -> Knob:
    lo, hi = _bounds(path, values, int)
    try:
        one = sweep(f"{path}={lo},{hi}", scenario)
    except BadSweep as bad:
        raise _bad("parameter_form" if bad.why == "form" else bad.why, **{"typed": path, **bad.values}) from None
    params = next(module.params for module in scenario.modules if module.name == one.module)
    now = getattr(scenario.params(params), one.name) if params is not None else lo
    return Knob(path, now, lo, hi)


def _aim(known: Collection[str], name: str, values: object) -> Aim:
    if name not in known:
        near = difflib.get_close_matches(name, list(known), 1)
        raise _bad("target", name=name, near=near[0] if near else ", ".join(known))
    lo, hi = _bounds(name, values, (int, float))
    return Aim(name, lo, hi)


def _bounds(path: str, typed: object, kinds: type | tuple[type, ...]) -> tuple[Any, Any]:
    values: list[Any] = typed if isinstance(typed, list) else []
    if len(values) != 2 or not all(isinstance(one, kinds) and not isinstance(one, bool) for one in values):
        raise _bad("bounds", path=path)
    lo, hi = values
    if not (abs(lo) <= _MOST and abs(hi) <= _MOST):  # TOML has inf and nan, and numbers of any length
        raise _bad("bounds", path=path)
    if lo >= hi:
        raise _bad("empty", path=path, lo=str(lo), hi=str(hi))
    return lo, hi


def _bad(why: str, /, **values: int | str) -> BadAims:
    return BadAims(AimsMistake(why, values))
