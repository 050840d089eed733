"""`makersphere demo` and `makersphere verify`: a whole game over real sockets, and its log checked."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import assert_one_sentence, makersphere

KEYS = {"room", "scenario", "seats", "seed", "seasons", "commands", "status", "scores", "figures", "ledger_sum"}


def demo(home: Path, *arguments: str) -> dict[str, Any]:
    """Return what `demo --json` prints."""
    done = makersphere(home, "demo", "--json", *arguments)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize(("scenario", "seats", "seasons"), [("counter", 12, 1), ("quickstart", 6, 2)])
def test_a_whole_game_over_sockets(scenario: str, seats: int, seasons: int, tmp_path: Path) -> None:
    """The game ends, the books are right, and the log has been replayed."""
    found = demo(tmp_path, "--scenario", scenario)

    assert found.keys() >= KEYS
    assert (found["status"], found["seats"], found["seasons"]) == ("over", seats, seasons)
    assert (found["ledger_sum"], found["refused"], found["wrong"]) == (0, 0, "")
    assert len(found["scores"]) == seats
    assert len(found["state_hash"]) == 64


def test_without_a_terminal_it_tells_a_line_for_each_phase(tmp_path: Path) -> None:
    """Then the ranking by role and the figures."""
    done = makersphere(tmp_path, "demo", "--scenario", "quickstart", "--seats", "7", "--seed", "3")

    assert (done.returncode, done.stderr) == (0, "")
    for words in ("Quick start, room ", "season 1  Matching", "season 2  The end", "Operator", "Vitality, space 7"):
        assert words in done.stdout
    assert "ledger sum 0" in done.stdout
    assert "\x1b" not in done.stdout


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """Return a data folder with one game, and what was said of it."""
    home = tmp_path_factory.mktemp("kept")
    return home / "data", demo(home, "--scenario", "quickstart", "--data", "data")


class TestVerify:
    """The room of a demo that was kept."""

    def test_a_right_log(self, kept: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
        """Says so, with the state's hash that the demo found."""
        data, game = kept
        done = makersphere(tmp_path, "verify", game["room"].lower(), "--data", str(data))

        assert (done.returncode, done.stderr) == (0, "")
        assert f"Room {game['room']}: all is right." in done.stdout
        assert game["state_hash"] in done.stdout

    def test_a_changed_log(self, kept: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
        """Exit code 1, and the first seq that is wrong."""
        data, game = kept
        copy = tmp_path / "copy"
        copy.mkdir()
        for file in data.iterdir():
            (copy / file.name).write_bytes(file.read_bytes())
        with sqlite3.connect(copy / "rooms.sqlite3") as connection:
            line, seq = _change_a_record(connection)
        connection.close()
        assert line

        done = makersphere(tmp_path, "verify", game["room"], "--data", str(copy))
        told = makersphere(tmp_path, "verify", game["room"], "--data", str(copy), "--json")

        assert (done.returncode, told.returncode) == (1, 1)
        assert f"seq {seq} is the first that is wrong" in done.stdout
        assert json.loads(told.stdout)["wrong_seq"] == seq

    def test_what_cannot_be_read(self, kept: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
        """An unknown room, a folder without rooms, files of other kinds: one sentence each."""
        data, _ = kept
        (tmp_path / "notes.txt").write_text("hello\n")
        (tmp_path / "rooms.sqlite3").write_bytes(b"no database" * 100)

        assert_one_sentence(makersphere(tmp_path, "verify", "2222222", "--data", str(data)), "There is no room 2222222")
        assert_one_sentence(makersphere(tmp_path, "verify", "2222222", "--data", "nowhere"), "nowhere", "--data")
        assert_one_sentence(makersphere(tmp_path, "verify", "2222222", "--data", "."), "can't be read", "--data")
        assert_one_sentence(makersphere(tmp_path, "verify", "notes.txt"), "notes.txt is no log of a room")
        assert_one_sentence(makersphere(tmp_path, "verify", "absent.jsonl"), "absent.jsonl can't be read")


def _change_a_record(connection: sqlite3.Connection) -> tuple[bytes, int]:
    """Change a letter in the middle of the log; return the new line and its seq."""
    table = next(
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        if {"seq", "line"} <= {row[1] for row in connection.execute(f"PRAGMA table_info({name})")}
    )
    seq, line = connection.execute(f"SELECT seq, line FROM {table} WHERE seq = 50").fetchone()  # noqa: S608  (its own name)
    changed = bytes(line).replace(b'"ready"', b'"reedy"').replace(b'"seat":1', b'"seat":2')
    if changed == line:
        changed = bytes(line)[:-2] + b"9}"
    connection.execute(f"UPDATE {table} SET line = ? WHERE seq = 50", (changed,))  # noqa: S608
    return changed, int(seq)
