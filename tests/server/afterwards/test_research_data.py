"""What researchers are handed: tables of ventures, deals and seasons, a codebook, and a description for programs."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
import tomllib
import zipfile
from collections import Counter
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from makersphere_server.afterwards import consented
from makersphere_server.afterwards.beside_the_log import tables_beside
from makersphere_server.afterwards.codebook import codebook, meaning
from makersphere_server.afterwards.export_tables import Table, answers_table, finished_room
from makersphere_server.afterwards.exporting import ToldRoom, exported, tables_of
from makersphere_server.room.model.bookmarks import Bookmark
from makersphere_server.room.model.why import Why, WhyMoved
from tests.server.rig.fakes import Rig
from tests.server.rig.finished_rooms import StoredRoom, begun, stored, to_the_end

_DOCS = Path(__file__).parents[3] / "docs"
_BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)
_BOOK = tomllib.loads(files("makersphere_server.afterwards").joinpath("codebook.toml").read_text("utf-8"))
_CELLS = {"integer": int, "string": str, "datetime": str}
_MOMENT = {  # of the debrief that says why, as it is kept
    "number": 1,
    "of": 1,
    "season": 1,
    "phase": "matching",
    "sort": "signed",
    "seq": 9,
    "futures": 60,
    "alike": 2,
    "differences": [
        {"what": "born", "seat": 0, "was": 10_000, "might": 0, "mean": -10_000, "lo": -10_000, "hi": -10_000}
    ],
}
Row = dict[str, Any]


async def _played(scenario: str, seats: int) -> StoredRoom:
    rig = await Rig(bots="standard").start()
    host, *_ = await begun(rig, scenario, seats, ("Ann", "Ben"))
    await to_the_end(rig, host)
    found = await stored(rig, host.room)
    await rig.stop()
    return found


@cache
def played(scenario: str = "classroom", seats: int = 12) -> ToldRoom:
    """Return a game of bots and two people at its end."""
    kept = asyncio.run(_played(scenario, seats))
    return ToldRoom(finished_room(kept.row, kept.records), kept.records, kept.private)


def rows(told: ToldRoom) -> dict[str, list[Row]]:
    """Return the rows of each table of a room, by column."""
    found = tables_of(told, names=False)
    return {table.name: [dict(zip(table.columns, row, strict=True)) for row in table.rows] for table in found}


def figures(tables: dict[str, list[Row]], name: str) -> dict[int, int]:
    """Return a figure by season, where it is not 0."""
    return {row["season"]: row["value"] for row in tables["figures"] if row["figure"] == name and row["value"]}


def test_ventures_and_deals_are_those_that_the_figures_count() -> None:
    """By season: founded, born, closed and signed; hours and fees of deals, credits and shares of holders."""
    tables = rows(played())
    ventures = tables["ventures"]
    for figure, column in (("founded", "founded_season"), ("births", "born_season"), ("deaths", "closed_season")):
        assert Counter(row[column] for row in ventures if row[column]) == figures(tables, figure), figure
    assert Counter(row["season"] for row in tables["deals"]) == figures(tables, "deals")
    assert all((row["closed"] != "") == (row["closed_season"] is not None) for row in ventures)
    capital = Counter({row["venture"]: row["capital"] for row in ventures})
    paid: Counter[int] = Counter()
    for row in tables["deals"]:
        paid[row["venture"]] += row["credits"]
    assert paid
    assert all(capital[venture] >= credits_ for venture, credits_ in paid.items())
    shares: Counter[tuple[int, int]] = Counter()
    for row in tables["holdings"]:
        shares[row["season"], row["venture"]] += row["shares_bp"]
    assert set(shares.values()) == {10_000}
    living = Counter(season for season, _ in shares)
    assert living == figures(tables, "living")


def test_a_season_of_a_seat_says_what_it_had_and_who_decided() -> None:
    """Credits are those of the ledger at its end; decisions of all seasons add up to the seat's."""
    told = played()
    tables = rows(told)
    seasons = {(row["season"], row["seat"]): row for row in tables["seasons"]}
    last = max(season for season, _ in seasons)
    for season in range(1, last + 1):
        held: Counter[str] = Counter()
        for row in tables["postings"]:
            if row["season"] <= season:
                held[row["source"]] -= row["credits"]
                held[row["target"]] += row["credits"]
        for seat in tables["seats"]:
            assert seasons[season, seat["seat"]]["credits"] == held[f"{seat['role']}:{seat['seat']}"]
    for seat in tables["seats"]:
        own = [row for row in tables["seasons"] if row["seat"] == seat["seat"]]
        for by in ("person", "bot"):
            assert sum(row[f"decided_by_{by}"] for row in own) == seat[f"decided_by_{by}"]
    assert {row["role"] for row in tables["seasons"]} == {"maker", "investor", "operator"}


