"""What the last long runs of the faults have found, kept in the repository: `results.json`.

Answers which fault was performed when, at which commit, how often, and what it counted and measured. A run that did
not pass is kept as it is. Quick runs and broken builds are not kept: they say nothing about the product's figures.
"""

from __future__ import annotations

import json
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
        rounds: how often the fault was to strike.
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


def keep(whole: dict[str, Any], date: str, file: Path = FILE) -> list[str]:
    """Keep what a run of the bench has found, in the place of what was kept before of the same faults.

    Args:
        whole: what `run.py faults` prints.
        date: of the run, YYYY-MM-DD.
        file: where it is kept.

    Returns:
        The names of the faults that were kept: none of a quick run and none of a broken build.
    """
    if whole["tier"] != "long" or whole["build"] != "product":
        return []
    kept = {name: attrs.asdict(one) for name, one in read(file).items()}
    for name, one in whole["faults"].items():
        kept[name] = attrs.asdict(
            Kept(
                date=date,
                commit=whole["commit"],
                python=whole["python"],
                verdict=one["verdict"],
                seed=one["seed"],
                rounds=one["rounds"],
                counts=one["counts"],
                goals={goal: (each["figure"], each["bound"]) for goal, each in one["goals"].items()},
            )
        )
    file.write_text(json.dumps(dict(sorted(kept.items())), indent=2) + "\n", "utf-8")
    return sorted(whole["faults"])
