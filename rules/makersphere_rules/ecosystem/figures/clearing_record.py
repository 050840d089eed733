"""What a clearinghouse leaves for the figures: who had how many places, and whether its rounds were stable.

The packages themselves are deals with `source` package and the round that they come from.
Source: the rulebook's "4. Matching" (clearinghouse, match value).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from makersphere_rules.ecosystem.table.entities import Investor
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.entity import Entity, nobody, settled
from makersphere_rules.frozen import frozen
from makersphere_rules.state import State

__all__ = ["CLINIC_HOURS", "Clearing", "capacity"]

CLINIC_HOURS: Final = 1


@frozen
class Clearing(Entity):
    """One season's clearing.

    `capacities` (packages an investor could serve, by seat) tell of hours that are its own to know.
    """

    season: int = settled(key=True)
    blocking: tuple[int, ...] = settled(())  # blocking pairs of each round; none if all is well
    capacities: Mapping[int, int] = nobody(factory=dict)


def capacity(state: State, investor: Investor) -> int:
    """Return how many packages an investor can serve: (hours left + clinic hours) div 4."""
    clinic_hours = CLINIC_HOURS if investor.clinic_used else 0
    return (investor.hours + clinic_hours) // world(state).package_hours
