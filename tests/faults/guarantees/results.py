"""What the last long runs of the faults have found, kept in the repository: `results.json`.

Answers which fault was performed when, at which commit, how often, and what it counted and measured. A run that did
not pass is kept as it is. Quick runs and broken builds are not kept: they say nothing about the product's figures. Nor
is a part of a run kept in the place of more, unless it has found something wrong.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import attrs

__all__ = ["FILE", "Kept", "keep", "read"]

FILE: Final = Path(__file__).parent / "results.json"


@attrs.frozen(kw_only=True)
class Kept:
    """The last long run of one fault.

    Attributes:
        date: when it ended, YYYY-MM-DD.
        commit: what was tried; "-dirty" behind it where the folder held more than the commit.
        python: the version of Python that it ran on.
        verdict: `passed`, `failed`, `missed a goal` or `checked nothing`.
        seed: of all its chance.
        rounds: how often the fault has struck.
        counts: what was done and checked, by name.
        goals: of each figure that has a bound: the figure, and the bound.
    """

    date: str
    commit: str
    python: str
    verdict: str
    seed: int
    rounds: int
    counts: dict[str, int]
    goals: dict[str, tuple[float, float]]


def read(file: Path = FILE) -> dict[str, Kept]:
    """Return the kept runs by the name of their fault, in the order of names."""
    tree: dict[str, dict[str, Any]] = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    return {
        name: Kept(**{**one, "goals": {goal: (figure, bound) for goal, (figure, bound) in one["goals"].items()}})
        for name, one in sorted(tree.items())
    }


def keep(told: dict[str, Any], date: str, whole: Mapping[str, int], file: Path = FILE) -> list[str]:
    """Keep what a run of the bench has found, in the place of what was kept before of the same faults.

    Args:
        told: what `run.py faults` prints.
        date: of the run, YYYY-MM-DD.
        whole: how often each fault strikes in a long run that is whole.
        file: where it is kept.

    Returns:
        The names of the faults that were kept: none of a quick run, none of a broken build, and none of which more is
        kept.
    """
    if told["tier"] != "long" or told["build"] != "product":
        return []
    before, now = read(file), dict[str, Kept]()
    for name, one in told["faults"].items():
        run = Kept(
            date=date,
            commit=told["commit"],
            python=told["python"],
            verdict=one["verdict"],
            seed=one["seed"],
            rounds=one["struck"],
            counts=one["counts"],
            goals={goal: (each["figure"], each["bound"]) for goal, each in one["goals"].items()},
        )
        if name not in before or _replaces(run, before[name], whole[name]):
            now[name] = run
    if now:
        tree = {name: attrs.asdict(one) for name, one in sorted({**before, **now}.items())}
        file.write_text(json.dumps(tree, indent=2) + "\n", "utf-8")
    return sorted(now)


def _replaces(run: Kept, before: Kept, whole: int) -> bool:
    """Return whether a run says at least as much as the one that is kept: it is whole, as long, or has failed."""
    return run.verdict == "failed" or run.rounds >= min(before.rounds, whole)
