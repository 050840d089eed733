"""From when on a change of the rules is played that begins at the start of a phase: what a fork is refused, and told.

Answers for each thing that changes, modules of a phase and parameters by their paths, at which start it can begin at
the latest for its season. What begins later waits for the next season; what is fixed as a game is dealt never begins.
It goes by what modules say of their parameters (`fixed_by`, `counts_in`); one that says nothing of a parameter has it
until the close of its own phase. Source: docs/adr/0013-runs-rewind-and-fork.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from makersphere_rules.frozen import frozen
from makersphere_rules.module import RuleModule
from makersphere_rules.scenario import Scenario

__all__ = ["Beginning", "beginnings"]

_GAME, _SEASON = "game", "season"


@frozen
class Beginning:
    """When a change is played that begins at the start of a phase.

    Attributes:
        path: what changes, as a scenario says it: `modules.market`, `world.tax`.
        season: the first one that is played by it; 0: none ever is.
        latest: season and phase of the last start at which it could still begin for the season of the fork; None: the
            game has none.
    """

    path: str
    season: int
    latest: tuple[int, str] | None


def beginnings(rules: Scenario, before: Scenario, start: tuple[int, str]) -> list[Beginning]:
    """Return when each change is played.

    Args:
        rules: those from the start of a phase on.
        before: the rules so far.
        start: season and phase.
    """
    season, phase = start
    names = [each.name for each in rules.phases]
    found: list[Beginning] = []
    for path, last in _lasts(rules, before):
        if last is None:
            found.append(Beginning(path, 0, None))
            continue
        is_now = names.index(phase) <= last
        earlier = (season, names[last]) if last >= 0 else (season - 1, names[-1]) if season > 1 else None
        found.append(Beginning(path, season if is_now else season + 1, earlier))
    return found


def _lasts(rules: Scenario, before: Scenario) -> Iterator[tuple[str, int | None]]:
    """Yield each path that differs, with the number of the last phase at whose start it counts for the season.

    It is -1 where no start of the same season is early enough, None where only a new game is.
    """
    for number, (new, old) in enumerate(zip(rules.phases, before.phases, strict=True)):
        if new.modules != old.modules:
            yield f"modules.{new.name}", number
    for module in rules.modules:
        if module.params is not None and module.params in before.values:
            old, new = before.values[module.params], rules.values[module.params]
            for name in _differing(old, new):
                yield f"{module.name}.{name}", _last(rules, module, name)


def _differing(old: attrs.AttrsInstance, new: attrs.AttrsInstance) -> list[str]:
    names = [field.name for field in attrs.fields(type(new))]
    return [name for name in names if getattr(old, name) != getattr(new, name)]


def _last(rules: Scenario, module: RuleModule, name: str) -> int | None:
    numbers: Mapping[str, int] = {phase.name: number for number, phase in enumerate(rules.phases)}
    fixed = module.fixed_by.get(name)
    if fixed == _GAME:
        return None
    if fixed is not None:
        return -1 if fixed == _SEASON else numbers.get(fixed, len(numbers)) - 1
    own = [phase.name for phase in rules.phases if module in phase.modules]
    counts = module.counts_in.get(name, own[-1] if own else "")
    return numbers.get(counts, len(numbers) - 1)
