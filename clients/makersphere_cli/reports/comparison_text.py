"""A comparison in plain characters: a table and a picture of intervals, for the terminal and for a Markdown page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table

from makersphere_cli.reports import comparison_words as words
from makersphere_cli.speech.words import say
from makersphere_playtest.plans.comparison import Comparison
from makersphere_playtest.plans.sides import Cell, Row

__all__ = ["markdown", "show"]

_WIDTH: Final = 48  # of a picture, in characters
_HEAD, _COLUMN = 16, 15  # of a table: what names of outcomes need at least, and what an arm needs
_LINE, _MEAN, _FIRST, _LAST = "─", "●", "├", "┤"


def show(found: Comparison) -> None:
    """Print a comparison."""
    console = Console(highlight=False)
    console.print(f"[bold]{words.title(found)}[/bold]", words.question(found), words.subtitle(found), sep="\n")
    for row in _headlines(found):
        console.print("", *_picture(found, row), sep="\n", soft_wrap=True)
    for table in _tables(found, console.width):
        console.print("", table, sep="\n")
    console.print("", words.answer(), sep="\n")


def markdown(found: Comparison) -> str:
    """Return a comparison as a section of a Markdown page."""
    names = [words.arm(found.experiment, cell.arm) for cell in found.rows[0].cells]
    lines = [f"## {words.title(found)}", "", words.question(found), "", words.subtitle(found), "", "```text"]
    for row in _headlines(found):
        lines += [*_picture(found, row), ""]
    lines[-1] = "```"
    lines += ["", _row(say("column.outcome"), *names), _row("---", *("---:" for _ in names))]
    lines += [_row(words.outcome(row.outcome), *(_cell(cell) for cell in row.cells)) for row in found.rows]
    return "\n".join([*lines, "", words.answer(), ""])


def _picture(found: Comparison, row: Row) -> Iterator[str]:
    """Yield the lines of a picture: for each arm its mean on its interval, all on one scale."""
    lo, hi = min(cell.estimate.lo for cell in row.cells), max(cell.estimate.hi for cell in row.cells)
    names = [words.arm(found.experiment, cell.arm) for cell in row.cells]
    margin = max(cell_len(name) for name in names)
    scale = f"{lo:.1f}".ljust(_WIDTH - len(f"{hi:.1f}")) + f"{hi:.1f}"
    yield words.outcome(row.outcome)
    for name, cell in zip(names, row.cells, strict=True):
        padding = " " * (margin - cell_len(name))
        yield f"  {name}{padding}  {_whisker(cell, lo, hi)}  {_mean(cell)}"
    yield f"  {' ' * margin}  {scale}"


def _whisker(cell: Cell, lo: float, hi: float) -> str:
    def place(value: float) -> int:
        return round((value - lo) / (hi - lo) * (_WIDTH - 1)) if hi > lo else _WIDTH // 2

    first, last, mean = place(cell.estimate.lo), place(cell.estimate.hi), place(cell.estimate.mean)
    line = [_LINE if first <= at <= last else " " for at in range(_WIDTH)]
    line[first], line[last] = _FIRST, _LAST
    line[mean] = _MEAN
    return "".join(line)


def _headlines(found: Comparison) -> list[Row]:
    rows = {row.outcome: row for row in found.rows}
    return [rows[name] for name in found.headline]


def _tables(found: Comparison, width: int) -> Iterator[Table]:
    """Yield the arms in tables one below the other, each narrow enough for this width to break no number."""
    arms = len(found.rows[0].cells)
    fit = max(1, (width - _HEAD) // _COLUMN)
    for first in range(0, arms, fit):
        yield _table(found, slice(first, first + fit))


def _table(found: Comparison, arms: slice) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(say("column.outcome"))
    for cell in found.rows[0].cells[arms]:
        table.add_column(words.arm(found.experiment, cell.arm), justify="right")
    for row in found.rows:
        table.add_row(
            words.outcome(row.outcome),
            *(f"{_mean(cell)}\n[dim]{words.interval(cell.estimate)}[/dim]" for cell in row.cells[arms]),
        )
    return table


def _mean(cell: Cell) -> str:
    return f"{cell.estimate.mean:.1f} {words.change(cell)}".rstrip()


def _cell(cell: Cell) -> str:
    return f"{cell.estimate.mean:.1f} ({words.interval(cell.estimate)}) {words.change(cell)}".rstrip()


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
