"""The runs of a scenario: games that a room plays one after another, each dealt anew.

Answers which scenario each run plays. In the mapping `practice = true` puts one season before the game that does not
count. Each `[[run]]` table names what it changes: `name`, `seasons`, `modules` by phase, and parameters of modules. A
scenario that says neither has one run, and nothing of this file is used. In the mapping of a room that was forked with
other rules, the table `changed` says in the same way what is played from there on. Never opens a file. Source: the
rulebook's "A season" (practice season) and "Scenarios to ship" (the same class plays twice with one rule changed).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import attrs

from makersphere_rules.mistakes import Mistake, expected, unknown
from makersphere_rules.scenario import Run, Scenario

__all__ = ["CHANGED", "COUNTED", "KEYS", "PRACTICE", "changed_source", "shape", "with_change", "with_runs"]

KEYS: Final = ("practice", "run")  # what a scenario may say of its runs
PRACTICE: Final = "practice"
CHANGED: Final = "changed"
COUNTED: Final = "counted"  # the one run that follows a practice season, where no [[run]] is named
_RUN_KEYS: Final = ("name", "seasons", "modules")
_CHANGED_KEYS: Final = ("modules",)

Source = Mapping[str, Any]
OneRun = Callable[[Source], tuple[Scenario, list[Mistake]]]


def with_runs(scenario: Scenario, source: Source, mistakes: list[Mistake], one_run: OneRun) -> Scenario:
    """Return a scenario with the runs that its mapping names, adding what is wrong with them to `mistakes`.

    Args:
        scenario: what the mapping says besides.
        source: the mapping.
        mistakes: what is wrong so far; runs are looked at only while nothing is.
        one_run: makes the scenario of one run out of a mapping that names none.
    """
    tables = source.get("run", [])
    practice = source.get(PRACTICE, False)
    if type(practice) is not bool:
        mistakes.append(expected(PRACTICE, "yes_or_no"))
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        mistakes.append(expected("run", "run_tables"))
    if mistakes or not (practice or tables):
        return scenario
    runs = [_run(source, number, table, mistakes, one_run) for number, table in enumerate(tables)]
    runs = runs or [Run(COUNTED, practice=False, rules=one_run(_without_runs(source))[0])]
    if practice:
        runs.insert(0, Run(PRACTICE, practice=True, rules=attrs.evolve(runs[0].rules, seasons=1)))
    return _of_all(scenario, runs)


def with_change(scenario: Scenario, source: Source, mistakes: list[Mistake], one_run: OneRun) -> Scenario:
    """Return a scenario with the rules that its mapping changes to, adding what is wrong with them to `mistakes`."""
    table = source.get(CHANGED)
    if table is None or mistakes:
        return scenario
    before = {key: value for key, value in source.items() if key != CHANGED}
    if not isinstance(table, dict) or scenario.runs:
        mistakes.append(expected(CHANGED, "changed_table"))
        return scenario
    found = list(shape(before, table, _CHANGED_KEYS, "changed_key"))
    rules, wrong = one_run(before if found else changed_source(before, table))
    tables = [*_CHANGED_KEYS, *(module.name for module in rules.modules if module.params)]
    wrong = [unknown(one.path, tables, "changed_key") if one.text == "top" else one for one in wrong]
    mistakes += [attrs.evolve(one, path=f"{CHANGED}.{one.path}") for one in (*found, *wrong)]
    return attrs.evolve(scenario, changed=rules)


def _run(source: Source, number: int, table: Source, mistakes: list[Mistake], one_run: OneRun) -> Run:
    """Return a run; its mistakes are told with the path of its table."""
    path = f"run[{number}]"
    found: list[Mistake] = list(shape(source, table, _RUN_KEYS, "run_key"))
    name = table.get("name")
    if not isinstance(name, str) or not 0 < len(name) <= 40:
        found.append(expected("name", "text"))
    changed = _without_runs(source) if found else changed_source(source, table)
    rules, wrong = one_run(changed)
    mistakes += [attrs.evolve(one, path=f"{path}.{one.path}") for one in (*found, *wrong)]
    return Run(name if isinstance(name, str) else "", practice=False, rules=rules)


def shape(source: Source, table: Source, keys: Sequence[str], text: str) -> Iterator[Mistake]:
    """Yield what is wrong with a table of changes: it may have some keys, which `text` names, and tables of modules."""
    modules = table.get("modules", {})
    if not isinstance(modules, dict):
        yield expected("modules", "modules_by_phase")
        return
    names = [phase["name"] for phase in source["phase"]]
    yield from (unknown(f"modules.{name}", names, "phase_name") for name in modules if name not in names)
    for name, listed in modules.items():
        if not isinstance(listed, list):
            yield expected(f"modules.{name}", "names")
    for key, value in table.items():
        is_module = isinstance(value, dict) and key not in (*_RUN_KEYS, CHANGED)
        if key not in keys and not is_module:
            yield unknown(key, keys, text)


def _without_runs(source: Source) -> dict[str, Any]:
    return {key: value for key, value in source.items() if key not in KEYS}


def changed_source(source: Source, table: Source) -> dict[str, Any]:
    """Return the mapping of one run: the scenario's own with what a sound table changes."""
    modules = table.get("modules", {})
    phases = [{**phase, "modules": modules.get(phase["name"], phase.get("modules", []))} for phase in source["phase"]]
    changed = {**_without_runs(source), "phase": phases, "seasons": table.get("seasons", source["seasons"])}
    for key, value in table.items():
        if key not in _RUN_KEYS:
            changed[key] = {**changed.get(key, {}), **value}
    dropped = _named(source["phase"]) - _named(phases) - set(source.get("modules", []))
    return {key: value for key, value in changed.items() if key not in dropped or key in table}


def _named(phases: Iterable[Source]) -> set[str]:
    return {str(name) for phase in phases for name in phase.get("modules", [])}


def _of_all(scenario: Scenario, runs: list[Run]) -> Scenario:
    """Return a scenario of several runs: with every module, command and parameter that any of them has."""
    rules = [run.rules for run in runs]
    modules = {module.name: module for one in (scenario, *rules) for module in one.modules}
    values = {cls: value for one in (*reversed(rules), scenario) for cls, value in one.values.items()}
    commands = {
        phase.name: {name: command for one in rules for name, command in one.commands[phase.name].items()}
        for phase in scenario.phases
    }
    return attrs.evolve(
        scenario,
        seasons=sum(one.seasons for one in rules),
        modules=tuple(modules.values()),
        commands=commands,
        values=values,
        runs=tuple(runs),
    )
