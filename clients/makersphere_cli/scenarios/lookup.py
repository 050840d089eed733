"""Scenarios by name or from a file, and where in a file a mistake stands.

A name is that of a shipped scenario; what ends in `.toml` or holds a path separator is a file.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import attrs

from makersphere_cli.paths import file_at
from makersphere_cli.speech.causes import cause, quoted
from makersphere_cli.speech.trouble import Trouble
from makersphere_cli.speech.words import complain, language, named, say
from makersphere_protocol import texts
from makersphere_rules import engine, shipped
from makersphere_rules.kit.soundness import checked
from makersphere_rules.mistakes import Mistake
from makersphere_rules.scenario import Scenario

__all__ = [
    "Source",
    "expected_of",
    "is_file",
    "known_name",
    "load",
    "mistakes_of",
    "own_scenario",
    "say_if_outside",
    "say_if_packages_are_broken",
    "say_if_taken",
    "sentence_of",
    "source_of",
]

_HEADER: Final = re.compile(r"^\s*(\[\[?)\s*([\w.\-\"' ]+?)\s*\]")
_KEY: Final = re.compile(r"^\s*([\w\-\"']+)\s*=")
_SYNTAX: Final = "TOML"
_SYNTAX_LINE: Final = re.compile(r"\(at line (\d+), column \d+\)$")


@attrs.frozen
class Source:
    """The text of a scenario and where the text is from."""

    where: str
    text: str


def known_name(name: str) -> str:
    """Return the name of a shipped scenario.

    Raises:
        Trouble: no scenario has that name. The sentence names the nearest one, or says that the name is a file's.
    """
    names = shipped.scenario_names()
    if not name.strip():
        raise Trouble("scenario_unnamed", known=", ".join(names))
    if name in names:
        return name
    if file_at(name):
        raise Trouble("no_scenario_file", file=name)
    near = difflib.get_close_matches(name.casefold(), names, 1)
    if near:
        raise Trouble("no_scenario_near", name=name, near=near[0])
    raise Trouble("no_scenario", name=name, known=", ".join(names))


def say_if_outside(scenario: Scenario, asked: int | None) -> None:
    """Say, before it is played, that a scenario is not made for so many seats, and with how many it is played."""
    if asked is None:
        return
    (fewest, most), seats = scenario.made_for, len(engine.seating(scenario, asked))
    if not fewest <= asked <= most or seats != asked:
        title = named("scenario", scenario.name)
        complain(say("seats_outside", title=title, fewest=fewest, most=most, asked=asked, seats=seats))


def source_of(name: str) -> Source:
    """Return the text of a scenario.

    Raises:
        Trouble: there is no such scenario, or the file cannot be read.
    """
    if not is_file(name):
        return Source(name, shipped.scenario_source(known_name(name)))
    try:
        return Source(name, Path(name).read_text(encoding="utf-8"))
    except OSError as error:
        raise Trouble("file_unreadable", file=name, why=cause(error)) from None
    except UnicodeDecodeError as error:
        raise Trouble("file_no_text", file=name, place=error.start + 1) from None


def is_file(name: str) -> bool:
    """Return whether a name is meant as a file's."""
    return name.endswith(".toml") or "/" in name or os.sep in name


def load(name: str) -> Scenario:
    """Return a scenario that can be played.

    Raises:
        Trouble: there is no such scenario, or it cannot be played.
    """
    source = source_of(name)
    scenario, mistakes = _built(source)
    if scenario is not None:
        return scenario
    line, first = mistakes[0]
    raise Trouble("scenario_damaged", file=source.where, line=line, first=sentence_of(first), n=len(mistakes))


def own_scenario(file: str) -> Scenario:
    """Return a scenario from a file, for a server that also plays those that ship.

    Raises:
        Trouble: it cannot be played, or is named as one that ships.
    """
    scenario = load(file)
    if scenario.name in shipped.scenario_names():
        raise Trouble("scenario_name_taken", file=file, name=scenario.name)
    return scenario


def say_if_taken(file: str) -> None:
    """Say that a scenario file has the name of a shipped scenario: it can be played headless, but in no room."""
    try:
        own_scenario(file)
    except Trouble as trouble:
        complain(str(trouble))


def mistakes_of(source: Source) -> list[tuple[int, Mistake]]:
    """Return every mistake of a scenario with its line, in order of lines."""
    return _built(source)[1]


@cache
def say_if_packages_are_broken() -> None:
    """Say, once, which packages with rule modules are installed and cannot be loaded: all others can be played."""
    for module, broken in shipped.packages().broken.items():
        complain(say("package_broken", module=module, package=broken.package, why=broken.why))


def _built(source: Source) -> tuple[Scenario | None, list[tuple[int, Mistake]]]:
    say_if_packages_are_broken()
    for module in shipped.modules().values():
        texts.learn(module.texts)
    try:
        tree = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        found = _SYNTAX_LINE.search(str(error))
        line = int(found[1]) if found else len(source.text.splitlines())
        return None, [(line, Mistake(_SYNTAX, _SYNTAX_LINE.sub("", str(error)).strip()))]
    scenario, mistakes = checked(tree, shipped.modules())
    if not mistakes:
        return scenario, []
    lines = _lines(source.text)
    placed = [(_line_of(mistake.path, lines), mistake) for mistake in mistakes]
    return None, sorted(placed, key=lambda pair: pair[0])


def expected_of(mistake: Mistake) -> str:
    """Return what a mistake expected: the game's own sentences are said in the person's language."""
    if not mistake.text:
        return mistake.expected
    return texts.say(language(), f"terminal.expected.{mistake.text}", mistake.values, mistake.expected)


def sentence_of(mistake: Mistake) -> str:
    """Return a mistake as one line; for a file that is no TOML, the parser's own words."""
    if mistake.path == _SYNTAX:
        return f"{_SYNTAX}: {quoted(mistake.expected)}"
    key = "mistake_near" if mistake.nearest else "mistake"
    return say(key, path=mistake.path, expected=expected_of(mistake), near=mistake.nearest)


def _lines(text: str) -> dict[str, int]:
    """Return the line of each table and key by its path, as mistakes name it: `phase[0].limit_s`."""
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        header, key = _HEADER.match(line), _KEY.match(line)
        if header is not None:
            table = header[2].strip("\"'")
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                found.setdefault(table, number)
                table = f"{table}[{counts[table]}]"
            found.setdefault(table, number)
        elif key is not None:
            name = key[1].strip("\"'")
            found.setdefault(f"{table}.{name}" if table else name, number)
    return found


def _line_of(path: str, lines: Mapping[str, int]) -> int:
    """Return the line of a path; where the path has none, that of the nearest table around it, else the first."""
    while path:
        if path in lines:
            return lines[path]
        path = path.rpartition(".")[0]
    return 1
