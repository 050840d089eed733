"""Everything that is wrong with a rule module, at once: what it says of itself, its source, its texts, its games."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import attrs

from makersphere_cli.modules.declared import declared
from makersphere_cli.modules.finding import Finding, in_order
from makersphere_cli.modules.found_modules import FoundModules, others
from makersphere_cli.modules.looked_at import Looked
from makersphere_cli.modules.played import tried
from makersphere_cli.modules.read_source import read
from makersphere_cli.modules.sources import Sources, sources_of, toml_near
from makersphere_cli.modules.words_needed import words_needed
from makersphere_protocol import texts
from makersphere_rules import shipped
from makersphere_rules.kit.soundness import checked as sound
from makersphere_rules.module import RuleModule

__all__ = ["Checked", "check"]

_ALONE: Final = {"seasons": 3, "seats": 4, "made_for": [1, 12]}
_ROLES: Final = frozenset({"maker", "investor", "operator"})
_STATIC_DOUBLES: Final = {"division": "not_whole"}  # a remark that what was played has made good


@attrs.frozen
class Checked:
    """What a check has found, and how many games it has played."""

    findings: tuple[Finding, ...]
    games: int

    @property
    def mistakes(self) -> int:
        """Return how many findings have to be mended."""
        return sum(not one.is_remark for one in self.findings)


def check(asked: FoundModules, scenario: Path | None = None) -> Checked:
    """Return everything that is wrong with some modules.

    Args:
        asked: the modules.
        scenario: a scenario file that plays them; None: one that lies beside them, or one that is made up.
    """
    registry = {**others(), **{module.name: module for module in asked.modules}}
    found, games = list(asked.broken), 0
    by_source: dict[Path, list[RuleModule]] = {}
    sources: dict[Path, Sources] = {}
    for module in asked.modules:
        texts.learn(module.texts)
        read_in = sources_of(type(module))
        home = min(source.path for source in read_in.files)
        sources.setdefault(home, read_in)
        by_source.setdefault(home, []).append(module)
    for home, modules in by_source.items():
        one = _Check(tuple(modules), sources[home], registry, asked.folder, scenario)
        found += one.everything()
        games += one.games
    return Checked(tuple(in_order(found)), games)


@attrs.define
class _Check:
    """The check of modules that share their source."""

    modules: tuple[RuleModule, ...]
    sources: Sources
    registry: Mapping[str, RuleModule]
    folder: Path | None
    file: Path | None
    games: int = 0

    def everything(self) -> list[Finding]:
        """Return all findings."""
        found = [*declared(self.modules, self.sources, self.registry), *read(self.modules, self.sources)]
        looked = Looked(self.modules, self.sources)
        for one in found:
            if not one.is_remark:
                looked.found[one.file, one.line, one.text] = one
        for module in self.modules:
            found += self._play(module, looked)
        found += looked.found.values()
        found += words_needed(looked)
        made_good = {(one.file, one.line) for one in found if one.text in _STATIC_DOUBLES.values()}
        return [one for one in found if one.text not in _STATIC_DOUBLES or (one.file, one.line) not in made_good]

    def _play(self, module: RuleModule, looked: Looked) -> Iterator[Finding]:
        place = self.sources.place(type(module))
        for where, source in self._scenarios(module):
            scenario, mistakes = sound(source, self.registry)
            if mistakes:
                if where is None:
                    continue
                yield Finding(where, 1, "scenario_damaged", {"file": where.name})
                return
            looked.known = frozenset(kind for each in scenario.modules for kind in each.entities)
            looked.accounts, looked.reasons = scenario.accounts, scenario.reasons
            looked.is_alone = all(each.name != "world" for each in scenario.modules)
            self.games += tried(scenario, looked)
            return
        yield Finding(*place, "not_played", {"name": module.name}, is_remark=True)

    def _scenarios(self, module: RuleModule) -> Iterator[tuple[Path | None, dict[str, Any]]]:
        """Yield the scenarios in which a module might be played, the nearest first."""
        beside = toml_near(self.folder) if self.folder else []
        for path in [self.file] if self.file is not None else beside:
            try:
                tree = tomllib.loads(path.read_text("utf-8"))
            except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
                continue
            if module.name in _named(tree):
                yield path, tree
        if self.file is not None:
            return  # that one was meant, and no other
        for name in shipped.scenario_names():
            tree = tomllib.loads(shipped.scenario_source(name))
            if module.name in _named(tree):
                yield None, tree
        roles = {role for command in module.commands for role in command.roles}
        if not roles & _ROLES and not module.needs:
            yield None, {"name": module.name, **_ALONE, "phase": [{"name": module.name, "modules": [module.name]}]}
        yield from ((None, tree) for tree in _in_the_big_game(module, self.registry))


def _named(tree: Mapping[str, Any]) -> set[str]:
    """Return the modules that a scenario names, as far as it is one."""
    phases = tree.get("phase", [])
    tables = [one for one in phases if isinstance(one, dict)] if isinstance(phases, list) else []
    lists = [tree.get("modules", []), *(one.get("modules", []) for one in tables)]
    return {name for one in lists if isinstance(one, list) for name in one if isinstance(name, str)}


def _in_the_big_game(module: RuleModule, registry: Mapping[str, RuleModule]) -> Iterator[dict[str, Any]]:
    """Yield the game of makers and investors with a module in it: for another, beside others, in a phase of its own."""
    source = tomllib.loads(shipped.scenario_source("quickstart"))
    source.pop("introduced", None)
    phases = source["phase"]
    if module.phase == "":
        yield {**source, "modules": [*source["modules"], module.name]}
    for number, phase in enumerate(phases):
        if module.phase in (phase["name"], None):
            for name in phase["modules"]:
                if module.part and registry[name].part == module.part:
                    names = [module.name if one == name else one for one in phase["modules"]]
                    left = {key: value for key, value in source.items() if key != name}
                    yield {**left, "phase": [*phases[:number], {**phase, "modules": names}, *phases[number + 1 :]]}
            if module.phase:
                names = [*phase["modules"], module.name]
                yield {**source, "phase": [*phases[:number], {**phase, "modules": names}, *phases[number + 1 :]]}
    if module.phase is None:
        yield {**source, "phase": [*phases, {"name": module.name, "modules": [module.name]}]}
