"""The rules that a room was founded with; where some of them are not here, what is missing and what brings it.

A room whose rule modules are not installed, or whose package cannot be loaded, is whole: it waits for them. That is
told apart from what is damaged, with the distribution that brought the modules when the room was founded.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs
import msgspec

from makersphere_rules.mistakes import Mistake, ScenarioError
from makersphere_rules.scenario import Scenario
from makersphere_rules.scenario_building import build
from makersphere_rules.shipped import modules, packages
from makersphere_server.storage.record import RoomRow

__all__ = ["MissingModule", "RulesMissing", "packages_of", "scenario_of"]


@attrs.frozen
class MissingModule:
    """A rule module that a room needs and that is not here.

    Attributes:
        name: of the module.
        package: the distribution that brought it, with its version; "": nobody knows.
        why: why it cannot be loaded although it is installed; "": it is not installed.
    """

    name: str
    package: str
    why: str

    @property
    def requirement(self) -> str:
        """Return the package as pip is told of it; "" where nobody knows which it is."""
        return self.package.replace(" ", "==")

    def __str__(self) -> str:
        """Return a sentence for whoever runs the server."""
        if self.why:
            return f"it needs the rule module {self.name}, and {self.package} can't be loaded: {self.why}"
        known = f"pip install {self.requirement}" if self.package else "install the package that brings it"
        return f"it needs the rule module {self.name}, which is not installed here: {known}"


class RulesMissing(ScenarioError):
    """A room's rules are not all here. Nothing of the room is wrong or lost.

    Attributes:
        missing: which modules, at least one.
    """

    def __init__(self, mistakes: Sequence[Mistake], missing: Sequence[MissingModule]) -> None:
        """Keep what is missing."""
        super().__init__(mistakes)
        self.missing = tuple(missing)

    def __str__(self) -> str:
        """Return what is missing, in a sentence each."""
        return "; ".join(map(str, self.missing))


def scenario_of(row: RoomRow) -> Scenario:
    """Return the scenario that a room was founded with.

    Raises:
        RulesMissing: rule modules of it are not here.
        ScenarioError: it cannot be played for another reason.
        msgspec.MsgspecError: it cannot be read.
    """
    try:
        return build(msgspec.json.decode(row.scenario), modules())
    except ScenarioError as error:
        names = dict.fromkeys(str(one.values["name"]) for one in error.mistakes if one.text == "module")
        if not names:
            raise
        raise RulesMissing(error.mistakes, list(_missing(names, row.packages))) from error


def _missing(names: Iterable[str], brought_by: Mapping[str, str]) -> Iterable[MissingModule]:
    broken = packages().broken
    for name in names:
        known = brought_by.get(name, "")
        loads_not = broken.get(name) or next((one for one in broken.values() if known and one.package == known), None)
        yield MissingModule(name, loads_not.package if loads_not else known, loads_not.why if loads_not else "")


def packages_of(scenario: Scenario) -> dict[str, str]:
    """Return which distribution brings each rule module of a scenario that is not the game's own."""
    rules = (scenario, *(run.rules for run in scenario.runs))
    names = {module.name for one in rules for module in one.modules}
    return {name: package for name, package in packages().brought_by.items() if name in names}
