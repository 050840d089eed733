"""Of who has not said yes nothing leaves the server as data; who says no plays on like anybody else."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import msgspec
import pytest

from makersphere_protocol.errors import Refused
from makersphere_protocol.messages import Options
from makersphere_server.afterwards.consented import debrief_with_consent, tables_with_consent, withheld_seats
from makersphere_server.afterwards.downloads import _whole_debrief, debrief_file, game_of, taken_home
from makersphere_server.afterwards.export_files import FORMATS
from makersphere_server.afterwards.export_tables import FinishedRoom, Table, finished_room
from makersphere_server.afterwards.exporting import ToldRoom, exported, tables_of
from makersphere_server.afterwards.reopening import _instead
from makersphere_server.afterwards.take_home.files import FOR_HOSTS, FOR_SEATS
from makersphere_server.afterwards.take_home.game import Shown
from makersphere_server.room.commands.consenting import MOST_TIMES
from makersphere_server.room.model.people.consents import CONSENT_KEY, Consents
from makersphere_server.room.model.room_settings import RoomSettings
from tests.server.rig.fakes import Client, Rig, code
from tests.server.rig.finished_rooms import StoredRoom, stored, to_the_end
from tests.server.rig.left_behind import played_room

_NAMES = ("Agreela", "Refusina", "Silentia")  # in the seats 1, 2 and 3
_WITHHELD = frozenset({2, 3})
OF_OTHERS = {"capital", "given", "places", "scores", "shares", "work"}
_OF_THE_LESSON = {"participation", "people"}  # who took part, for grading


async def _finished(rig: Rig, *answers: str, **options: Any) -> tuple[StoredRoom, FinishedRoom]:  # noqa: ANN401
    """Return a room in which the first person agreed, the second did not, the third said nothing, and its game."""
    host, people = await played_room(rig, *_NAMES, consent=True, **options)
    for person, answer in zip(people, answers or ("yes", "no"), strict=False):
        assert (await person.command("consent", answer=answer)).ok
    await host.command("host.bookmark", word="Refusina was quick")
    await to_the_end(rig, host)
    kept = await stored(rig, host.room)
    return kept, finished_room(kept.row, kept.records)


def _named(kept: StoredRoom, finished: FinishedRoom) -> list[Table]:
    return tables_of(ToldRoom(finished, kept.records, kept.private), names=True)


def _without_consent_page(private: Mapping[str, bytes]) -> dict[str, bytes]:
    return {**private, "settings": msgspec.json.encode(RoomSettings())}


async def test_no_table_has_anything_of_who_has_not_agreed(rig: Rig) -> None:
    """Rows of such a seat are gone, but for its number and role; others' are what they were."""
    kept, finished = await _finished(rig)
    found = {table.name: table for table in _named(kept, finished)}
    before = {
        table.name: table
        for table in _named(StoredRoom(kept.row, kept.records, _without_consent_page(kept.private)), finished)
    }
    assert before.keys() == found.keys()  # each has been thought of
    for name, table in found.items():
        cells = [cell for row in table.rows for cell in row]
        assert not any(one in str(cell) for cell in cells for one in _NAMES[1:]), name
        if name != "seats" and "seat" in table.columns:
            seat = table.columns.index("seat")
            assert _WITHHELD.isdisjoint(row[seat] for row in table.rows), name
            assert any(row[seat] in _WITHHELD for row in before[name].rows), name
    seats = found["seats"]
    rows = {row[0]: dict(zip(seats.columns, row, strict=True)) for row in seats.rows}
    assert {seat: row["consent"] for seat, row in rows.items()} == {
        n: "no" if n in _WITHHELD else "yes" for n in range(1, 7)
    }
    told = {name for row in (rows[2], rows[3]) for name, cell in row.items() if cell is not None}
    assert told == {"seat", "role", "consent"}
    assert rows[1]["name"] == "Agreela"
    posted = found["postings"]
    assert not any(
        str(cell).endswith((":2", ":3")) and not str(cell).startswith("venture") for row in posted.rows for cell in row
    )


async def test_ventures_deals_and_seasons_are_told_without_who_has_not_agreed(rig: Rig) -> None:
    """Neither as lead, founder, holder or party of a deal; with everybody's yes they are there."""
    people = ("lead", "cofounders", "seat", "maker", "investor")
    kept, finished = await _finished(rig)
    for private, is_whole in ((kept.private, False), (_without_consent_page(kept.private), True)):
        found = tables_of(ToldRoom(finished, kept.records, private), names=False)
        told = {table.name: table for table in found if table.name in ("ventures", "holdings", "deals", "seasons")}
        assert told
        seats = {
            seat
            for table in told.values()
            for place, column in enumerate(table.columns)
            if column in people
            for row in table.rows
            for seat in map(int, str(row[place]).split())
        }
        assert (not seats.isdisjoint(_WITHHELD)) is is_whole


