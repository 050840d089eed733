"""A standard output that takes nothing: one sentence and no traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from makersphere_cli.commands import schema
from makersphere_cli.main import main
from tests.cli.program import COMMAND, environment

LINES = ("simulate counter", "simulate counter --json", "scenario list", "schema classroom", "demo --scenario counter")


def into(home: Path, line: str, target: str) -> subprocess.CompletedProcess[str]:
    """Run a command line with its standard output redirected by the shell."""
    return subprocess.run(  # noqa: S602  (our own words)
        f'"{COMMAND[0]}" -m {COMMAND[2]} {line} {target}',
        shell=True,
        cwd=home,
        env=environment(home),
        stderr=subprocess.PIPE,
        encoding="utf-8",
        timeout=180,
        check=False,
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("line", LINES)
def test_a_full_disk(line: str, tmp_path: Path) -> None:
    """The sentence has the system's reason."""
    done = into(tmp_path, line, ">/dev/full")

    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert done.stderr.startswith("makersphere: The output can't be written: No space left on device.")


@pytest.mark.skipif(sys.platform == "win32", reason="its shell cannot close it")
@pytest.mark.parametrize("line", [*LINES, "verify AAAAAAA"])
def test_a_closed_output(line: str, tmp_path: Path) -> None:
    """No file of ours takes its place."""
    done = into(tmp_path, line, ">&-")

    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    assert done.stderr.startswith("makersphere: There is no standard output")


@pytest.mark.skipif(sys.platform == "win32", reason="it has no such shell")
@pytest.mark.parametrize("line", LINES)
def test_a_reader_that_has_gone(line: str, tmp_path: Path) -> None:
    """It has seen enough: not a word."""
    done = into(tmp_path, line, "| true")

    assert done.stderr == ""


def test_an_interrupted_command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Ctrl-C in its middle ends it as shells expect, and keeps what it has said."""

    def interrupted() -> int:
        sys.stdout.write("as far as it came")
        raise KeyboardInterrupt

    monkeypatch.setattr(schema, "schema", interrupted)
    monkeypatch.setattr(sys, "argv", ["makersphere", "schema"])
    with pytest.raises(SystemExit) as end:
        main()

    assert end.value.code == 130
    assert capsys.readouterr() == ("as far as it came", "")
