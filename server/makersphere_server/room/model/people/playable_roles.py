"""Which roles a room can be played with, and how many of each.

Answers from how the scenario's rules seat people, so that a room which could not play its first phase does not begin.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from makersphere_rules import engine
from makersphere_rules.refusals import Refusal, refuse
from makersphere_rules.scenario import MOST_SEATS, Scenario

__all__ = ["faults", "has_place", "known_roles"]


def known_roles(scenario: Scenario, seats: int) -> set[str]:
    """Return the roles that `seats` seats may have: those of the commands, and those that the rules seat."""
    roles = {role for phase in scenario.commands.values() for one in phase.values() for role in one.roles}
    return roles | set(engine.seating(scenario, seats))


def faults(scenario: Scenario, roles: Iterable[str], field: str = "") -> Iterator[Refusal]:
    """Yield why a room cannot be played in such roles: one for each that is missing, or is not within its bounds.

    Args:
        scenario: what is played.
        roles: one for each seat.
        field: of the command or frame that asks for them.
    """
    seats = Counter(roles)
    for role in dict.fromkeys(engine.seating(scenario, seats.total())):
        least, most = scenario.role_bounds.get(role, (1, MOST_SEATS))
        if not seats[role]:
            yield refuse("rule", "role_missing", field, role=role)
        elif not least <= seats[role] <= most:
            yield refuse("rule", "role_bounds", field, role=role, least=least, most=most, n=seats[role])


def has_place(scenario: Scenario, role: str, roles: Iterable[str]) -> bool:
    """Return whether one seat more may have a role."""
    _, most = scenario.role_bounds.get(role, (1, MOST_SEATS))
    return Counter(roles)[role] < most
