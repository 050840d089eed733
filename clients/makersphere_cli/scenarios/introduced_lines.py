"""What a scenario introduces after its first season, in words: a line for each season that brings something.

Answers in the person's language, for `scenario show` and the page of a lesson. Never says what is there from the first.
"""

from __future__ import annotations

from collections.abc import Iterator

from makersphere_cli.speech.words import named, say
from makersphere_rules.scenario import Scenario

__all__ = ["introduced_lines"]


def introduced_lines(scenario: Scenario) -> Iterator[str]:
    """Yield a line for each season of a room in which something comes, the earliest first."""
    for season in sorted(set(scenario.introduced.values()) - {1}):
        names = [name for name, comes in scenario.introduced.items() if comes == season]
        yield say("introduced", season=season, what=", ".join(_name(scenario, name) for name in names))


def _name(scenario: Scenario, name: str) -> str:
    """Return what a command, a field (`command.field`) or a phase is called."""
    command, _, field = name.partition(".")
    if field:
        return f"{named('command', command)} ({named('field', field)})"
    return named("phase" if name in scenario.commands else "command", name)
