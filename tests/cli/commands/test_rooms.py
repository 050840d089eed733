"""`makersphere rooms` and `makersphere backup`, on the room of a game that was really played."""

import errno
import io
import json
import sqlite3
import sys
import zipfile
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from makersphere_cli.commands import rooms
from makersphere_cli.commands.export import export
from makersphere_cli.kept import Kept
from makersphere_cli.main import run
from makersphere_cli.speech.trouble import Trouble
from makersphere_server.afterwards import exporting
from makersphere_server.afterwards import kept_rooms as server_rooms
from makersphere_server.afterwards.verify import Report, verify_stored
from makersphere_server.room.model.room_settings import RoomSettings
from makersphere_server.storage.backup import back_up
from makersphere_server.storage.store import Store
from makersphere_server.storage.transaction import Create, SetState
from tests.cli.program import assert_one_sentence, makersphere, started
from tests.server.rig.bad_disk import small_files
from tests.server.rig.made_up_logs import row


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """Return the home and the outcome of a whole game of bots, kept in its folder `data`."""
    home = tmp_path_factory.mktemp("home")
    done = makersphere(home, "demo", "--scenario", "counter", "--seats", "3", "--data", "data", "--json")
    assert done.returncode == 0, done.stderr
    return home, json.loads(done.stdout)


