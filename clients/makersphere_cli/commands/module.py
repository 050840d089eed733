"""`makersphere module`: begin a rule module of one's own, and look it over."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from makersphere_cli.flags import Json, Name
from makersphere_cli.modules.checked import check as checked
from makersphere_cli.modules.finding import Finding, sentence_of
from makersphere_cli.modules.found_modules import found_modules
from makersphere_cli.modules.new_package import write_package
from makersphere_cli.scenarios.lookup import source_of
from makersphere_cli.speech.words import say

__all__ = ["app"]

app = App(name="module", help="Look over a rule module of one's own, or begin one.")


@app.command
def check(
    module: Name,
    /,
    *,
    scenario: Annotated[str, Parameter(allow_leading_hyphen=False)] = "",
    as_json: Json = False,
) -> int:
    """Say everything that is wrong with a rule module, with file and line; exit code 2 when anything is.

    It reads the source and the texts, and plays games of random moves, each seed twice. So it runs the package's code
    with your rights: check only what you would install. A remark has to be mended only if it was not meant so.

    Args:
        module: the name of an installed module, a file, or a folder with the package's pyproject.toml.
        scenario: a scenario file that plays the module; by default one that lies beside it, or one that is made up.
        as_json: print what is found as JSON.
    """
    if scenario:
        source_of(scenario)  # said at once where it can't be read
    done = checked(found_modules(module), Path(scenario).resolve() if scenario else None)
    if as_json:
        print(json.dumps([_as_json(one) for one in done.findings]))
        return 2 if done.mistakes else 0
    for one in done.findings:
        print(f"{one.place}: {sentence_of(one)}")
    if done.mistakes:
        print(say("mistakes", n=done.mistakes))
    else:
        print(say("module.in_order", name=module, games=done.games))
    return 2 if done.mistakes else 0


@app.command
def new(name: Name, /, *, phase: Annotated[str, Parameter(name="--in", allow_leading_hyphen=False)] = "") -> int:
    """Write a small package to begin with: a module, its words, a scenario and a test. It replaces nothing.

    Args:
        name: what the module, its package and the new folder are called, in small letters.
        phase: the phase of the game of makers and investors in which it plays; without it, it is a game of its own.
    """
    folder = write_package(name, phase)
    print(say("module.written", folder=str(folder), name=name))
    return 0


def _as_json(finding: Finding) -> dict[str, int | str | bool]:
    return {
        "file": str(finding.file),
        "line": finding.line,
        "what": finding.text,
        "sentence": sentence_of(finding),
        "is_remark": finding.is_remark,
    }
