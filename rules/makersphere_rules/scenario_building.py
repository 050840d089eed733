"""How a scenario is made out of a plain mapping, such as a TOML file holds; no file is opened here.

Answers the scenario, or every mistake of the mapping at once, each with its path, what was expected and the nearest
valid name. Whether the modules of a scenario fit each other is asked in `kit/soundness.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from makersphere_rules.choices.named import KEY as CHOICES
from makersphere_rules.choices.named import declared
from makersphere_rules.lessons import grading
from makersphere_rules.mistakes import Mistake, ScenarioError, expected, unknown
from makersphere_rules.module import Command, RuleModule
from makersphere_rules.runs import CHANGED, with_change, with_runs
from makersphere_rules.runs import KEYS as RUN_KEYS
from makersphere_rules.scenario import ANY_SIZE, MOST_SEASONS, MOST_SEATS, BySize, Phase, Scenario, is_by_size

__all__ = ["build", "drafted"]

_QUESTIONS, _ROLES = "questions", "roles"
_TOP = (
    *("name", "seasons", "seats", "made_for", "modules", "phase", "introduced", "grade"),
    *(_QUESTIONS, _ROLES, *RUN_KEYS, CHANGED, CHOICES),
)
_PHASE = ("name", "limit_s", "modules")
_BOUNDS = ("least", "most")
_LONGEST_S = 86_400  # a day
_GONE = frozenset(("drop_badge", "waive_fee"))  # commands that scenarios from before may introduce, and nobody has now


def build(source: Mapping[str, Any], registry: Mapping[str, RuleModule]) -> Scenario:
    """Build a scenario from a mapping.

    Raises:
        ScenarioError: with every mistake found.
    """
    scenario, mistakes = drafted(source, registry)
    if mistakes:
        raise ScenarioError(mistakes)
    return scenario


def drafted(source: Mapping[str, Any], registry: Mapping[str, RuleModule]) -> tuple[Scenario, list[Mistake]]:
    """Return the scenario that can be made of a mapping, whatever it holds, and every mistake in the mapping."""
    scenario, mistakes = _one_run(source, registry)

    def one_run(changed: Mapping[str, Any]) -> tuple[Scenario, list[Mistake]]:
        return _one_run(changed, registry)

    scenario = with_runs(scenario, source, mistakes, one_run)
    scenario = with_change(scenario, source, mistakes, one_run)
    return attrs.evolve(scenario, choices=() if mistakes else declared(source)), mistakes


def _one_run(source: Mapping[str, Any], registry: Mapping[str, RuleModule]) -> tuple[Scenario, list[Mistake]]:
    """Return the scenario that a mapping describes without its runs, and every mistake in that part."""
    mistakes: list[Mistake] = []
    name = _text(source, "name", mistakes)
    seasons = _whole(source.get("seasons"), "seasons", 1, MOST_SEASONS, mistakes)
    seats = _whole(source.get("seats", 12), "seats", 1, MOST_SEATS, mistakes)
    made_for = _made_for(source.get("made_for", list(ANY_SIZE)), mistakes)
    base = _modules(source.get("modules", []), "modules", registry, mistakes)
    phases = tuple(_phases(source.get("phase", []), registry, mistakes))
    modules = _unique([*base, *(module for phase in phases for module in phase.modules)])
    values = dict(_values(source, modules, mistakes))
    names = [*_TOP, *(module.name for module in modules if module.params)]
    mistakes += [_no_table(key, names, registry) for key in source if key not in names]
    commands = {phase.name: dict(_commands(phase)) for phase in phases}
    introduced = dict(_introduced(source.get("introduced", {}), phases, registry, mistakes))
    grade = dict(_grade(source.get("grade", grading.USUAL), mistakes))
    questions = _yes_or_no(source.get(_QUESTIONS, True), _QUESTIONS, mistakes)
    roles = dict(_role_bounds(source.get(_ROLES, {}), mistakes))
    found = Scenario(name, seasons, seats, modules, phases, commands, values, source, introduced, made_for)
    accounts = {sort: holder for module in modules for sort, holder in module.accounts.items()}
    reasons = {reason: step for module in modules for reason, step in module.reasons.items()}
    found = attrs.evolve(found, accounts=accounts, reasons=reasons)
    return attrs.evolve(found, grade=grade, questions=questions, role_bounds=roles), mistakes


def _no_table(key: str, names: Iterable[str], registry: Mapping[str, RuleModule]) -> Mistake:
    if key in registry and registry[key].params is not None:
        return expected(key, "table_of_played", name=key)
    return unknown(key, names, "top")


def _commands(phase: Phase) -> Iterator[tuple[str, Command]]:
    """Yield the commands of a phase that no other module of it withholds."""
    withheld = frozenset[str]().union(*(module.withholds for module in phase.modules))
    for module in phase.modules:
        for command in module.commands:
            if command.name not in withheld:
                yield command.name, command


def _unique(modules: Iterable[RuleModule]) -> tuple[RuleModule, ...]:
    return tuple({module.name: module for module in modules}.values())


def _text(source: Mapping[str, Any], key: str, mistakes: list[Mistake], where: str = "") -> str:
    value = source.get(key)
    if not isinstance(value, str) or not value or len(value) > 40:
        mistakes.append(expected(f"{where}{key}", "text"))
        return ""
    return value


def _whole(value: object, path: str, lo: int, hi: int, mistakes: list[Mistake]) -> int:
    if type(value) is not int or not lo <= value <= hi:
        mistakes.append(expected(path, "whole", lo=lo, hi=hi))
        return lo
    return value


def _yes_or_no(value: object, path: str, mistakes: list[Mistake]) -> bool:
    if type(value) is not bool:
        mistakes.append(expected(path, "yes_or_no"))
    return value is True


def _made_for(value: object, mistakes: list[Mistake]) -> tuple[int, int]:
    match value:
        case [int(fewest), int(most)] if 1 <= fewest <= most <= MOST_SEATS:
            return fewest, most
        case _:
            mistakes.append(expected("made_for", "seat_range", most=MOST_SEATS))
            return ANY_SIZE


def _role_bounds(tables: object, mistakes: list[Mistake]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the least and the most seats of each role that a scenario names; there is one of each at least."""
    if not isinstance(tables, dict):
        mistakes.append(expected(_ROLES, "role_tables"))
        return
    for role, table in tables.items():
        path = f"{_ROLES}.{role}"
        if not isinstance(table, dict):
            mistakes.append(expected(path, "role_tables"))
            continue
        mistakes += [unknown(f"{path}.{key}", _BOUNDS, "role_key") for key in table if key not in _BOUNDS]
        least = _whole(table.get("least", 1), f"{path}.least", 1, MOST_SEATS, mistakes)
        yield role, (least, _whole(table.get("most", MOST_SEATS), f"{path}.most", least, MOST_SEATS, mistakes))


