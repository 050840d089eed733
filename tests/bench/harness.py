"""Named benches: their registry, medians of three rounds, goals, and the comparison with the last result.

Answers with plain data that is JSON as it stands. Never names the machine: its kind, not its host.
"""

import importlib
import json
import os
import pkgutil
import platform
import statistics
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import tests.bench

__all__ = [
    "BENCHES",
    "RESULTS",
    "Bench",
    "CpuClock",
    "Figures",
    "Goal",
    "at_least",
    "at_most",
    "bench",
    "compare",
    "run",
    "save",
]

Figures = dict[str, float]
RESULTS = Path(__file__).with_name("results.json")
ROUNDS = 3


class Goal(NamedTuple):
    """A bound that a figure has to keep."""

    bound: float
    is_floor: bool

    def is_met(self, figure: float) -> bool:
        """Return whether a figure keeps the bound."""
        return figure >= self.bound if self.is_floor else figure <= self.bound


def at_least(bound: float) -> Goal:
    """Return the goal of a figure that is better the higher."""
    return Goal(bound, is_floor=True)


def at_most(bound: float) -> Goal:
    """Return the goal of a figure that is better the lower."""
    return Goal(bound, is_floor=False)


class Bench(NamedTuple):
    """One named measurement.

    Attributes:
        name: What it is called on the command line.
        says: The first line of its docstring.
        round: Measures once.
        goals: Bounds by figure.
        rounds: How often it is measured.
    """

    name: str
    says: str
    round: Callable[[], Figures]
    goals: dict[str, Goal]
    rounds: int = ROUNDS


BENCHES: dict[str, Bench] = {}


def bench(
    name: str, *, rounds: int = ROUNDS, **goals: Goal
) -> Callable[[Callable[[], Figures]], Callable[[], Figures]]:
    """Register a function that measures one round.

    Args:
        name: What the bench is called: lower case, with hyphens.
        rounds: How often it is measured; the median counts.
        goals: A bound for each figure that has one.
    """

    def register(measure: Callable[[], Figures]) -> Callable[[], Figures]:
        if name in BENCHES:
            raise ValueError(f"two benches are called {name}")
        BENCHES[name] = Bench(name, (measure.__doc__ or name).partition("\n")[0], measure, goals, rounds)
        return measure

    return register


def find_benches() -> dict[str, Bench]:
    """Import every module of this folder, so that its benches are registered, and return them by name."""
    for module in pkgutil.iter_modules(tests.bench.__path__):
        if module.name != "__main__":
            importlib.import_module(f"tests.bench.{module.name}")
    return dict(sorted(BENCHES.items()))


class CpuClock:
    """Counts the CPU seconds of a `with` block: this process's, and those of children that ended in it.

    Attributes:
        own_s: Seconds of this process, user and system, all threads.
        children_s: Seconds of child processes that were waited for inside the block; 0 on Windows.
    """

    own_s = 0.0
    children_s = 0.0

    def __enter__(self) -> Self:
        self._own_s, self._children_s = time.process_time(), _children_s()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.own_s = time.process_time() - self._own_s
        self.children_s = _children_s() - self._children_s


def _children_s() -> float:
    spent = os.times()
    return spent.children_user + spent.children_system


def run(benches: Iterable[Bench], tell: Callable[[str], None]) -> dict[str, object]:
    """Run benches and return the whole report.

    Args:
        benches: Which.
        tell: Gets a line before each bench starts.
    """
    last = json.loads(RESULTS.read_text("utf-8")) if RESULTS.is_file() else {}
    results: dict[str, object] = {}
    for one in benches:
        tell(f"{one.name}: {one.says} ({one.rounds} rounds)")
        results[one.name] = _measure(one, last.get("benches", {}).get(one.name, {}).get("figures", {}))
    here = machine()
    return {"machine": here, "same_machine_as_last": here == last.get("machine"), "benches": results}


def _measure(one: Bench, last: Figures) -> dict[str, object]:
    started = time.monotonic()
    rounds = [one.round() for _ in range(one.rounds)]
    figures = {name: _short(statistics.median(each[name] for each in rounds)) for name in rounds[0]}
    return {
        "figures": figures,
        "lowest": {name: _short(min(each[name] for each in rounds)) for name in figures},
        "highest": {name: _short(max(each[name] for each in rounds)) for name in figures},
        "goals": {
            name: {"bound": goal.bound, "is_floor": goal.is_floor, "is_met": goal.is_met(figures[name])}
            for name, goal in one.goals.items()
        },
        "against_last": compare(figures, last),
        "rounds": one.rounds,
        "wall_s": round(time.monotonic() - started, 3),
    }


def _short(figure: float) -> float:
    """Return a figure to four digits; more of them would be noise."""
    return float(f"{figure:.4g}")


def save(report: dict[str, object]) -> None:
    """Keep what was measured as the result to compare with; benches that were not run keep theirs."""
    kept = json.loads(RESULTS.read_text("utf-8")) if RESULTS.is_file() else {"benches": {}}
    benches = report["benches"]
    assert isinstance(benches, dict)
    merged = {name: {"figures": one["figures"]} for name, one in benches.items()}
    kept = {"machine": report["machine"], "benches": dict(sorted({**kept["benches"], **merged}.items()))}
    RESULTS.write_text(json.dumps(kept, indent=2) + "\n", "utf-8")


def compare(figures: Figures, last: Figures) -> dict[str, float]:
    """Return each figure as a multiple of the last committed one, where there is one."""
    return {name: round(figure / last[name], 3) for name, figure in figures.items() if last.get(name)}


def machine() -> dict[str, object]:
    """Return what kind of machine this is, as far as it explains a figure."""
    return {
        "system": platform.system(),
        "architecture": platform.machine(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
    }


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text("utf-8").splitlines() if cpuinfo.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()
