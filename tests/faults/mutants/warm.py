"""A process that has imported everything and collected tests, from which they are forked with some functions changed.

Run as `python -m tests.faults.mutants.warm FILE ...`, with files of tests. It takes and gives the same lines as
`mutator.py`, without `files` and `survey`, and is quicker: no test imports anything. What a function did while its
module was imported stays as it was, and so does what stands outside of functions.
"""

from __future__ import annotations

import gc
import os
import sys
from collections import defaultdict
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any, Final

import pytest

from tests.faults.mutants.mutator import OPTIONS, FirstFailed, serve

__all__ = ["CANNOT", "Functions"]

CANNOT: Final = 75  # the code where a function has to be made anew


def _codes(whole: CodeType) -> dict[str, list[CodeType]]:
    """Return the code of each function in a module, by its name there, in the order that they stand in."""
    found: dict[str, list[CodeType]] = defaultdict(list)

    def walk(code: CodeType) -> None:
        for inner in code.co_consts:
            if isinstance(inner, CodeType):
                found[inner.co_qualname].append(inner)
                walk(inner)

    walk(whole)
    return found


class Functions:
    """The functions that there are of modules, to be changed."""

    def __init__(self) -> None:
        self._by_file: dict[str, list[FunctionType]] = defaultdict(list)
        for one in gc.get_objects():
            if type(one) is FunctionType:  # `isinstance` would ask a weak reference for what may be gone
                self._by_file[one.__code__.co_filename].append(one)

    def change(self, module: str, source: str) -> bool:
        """Let all functions of a module do what another source says; return whether that is possible."""
        file = str(sys.modules[module].__file__)
        before = _codes(compile(Path(file).read_text("utf-8"), file, "exec"))
        after = _codes(compile(source, file, "exec"))
        changed = {
            (name, old.co_firstlineno): new
            for name, codes in before.items()
            if len(codes) == len(after[name])
            for old, new in zip(codes, after[name], strict=True)
        }
        for function in self._by_file[file]:
            code = function.__code__
            new = changed.get((code.co_qualname, code.co_firstlineno))
            if new is not None and new.co_freevars != code.co_freevars:
                return False
            function.__code__ = new or code
        return True


class _Loop:
    """Takes orders where pytest would run what it has collected."""

    def __init__(self, orders: int, answers: int, failed: FirstFailed) -> None:
        self._orders, self._answers, self._failed = orders, answers, failed

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Fork for each order."""
        items = {item.nodeid: item for item in session.items}
        functions = Functions()
        gc.collect()
        gc.freeze()  # so that forks share what is there

        def perform(order: dict[str, Any]) -> int:
            if not all(functions.change(module, source) for module, source in order["sources"].items()):
                return CANNOT
            self._failed.file = Path(order["failed"])
            return _run(session, [items[name] for name in order["tests"]])

        with os.fdopen(self._orders) as orders, os.fdopen(self._answers, "w") as answers:
            serve(orders, answers, perform)
        return True


def _run(session: pytest.Session, items: list[pytest.Item]) -> int:
    """Run tests until one fails; return what pytest's exit code would be."""
    session.items = items
    for item, following in zip(items, [*items[1:], None], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.testsfailed:
            return int(pytest.ExitCode.TESTS_FAILED)
    return int(pytest.ExitCode.OK)


def main() -> int:
    """Collect, and take orders."""
    failed = FirstFailed()
    loop = _Loop(os.dup(0), os.dup(1), failed)
    quiet = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(quiet, number)
    return int(pytest.main([*OPTIONS, "--capture=sys", *sys.argv[1:]], plugins=[loop, failed]))


if __name__ == "__main__":
    sys.exit(main())
