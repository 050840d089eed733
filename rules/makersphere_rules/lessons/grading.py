"""What a student can get points for: taking part, by terms that a scenario file weighs.

Names and whole numbers alone: the server counts who has done how much, and the sentences are texts (`home.grade.*`).
Never by rank: what a score or a place is worth is no term, and a file that asks for it is refused.
Source: the rulebook's "The end" (a score compares roles, it judges nobody).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

__all__ = ["BY_RANK", "MOST_POINTS", "TERMS", "USUAL", "points_for"]

TERMS: Final = ("decided", "seasons", "answered", "reflected")
BY_RANK: Final = ("score", "scores", "place", "places", "rank", "ranking", "standing", "podium", "credits", "par")
MOST_POINTS: Final = 100  # for one term
USUAL: Final[Mapping[str, int]] = MappingProxyType({"decided": 70, "answered": 20, "reflected": 10})

Done = tuple[int, int]  # how many of how many


def points_for(weights: Mapping[str, int], done: Mapping[str, Done]) -> Done:
    """Return the points that somebody gets, and how many there were to get.

    Each term gives its weight in proportion to what was done of it, to the nearest point; a half counts up. A term of
    which there was nothing to do gives nothing and takes nothing away.

    Args:
        weights: points by term.
        done: by term, how many of how many.
    """
    got = most = 0
    for term, weight in weights.items():
        count, of = done.get(term, (0, 0))
        if of:
            got += (2 * weight * count + of) // (2 * of)
            most += weight
    return got, most
