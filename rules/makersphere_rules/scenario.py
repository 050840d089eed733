"""A scenario: which rule modules are played, in which phases, with which parameters.

It is handed plain mappings (what a TOML file holds) and never opens a file. All mistakes of a mapping
are found at once, each with its path, what was expected and the nearest valid name.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

import attrs

if TYPE_CHECKING:
    from makersphere_rules.module import Command, RuleModule

__all__ = ["Mistake", "Phase", "Scenario", "ScenarioError", "build", "param"]

P = TypeVar("P")


def param(default: int, lo: int, hi: int, meaning: str) -> int:
    """Declare a whole-number parameter with its range and its meaning (shown by `scenario show`)."""
    return attrs.field(default=default, metadata={"lo": lo, "hi": hi, "meaning": meaning})


@attrs.frozen
class Mistake:
    """One mistake of a scenario: where (dotted path), what was expected, and what may have been meant."""

    path: str
    expected: str
    nearest: str = ""

    def __str__(self) -> str:
        """Return one line for people."""
        return f"{self.path}: expected {self.expected}" + (f"; did you mean {self.nearest!r}?" if self.nearest else "")


class ScenarioError(Exception):
    """A scenario that cannot be played. `mistakes` lists all that is wrong with it."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        """Keep the mistakes."""
        super().__init__("; ".join(str(mistake) for mistake in mistakes))
        self.mistakes = tuple(mistakes)


@attrs.frozen
class Phase:
    """A phase: its name, its time limit in seconds (0: no clock), and the modules that own it, in closing order."""

    name: str
    limit_s: int
    modules: tuple[RuleModule, ...]


@attrs.frozen(eq=False)
class Scenario:
    """A playable scenario.

    Attributes:
        name: its name, also the key of its title in the texts.
        seasons: how many seasons count.
        seats: how many seats a room has unless told otherwise.
        modules: all modules, in the order in which they set up.
        phases: the phases of a season, in order.
        commands: what seats may send, by phase and name.
        values: the parameters of each module, by parameter class.
        source: the mapping it was built from, kept with a room so that it replays for ever.
    """

    name: str
    seasons: int
    seats: int
    modules: tuple[RuleModule, ...]
    phases: tuple[Phase, ...]
    commands: Mapping[str, Mapping[str, Command]] = attrs.field(repr=False)
    values: Mapping[type, object] = attrs.field(repr=False)
    source: Mapping[str, Any] = attrs.field(repr=False)

    def params(self, cls: type[P]) -> P:
        """Return a module's parameters."""
        return cast(P, self.values[cls])

    def phase(self, name: str) -> Phase:
        """Return a phase by name."""
        return next(phase for phase in self.phases if phase.name == name)


_TOP = ("name", "seasons", "seats", "modules", "phase")


def build(source: Mapping[str, Any], registry: Mapping[str, RuleModule]) -> Scenario:
    """Build a scenario from a mapping.

    Raises:
        ScenarioError: with every mistake found.
    """
    mistakes: list[Mistake] = []
    name = _text(source, "name", mistakes)
    seasons = _whole(source.get("seasons"), "seasons", 1, 40, mistakes)
    seats = _whole(source.get("seats", 12), "seats", 1, 500, mistakes)
    base = _modules(source.get("modules", []), "modules", registry, mistakes)
    phases = tuple(_phases(source.get("phase", []), registry, mistakes))
    if not phases:
        mistakes.append(Mistake("phase", "at least one [[phase]]"))
    modules = _unique([*base, *(module for phase in phases for module in phase.modules)])
    values = dict(_values(source, modules, mistakes))
    names = [*_TOP, *(module.name for module in modules if module.params)]
    mistakes += [_unknown(key, names, "one of the scenario's tables") for key in source if key not in names]
    if mistakes:
        raise ScenarioError(mistakes)
    commands = {
        phase.name: {command.name: command for module in phase.modules for command in module.commands}
        for phase in phases
    }
    return Scenario(name, seasons, seats, modules, phases, commands, values, source)


def _unique(modules: Iterable[RuleModule]) -> tuple[RuleModule, ...]:
    return tuple({module.name: module for module in modules}.values())


def _unknown(path: str, names: Iterable[str], expected: str) -> Mistake:
    near = difflib.get_close_matches(path.rpartition(".")[2], list(names), 1)
    return Mistake(path, expected, near[0] if near else "")


def _text(source: Mapping[str, Any], key: str, mistakes: list[Mistake], where: str = "") -> str:
    value = source.get(key)
    if not isinstance(value, str) or not value or len(value) > 40:
        mistakes.append(Mistake(f"{where}{key}", "a text of 1 to 40 characters"))
        return ""
    return value


def _whole(value: object, path: str, lo: int, hi: int, mistakes: list[Mistake]) -> int:
    if type(value) is not int or not lo <= value <= hi:
        mistakes.append(Mistake(path, f"a whole number from {lo} to {hi}"))
        return lo
    return value


def _modules(names: object, path: str, registry: Mapping[str, RuleModule], mistakes: list[Mistake]) -> list[RuleModule]:
    if not isinstance(names, list):
        mistakes.append(Mistake(path, "a list of module names"))
        return []
    mistakes += [
        _unknown(f"{path}.{name}", registry, "the name of a rule module") for name in names if name not in registry
    ]
    return [registry[name] for name in names if name in registry]


def _phases(tables: object, registry: Mapping[str, RuleModule], mistakes: list[Mistake]) -> Iterator[Phase]:
    if not isinstance(tables, list):
        mistakes.append(Mistake("phase", "[[phase]] tables"))
        return
    for number, table in enumerate(tables):
        path = f"phase[{number}]"
        mistakes += [
            _unknown(f"{path}.{key}", ("name", "limit_s", "modules"), "name, limit_s or modules")
            for key in table
            if key not in ("name", "limit_s", "modules")
        ]
        name = _text(table, "name", mistakes, f"{path}.")
        limit_s = _whole(table.get("limit_s", 0), f"{path}.limit_s", 0, 86_400, mistakes)
        modules = _modules(table.get("modules", []), f"{path}.modules", registry, mistakes)
        yield Phase(name, limit_s, tuple(modules))


def _values(
    source: Mapping[str, Any], modules: Iterable[RuleModule], mistakes: list[Mistake]
) -> Iterator[tuple[type, object]]:
    for module in modules:
        if module.params is None:
            continue
        given = source.get(module.name, {})
        fields = {field.name: field for field in attrs.fields(module.params)}
        checked: dict[str, int] = {}
        for key, value in given.items():
            path = f"{module.name}.{key}"
            if key not in fields:
                mistakes.append(_unknown(path, fields, f"a parameter of {module.name}"))
            else:
                bounds = fields[key].metadata
                checked[key] = _whole(value, path, bounds["lo"], bounds["hi"], mistakes)
        yield module.params, module.params(**checked)
