"""The three indices of a space and its vitality: formulas in whole numbers, no state.

Each index lies within 1 to 100. Nothing secret enters them, since they are on the table.
Source: the rulebook's "7. Appraisal", step 5; Freeman 1978 (density, centralisation), Shannon 1948 and
Pielou 1966 (evenness).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from makersphere_rules.ecosystem.formulas.logarithms import evenness

__all__ = [
    "centralisation",
    "community_index",
    "degrees",
    "density",
    "integration_index",
    "kept_within",
    "mean",
    "per_cent",
    "resources_index",
    "vitality",
    "voice",
]

LOWEST: Final = 1
HIGHEST: Final = 100
_CUBES: Final = tuple(n**3 for n in range(HIGHEST + 1))
_SILENT_RATING: Final = 3  # who does not rate says 3
_BACKGROUNDS: Final = 6
_KINDS_OF_HOURS: Final = 6  # five kinds of investors and the workshop
_SPIRIT_SCALE: Final = 10


def kept_within(index: int) -> int:
    """Return an index kept within 1 to 100."""
    return min(max(index, LOWEST), HIGHEST)


def mean(total: int, number: int) -> int:
    """Return a sum div a number; of nothing: 0."""
    return total // number if number else 0


def per_cent(part: int, whole: int) -> int:
    """Return a part in per cent of a whole, at most 100; of nothing: 0."""
    return min(100, 100 * part // whole) if whole else 0


def degrees(members: Collection[int], ties: Mapping[int, Iterable[int]]) -> list[int]:
    """Return how many ties each member has to other members.

    Args:
        members: makers, each once.
        ties: each maker's ties, also those to makers elsewhere.
    """
    inside = set(members)
    return [sum(1 for other in ties[member] if other in inside) for member in members]


def density(ties: Sequence[int]) -> int:
    """Return ties there are in per cent of ties there could be; under two members: 0."""
    n = len(ties)
    return 100 * sum(ties) // (n * (n - 1)) if n > 1 else 0


def centralisation(ties: Sequence[int]) -> int:
    """Return how far a network hangs on one member: 100 for a star, 0 for a ring; under three members: 100.

    With n under 3 the index counts nothing for it, so 100 - centralisation has to be 0 there.
    """
    n = len(ties)
    if n < 3:
        return 100
    most = max(ties)
    return min(100, 100 * sum(most - own for own in ties) // ((n - 1) * (n - 2)))


def community_index(backgrounds: Iterable[int], ties: Sequence[int], spirit: int) -> int:
    """Return the community index of n tenants.

    Args:
        backgrounds: how many tenants have each background.
        ties: each tenant's ties to other tenants.
        spirit: the sum of the tenants' spirit.
    """
    diversity = evenness(backgrounds, _BACKGROUNDS)
    liveliness = mean(_SPIRIT_SCALE * spirit, len(ties))
    return kept_within((diversity + density(ties) + 100 - centralisation(ties) + liveliness) // 4)


def resources_index(hours: Iterable[int], offered: int, appraisals: Sequence[int]) -> int:
    """Return the resources index.

    Args:
        hours: hours used by kind: the five kinds of investors and the workshop.
        offered: hours of badge holders at the start of matching and workshop hours.
        appraisals: this season's appraisals here of those who hold the badge.
    """
    used = list(hours)
    idle_less = per_cent(sum(used), offered)
    served = mean(sum(appraisals), len(appraisals))
    return kept_within((evenness(used, _KINDS_OF_HOURS) + idle_less + served) // 3)


def integration_index(moved_share: int, fit_share: int, trust_share: int) -> int:
    """Return the integration index: ventures that moved up, fit of the packages, pairs with trust, in per cent."""
    return kept_within((moved_share + fit_share + trust_share) // 3)


def vitality(community: int, resources: int, integration: int) -> int:
    """Return the whole part of the cube root of the product of the three indices, 1 to 100."""
    return bisect_right(_CUBES, community * resources * integration) - 1


def voice(vitality_: int, ratings: Sequence[int], *, receivership: bool, name: int = 0) -> int:
    """Return vitality after receivership has halved it and the space's name and ratings were heard, 1 to 100.

    vitality + name + mean of the ratings - 3, rounded down; every rating 1 to 5, who does not rate says 3.
    """
    kept = (vitality_ // 2 if receivership else vitality_) + name
    if ratings:
        kept += (sum(ratings) - _SILENT_RATING * len(ratings)) // len(ratings)
    return kept_within(kept)
