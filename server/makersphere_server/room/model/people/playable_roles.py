"""Which roles a room can be played with.

Answers from how the scenario's rules seat people, so that a room which could not play its first phase does not begin.
"""

from __future__ import annotations

from collections.abc import Iterable

from makersphere_rules import engine
from makersphere_rules.scenario import Scenario

__all__ = ["known_roles", "missing_role"]


def known_roles(scenario: Scenario, seats: int) -> set[str]:
    """Return the roles that `seats` seats may have: those of the commands, and those that the rules seat."""
    roles = {role for phase in scenario.commands.values() for one in phase.values() for role in one.roles}
    return roles | set(engine.seating(scenario, seats))


def missing_role(scenario: Scenario, roles: Iterable[str]) -> str:
    """Return the first role that the rules seat and that nobody of `roles` has, or ""."""
    there = tuple(roles)
    return next((role for role in engine.seating(scenario, len(there)) if role not in there), "")
