"""The table of targets by scenario and size, for the terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from makersphere_cli.reports import playtest_words as words
from makersphere_cli.speech.words import named
from makersphere_playtest.measured.rulebook_targets import Target
from makersphere_playtest.plans.targets_by_size import Entry

__all__ = ["grid", "show"]


def show(table: Iterable[Entry]) -> None:
    """Print the targets of each scenario and size below their heading."""
    console = Console(highlight=False)
    for one in table:
        title = named("scenario", one.scenario)
        console.print(f"[bold]{words.tell('size', scenario=title, seats=one.seats, games=one.games)}[/bold]")
        console.print(grid(one.targets), "", sep="\n")


def grid(targets: Iterable[Target]) -> Table:
    """Return targets as rows: what is asked, of whom, what was measured, and the verdict."""
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    for one in targets:
        table.add_row(
            words.target(one),
            words.wanted(one),
            f"{one.measured.mean:.2f}",
            f"[dim]{words.interval(one.measured)}[/dim]",
            words.verdict(one.verdict),
        )
    return table
