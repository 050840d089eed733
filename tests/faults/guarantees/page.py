"""The figures on the page of guarantees, filled in from the last long runs: `docs/guarantees.md`.

The page is written by hand, but for what stands between `<!-- figures of: kills, storm -->` and `<!-- end -->`.
`run.py faults --save` fills these tables, and a test keeps them current. Says nothing that no run has found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.faults.guarantees.results import Kept

__all__ = ["PAGE", "faults_on", "filled"]

PAGE: Final = Path(__file__).parents[3] / "docs/guarantees.md"
_BLOCK: Final = re.compile(r"(<!-- figures of: ([\w, -]+) -->\n).*?(<!-- end -->)", re.DOTALL)
_HEAD: Final = "| fault | last long run | what it did | figures, with their bounds |\n|---|---|---|---|\n"


def filled(text: str, kept: Mapping[str, Kept]) -> str:
    """Return the page with the table of each block made anew from the kept runs, by the name of the fault."""

    def table(block: re.Match[str]) -> str:
        rows = "".join(_row(name, kept.get(name)) for name in _names(block[2]))
        return f"{block[1]}{_HEAD}{rows}{block[3]}"

    return _BLOCK.sub(table, text)


def faults_on(text: str) -> set[str]:
    """Return the names of the faults that the page has figures of."""
    return {name for block in _BLOCK.finditer(text) for name in _names(block[2])}


def _names(listed: str) -> list[str]:
    return [name.strip() for name in listed.split(",")]


def _row(name: str, run: Kept | None) -> str:
    if run is None:
        return f"| `{name}` | no long run is kept | | |\n"
    counts = ", ".join(f"{_words(what)} {count:,}" for what, count in run.counts.items())
    goals = ", ".join(f"{_words(what)} {figure:g} (≤ {bound:g})" for what, (figure, bound) in run.goals.items())
    return f"| `{name}` | {run.verdict}, {run.date}, {run.commit} | {counts} | {goals} |\n"


def _words(name: str) -> str:
    return name.replace("_", " ")
