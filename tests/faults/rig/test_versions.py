"""Earlier versions come from the repository's own history, and a clone without that part of it says so."""

import subprocess
from pathlib import Path

import pytest

from tests.faults.rig import versions

GIT = ("git", "-c", "user.name=x", "-c", "user.email=x@localhost")


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run([*GIT, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture
def shallow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Stand in a clone that has the last commit alone, and return the one before."""
    origin = tmp_path / "origin"
    origin.mkdir()
    _git(origin, "init", "--quiet")
    for _ in range(2):
        _git(origin, "commit", "--quiet", "--allow-empty", "--message", "one more")
    _git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{origin}", "clone")
    monkeypatch.setattr(versions, "ROOT", tmp_path / "clone")
    return _git(origin, "rev-parse", "HEAD~1")


def test_a_shallow_clone_fetches_the_one_commit(shallow: str) -> None:
    """What it did is said; afterwards the commit is there."""
    assert versions._get(shallow) == "fetched, since this clone does not have it"
    assert versions._get(shallow) == "of this clone's own history"


def test_a_commit_that_cannot_be_had_is_said(shallow: str) -> None:
    """Nothing is left out in silence: the run fails and says what may help."""
    with pytest.raises(RuntimeError, match="fetch --unshallow"):
        versions._get(f"{int(shallow, 16) ^ 1:040x}")
