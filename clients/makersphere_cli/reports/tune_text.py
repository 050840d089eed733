"""What a tuning found, for the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from makersphere_cli.reports import tune_words as words
from makersphere_playtest.plans.tuning import Tuned

__all__ = ["show"]


def show(found: Tuned) -> None:
    """Print what was found."""
    console = Console(highlight=False)
    console.print(f"[bold]{words.title(found)}[/bold]", words.head(found), words.best(found), "", sep="\n")
    console.print(words.tell("settings"), _table(words.settings(found)), "", _table(words.targets(found)), sep="\n")


def _table(rows: Iterable[list[str]]) -> Table:
    heads, *others = rows
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, head in enumerate(heads):
        table.add_column(head, justify="right" if number else "left")
    for row in others:
        table.add_row(*row)
    return table
