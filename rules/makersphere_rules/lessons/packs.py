"""Lesson packs: what each shipped scenario teaches, by which figure, card and moment, and what usually happens in it.

Names alone stand here; the sentences are texts (`lesson.*`). What usually happens is a table that
`python -m makersphere_playtest.usual` makes from many games of bots; it names a digest of how these games went, so that
a test notices when rules, bots or values have changed since.

Reads the package's own data, and nothing else.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

import attrs

__all__ = ["OTHERWISE", "Objective", "Pack", "Question", "Usual", "pack"]

# what goes otherwise in classes, in the order in which it is noticed
OTHERWISE: Final = (
    "no_birth",
    "all_born",
    "silent",
    "empty_house",
    "closing",
    "nobody_closes",
    "one_rich",
    "behind",
)


@attrs.frozen
class Objective:
    """What students will be able to explain, and where a class sees it.

    Attributes:
        mechanism: of the theory: `integration`, `energy`, `metabolism`, `community`, `resources` or `paths`.
        phase: in which it is played.
        figure: of the ecosystem, that shows it.
        card: `policy.ID` or `market.ID`, to hold up.
        moment: of the debrief, to wait for.
    """

    name: str
    mechanism: str
    phase: str
    figure: str
    card: str
    moment: str


@attrs.frozen
class Question:
    """What a class is asked before the game and after it, and the figure in which it has seen the answer."""

    name: str
    figure: str


@attrs.frozen
class Usual:
    """What usually happens: of each outcome what one game in ten does not reach, the middle, and what nine do not pass.

    Attributes:
        games: how many of bots it was made from.
        digest: of how the first of these games went.
        unused: commands that lay open and that hard bots never sent.
        figures: by outcome, three values each.
    """

    games: int
    seats: int
    digest: str
    unused: tuple[str, ...]
    figures: Mapping[str, tuple[float, float, float]]


@attrs.frozen
class Pack:
    """The lesson of a scenario.

    Attributes:
        usual: what usually happens, by size, the smallest class first.
    """

    scenario: str
    objectives: tuple[Objective, ...]
    questions: tuple[Question, ...]
    usual: tuple[Usual, ...]


@cache
def pack(scenario: str) -> Pack | None:
    """Return the lesson of a scenario, or None where nobody has written one."""
    own = _read(scenario)
    if "objectives" not in own:
        return None
    objectives, figures = _read("objectives"), _read("questions")
    return Pack(
        scenario,
        tuple(Objective(name=name, **objectives[name]) for name in own["objectives"]),
        tuple(Question(name, figures[name]) for name in own["questions"]),
        tuple(_usual(found) for found in own.get("usual", ())),
    )


def _usual(found: Mapping[str, Any]) -> Usual:
    figures = _figures(found["figures"])
    return Usual(found["games"], found["seats"], found["digest"], tuple(found["unused"]), figures)


def _figures(lists: Mapping[str, list[float]]) -> dict[str, tuple[float, float, float]]:
    return {name: (least, middle, most) for name, (least, middle, most) in lists.items()}


def _read(name: str) -> dict[str, Any]:
    found = files("makersphere_rules") / "data" / "lessons" / f"{name}.toml"
    return tomllib.loads(found.read_text("utf-8")) if name.isidentifier() and found.is_file() else {}