def test_an_event_says_to_which_season_it_belongs() -> None:
    """What a close opens belongs to what it opens, though its command fell before."""
    events = rows(played())["events"]
    opened = [(row, json.loads(row["data"])) for row in events if row["event"] == "phase_opened"]
    assert all((row["event_season"], row["event_phase"]) == (it["season"], it["phase"]) for row, it in opened)
    began = [(row["season"], row["event_season"]) for row in events if row["event"] == "season_began"]
    assert began == [(0, 1), (1, 2), (2, 3)]


def test_ventures_of_each_run_are_told_apart() -> None:
    """A game of several runs deals ventures anew, with the same numbers: each row says of which run it is."""
    tables = rows(played("mechanisms", 12))
    runs = {row["run"] for row in tables["ventures"]}
    assert len(runs) > 1
    keys = [(row["run"], row["venture"]) for row in tables["ventures"]]
    assert len(set(keys)) == len(keys)
    assert Counter(row["season"] for row in tables["deals"]) == figures(tables, "deals")


def test_the_codebook_knows_each_column_and_no_other() -> None:
    """Of all tables that an export can have; in both languages, and numbers are numbers."""
    told = played()
    found = tables_of(told, names=True) + tables_of(played("mechanisms", 12), names=True)
    answer = {"season": None, "question": "plan", "seat": 1, "kind": "text", "choice": None, "text": "more hours"}
    found.append(answers_table([answer], {1: "Ann"}))
    why = Why()
    why.move(WhyMoved(status="made", of=1, moment=_MOMENT))
    kept = {**why.take_unsaved(), **Bookmark(1, "policy", 1_000, "look").to_store(7)}
    found += tables_beside({key: value for key, value in kept.items() if value is not None}, names=True)
    found.append(Table("chosen", ("choice",), [["hours"]]))
    found.append(codebook(found))
    seen: dict[str, set[str]] = {}
    for table in found:
        seen.setdefault(table.name, set()).update(table.columns)
        assert all(meaning(table.name).says)
        for place, column in enumerate(table.columns):
            told_ = meaning(table.name, column)
            assert all(told_.says), column
            kinds = {type(row[place]) for row in table.rows if row[place] is not None}
            assert kinds <= {_CELLS[told_.type]}, (table.name, column)
    assert set(_BOOK) - {"common"} == set(seen)
    asked = {"room", "scenario", "version", "consent"}  # of tables that have been laid together, and of who was asked
    for name, book in _BOOK.items():
        columns = set().union(*seen.values()) if name == "common" else seen[name]
        for column in book["columns"]:
            known = column in columns or any(each.startswith(column[:-1]) for each in columns if column[-1] == "*")
            assert known or column in asked, (name, column)


def test_the_codebook_says_what_screens_call_a_figure() -> None:
    """In both languages; one of a space says of which."""
    said = {
        row[2]: row[-2:] for row in codebook(tables_of(played(), names=False)).rows if row[1] in ("figure", "reason")
    }
    assert said["births"] == ["Ventures born", "成立的项目"]
    assert said["rent"][0] == "Rent"
    assert said["community_12"][0] == "Community, space 12"
    used = {row["figure"] for row in rows(played())["figures"]}
    assert len(used - set(said)) < len(used) / 10, sorted(used - set(said))


class _Asked:
    """Settings of a room whose people were asked for their consent."""

    consent = True

    @classmethod
    def stored(cls, _: object) -> _Asked:
        """Return them."""
        return cls()


