"""What each test goes through: the statements of the probed modules, and the CPU that it takes.

Answers for all tests of one run of pytest, as a plugin of it. A test that does not pass is not among them. What was
gone through while tests were collected, and modules imported, is `IMPORTING`'s. Of a file with many dear tests it sees
as many as a while of CPU allows.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import attrs
import pytest

__all__ = ["IMPORTING", "Passage", "Survey", "read"]

IMPORTING: Final = ""  # in the place of a test's name
_ENOUGH_CPU_S: Final = 15.0  # of a file


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
        self._of_file: dict[Path, float] = defaultdict(float)

    def probe(self, module: str) -> Callable[[int], None]:
        """Return what a probed module calls with each line."""
        return self._met[module].add

    def pytest_collection_finish(self) -> None:
        """Note what was gone through before there were tests."""
        self._note(IMPORTING, 0.0)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Note what one test takes and goes through."""
        for lines in self._met.values():
            lines.clear()
        self._failed = False
        started = sum(os.times()[:4])
        done = yield
        took = sum(os.times()[:4]) - started
        self._of_file[item.path] += took
        if not self._failed:
            self._note(item.nodeid, took)
        return done

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Leave out what stands in a file of which enough was seen."""
        if self._of_file[item.path] > _ENOUGH_CPU_S:
            pytest.skip("enough of this file was seen")

    def _note(self, test: str, cpu_s: float) -> None:
        lines_met = {module: sorted(lines) for module, lines in self._met.items() if lines}
        self._found.append({"test": test, "cpu_s": cpu_s, "lines": lines_met})

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
