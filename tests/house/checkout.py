"""What the tests about the repository itself start from: its root, its tracked files, a copy to break."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SETUP_FILES = ("run.py", "pyproject.toml", "constraints.txt", "hatch_build.py", "LICENSE", "README.md")


def tracked_files() -> list[Path]:
    """Return every file that git tracks and that still exists, or skip where this is no clone."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("not a git clone")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    paths = [ROOT / os.fsdecode(name) for name in listed.split(b"\0") if name]
    return [path for path in paths if path.is_file()]


def copy_setup(target: Path) -> Path:
    """Copy what `run.py setup` works with, without a web client, and return the copy's root."""
    for name in SETUP_FILES:
        shutil.copy(ROOT / name, target / name)
    shutil.copytree(ROOT / "house", target / "house", ignore=shutil.ignore_patterns("__pycache__"))
    return target


def copy_packages(target: Path) -> Path:
    """Copy our Python packages and what says which of them may import which, and return the copy's root."""
    shutil.copy(ROOT / "pyproject.toml", target / "pyproject.toml")
    for folder in ("rules", "server", "clients"):
        left_out = shutil.ignore_patterns("__pycache__", "web")
        shutil.copytree(ROOT / folder, target / folder, ignore=left_out)
    return target


def run_py(
    root: Path, *arguments: str, python: str = sys.executable, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a copy's `run.py` to its end."""
    return subprocess.run(
        [python, "run.py", *arguments],
        cwd=root,
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def assert_one_sentence(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """Assert that a run ended with exit code 2 and one sentence that has these words, and no traceback."""
    last = done.stderr.rstrip().rpartition("\n")[2]
    assert done.returncode == 2, done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert last.startswith("makersphere: ")
    assert last.endswith(".") or ".log" in last
    for word in words:
        assert word in last
