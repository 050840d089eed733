"""The whole test suite: vitest, then pytest group by group, and one summary line at the end.

Answers whether everything passed. The groups are the ones that the time budget is kept by, and each is a
process of its own: Playwright's event loop and pytest-asyncio's don't share one. Never leaves a test out: a
folder of `tests/` that no group names goes into the last one.
"""

import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from house import webclient
from house.environment import Environment
from house.steps import say

__all__ = ["GROUPS", "Group", "counts_in", "groups_in", "run"]

_NOT_TESTS = {"bench", "__pycache__"}
_NO_TESTS_COLLECTED = 5


class Group(NamedTuple):
    """Some folders of `tests/` that run in one process.

    Attributes:
        name: What the group is called in the closing table.
        folders: The folders of `tests/`.
        budget_min: How many minutes it may take on two cores.
        spread: Whether it is spread over two cores; a browser already is.
    """

    name: str
    folders: tuple[str, ...]
    budget_min: int
    spread: bool


GROUPS = (
    Group("rules", ("rules", "playthroughs", "bots", "playtest"), 6, spread=True),
    Group("server", ("protocol", "server", "clients", "golden"), 6, spread=True),
    Group("browser", ("browser",), 8, spread=False),
    Group("faults", ("faults",), 2, spread=True),
    Group("command", ("cli", "house", "web"), 3, spread=True),
)


class _Outcome(NamedTuple):
    name: str
    code: int
    counts: Counter[str]
    wall_s: float
    budget_min: int


def run(environment: Environment) -> int:
    """Run all tests and return 0 where everything passed."""
    started = time.monotonic()
    web = _vitest(environment)
    outcomes = [_pytest(environment, group) for group in groups_in(environment.root / "tests")]
    for outcome in outcomes:
        limit_s = outcome.budget_min * 60
        over = f", OVER its budget of {outcome.budget_min} min" if outcome.wall_s > limit_s else ""
        say(f"{outcome.name}: {_sentence(outcome.counts)} in {outcome.wall_s:.0f} s{over}")
    if web:
        say("vitest: failed, see above")
    totals = sum((outcome.counts for outcome in outcomes), Counter[str]())
    sys.stderr.flush()
    print(f" {_sentence(totals)} in {time.monotonic() - started:.2f}s ".center(100, "="), flush=True)
    return int(bool(web) or any(outcome.code for outcome in outcomes) or not totals["passed"])


def groups_in(tests: Path) -> list[Group]:
    """Return the groups with the folders that there are, and in the last one whatever no group names."""
    there = {path.name for path in tests.iterdir() if path.is_dir()} - _NOT_TESTS
    left = there - {folder for group in GROUPS for folder in group.folders}
    last = GROUPS[-1]
    groups = [*GROUPS[:-1], last._replace(folders=(*last.folders, *sorted(left)))]
    kept = [group._replace(folders=tuple(f for f in group.folders if f in there)) for group in groups]
    return [group for group in kept if group.folders]


def _vitest(environment: Environment) -> int:
    if not webclient.is_there(environment.root):
        return 0
    say("testing the web client with vitest")
    command = [str(environment.python), "-m", "house.webclient", "npm", "run", "test"]
    return subprocess.run(command, cwd=environment.root, stdin=subprocess.DEVNULL, check=False).returncode


def _pytest(environment: Environment, group: Group) -> _Outcome:
    say(f"testing {group.name} with pytest ({', '.join(group.folders)})")
    report = environment.folder / f"tests-{group.name}.xml"
    report.unlink(missing_ok=True)
    folders = [str(Path("tests", folder)) for folder in group.folders]
    spread = ["-n", str(min(2, os.cpu_count() or 1))] if group.spread else []
    command = [str(environment.python), "-m", "pytest", "-q", f"--junitxml={report}", *spread, *folders]
    started = time.monotonic()
    code = subprocess.run(command, cwd=environment.root, stdin=subprocess.DEVNULL, check=False).returncode
    counts = counts_in(report)
    if code == _NO_TESTS_COLLECTED:
        code = 0
    elif code and not counts["failed"]:
        counts["errors"] = counts["errors"] or 1  # pytest itself fell over
    return _Outcome(group.name, code, counts, time.monotonic() - started, group.budget_min)


def counts_in(report: Path) -> Counter[str]:
    """Return how many tests passed, failed, were skipped or broke, by pytest's own report."""
    counts: Counter[str] = Counter()
    if report.is_file():
        for suite in ET.parse(report).iter("testsuite"):  # noqa: S314  (pytest wrote it a moment ago)
            number = {name: int(suite.get(name, "0")) for name in ("tests", "failures", "skipped", "errors")}
            counts["failed"] += number["failures"]
            counts["skipped"] += number["skipped"]
            counts["errors"] += number["errors"]
            counts["passed"] += number["tests"] - number["failures"] - number["skipped"] - number["errors"]
    return counts


def _sentence(counts: Counter[str]) -> str:
    parts = [f"{counts[name]} {name}" for name in ("failed", "passed", "skipped", "errors") if counts[name]]
    return ", ".join(parts) or "no tests ran"
