"""`makersphere doctor`: what it finds on machines on which something is wrong, and how it says it."""

from __future__ import annotations

import json
import re
import shutil
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from makersphere_cli.main import run
from makersphere_cli.rooms import machine
from makersphere_cli.speech import words
from makersphere_server.edge import static_files
from makersphere_server.edge.lan_address import Candidate, Reach
from makersphere_server.storage.folder_lock import lock_folder


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in a folder without settings, on a machine that has pages and a network."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MAKERSPHERE_CONFIG", raising=False)
    monkeypatch.setattr(static_files, "load", lambda: {"/": None, "/index.html": None})
    monkeypatch.setattr(machine, "reach", lambda _: Reach("192.0.2.7", "route"))


class Asked:
    """The findings that are printed as JSON, by need, and the exit code."""

    def __init__(self, capsys: pytest.CaptureFixture[str], port: int = 0) -> None:
        self.code = run(["doctor", "--json", "--host", "127.0.0.1", "--port", str(port), "--data", "rooms"])
        findings = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        self.states = {finding["need"]: finding["state"] for finding in findings}
        self.sentences = {finding["need"]: finding["sentence"] for finding in findings}


@pytest.fixture(name="taken_port")
def taken_port_() -> Iterator[int]:
    """Yield a port of loopback that another program listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_machine_on_which_a_game_can_be_played_ends_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    """And nothing is left in the folder that was looked at."""
    asked = Asked(capsys)
    assert asked.code == 0
    assert "wrong" not in asked.states.values()
    assert asked.sentences["network"].startswith("Phones in the same network try 192.0.2.7.")
    assert list(Path.cwd().iterdir()) == []


def test_without_pages_no_game_can_be_played(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The exit code is 1, and the sentence says what to run."""
    monkeypatch.setattr(static_files, "load", lambda: {"/": None})
    asked = Asked(capsys)
    assert (asked.code, asked.states["web"]) == (1, "wrong")
    assert "python3 run.py setup" in asked.sentences["web"]


def test_a_port_that_is_taken_is_a_note_with_the_port_that_play_takes(
    capsys: pytest.CaptureFixture[str], taken_port: int
) -> None:
    """`play` takes the next free one by itself."""
    asked = Asked(capsys, taken_port)
    assert (asked.code, asked.states["port"]) == (0, "note")
    assert re.search(rf"uses port {taken_port}; `play` takes \d+", asked.sentences["port"])


def test_a_machine_in_no_network_is_told_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It can be played on alone, so it is a note."""
    monkeypatch.setattr(machine, "reach", lambda _: Reach("", "none"))
    asked = Asked(capsys)
    assert (asked.code, asked.states["network"]) == (0, "note")
    assert "No phone can reach this machine" in asked.sentences["network"]


def test_a_machine_in_a_vpn_alone_is_told_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Phones are not in it."""
    found = Reach("198.51.100.2", "vpn", Candidate("198.51.100.2", "wg0", "vpn"))
    monkeypatch.setattr(machine, "reach", lambda _: found)
    asked = Asked(capsys)
    assert (asked.code, asked.states["network"]) == (0, "note")
    assert "198.51.100.2 (wg0)" in asked.sentences["network"]


def test_a_folder_that_a_server_uses_is_a_note(capsys: pytest.CaptureFixture[str]) -> None:
    """The folder is locked as a server locks it, and still is afterwards."""
    with closing(lock_folder(Path("rooms"))):
        asked = Asked(capsys)
    assert (asked.code, asked.states["folder"]) == (0, "note")


def test_a_disk_that_keeps_no_rooms_is_wrong(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some network disks take files and no journal of a database."""

    def refuse(_: Path) -> None:
        raise sqlite3.OperationalError("locking protocol")

    monkeypatch.setattr(machine, "_write_rooms", refuse)
    asked = Asked(capsys)
    assert (asked.code, asked.states["folder"]) == (1, "wrong")
    assert "locking protocol" in asked.sentences["folder"]


@pytest.mark.parametrize(("free_mb", "state", "code"), [(150, "wrong", 1), (500, "note", 0), (2_000, "well", 0)])
def test_a_disk_that_is_nearly_full_is_found(
    free_mb: int, state: str, code: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too full is wrong, nearly full is a note."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free_mb * 1_000_000))
    asked = Asked(capsys)
    assert (asked.states["disk"], asked.code) == (state, code)


@pytest.mark.parametrize(
    ("text", "state", "says"),
    [
        ("[server]\nport = 8000\n", "well", "can be read"),
        ("port: 8000", "wrong", "is no TOML"),
        ("\xff", "wrong", "can't be read"),
    ],
)
def test_a_file_of_settings_that_cannot_be_read_is_wrong(
    text: str, state: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sentence says why."""
    Path("makersphere.toml").write_bytes(text.encode("latin-1"))
    asked = Asked(capsys)
    assert asked.states["settings"] == state
    assert says in asked.sentences["settings"]


@pytest.mark.parametrize(("most", "state"), [(256, "note"), (1_024, "well"), (None, "well")])
def test_too_few_connections_are_a_note(
    most: int | None, state: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on systems that begin with 256."""
    monkeypatch.setattr(machine, "_most_open_files", lambda: most)
    asked = Asked(capsys)
    assert asked.states["sockets"] == state
    if most == 256:
        assert "ulimit -n 1024" in asked.sentences["sockets"]


def test_a_python_that_was_never_tried_is_a_note(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may work."""
    monkeypatch.setattr(machine, "NEWEST_TRIED", (3, 10))
    asked = Asked(capsys)
    assert (asked.code, asked.states["python"]) == (0, "note")


def test_the_newest_python_that_is_tried_is_the_newest_that_is_promised() -> None:
    """As `pyproject.toml` names them."""
    text = (Path(__file__).resolve().parents[3] / "pyproject.toml").read_text("utf-8")
    promised = [tuple(map(int, found.split("."))) for found in re.findall(r"Python :: (\d+\.\d+)", text)]
    assert max(promised) == machine.NEWEST_TRIED


@pytest.mark.parametrize(("language", "verdict"), [("en", "One thing is wrong."), ("zh", "有 1 处问题。")])
def test_people_read_a_verdict_in_their_language(
    language: str, verdict: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each need has its line, and no key is left raw."""
    monkeypatch.setattr(static_files, "load", lambda: {"/": None})
    monkeypatch.setenv("MAKERSPHERE_LANGUAGE", language)
    words.language.cache_clear()
    assert run(["doctor", "--host", "127.0.0.1", "--port", "0", "--data", "rooms"]) == 1
    shown = capsys.readouterr().out
    assert verdict in shown
    assert "doctor." not in shown
    assert not re.search(r"[{}]", shown)
