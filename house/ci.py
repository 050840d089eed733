"""What a change has to pass, on each Python that `pyproject.toml` promises: `.ci/run`, or `python3 -m house.ci`.

Answers with everything on the Python that starts it, everything but browser and faults on the system's own Python where
that is another one, and set-up and the tests of the protocol on each promised Python that is left. Every part is a
`run.py` of its own with an environment of its own; one that fails does not keep the others from running. The last
lines say of each part how it ended, and then what all of them had together.

A Python that this machine has not got is said in a line, and where `CI` is set it fails: what is not tried there is
tried nowhere. Never fetches a Python.
"""

import os
import platform
import re
import subprocess
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from house import suite, system
from house.environment import FOLDER, VARIABLE, Environment
from house.steps import say

__all__ = ["Outcome", "Part", "Python", "close", "find", "main", "plan", "promised"]

_SYSTEMS_OWN = "/usr/bin/python3"
_ASKED = "import platform, sys; print(platform.python_version(), sys.base_prefix)"
_PROTOCOL = "tests/protocol"


class Python(NamedTuple):
    """An interpreter of this machine: the program, its version ("3.13.5"), and where it is installed."""

    program: str
    version: str
    prefix: str

    @property
    def minor(self) -> str:
        """Return the version as it is promised, "3.13"."""
        return self.version.rpartition(".")[0]


class Part(NamedTuple):
    """One run of `run.py`, by a Python, with an environment in a folder."""

    name: str
    python: Python
    folder: str
    arguments: Sequence[str]


class Outcome(NamedTuple):
    """How a part ended: as a sentence, as counts of tests, and which of them failed."""

    name: str
    says: str
    counts: Counter[str]
    failed: Sequence[str] = ()


def main() -> int:
    """Run all parts and return 0 where each of them passed."""
    started = time.monotonic()
    root = Path(__file__).resolve().parent.parent
    versions = promised(root)
    starter = Python(sys.executable, platform.python_version(), sys.base_prefix)
    others = {version: find(version, os.environ) for version in versions}
    parts = plan(starter, asked(_SYSTEMS_OWN), others)
    outcomes = [_carried_out(root, part) for part in parts]
    missing = [version for version in versions if version not in {part.python.minor for part in parts}]
    outcomes += [_missing(version, in_ci=bool(os.environ.get("CI"))) for version in missing]
    return close(outcomes, time.monotonic() - started)


def promised(root: Path) -> list[str]:
    """Return the Pythons that the classifiers of `pyproject.toml` name: ["3.11", "3.12", "3.13"]."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    found = (re.fullmatch(r"Programming Language :: Python :: (\d+\.\d+)", line) for line in project["classifiers"])
    return [match[1] for match in found if match]


def plan(starter: Python, systems_own: Python | None, others: Mapping[str, Python | None]) -> list[Part]:
    """Return what is to run.

    Args:
        starter: The Python that gets everything.
        systems_own: The one that gets everything but browser and faults, unless it is the starter or not promised.
        others: By promised version, one for those that are left; None where there is none.
    """
    parts = [Part("all tests", starter, FOLDER, ["test"])]
    is_other = systems_own is not None and (systems_own.version, systems_own.prefix) != starter[1:]
    if systems_own is not None and is_other and systems_own.minor in others:
        without = ["test", "--without", "browser,faults"]
        folder = f"{FOLDER}-{systems_own.minor}"
        parts.append(Part("tests without browser and faults", systems_own, folder, without))
    for version, python in others.items():
        if python is not None and version not in {part.python.minor for part in parts}:
            folder = f"{FOLDER}-{version}"
            report = f"--junitxml={folder}/tests-protocol.xml"
            parts.append(Part("set-up and tests of the protocol", python, folder, ["test", "-q", report, _PROTOCOL]))
    return [*parts, Part("check", starter, FOLDER, ["check"])]  # last: what it complains of stands right before the end


def find(version: str, variables: Mapping[str, str]) -> Python | None:
    """Return a Python of a version that starts: by its name on PATH, or one that pyenv keeps; None where there is none.

    pyenv puts a name on PATH for each Python that it keeps, and that name starts only those that are chosen.
    """
    kept = Path(variables.get("PYENV_ROOT") or Path.home() / ".pyenv", "versions")
    programs = [f"python{version}", *sorted(map(str, kept.glob(f"{version}.*/bin/python3")))]
    found = (asked(program) for program in programs)
    return next((python for python in found if python is not None and python.minor == version), None)


def asked(program: str) -> Python | None:
    """Return what a Python says of itself, or None where it does not start."""
    try:
        done = subprocess.run([program, "-c", _ASKED], capture_output=True, text=True, check=False)
    except OSError:
        return None
    version, _, prefix = done.stdout.strip().partition(" ")
    return Python(program, version, prefix) if done.returncode == 0 else None


def _carried_out(root: Path, part: Part) -> Outcome:
    started = time.monotonic()
    name = f"{part.name} on Python {part.python.version}"
    say(f"==== {name} ====")
    environment = Environment(root, part.folder)
    environment.folder.mkdir(exist_ok=True)
    system.ensure_venv(environment.steps, part.python.program, part.python.minor)
    held = asked(str(environment.python))
    if held is not None and held.minor != part.python.minor:
        return Outcome(name, f"{part.folder} holds Python {held.version}: delete it", Counter(errors=1))
    for report in _reports(environment):
        report.unlink()
    command = [part.python.program, "run.py", *part.arguments]
    variables = {**os.environ, VARIABLE: part.folder}
    code = subprocess.run(command, cwd=root, env=variables, stdin=subprocess.DEVNULL, check=False).returncode
    counts = sum(map(suite.counts_in, _reports(environment)), Counter[str]())
    if code and not counts["failed"]:
        counts["errors"] = counts["errors"] or 1
    says = suite.sentence(counts) if counts else "passed"
    failed = [test for report in _reports(environment) for test in suite.failed_in(report)]
    return Outcome(name, f"{says} in {time.monotonic() - started:.0f} s", counts, failed)


def _reports(environment: Environment) -> Iterator[Path]:
    yield from sorted(environment.folder.glob("tests-*.xml"))


def _missing(version: str, *, in_ci: bool) -> Outcome:
    return Outcome(
        f"set-up and tests of the protocol on Python {version}",
        f"{'FAILED' if in_ci else 'LEFT OUT'}, there is no Python {version} on PATH nor among pyenv's",
        Counter(errors=1) if in_ci else Counter(),
    )


def close(outcomes: Iterable[Outcome], wall_s: float) -> int:
    """Say how each part ended and what all had together; return 0 where nothing failed."""
    outcomes = list(outcomes)
    for outcome in outcomes:
        for test in outcome.failed:
            say(f"failed in {outcome.name}: {test}")
    for outcome in outcomes:
        say(f"{outcome.name}: {outcome.says}")
    totals = sum((outcome.counts for outcome in outcomes), Counter[str]())
    sys.stderr.flush()
    print(f" {suite.sentence(totals)} in {wall_s:.2f}s ".center(100, "="), flush=True)
    return int(bool(totals["failed"] or totals["errors"]) or not totals["passed"])


if __name__ == "__main__":
    sys.exit(main())
