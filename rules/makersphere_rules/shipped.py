"""What ships with the game: rule modules and scenarios, read once from the package's own data.

The only file of the rules that reads anything; it reads nothing but this package.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from makersphere_rules.module import RuleModule, registry
from makersphere_rules.modules.counter import Counter
from makersphere_rules.scenario import Scenario, build

__all__ = ["modules", "scenario", "scenario_names", "scenario_source"]

_SHIPPED: tuple[type[RuleModule], ...] = (Counter,)


@cache
def modules() -> dict[str, RuleModule]:
    """Return all rule modules by name: the shipped ones, and those of other distributions after them."""
    return {**{cls.name: cls() for cls in _SHIPPED}, **registry()}


def scenario_names() -> list[str]:
    """Return the names of the shipped scenarios."""
    found = (files("makersphere_rules") / "data" / "scenarios").iterdir()
    return sorted(entry.name.removesuffix(".toml") for entry in found if entry.name.endswith(".toml"))


def scenario_source(name: str) -> str:
    """Return the text of a shipped scenario's file.

    Raises:
        KeyError: there is no such scenario.
    """
    if name not in scenario_names():
        raise KeyError(name)
    return (files("makersphere_rules") / "data" / "scenarios" / f"{name}.toml").read_text(encoding="utf-8")


@cache
def scenario(name: str) -> Scenario:
    """Return a shipped scenario by name.

    Raises:
        KeyError: there is no such scenario.
        ScenarioError: its file has mistakes.
    """
    return build(tomllib.loads(scenario_source(name)), modules())
