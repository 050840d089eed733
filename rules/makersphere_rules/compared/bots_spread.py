"""How far tables lie apart that are all alike: of each shipped scenario, from many games of standard bots.

Answers the spread of each figure at a size of table, what usually happens, and from which distance on a table is named.
The numbers are data, `data/spreads/SCENARIO.toml`, that `python -m makersphere_playtest.alike` makes. A figure of a
table is a mean over its seats, so it spreads as one through the square root of their number: what was measured at the
nearest size is brought to the size that is asked for.

Reads the package's own data, and nothing else.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import sqrt

import attrs

__all__ = ["BotsSpread", "OneSize", "bots_spread"]


@attrs.frozen
class OneSize:
    """Alike tables of one size.

    Attributes:
        games: how many were played.
        digest: of what the first of these games are compared by.
        least: by number of tables of a class, the distance that one class in a hundred reaches; empty where trials
            have not shown that it names few of tables that are all alike.
        spread: by figure, the standard deviation on its even scale, times the weight of its tails.
        usual: by figure, what one game in ten does not reach, the middle, and what nine do not pass.
    """

    seats: int
    games: int
    least: Mapping[int, float]
    spread: Mapping[str, float]
    usual: Mapping[str, tuple[float, float, float]]
    digest: str = ""


@attrs.frozen
class BotsSpread:
    """How far alike tables of a scenario lie apart, the smallest size first."""

    scenario: str
    sizes: tuple[OneSize, ...]

    @property
    def names(self) -> bool:
        """Return whether a table may be named by it: else it is for what usually happens alone."""
        return all(one.least for one in self.sizes)

    def nearest(self, seats: float) -> OneSize:
        """Return what was measured at the nearest size."""
        return min(self.sizes, key=lambda one: abs(one.seats - seats))

    def spread(self, seats: float) -> dict[str, float]:
        """Return by figure how far alike tables of so many seats spread, on its even scale."""
        near = self.nearest(seats)
        return {figure: value * sqrt(near.seats / seats) for figure, value in near.spread.items()}

    def least(self, tables: int) -> float:
        """Return how far the furthest of so many tables lies in one of a hundred alike classes, at any size.

        A class of a number of tables that was not measured is held to the stricter of its neighbours; one of more
        than were measured to the last.
        """
        found = []
        for one in self.sizes:
            counts = sorted(one.least)
            place = bisect_right(counts, tables)
            near = counts[max(place - 1, 0) : place + 1]
            found.append(one.least[tables] if tables in one.least else max(one.least[count] for count in near))
        return max(found)


@cache
def bots_spread(scenario: str) -> BotsSpread | None:
    """Return how far alike tables of a shipped scenario lie apart, or None where nobody has measured it."""
    found = files("makersphere_rules") / "data" / "spreads" / f"{scenario}.toml"
    if not scenario.isidentifier() or not found.is_file():
        return None
    tables = tomllib.loads(found.read_text("utf-8"))["size"]
    return BotsSpread(scenario, tuple(_size(table) for table in tables))


def _size(table: Mapping[str, object]) -> OneSize:
    figures = table["figures"]
    least = table.get("least", {})
    assert isinstance(figures, dict) and isinstance(least, dict)  # noqa: S101, PT018  (the package's own data)
    return OneSize(
        int(str(table["seats"])),
        int(str(table["games"])),
        {int(tables): float(distance) for tables, distance in least.items()},
        {figure: float(values[0]) for figure, values in figures.items()},
        {figure: (float(values[1]), float(values[2]), float(values[3])) for figure, values in figures.items()},
        str(table["digest"]),
    )
