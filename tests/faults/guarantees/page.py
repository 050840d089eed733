"""The figures on the page of guarantees, filled in from the last long runs: `docs/guarantees.md`.

The page is written by hand, but for what stands between `<!-- figures of: kills, storm -->`, or `<!-- all figures -->`,
and `<!-- end -->`. Under a promise stands what a reader asks first, in the words of `words.toml`; at the page's end
stands everything that was counted and measured. `run.py faults --save` fills these places, and a test keeps them
current. Says nothing that no run has found, and hides no bound that was missed.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, Final

from tests.faults.guarantees.results import Kept

__all__ = ["PAGE", "WORDS", "faults_on", "filled"]

PAGE: Final = Path(__file__).parents[3] / "docs/guarantees.md"
WORDS: Final[dict[str, dict[str, Any]]] = tomllib.loads((Path(__file__).parent / "words.toml").read_text("utf-8"))
_BLOCK: Final = re.compile(r"(<!-- figures of: ([\w, -]+) -->\n).*?(<!-- end -->)", re.DOTALL)
_ALL: Final = re.compile(r"(<!-- all figures -->\n).*?(<!-- end -->)", re.DOTALL)
_HEAD: Final = "| fault | last long run | what it did | figures, each with its bound |\n|---|---|---|---|\n"
_UNITS: Final = {"_kib": "KiB", "_kib_each": "KiB", "_mib": "MiB"}
_MILLI_BELOW_S: Final = 1.0
_WHOLE_FROM: Final = 1000  # from here on no digits behind the point
_SOUND: Final = ("passed", "missed a goal")

Goal = tuple[float, float]  # the figure, and its bound


def filled(text: str, kept: Mapping[str, Kept], whole: Mapping[str, int]) -> str:
    """Return the page with its figures made anew.

    Args:
        text: of the page.
        kept: the last long runs, by the name of the fault.
        whole: how often each fault strikes in a long run that is whole.
    """

    def table(block: re.Match[str]) -> str:
        rows = "".join(_row(name, kept.get(name), whole.get(name, 0)) for name in _names(block[2]))
        return f"{block[1]}{_HEAD}{rows}{block[3]}"

    def everything(block: re.Match[str]) -> str:
        return block[1] + "".join(_everything(name, run) for name, run in sorted(kept.items())) + block[2]

    return _ALL.sub(everything, _BLOCK.sub(table, text))


def faults_on(text: str) -> set[str]:
    """Return the names of the faults that the page has figures of."""
    return {name for block in _BLOCK.finditer(text) for name in _names(block[2])}


def _names(listed: str) -> list[str]:
    return [name.strip() for name in listed.split(",")]


def _row(name: str, run: Kept | None, whole: int) -> str:
    if run is None:
        return f"| `{name}` | no long run is kept | | |\n"
    return f"| `{name}` | {_said_of(name, run, whole)} | {_did(name, run)} | {_figures(name, run)} |\n"


def _did(name: str, run: Kept) -> str:
    """Return what a run did and compared; the words are true of a run that has found nothing wrong, and of no other."""
    if run.verdict not in _SOUND:
        return "it proves nothing, or something was wrong; what it counted stands at the end of this page"
    counts = defaultdict(lambda: "0", {count: f"{number:,}" for count, number in run.counts.items()})
    return str(WORDS[name]["did"].format_map(counts))


def _said_of(name: str, run: Kept, whole: int) -> str:
    """Return how a run ended, whether it was whole, and when and at which commit it was."""
    extent = "whole" if run.rounds >= whole else "not whole"
    struck = f": {run.rounds:,} of {whole:,} {WORDS[name]['struck']}" if whole > 1 else ""
    return f"{run.verdict}; {extent}{struck}; {run.date}, {run.commit}"


def _figures(name: str, run: Kept) -> str:
    """Return what missed its bound, then the figures that matter first, then how many more there are."""
    left, missed, told = dict(run.goals), list[str](), list[str]()
    for pattern, words in WORDS[name].get("figures", {}).items():
        found = {goal: pair for goal, pair in left.items() if fnmatchcase(goal, pattern)}
        if not found:
            continue
        worst = max(found, key=lambda goal: _share(found[goal]))
        among = f"; {_words(_varying(worst, pattern))}, the worst of {len(found)}" if len(found) > 1 else ""
        (missed if _is_missed(found[worst]) else told).append(f"{words} {_with_bound(worst, found[worst], among)}")
        left = {goal: pair for goal, pair in left.items() if goal not in found or (goal != worst and _is_missed(pair))}
    missed += [f"{_words(goal)} {_with_bound(goal, pair)}" for goal, pair in left.items() if _is_missed(pair)]
    return "; ".join([*(f"**missed: {one}**" for one in missed), *told])


def _is_missed(goal: Goal) -> bool:
    return goal[0] > goal[1]


def _share(goal: Goal) -> float:
    """Return how much of its bound a figure takes."""
    figure, bound = goal
    return figure / bound if bound else figure


def _varying(name: str, pattern: str) -> str:
    """Return what stands for the star of a pattern in a name."""
    before, _, after = pattern.partition("*")
    return name.removeprefix(before).removesuffix(after)


def _with_bound(name: str, goal: Goal, among: str = "") -> str:
    figure, bound = goal
    if name.endswith("_over_bound_s"):  # the bound itself hangs on what was measured in quiet whiles
        side = "above" if _is_missed(goal) else "below"
        return f"{_measured(name, abs(figure))} {side} its bound (1.2 × that of quiet whiles + 5 ms{among})"  # noqa: RUF001
    return f"{_measured(name, figure)} (at most {_measured(name, bound)}{among})"


def _measured(name: str, figure: float) -> str:
    """Return a figure with the unit that the end of its name tells."""
    if name.endswith("_s"):
        is_small = 0 < abs(figure) < _MILLI_BELOW_S
        return f"{_short(figure * 1000)} ms" if is_small else f"{_short(figure)} s"
    if name.endswith("_bytes"):
        return f"{_short(figure / 1024)} KiB"
    if name.endswith("_share"):
        return f"{_short(figure * 100)} of 100"
    unit = next((f" {unit}" for end, unit in _UNITS.items() if name.endswith(end)), "")
    return _short(figure) + unit


def _short(figure: float) -> str:
    """Return a figure with three digits that count; all of them where it is larger."""
    return f"{figure:,.0f}" if abs(figure) >= _WHOLE_FROM else f"{float(f'{figure:.3g}'):,g}"


def _everything(name: str, run: Kept) -> str:
    """Return a line of all that a run has counted and measured, as exact as it is kept."""
    counts = ", ".join(f"{_words(what)} {count:,}" for what, count in run.counts.items())
    goals = "".join(f"; {_words(what)} {figure:g} (at most {bound:g})" for what, (figure, bound) in run.goals.items())
    return f"- `{name}`, seed {run.seed}, Python {run.python}: {counts}{goals}\n"


def _words(name: str) -> str:
    return name.replace("_", " ")
