"""Rule modules of other distributions, found through the entry point group `makersphere.rules`.

Answers the modules, which distribution brings each, and what could not be loaded and why. Each package is loaded by
itself: one that is broken is passed over and told of, and keeps nobody from playing anything else.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import EntryPoint, entry_points
from typing import Final

import attrs

from makersphere_rules.module import RuleModule

__all__ = ["ENTRY_POINTS", "BrokenPackage", "Packages", "installed"]

ENTRY_POINTS: Final = "makersphere.rules"
_LONGEST_WHY: Final = 300


@attrs.frozen
class BrokenPackage:
    """A package that is installed and cannot be loaded.

    Attributes:
        package: its distribution with its version, `night-market 1.0.0`.
        why: what was raised, in a line.
    """

    package: str
    why: str


@attrs.frozen
class Packages:
    """What is installed beside Makersphere.

    Attributes:
        modules: the rule modules by name.
        brought_by: by module, the distribution with its version.
        broken: by the name of their entry point, those that cannot be loaded.
    """

    modules: Mapping[str, RuleModule]
    brought_by: Mapping[str, str]
    broken: Mapping[str, BrokenPackage]


def installed() -> Packages:
    """Return the rule modules of other distributions, as their entry points name them."""
    modules: dict[str, RuleModule] = {}
    brought_by: dict[str, str] = {}
    broken: dict[str, BrokenPackage] = {}
    for entry in sorted(entry_points(group=ENTRY_POINTS), key=lambda entry: entry.name):
        try:
            module = entry.load()()
        except (Exception, SystemExit) as error:  # noqa: BLE001  (whatever the code of somebody else raises)
            why = " ".join(f"{type(error).__name__}: {error}".split())
            broken[entry.name] = BrokenPackage(_package(entry), why[:_LONGEST_WHY])
        else:
            modules[module.name] = module
            brought_by[module.name] = _package(entry)
    return Packages(modules, brought_by, broken)


def _package(entry: EntryPoint) -> str:
    """Return the distribution of an entry point with its version."""
    return f"{entry.dist.name} {entry.dist.version}" if entry.dist is not None else entry.module
