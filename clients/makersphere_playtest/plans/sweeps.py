"""What a playtest plays: the scenario as it is, with other values of its parameters, and with one seat bound.

Answers a plan of cells, each a side of the comparison, or says what is wrong with the plan that was asked for. Never
plays.
Source: Jaffe et al. 2012 (restricted play).
"""

from __future__ import annotations

import difflib
import json
import tomllib
from collections.abc import Mapping, Sequence
from itertools import product
from math import prod
from typing import Any, Final

import attrs

from makersphere_playtest.games.headless import ANY
from makersphere_playtest.plans.suspects import Suspect
from makersphere_rules import shipped
from makersphere_rules.ecosystem.table.vocabulary import INVESTOR, MAKER, OPERATOR
from makersphere_rules.kit.soundness import checked
from makersphere_rules.mistakes import ScenarioError
from makersphere_rules.scenario import Scenario, is_by_size

__all__ = [
    "FORGOING",
    "MOST_CELLS",
    "SWAPS",
    "AsIs",
    "BadSweep",
    "Cell",
    "Plan",
    "Sweep",
    "changed",
    "hunting",
    "plan",
    "source_of",
    "sweep",
]

MOST_CELLS: Final = 1000
AsIs: Final = ""  # the key of the cell that changes nothing

_RANDOM: Final = "random"
SWAPS: Final = (  # what one seat of a role may be bound to
    *((role, _RANDOM) for role in (MAKER, INVESTOR, OPERATOR)),
    *((MAKER, "standard-exchange"), (MAKER, "standard-rate"), (MAKER, "standard-ask")),
    *((INVESTOR, "standard-see"), (INVESTOR, "standard-deliver")),
    *((INVESTOR, "standard-clinic"), (INVESTOR, "standard-rate")),
    *((OPERATOR, name) for name in ("standard-levels", "only-community", "only-resources", "only-integration")),
)
FORGOING: Final = (  # who does not play: not at all, with the main button alone, or without the main act of its role
    *((role, name) for name in ("ready", "yellow") for role in (MAKER, INVESTOR, OPERATOR)),
    *((MAKER, "standard-deals"), (MAKER, "standard-exchange")),
    *((INVESTOR, "standard-capital"), (INVESTOR, "standard-hours")),
    *((OPERATOR, "standard-levels"), (OPERATOR, "standard-gate")),
)


class BadSweep(Exception):
    """A sweep that was asked for cannot be made.

    Attributes:
        why: `form`, `module`, `parameter`, `range` or `cells`.
        values: what fills the sentence that says so.
    """

    def __init__(self, why: str, **values: int | str) -> None:
        """Keep what to say."""
        super().__init__(why, values)
        self.why = why
        self.values = values


@attrs.frozen
class Sweep:
    """A parameter and the values that it is given."""

    module: str
    name: str
    values: tuple[int, ...]

    @property
    def path(self) -> str:
        """Return module and parameter as one name."""
        return f"{self.module}.{self.name}"


@attrs.frozen
class Cell:
    """One side of a playtest.

    Attributes:
        key: its name among the cells; `AsIs` is the side that the others are compared with.
        source: the scenario as JSON, which travels to other processes as the built scenario cannot.
        players: the name of a policy by role, or under `headless.ANY`.
        changes: the value of each swept parameter.
        swap: a role and a policy: in each game the policy plays one seat of the role, another seat each time.
        plot: a plot that two seats play, two others each time.
        is_hunted: nothing but the hunt asks for the side.
    """

    key: str
    source: str = attrs.field(repr=False)
    players: Mapping[str, str]
    changes: Mapping[str, int] = attrs.field(factory=dict)
    swap: tuple[str, str] | None = None
    plot: str = ""
    is_hunted: bool = False


@attrs.frozen
class Plan:
    """All that a playtest plays; game `n` has the same seed in every cell.

    Attributes:
        suspects: of the cells, those of which it is asked whether they pay too much.
    """

    scenario: str
    seats: int
    games: int
    seed: int
    sweeps: tuple[Sweep, ...]
    cells: tuple[Cell, ...]
    suspects: tuple[Suspect, ...] = ()

    def tree(self) -> dict[str, Any]:
        """Return what has to be the same in the folder of rows, ready for JSON."""
        cells = {cell.key: {"players": dict(cell.players), "source": cell.source} for cell in self.cells}
        return {"scenario": self.scenario, "seats": self.seats, "seed": self.seed, "cells": cells}


def source_of(text: str) -> dict[str, Any]:
    """Return the mapping of a scenario's file."""
    return tomllib.loads(text)