@pytest.mark.parametrize("seat", range(1, 13))
def test_who_has_not_agreed_leaves_no_gap(monkeypatch: pytest.MonkeyPatch, seat: int) -> None:
    """Neither what is missing to a whole, nor a space, nor a venture of an earlier run tells of them."""
    told = played("mechanisms", 12)
    whole = rows(told)
    monkeypatch.setattr(consented, "RoomSettings", _Asked)
    monkeypatch.setattr(consented, "withheld_seats", lambda *_: frozenset({seat}))
    left = rows(told)
    theirs = {
        (row["run"], row["venture"])
        for row in whole["ventures"]
        if seat == row["lead"] or str(seat) in str(row["cofounders"]).split()
    }
    run_of = {row["season"]: row["run"] for row in whole["seasons"]}
    shares: Counter[tuple[int, int]] = Counter()
    for row in left["holdings"]:
        shares[row["season"], row["venture"]] += row["shares_bp"]
    assert set(shares.values()) <= {10_000}
    held = {(row["run"], row["venture"]) for row in whole["holdings"] if row["seat"] == seat}
    assert {(row["run"], row["venture"]) for row in left["ventures"] if row["capital"] is not None} & held == set()
    assert seat not in {row["space"] for row in left["ventures"]}
    moved = {
        (run_of.get(row["season"], max(run_of.values())), int(account.removeprefix("venture:")))
        for row in left["postings"]
        for account in (row["source"], row["target"])
        if account.startswith("venture:")
    }
    assert moved & theirs == set()
    seen = [row for row in left["phases"] if row["kind"] == "venture"]
    assert {(run_of.get(row["season"], max(run_of.values())), int(row["id"])) for row in seen} & theirs == set()
    assert not [row for row in seen if row["figure"] == "space" and row["value"] == seat]
    parts: Counter[tuple[int, str, str]] = Counter()
    for row in seen:
        if row["figure"].startswith("shares.") and row["seen"] == "all":
            parts[row["season"], row["phase"], row["id"]] += row["value"]
    assert parts
    assert set(parts.values()) == {10_000}


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_the_description_is_that_of_the_files(form: str) -> None:
    """Each file of the zip is described, column by column; keys tell rows apart; rooms are laid together."""
    rooms = [played(), played("mechanisms", 12)]
    found = exported(rooms, form, names=False)
    assert found.name == f"makersphere-2-rooms.{form}.zip"
    with zipfile.ZipFile(io.BytesIO(found.body)) as archive:
        package = json.loads(archive.read("datapackage.json"))
        assert {"datapackage.json", *(each["path"] for each in package["resources"])} == set(archive.namelist())
        for each in package["resources"] if form == "csv" else ():
            read = list(csv.DictReader(io.StringIO(archive.read(each["path"]).decode("utf-8-sig"))))
            fields = [field["name"] for field in each["schema"]["fields"]]
            assert list(read[0]) == fields
            assert all(
                row[field["name"]].lstrip("-").isdigit() or not row[field["name"]]
                for row in read
                for field in each["schema"]["fields"]
                if field["type"] == "integer"
            )
            if "primaryKey" in each["schema"]:
                keys = [tuple(row[column] for column in each["schema"]["primaryKey"]) for row in read]
                assert len(set(keys)) == len(keys), each["name"]
            if each["name"] != "codebook":
                assert {row["room"] for row in read} <= {told.finished.row.room for told in rooms}
                assert {row["scenario"] for row in read} <= {"classroom", "mechanisms"}


def test_a_dataset_keeps_the_rules_of_psych_ds() -> None:
    """Names of files, the description in schema.org's words, and each column in it; as its rules have them."""
    rooms = [played(), played("mechanisms", 12)]
    found = exported(rooms, "psych-ds", names=False)
    assert found.name == "makersphere-2-rooms.psych-ds.zip"
    with zipfile.ZipFile(io.BytesIO(found.body)) as archive:
        read = {name: archive.read(name).decode() for name in archive.namelist()}
    description = json.loads(read.pop("dataset_description.json"))
    assert (description["@context"], description["@type"]) == ("https://schema.org", "Dataset")
    assert description["name"]
    assert description["description"]
    assert read.pop("README.md")
    measured = {each["name"]: each for each in description["variableMeasured"]}
    columns = set[str]()
    for name, text in read.items():
        assert re.fullmatch(r"data/([a-z]+-[a-zA-Z0-9]+)(_[a-z]+-[a-zA-Z0-9]+)*_data\.csv", name)
        header, *rows = csv.reader(io.StringIO(text))
        assert len(set(header)) == len(header)
        assert rows
        assert {len(row) for row in rows} == {len(header)}
        columns.update(header)
    assert columns == measured.keys()
    assert all(each["@type"] == "PropertyValue" and each["description"] for each in measured.values())
    assert len(read) == len(_tables(exported(rooms, "csv", names=False).body))


def _tables(body: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return [name for name in archive.namelist() if name.endswith(".csv")]


def test_the_page_for_researchers_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its scripts open an export with pandas, Polars and DuckDB; the first counts five figures again and compares."""
    told = played()
    room = told.finished.row.room
    for form in ("csv", "parquet"):
        found = exported([told], form, names=False)
        (tmp_path / found.name).write_bytes(found.body)
    page = (_DOCS / "data.md").read_text("utf-8")
    scripts = _BLOCK.findall(page)
    assert [len(re.findall(f"import {name}", page)) for name in ("pandas", "polars", "duckdb")] == [1, 1, 1]
    monkeypatch.chdir(tmp_path)
    for script in scripts:
        exec(script.replace("ROOM", room), {})  # noqa: S102  (the page's own)


def test_the_page_for_researchers_names_each_table() -> None:
    """With the words of the codebook."""
    page = (_DOCS / "data.md").read_text("utf-8")
    listed = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", page, re.MULTILINE))
    assert listed == {name: book["en"] for name, book in _BOOK.items() if name != "common"}
