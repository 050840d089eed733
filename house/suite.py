"""The whole test suite: vitest, then pytest group by group, and at the end what failed and one summary line.

Answers whether everything passed, and in its last lines what did not: often they are all that is kept of a run.
The groups are the ones that the time budget is kept by, and each is a process of its own: Playwright's event loop
and pytest-asyncio's don't share one. Never leaves a test out unless it is told to: a folder of `tests/` that no group
names goes into the last one. Which tests touch a file is `touching`'s to say.
"""

import math
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from house import webclient
from house.environment import Environment
from house.steps import say
from house.trouble import Trouble

__all__ = [
    "GROUPS",
    "VITEST",
    "Group",
    "Selection",
    "all_but",
    "counts_in",
    "failed_in",
    "functions_in",
    "groups_in",
    "only",
    "run",
    "sentence",
]

VITEST = "vitest"  # the web client's own tests go by this name where groups are named
_NOT_TESTS = {"bench", "__pycache__"}
_NO_TESTS_COLLECTED = 5


class Group(NamedTuple):
    """Some tests that run in one process.

    Attributes:
        name: What the group is called in the closing table.
        folders: The folders of `tests/`, or some files in them.
        budget_min: How many minutes it may take on two cores.
        dist: How its tests are handed to the cores; by `loadgroup` those of an `xdist_group`, which share a costly
            set-up, go to one. The others are by `load`, which outlives the end of a worker.
    """

    name: str
    folders: tuple[str, ...]
    budget_min: int
    dist: str = "load"


GROUPS = (
    Group("rules", ("rules", "playthroughs", "bots", "playtest"), 4),
    Group("server", ("protocol", "server", "clients", "golden"), 5),
    Group("browser", ("browser",), 13, dist="loadgroup"),
    Group("faults", ("faults",), 8),
    Group("command", ("cli", "house", "web"), 4),
)


class Selection(NamedTuple):
    """Which tests are to run, and how.

    Attributes:
        groups: The groups of Python tests, one after the other.
        vitest: Whether the web client's own tests run first.
        options: What pytest is told besides.
    """

    groups: Sequence[Group]
    vitest: bool = True
    options: Sequence[str] = ()


class _Outcome(NamedTuple):
    name: str
    code: int
    counts: Counter[str]
    functions: int
    failed: list[str]
    wall_s: float
    budget_min: float


def run(environment: Environment, selection: Selection) -> int:
    """Run the tests that are selected and return 0 where everything passed."""
    started = time.monotonic()
    outcomes = _vitest(environment) if selection.vitest else []
    outcomes += [_pytest(environment, group, selection.options) for group in selection.groups]
    for outcome in outcomes:
        limit_s = outcome.budget_min * 60
        over = f", OVER its budget of {outcome.budget_min} min" if outcome.wall_s > limit_s else ""
        functions = f" ({outcome.functions} test functions)" if outcome.functions else ""
        say(f"{outcome.name}: {sentence(outcome.counts)} in {outcome.wall_s:.0f} s{functions}{over}")
    for outcome in outcomes:
        for test in outcome.failed:
            say(f"failed in {outcome.name}: {test}")
    totals = sum((outcome.counts for outcome in outcomes), Counter[str]())
    sys.stderr.flush()
    print(f" {sentence(totals)} in {time.monotonic() - started:.2f}s ".center(100, "="), flush=True)
    return int(any(outcome.code for outcome in outcomes) or not totals["passed"])


def all_but(root: Path, names: Collection[str] = ()) -> Selection:
    """Return every test of the checkout at `root`, without the groups that are named.

    Raises:
        Trouble: There is no group of such a name.
    """
    known = [VITEST, *(group.name for group in GROUPS)]
    for name in names:
        if name not in known:
            raise Trouble(f"there is no group of tests {name!r}: there are {', '.join(known)}.")
    groups = [group for group in groups_in(root / "tests") if group.name not in names]
    return Selection(groups, VITEST not in names)


def only(root: Path, tests: Sequence[Path], *, vitest: bool) -> Selection:
    """Return these test files of the checkout at `root`, in their order as far as groups allow.

    Each group ends with its first failure.
    """
    inside = [path.relative_to(root / "tests") for path in tests]
    groups = [
        group._replace(folders=tuple(path.as_posix() for path in inside if path.parts[0] in group.folders))
        for group in groups_in(root / "tests")
    ]
    return Selection([group for group in groups if group.folders], vitest, ("-x", "--randomly-dont-reorganize"))