async def test_a_table_or_a_part_that_nobody_thought_of_does_not_leave(rig: Rig) -> None:
    """A new table of an export, and a new part of the debrief, stay here until they are named."""
    kept, finished = await _finished(rig)
    new = Table("heartbeats", ("seat", "beats"), [[1, 70], [2, 90]])
    assert tables_with_consent([new], finished.state, kept.private) == []
    assert tables_with_consent([new], finished.state, _without_consent_page(kept.private)) == [new]
    tree = {**_whole_debrief(finished, kept.private), "heartbeat": {"2": 90}}
    assert "heartbeat" not in debrief_with_consent(tree, finished.state, kept.private)


@pytest.mark.parametrize("what", [*FORMATS, "debrief", *FOR_HOSTS, *FOR_SEATS])
async def test_every_export_asks_for_consent(rig: Rig, what: str) -> None:
    """None has a name or a word of who has not agreed; the log is not given at all; who took part is the lesson's."""
    kept, finished = await _finished(rig)
    if what == "jsonl":
        with pytest.raises(Refused) as refused:
            exported([ToldRoom(finished, kept.records, kept.private)], what, names=True)
        assert (refused.value.code, refused.value.field) == ("rule", "format")
        return
    if what in FORMATS:
        tables = _named(kept, finished)
        body = msgspec.json.encode([table.rows for table in tables])
        assert exported([ToldRoom(finished, kept.records, kept.private)], what, names=True).body
    elif what == "debrief":
        body = debrief_file(finished, kept.private).body
        assert b'"debrief"' not in body.replace(b"-debrief", b"")
    else:
        game = game_of(finished, kept.records, kept.private, Shown("en"))
        body = taken_home(game, what, seat=1, member=1).body
    if what == "all":
        with zipfile.ZipFile(io.BytesIO(body)) as pages:
            read = [name for name in pages.namelist() if name not in ("teacher.html", "participation.csv")]
            body = b"".join(pages.read(name) for name in read if not name.startswith(("students/02", "students/03")))
    for name in _NAMES[1:]:
        assert (f"answered by {name}".encode() in body) is False
        if what not in {*_OF_THE_LESSON, "teacher"}:
            assert name.encode() not in body, what
    if what in _OF_THE_LESSON:
        assert b"Refusina" in body


async def test_where_all_agree_or_nobody_is_asked_everything_leaves(rig: Rig) -> None:
    """With three times yes nothing is withheld, and the log is given; nor is it where there is no such page."""
    kept, finished = await _finished(rig, "yes", "yes", "yes")
    assert withheld_seats(finished.state, kept.private) == frozenset()
    assert exported([ToldRoom(finished, kept.records, kept.private)], "jsonl", names=False).body
    assert withheld_seats(finished.state, _without_consent_page(kept.private)) == frozenset()


async def test_somebody_who_has_sat_there_before_counts_too(rig: Rig) -> None:
    """A seat whose first person said nothing is withheld, also when the next one agrees."""
    host = await rig.create("two", options=Options(seats=3, consent=True))
    ann = await rig.join(host.room, "Ann")
    assert (await host.command("host.remove", seat=ann.you.seat)).ok
    ben = await rig.join(host.room, "Ben", seat=1)
    assert (await ben.command("consent", answer="yes")).ok
    live = rig.room(host.room)._live
    assert live.consents.withheld(live.seats) == {1}


def _seats_said(tree: object, withheld: frozenset[int], path: str = "") -> list[str]:
    """Return where a tree of the debrief says anything of a seat by a key or among ties."""
    last = path.rpartition(".")[2]
    if isinstance(tree, dict):
        own = [f"{path}.{key}" for key in tree if last in OF_OTHERS and str(key) in map(str, withheld)]
        return own + [found for key, each in tree.items() for found in _seats_said(each, withheld, f"{path}.{key}")]
    if isinstance(tree, list) and last == "ties":
        return [path for seat in tree if seat in withheld]
    return []


