"""What a playtest found, for the terminal: warnings and targets first, then the numbers."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console
from rich.table import Table

from makersphere_cli.reports import hunt_words
from makersphere_cli.reports import playtest_words as words
from makersphere_cli.reports.targets_text import grid
from makersphere_cli.speech.words import named
from makersphere_playtest.measured.sections import Section
from makersphere_playtest.plans.findings import Findings, Sensitivity

__all__ = ["notes", "show"]


def show(found: Findings) -> None:
    """Print what was found."""
    console = Console(highlight=False)
    console.print(
        f"[bold]{words.tell('title', scenario=named('scenario', found.scenario))}[/bold]", words.head(found), sep="\n"
    )
    for note in notes(found):
        console.print(f"- {note}", markup=False)
    if found.targets:
        console.print("", words.heading("targets"), grid(found.targets), sep="\n")
    if found.hunt:
        console.print("", words.heading("hunt"), hunt_words.head(found.hunt), _hunt(found), sep="\n")
    for section in found.sections:
        console.print("", words.heading(section.name), _section(section), sep="\n")
    for one in found.sensitivities:
        console.print("", words.tell("section.sensitivity", parameter=one.path), _sensitivity(one), sep="\n")


def notes(found: Findings) -> Iterator[str]:
    """Yield what there is to say beside the numbers, the most serious first."""
    for game in found.failed:
        yield words.tell("failed", game=f"{game['game']}", why=game["failed"], cell=game["cell"] or "-")
    if found.more_failed:
        yield words.tell("failed_more", n=found.more_failed)
    if found.lost:
        yield words.tell("lost")
    if found.stopped or found.missing:
        yield words.tell("stopped", missing=found.missing)
    if found.deaths:
        yield words.tell("deaths", n=found.deaths)
    for fault in found.faults:
        yield words.tell(
            f"fault.{fault['kind']}",
            **{name: fault[name] for name in ("policy", "seat", "season", "why")},
            phase=named("phase", fault["phase"]),
        )
    if found.more_faults:
        yield words.tell("fault.more", n=found.more_faults)
    yield from map(words.warned, found.warnings)
    if found.never:
        yield words.tell("never", commands=words.listed(words.label("commands", name) for name in found.never))


def _grid() -> Table:
    return Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))


def _section(section: Section) -> Table:
    table = _grid()
    for line in section.lines:
        name = words.label(section.name, line.name)
        table.add_row(name, words.value(section, line.estimate), f"[dim]{words.interval(line.estimate)}[/dim]")
    return table


def _hunt(found: Findings) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("")
    for name in hunt_words.HEADS:
        table.add_column(words.tell(f"hunt.{name}"), justify="right")
    for one, cells in hunt_words.rows(found.hunt):
        table.add_row(hunt_words.label(one), *cells, style="bold" if one.is_named else None)
    return table


def _sensitivity(one: Sensitivity) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("")
    for cell in one.rows[0].cells:
        table.add_column(words.tell("as_is") if cell.difference is None else cell.arm, justify="right")
    for row in one.rows:
        table.add_row(words.outcome(row.outcome), *map(words.cell, row.cells))
    return table
