"""`makersphere scenario`: list, show and check."""

from __future__ import annotations

import json
import tomllib

import attrs
from cyclopts import App
from rich.console import Console
from rich.table import Table

from makersphere_cli.flags import Json, Name
from makersphere_cli.scenarios import load, mistakes_of, source_of
from makersphere_cli.words import language, named, say
from makersphere_protocol import texts
from makersphere_rules import shipped
from makersphere_rules.mistakes import Mistake
from makersphere_rules.scenario import Scenario

__all__ = ["app"]

app = App(name="scenario", help="List, show and check scenarios.")


@app.command(name="list")
def list_() -> int:
    """List the scenarios that ship."""
    table = Table(box=None, pad_edge=False)
    for heading in ("scenario", "title", "seats", "seasons"):
        table.add_column(say(f"column.{heading}"), justify="right" if heading in ("seats", "seasons") else "left")
    table.add_column(say("column.says"), overflow="fold")
    for name in shipped.scenario_names():
        tree = tomllib.loads(shipped.scenario_source(name))
        blurb = texts.say(language(), f"scenario.{name}.blurb")
        table.add_row(name, named("scenario", name), str(tree.get("seats", "")), str(tree.get("seasons", "")), blurb)
    Console().print(table)
    return 0


@app.command
def show(scenario: Name, /) -> int:
    """Show a scenario's phases, and every parameter with its value, range and meaning.

    Args:
        scenario: the name of a shipped scenario, or a file.
    """
    found = load(scenario)
    console = Console()
    console.print(say("scenario_head", title=named("scenario", found.name), seats=found.seats, seasons=found.seasons))
    console.print(_phases(found))
    if found.values:
        console.print(_parameters(found))
    return 0


@app.command
def check(scenario: Name, /, *, as_json: Json = False) -> int:
    """Check a scenario and list everything that is wrong with it; exit code 2 when anything is.

    Args:
        scenario: a file, or the name of a shipped scenario.
        as_json: print the mistakes as JSON.
    """
    source = source_of(scenario)
    mistakes = mistakes_of(source)
    if as_json:
        print(json.dumps([_as_json(line, mistake) for line, mistake in mistakes]))
    elif mistakes:
        for line, mistake in mistakes:
            print(f"{source.where}:{line}: {mistake}")
        print(say("mistakes", n=len(mistakes)))
    else:
        print(say("no_mistakes", file=source.where))
    return 2 if mistakes else 0


def _as_json(line: int, mistake: Mistake) -> dict[str, int | str]:
    return {"line": line, "path": mistake.path, "expected": mistake.expected, "nearest": mistake.nearest}


def _phases(scenario: Scenario) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("phase", "limit", "modules"):
        table.add_column(say(f"column.{heading}"))
    for phase in scenario.phases:
        limit = say("seconds", n=phase.limit_s) if phase.limit_s else say("no_clock")
        table.add_row(named("phase", phase.name), limit, ", ".join(module.name for module in phase.modules))
    return table


def _parameters(scenario: Scenario) -> Table:
    table = Table(box=None, pad_edge=False)
    for heading in ("parameter", "value", "range", "meaning"):
        table.add_column(say(f"column.{heading}"), justify="right" if heading == "value" else "left")
    for module in scenario.modules:
        if module.params is None:
            continue
        values = scenario.values[module.params]
        for field in attrs.fields(module.params):
            bounds = field.metadata
            table.add_row(
                f"{module.name}.{field.name}",
                str(getattr(values, field.name)),
                f"{bounds['lo']}-{bounds['hi']}",
                bounds["meaning"],
            )
    return table
