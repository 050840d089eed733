"""`makersphere scenario`: list, show, check, and begin one of your own."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import attrs
from cyclopts import App, Parameter
from rich.console import Console
from rich.table import Table

from makersphere_cli.flags import Json, Name
from makersphere_cli.scenarios.commented_file import parameters, written
from makersphere_cli.scenarios.introduced_lines import introduced_lines
from makersphere_cli.scenarios.lookup import (
    Source,
    expected_of,
    is_file,
    load,
    mistakes_of,
    say_if_taken,
    sentence_of,
    source_of,
)
from makersphere_cli.scenarios.reference_page import minutes_of_lesson, page
from makersphere_cli.speech.causes import cause
from makersphere_cli.speech.trouble import Trouble
from makersphere_cli.speech.words import language, named, say
from makersphere_protocol import texts
from makersphere_rules import shipped
from makersphere_rules.mistakes import Mistake
from makersphere_rules.modules.par import ParParams
from makersphere_rules.scenario import Scenario
from makersphere_server.room.model.lesson_plan import play_s
from makersphere_server.storage.whole_file import write_whole

__all__ = ["app"]

app = App(name="scenario", help="List, show and check scenarios, or begin one of your own.")


@app.command(name="list")
def list_() -> int:
    """List the scenarios that ship."""
    table = Table(box=None, pad_edge=False)
    for heading in ("scenario", "title", "seats", "seasons", "minutes"):
        table.add_column(say(f"column.{heading}"), justify="left" if heading in ("scenario", "title") else "right")
    table.add_column(say("column.says"), overflow="fold")
    for name in shipped.scenario_names():
        found = shipped.scenario(name)
        blurb = texts.say(language(), f"scenario.{name}.blurb")
        numbers = (str(number) for number in (found.seats, found.seasons, minutes_of_lesson(found)))
        table.add_row(name, named("scenario", name), *numbers, blurb)
    Console().print(table)
    return 0


@app.command
def show(scenario: Name, /) -> int:
    """Show a scenario's phases, its runs, and every parameter with its value, range and meaning.

    Args:
        scenario: the name of a shipped scenario, or a file.
    """
    found = load(scenario)
    console = Console()
    console.print(say("scenario_head", title=named("scenario", found.name), seats=found.seats, seasons=found.seasons))
    fewest, most = found.made_for
    console.print(say("made_for", fewest=fewest, most=most))
    if (takes := minutes_of_lesson(found)) > 0:
        console.print(say("lasts", play=-(-play_s(found) // 60), takes=takes))
    console.print(_grade(found))
    console.print(_phases(found))
    for line in introduced_lines(found):
        console.print(line)
    if found.runs:
        console.print(_runs(found))
    if found.values:
        console.print(_parameters(found))
    return 0


def _grade(scenario: Scenario) -> str:
    """Return what a student gets points for."""
    weighed = {term: points for term, points in scenario.grade.items() if points}
    terms = (say(f"grade.term.{term}", n=points) for term, points in weighed.items())
    return say("grade", terms=", ".join(terms)) if weighed else say("grade.none")


@app.command
def check(scenario: Name, /, *, as_json: Json = False) -> int:
    """Check a scenario and list everything that is wrong with it; exit code 2 when anything is.

    Args:
        scenario: a file, or the name of a shipped scenario.
        as_json: print the mistakes as JSON.
    """
    source = source_of(scenario)
    mistakes = mistakes_of(source)
    if not mistakes and is_file(scenario):
        say_if_taken(scenario)
    if as_json:
        print(json.dumps([_as_json(line, mistake) for line, mistake in mistakes]))
    elif mistakes:
        for line, mistake in mistakes:
            print(f"{source.where}:{line}: {sentence_of(mistake)}")
        print(say("mistakes", n=len(mistakes)))
    else:
        print(say("no_mistakes", file=source.where))
    return 2 if mistakes else 0


@app.command
def new(
    name: Name,
    file: Name = "",
    /,
    *,
    origin: Annotated[str, Parameter(name="--from")] = "classroom",
    replace: Annotated[bool, Parameter(negative=())] = False,
) -> int:
    """Write a scenario file with every parameter, its range and its meaning, to be changed.

    Args:
        name: what the scenario is called; several words stand in quotes.
        file: where it is written, ending in .toml; by default NAME.toml.
        origin: the scenario that it begins as: one that ships, or a file.
        replace: write it even if the file is there already.
    """
    if file and not file.endswith(".toml"):
        raise Trouble("scenario_two_words", name=f'"{name} {file}"')
    source = load(origin)
    text = written(source, name, shipped.modules(), source.name)
    refused = mistakes_of(Source(file, text))
    if refused:
        raise Trouble("scenario_name", name=name, why=expected_of(refused[0][1]))
    path = Path(file or f"{name.removesuffix('.toml')}.toml")
    if name in shipped.scenario_names():
        raise Trouble("scenario_name_taken", file=str(path), name=name)
    try:
        write_whole(path, text, replaces=replace)
    except FileExistsError:
        raise Trouble("file_exists", file=str(path)) from None
    except OSError as error:
        raise Trouble("file_unwritable", file=str(path), why=cause(error)) from None
    shown = f"./{path}" if str(path).startswith("-") else str(path)  # else the next command takes it for a flag
    print(say("scenario_written", file=shlex.quote(shown), origin=source.name))
    return 0


@app.command
def reference() -> int:
    """Print the reference of the game's own scenarios and rule modules as Markdown: docs/scenarios.md."""
    print(page(), end="")
    return 0


