"""What each test goes through: the statements of the probed modules, and the CPU that it takes.

Answers for all tests of one run of pytest, as a plugin of it. A test that does not pass is not among them. What was
gone through while tests were collected is nobody's.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

__all__ = ["Passage", "Survey", "read"]


@attrs.frozen(eq=False)
class Passage:
    """One test.

    Attributes:
        test: its name for pytest.
        cpu_s: what it takes when nothing is wrong.
        lines: by module, where the statements begin that it goes through.
    """

    test: str
    cpu_s: float
    lines: dict[str, frozenset[int]]

    @property
    def file(self) -> str:
        """Return the file that it stands in."""
        return self.test.partition("::")[0]


class Survey:
    """The plugin."""

    def __init__(self) -> None:
        self._met: dict[str, set[int]] = defaultdict(set)
        self._failed = False
        self._found: list[dict[str, Any]] = []

    def probe(self, module: str) -> Callable[[int], None]:
        """Return what a probed module calls with each line."""
        return self._met[module].add

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Note what one test takes and goes through."""
        for lines in self._met.values():
            lines.clear()
        self._failed = False
        started = sum(os.times()[:4])
        done = yield
        if not self._failed:
            lines_met = {module: sorted(lines) for module, lines in self._met.items() if lines}
            self._found.append({"test": item.nodeid, "cpu_s": sum(os.times()[:4]) - started, "lines": lines_met})
        return done

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note whether it passes."""
        self._failed |= not report.passed

    def write(self, file: Path) -> None:
        """Write what was found, for `read`."""
        file.write_text(json.dumps(self._found), "utf-8")


def read(file: Path) -> list[Passage]:
    """Return what a survey has found."""
    return [
        Passage(one["test"], one["cpu_s"], {module: frozenset(lines) for module, lines in one["lines"].items()})
        for one in json.loads(file.read_text("utf-8"))
    ]
