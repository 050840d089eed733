"""The seasons of a game as they go by: what the table says of births, deals, products, exits and vitality.

A season that is over is told by its figures, the one that is under way by what lies on the table. A game
without ventures is told by its phases and commands alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import attrs
from rich.table import Table

from makersphere_cli.speech.words import named, say
from makersphere_clients.mirror import Mirror

__all__ = ["SeasonRow", "Seasons", "number_in_run"]

_PRODUCT: Final = 3  # the number of the last stage
_COLUMNS: Final = ("founded", "births", "deals", "products", "exits", "vitality")

Tree = Mapping[str, Any]


@attrs.frozen
class SeasonRow:
    """One season: how far it is and what has come of it, by column; a game without ventures has no counts."""

    season: int
    phase: str
    commands: int
    counts: Mapping[str, int]
    run: str = ""  # the name of the run, where there are several

    def line(self) -> str:
        """Return the row as one line."""
        counted = "  ".join(f"{say(f'column.{name}')} {value}" for name, value in self.counts.items())
        head = f"{say('season', n=self.season)}  {named('phase', self.phase)}"
        if self.run:
            head = f"{named('run', self.run)}  {head}"
        return "  ".join(part for part in (head, counted, f"{say('column.commands')} {self.commands}") if part)


def number_in_run(tree: Tree, season: int) -> int:
    """Return a season's number as people count it: every run of a game begins with season 1."""
    first: int = tree.get("run", {}).get("first_season", 1)
    return season - first + 1


class Seasons:
    """The seasons of one room, read from a mirror."""

    def __init__(self, mirror: Mirror) -> None:
        """Begin before the first season."""
        self._mirror = mirror
        self._rows: dict[int, SeasonRow] = {}
        self._commands_before: dict[int, int] = {}

    def update(self) -> SeasonRow | None:
        """Read the mirror; return the row of the season where another phase has begun, else None."""
        game, seq = self._mirror.game, self._mirror.seq or 0
        if game.get("status") not in ("running", "over"):
            return None
        season = int(game["season"])
        before = self._commands_before.setdefault(season, seq)
        phase = "over" if game["status"] == "over" else str(game["phase"])
        known = self._rows.get(season)
        if season - 1 in self._rows and number_in_run(self._mirror.table, season) > 1:
            self._rows[season - 1] = attrs.evolve(self._rows[season - 1], counts=self._counts(season - 1))
        tree = self._mirror.table
        run = str(tree.get("run", {}).get("name", ""))
        self._rows[season] = row = SeasonRow(
            number_in_run(tree, season), phase, seq - before, self._counts(season), run
        )
        return row if known is None or known.phase != phase else None

    def table(self) -> Table:
        """Return the seasons so far as a table."""
        table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
        counted = [name for name in _COLUMNS if any(name in row.counts for row in self._rows.values())]
        runs = any(row.run for row in self._rows.values())
        if runs:
            table.add_column(say("column.run"))
        table.add_column(say("column.season"), justify="right")
        table.add_column(say("column.phase"), min_width=12)
        for name in (*counted, "commands"):
            table.add_column(say(f"column.{name}"), justify="right")
        for row in self._rows.values():
            counts = (str(row.counts.get(name, "")) for name in counted)
            head = (named("run", row.run),) if runs else ()
            table.add_row(*head, str(row.season), named("phase", row.phase), *counts, str(row.commands))
        return table

    # -- counting

    def _counts(self, season: int) -> dict[str, int]:
        tree = self._mirror.table
        figures = tree.get("figures", {}).get(str(season), {}).get("values")
        if figures:
            return _from_figures(figures)
        if "venture" not in tree and "figures" not in tree and "space" not in tree:
            return {}
        return _from_table(tree, season)


def _from_figures(values: Mapping[str, int]) -> dict[str, int]:
    vitality = [value for name, value in values.items() if name.startswith("vitality")]
    exits = [value for name, value in values.items() if name.startswith("exits_")]
    counts = {name: values[name] for name in ("founded", "births", "deals", "products") if name in values}
    return {**counts, "exits": sum(exits), "vitality": _mean(vitality)}


def _from_table(tree: Tree, season: int) -> dict[str, int]:
    ventures = list(tree.get("venture", {}).values())
    earlier = sum(
        figures["values"].get("births", 0)
        for key, figures in tree.get("figures", {}).items()
        if int(key) < season and "values" in figures
    )
    living = [venture for venture in ventures if not venture.get("closed")]
    return {
        "founded": sum(venture.get("founded") == season for venture in ventures),
        "births": sum(bool(venture.get("born")) for venture in ventures) - earlier,
        "deals": sum(deal.get("season") == season for deal in tree.get("deal", {}).values()),
        "products": sum(venture.get("stage") == _PRODUCT for venture in living),
        "exits": sum(venture.get("closed_season") == season for venture in ventures),
        "vitality": _mean(space.get("vitality", 0) for space in tree.get("space", {}).values()),
    }


def _mean(values: Iterable[int]) -> int:
    found = list(values)
    return round(sum(found) / len(found)) if found else 0
