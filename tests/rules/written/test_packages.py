"""Packages with rule modules: each is found and loaded by itself, and told of where it cannot be."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from makersphere_rules.written.packages import installed

GOOD = "from makersphere_rules.author import RuleModule\n\n\nclass Good(RuleModule):\n    name = 'good'\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Let packages of a folder be installed."""
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    for name in ("good_of_a_test", "broken_of_a_test", "gone_of_a_test"):
        sys.modules.pop(name, None)


def install(site: Path, name: str, text: str) -> None:
    """Install a package with one module."""
    about = site / f"{name}_package-1.2.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}-package\nVersion: 1.2\n")
    (about / "entry_points.txt").write_text(f"[makersphere.rules]\n{name} = {name}_of_a_test:{name.title()}\n")
    (site / f"{name}_of_a_test.py").write_text(text)


def test_a_broken_package_keeps_no_other_from_being_played(site: Path) -> None:
    """It is told of with its version, what was raised, file and line."""
    install(site, "broken", "def broken(:\n")
    install(site, "good", GOOD)
    install(site, "gone", "import nothing_of_the_sort\n")
    found = installed()
    assert found.modules["good"].name == "good"
    assert found.brought_by["good"] == "good-package 1.2"
    assert {"broken", "gone"}.isdisjoint(found.modules)
    broken, gone = found.broken["broken"], found.broken["gone"]
    assert (broken.package, gone.package) == ("broken-package 1.2", "gone-package 1.2")
    assert broken.why.startswith("SyntaxError: ")
    assert broken.why.endswith("(broken_of_a_test.py, line 1)")
    assert gone.why == "ModuleNotFoundError: No module named 'nothing_of_the_sort'"
