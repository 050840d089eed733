"""Earlier versions come from the repository's own history, and a clone without that part of it says so."""

import subprocess
from pathlib import Path

import pytest

from tests.faults.harness import Run
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


@pytest.mark.usefixtures("shallow")
def test_without_the_history_a_long_run_fails(tmp_path: Path) -> None:
    """What is kept as the figures of a version a day was tried with that version."""
    clone = tmp_path / "clone"
    _git(clone, "remote", "remove", "origin")
    with pytest.raises(RuntimeError, match="cannot be fetched"):
        versions.build(Run(1, 1, tmp_path))


@pytest.mark.usefixtures("shallow")
def test_without_the_history_a_quick_run_says_who_plays_the_part(tmp_path: Path) -> None:
    """A copy that nobody can fetch for still tries the changes of versions, and its notes say with which."""
    clone = tmp_path / "clone"
    _git(clone, "remote", "remove", "origin")
    run = Run(1, 1, tmp_path, is_quick=True)
    assert set(versions.build(run).values()) == {clone}
    assert [note.partition(",")[0].partition(": ")[2] for note in run.notes] == 3 * [
        "the present version plays its part"
    ]
