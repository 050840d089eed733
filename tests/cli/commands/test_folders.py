"""Where rooms are is said alike to every command: --data takes no address, --database nothing else."""

from __future__ import annotations

import inspect
import pkgutil
from importlib import import_module
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from makersphere_cli import commands
from makersphere_cli.flags import Data
from makersphere_cli.kept import Kept
from makersphere_cli.main import run
from makersphere_server.storage import place

ADDRESS = "postgresql://me:secret@db/rooms"
ALONE = (("demo",),)  # it makes rooms of its own in a folder
NAMED = (
    ("demo",),
    ("doctor",),
    ("verify", "K7QF234"),
    ("why", "K7QF234"),
    ("debrief", "K7QF234"),
    ("export", "K7QF234"),
    ("backup", "copy"),
    ("restore", "copy"),
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


@pytest.mark.parametrize("words", [words for words in NAMED if words not in ALONE], ids=" ".join)
@pytest.mark.parametrize(
    ("address", "needs"),
    [
        ("./secret", "postgresql://USER@HOST"),
        ("mysql://me:secret@db/rooms", "begins with postgresql://"),
        ("postgresql://me:sec@ret:secret@db/rooms", "%40"),
        ("postgresql://me:secret@db", "/DATABASE"),
        ("postgresql://me@db:secret/rooms", "HOST:5432"),
    ],
)
def test_a_database_is_an_address(
    words: tuple[str, ...], address: str, needs: str, empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sentence says what the flag takes, and nothing of a password."""
    said = _refused((*words, "--database", address), empty, capsys)
    assert "--database" in said
    assert needs in said


@pytest.mark.parametrize("words", [words for words in NAMED if words not in ALONE], ids=" ".join)
def test_a_database_that_is_away(
    words: tuple[str, ...], empty: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sentence of one line with where it was looked for, of a variable too."""
    monkeypatch.setattr("makersphere_cli.commands.rooms.asked_again", print)
    monkeypatch.setattr("makersphere_cli.commands.classes.asked_again", print)
    monkeypatch.setenv("MAKERSPHERE_DATABASE", "postgresql://me:secret@127.0.0.1:1/rooms")
    assert run(words) == (1 if words == ("doctor",) else 2)
    out, said = capsys.readouterr()
    assert "postgresql://me@127.0.0.1:1/rooms" in " ".join((out + said).split())
    assert "secret" not in out + said
    assert list(empty.iterdir()) == []


def test_without_the_library_it_is_said_what_to_install(
    empty: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence, and the command."""
    monkeypatch.setattr(place, "find_spec", lambda _: None)
    for words in (("rooms", "list"), ("serve",), ("play",)):
        assert "makersphere[postgres]" in _refused((*words, "--database", ADDRESS), empty, capsys)


def test_what_is_typed_counts_before_a_variable_of_the_other(
    empty: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who names a backup's folder never changes the database that the server works in, nor the other way round."""
    assert "not by both" in _refused(("rooms", "list", "--data", ".", "--database", ADDRESS), empty, capsys)
    monkeypatch.setenv("MAKERSPHERE_DATABASE", ADDRESS)
    assert run(("rooms", "list", "--data", ".")) == 0
    assert "no rooms in ." in capsys.readouterr().out
    monkeypatch.setenv("MAKERSPHERE_DATABASE", "")
    monkeypatch.setenv("MAKERSPHERE_DATA", "nowhere")
    assert "127.0.0.1:1" in _refused(("rooms", "list", "--database", "postgresql://127.0.0.1:1/rooms"), empty, capsys)


@pytest.mark.parametrize("command", ["serve", "play"])
@pytest.mark.parametrize("named_in", ["variable", "file"])
def test_a_server_opens_the_folder_that_is_typed(
    command: str, named_in: str, empty: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who tries a copy out never takes over the database that the server works in; one sentence names both."""
    address = "postgresql://me:secret@127.0.0.1:1/rooms"
    if named_in == "file":
        (empty / "makersphere.toml").write_text(f'[server]\ndatabase = "{address}"\n')
    else:
        monkeypatch.setenv("MAKERSPHERE_DATABASE", address)
    (empty / "no-folder").touch()
    assert run((command, "--port", "0", "--data", "no-folder")) == 2
    said = capsys.readouterr().err
    assert "The rooms are in the folder no-folder, as typed; the database that MAKERSPHERE_DATABASE" in said
    assert "127.0.0.1" not in said
    monkeypatch.setenv("MAKERSPHERE_DATA", "no-folder")
    for words in ((), ("--database", address)):
        assert run((command, "--port", "0", *words)) == 2
        assert "postgresql://me@127.0.0.1:1/rooms" in capsys.readouterr().err


def _takers(parameter: str) -> dict[str, Any]:
    """Return the commands that have a parameter, with what it takes."""
    takers = {}
    for found in pkgutil.iter_modules(commands.__path__):
        module = import_module(f"{commands.__name__}.{found.name}")
        for name, command in vars(module).items():
            if not name.startswith("_") and inspect.isfunction(command) and command.__module__ == module.__name__:
                hint = get_type_hints(command, include_extras=True).get(parameter)
                if hint is not None:
                    takers[f"{found.name} {name}"] = hint
    return takers


def test_every_command_that_takes_a_folder_of_rooms_looks_at_it() -> None:
    """No command has a check of its own, or none: the flags are the same in all of them."""
    checks = get_args(Data)[1:]
    assert get_args(get_type_hints(Kept, include_extras=True)["data"])[1:] == checks
    folders, places = _takers("data"), _takers("kept")
    assert len(folders) == len(ALONE)
    assert len(places) == len(NAMED) - len(ALONE)
    assert [taker for taker, hint in folders.items() if get_args(hint)[1:] != checks] == []
    assert {hint for hint in places.values() if hint is not Kept} == set()
