"""Whether a scenario that can be built can also be played well: what `makersphere scenario check` refuses.

Answers with every mistake at once: names that are there twice, modules in the wrong place or without what they
need, roles that would be idle, and what each module finds wrong with the parameters. Rooms that are stored were
checked when they were opened: what is found here never keeps an old room from opening.

Source: the rulebook's principles 2 and 10.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import attrs

from makersphere_rules import engine
from makersphere_rules.choices.named import wrong
from makersphere_rules.ledger import misplaced
from makersphere_rules.mistakes import Mistake, expected, unknown
from makersphere_rules.module import Command, RuleModule
from makersphere_rules.runs import CHANGED, KEYS
from makersphere_rules.scenario import MOST_SEATS, Phase, Scenario
from makersphere_rules.scenario_building import drafted

__all__ = ["changes", "checked", "set_up_before", "unsound"]

_UNKNOWN: Final = ("module", "names", "phase_tables", "phases")


def checked(source: Mapping[str, Any], registry: Mapping[str, RuleModule]) -> tuple[Scenario, list[Mistake]]:
    """Return the scenario that can be made of a mapping, and every mistake in its words and in how it would play."""
    scenario, mistakes = drafted(source, registry)
    alone = scenario
    if scenario.runs:
        alone, _ = drafted({key: value for key, value in source.items() if key not in KEYS}, registry)
    known = not any(mistake.text in _UNKNOWN for mistake in mistakes)
    found = list(_unsound(alone, registry, known=known))
    mistakes += [*found, *_runs_twice(scenario)]
    if CHANGED in source:
        mistakes.append(unknown(CHANGED, (), "top"))  # only a fork's own scenario says it
    for number, run in enumerate(run for run in scenario.runs if not run.practice):
        new = [mistake for mistake in _unsound(run.rules, registry, known=known) if mistake not in found]
        new += _seated_anew(alone, run.rules)
        mistakes += [attrs.evolve(mistake, path=f"run[{number}].{mistake.path}") for mistake in new]
    if not mistakes:
        mistakes = wrong(source, lambda changed: _with_unsound(changed, registry))
    return scenario, mistakes


def _with_unsound(source: Mapping[str, Any], registry: Mapping[str, RuleModule]) -> tuple[Scenario, list[Mistake]]:
    """Return the scenario of a mapping with a choice taken, and every mistake in it."""
    scenario, mistakes = drafted(source, registry)
    return scenario, mistakes or list(_unsound(scenario, registry, known=True))


def changes(scenario: Scenario, registry: Mapping[str, RuleModule]) -> list[Mistake]:
    """Return what is wrong with the rules that a fork changes to, beyond what was wrong before."""
    rules = scenario.changed
    if rules is None:
        return []
    before = list(_unsound(scenario, registry, known=True))
    return [
        *(mistake for mistake in _unsound(rules, registry, known=True) if mistake not in before),
        *_seated_anew(scenario, rules),
    ]


def set_up_before(scenario: Scenario, rules: Scenario, phase: str) -> str:
    """Return the name of a module that needs, or has made, a set-up which the other rules lack; "" if there is none.

    Args:
        scenario: the rules so far.
        rules: those from the start of a phase on.
        phase: which has been opened already.
    """
    before, after = set(scenario.modules), set(rules.modules)
    for module in (*scenario.modules, *rules.modules):
        if (module in before) != (module in after) and _has_own(module, "start", "season"):
            return module.name
    there, then = scenario.phase(phase).modules, rules.phase(phase).modules
    for module in (*there, *then):  # in their order: the same refusal each time
        if (module in there) != (module in then) and _has_own(module, "open"):
            return module.name
    return ""


def _has_own(module: RuleModule, *steps: str) -> bool:
    return any(getattr(type(module), step) is not getattr(RuleModule, step) for step in steps)


def _unsound(scenario: Scenario, registry: Mapping[str, RuleModule], *, known: bool) -> Iterator[Mistake]:
    """Yield what is wrong with one run; where modules stand is looked at only if all of them are `known`."""
    yield from _twice(scenario)
    yield from _unseated(scenario)
    for module in scenario.modules:
        yield from module.check(scenario)
        for what, word, _, places in misplaced(module.accounts, module.reasons):
            names = {"module": module.name, "what": what, "places": places or f"another name than {word}"}
            yield expected(f"{module.name}.{what}.{word}", "ledger_place", **names)
    if known:
        found = list(_misplaced(scenario, registry))
        yield from found
        if not any(mistake.text == "part" for mistake in found):  # who sits out follows from what is missing
            yield from _idle(scenario)


def unsound(scenario: Scenario, registry: Mapping[str, RuleModule]) -> list[Mistake]:
    """Return what is wrong with a scenario that could be built."""
    return checked(scenario.source, registry)[1]


def _placed(scenario: Scenario) -> Iterator[tuple[str, str | None, RuleModule]]:
    """Yield the path, the phase (None: outside the phases) and each module, as often as it is named."""
    named = scenario.source.get("modules", [])
    by_name = {module.name: module for module in scenario.modules}
    for name in named if isinstance(named, list) else []:
        if isinstance(name, str) and name in by_name:
            yield f"modules.{name}", None, by_name[name]
    for number, phase in enumerate(scenario.phases):
        for module in phase.modules:
            yield f"phase[{number}].modules.{module.name}", phase.name, module


def _twice(scenario: Scenario) -> Iterator[Mistake]:
    seen: set[str] = set()
    for number, phase in enumerate(scenario.phases):
        if phase.name in seen:
            yield expected(f"phase[{number}].name", "once", name=phase.name)
        seen.add(phase.name)
    placed: set[str] = set()
    for path, _, module in _placed(scenario):
        if module.name in placed:
            yield expected(path, "module_once", name=module.name)
        placed.add(module.name)
    for number, phase in enumerate(scenario.phases):
        yield from _commands_twice(f"phase[{number}].modules", phase)


def _runs_twice(scenario: Scenario) -> Iterator[Mistake]:
    """Yield each run that has the name of an earlier one: side by side nobody could tell the two apart."""
    seen = {run.name for run in scenario.runs if run.practice}
    for number, run in enumerate(run for run in scenario.runs if not run.practice):
        if run.name and run.name in seen:
            yield expected(f"run[{number}].name", "once", name=run.name)
        seen.add(run.name)


def _seated_anew(scenario: Scenario, rules: Scenario) -> Iterator[Mistake]:
    """Yield what a run would change of the seating: seats are given once, for all runs."""
    if rules.role_bounds != scenario.role_bounds:
        yield expected("roles", "as_before_the_run")
    for module in rules.modules:
        if module.params is not None and module.params in scenario.values:
            before, here = scenario.values[module.params], rules.values[module.params]
            for name in module.seating_params:
                if getattr(here, name) != getattr(before, name):
                    yield expected(f"{module.name}.{name}", "as_seated", value=getattr(before, name))


def _unseated(scenario: Scenario) -> Iterator[Mistake]:
    """Yield what keeps a scenario from seating as many as it is made for within the bounds of its roles."""
    bounds = scenario.role_bounds
    roles = tuple(dict.fromkeys(engine.seating(attrs.evolve(scenario, role_bounds={}), scenario.seats)))
    for role in bounds:
        if role not in roles:
            yield unknown(f"roles.{role}", roles, "role", roles=", ".join(roles))
    fewest, most = scenario.made_for
    least = sum(bounds.get(role, (1, MOST_SEATS))[0] for role in roles)
    if bounds and least > max(fewest, len(roles)):
        yield expected("roles", "seats_of_roles", value=fewest)
    if sum(bounds.get(role, (1, MOST_SEATS))[1] for role in roles) < most:
        yield expected("roles", "room_for_roles", value=most)


def _commands_twice(path: str, phase: Phase) -> Iterator[Mistake]:
    """Yield each command name that two modules of a phase use for different commands."""
    owners: dict[str, tuple[RuleModule, Command]] = {}
    for module in dict.fromkeys(phase.modules):
        for command in module.commands:
            first, shared = owners.setdefault(command.name, (module, command))
            if first is not module and shared is not command:
                names = {"module": first.name, "other": module.name}
                yield expected(f"{path}.{module.name}", "command_once", name=command.name, **names)


# -- modules in their places


def _misplaced(scenario: Scenario, registry: Mapping[str, RuleModule]) -> Iterator[Mistake]:
    parts: dict[str, RuleModule] = {}
    for path, phase, module in _placed(scenario):
        yield from _wrong_place(path, phase, module)
        yield from _too_late(path, module, parts)
        first = parts.setdefault(module.part, module) if module.part else module
        if first is not module:
            names = {"module": first.name, "other": module.name}
            yield expected(path, "one_of_part", part=module.part, **names)
    missing: set[str] = set()
    for path, _, module in _placed(scenario):
        for part in module.needs:
            if part not in parts and part not in missing:
                missing.add(part)
                options = " or ".join(name for name, other in registry.items() if other.part == part)
                yield expected(path, "part", part=part, module=module.name, options=options)


def _wrong_place(path: str, phase: str | None, module: RuleModule) -> Iterator[Mistake]:
    if module.phase == "" and phase is not None:
        yield expected(path, "outside_phases", module=module.name)
    elif module.phase and phase != module.phase:
        yield expected(path, "in_phase", module=module.name, name=module.phase)
    elif module.phase is None and phase is None and module.commands:
        yield expected(path, "inside_a_phase", module=module.name)


def _too_late(path: str, module: RuleModule, before: Mapping[str, RuleModule]) -> Iterator[Mistake]:
    """Yield a mistake for each earlier module that has to come after this one."""
    for other in before.values():
        if module.part and module.part in other.after:
            yield expected(path, "after", module=other.name, other=module.name)


# -- nobody sits out


def _idle(scenario: Scenario) -> Iterator[Mistake]:
    """Yield each role that would be without a scored action for two phases running, or for ever.

    What each module declares counts: the roles of its commands that are scored, and whether its phase is for reading.
    """
    played = [phase for phase in scenario.phases if not phase.modules or not all(m.reading for m in phase.modules)]
    alike = max(scenario.introduced.values(), default=1)  # from this season on all seasons are alike
    seasons = range(1, min(alike + 1, scenario.seasons) + 1)
    turns = [(season, phase) for season in seasons for phase in played]
    for role in dict.fromkeys(engine.seating(scenario, scenario.seats)):
        for phases in dict.fromkeys(_waits(scenario, turns, role)):
            place = scenario.phases.index(phases[0])
            names = ", ".join(phase.name for phase in phases)
            yield expected(f"phase[{place}]", "never_idle", who=role, phases=names)


def _waits(scenario: Scenario, turns: Sequence[tuple[int, Phase]], role: str) -> Iterator[tuple[Phase, ...]]:
    """Yield the phases in which a role only waits, as often as there is more than one running; or all there are."""
    waits = [not _acts(scenario, season, phase, role) for season, phase in turns]
    if all(waits):
        yield tuple(dict.fromkeys(phase for _, phase in turns))
        return
    run: list[Phase] = []
    for (_, phase), idle in [*zip(turns, waits, strict=True), ((0, None), False)]:
        if idle and phase is not None:
            run.append(phase)
            continue
        if len(run) > 1:
            yield tuple(run)
        run = []


def _acts(scenario: Scenario, season: int, phase: Phase, role: str) -> bool:
    return any(
        command.scored and (not command.roles or role in command.roles)
        for command in scenario.commands[phase.name].values()
        if scenario.comes_in(phase.name, command.name) <= season
    )
