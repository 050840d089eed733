"""Progress: what a venture still needs, where work goes, which quality it has, what a package of hours brings it.

Source: the rulebook's "Match value", "Incubation", "6. Market and payout" (quality) and the stage table.
"""

from __future__ import annotations

from typing import Final

from makersphere_rules.ecosystem.table.entities import Investor, Triple, Venture
from makersphere_rules.ecosystem.table.shared_params import world
from makersphere_rules.ecosystem.table.vocabulary import ANY, IDEA, PRODUCT, PROTOTYPE, TRACKS
from makersphere_rules.state import State

__all__ = [
    "HIGHEST_QUALITY",
    "add",
    "fit",
    "greatest_need",
    "may_roll",
    "needs",
    "quality",
    "thesis_fit",
    "value_of_match",
]

HIGHEST_QUALITY: Final = 10
_PROGRESS_PER_POINT: Final = 10  # of quality


def needs(state: State, venture: Venture) -> Triple:
    """Return what each track lacks for the next stage, not under 0."""
    (t, c, b), (tech, customers, business) = world(state).requirement(venture.stage), venture.tracks
    return t - tech if t > tech else 0, c - customers if c > customers else 0, b - business if b > business else 0


def greatest_need(state: State, venture: Venture) -> int:
    """Return the track (0 to 2) that lacks most, the first of equals; without any need the lowest track."""
    lacking = needs(state, venture)
    if any(lacking):
        return lacking.index(max(lacking))
    return venture.tracks.index(min(venture.tracks))


def quality(venture: Venture) -> int:
    """Return clamp(sum of the three tracks div 10, 1, 10)."""
    return min(max(sum(venture.tracks) // _PROGRESS_PER_POINT, 1), HIGHEST_QUALITY)


def may_roll(state: State, venture: Venture) -> bool:
    """Return whether the requirement of the next stage is met, birth included where it is asked."""
    if venture.stage == PRODUCT or any(needs(state, venture)):
        return False
    return venture.born or venture.stage != PROTOTYPE


def add(tracks: Triple, track: int, points: int) -> Triple:
    """Return the tracks with points added to one."""
    after = list(tracks)
    after[track] += points
    return after[0], after[1], after[2]


def fit(state: State, venture: Venture, investor: Investor) -> int:
    """Return how well an investor's speciality fits: 2 a mentor; else 0 no need, 4 the greatest need, 1 otherwise."""
    if investor.speciality == ANY:
        return 2
    lacking = needs(state, venture)
    need = lacking[TRACKS.index(investor.speciality)]
    if need == 0:
        return 0
    return 4 if need == max(lacking) else 1


def thesis_fit(venture: Venture, investor: Investor) -> int:
    """Return what the thesis adds to a match value, a secret: 2 if the sector is in it."""
    return 2 if venture.sector in investor.thesis_sectors else 0


def value_of_match(state: State, venture: Venture, investor: Investor) -> int:
    """Return a package's match value, a secret: appeal x (2 + fit + 2 if the sector is in the thesis)."""
    return venture.appeal * (2 + fit(state, venture, investor) + thesis_fit(venture, investor))


def public_value(state: State, venture: Venture, investor: Investor) -> int:
    """Return a package's public value: (1 + stage number) x (2 + fit)."""
    return (1 + venture.stage - IDEA) * (2 + fit(state, venture, investor))
