"""Which of several tables lies apart from the others, by their figures alone.

Answers for each figure of each table how far it lies from the other tables, and which table is named, one at most. What
a table was played by is not looked at. The statistics:

- *The distance* of a table in a figure is z = (x - m) / sqrt(v (1 + 1/n)), where x is the table's even value
  (`figures.py`), m the median of the n other tables, and v a variance. The median, since one other table may be odd.
- *The variance* is moderated: v = (d s^2 + q) / (d + n - 1), where s is how far alike tables of bots spread in this
  scenario at this size (larger for figures with heavy tails, so that each is as likely to name a table by chance), q
  the sum of squares of the other tables about their mean, and d = 4 how many tables the bots count as (Smyth 2004). A
  class that spreads further than bots do is held to its own spread.
- *The figure of a table* is the largest distance of any of its figures. Figures depend on each other, so its
  distribution is not computed: it is counted in classes that are drawn from games of bots that are all alike.
- *The table that lies furthest* of all is named, if it does so further than in 99 of 100 alike classes of as many
  tables does the furthest (`BotsSpread.least`). With fewer than three tables nobody can say which is the odd one.

So of a hundred classes of bots that are all alike, one has a table that is named without a cause. People are no bots:
classes of people whose tables differ for no reason of the rules have more. A named table is a question to ask.
Source: Smyth, G. K. (2004), Linear models and empirical Bayes methods, *Statistical Applications in Genetics and
Molecular Biology* 3; Westfall and Young (1993), *Resampling-Based Multiple Testing*, for the largest of many.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from statistics import fmean, median
from typing import Final

import attrs

from makersphere_rules.compared.bots_spread import BotsSpread

__all__ = ["FEWEST", "Named", "distances", "furthest", "named"]

FEWEST: Final = 3  # tables
_WEIGHT: Final = 4  # tables that the spread of bots counts as
_NEARLY_NONE: Final = 1e-9  # a spread of figures that never differ

Even = Mapping[str, float]  # of a table: its figures on their even scales


@attrs.frozen
class Named:
    """A table that lies apart from the others.

    Attributes:
        table: its place among those that were asked about.
        figure: in which it lies furthest.
        distance: how far, below zero where its figure is lower than the others'.
    """

    table: int
    figure: str
    distance: float


def distances(tables: Sequence[Even], spread: Mapping[str, float]) -> list[dict[str, float]]:
    """Return how far each table lies from the others, by figure.

    Args:
        tables: two at least.
        spread: how far alike tables spread in each figure that counts.
    """
    found: list[dict[str, float]] = [{} for _ in tables]
    for figure, usual in spread.items():
        values = [table[figure] for table in tables]
        for number, value in enumerate(values):
            others = values[:number] + values[number + 1 :]
            found[number][figure] = _distance(value, others, usual)
    return found


def _distance(value: float, others: Sequence[float], usual: float) -> float:
    mean = fmean(others)
    squares = sum((other - mean) ** 2 for other in others)
    variance = (_WEIGHT * usual**2 + squares) / (_WEIGHT + len(others) - 1)
    return (value - median(others)) / max(sqrt(variance * (1 + 1 / len(others))), _NEARLY_NONE)


def furthest(tables: Sequence[Even], spread: Mapping[str, float]) -> Named:
    """Return the table that lies furthest from the others, and in what."""
    found = [
        Named(number, figure, distance)
        for number, by_figure in enumerate(distances(tables, spread))
        for figure, distance in by_figure.items()
    ]
    return max(found, key=lambda one: abs(one.distance))


def named(tables: Sequence[Even], seats: float, bots: BotsSpread) -> Named | None:
    """Return the table that lies apart from the others, or None where none does.

    Args:
        tables: with their figures.
        seats: how many a table has, in the mean.
        bots: how tables of bots spread in their scenario.
    """
    if len(tables) < FEWEST:
        return None
    found = furthest(tables, bots.spread(seats))
    return found if abs(found.distance) > bots.least(len(tables)) else None