async def test_what_others_agreed_to_says_nothing_of_who_has_not(rig: Rig) -> None:
    """Shares, work, gifts, ties and the scores of each run are by seat too; with practice there are two runs."""
    host = await rig.create("quickstart", options=Options(seats=6, consent=True, practice=True))
    people = [await rig.join(host.room, f"P{seat}", seat=seat) for seat in (1, 2, 3)]
    assert (await people[0].command("consent", answer="yes")).ok
    assert (await host.command("host.start")).ok
    await rig.pass_ms(1_000)
    host.read()
    await to_the_end(rig, host)
    kept = await stored(rig, host.room)
    finished = finished_room(kept.row, kept.records)
    whole, found = (
        msgspec.json.decode(debrief_file(finished, private).body)
        for private in (_without_consent_page(kept.private), kept.private)
    )
    assert {path.split(".")[1] for path in _seats_said(whole, _WITHHELD)} >= {"result", "venture"}
    assert _seats_said(found, _WITHHELD) == []
    assert found["result"].keys() == whole["result"].keys()  # of a run, not of a seat
    assert "dice" not in found
    phases = next(
        t
        for t in tables_with_consent(
            tables_of(ToldRoom(finished, kept.records, kept.private), names=False),
            finished.state,
            kept.private,
        )
        if t.name == "phases"
    )
    figures = {str(row[phases.columns.index("figure")]) for row in phases.rows}
    assert not [each for each in figures if each.startswith("ties.") or each in {"shares.2", "shares.3", "work.2"}]


async def test_a_yes_can_always_be_taken_back(rig: Rig) -> None:
    """Also by whoever has answered as often as one may; a yes after that is one too many."""
    host = await rig.create("two", options=Options(seats=3, consent=True))
    ann = await rig.join(host.room, "Ann")
    for _ in range(MOST_TIMES):
        assert (await ann.command("consent", answer="yes")).ok
    assert (await ann.command("consent", answer="no")).ok
    assert code(await ann.command("consent", answer="yes")) == "rule"


async def test_a_seat_that_nobody_knows_anything_of_any_more_has_not_agreed(rig: Rig) -> None:
    """What a room has lost says no; so does each seat where what was asked is in doubt itself."""
    kept, finished = await _finished(rig, "yes", "yes", "yes")
    assert withheld_seats(finished.state, kept.private) == frozenset()
    lost = {key: value for key, value in kept.private.items() if key != "seat:2"}
    assert withheld_seats(finished.state, lost) == {2}
    settings = _instead("settings", "")
    assert settings is not None
    assert RoomSettings.stored({"settings": settings}).consent


async def _asked(rig: Rig, text: str = "") -> tuple[Client, Client]:
    host = await rig.create("two", options=Options(seats=3, consent=True, consent_text=text))
    return host, await rig.join(host.room, "Ann")


async def test_an_answer_is_kept_by_person_with_its_time_and_may_change(rig: Rig) -> None:
    """It outlives the server, goes with the person, and is theirs alone to read; no, later and nothing let one play."""
    host, ann = await _asked(rig, "Our own words.")
    assert ann.table["room"]["consent"] is True
    assert ann.table["room"]["consent_text"] == "Our own words."
    for answer in ("later", "no", "yes"):
        assert (await ann.command("consent", answer=answer)).ok
    await rig.kill()
    await rig.start()
    await ann.resume(fresh=True)
    assert ann.hand["consent"]["1"]["answer"] == "yes"
    assert (await ann.command("consent", answer="no")).ok
    await host.resume(fresh=True)
    assert "consent" not in host.hand
    assert (await host.command("host.start")).ok
    await rig.pass_ms(100)
    ann.read()
    assert (await ann.command("count", by=1)).ok
    given = await host.command("host.export_person", seat=1)
    assert given.data is not None
    assert [one["answer"] for one in given.data["places"][0]["consent"]] == ["no"]
    assert (await host.command("host.erase_person", seat=1)).ok
    assert [key for key in await rig.log.privates(host.room) if key.startswith(CONSENT_KEY)] == []


async def test_what_is_no_answer_is_refused(rig: Rig) -> None:
    """By its field; where nobody is asked nothing is taken; and nobody fills the log with it."""
    _, ann = await _asked(rig)
    refused = await ann.command("consent", answer="maybe")
    assert refused.error is not None
    assert (refused.error.code, refused.error.field) == ("bad_args", "answer")
    for _ in range(MOST_TIMES):
        assert (await ann.command("consent", answer="no")).ok
    assert code(await ann.command("consent", answer="yes")) == "rule"
    host = await rig.create("two")
    ben = await rig.join(host.room, "Ben")
    assert code(await ben.command("consent", answer="yes")) == "rule"
    assert Consents.stored(await rig.log.privates(host.room)).find((1, 1)) is None
