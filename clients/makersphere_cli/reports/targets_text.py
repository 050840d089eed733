"""The table of targets by scenario and size, for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from rich.console import Console
from rich.table import Table

from makersphere_cli.reports import playtest_words as words
from makersphere_cli.speech.words import named
from makersphere_playtest.measured.certainty import LIKELY, MET, MISSED, OPEN
from makersphere_playtest.measured.rulebook_targets import Target
from makersphere_playtest.plans.targets_by_size import Entry

__all__ = ["glance", "grid", "page", "show"]

_MARKS: Final = {MET: "✓", LIKELY: "≈", OPEN: "?", MISSED: "✗"}


def show(table: Sequence[Entry]) -> None:
    """Print the targets of each scenario and size below their heading, then each scenario's at a glance."""
    console = Console(highlight=False)
    for one in table:
        title = named("scenario", one.scenario)
        console.print(f"[bold]{words.tell('size', scenario=title, seats=one.seats, games=one.games)}[/bold]")
        console.print(grid(one.targets), "", sep="\n")
    for scenario, sizes in groupby(table, lambda one: one.scenario):
        console.print(f"[bold]{named('scenario', scenario)}[/bold]")
        console.print(glance([*sizes]), "", sep="\n")
    console.print(words.listed(f"{mark} {words.verdict(name)}" for name, mark in _MARKS.items()))


def glance(sizes: Sequence[Entry]) -> Table:
    """Return the targets of one scenario as rows and its sizes as columns: what was measured, and a mark."""
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column()
    for size in sizes:
        table.add_column(str(size.seats), justify="right", no_wrap=True)
    measured = [{words.target(one): one for one in size.targets} for size in sizes]
    for name in dict.fromkeys(name for size in measured for name in size):
        table.add_row(name, *(_cell(size.get(name)) for size in measured))
    return table


def page(table: Sequence[Entry]) -> Iterator[str]:
    """Yield the table as a page in Markdown: a section for each scenario, a column for each of its sizes.

    Seats of a role are told in one row, by the two that are furthest from its mean: there are up to sixty.
    """
    marks = words.listed(f"{mark} {words.verdict(name)}" for name, mark in _MARKS.items())
    for scenario, sizes in groupby(table, lambda one: one.scenario):
        columns = [*sizes]
        yield from ("", f"## {named('scenario', scenario)}", "")
        yield "| " + " | ".join(["", "", *(_column(one) for one in columns)]) + " |"
        yield "| --- | --- |" + " ---: |" * len(columns)
        measured = [_rows(one.targets) for one in columns]
        for name, asked in {row: None for size in measured for row in size}:
            cells = [size.get((name, asked), "") for size in measured]
            yield "| " + " | ".join([name, asked, *cells]) + " |"
    yield from ("", marks)


def _column(one: Entry) -> str:
    return words.tell("column", seats=one.seats, games=one.games)


def _rows(targets: Sequence[Target]) -> dict[tuple[str, str], str]:
    """Return what stands in a column: by what is asked and its bounds, what was measured."""
    of_seats = [one for one in targets if one.of.startswith("seat.")]
    found = {(words.target(one), words.wanted(one)): _told(one) for one in targets if one not in of_seats}
    if of_seats:
        ends = [pick(of_seats, key=lambda one: one.measured.mean) for pick in (min, max)]
        found[words.tell("seats_apart"), words.wanted(of_seats[0])] = "<br>".join(map(_told, ends))
    return found


def _told(one: Target) -> str:
    return f"{one.measured.mean:.1f} ({words.interval(one.measured)}) {_MARKS[one.verdict]}"


def _cell(one: Target | None) -> str:
    return "" if one is None else f"{one.measured.mean:.1f} {_MARKS[one.verdict]}"


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