def sweep(typed: str, scenario: Scenario) -> Sweep:
    """Return what `module.param=a,b,c` says.

    Raises:
        BadSweep: the text has another form, there is no such parameter, or a value is out of its range.
    """
    path, _, listed = typed.partition("=")
    module_name, _, name = path.strip().partition(".")
    values = [value.strip() for value in listed.split(",")]
    if not name or not all(value.removeprefix("-").isdecimal() for value in values):
        raise BadSweep("form", typed=typed)
    modules = {module.name: module.params for module in scenario.modules if module.params is not None}
    params = modules.get(module_name)
    if params is None:
        raise BadSweep("module", name=module_name, near=_near(module_name, modules))
    fields = {field.name: field for field in attrs.fields(params) if not is_by_size(field)}
    if name not in fields:
        raise BadSweep("parameter", module=module_name, name=name, near=_near(name, fields))
    lo, hi = fields[name].metadata["lo"], fields[name].metadata["hi"]
    for value in values:
        if not lo <= int(value) <= hi:
            raise BadSweep("range", path=path, value=value, lo=lo, hi=hi)
    return Sweep(module_name, name, tuple(dict.fromkeys(map(int, values))))


def _near(name: str, names: Mapping[str, object]) -> str:
    near = difflib.get_close_matches(name, list(names), 1)
    return near[0] if near else ", ".join(sorted(names))


def plan(
    source: Mapping[str, Any],
    seats: int,
    games: int,
    seed: int,
    *,
    players: Mapping[str, str] | None = None,
    sweeps: Sequence[Sweep] = (),
    swaps: Sequence[tuple[str, str]] = (),
) -> Plan:
    """Return the cells: the scenario as it is, every combination of the swept values, every swap of one seat.

    Args:
        source: the scenario's mapping.
        seats: how many seats each game has.
        games: how many games each cell plays.
        seed: of all games.
        players: policies by role or under `headless.ANY`; standard bots where it says nothing.
        sweeps: the parameters that are varied.
        swaps: a role and a policy that one of its seats plays.

    Raises:
        BadSweep: that is more than `MOST_CELLS`, or a combination of values that the rules do not allow.
    """
    _check_count(1 + prod(len(one.values) for one in sweeps) * bool(sweeps) + len(swaps), games)
    who = {ANY: "standard", **(players or {})}
    cells = [Cell(AsIs, json.dumps(source), who)]
    if sweeps:
        for values in product(*(one.values for one in sweeps)):
            changes = {one.path: value for one, value in zip(sweeps, values, strict=True)}
            key = " ".join(f"{path}={value}" for path, value in changes.items())
            cells.append(Cell(key, json.dumps(changed(source, changes)), who, changes))
    cells += [Cell(f"{role}: {name}", json.dumps(source), who, swap=(role, name)) for role, name in swaps]
    return Plan(str(source["name"]), seats, games, seed, tuple(sweeps), tuple(cells))


def hunting(planned: Plan, suspects: Sequence[Suspect]) -> Plan:
    """Return a plan with a cell for each suspect and for what it is held against, each of which is played once.

    Raises:
        BadSweep: that is more than `MOST_CELLS`.
    """
    as_is, keys = planned.cells[0], {cell.key for cell in planned.cells}
    beside = [one.beside for one in suspects if one.beside is not None]
    played = {one.key: one for one in (*suspects, *beside) if one.key not in keys}
    added = [_hunted(as_is, one) for one in played.values()]
    _check_count(len(planned.cells) + len(added), planned.games)
    return attrs.evolve(planned, cells=(*planned.cells, *added), suspects=tuple(suspects))


def _hunted(as_is: Cell, one: Suspect) -> Cell:
    swap, plot = ((one.role, one.name), "") if one.role else (None, one.name)
    return attrs.evolve(as_is, key=one.key, swap=swap, plot=plot, is_hunted=True)


def _check_count(cells: int, games: int) -> None:
    if cells > MOST_CELLS:
        raise BadSweep("cells", count=cells, games=cells * games, most=MOST_CELLS)


def changed(source: Mapping[str, Any], changes: Mapping[str, int]) -> dict[str, Any]:
    """Return a scenario's mapping with other values.

    Raises:
        ScenarioError: the rules do not allow these values together.
    """
    found = dict(source)
    for path, value in changes.items():
        module, name = path.split(".")
        found[module] = {**found.get(module, {}), name: value}
    _, mistakes = checked(found, shipped.modules())
    if mistakes:
        raise ScenarioError(mistakes)
    return found