def _as_json(line: int, mistake: Mistake) -> dict[str, int | str]:
    return {"line": line, "path": mistake.path, "expected": mistake.expected, "nearest": mistake.nearest}


def _phases(scenario: Scenario) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("phase", "limit", "modules"):
        table.add_column(say(f"column.{heading}"))
    for phase in scenario.phases:
        limit = ", ".join(say("seconds", n=limit) if limit else say("no_clock") for limit in phase.limits_s)
        table.add_row(named("phase", phase.name), limit, ", ".join(module.name for module in phase.modules))
    return table


def _runs(scenario: Scenario) -> Table:
    """Return the runs, each with its seasons and with what it changes of the scenario."""
    table = Table(box=None, pad_edge=False)
    for heading in ("run", "seasons", "changes"):
        table.add_column(say(f"column.{heading}"), justify="right" if heading == "seasons" else "left")
    for run in scenario.runs:
        table.add_row(named("run", run.name), str(run.rules.seasons), ", ".join(_changes(scenario, run.rules)))
    return table


def _changes(scenario: Scenario, rules: Scenario) -> Iterator[str]:
    """Yield what a run changes of the scenario; its par is left out, since par is measured and not played."""
    for phase in rules.phases:
        if phase.modules != scenario.phase(phase.name).modules:
            yield f"{named('phase', phase.name)}: {' + '.join(module.name for module in phase.modules)}"
    for module in rules.modules:
        if module.params is not None and module.params is not ParParams:
            for field in attrs.fields(module.params):
                value = getattr(rules.values[module.params], field.name)
                if value != getattr(scenario.values[module.params], field.name):
                    yield f"{module.name}.{field.name}: {value}"


def _parameters(scenario: Scenario) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("parameter", "value", "range", "meaning"):
        table.add_column(say(f"column.{heading}"), justify="right" if heading == "value" else "left")
    for module in scenario.modules:
        for each in parameters(module):
            value: Any = getattr(scenario.values[module.params], each.name) if module.params else each.default
            shown, bounds = (say("sizes", n=len(value)), "") if each.length else (str(value), f"{each.lo}-{each.hi}")
            table.add_row(f"{module.name}.{each.name}", shown, bounds, each.meaning)
    return table
