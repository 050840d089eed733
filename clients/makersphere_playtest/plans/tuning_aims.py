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
from collections.abc import Collection, Mapping
from typing import Any, Final

import attrs

from makersphere_playtest.plans.sweeps import BadSweep, sweep
from makersphere_rules.scenario import Scenario

__all__ = ["Aim", "BadAims", "Knob", "aims", "knobs", "read"]

_TABLES: Final = ("parameters", "targets")
_MOST: Final = 2**53


class BadAims(Exception):
    """The aims of a file cannot be reached for.

    Attributes:
        why: `file`, `table`, `bounds`, `empty`, `same`, `module`, `parameter`, `range` or `target`.
        values: what fills the sentence that says so.
    """

    def __init__(self, why: str, /, **values: int | str) -> None:
        """Keep what to say."""
        super().__init__(why, values)
        self.why = why
        self.values = values


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
        raise BadAims("file", words=str(error)) from None
    for name in (*_TABLES, *tree):
        if name not in _TABLES or not isinstance(tree.get(name), dict) or not tree[name]:
            raise BadAims("table", name=name, known=", ".join(_TABLES))
    return tree


def _bounds(path: str, typed: object, kinds: type | tuple[type, ...]) -> tuple[Any, Any]:
    values: list[Any] = typed if isinstance(typed, list) else []
    if len(values) != 2 or not all(isinstance(one, kinds) and not isinstance(one, bool) for one in values):
        raise BadAims("bounds", path=path)
    lo, hi = values
    if not (abs(lo) <= _MOST and abs(hi) <= _MOST):  # TOML has inf and nan, and numbers of any length
        raise BadAims("bounds", path=path)
    if lo >= hi:
        raise BadAims("empty", path=path, lo=str(lo), hi=str(hi))
    return lo, hi


def knobs(typed: Mapping[str, object], scenario: Scenario) -> list[Knob]:
    """Return the parameters that may move.

    Raises:
        BadAims: there is no such parameter, or it does not take such values.
    """
    found = []
    for path, values in typed.items():
        lo, hi = _bounds(path, values, int)
        try:
            one = sweep(f"{path}={lo},{hi}", scenario)
        except BadSweep as bad:
            raise BadAims("parameter_form" if bad.why == "form" else bad.why, **{"typed": path, **bad.values}) from None
        params = next(module.params for module in scenario.modules if module.name == one.module)
        now = getattr(scenario.params(params), one.name) if params is not None else lo
        found.append(Knob(path, now, lo, hi))
    return found


def aims(typed: Mapping[str, object], known: Collection[str]) -> list[Aim]:
    """Return the measures that are wanted, with their bounds.

    Raises:
        BadAims: there is no such measure, or its two numbers are no bounds.
    """
    found = []
    for name, values in typed.items():
        if name not in known:
            near = difflib.get_close_matches(name, list(known), 1)
            raise BadAims("target", name=name, near=near[0] if near else ", ".join(known))
        lo, hi = _bounds(name, values, (int, float))
        found.append(Aim(name, lo, hi))
    return found
