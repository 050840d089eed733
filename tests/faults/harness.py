"""Named faults: their registry, what a run counts and finds, and the verdict.

A run passes where it found no problem, kept every goal, and counted something of everything that it was to
check: a run that checked nothing has failed. Goals about time are told always and judged in long runs alone.
"""

from __future__ import annotations

import asyncio
import importlib
import pkgutil
import platform
import random
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import attrs

import tests.faults

__all__ = ["FAULTS", "Fault", "Run", "fault", "find_faults", "perform", "report"]

_ROOT = Path(__file__).parents[2]
_MOST_PROBLEMS = 20  # told of one run


@attrs.frozen
class Goal:
    """A figure and the bound that it has to keep; `judged` false: told, but no reason to fail."""

    figure: float
    bound: float
    is_met: bool
    judged: bool


@attrs.define
class Run:
    """One performance of a fault.

    Attributes:
        seed: of all chance in it; the same seed tries the same again.
        rounds: how often the fault is to strike.
        struck: how often it has struck.
        seconds: how long it may go on at most; None: until the rounds are done.
        is_quick: the short part that the tests run: no figure of time is judged.
        folder: for data, journals and the server's log.
        build: which build of the server is tried, "" for the product.
        counts: what was done and checked.
        figures: what was measured.
        problems: what is wrong.
    """

    seed: int
    rounds: int
    folder: Path
    seconds: float | None = None
    is_quick: bool = False
    build: str = ""
    tell: Callable[[str], None] = lambda _: None
    counts: Counter[str] = attrs.field(factory=Counter)
    figures: dict[str, float] = attrs.field(factory=dict)
    goals: dict[str, Goal] = attrs.field(factory=dict)
    notes: list[str] = attrs.field(factory=list)
    problems: list[str] = attrs.field(factory=list)
    must_count: set[str] = attrs.field(factory=set)
    _started: float = attrs.field(factory=time.monotonic)
    _done: int | None = None  # rounds, as told last; None: the fault has none and strikes once

    def chance(self, of: str) -> random.Random:
        """Return chance for one purpose, from the seed."""
        return random.Random(f"{self.seed} {of}")

    def expect(self, *names: str) -> None:
        """Say what has to have been counted in the end."""
        self.must_count.update(names)

    def problem(self, sentence: str) -> None:
        """Note what is wrong."""
        self.problems.append(sentence)

    def figure(self, name: str, value: float, at_most: float | None = None) -> None:
        """Note a measurement, and where there is a bound to it, whether it is kept."""
        self.figures[name] = round(value, 6)
        if at_most is not None:
            self.goals[name] = Goal(round(value, 6), round(at_most, 6), value <= at_most, not self.is_quick)

    def goes_on(self, done: int) -> bool:
        """Return whether another round is due after `done`, and show how far it is."""
        spent, self._done = time.monotonic() - self._started, done
        self.tell(f"{done}/{self.rounds} rounds, {spent:.0f} s, {len(self.problems)} problems")
        return done < self.rounds and (self.seconds is None or spent < self.seconds) and not self.problems

    @property
    def struck(self) -> int:
        """Return how often the fault has struck: all its rounds, unless time or a problem has ended it earlier."""
        if self._done is None:
            return 0 if self.problems else 1
        return self._done if self.seconds is not None or self.problems else max(self.rounds, self._done)

    @property
    def verdict(self) -> str:
        """Return "passed", or why not in a word."""
        if self.problems:
            return "failed"
        if any(not self.counts[name] for name in self.must_count) or not self.must_count:
            return "checked nothing"
        return "passed" if all(goal.is_met or not goal.judged for goal in self.goals.values()) else "missed a goal"


@attrs.frozen
class Fault:
    """Something that goes wrong, and how often it does so in a long and in a quick run."""

    name: str
    says: str
    perform: Callable[[Run], Awaitable[None]]
    rounds: int
    quick_rounds: int


FAULTS: dict[str, Fault] = {}


def fault(
    name: str, *, rounds: int, quick_rounds: int
) -> Callable[[Callable[[Run], Awaitable[None]]], Callable[[Run], Awaitable[None]]]:
    """Register a fault under a name."""

    def register(perform: Callable[[Run], Awaitable[None]]) -> Callable[[Run], Awaitable[None]]:
        if name in FAULTS:
            raise ValueError(f"two faults are called {name}")
        FAULTS[name] = Fault(name, (perform.__doc__ or name).partition("\n")[0], perform, rounds, quick_rounds)
        return perform

    return register


def find_faults() -> dict[str, Fault]:
    """Import every module of this folder, so that its faults are registered, and return them by name."""
    for module in pkgutil.iter_modules(tests.faults.__path__):
        if not module.name.startswith(("_", "test_", "conftest")):
            importlib.import_module(f"tests.faults.{module.name}")
    return dict(sorted(FAULTS.items()))


def perform(
    one: Fault,
    seed: int,
    tell: Callable[[str], None] = lambda _: None,
    *,
    rounds: int | None = None,
    seconds: float | None = None,
    is_quick: bool = False,
    build: str = "",
) -> Run:
    """Perform a fault once; its folder stays where the run did not pass."""
    folder = Path(tempfile.mkdtemp(prefix=f"makersphere-{one.name}-"))
    usual = one.quick_rounds if is_quick else one.rounds
    run = Run(seed, rounds or usual, folder, seconds, is_quick, build, lambda line: tell(f"{one.name}: {line}"))
    try:
        asyncio.run(one.perform(run))  # type: ignore[arg-type]  # every fault is a coroutine function
    except Exception as error:  # noqa: BLE001  (whatever it is, the run has failed, and the report says how)
        run.problem(f"{type(error).__name__}: {_innermost(error)}")
    if run.verdict == "passed":
        shutil.rmtree(folder, ignore_errors=True)
    return run


def _innermost(error: BaseException) -> str:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return f"{type(error).__name__} {error}"


def report(run: Run) -> dict[str, Any]:
    """Return everything about a run as plain data."""
    passed = run.verdict == "passed"
    return {
        "verdict": run.verdict,
        "seed": run.seed,
        "rounds": run.rounds,
        "struck": run.struck,
        "seconds": run.seconds,
        "counts": dict(sorted(run.counts.items())),
        "nothing_of": sorted(name for name in run.must_count if not run.counts[name]),
        "figures": run.figures,
        "goals": {name: attrs.asdict(goal) for name, goal in run.goals.items()},
        "notes": run.notes,
        "problems": run.problems[:_MOST_PROBLEMS],
        "more_problems": max(0, len(run.problems) - _MOST_PROBLEMS),
        "evidence": "" if passed else str(run.folder),
        "wall_s": round(time.monotonic() - run._started, 1),
    }


def machine() -> dict[str, object]:
    """Return the commit and the kind of machine; never its name."""
    asked = ["git", "describe", "--always", "--dirty", "--abbrev=12"]
    done = subprocess.run(asked, cwd=_ROOT, capture_output=True, text=True, check=False)
    return {
        "commit": done.stdout.strip(),
        "system": platform.system(),
        "architecture": platform.machine(),
        "python": platform.python_version(),
    }
