"""A scenario: which rule modules are played, in which phases, with which parameters; once, or in several runs.

This file only declares. `scenario_building.py` makes a scenario out of a mapping, `runs.py` its runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import attrs

if TYPE_CHECKING:
    from makersphere_rules.module import Command, RuleModule

__all__ = [
    "ANY_SIZE",
    "MOST_SEASONS",
    "MOST_SEATS",
    "BySize",
    "Choice",
    "Phase",
    "Run",
    "Scenario",
    "is_by_size",
    "measured",
    "module_tree",
    "param",
]

P = TypeVar("P")
BySize = Mapping[int, tuple[int, ...]]  # a list of numbers for each of some sizes of room, in seats

MOST_SEATS: Final = 500
MOST_SEASONS: Final = 40
ANY_SIZE: Final = (1, MOST_SEATS)  # the fewest and the most seats of a scenario that is made for no class in particular


def param(default: int, lo: int, hi: int, meaning: str) -> int:
    """Declare a whole-number parameter with its range and its meaning (shown by `scenario show`)."""
    return attrs.field(default=default, metadata={"lo": lo, "hi": hi, "meaning": meaning})


def measured(length: int, lo: int, hi: int, meaning: str) -> BySize:
    """Declare a parameter that is measured and not chosen: at each of some sizes of room so many rising numbers."""
    return attrs.field(factory=dict, metadata={"length": length, "lo": lo, "hi": hi, "meaning": meaning})


def is_by_size(field: attrs.Attribute[Any]) -> bool:
    """Return whether a field of parameters was declared by `measured`."""
    return "length" in field.metadata


@attrs.frozen
class Phase:
    """A phase of every season.

    Attributes:
        name: its name.
        limits_s: its time limit in the first season of a room, the second and so on, in seconds (0: no clock); the last
            is that of all that follow.
        modules: the modules that own it, in closing order.
    """

    name: str
    limits_s: tuple[int, ...]
    modules: tuple[RuleModule, ...]

    def seconds(self, season: int) -> int:
        """Return the time limit in a season of a room, from 1; 0: no clock."""
        return self.limits_s[min(season, len(self.limits_s)) - 1]


@attrs.frozen
class Choice:
    """A change of the rules that a host may take by name.

    Attributes:
        name: also the key of its title in the texts.
        title: its own words by language; empty where the texts have them.
        text: what it does, in one sentence, likewise.
        table: what it changes: `modules` by phase, and parameters by module.
    """

    name: str
    title: Mapping[str, str]
    text: Mapping[str, str]
    table: Mapping[str, Mapping[str, Any]]


@attrs.frozen(eq=False)
class Scenario:
    """A playable scenario.

    Attributes:
        name: its name, also the key of its title in the texts.
        seasons: how many seasons are played, those of all runs together.
        seats: how many seats a room has unless told otherwise.
        modules: all modules, in the order in which they set up.
        phases: the phases of a season, in order.
        commands: what seats may send, by phase and name.
        values: the parameters of each module, by parameter class.
        source: the mapping it was built from, kept with a room so that it replays for ever.
        introduced: in which season of a room, from 1, a command comes, a field (`command.field`) or all commands of a
            phase; what is not named is there from the first.
        made_for: the fewest and the most seats that it is meant for; others may play it too.
        runs: the games that are played one after another, where there are several; else empty.
        changed: the rules that are played from a fork on, where it was forked with others.
        grade: what a student gets points for, by term; nothing that is played depends on it.
        questions: whether people are asked beside the game, after each season and at the end.
        choices: changes that whoever opens a room may take.
        role_bounds: the least and the most seats of a role, for those that have such bounds.
        accounts: the sorts of account that modules have declared, each with whose credits it holds.
        reasons: the reasons of postings that modules have declared, each with its step of the money picture.
    """

    name: str
    seasons: int
    seats: int
    modules: tuple[RuleModule, ...]
    phases: tuple[Phase, ...]
    commands: Mapping[str, Mapping[str, Command]] = attrs.field(repr=False)
    values: Mapping[type, Any] = attrs.field(repr=False)
    source: Mapping[str, Any] = attrs.field(repr=False)
    introduced: Mapping[str, int] = attrs.field(factory=dict, repr=False)
    made_for: tuple[int, int] = ANY_SIZE
    runs: tuple[Run, ...] = attrs.field(default=(), repr=False)
    changed: Scenario | None = attrs.field(default=None, repr=False)
    grade: Mapping[str, int] = attrs.field(factory=dict, repr=False)
    questions: bool = True
    choices: tuple[Choice, ...] = ()
    role_bounds: Mapping[str, tuple[int, int]] = attrs.field(factory=dict, repr=False)
    accounts: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    reasons: Mapping[str, str] = attrs.field(factory=dict, repr=False)
    _comes: dict[tuple[str, str, str], int] = attrs.field(factory=dict, init=False, repr=False)

    def params(self, cls: type[P]) -> P:
        """Return a module's parameters."""
        found: P = self.values[cls]
        return found

    def phase(self, name: str) -> Phase:
        """Return a phase by name."""
        return next(phase for phase in self.phases if phase.name == name)

    def comes_in(self, phase: str, command: str, field: str = "") -> int:
        """Return the season of a room, from 1, in which a command of a phase comes, or a field of its form.

        It is worked out once for each (`run.py bench simulate`; ADR 12).
        """
        season = self._comes.get((phase, command, field))
        if season is None:
            names = (phase, command, f"{command}.{field}") if field else (phase, command)
            season = self._comes[phase, command, field] = max(self.introduced.get(name, 1) for name in names)
        return season

    def number_of(self, part: str) -> int:
        """Return the number of the last phase in which a module of a part plays, -1 where none does."""
        playing = (n for n, phase in enumerate(self.phases) if any(module.part == part for module in phase.modules))
        return max(playing, default=-1)


@attrs.frozen(eq=False)
class Run:
    """One of several games that a room plays one after another.

    Attributes:
        name: the key of its title in the texts.
        practice: it does not count.
        rules: what is played, as a scenario of one run.
    """

    name: str
    practice: bool
    rules: Scenario


def module_tree(scenario: Scenario) -> dict[str, Any]:
    """Return which rule modules are played, by name: the phase that each owns, if any, and the values that it plays by.

    What is measured is left out: nobody plays by it, and it is long. Of modules of somebody else it also says which
    commands are `main`, which kinds the `wall` shows, and that there are `words` to be fetched.
    """
    phases = {module.name: phase.name for phase in scenario.phases for module in phase.modules}
    tree: dict[str, Any] = {}
    for module in scenario.modules:
        params = attrs.asdict(_values(scenario, module), filter=_is_played) if module.params else {}
        tree[module.name] = {**params, **_shown(module), "phase": phases.get(module.name, "")}
    return tree


def _shown(module: RuleModule) -> dict[str, str]:
    """Return what a module that is not the game's own asks of screens, in words with spaces between."""
    wall = " ".join(kind.kind for kind in module.wall)
    said = {"main": " ".join(module.main), "wall": wall, "words": "own" if module.texts else ""}
    return {name: words for name, words in said.items() if words}


def _values(scenario: Scenario, module: RuleModule) -> attrs.AttrsInstance:
    return cast(attrs.AttrsInstance, scenario.values[cast(type, module.params)])


def _is_played(field: attrs.Attribute[Any], _: object) -> bool:
    return not is_by_size(field)
