"""What a long step shows and keeps."""

import sys
from pathlib import Path

import pytest

from house.steps import Steps


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
