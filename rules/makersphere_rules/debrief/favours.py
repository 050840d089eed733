"""Favours of an operator to one seat, which the rules allow and a class should hear of by name.

Answers whose venture got most of a space's workshop, and for whom a space played its wild card again and again. Both
are facts that everybody saw season by season. Judges nobody: who needs most help may well get it. Never tells a
single rating, so that ratings among friends are not told either.
Source: the rulebook's "More targets" (what is left of plots is told by name).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from makersphere_rules.debrief.past import Past
from makersphere_rules.ecosystem.table.entities import Space
from makersphere_rules.ecosystem.table.verdicts import WILD_CARD, Application, BadgeAppraisal, Danger, Pitch
from makersphere_rules.frozen import frozen

__all__ = ["Favour", "cards", "workshops"]

_HALF: Final = 2  # more than one of two
_CARDS: Final = 2  # the fewest for one seat that are told


@frozen
class Favour:
    """What a space did for one seat.

    Attributes:
        season: in which it began, or for hours the last that was counted.
        count: hours of the workshop, or wild cards.
        of: of how many hours; 0 for cards.
    """

    season: int
    space: int
    seat: int
    count: int
    of: int = 0


def workshops(past: Past) -> Iterator[Favour]:
    """Yield each space of which more than half of the workshop's hours went to one maker's ventures."""
    for space in past.state.all(Space):
        hours: Counter[int] = Counter()
        for venture in past.ventures.values():
            hours[venture.lead] += venture.work.get(int(space), 0)
        all_ = hours.total()
        for maker, given in hours.items():
            if past.counted and _HALF * given > all_:
                yield Favour(past.counted[-1], int(space), maker, given, all_)


def cards(past: Past) -> Iterator[Favour]:
    """Yield each seat for which a space played its wild card at least twice, at the door or to spare what it had."""
    played: dict[tuple[int, int], list[int]] = {}
    for season in past.counted:
        for pair in {*_at_the_door(past, season), *_spared(past, season)}:
            played.setdefault(pair, []).append(season)
    for (space, seat), seasons in played.items():
        if len(seasons) >= _CARDS:
            yield Favour(seasons[0], space, seat, len(seasons))


def _at_the_door(past: Past, season: int) -> Iterator[tuple[int, int]]:
    """Yield space and seat of whom a wild card let in."""
    for pitch in past.all(Pitch, season).values():
        if pitch.season == season and pitch.outcome == WILD_CARD:
            yield pitch.space, pitch.maker
    for asked in past.all(Application, season).values():
        if asked.season == season and asked.outcome == WILD_CARD:
            yield asked.space, asked.investor


def _spared(past: Past, season: int) -> Iterator[tuple[int, int]]:
    """Yield space and lead of a venture, or investor of a badge, that would have gone in a season, and stayed."""
    for danger in past.all(Danger, season).values():
        venture = past.ventures[danger.venture]
        if danger.season == season and danger.reason and danger.space and venture.closed_season != season:
            yield danger.space, venture.lead
    for badge in past.all(BadgeAppraisal, season).values():
        if badge.season == season and badge.bar is not None and badge.score < badge.bar and not badge.lost:
            yield badge.space, badge.investor
