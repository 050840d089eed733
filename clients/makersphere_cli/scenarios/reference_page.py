"""The page about scenarios: what ships, how a file is written, and every parameter of every rule module.

Made of the code alone, so that page and game cannot differ: `makersphere scenario reference`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from inspect import getmodule
from typing import Final

from makersphere_cli.scenarios.commented_file import parameters
from makersphere_protocol import texts
from makersphere_rules import shipped
from makersphere_rules.module import RuleModule
from makersphere_rules.scenario import Scenario
from makersphere_server.room.model.lesson_plan import lesson_s

__all__ = ["minutes_of_lesson", "page"]

_HEAD: Final = """# Scenarios

This page is made of the code: `makersphere scenario reference > docs/scenarios.md`.

A scenario is a TOML file that names rule modules, the phases in which they play, and what differs from the printed
parameters. `makersphere scenario new NAME` writes one with everything in it, `makersphere scenario check FILE` lists
all that is wrong with it, `makersphere scenario show NAME` shows one. A file can be played wherever a name can:
`makersphere simulate FILE`, `makersphere play --scenario FILE`.

| key | what it is |
|---|---|
| `name` | what the scenario is called, 1 to 40 characters |
| `seasons` | seasons that are played, 1 to 40 |
| `seats` | seats of a room unless told otherwise, 1 to 500 |
| `made_for` | the fewest and the most seats that it is meant for |
| `[roles.ROLE]` | `least` and `most`: how many seats of a role there are; who deals and who changes roles keeps to it |
| `practice` | `true`: a practice season that does not count comes first |
| `modules` | rule modules that play in no phase |
| `[[phase]]` | a phase of every season: `name`, `limit_s` and `modules` in closing order |
| `limit_s` of a phase | its clock in seconds (0: none); a list: season by season, its last goes on |
| `[introduced]` | in which season of a room what comes: commands, fields (`send_terms.fee`), all that a phase asks |
| `[grade]` | points for [taking part](teaching.md#points-for-taking-part) by term, 0 to 100; none by rank |
| `[[run]]` | one of several games one after another: its `name` and what it changes |
| `[[choices]]` | a change that a host may take by name: `name`, and what it changes, as a `[[run]]`; not beside runs |
| `title`, `text` of a choice | what it is called and does, by language: `title.en`; a shipped one has it in the texts |
| `[MODULE]` | parameters of a rule module: whole numbers within their range |
| `[par.ROLE]`, `[par.best_ROLE]` | percentiles of what standard bots score, measured: a list for each size of room |

`check` also refuses what can be read but not be played well: a name or a module that is there twice, a module in
another phase than its own or without what it needs, two parameters that spoil each other, and a role that would be
without a scored action for more than one phase running.

## The scenarios that ship
"""


def minutes_of_lesson(scenario: Scenario) -> int:
    """Return how many minutes of a lesson a scenario takes, a minute begun counting whole; 0 without clocks."""
    return -(-lesson_s(scenario) // 60)


def page() -> str:
    """Return the page as Markdown."""
    return "\n".join((_HEAD.rstrip(), "", *_scenarios(), "", "## The rule modules", *_modules())) + "\n"


def _scenarios() -> Iterator[str]:
    yield "| name | seats | seasons | minutes of a lesson | what it is |"
    yield "|---|---|---|---|---|"
    for name in shipped.scenario_names():
        tree = tomllib.loads(shipped.scenario_source(name))
        blurb = texts.say(texts.DEFAULT, f"scenario.{name}.blurb")
        found = shipped.scenario(name)
        yield f"| `{name}` | {tree['seats']} | {found.seasons} | {minutes_of_lesson(found) or '-'} | {blurb} |"
    yield ""
    yield "Minutes of a lesson count joining (3), the first explanation (4), all clocks, 5 seconds after each phase for"
    yield "what came of it, and a minute of talk after each season. The debrief comes on top: a third as long is good."


def _modules() -> Iterator[str]:
    for module in shipped.own_modules().values():
        yield from _module(module)


def _module(module: RuleModule) -> Iterator[str]:
    sheet = getmodule(type(module))
    purpose = ((sheet.__doc__ if sheet else "") or "").partition("\n")[0]
    yield ""
    yield f"### `{module.name}`"
    yield ""
    yield purpose
    if module.phase is not None:
        yield ""
        yield f"Phase: `{module.phase}`." if module.phase else "Phase: none; it stands under `modules`."
    if module.params is not None:
        yield ""
        yield "| parameter | default | range | meaning |"
        yield "|---|---|---|---|"
        for each in parameters(module):
            bounds = f"{each.lo} to {each.hi}"
            default, bounds = ("none", f"{each.length} a size, {bounds}") if each.length else (each.default, bounds)
            yield f"| `{each.name}` | {default} | {bounds} | {each.meaning} |"
