"""Suspense: how much the odds of winning still move, season by season.

A seat's rank at a season's end gives it some odds of winning its role. Over many games the odds are known: the share of
winners among all seats of that rank at that time. Suspense is how far the odds move from one season's end to the next,
0 to 100; it is 100 where a certain winner turns into another one. Answers one value for each game.

Source: Ely, Frankel and Kamenica 2015 (suspense as the expected variance of the next period's beliefs).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

__all__ = ["suspense"]

Game = Mapping[str, Any]
Race = list[list[int]]  # for each seat of the role, its rank at each season's end, then at the end of the game


def suspense(games: Sequence[Game], role: str) -> dict[int, list[float]]:
    """Return how far the odds move from each season's end to the next one; the last season has no next.

    Args:
        games: of one scenario, with as many seats.
        role: of at least two seats.
    """
    races = [race for race in (_race(game, role) for game in games) if race]
    if not races:
        return {}
    seasons = len(races[0][0]) - 1
    stood: Counter[tuple[int, int]] = Counter()
    won: Counter[tuple[int, int]] = Counter()
    for race in races:
        for places in race:
            for season, place in enumerate(places[:-1]):
                stood[season, place] += 1
                won[season, place] += places[-1] == 0

    def odds(places: Sequence[int], season: int) -> float:
        if season == seasons - 1:  # the last season's end is the end
            return float(places[-1] == 0)
        return won[season, places[season]] / stood[season, places[season]]

    return {
        season + 1: [
            100 * sqrt(sum((odds(one, season + 1) - odds(one, season)) ** 2 for one in race) / 2) for race in races
        ]
        for season in range(seasons - 1)
    }


def _race(game: Game, role: str) -> Race:
    seats = [seat for seat in game["seats"] if seat["role"] == role and seat["standings"]]
    if len(seats) < 2:
        return []
    columns = [*zip(*(seat["standings"] for seat in seats), strict=True), tuple(seat["score"] for seat in seats)]
    return [[_rank(column, number) for column in columns] for number in range(len(seats))]


def _rank(values: Sequence[int], number: int) -> int:
    """Return the rank of one of some values, 0 the highest; of equal values the earlier one is ahead."""
    own = values[number]
    return sum(value > own for value in values) + sum(value == own for value in values[:number])
