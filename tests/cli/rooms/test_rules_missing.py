"""A room whose rule modules are not installed, as the commands tell of it: whole, and what to install."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from makersphere_cli.main import run
from makersphere_rules import shipped
from makersphere_server.storage.event_log import RoomRow
from makersphere_server.storage.sqlite_log import SqliteLog
from tests.server.rig.made_up_logs import row

SCENARIO = b'{"name":"beads","seasons":1,"seats":2,"phase":[{"name":"beads","modules":["abacus"]}]}'
INSTALL = "Room ROOM444 is whole, and needs the rule module abacus, which is not installed here."


async def _kept(folder: Path, *rows: RoomRow) -> None:
    log = await SqliteLog.open(folder)
    for each in rows:
        await log.create(each, {})
    await log.close()


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """Return a folder with a room of rules that are not here."""
    founded = row("ROOM444", scenario=SCENARIO, packages={"abacus": "abacus-rules 1.0"})
    asyncio.run(_kept(tmp_path / "rooms", founded))
    return str(tmp_path / "rooms")


def test_it_is_listed_and_checked_as_what_it_is(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    """No log is called damaged, and no number wrong."""
    assert run(["rooms", "list", "--data", folder]) == 0
    listed = " ".join(capsys.readouterr().out.split())
    assert "rules missing" in listed
    assert run(["verify", "ROOM444", "--data", folder]) == 1
    said = capsys.readouterr().out
    assert said == (
        "Room ROOM444 can't be checked: it needs the rule module abacus, which is not installed here:"
        " pip install abacus-rules==1.0.\n"
    )


@pytest.mark.parametrize("command", ["export", "debrief", "why"])
def test_whoever_wants_to_read_it_is_told_what_to_install(
    command: str, folder: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody is advised to erase it."""
    assert run([command, "ROOM444", "--data", folder]) == 2
    assert f"{INSTALL} Install it: pip install abacus-rules==1.0" in " ".join(capsys.readouterr().err.split())


def test_a_package_that_is_broken_is_told_of_once_and_keeps_nothing_from_being_played(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a sentence, where a scenario is looked at."""
    from makersphere_cli.scenarios.lookup import say_if_packages_are_broken  # noqa: PLC0415  (it is kept)

    about = tmp_path / "broken_beads-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: broken-beads\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[makersphere.rules]\nbeads = broken_beads_of_a_test:Beads\n")
    (tmp_path / "broken_beads_of_a_test.py").write_text("1 / 0\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    kept = (shipped.packages, shipped.modules, say_if_packages_are_broken)
    for each in kept:
        each.cache_clear()
    try:
        assert run(["scenario", "check", "quickstart"]) == 0
        assert run(["scenario", "check", "quickstart"]) == 0
    finally:
        monkeypatch.undo()
        for each in kept:
            each.cache_clear()
    said = " ".join(capsys.readouterr().err.split())
    assert said.count("The package broken-beads 1.0 can't be loaded, so its rule module beads is left out:") == 1
    assert "ZeroDivisionError" in said