def _modules(names: object, path: str, registry: Mapping[str, RuleModule], mistakes: list[Mistake]) -> list[RuleModule]:
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        mistakes.append(expected(path, "names"))
        return []
    mistakes += [unknown(f"{path}.{name}", registry, "module", name=name) for name in names if name not in registry]
    return [registry[name] for name in names if name in registry]


def _phases(tables: object, registry: Mapping[str, RuleModule], mistakes: list[Mistake]) -> Iterator[Phase]:
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        mistakes.append(expected("phase", "phase_tables"))
        return
    if not tables:
        mistakes.append(expected("phase", "phases"))
    for number, table in enumerate(tables):
        path = f"phase[{number}]"
        mistakes += [unknown(f"{path}.{key}", _PHASE, "phase_key") for key in table if key not in _PHASE]
        name = _text(table, "name", mistakes, f"{path}.")
        limits_s = tuple(_limits(table.get("limit_s", 0), f"{path}.limit_s", mistakes))
        modules = _modules(table.get("modules", []), f"{path}.modules", registry, mistakes)
        yield Phase(name, limits_s, tuple(modules))


def _limits(value: object, path: str, mistakes: list[Mistake]) -> Iterator[int]:
    """Yield the limits of a phase: one for all seasons, or a list of one for each."""
    match value:
        case list() if not 0 < len(value) <= MOST_SEASONS:
            mistakes.append(expected(path, "limits", most=MOST_SEASONS))
            yield 0
        case list():
            for number, limit in enumerate(value):
                yield _whole(limit, f"{path}[{number}]", 0, _LONGEST_S, mistakes)
        case _:
            yield _whole(value, path, 0, _LONGEST_S, mistakes)