def _json(home: Path, *arguments: str) -> Any:  # noqa: ANN401  (an object or an array)
    done = makersphere(home, *arguments, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_a_room_from_its_listing_to_its_end(played: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    """Listed, shown, backed up, closed, brought back, made nameless, erased: each says what it did."""
    home, game = played
    room, data = game["room"], ("--data", str(tmp_path / "copy"))
    (home / "data" / "own-rooms.json").write_bytes(b"[]")  # what `play` keeps beside the rooms
    copied = _json(home, "backup", str(tmp_path / "copy"), "--data", "data")
    assert (copied["rooms"], copied["folder"]) == (1, str(tmp_path / "copy"))
    assert (tmp_path / "copy" / "own-rooms.json").read_bytes() == (home / "data" / "own-rooms.json").read_bytes()
    (listed,) = _json(home, "rooms", "list", *data)
    assert {name: listed[name] for name in ("room", "scenario", "state", "seats")} == {
        "room": room,
        "scenario": "counter",
        "state": "over",
        "seats": 3,
    }
    assert listed["seq"] == copied["records"] > 0
    assert listed["rehearsal"] is False
    shown = _json(home, "rooms", "show", room.lower(), *data)
    assert listed.items() <= shown.items()
    assert (shown["people"], shown["epoch"]) == (3, 2)

    assert _json(home, "rooms", "close", room, *data) == {"room": room, "state": "closed"}
    reopened = _json(home, "rooms", "reopen", room, *data)
    assert reopened == {"room": room, "state": "open", "epoch": 3, "seq": listed["seq"], "missing": 0}
    assert _json(home, "rooms", "erase", room, "--names", "--yes", *data) == {"room": room, "erased": "names"}
    assert _json(home, "rooms", "show", room, *data)["people"] == 0
    assert _json(home, "verify", room, *data)["is_right"]
    assert _json(home, "rooms", "erase", room, "--yes", *data) == {"room": room, "erased": "room"}
    assert _json(home, "rooms", "list", *data) == []
    assert_one_sentence(makersphere(home, "rooms", "show", room, *data), f"There is no room {room}", "--data")


def test_one_person_is_written_out_and_erased(played: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    """By seat: their data as JSON, with what they decided; then they are gone, and the log still verifies."""
    home, game = played
    room, data = game["room"], ("--data", str(tmp_path / "copy"))
    _json(home, "backup", str(tmp_path / "copy"), "--data", "data")
    done = makersphere(home, "rooms", "export-person", room, "2", *data)
    (place,) = json.loads(done.stdout)["places"]
    name = place["people"][0]["name"]
    assert name
    assert {one["command"] for one in place["decisions"]} == {"count", "ready"}
    assert_one_sentence(makersphere(home, "rooms", "erase-person", room, "2", *data), room, "--yes")
    erased = _json(home, "rooms", "erase-person", room, "2", "--yes", *data)
    assert erased == {"room": room, "erased": 2, "rooms": [room]}
    assert _json(home, "rooms", "show", room, *data)["people"] == 2
    assert _json(home, "verify", room, *data)["is_right"]
    for verb in (("export-person",), ("erase-person", "--yes")):
        gone = makersphere(home, "rooms", verb[0], room, "2", *verb[1:], *data)
        assert_one_sentence(gone, "2", room)


def test_tokens_in_doubt_are_told_and_left_behind(played: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    """`verify` and `list` name the key and not the value; `reopen` goes on without it, with a new link for the host."""
    home, game = played
    room, data = game["room"], ("--data", str(tmp_path / "copy"))
    _json(home, "backup", str(tmp_path / "copy"), "--data", "data")
    with closing(sqlite3.connect(tmp_path / "copy" / "rooms.sqlite3")) as database:
        (hosts,) = database.execute("SELECT value FROM private WHERE key = 'hosts'").fetchone()
        token = json.loads(hosts)[0]["token"].encode()
        database.execute("UPDATE private SET value = ? WHERE key = 'hosts'", [hosts.replace(token, token[::-1])])
        database.commit()
    found = makersphere(home, "verify", room, *data)
    assert found.returncode == 1
    assert "its log is right" in found.stdout
    assert "names or tokens were changed: hosts" in found.stdout
    assert token[::-1].decode() not in found.stdout
    (listed,) = _json(home, "rooms", "list", *data)
    assert (listed["state"], "hosts" in listed["reason"]) == ("quarantined", True)
    done = makersphere(home, "rooms", "reopen", room, *data, "--json")
    facts = json.loads(done.stdout)
    assert facts["left_behind"] == ["hosts"]
    assert f"/#/r/{room}/{facts['host_token']}" in done.stderr
    assert _json(home, "verify", room, *data)["is_right"]


def test_rooms_for_people(played: tuple[Path, dict[str, Any]]) -> None:
    """A table and plain sentences; an empty folder is no mistake."""
    home, game = played
    listed = makersphere(home, "rooms", "list", "--data", "data")
    assert game["room"] in listed.stdout
    assert "over" in listed.stdout
    shown = makersphere(home, "rooms", "show", game["room"], "--data", "data")
    assert "people" in shown.stdout
    (home / "fresh").mkdir()
    assert makersphere(home, "rooms", "list", "--data", "fresh").stdout == "There are no rooms in fresh.\n"
    assert_one_sentence(makersphere(home, "rooms", "list", "--data", "nowhere"), "nowhere", "--data")


def test_beside_a_server_rooms_are_looked_at_and_not_changed(tmp_path: Path) -> None:
    """The sentence says to stop it; listing and backing up go on."""
    with started(tmp_path, "serve", "--host", "127.0.0.1", "--port", "0") as command:
        command.read_until("Listening on")
        assert _json(tmp_path, "rooms", "list") == []
        assert _json(tmp_path, "backup", "copy")["rooms"] == 0
        for verb in (("close",), ("reopen",), ("erase", "--yes")):
            assert_one_sentence(makersphere(tmp_path, "rooms", *verb, "ABCDEFG"), "stop it")
        command.interrupt()


def test_a_backup_that_cannot_be(tmp_path: Path) -> None:
    """One sentence each, and nothing is written over."""
    (tmp_path / "there").mkdir()
    assert_one_sentence(makersphere(tmp_path, "backup", "new", "--data", "nowhere"), "nowhere", "can't be copied")
    with started(tmp_path, "serve", "--host", "127.0.0.1", "--port", "0", "--data", "rooms") as command:
        command.read_until("Listening on")
        command.interrupt()
    assert_one_sentence(makersphere(tmp_path, "backup", "there", "--data", "rooms"), "there already")


def test_a_finished_room_is_written_to_a_file(played: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    """Tables for a spreadsheet under a name of their own, the log as `verify` takes it, and the debrief."""
    home, game = played
    room, data = game["room"], ("--data", "data")
    said = makersphere(home, "export", room, *data).stdout
    assert said.startswith(f"makersphere-{room}.csv.zip is written, a zip of tables")
    assert_one_sentence(makersphere(home, "export", room, *data), f"makersphere-{room}.csv.zip is there", "--replace")
    assert makersphere(home, "export", room, "--replace", *data).stdout == said
    misnamed = makersphere(home, "export", room, "--out", str(tmp_path / "x.csv"), *data).stdout
    assert f"It is a zip of tables: call it makersphere-{room}.csv.zip" in misnamed
    with zipfile.ZipFile(home / f"makersphere-{room}.csv.zip") as archive:
        assert archive.namelist() == [
            *("seats.csv", "figures.csv", "postings.csv"),
            *("decisions.csv", "events.csv", "phases.csv", "host_commands.csv"),
            *("codebook.csv", "datapackage.json"),
        ]
    everything = tmp_path / "all.zip"
    assert _json(home, "export", "--all", "--out", str(everything), *data)["file"] == str(everything)
    assert everything.read_bytes() == (home / f"makersphere-{room}.csv.zip").read_bytes()
    assert_one_sentence(makersphere(home, "export", *data), "--all")
    assert_one_sentence(makersphere(home, "export", room, "2222222", "--format", "jsonl", *data), "jsonl", "parquet")
    log = tmp_path / "log.jsonl"
    assert _json(home, "export", room, "--format", "jsonl", "--out", str(log), *data)["file"] == str(log)
    assert _json(home, "verify", str(log))["is_right"]
    debrief = tmp_path / "debrief.json"
    assert _json(home, "export", room.lower(), "--format", "debrief", "--out", str(debrief), *data)
    assert json.loads(debrief.read_bytes())["room"] == room
    for nowhere in (str(tmp_path / "none" / "x"), str(tmp_path / ("x" * 300))):
        assert_one_sentence(makersphere(home, "export", room, "--out", nowhere, *data), nowhere, "can't be written")
    place, inside = str(tmp_path), str(tmp_path / f"makersphere-{room}.csv.zip")
    for language, words in (("en", "is a folder"), ("zh", "是文件夹")):
        done = makersphere(home, "export", room, "--out", place, "--replace", *data, MAKERSPHERE_LANGUAGE=language)
        assert_one_sentence(done, f"{place} {words}", inside)
    assert_one_sentence(makersphere(home, "export", "2222222", *data), "There is no room 2222222")
    assert_one_sentence(makersphere(home, "export", room, "--format", "xlsx", *data), "csv")


def test_a_log_is_not_written_where_not_all_have_agreed(
    played: tuple[Path, dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence says why, and what can be had instead."""
    home, game = played
    monkeypatch.setattr(exporting, "withheld_seats", lambda *_: frozenset({1}))
    _json(home, "backup", str(tmp_path / "copy"), "--data", "data")
    with pytest.raises(Trouble, match="agreed that their data leave the server"):
        export(game["room"], out=tmp_path / "log.jsonl", format="jsonl", kept=Kept(data=tmp_path / "copy"))


@pytest.mark.parametrize(
    ("is_sealed", "why"), [(True, "which was still on"), (False, "such as other tables of its class")]
)
def test_a_log_with_the_dice_of_others_is_not_written(
    played: tuple[Path, dict[str, Any]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_sealed: bool,  # noqa: FBT001
    why: str,
) -> None:
    """The sentence says whose dice they are: of the game that it came from, or of other tables."""
    home, game = played
    settings = RoomSettings(keeps_seed=True, sealed=is_sealed)
    monkeypatch.setattr(exporting, "RoomSettings", SimpleNamespace(stored=lambda _: settings))
    _json(home, "backup", str(tmp_path / "copy"), "--data", "data")
    with pytest.raises(Trouble, match=why):
        export(game["room"], out=tmp_path / "log.jsonl", format="jsonl", kept=Kept(data=tmp_path / "copy"))


def test_a_full_disk_leaves_no_half_an_export(played: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    """Under its name stands the whole file or none; what stood there before stands there still."""
    home, game = played
    (tmp_path / "out").mkdir()
    _json(home, "backup", str(tmp_path / "copy"), "--data", "data")  # one file, which is read without another
    with small_files(100), pytest.raises(Trouble, match="too large"):
        export(game["room"], out=tmp_path / "out" / "room.zip", kept=Kept(data=tmp_path / "copy"))
    assert [*(tmp_path / "out").iterdir()] == []


def test_nothing_is_erased_unasked(played: tuple[Path, dict[str, Any]]) -> None:
    """Without a terminal it takes --yes, and the room is still there."""
    home, game = played
    for names in ((), ("--names",)):
        refused = makersphere(home, "rooms", "erase", game["room"], *names, "--data", "data")
        assert_one_sentence(refused, game["room"], "--yes")
    assert _json(home, "rooms", "show", game["room"], "--data", "data")["people"] == 3


@pytest.mark.parametrize("typed", ["ABCDEFG", ""])
def test_another_code_erases_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, typed: str) -> None:
    """At a terminal the code is typed again, and only that code will do."""
    erased = list[str]()
    monkeypatch.setattr(server_rooms, "erase", lambda _, code: erased.append(code))
    monkeypatch.setattr(sys, "stdin", _Terminal(typed + "\n"))
    with pytest.raises(Trouble):
        rooms.erase("2222222", kept=Kept(data=tmp_path))
    assert not erased
    monkeypatch.setattr(sys, "stdin", _Terminal("2222222\n"))
    assert rooms.erase("2222222", kept=Kept(data=tmp_path)) == 0
    assert erased == ["2222222"]


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("command", [("close",), ("reopen",), ("erase", "--yes"), ("show",)])
def test_a_mistyped_folder_is_not_made(tmp_path: Path, command: tuple[str, ...]) -> None:
    """It is told that it is not there."""
    done = makersphere(tmp_path, "rooms", command[0], "K7QFABC", *command[1:], "--data", "mistyped")
    assert_one_sentence(done, "The rooms in mistyped can't be read: No such file or directory.")
    assert not (tmp_path / "mistyped").exists()


def test_all_rooms_are_verified_at_once(
    played: tuple[Path, dict[str, Any]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As each night: how many are right, and of each other one why; a folder without a store has none that is right."""
    home, game = played
    line = ["verify", "--all", "--data", str(tmp_path / "copy")]
    back_up(home / "data", tmp_path / "copy")
    assert run(line) == 0
    assert "Rooms that are right: 1 of 1." in capsys.readouterr().out
    with closing(sqlite3.connect(tmp_path / "copy/rooms.sqlite3")) as database, database:
        database.execute("UPDATE records SET line = CAST(replace(line, '\"by\"', '\"yb\"') AS BLOB) WHERE seq = 2")
    assert run(line) == 1
    said = capsys.readouterr().out
    assert f"Room {game['room']}: seq 2 is the first that is wrong." in said
    assert "Rooms that are right: 0 of 1." in said
    assert run([*line, "--json"]) == 1
    assert [(one["room"], one["is_right"]) for one in json.loads(capsys.readouterr().out)] == [(game["room"], False)]
    assert run([*line[:-1], str(tmp_path / "none")]) == 2
    assert "can't be read" in capsys.readouterr().err


@pytest.fixture
def several(played: tuple[Path, dict[str, Any]], tmp_path: Path) -> Path:
    """Return a folder with a room that was played to its end, and two others, over as well, that nobody can play."""
    back_up(played[0] / "data", tmp_path / "copy")
    with closing(Store(tmp_path / "copy")) as store:
        for code in ("ROOM234", "ROOM345"):
            store.commit([Create(row(code)), SetState(code, "over", "")])
    return tmp_path / "copy"


def test_a_room_that_cannot_be_checked_keeps_no_other(
    several: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It cannot be read, or is erased just then: that is said of it, and the rooms after it are checked."""

    def meanwhile(place: Path, room: str) -> Report:
        if room == "ROOM234":
            raise OSError(errno.EIO, "the disk says no")
        if room == "ROOM345":
            server_rooms.erase(place, room)
        return verify_stored(place, room)

    monkeypatch.setattr("makersphere_cli.commands.verify.verify_stored", meanwhile)
    listed = server_rooms.list_rooms(several)
    monkeypatch.setattr(server_rooms, "list_rooms", lambda _: listed)
    assert run(["verify", "--all", "--data", str(several)]) == 1
    said = capsys.readouterr().out
    assert "Room ROOM234 can't be checked: " in said
    assert "Room ROOM345 can't be checked: it was erased while the rooms were checked." in said
    assert "Rooms that are right: 1 of 3." in said
    assert run(["verify", "--all", "--json", "--data", str(several)]) == 1
    told = json.loads(capsys.readouterr().out)
    assert sorted((one["is_right"], one["status"]) for one in told) == [
        *((False, "unread"), (False, "unread")),
        (True, "over"),
    ]


def test_a_room_that_cannot_be_exported_keeps_no_other(
    several: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file is written without it, it is named on standard error, and the exit code says that not all are there."""
    line = ["export", "--all", "--data", str(several), "--out", str(tmp_path / "all.zip")]
    assert run(line) == 1
    out, said = capsys.readouterr()
    assert "all.zip is written" in out
    assert ["ROOM234" in one for one in said.splitlines()] == [True, False]
    assert "The file is without room ROOM345." in said
    (played,) = [one.room for one in server_rooms.list_rooms(several) if one.room not in ("ROOM234", "ROOM345")]
    server_rooms.erase(several, played)
    assert run([*line, "--replace"]) == 2
    assert "no file is written" in capsys.readouterr().err
