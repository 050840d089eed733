"""What `.ci/run` runs on which Python, and what its last lines say."""

import stat
import sys
from collections import Counter
from pathlib import Path

import pytest

from house import ci, system
from house.ci import Outcome, Python
from house.steps import Steps
from tests.house.checkout import ROOT

CHOSEN = Python("python3", "3.11.7", "/opt/chosen")
SYSTEMS = Python("/usr/bin/python3", "3.13.5", "/usr")
OTHERS = {version: Python(f"python{version}", f"{version}.1", "/opt") for version in ("3.11", "3.12", "3.13")}


def script(path: Path, text: str) -> Path:
    """Write a program that a shell runs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_each_python_that_is_promised_has_its_part() -> None:
    """Everything on the one that starts, nearly everything on the system's own, the protocol on those that are left."""
    ran = [(part.python, part.folder, part.arguments[:3]) for part in ci.plan(CHOSEN, SYSTEMS, OTHERS)]
    assert ran == [
        (CHOSEN, ".venv", ["test"]),
        (SYSTEMS, ".venv-3.13", ["test", "--without", "browser,faults"]),
        (OTHERS["3.12"], ".venv-3.12", ["test", "-q", "--junitxml=.venv-3.12/tests-protocol.xml"]),
        (CHOSEN, ".venv", ["check"]),
    ]


def test_a_python_is_tried_once() -> None:
    """Where the system's own Python starts all, it gets no second part, and the others get theirs."""
    parts = ci.plan(SYSTEMS, SYSTEMS, OTHERS)
    assert [part.python.minor for part in parts] == ["3.13", "3.11", "3.12", "3.13"]


def test_a_systems_python_that_is_not_promised_is_left_alone() -> None:
    """An old machine's own Python is no reason for anything to fail."""
    parts = ci.plan(CHOSEN, Python("/usr/bin/python3", "3.9.2", "/usr"), OTHERS)
    assert [part.python.minor for part in parts] == ["3.11", "3.12", "3.13", "3.11"]


def test_a_python_that_pyenv_keeps_and_has_not_chosen_is_found(tmp_path: Path) -> None:
    """The name on PATH may start nothing, or another version; then the one that pyenv keeps is asked."""
    script(tmp_path / "versions/3.98.1/bin/python3", "exit 127")
    script(tmp_path / "versions/3.98.2/bin/python3", "echo 3.9.2 /other")
    right = script(tmp_path / "versions/3.98.4/bin/python3", "echo 3.98.4 /opt/it")
    variables = {"PYENV_ROOT": str(tmp_path)}
    assert ci.find("3.98", variables) == Python(str(right), "3.98.4", "/opt/it")
    assert ci.find("3.99", variables) is None


def test_a_python_says_which_it_is() -> None:
    """The one that runs this test is asked as any other."""
    python = ci.asked(sys.executable)
    assert python is not None
    assert python.minor == f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert python.prefix == sys.base_prefix


def test_what_is_promised_is_what_the_pages_say() -> None:
    """The classifiers, the least version, README and CONTRIBUTING speak of the same Pythons."""
    versions = ci.promised(ROOT)
    assert f'requires-python = ">={versions[0]}"' in (ROOT / "pyproject.toml").read_text("utf-8")
    spoken = f"{', '.join(versions[:-1])} and {versions[-1]}"
    for page in ("README.md", "CONTRIBUTING.md"):
        assert spoken in (ROOT / page).read_text("utf-8"), page


def test_a_python_that_is_missing_fails_where_nobody_would_see_it(capfd: pytest.CaptureFixture[str]) -> None:
    """A person is told that nothing ran on it; a build machine does not pass without it."""
    good = Outcome("all tests on Python 3.11.7", "3 passed in 1 s", Counter(passed=3))
    assert ci.close([good, ci._missing("3.12", in_ci=False)], 1.0) == 0
    assert "on Python 3.12: LEFT OUT, " in capfd.readouterr().err
    assert ci.close([good, ci._missing("3.12", in_ci=True)], 1.0) == 1
    assert "on Python 3.12: FAILED, " in capfd.readouterr().err


def test_the_last_lines_say_how_each_part_ended(capfd: pytest.CaptureFixture[str]) -> None:
    """Failures by name, then every part in order, then one line as pytest closes with, of all together."""
    outcomes = [
        Outcome("all tests on Python 3.11.7", "1 failed, 3 passed in 9 s", Counter(passed=3, failed=1), ["test_bad"]),
        Outcome("check on Python 3.11.7", "passed in 2 s", Counter()),
    ]
    assert ci.close(outcomes, 11.25) == 1
    shown = capfd.readouterr()
    assert shown.err.splitlines() == [
        "makersphere: failed in all tests on Python 3.11.7: test_bad",
        "makersphere: all tests on Python 3.11.7: 1 failed, 3 passed in 9 s",
        "makersphere: check on Python 3.11.7: passed in 2 s",
    ]
    assert shown.out == f"{' 1 failed, 3 passed in 11.25s ':=^100}\n"


def _checkout(root: Path, run: str) -> ci.Part:
    (root / "run.py").write_text(run, "utf-8")
    python = ci.asked(sys.executable)
    assert python is not None
    return ci.Part("some tests", python, ".venv-other", ["test"])


_REPORTING = """import os, pathlib, sys
folder = pathlib.Path(os.environ["MAKERSPHERE_VENV"])
folder.joinpath("tests-one.xml").write_text(
    '<testsuite tests="2" failures="1"><testcase classname="a" name="b"><failure/></testcase></testsuite>')
sys.exit(sys.argv[1:] == ["test"])
"""


def test_a_part_has_its_own_environment_and_counts_what_it_left_there(tmp_path: Path) -> None:
    """Reports of an earlier run count for nothing."""
    part = _checkout(tmp_path, _REPORTING)
    folder = tmp_path / ".venv-other"
    folder.mkdir()
    (folder / "tests-old.xml").write_text('<testsuite tests="99"/>', "utf-8")
    outcome = ci._carried_out(tmp_path, part)
    assert outcome.name.startswith("some tests on Python 3.")
    assert outcome.says.startswith("1 failed, 1 passed in ")
    assert list(outcome.failed) == ["a > b"]


def test_a_part_that_falls_over_without_a_test_has_failed(tmp_path: Path) -> None:
    """So does one whose environment was made by another Python: it would tell nothing of its own."""
    part = _checkout(tmp_path, "raise SystemExit(2)")
    assert ci._carried_out(tmp_path, part).counts == {"errors": 1}
    script(tmp_path / ".venv-other/bin/python", "echo 3.9.2 /other")
    assert "holds Python 3.9.2" in ci._carried_out(tmp_path, part).says


def test_venv_is_installed_where_debian_leaves_it_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build machine gets the package of that very Python; a Python that is whole, and a person, get nothing."""
    steps, installed = Steps(tmp_path / "setup.log", tmp_path), list[str]()
    monkeypatch.setattr(system, "_install", lambda _, packages: installed.extend(packages))
    whole, bare = script(tmp_path / "whole", "exit 0"), script(tmp_path / "bare", "exit 1")
    for may, python in ((True, whole), (False, bare), (True, bare)):
        monkeypatch.setattr(system, "_may_install", lambda may=may: may)
        assert installed == []
        system.ensure_venv(steps, str(python), "3.13")
    assert installed == ["python3.13-venv"]
