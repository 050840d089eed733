"""`makersphere restore`: rooms and classes of a folder go into a PostgreSQL as they are, and come out by a backup."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs
import pytest

from makersphere_bots.stand_ins import StandIns
from makersphere_cli.main import run
from makersphere_clients.connection import Connection
from makersphere_protocol.messages import Create, Options, Resume
from makersphere_server.app import running
from makersphere_server.storage import postgresql as in_postgresql
from makersphere_server.storage.chain import Damaged
from makersphere_server.storage.folder_lock import lock_folder
from makersphere_server.storage.place import Database
from makersphere_server.storage.restore import put_into
from makersphere_server.storage.store import Store
from tests.loopback import loopback
from tests.postgres import Cluster, ask
from tests.server.rig.in_a_thread import serving_in_a_thread

_ROWS = {
    "rooms": "SELECT number, room, founding, epoch, seq, hash, state, reason FROM rooms ORDER BY number",
    "records": "SELECT room, seq, token, id, line, hash FROM records ORDER BY line",
    "private": "SELECT room, key, value, sum FROM private ORDER BY sum",
}


@attrs.frozen
class There:
    """A folder with a class and a game that was played to its end, and an empty database."""

    folder: Path
    database: Database
    room: str
    host_token: str

    def damage(self, statement: str) -> None:
        """Change something behind the server's back."""
        with closing(sqlite3.connect(self.folder / "rooms.sqlite3")) as changed, changed:
            assert changed.execute(statement).rowcount > 0

    def is_empty(self) -> bool:
        """Return whether the database has no table of ours."""
        return ask(self.database.url, "SELECT to_regclass('rooms')") == [(None,)]


@pytest.fixture
def there(
    tmp_path: Path, postgresql: Cluster, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> There:
    """Return both; commands look for rooms in the database."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAKERSPHERE_LANGUAGE", "en")
    monkeypatch.setattr(in_postgresql, "_WAIT_S", 0)
    folder, database = tmp_path / "data", Database.read(postgresql.new_database())
    assert run(["demo", "--scenario", "counter", "--seats", "3", "--data", str(folder), "--json"]) == 0
    (tmp_path / "names.csv").write_text("id,name\n1,Mina\n2,李雷\n", "utf-8")
    capsys.readouterr()
    with serving_in_a_thread(folder=folder) as url:
        words = ("class", "open", "counter", "--table", "2", "--name", "7b", "--server", url, "--roster", "names.csv")
        assert run([*words, "--json"]) == 0
        opened = json.loads(capsys.readouterr().out)
    monkeypatch.setenv("MAKERSPHERE_DATABASE", database.url)
    return There(folder, database, opened["room"], opened["host_token"])


def _told(capsys: pytest.CaptureFixture[str], *words: str) -> Any:  # noqa: ANN401  (JSON of any shape)
    assert run(words) == 0, capsys.readouterr().err
    return json.loads(capsys.readouterr().out)


def _sentence(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run(words) == 2
    out, said = capsys.readouterr()
    assert (out, said.count("\n")) == ("", 1)
    return said


def _rows_of(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    with closing(sqlite3.connect(folder / "rooms.sqlite3")) as found:
        return {table: found.execute(asked).fetchall() for table, asked in _ROWS.items()}


async def test_a_folder_goes_into_a_database_as_it_is(there: There, capsys: pytest.CaptureFixture[str]) -> None:
    """Every row, verified there; the host of before is let in, names are there; what is opened next stands behind."""
    before = _rows_of(there.folder)
    told = _told(capsys, "restore", str(there.folder), "--json")
    assert told == {
        "database": str(there.database),
        "rooms": 3,
        "records": len(before["records"]),
        "verified": 3,
        "wrong": [],
    }
    assert {table: ask(there.database.url, asked) for table, asked in _ROWS.items()} == before
    assert _rows_of(there.folder) == before
    assert ask(there.database.url, "SELECT last_value FROM rooms_number_seq") == [(3,)]
    async with running(loopback(database=there.database.url), StandIns()) as server:
        url = f"ws://127.0.0.1:{server.port}/ws"
        async with Connection(url, Resume(there.room, host_token=there.host_token)) as host:
            assert "李雷" in str(host.mirror.hand)
        async with Connection(url, Create("counter", Options(seats=2))) as founder:
            assert founder.mirror.room in server.lobby


def test_the_way_back_is_a_backup(there: There, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """It has the same rooms, class and names; and it goes into another database as the folder did."""
    assert run(("restore", str(there.folder))) == 0
    assert "Rooms: 3" in capsys.readouterr().out
    copy = str(tmp_path / "copy")
    assert _told(capsys, "backup", copy, "--json")["rooms"] == 3
    for words in (
        ("rooms", "list", "--json"),
        ("class", "show", there.room, "--json"),
        ("class", "export", there.room),
    ):
        assert _told(capsys, *words, "--data", copy) == _told(capsys, *words, "--data", str(there.folder))


def test_no_room_is_lost_in_a_database_that_has_some(there: There, capsys: pytest.CaptureFixture[str]) -> None:
    """Also not its own from before: it is refused, and changes nothing."""
    assert run(("restore", str(there.folder))) == 0
    capsys.readouterr()
    rows = {table: ask(there.database.url, asked) for table, asked in _ROWS.items()}
    assert "has rooms already (3)" in _sentence(capsys, "restore", str(there.folder))
    assert {table: ask(there.database.url, asked) for table, asked in _ROWS.items()} == rows


def test_nobody_works_on_either_side_meanwhile(there: There, capsys: pytest.CaptureFixture[str]) -> None:
    """Else rooms would go on at two places."""
    with closing(lock_folder(there.folder)):
        assert "stop it" in _sentence(capsys, "restore", str(there.folder))
    assert there.is_empty()
    with closing(Store(there.database)):
        assert "stop it" in _sentence(capsys, "restore", str(there.folder))


def test_it_says_what_it_takes(there: There, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """A folder with rooms, and a database: nothing is made of what is not there."""
    assert "nowhere" in _sentence(capsys, "restore", "nowhere")
    assert not (tmp_path / "nowhere").exists()
    assert "--database postgresql://" in _sentence(capsys, "restore", str(there.folder), "--data", "other")
    assert "takes a folder" in _sentence(capsys, "restore", there.database.url)
    assert there.is_empty()


def test_a_room_that_is_not_whole_keeps_all_where_they_are(there: There, capsys: pytest.CaptureFixture[str]) -> None:
    """Beside a database nothing stands that would say so later."""
    there.damage("UPDATE rooms SET seq = seq - 1 WHERE seq > 1")
    said = _sentence(capsys, "restore", str(there.folder))
    assert "isn't whole" in said
    assert "reopen" in said
    with pytest.raises(Damaged):
        put_into(there.database, there.folder)
    assert there.is_empty()


def test_what_was_wrong_before_is_found_afterwards(there: There, capsys: pytest.CaptureFixture[str]) -> None:
    """The rooms are there, the wrong one is named, and the command has not ended well."""
    there.damage("UPDATE records SET line = CAST(replace(line, '\"by\"', '\"yb\"') AS BLOB) WHERE seq = 2")
    assert run(("restore", str(there.folder), "--json")) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["rooms"], len(told["wrong"])) == (3, 1)
