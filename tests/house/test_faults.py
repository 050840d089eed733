"""What the long runs of faults look like from the command line."""

import json
import subprocess
import sys

from house import suite, verbs
from tests.house.checkout import ROOT


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.faults", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_report_is_one_json_object() -> None:
    """A program can read the verdict, and whoever wants to try the same again finds the seed."""
    done = _run("half-open", "--rounds", "1", "--seed", "7")
    report = json.loads(done.stdout)
    assert (done.returncode, report["verdict"], report["seed"], report["build"]) == (0, "passed", 7, "product")
    one = report["faults"]["half-open"]
    assert (one["verdict"], one["rounds"], one["problems"]) == ("passed", 1, [])
    assert one["counts"]["takeovers"] == 1
    assert "half-open: 0/1 rounds" in done.stderr


def test_an_unknown_fault_is_told_which_there_are() -> None:
    """A typo ends in one sentence and exit code 2."""
    done = _run("kils")
    assert (done.returncode, done.stdout) == (2, "")
    assert "kills" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_faults_are_listed_and_are_part_of_the_suite() -> None:
    """`--list` names them all, `run.py` has the verb, and a short part of each runs with the tests."""
    done = _run("--list")
    assert done.returncode == 0
    names = {line.split()[0] for line in done.stdout.splitlines()}
    assert {"kills", "restarts", "repeats", "full-disk", "stalled", "flood", "storm", "fuzz", "secrecy"} <= names
    assert "faults" in verbs._VERBS
    assert any("faults" in group.folders for group in suite.GROUPS)
