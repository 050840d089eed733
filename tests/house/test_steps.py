"""What a long step shows and keeps, and how the whole suite is put together."""

import sys
from pathlib import Path

import pytest

from house import suite
from house.steps import Steps
from tests.house.checkout import ROOT


def test_a_step_says_what_it_does_and_keeps_the_output(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Standard error has a line at the start and one at the end; the log has everything."""
    steps = Steps(tmp_path / "setup.log", tmp_path)
    code, output = steps.run("counting", [sys.executable, "-c", "print('one\\ntwo')"])
    shown = capsys.readouterr()
    assert (code, output) == (0, "one\ntwo\n")
    assert shown.out == ""
    assert shown.err.startswith("makersphere: counting ...\nmakersphere: counting: done (")
    assert "one\ntwo\n" in steps.log.read_text("utf-8")


def test_a_step_that_fails_gives_its_exit_code(tmp_path: Path) -> None:
    """What a failure means is for others to say."""
    steps = Steps(tmp_path / "setup.log", tmp_path)
    assert steps.run("failing", [sys.executable, "-c", "raise SystemExit(7)"])[0] == 7


def test_the_suite_leaves_no_folder_of_tests_out(tmp_path: Path) -> None:
    """A folder that no group names is run with the last group."""
    for name in ("rules", "browser", "brand_new", "bench"):
        (tmp_path / name).mkdir()
    groups = {group.name: group.folders for group in suite.groups_in(tmp_path)}
    assert groups == {"rules": ("rules",), "browser": ("browser",), "command": ("brand_new",)}


def test_the_suite_adds_its_groups_up(tmp_path: Path) -> None:
    """The closing line has what all groups had together."""
    report = tmp_path / "tests.xml"
    report.write_text('<testsuites><testsuite tests="9" failures="1" errors="2" skipped="3"/></testsuites>', "utf-8")
    assert suite.counts_in(report) == {"passed": 3, "failed": 1, "errors": 2, "skipped": 3}


def test_the_budgets_add_up_to_25_minutes() -> None:
    """On two cores the whole suite is done before the coffee is cold."""
    assert sum(group.budget_min for group in suite.GROUPS) == 25
    assert (ROOT / ".ci/run").is_file()
