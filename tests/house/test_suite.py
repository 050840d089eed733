"""How the whole suite is put together, and what its last lines say."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from house import suite, webclient
from house.environment import Environment
from house.trouble import Trouble
from tests.house.checkout import ROOT

_OF_VITEST = """<testsuites name="vitest tests" tests="3" failures="1" errors="0">
    <testsuite name="tests/aim.test.ts" tests="3" failures="1" errors="0" skipped="1">
        <testcase classname="tests/aim.test.ts" name="a finger &gt; stays"><failure message="no"/></testcase>
        <testcase classname="tests/aim.test.ts" name="a finger &gt; goes"/>
        <testcase classname="tests/aim.test.ts" name="a thumb"><skipped/></testcase>
    </testsuite>
</testsuites>"""
# stands where vitest would: writes a report to the file that it is told, and fails
_RUNNER = """import { writeFileSync } from "node:fs";
const file = process.argv.find((each) => each.startsWith("--outputFile.junit="));
writeFileSync(file.split("=")[1], process.env.REPORT);
process.exit(1);
"""
_TESTS = '''"""One of each."""
import pytest


@pytest.fixture
def broken():
    raise OSError


def test_good():
    """Passes."""


def test_bad():
    """Fails."""
    assert not "good"


def test_ugly(broken):
    """Never gets to run."""
'''


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


def test_cases_of_one_function_are_one_function(tmp_path: Path) -> None:
    """A list of arguments makes no tests; the same name in two files does."""
    report = tmp_path / "tests.xml"
    cases = [("a", "test_one[x]"), ("a", "test_one[y]"), ("a", "test_two"), ("b", "test_one[x]")]
    inside = "".join(f'<testcase classname="{place}" name="{name}"/>' for place, name in cases)
    report.write_text(f"<testsuite>{inside}</testsuite>", "utf-8")
    assert suite.functions_in(report) == 3


def test_groups_are_left_out_by_name() -> None:
    """Nothing else goes with them, and an unknown name is told."""
    whole, some = suite.all_but(ROOT), suite.all_but(ROOT, ["browser", "faults", "vitest"])
    assert whole.vitest
    assert not some.vitest
    left_out = [group.name for group in whole.groups if group not in some.groups]
    assert left_out == ["browser", "faults"]
    with pytest.raises(Trouble, match="'phones': there are vitest, rules, "):
        suite.all_but(ROOT, ["phones"])


def test_a_group_that_left_no_report_has_no_tests(tmp_path: Path) -> None:
    """What fell over before its first test has neither counts nor names."""
    assert not suite.counts_in(tmp_path / "tests.xml")
    assert suite.failed_in(tmp_path / "tests.xml") == []


def test_what_breaks_before_its_first_test_goes_by_its_file(tmp_path: Path) -> None:
    """A file that can't be imported is named once, by vitest and by pytest; so is a test that breaks twice."""
    report = tmp_path / "tests.xml"
    web, python = "tests/aim.test.ts", "tests.house.test_suite"
    bad = (python, "test_bad")
    cases = [(web, web, "failure"), ("", python, "error"), (*bad, "failure"), (*bad, "error")]
    inside = "".join(f'<testcase classname="{place}" name="{name}"><{end}/></testcase>' for place, name, end in cases)
    report.write_text(f"<testsuites><testsuite>{inside}</testsuite></testsuites>", "utf-8")
    assert suite.failed_in(report) == [web, python, f"{python} > test_bad"]


def test_the_budgets_add_up_to_34_minutes() -> None:
    """On two cores the whole suite is done before the coffee is cold."""
    assert sum(group.budget_min for group in suite.GROUPS) == 34
    assert (ROOT / ".ci/run").is_file()


def _checkout(root: Path) -> Environment:
    """Lay out a checkout with a web client that has tests, and with one file of tests."""
    shutil.copytree(ROOT / "house", root / "house", ignore=shutil.ignore_patterns("__pycache__"))
    (root / "tests/browser").mkdir(parents=True)
    (root / "tests/browser/test_three.py").write_text(_TESTS, "utf-8")
    web = root / "clients/web"
    web.mkdir(parents=True)
    named = {"name": "web", "version": "1.0.0"}
    package = {**named, "scripts": {"test": "node runner.mjs"}}
    (web / "runner.mjs").write_text(_RUNNER, "utf-8")
    (web / "package.json").write_text(json.dumps(package), "utf-8")
    lock = {**named, "lockfileVersion": 3, "packages": {"": named}}
    (web / "package-lock.json").write_text(json.dumps(lock), "utf-8")
    environment = Environment(root)
    environment.folder.mkdir()
    environment.python = Path(sys.executable)
    return environment


def test_the_last_lines_name_every_test_that_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Where only the tail of a run is kept, it has each group's counts, and the tests of vitest and pytest by name."""
    monkeypatch.setenv("REPORT", _OF_VITEST)
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    for name in ("PYTEST_ADDOPTS", webclient.SKIP):
        monkeypatch.delenv(name, raising=False)
    assert suite.run(_checkout(tmp_path), suite.all_but(tmp_path)) == 1
    shown = capfd.readouterr()
    vitest, browser, *failed = shown.err.splitlines()[-5:]
    assert vitest.startswith("makersphere: vitest: 1 failed, 1 passed, 1 skipped in ")
    assert browser.startswith("makersphere: browser: 1 failed, 1 passed, 1 errors in ")
    assert sorted(failed) == [
        "makersphere: failed in browser: tests.browser.test_three > test_bad",
        "makersphere: failed in browser: tests.browser.test_three > test_ugly",
        "makersphere: failed in vitest: tests/aim.test.ts > a finger > stays",
    ]
    assert " 2 failed, 2 passed, 1 skipped, 1 errors in " in shown.out.splitlines()[-1]