def _introduced(
    table: object, phases: Iterable[Phase], registry: Mapping[str, RuleModule], mistakes: list[Mistake]
) -> Iterator[tuple[str, int]]:
    """Yield the season in which each command, field (`command.field`) or phase comes that a scenario names.

    Commands of modules that are not played here may be named too: another run may play them.
    """
    if not isinstance(table, dict):
        mistakes.append(expected("introduced", "introduced_table"))
        return
    known = {phase.name for phase in phases}
    for command in (command for module in registry.values() for command in module.commands):
        known |= {command.name, *(f"{command.name}.{field}" for field in command.later)}
    for name, season in _flat(table):
        path = f"introduced.{name}"
        if name in _GONE:
            continue
        if name not in known:
            mistakes.append(unknown(path, sorted(known), "introduced"))
        yield name, _whole(season, path, 1, MOST_SEASONS, mistakes)


def _grade(table: object, mistakes: list[Mistake]) -> Iterator[tuple[str, int]]:
    """Yield the points of each term, in the order in which they are told; an empty table gives none."""
    if not isinstance(table, Mapping):
        mistakes.append(expected("grade", "grade_table"))
        return
    terms = ", ".join(grading.TERMS)
    for term in table:
        if term in grading.BY_RANK:
            mistakes.append(expected(f"grade.{term}", "never_by_rank", terms=terms))
        elif term not in grading.TERMS:
            mistakes.append(unknown(f"grade.{term}", grading.TERMS, "grade_term", terms=terms))
    for term in grading.TERMS:
        if term in table:
            yield term, _whole(table[term], f"grade.{term}", 0, grading.MOST_POINTS, mistakes)


def _flat(table: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Yield the fields of a command by `command.field`, whether their key was quoted or not."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from ((f"{name}.{field}", season) for field, season in value.items())
        else:
            yield name, value


def _values(
    source: Mapping[str, Any], modules: Iterable[RuleModule], mistakes: list[Mistake]
) -> Iterator[tuple[type, object]]:
    for module in modules:
        if module.params is None:
            continue
        given = source.get(module.name, {})
        if not isinstance(given, dict):
            mistakes.append(expected(module.name, "table", name=module.name))
            given = {}
        fields = {field.name: field for field in attrs.fields(module.params)}
        checked: dict[str, int | BySize] = {}
        for key, value in given.items():
            path = f"{module.name}.{key}"
            if key in fields:
                known = len(mistakes)
                read = _value(fields[key], value, path, mistakes)
                if len(mistakes) == known:
                    checked[key] = read
            elif key not in module.earlier_params:
                mistakes.append(unknown(path, fields, "param", module=module.name))
        yield module.params, module.params(**checked)


def _value(field: attrs.Attribute[Any], value: object, path: str, mistakes: list[Mistake]) -> int | BySize:
    lo, hi = field.metadata["lo"], field.metadata["hi"]
    if not is_by_size(field):
        return _whole(value, path, lo, hi, mistakes)
    if not isinstance(value, dict):
        mistakes.append(expected(path, "sizes", most=MOST_SEATS))
        return {}
    return {
        _size(seats, path, mistakes): _rising(row, field.metadata["length"], lo, hi, f"{path}.{seats}", mistakes)
        for seats, row in value.items()
    }


def _size(seats: str, path: str, mistakes: list[Mistake]) -> int:
    size = int(seats) if seats.isascii() and seats.isdecimal() and len(seats) < 4 else 0
    if not 1 <= size <= MOST_SEATS:
        mistakes.append(expected(f"{path}.{seats}", "sizes", most=MOST_SEATS))
    return size


def _rising(row: object, length: int, lo: int, hi: int, path: str, mistakes: list[Mistake]) -> tuple[int, ...]:
    if (
        not isinstance(row, list)
        or len(row) != length
        or not all(type(one) is int and lo <= one <= hi for one in row)
        or row != sorted(row)
    ):
        mistakes.append(expected(path, "rising", n=length, lo=lo, hi=hi))
        return ()
    return tuple(row)
