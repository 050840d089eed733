"""Sides of a comparison: every outcome on each side, and its difference to the first side, game by game.

Answers sums that games are taken into one after the other, and a table of them: an outcome to a row, a side to a
column. Which differences are sure is settled for the whole table (`certainty.holm`) by whoever reads it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from makersphere_playtest.measured.certainty import Claim, outside
from makersphere_playtest.measured.intervals import Estimate, Moments, Sums
from makersphere_playtest.measured.named_sums import Means

__all__ = ["Cell", "Row", "Sides", "claims", "marked", "plain"]


@attrs.frozen
class Cell:
    """An outcome on one side.

    Attributes:
        arm: the side's name.
        estimate: the mean over its games.
        difference: to the first side, game by game; None on the first side itself.
        is_sure: whether there is a difference at all, for all differences of the whole report together.
        sums: of the difference.
    """

    arm: str
    estimate: Estimate
    difference: Estimate | None
    is_sure: bool = False
    sums: Sums = attrs.field(factory=Moments, repr=False)


@attrs.frozen
class Row:
    """An outcome on every side, in order of sides."""

    outcome: str
    cells: tuple[Cell, ...]


@attrs.define
class Sides:
    """The sums of every side.

    Attributes:
        names: of the sides, the first of which the others are compared with.
    """

    names: Sequence[str]
    _means: list[Means] = attrs.field(init=False)
    _apart: list[Means] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        """Begin with nothing."""
        self._means = [Means() for _ in self.names]
        self._apart = [Means() for _ in self.names]

    def add(self, game: Sequence[Mapping[str, float]]) -> None:
        """Take in a game: its outcomes on every side, in order; what one of them lacks counts on none."""
        first = game[0]
        names = [name for name in first if all(name in other for other in game)]
        for side, means in zip(game, self._means, strict=True):
            means.add((name, side[name]) for name in names)
        for side, apart in zip(game[1:], self._apart[1:], strict=True):
            apart.add((name, side[name] - first[name]) for name in names)

    def games(self) -> int:
        """Return how many games there are of the outcome that most of them have."""
        return max((sums.count for sums in self._means[0].all().values()), default=0)

    def rows(self, outcomes: Sequence[str] = ()) -> tuple[Row, ...]:
        """Return the table, with these outcomes or with all."""
        known = self._means[0].all()
        return tuple(Row(name, tuple(self._cells(name))) for name in outcomes or known if name in known)

    def _cells(self, outcome: str) -> Iterator[Cell]:
        for name, means, apart in zip(self.names, self._means, self._apart, strict=True):
            sums = apart.all().get(outcome)
            difference = None if sums is None else sums.estimate()
            yield Cell(name, means.all()[outcome].estimate(), difference, sums=sums or Moments())


def claims(rows: Sequence[Row]) -> list[Claim]:
    """Return the claims that sides differ from the first one, in order of rows and sides."""
    return [outside(cell.sums) for row in rows for cell in row.cells[1:]]


def marked(rows: Sequence[Row], sure: Iterator[bool]) -> tuple[Row, ...]:
    """Return rows in which each cell says whether its claim, as `claims` has them, is sure."""
    return tuple(
        attrs.evolve(row, cells=(row.cells[0], *(attrs.evolve(cell, is_sure=next(sure)) for cell in row.cells[1:])))
        for row in rows
    )


def plain(found: Any) -> dict[str, Any]:  # noqa: ANN401  (any attrs object)
    """Return numbers ready for JSON: sums, which they were made of, are left out."""
    return attrs.asdict(found, filter=lambda field, _: field.name not in ("sums", "spread"))
