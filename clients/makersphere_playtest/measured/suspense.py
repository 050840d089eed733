"""Suspense: how much the odds of winning still move, season by season.

A seat's rank at a season's end gives it some odds of winning its role. Over many games the odds are known: the share of
winners among all seats of that rank at that time. Suspense is how far the odds move from one season's end to the next,
0 to 100; it is 100 where a certain winner turns into another one. Answers sums of one value for each game. The odds are
those of the first two thousand games, which wait until the odds are known; the games that follow need not wait.

Source: Ely, Frankel and Kamenica 2015 (suspense as the expected variance of the next period's beliefs).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any, Final

import attrs

from makersphere_playtest.measured.intervals import PER_CENT, Moments
from makersphere_playtest.measured.named_sums import Means

__all__ = ["Suspense"]

Game = Mapping[str, Any]
Race = list[list[int]]  # for each seat of the role, its rank at each season's end, then at the end of the game

_LEARNED: Final = 2000  # games of which the odds are


@attrs.define
class Suspense:
    """What is kept of the games of one scenario, all of which have as many seats.

    Attributes:
        role: of at least two seats.
    """

    role: str
    _stood: Counter[tuple[int, int]] = attrs.field(init=False, factory=Counter)
    _won: Counter[tuple[int, int]] = attrs.field(init=False, factory=Counter)
    _waiting: list[Race] = attrs.field(init=False, factory=list)
    _is_learned: bool = attrs.field(init=False, default=False)
    _moved: Means = attrs.field(init=False, factory=lambda: Means(lambda _: PER_CENT))

    def add(self, game: Game) -> None:
        """Take in a game."""
        race = _race(game, self.role)
        if race and self._is_learned:
            self._tell(race)
        elif race:
            self._learn(race)
            self._waiting.append(race)
            if len(self._waiting) == _LEARNED:
                self._is_learned = True
                self._tell_waiting()

    def all(self) -> Mapping[str, Moments]:
        """Return how far the odds move after each season, by its number; the last season has no next."""
        self._tell_waiting()
        return self._moved.all()

    def _learn(self, race: Race) -> None:
        for places in race:
            for season, place in enumerate(places[:-1]):
                self._stood[season, place] += 1
                self._won[season, place] += places[-1] == 0

    def _tell_waiting(self) -> None:
        for race in self._waiting:
            self._tell(race)
        self._waiting.clear()

    def _tell(self, race: Race) -> None:
        seasons = len(race[0]) - 1
        odds = [[self._odds(places, season) for season in range(seasons)] for places in race]
        self._moved.add(
            (str(season), 100 * sqrt(sum((one[season] - one[season - 1]) ** 2 for one in odds) / 2))
            for season in range(1, seasons)
        )

    def _odds(self, places: Sequence[int], season: int) -> float:
        if season == len(places) - 2:  # the last season's end is the end
            return float(places[-1] == 0)
        stood = self._stood[season, places[season]]
        return self._won[season, places[season]] / stood if stood else 0.0


def _race(game: Game, role: str) -> Race:
    seats = [seat for seat in game["seats"] if seat["role"] == role and seat["standings"]]
    if len(seats) < 2:
        return []
    columns = [*zip(*(seat["standings"] for seat in seats), strict=True), tuple(seat["score"] for seat in seats)]
    ranks = [_ranks(column) for column in columns]
    return [[rank[number] for rank in ranks] for number in range(len(seats))]


def _ranks(values: Sequence[int]) -> list[int]:
    """Return the rank of each of some values, 0 the highest; of equal values the earlier one is ahead."""
    found = [0] * len(values)
    for rank, number in enumerate(sorted(range(len(values)), key=lambda one: -values[one])):
        found[number] = rank
    return found
