"""`makersphere class`: a class is opened on a running server with its names, then found, written out and erased."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import AsyncMock

import pytest

from makersphere_cli.commands import classes
from makersphere_cli.main import run
from makersphere_cli.rooms import class_over_the_wire
from makersphere_cli.rooms.roster import Listed, in_pieces, list_in, list_of
from makersphere_clients.connection import Connection, ConnectionEnded
from makersphere_server.classes import kept_classes
from tests.server.rig.in_a_thread import serving_in_a_thread

LAID = ("counter", "--table", "2", "--name", "7b", "--language", "zh")
NAMES = "id,name\n1,Mina\n2,Ben\n\n3,Mina\n4,host\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder in which the command runs, in English and with no key."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAKERSPHERE_LANGUAGE", "en")
    for name in ("MAKERSPHERE_CLASS_KEY", "MAKERSPHERE_HOST_KEY", "MAKERSPHERE_HOST_TOKEN", "MAKERSPHERE_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def told(capsys: pytest.CaptureFixture[str], *words: str) -> Any:  # noqa: ANN401  (JSON of any shape)
    """Return what a command prints as JSON."""
    capsys.readouterr()
    assert run(["class", *words, *(["--json"] if words[0] != "export" else [])]) == 0
    out, said = capsys.readouterr()
    assert said == ""
    return json.loads(out)


def sentence(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Return the one sentence that a command complains in."""
    capsys.readouterr()
    assert run(["class", *words]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1, said
    return said


def assert_is_sheet(page: Path, people: int) -> None:
    """See that a page has a QR code for each person, speaks the class's language, and is its owner's alone to read."""
    sheet = page.read_text("utf-8")
    assert sheet.count("<svg") == people
    assert sheet.count("viewBox") == people  # else it has no size to be printed in
    assert "Mina" in sheet
    assert '<html lang="zh">' in sheet
    assert "<span>7b: 班级 " in sheet  # slips are cut apart
    assert sheet.count('<span class="code">通行码') == people
    assert sheet.count("打开 127.0.0.1:") == people
    assert sheet.count("再点开“我有座位通行码”。不用填名字。") == people
    assert page.stat().st_mode & 0o077 == 0


def test_a_class_from_its_names_to_its_end(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Opened with a list, filled and printed; listed beside the running server, written out, erased with its tables."""
    (home / "names.csv").write_text(NAMES, "utf-8")
    (home / "more.txt").write_bytes("李雷\n韩梅".encode("gbk"))
    data = ("--data", str(home / "data"))
    with serving_in_a_thread(folder=home / "data", class_key="open sesame") as url:
        there = ("--server", url)
        assert "MAKERSPHERE_CLASS_KEY" in sentence(capsys, "open", *LAID, *there)
        monkeypatch.setenv("MAKERSPHERE_CLASS_KEY", "open sesame")
        opened = told(capsys, "open", *LAID, *there, "--roster", "names.csv", "--sheet", "sheet.html")
        room = opened["room"]
        assert (opened["tables"], opened["twins"], opened["bad"]) == (2, ["Mina"], ["host"])
        assert [person["name"] for person in opened["people"]] == ["Mina", "Ben"]
        links = [person["link"] for person in opened["people"]]
        assert all(link.startswith(f"{url}/#/j/{room}/me/") for link in links)
        assert_is_sheet(home / "sheet.html", people=2)
        assert "already" in sentence(capsys, "links", room, *data, "--sheet", "sheet.html")
        assert "MAKERSPHERE_HOST_TOKEN" in sentence(capsys, "names", room, "more.txt", *there)
        monkeypatch.setenv("MAKERSPHERE_HOST_TOKEN", "no token")
        assert "opens no chair" in sentence(capsys, "names", room, "more.txt", *there)
        monkeypatch.setenv("MAKERSPHERE_HOST_TOKEN", opened["host_token"])
        more = told(capsys, "names", room, "more.txt", *there)
        assert [person["name"] for person in more["people"]] == ["Mina", "Ben", "李雷", "韩梅"]
        assert "host_token" not in more
        (listed,) = told(capsys, "list", *data)
        assert (listed["room"], listed["name"], listed["language"], listed["people"]) == (room, "7b", "zh", 4)
        assert told(capsys, "show", room.lower(), *data) == listed
        assert [each["link"] for each in told(capsys, "links", room, *there, *data)][:2] == links
        assert "stop" in sentence(capsys, "erase", room, "--yes", *data).lower()
    written = told(capsys, "export", room, *data)
    assert [person["name"] for person in written["people"]] == ["Mina", "Ben", "李雷", "韩梅"]
    assert (written["grouping"]["by"], written["in_step"]) == ("size", False)
    assert opened["host_token"] not in json.dumps(written)
    assert run(["verify", "--all", *data]) == 0  # a class has no log of its own, and its tables have
    assert "no terminal" in sentence(capsys, "erase", room, *data)
    assert sorted(told(capsys, "erase", room, "--yes", *data)["tables"]) == sorted(listed["tables"].values())
    assert told(capsys, "list", *data) == kept_classes.list_classes(home / "data") == []
    assert run(["rooms", "show", room, *data]) == 2
    assert room in sentence(capsys, "show", room, *data)


def test_what_became_of_names_is_said_of_each_once(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Which are kept for hosts and which were changed, in words and to programs."""
    (home / "names.csv").write_text("name\nMina\nMina\nTeacher\nBen\u200b\n\u0410nna\n", "utf-8")
    with serving_in_a_thread(folder=home / "data") as url:
        opened = told(capsys, "open", *LAID, "--server", url, "--roster", "names.csv")
        assert {kind: opened[kind] for kind in ("marked", "twins", "bad", "reserved", "mixed", "changed")} == {
            "marked": [],
            "twins": ["Mina"],
            "bad": ["Teacher", "\u0410nna"],
            "reserved": ["Teacher"],
            "mixed": ["\u0410nna"],
            "changed": ["Ben"],
        }
        assert run(["class", "open", *LAID, "--server", url, "--roster", "names.csv"]) == 0
    said = capsys.readouterr().err
    assert "Teacher is kept for hosts" in said
    assert "Ben was shortened" in said
    assert said.count("Teacher") == said.count("\u0410nna") == 1, said
    assert "\u0410nna mixes letters of alphabets" in said


def test_a_wrong_key_is_told_from_none(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever has set one reads that it is not the server's."""
    with serving_in_a_thread(folder=home / "data", class_key="open sesame") as url:
        assert "wants its key" in sentence(capsys, "open", *LAID, "--server", url)
        monkeypatch.setenv("MAKERSPHERE_CLASS_KEY", "open barley")
        assert "does not take the key in MAKERSPHERE_CLASS_KEY" in sentence(capsys, "open", *LAID, "--server", url)


def test_a_name_that_stands_twice_in_a_long_list_goes_out_in_one_piece() -> None:
    """The server sees twins in one command alone; a piece has no more names than a command takes."""
    ana, twin, *others = (Listed(name) for name in ("Ana", "ANA ", "Bo", "Cy", "Di"))
    assert in_pieces([ana, *others, twin], 3) == [[ana, twin, others[0]], others[1:]]
    assert in_pieces([others[0], *[ana] * 4], 3) == [others[:1], [ana] * 3, [ana]]
    assert in_pieces([], 3) == []


@pytest.mark.parametrize("sheet", ["names.csv", "nowhere/sheet.html"])
def test_a_sheet_that_cannot_be_written_is_said_before_anything_is_opened(
    sheet: str, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where a file is already, or no folder, nobody is asked for a class, nor for a place in one."""
    (home / "names.csv").write_text(NAMES, "utf-8")
    monkeypatch.setenv("MAKERSPHERE_HOST_TOKEN", "a token")
    there = ("--server", "http://localhost:1", "--sheet", sheet)
    assert sheet in sentence(capsys, "open", *LAID, *there)
    assert sheet in sentence(capsys, "names", "K7QF234", "names.csv", *there)
    assert [file.name for file in home.iterdir()] == ["names.csv"]


def _too_many_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the server refuse the names."""
    monkeypatch.setattr(class_over_the_wire, "_AT_ONCE", 1_000)


def _broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """End the link once the class is open."""
    monkeypatch.setattr(Connection, "command", AsyncMock(side_effect=ConnectionEnded("no_answer", "gone")))


def _stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do what a press of Ctrl-C does, in the middle of the names."""

    def tell(_done: int, _of: int) -> None:
        task = asyncio.current_task()
        assert task is not None
        task.cancel()

    monkeypatch.setattr(classes, "_tell_progress", tell)


def _written_by_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the sheet's file made by another in the meantime."""
    monkeypatch.setattr(classes, "_tell_progress", lambda _done, _of: Path("sheet.html").touch())


@pytest.mark.parametrize(
    ("disturb", "says"),
    [
        (_too_many_at_once, "does not do it"),
        (_broken_off, "gone"),
        (_stopped, "makersphere class names"),
        (_written_by_another, "already"),
    ],
)
def test_a_class_that_is_open_is_said_whatever_comes_after(
    disturb: Callable[[pytest.MonkeyPatch], None],
    says: str,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Its code and its console stand on the output, and the trouble beside it."""
    (home / "names.csv").write_text("\n".join(f"Mina {number}" for number in range(201)), "utf-8")
    disturb(monkeypatch)
    with serving_in_a_thread(folder=home / "data") as url:
        words = ("open", "counter", "--people", "2", "--server", url, "--roster", "names.csv", "--sheet", "sheet.html")
        assert run(["class", *words]) == 2
        out, said = capsys.readouterr()
        assert says in said
        (opened,) = told(capsys, "list", "--data", str(home / "data"))
        assert f"{url}/#/r/{opened['room']}/" in out


def test_a_program_is_told_of_an_open_class_whatever_comes_after(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The one JSON object is printed, with the token, and the exit code says that something is missing."""
    (home / "names.csv").write_text("Mina", "utf-8")
    _broken_off(monkeypatch)
    with serving_in_a_thread() as url:
        assert run(["class", "open", "counter", "--server", url, "--roster", "names.csv", "--json"]) == 2
    opened = json.loads(capsys.readouterr().out)
    assert opened["console"].endswith(f"{opened['room']}/{opened['host_token']}")


def test_a_room_is_no_class(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The code of a room is said to be none of a class, and nothing happens to the room."""
    data = ("--data", str(home / "data"))
    assert run(["demo", "--scenario", "counter", "--seats", "2", *data, "--json"]) == 0
    room = json.loads(capsys.readouterr().out)["room"]
    for words in (("show", room), ("links", room), ("export", room), ("erase", room, "--yes")):
        assert f"no class {room}" in sentence(capsys, *words, *data)
    assert told(capsys, "list", *data) == []
    assert run(["rooms", "show", room, *data]) == 0


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"", "has no names"),
        (b"\n \n", "has no names"),
        (b"name\n", "has no names"),
        (b"\0\0\0\0picture", "has no names"),
        ("\n".join(f"n{number}" for number in range(10_000)).encode(), "10,000 names"),
        (b"Ana\n" + b"x" * 201, "Name 2"),
        (b'name,group\n\nAna,Red\n"Bo,Red\n"Cy",Red\n', "Line 4"),
        (b'name,group\n"Ana\nLee",Red\n', "Line 2"),
        (b'name,group\nAna,"Red\nBo,Red', "Line 2"),
        (b'name,group\nAna,"' + b"Red\n" * 40_000, "Line 2"),
        (b"name,group\nAna," + b"x" * 140_000, "Line 2"),
        ("\u738b\u5c0f\u660e\n\u9673\u6021\u541b".encode("big5"), "saved as UTF-8"),
        ("\u5c71\u7530\n\u4f50\u85e4".encode("shift_jis"), "saved as UTF-8"),
        ("\u674e\u96f7\n\u97e9\u6885\n".encode() + b"\xe9", "saved as UTF-8"),
        (b"\xff\xfeA\x00B\xd8", "saved as UTF-8"),
    ],
)
def test_a_list_that_cannot_be_taken_is_said_before_anything_is_opened(
    raw: bytes, says: str, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The sentence names the file, what is wrong and what was expected; no server is asked."""
    (home / "names.csv").write_bytes(raw)
    said = sentence(capsys, "open", *LAID, "--server", "http://localhost:1", "--roster", "names.csv")
    assert "names.csv" in said
    assert says in said
    assert "expected" in said


def test_what_leads_nowhere_is_said(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is not there, an address that leads to no server, and a server that does not answer."""
    assert "nowhere.csv" in sentence(capsys, "open", "--roster", "nowhere.csv")
    assert "http://localhost:8000" in sentence(capsys, "open", "--server", "ftp://x")
    assert "localhost:1" in sentence(capsys, "open", "--server", "http://localhost:1")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ana\r\n\r\n  \r\n Bo \r\n", ["Ana", "Bo"]),
        ("Name\nAna\nBo", ["Ana", "Bo"]),
        ('id,Name,mail\n1,Ana,a@b\n2,"Bo, the ""Second""",c@d', ["Ana", 'Bo, the "Second"']),
        ("学号;姓名\n1;李雷\n2;韩梅梅", ["李雷", "韩梅梅"]),
        ("First name,Surname,Group\nAnn,Lee,A\nBo,,B", ["Ann Lee", "Bo"]),
        ("id;Last Name;First Name\n1;Lee;Ann", ["Ann Lee"]),
        ("姓,名\n李,雷\n韩,梅梅", ["李雷", "韩梅梅"]),
        ("Lovelace, Ada\nHopper, Grace", ["Lovelace, Ada", "Hopper, Grace"]),
        ("name\tseat\nAna\t1\n\t2\nBo", ["Ana", "Bo"]),
        ("Ana\r\r Bo\u2028", ["Ana", "Bo"]),
        ("\n \n", []),
    ],
)
def test_names_are_found_as_on_the_page(text: str, names: list[str]) -> None:
    """A line each, or the column that is called name; empty ones are left out."""
    assert [listed.name for listed in list_in(text)] == names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("name\tgroup\nAna\tRed\nBo\t", [Listed("Ana", "Red"), Listed("Bo")]),
        ('Team,Student Name\n"Red, one",Ana\n,Bo', [Listed("Ana", "Red, one"), Listed("Bo")]),
        ("First name,Surname,Group\nAnn,Lee,A", [Listed("Ann Lee", "A")]),
        ("学号;组别;姓名\n1;一组;李雷", [Listed("李雷", "一组")]),
        ("group;seat\nRed;1", [Listed("group;seat"), Listed("Red;1")]),
        (f"name,class\nAna,{'x' * 300}", [Listed("Ana", "x" * 200)]),
    ],
)
def test_groups_are_found_as_on_the_page(text: str, found: list[Listed]) -> None:
    """The column that is called group, beside the one that is called name; without names it is none."""
    assert list_in(text) == found


def test_groups_of_a_file_are_put_on_the_list(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the list says of each is kept with the name, also where the last piece of it says nothing."""
    (home / "names.csv").write_text("group,name\nRed,Mina\n,Ben\n", "utf-8")
    (home / "more.txt").write_text("Ada", "utf-8")
    with serving_in_a_thread(folder=home / "data") as url:
        opened = told(capsys, "open", *LAID, "--server", url, "--roster", "names.csv")
        monkeypatch.setenv("MAKERSPHERE_HOST_TOKEN", opened["host_token"])
        told(capsys, "names", opened["room"], "more.txt", "--server", url)
    written = told(capsys, "export", opened["room"], "--data", str(home / "data"))
    assert {person["name"]: person.get("mark", "") for person in written["people"]} == {
        "Mina": "Red",
        "Ben": "",
        "Ada": "",
    }


@pytest.mark.parametrize(
    ("raw", "names"),
    [
        ("name\nZo\u00eb\n\u674e\u96f7\n".encode("utf-16-le"), ["Zo\u00eb", "\u674e\u96f7"]),
        ("\u674e\u96f7\n\u97e9\u6885".encode("utf-16-be"), ["\u674e\u96f7", "\u97e9\u6885"]),
        ("\ufeffname\tgroup\nAnn\t\u4e00\u73ed\n".encode("utf-16-le"), ["Ann"]),
        (
            "\u738b\u4e00\n\u674e\u96f7\n\u97e9\u6885\nAnn".encode("utf-16-le"),
            ["\u738b\u4e00", "\u674e\u96f7", "\u97e9\u6885", "Ann"],
        ),
        (b"Ann\0a\nBo, who is no sixteenth\n", ["Anna", "Bo, who is no sixteenth"]),
    ],
)
def test_a_file_with_zeros_is_read(tmp_path: Path, raw: bytes, names: list[str]) -> None:
    """In UTF-16 without a mark, as some programs write it; a zero alone is no part of a name."""
    (tmp_path / "names.csv").write_bytes(raw)
    assert [listed.name for listed in list_of(tmp_path / "names.csv")] == names


@pytest.mark.parametrize(
    ("text", "encoding", "name"),
    [
        ("N\xb0;name\n1;Anna\n", "cp1252", "Anna"),
        ("\u674e\u96f7 \u221a\n", "gbk", "\u674e\u96f7 \u221a"),
        ("name,fee,from\nZo\xeb,\u20ac5,Stra\xdfe 3\xbd\nJos\xe9,\u20ac6,\xc5s\nA\xefda,1,x\n", "cp1252", "Zo\xeb"),
        (
            "\u59d3\u540d,\u7ea7\n\u674e\u96f7,\u2160\n\u53e4\u4e3d\xb7\u963f\u4f9d,\u7532\uff08\u4e00\uff09\n",
            "gbk",
            "\u674e\u96f7",
        ),
    ],
)
def test_signs_of_other_columns_make_no_list_unreadable(tmp_path: Path, text: str, encoding: str, name: str) -> None:
    """A sign here and there is none of another encoding."""
    (tmp_path / "names.csv").write_bytes(text.encode(encoding))
    assert list_of(tmp_path / "names.csv")[0].name == name
