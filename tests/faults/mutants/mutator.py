"""A process that tests are forked from, with one module mutated: it has imported everything that is not ours.

Run as `python -m tests.faults.mutants.mutator`. A line of its input is JSON: `module` and `source` of the mutant, ""
where nothing is mutated; `tests`, files in order; `most_s`, after which they are taken to hang. On its output comes
`code` of pytest, 0 where all passed, and `cpu_s`, which other work on the machine does not change. What tests start as
processes of their own is not mutated.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import json
import os
import signal
import sys
import time
from collections.abc import Sequence
from types import ModuleType
from typing import Any, Final

import msgspec  # noqa: F401  (these are there before the fork)
import pytest
import sqlalchemy  # noqa: F401
import structlog  # noqa: F401
import websockets.asyncio.client
import websockets.asyncio.server  # noqa: F401

_OPTIONS: Final = ("-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:randomly")


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds one module as a mutant, and nothing else."""

    def __init__(self, module: str, source: str) -> None:
        self._module, self._source = module, source

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> Any:  # noqa: ANN401
        if name != self._module:
            return None
        found = importlib.machinery.PathFinder.find_spec(name, path)
        if found is not None:
            found.loader = self
        return found

    def exec_module(self, module: ModuleType) -> None:
        assert module.__spec__ is not None
        exec(compile(self._source, module.__spec__.origin or self._module, "exec"), module.__dict__)  # noqa: S102


def _try(order: dict[str, Any]) -> int:
    """Run the tests in this process, which is a fork."""
    os.setsid()
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    if order["module"]:
        sys.meta_path.insert(0, _Finder(order["module"], order["source"]))
    return int(pytest.main([*_OPTIONS, *order["tests"]]))


def _wait(pid: int, most_s: float) -> dict[str, float]:
    """Return how a fork ended and what it took; one that hangs is ended with all that it has started."""
    ends = time.monotonic() + most_s
    while time.monotonic() < ends:
        done, status, used = os.wait4(pid, os.WNOHANG)
        if done:
            return {"code": os.waitstatus_to_exitcode(status), "cpu_s": used.ru_utime + used.ru_stime}
        time.sleep(0.02)
    os.killpg(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return {"code": -signal.SIGKILL, "cpu_s": most_s}


def main() -> None:
    """Fork for each line."""
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if pid == 0:
            code = 70
            try:
                code = _try(order)
            finally:
                os._exit(code)
        print(json.dumps(_wait(pid, order["most_s"])), flush=True)


if __name__ == "__main__":
    main()
