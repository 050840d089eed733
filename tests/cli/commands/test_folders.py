"""Where a folder is wanted an address is refused, by every command alike, and nothing of that name is made."""

from __future__ import annotations

import inspect
import pkgutil
from importlib import import_module
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from makersphere_cli import commands
from makersphere_cli.flags import Data
from makersphere_cli.main import run

ADDRESS = "postgresql://me:secret@db/rooms"
NAMED = (
    ("demo",),
    ("doctor",),
    ("verify", "K7QF234"),
    ("why", "K7QF234"),
    ("debrief", "K7QF234"),
    ("export", "K7QF234"),
    ("backup", "copy"),
    ("rooms", "list"),
    ("rooms", "show", "K7QF234"),
    ("rooms", "close", "K7QF234"),
    ("rooms", "reopen", "--all"),
    ("rooms", "erase", "K7QF234"),
    ("rooms", "erase-person", "K7QF234", "1"),
    ("rooms", "export-person", "K7QF234", "1"),
    ("class", "list"),
    ("class", "show", "K7QF234"),
    ("class", "links", "K7QF234"),
    ("class", "export", "K7QF234"),
    ("class", "erase", "K7QF234"),
)


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with nothing in it, in which the command runs, in English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAKERSPHERE_LANGUAGE", "en")
    return tmp_path


def _refused(words: tuple[str, ...], empty: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert run(words) == 2
    out, said = capsys.readouterr()
    assert (out, said.count("\n")) == ("", 1)
    assert "secret" not in said
    assert list(empty.iterdir()) == []
    return said


@pytest.mark.parametrize("words", NAMED, ids=" ".join)
@pytest.mark.parametrize("address", [ADDRESS, "s3://secret/rooms", "mysql:/secret"])
def test_data_is_a_folder(
    words: tuple[str, ...], address: str, empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sentence names the flag and says where rooms are kept, and nothing of a password."""
    said = _refused((*words, "--data", address), empty, capsys)
    assert "--data takes a folder" in said
    assert "SQLite in a folder" in said


def test_a_backup_goes_into_a_folder(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The sentence has a command that does it."""
    assert "backup ./backup" in _refused(("backup", ADDRESS), empty, capsys)


def test_a_log_is_a_room_or_a_file(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is verified has no address either: its folder is named by a flag."""
    assert "--data names" in _refused(("verify", ADDRESS), empty, capsys)


def test_every_command_that_takes_a_folder_of_rooms_looks_at_it() -> None:
    """No command has a check of its own, or none: the flag is the same in all of them."""
    checks = get_args(Data)[1:]
    takers = {}
    for found in pkgutil.iter_modules(commands.__path__):
        module = import_module(f"{commands.__name__}.{found.name}")
        for name, command in vars(module).items():
            if not name.startswith("_") and inspect.isfunction(command) and command.__module__ == module.__name__:
                hint = get_type_hints(command, include_extras=True).get("data")
                if hint is not None:
                    takers[f"{found.name} {name}"] = get_args(hint)[1:]
    assert len(takers) == len(NAMED)
    assert [taker for taker, metadata in takers.items() if metadata[: len(checks)] != checks] == []
