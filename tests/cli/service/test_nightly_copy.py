"""The nightly backup: its very commands are carried out on a small store, and what they kept is played on from."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from makersphere_bots.stand_ins import StandIns
from makersphere_cli.main import run
from makersphere_clients.connection import Connection
from makersphere_protocol.messages import Watch
from makersphere_server.afterwards.kept_rooms import list_rooms
from makersphere_server.app import running
from makersphere_server.monitoring.gauges import STAMP
from tests.cli.program import environment
from tests.cli.service.unit_files import commands, environment_of
from tests.loopback import loopback

_UNIT: Final = "makersphere-backup.service"
_DAY_S: Final = 86_400


@pytest.fixture
def home(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Return a folder with the rooms of a game that was really played, and a place for copies."""
    assert run(["demo", "--scenario", "counter", "--seats", "3", "--data", str(tmp_path / "data"), "--json"]) == 0
    capsys.readouterr()
    (tmp_path / "copies").mkdir()
    return tmp_path


def _one_night(home: Path) -> int:
    """Carry out the unit's commands one after the other, as long as each ends well; return how the last one ended."""
    ours = {"DATA": str(home / "data"), "COPIES": str(home / "copies")}
    assert ours.keys() <= environment_of(_UNIT).keys()
    path = os.pathsep.join((str(Path(sys.executable).parent), "/usr/bin", "/bin"))
    for command in commands(_UNIT):
        done = subprocess.run(command, cwd="/", env=environment(home, PATH=path, **ours), check=False)
        if done.returncode:
            return done.returncode
    return 0


def _make_copy(home: Path, day: str, days: int) -> Path:
    """Make something that looks like a copy of so many days ago."""
    folder = home / "copies" / day
    folder.mkdir()
    (folder / "rooms.sqlite3").touch()
    os.utime(folder, (time.time() - days * _DAY_S,) * 2)
    return folder


async def test_a_copy_is_made_each_night_and_a_server_goes_on_from_it(home: Path) -> None:
    """It is under its day's name, old ones go, `/metrics` can tell when; and as a data folder it has the same rooms."""
    old, young = _make_copy(home, "2024-01-01", 20), _make_copy(home, "2024-01-02", 10)
    (home / "copies/new").mkdir()  # what a night that failed has left
    assert _one_night(home) == 0
    (copy,) = [folder for folder in (home / "copies").iterdir() if folder != young]
    assert (old.exists(), time.strftime("%Y-%m-%d") >= copy.name) == (False, True)
    assert time.time() - (home / "data" / STAMP).stat().st_mtime < 600

    (before,) = list_rooms(home / "data")
    (home / "data").rename(home / "damaged")
    shutil.copytree(copy, home / "data")
    async with running(loopback(data=home / "data"), StandIns()) as server:
        watch = Connection(f"ws://127.0.0.1:{server.port}/ws", Watch(before.room))
        await watch.open()
        assert (watch.mirror.game["status"], watch.mirror.seq) == ("over", before.seq)
        await watch.close()


def test_a_copy_that_is_not_right_counts_as_none(home: Path) -> None:
    """It stands beside those that are, and `/metrics` goes on to say when the last good one was made; old ones go."""
    old = _make_copy(home, "2024-01-01", 14)
    with closing(sqlite3.connect(home / "data/rooms.sqlite3")) as database, database:
        database.execute("UPDATE records SET line = CAST(replace(line, '\"by\"', '\"yb\"') AS BLOB) WHERE seq = 2")
    assert _one_night(home) == 1
    (copy,) = (home / "copies").iterdir()
    assert (copy.suffix, old.exists()) == (".damaged", False)
    assert (copy / "rooms.sqlite3").exists()
    assert not (home / "data" / STAMP).exists()
