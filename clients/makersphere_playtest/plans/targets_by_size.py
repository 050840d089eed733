"""Scenarios at many sizes: nobody wins by not playing, held against each scenario with as many seats as it is made for.

Answers a plan for each scenario and size, and the targets of all of them together, each sure or not among all that the
table says. Above eighteen seats there are fewer games, since each of them has more in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import attrs

from makersphere_playtest.measured.certainty import holm
from makersphere_playtest.measured.rulebook_targets import Target
from makersphere_playtest.plans.findings import Findings
from makersphere_playtest.plans.sweeps import FORGOING, Plan, plan
from makersphere_rules.engine import seating
from makersphere_rules.scenario import Scenario

__all__ = ["SIZES", "Entry", "entries", "plans"]

SIZES: Final = (6, 8, 12, 18, 30, 60)
_LARGE: Final = 18  # seats; above
_OF_LARGE: Final = (3, 8)  # so many games of so many
_ASKED: Final = frozenset(("forbidden", "ready", "yellow", "capital", "naive"))


@attrs.frozen
class Entry:
    """The targets of one scenario at one size, and how many games they rest on."""

    scenario: str
    seats: int
    games: int
    targets: tuple[Target, ...]


def plans(
    scenarios: Iterable[Scenario],
    sizes: Sequence[int],
    games: int,
    seed: int,
    swaps: Sequence[tuple[str, str]] = FORGOING,
) -> Iterator[Plan]:
    """Yield what is played of each scenario at each size that it is made for.

    Args:
        scenarios: what is played.
        sizes: numbers of seats.
        games: of each side, up to eighteen seats; above, three of eight.
        seed: of all games.
        swaps: a role and a policy that one of its seats plays.
    """
    for scenario in scenarios:
        fewest, most = scenario.made_for
        for seats in sizes:
            if fewest <= seats <= most:
                roles = seating(scenario, seats)
                count = games if seats <= _LARGE else max(2, games * _OF_LARGE[0] // _OF_LARGE[1])
                bound = [(role, name) for role, name in swaps if role in roles]
                yield plan(scenario.source, len(roles), count, seed, swaps=bound)


def entries(found: Sequence[Findings], *, every: bool = False) -> list[Entry]:
    """Return the targets on not playing of each playtest, or all; what is missed is so for all of them together."""
    asked = [[target for target in one.targets if every or target.name in _ASKED] for one in found]
    sure = iter(holm([target.misses for targets in asked for target in targets]))
    return [
        Entry(
            one.scenario,
            one.seats,
            one.games,
            tuple(attrs.evolve(target, is_missed=next(sure)) for target in targets),
        )
        for one, targets in zip(found, asked, strict=True)
    ]