def groups_in(tests: Path) -> list[Group]:
    """Return the groups with the folders that there are, and in the last one whatever no group names."""
    there = {path.name for path in tests.iterdir() if path.is_dir()} - _NOT_TESTS
    left = there - {folder for group in GROUPS for folder in group.folders}
    last = GROUPS[-1]
    groups = [*GROUPS[:-1], last._replace(folders=(*last.folders, *sorted(left)))]
    kept = [group._replace(folders=tuple(f for f in group.folders if f in there)) for group in groups]
    return [group for group in kept if group.folders]


def _vitest(environment: Environment) -> list[_Outcome]:
    """Return how the web client's tests ended; there are none where it is left out."""
    if not webclient.is_there(environment.root):
        return []
    say("testing the web client with vitest")
    report = _report(environment, VITEST)
    reporters = ["--reporter=default", "--reporter=junit", f"--outputFile.junit={report}"]
    npm = [str(environment.python), "-m", "house.webclient", "npm"]
    return [_outcome(environment, VITEST, [*npm, "run", "test", "--", *reporters], report, budget_min=math.inf)]


def _pytest(environment: Environment, group: Group, options: Sequence[str]) -> _Outcome:
    say(f"testing {group.name} with pytest ({', '.join(group.folders)})")
    report = _report(environment, group.name)
    folders = [str(Path("tests", folder)) for folder in group.folders]
    spread = ["-n", str(min(2, os.cpu_count() or 1)), "--dist", group.dist]
    command = [str(environment.python), "-m", "pytest", "-q", f"--junitxml={report}", *spread, *options, *folders]
    outcome = _outcome(environment, group.name, command, report, group.budget_min)
    return outcome._replace(code=0) if outcome.code == _NO_TESTS_COLLECTED else outcome


def _report(environment: Environment, name: str) -> Path:
    """Return where a group's tests are to be reported; what an earlier run left there is gone."""
    report = environment.folder / f"tests-{name}.xml"
    report.unlink(missing_ok=True)
    return report


def _outcome(environment: Environment, name: str, command: list[str], report: Path, budget_min: float) -> _Outcome:
    """Run some tests to their end, and return how they ended by the report that they left."""
    started = time.monotonic()
    code = subprocess.run(command, cwd=environment.root, stdin=subprocess.DEVNULL, check=False).returncode
    counts = counts_in(report)
    if code not in {0, _NO_TESTS_COLLECTED} and not counts["failed"]:
        counts["errors"] = counts["errors"] or 1  # what runs the tests fell over itself
    wall_s = time.monotonic() - started
    return _Outcome(name, code, counts, functions_in(report), failed_in(report), wall_s, budget_min)


def counts_in(report: Path) -> Counter[str]:
    """Return how many tests passed, failed, were skipped or broke, by a report of pytest's or vitest's."""
    counts: Counter[str] = Counter()
    for suite in _parts(report, "testsuite"):
        number = {name: int(suite.get(name, "0")) for name in ("tests", "failures", "skipped", "errors")}
        counts["failed"] += number["failures"]
        counts["skipped"] += number["skipped"]
        counts["errors"] += number["errors"]
        counts["passed"] += number["tests"] - number["failures"] - number["skipped"] - number["errors"]
    return counts


def failed_in(report: Path) -> list[str]:
    """Return which tests failed or broke, by such a report: where each stands, then its name."""
    cases = (case for case in _parts(report, "testcase") if {"failure", "error"} & {part.tag for part in case})
    names = (" > ".join(dict.fromkeys(filter(None, (case.get("classname"), case.get("name"))))) for case in cases)
    return list(dict.fromkeys(names))  # pytest reports one twice that fails and can't be cleared up after


def functions_in(report: Path) -> int:
    """Return how many functions the tests of such a report are; with each set of its arguments one is a case."""
    cases = _parts(report, "testcase")
    return len({(case.get("classname"), (case.get("name") or "").partition("[")[0]) for case in cases})


def _parts(report: Path, tag: str) -> Iterable[ET.Element]:
    """Return a report's elements of a kind; none where there is no report."""
    return ET.parse(report).iter(tag) if report.is_file() else ()  # noqa: S314  (written a moment ago)


def sentence(counts: Counter[str]) -> str:
    """Return counts as pytest says them, `1 failed, 8 passed`."""
    parts = [f"{counts[name]} {name}" for name in ("failed", "passed", "skipped", "errors") if counts[name]]
    return ", ".join(parts) or "no tests ran"
