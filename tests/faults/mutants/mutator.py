"""A process that tests are forked from, with modules of ours changed: it has imported everything that is not ours.

Run as `python -m tests.faults.mutants.mutator`. A line of its input is JSON: `sources` by module, empty where nothing
is changed; `files` of tests; `tests`, the ones of them that run, or none for all; `failed`, a file for the name of the
first one that fails; `most_s` and `most_cpu_s`, after which they are taken to hang, as they are when they take no CPU
for a minute; `survey`, a file for what each test goes through (`survey.py`): with it all of them run, else until one
fails. On its output comes `code` of pytest, 0 where all passed, and `cpu_s`, which other work on the machine does not
change. What tests start as processes of their own is not changed.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, Final, TextIO

import msgspec  # noqa: F401  (these are there before the fork)
import pytest
import sqlalchemy  # noqa: F401
import structlog  # noqa: F401
import websockets.asyncio.client
import websockets.asyncio.server  # noqa: F401

from tests.faults.mutants.mutants import PROBE
from tests.faults.mutants.survey import Survey

__all__ = ["FELL", "OPTIONS", "FirstFailed", "serve"]

FELL: Final = 70  # the code where an order could not be performed at all
_WITHOUT_END: Final = 71  # where it took all the memory that it may have
_STILL_S: Final = 60.0  # in which a fork that does not hang takes some CPU
_MOST_BYTES: Final = 3 << 30  # of memory, so that a mutant without an end takes nobody else's
OPTIONS: Final = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:randomly")


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds some modules changed, and nothing else."""

    def __init__(self, sources: dict[str, str], survey: Survey) -> None:
        self._sources, self._survey = sources, survey

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> Any:  # noqa: ANN401
        if name not in self._sources:
            return None
        found = importlib.machinery.PathFinder.find_spec(name, path)
        if found is not None:
            found.loader = self
        return found

    def exec_module(self, module: ModuleType) -> None:
        assert module.__spec__ is not None
        name = module.__name__
        module.__dict__[PROBE] = self._survey.probe(name)
        exec(compile(self._sources[name], module.__spec__.origin or name, "exec"), module.__dict__)  # noqa: S102


class FirstFailed:
    """Writes the name of the first test that fails into a file."""

    def __init__(self) -> None:
        self.file = Path(os.devnull)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a failure; pytest goes no further."""
        if report.failed:
            self.file.write_text(report.nodeid, "utf-8")


class _Only:
    """Lets some tests of the collected ones run, in the order that they are collected in."""

    def __init__(self, tests: list[str]) -> None:
        self._tests = set(tests)

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        if self._tests:
            items[:] = [item for item in items if item.nodeid in self._tests]


def _try(order: dict[str, Any]) -> int:
    """Run the tests in this process, which is a fork."""
    survey = Survey()
    sys.meta_path.insert(0, _Finder(order["sources"], survey))
    if not order["survey"]:
        failed = FirstFailed()
        failed.file = Path(order["failed"])
        return int(pytest.main(["-x", *OPTIONS, *order["files"]], plugins=[_Only(order["tests"]), failed]))
    code = int(pytest.main(["--continue-on-collection-errors", *OPTIONS, *order["files"]], plugins=[survey]))
    survey.write(Path(order["survey"]))
    return code


def _wait(pid: int, most_s: float) -> dict[str, float]:
    """Return how a fork ended and what it took; one that hangs is ended with all that it has started."""
    ends = time.monotonic() + most_s
    used_s, still_until = 0.0, time.monotonic() + _STILL_S
    while (now := time.monotonic()) < min(ends, still_until):
        done, status, used = os.wait4(pid, os.WNOHANG)
        if done:
            return {"code": os.waitstatus_to_exitcode(status), "cpu_s": used.ru_utime + used.ru_stime}
        if (cpu_s := _cpu_s(pid)) > used_s:
            used_s, still_until = cpu_s, now + _STILL_S
        time.sleep(0.02)
    os.killpg(pid, signal.SIGKILL)
    _, _, used = os.wait4(pid, 0)
    return {"code": -signal.SIGKILL, "cpu_s": used.ru_utime + used.ru_stime}


def _cpu_s(pid: int) -> float:
    """Return what a process has taken until now, or the time where the system does not say it in this way."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    except OSError:
        return time.monotonic()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def serve(orders: TextIO, answers: TextIO, perform: Callable[[dict[str, Any]], int]) -> None:
    """Fork for each order, let the fork perform it, and answer how it ended."""
    for line in orders:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            code = FELL
            try:
                os.setpgid(0, 0)  # ended with what it starts; in a session of its own it would lose its priority
                resource.setrlimit(resource.RLIMIT_CPU, (order["most_cpu_s"], order["most_cpu_s"]))
                resource.setrlimit(resource.RLIMIT_DATA, (_MOST_BYTES, _MOST_BYTES))
                quiet = os.open(os.devnull, os.O_WRONLY)
                os.dup2(quiet, 1)
                os.dup2(quiet, 2)
                code = perform(order)
            except MemoryError:
                code = _WITHOUT_END
            finally:
                os._exit(code)
        print(json.dumps(_wait(pid, order["most_s"])), file=answers, flush=True)


if __name__ == "__main__":
    serve(sys.stdin, sys.stdout, _try)
