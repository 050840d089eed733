"""The page *Where is it?* as data: its sections, their rows, and what each row says of files, symbols and tests.

Answers what docs/where-is-it.md says, never whether it is true: that is `test_where_is_it.py`'s to ask. A row is
`names: words | file with the symbols that it defines | test`; names stand in front in backticks. Places are links, each
followed by its symbols; several are set apart by ` · `.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

from tests.house.checkout import ROOT

__all__ = ["PAGE", "Place", "Row", "places_in", "read"]

PAGE = ROOT / "docs/where-is-it.md"
_NAMES = re.compile(r"(?:`[^`]+`(?:, )?)+")
_QUOTED = re.compile(r"`([^`]+)`")
_PLACE = re.compile(r"\[([^\]]+)\]\(([^)]+)\)((?:,? ?`[^`]+`)*)")


class Place(NamedTuple):
    """A file, as a cell leads there, and the symbols that are said to be defined in it."""

    label: str
    path: Path
    symbols: tuple[str, ...]


class Row(NamedTuple):
    """One row: what is looked for, where it is, and which tests hold it.

    Attributes:
        section: The heading above it.
        names: What stands in front.
        words: Whatever else the first cells quote.
        listed: What the second cell lists, where it is no place.
        places: The files.
        tests: The tests.
        held: What the last cell quotes, where it names no test.
    """

    section: str
    names: tuple[str, ...]
    words: tuple[str, ...]
    listed: tuple[str, ...]
    places: tuple[Place, ...]
    tests: tuple[Path, ...]
    held: tuple[str, ...]

    def __str__(self) -> str:
        """Return what the row is about."""
        return f"{self.section}: {', '.join(self.names)}"


def read(text: str) -> dict[str, list[Row]]:
    """Return the rows of a page by section."""
    found: dict[str, list[Row]] = defaultdict(list)
    section, is_head = "", True
    for line in text.splitlines():
        if line.startswith("## "):
            section = line.removeprefix("## ")
        if not line.startswith("|"):
            is_head = True
        elif line.startswith("|---"):
            is_head = False
        elif not is_head:
            found[section].append(_row(section, [cell.strip() for cell in line.strip("|").split(" | ")]))
    return found


def _row(section: str, cells: list[str]) -> Row:
    first, *others, last = cells
    names = _NAMES.match(first)
    lists = [cell for cell in others if "](" not in cell]
    return Row(
        section,
        tuple(_QUOTED.findall(names[0])) if names else (),
        tuple(name for cell in (first, *lists) for name in _QUOTED.findall(cell)),
        tuple(name for cell in lists for name in _QUOTED.findall(cell)),
        tuple(place for cell in others for place in places_in(cell)),
        tuple(place.path for place in places_in(last)),
        tuple(_QUOTED.findall(last)),
    )


def places_in(text: str) -> list[Place]:
    """Return what the links in a piece of the page lead to, those to the web left out."""
    return [
        Place(label, (PAGE.parent / path.partition("#")[0]).resolve(), tuple(_QUOTED.findall(symbols)))
        for label, path, symbols in _PLACE.findall(text)
        if not path.startswith(("#", "https://"))
    ]
