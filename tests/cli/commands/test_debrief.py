"""`makersphere debrief`: the folder that it writes, in either language, and what it refuses."""

from __future__ import annotations

import json
import re
from contextlib import closing
from pathlib import Path

import pytest

from makersphere_cli.main import run
from makersphere_protocol import texts
from makersphere_rules import shipped
from makersphere_server.storage.log_file import export_jsonl, read_jsonl
from makersphere_server.storage.store import Store
from makersphere_server.storage.transaction import Create
from tests.server.rig.made_up_logs import row

ROOT = Path(__file__).resolve().parents[3]
LOG = ROOT / "tests" / "golden" / "quickstart-v1.jsonl"


@pytest.fixture(autouse=True)
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with nothing in it, in which the command runs, in English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAKERSPHERE_LANGUAGE", "en")
    return tmp_path


def words_of(page: Path) -> str:
    """Return what people read on a page."""
    body = page.read_text("utf-8").partition("<body>")[2]
    return re.sub(r"<[^>]+>", " ", body)


def test_a_folder_has_a_page_for_the_class_and_one_for_each_student(
    empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the room's code it is named, and a sentence says what lies in it."""
    assert run(["debrief", str(LOG)]) == 0
    room = read_jsonl(LOG).row.room
    folder = empty / f"makersphere-{room}"
    assert f"Written to {folder.name}" in capsys.readouterr().out
    assert {path.name for path in folder.iterdir()} == {"class.html", "teacher.html", "participation.csv", "students"}
    assert len(list((folder / "students").iterdir())) == len(read_jsonl(LOG).row.roles)


@pytest.mark.parametrize("language", texts.languages())
def test_no_sentence_of_a_page_is_missing_in_a_language(empty: Path, language: str) -> None:
    """No key and no placeholder stands where a sentence belongs."""
    assert run(["debrief", str(LOG), "--out", "pages", "--language", language]) == 0
    for page in (empty / "pages").rglob("*.html"):
        said = words_of(page)
        assert not re.search(r"[{}]|\b(?:home|ui|moment|figure|lesson|reason|part)\.[a-z]", said), page
    assert f'<html lang="{language}">' in (empty / "pages" / "class.html").read_text("utf-8")


def test_every_command_of_a_seat_is_told_in_the_second_person() -> None:
    """What a student did has a sentence of its own, once and several times, in every language."""
    commands = {command.name for module in shipped.own_modules().values() for command in module.commands}
    for language in texts.languages():
        known = texts.catalogue(language)
        assert {f"home.did.{name}" for name in commands} <= known.keys()
        assert {f"home.did.{name}.one" for name in commands} <= known.keys()


def test_programs_get_the_names_of_the_files(capsys: pytest.CaptureFixture[str]) -> None:
    """One JSON object with the folder and what was written."""
    assert run(["debrief", str(LOG), "--out", "pages", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["folder"] == "pages"
    assert found["files"][:3] == ["class.html", "teacher.html", "participation.csv"]


def test_a_folder_that_is_there_is_written_into_only_when_it_is_said(
    empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing of an earlier folder is lost by mistake."""
    (empty / "pages").mkdir()
    assert run(["debrief", str(LOG), "--out", "pages"]) == 2
    assert "--replace" in capsys.readouterr().err
    assert run(["debrief", str(LOG), "--out", "pages", "--replace"]) == 0


def test_what_is_not_over_or_not_there_is_said(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A game that goes on has no pages; an unknown room, file or language is named."""
    begun = empty / "begun.jsonl"
    begun.write_bytes(b"".join(LOG.read_bytes().splitlines(keepends=True)[:40]))
    for words in (["debrief", str(begun)], ["debrief", "absent.jsonl"], ["debrief", "K7QF234", "--data", "rooms"]):
        assert run(words) == 2
        assert capsys.readouterr().err.count("\n") == 1
    assert run(["debrief", str(LOG), "--language", "xx"]) == 2
    assert "en, zh" in capsys.readouterr().err


def test_a_game_that_has_not_begun_is_told_from_one_that_goes_on(
    empty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A room still in its lobby is not said to be played."""
    file = read_jsonl(LOG)
    start = next(n for n, record in enumerate(file.records) if b"game_started" in record.events)
    for many, said in ((start, "has not begun"), (start + 1, "is still being played")):
        log = empty / f"first-{many}.jsonl"
        export_jsonl(file.row, file.records[:many], log)
        assert run(["debrief", str(log)]) == 2
        assert said in capsys.readouterr().err


@pytest.mark.parametrize("command", [["debrief"], ["rooms", "show"], ["export"]])
def test_where_no_room_is_named_a_code_is_asked_for(
    empty: Path, capsys: pytest.CaptureFixture[str], command: list[str]
) -> None:
    """An empty code is no room that is missing: what was expected is said."""
    with closing(Store(empty / "rooms")) as store:
        store.commit([Create(row("K7QF234"))])
    assert run([*command, "", "--data", "rooms"]) == 2
    assert "No room is named; give its code" in capsys.readouterr().err
