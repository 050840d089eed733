"""What a host takes home: for whom, when, in which form, and without whom."""

import asyncio
import csv
import io
import json
import sys
import zipfile
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
from arro3.io import read_parquet
from websockets.http11 import Response

from makersphere_bots.stand_ins import StandIns
from makersphere_protocol.messages import Command, Create, Join, Options, Result, Resume, Welcome
from makersphere_server.afterwards.export_files import csv_zip
from makersphere_server.afterwards.export_tables import Table, finished_room, tables
from makersphere_server.afterwards.verify import verify_file
from makersphere_server.app import running
from makersphere_server.edge.responses import SECURITY
from makersphere_server.room.model.bookmarks import Bookmark
from makersphere_server.room.model.people.seats import without_people
from tests.loopback import loopback
from tests.server.rig import finished_rooms
from tests.server.rig.downloading import ask
from tests.server.rig.fakes import Client, Rig
from tests.server.rig.memory_log import MemoryLog
from tests.server.rig.sockets import dial, hear, say

NAMES = ("=Canaryanna", "Canaryben")
Rows = list[dict[str, str]]


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    """Give a server whose bots play."""
    rig = await Rig(bots="standard").start()
    yield rig
    await rig.stop()


async def begun(rig: Rig, scenario: str = "quickstart") -> Client:
    """Return the host of a game that two people and bots have begun."""
    host = await rig.create(scenario, options=Options(seats=6))
    for name in NAMES:
        await rig.join(host.room, name)
    assert (await host.command("host.start")).ok
    await rig.pass_ms(3_000)
    return host


async def finished(rig: Rig, scenario: str = "quickstart") -> Client:
    """Return the host of a game that is over."""
    host = await begun(rig, scenario)
    await _to_the_end(rig, host)
    return host


async def _to_the_end(rig: Rig, host: Client) -> None:
    while host.table["game"]["status"] != "over":
        await host.command("host.advance")
        await rig.pass_ms(1_000)
        host.read()


def unpacked(response: Response) -> dict[str, Rows]:
    """Return the tables of a zip of CSV files."""
    with zipfile.ZipFile(io.BytesIO(response.body)) as archive:
        texts = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist() if name.endswith(".csv")}
    return {name.removesuffix(".csv"): list(csv.DictReader(io.StringIO(text))) for name, text in texts.items()}


async def test_a_finished_room_comes_as_tidy_tables(rig: Rig) -> None:
    """Seats with their scores, figures by season, every posting and every event: each row a thing, each cell plain."""
    host = await finished(rig)
    found = await ask(rig, f"{host.room}/export?format=csv", host.token)
    assert found.status_code == 200
    assert found.headers["Content-Type"] == "application/zip"
    assert found.headers["Content-Disposition"] == f'attachment; filename="makersphere-{host.room}.csv.zip"'
    assert found.headers["Cache-Control"] == "no-store"
    tables = unpacked(found)
    scores = {seat: str(score["final"]) for seat, score in host.table["score"].items()}
    assert {row["seat"]: row["score"] for row in tables["seats"]} == scores
    figures = {(row["season"], row["figure"]): int(row["value"]) for row in tables["figures"]}
    for season, shown in host.table["figures"].items():
        assert {name: figures[season, name] for name in shown["values"]} == shown["values"]
    scales = {row["figure"]: row["scale"] for row in tables["figures"]}
    assert (scales["shannon"], scales["search_per_deal"], scales["deals"]) == ("1000", "10", "1")
    held = dict.fromkeys(host.table["account"], 0)
    for row in tables["postings"]:
        held[row["source"]] -= int(row["credits"])
        held[row["target"]] += int(row["credits"])
    assert held == {name: account["balance"] for name, account in host.table["account"].items()}
    seqs = [int(row["seq"]) for row in tables["events"]]
    assert seqs == sorted(seqs)
    assert {row["event"] for row in tables["events"]} >= {"dealt", "season_recapped", "game_ended"}
    assert all(json.loads(row["data"]) is not None for row in tables["events"])


async def test_parquet_holds_the_same_rows(rig: Rig) -> None:
    """A notebook reads the tables that a spreadsheet reads, numbers as numbers."""
    host = await finished(rig)
    tables = unpacked(await ask(rig, f"{host.room}/export?format=csv", host.token))
    found = await ask(rig, f"{host.room}/export?format=parquet", host.token)
    with zipfile.ZipFile(io.BytesIO(found.body)) as archive:
        for name, rows in tables.items():
            columns = read_parquet(io.BytesIO(archive.read(f"{name}.parquet"))).read_all()
            assert columns.num_rows == len(rows)
            for column in rows[0] if rows else ():
                cells = columns[column].to_pylist()
                assert [_written(cell) for cell in cells] == [row[column] for row in rows]


def _written(cell: object) -> str:
    """Return a cell of a Parquet file as the CSV file writes it."""
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="milliseconds")
    return "" if cell is None else str(cell)


async def test_parquet_is_an_extra(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its packages the answer names the extra that brings them."""
    host = await finished(rig, "counter")
    monkeypatch.setitem(sys.modules, "arro3.io", None)
    found = await ask(rig, f"{host.room}/export?format=parquet", host.token)
    assert found.status_code == 400
    assert "makersphere[parquet]" in json.loads(found.body)["error"]["message"]


async def test_the_log_that_is_downloaded_verifies(rig: Rig, tmp_path: Path) -> None:
    """`makersphere verify` takes the file, computes everything again, and comes to the same state."""
    host = await finished(rig)
    found = await ask(rig, f"{host.room}/export?format=jsonl", host.token)
    path = tmp_path / "room.jsonl"
    path.write_bytes(found.body)
    report = verify_file(path)
    assert report.is_right, report.reason
    assert report.status == "over"
    path.write_bytes(found.body.replace(b'"state_hash":"', b'"state_hash":"0', 1))
    assert not verify_file(path).is_right


async def test_the_debrief_has_every_figure_and_every_story(rig: Rig) -> None:
    """What table and hands show at the end, in one file, with the seed."""
    host = await finished(rig)
    found = json.loads((await ask(rig, f"{host.room}/debrief", host.token)).body)
    assert found["debrief"] == host.table["debrief"]
    assert found["score"] == host.table["score"]
    assert found["dice"] == host.table["dice"]
    for season, shown in host.table["figures"].items():
        assert found["figures"][season] == {**shown["values"], **shown["opened"]}
    assert {story["seat"] for story in found["story"].values()} == set(range(1, 7))


@pytest.mark.parametrize("what", ["debrief", "export?format=csv", "export?format=parquet", "export?format=jsonl"])
async def test_a_room_that_is_not_over_gives_nothing(rig: Rig, what: str) -> None:
    """No secret can be in a file that is not there; the answer says when there will be one, in one's own language."""
    host = await begun(rig)
    found = await ask(rig, f"{host.room}/{what}", host.token, headers={"Accept-Language": "zh-CN,zh;q=0.9"})
    assert found.status_code == 409
    why = "游戏还没有结束，结束之后才会打开。"  # noqa: RUF001
    assert json.loads(found.body)["error"] == {"code": "rule", "message": why, "field": "", "retry_after": 0, "to": ""}


@pytest.mark.parametrize("what", ["debrief", "export?format=csv", "export?format=jsonl"])
async def test_files_are_for_the_rooms_own_hosts(rig: Rig, what: str) -> None:
    """Without a token, with another's, or with a seat's there is nothing, whether the room is open or not."""
    host, other = await finished(rig, "counter"), await rig.create()
    ann = await rig.join(other.room)
    for token in ("", "nonsense", other.token, ann.token):
        found = await ask(rig, f"{host.room}/{what}", token)
        assert found.status_code == 401
        assert found.headers["WWW-Authenticate"].startswith("Bearer")
        assert json.loads(found.body)["error"]["code"] == "unauthorised"
    assert (await ask(rig, f"2222222/{what}", host.token)).status_code == 404
    assert (await ask(rig, f"2222222/{what}")).status_code == 401  # who shows nothing learns nothing
    await rig.stop()
    await rig.start()
    assert not rig.lobby.open_rooms._rooms
    assert (await ask(rig, f"{host.room.lower()}/{what}", host.token)).status_code == 200


async def test_guesses_over_http_spend_the_same_budget() -> None:
    """Who tries tokens here is held up at the door, and the other way round; another address is not."""
    rig = await Rig(failures_per_address=5).start()
    host = await rig.create()
    for _ in range(5):
        found = await ask(rig, f"{host.room}/debrief", "guess", address="198.51.100.7")
        assert found.status_code == 401
    rig.address = "198.51.100.7"
    stranger = Client(rig)
    await stranger.say(Join("2222222", "Eve"))
    await rig.pass_ms(2_000)
    assert stranger.error().code == "unavailable"
    assert (await ask(rig, f"{host.room}/debrief", host.token, address="203.0.113.9")).status_code == 409
    await rig.stop()


async def test_an_unknown_format_is_answered_with_those_there_are(rig: Rig) -> None:
    """The answer names the argument and what it may be."""
    host = await finished(rig, "counter")
    for query in ("", "?format=xlsx", "?format=csv&format=xml"):
        found = await ask(rig, f"{host.room}/export{query}", host.token)
        problem = json.loads(found.body)["error"]
        assert found.status_code == 400
        assert problem["field"] == "format"
        assert "csv, parquet, psych-ds, jsonl" in problem["message"]


async def test_head_and_every_answer_have_the_headers_of_all(rig: Rig) -> None:
    """A HEAD has the length of the file and no bytes of it; security headers stand on refusals too."""
    host = await finished(rig, "counter")
    for path, token in ((f"{host.room}/export?format=csv", host.token), (f"{host.room}/debrief", "")):
        whole, head = await ask(rig, path, token), await ask(rig, path, token, "HEAD")
        assert head.body == b""
        assert head.status_code == whole.status_code
        assert head.headers["Content-Length"] == str(len(whole.body)) == whole.headers["Content-Length"]
        for name, value in SECURITY.items():
            assert head.headers[name] == value
    assert (await ask(rig, f"{host.room}/debrief", host.token, "POST")).status_code == 405


async def test_names_stay_out_unless_they_are_asked_for(rig: Rig) -> None:
    """Seats are numbers; a column of names comes with `names=1` alone, and no spreadsheet runs what stands in it."""
    host = await finished(rig)
    await rig.log.put_private(host.room, Bookmark(1, "policy", 0, "ask Canaryben").to_store(1))
    await host.command("host.announce", text="hello Canarytext")
    for what in ("debrief", "export?format=csv", "export?format=parquet", "export?format=jsonl"):
        found = await ask(rig, f"{host.room}/{what}", host.token)
        assert b"Canary" not in _opened(found)
        assert host.token.encode() not in _opened(found)
    tables = unpacked(await ask(rig, f"{host.room}/export?format=csv&names=1", host.token))
    assert [row["word"] for row in tables["bookmarks"]] == ["ask Canaryben"]
    assert [row["name"] for row in tables["seats"]][:2] == ["'=Canaryanna", "Canaryben"]


async def test_what_is_said_beside_the_game_is_no_decision(rig: Rig) -> None:
    """Who asks for help has decided nothing by it."""
    host = await rig.create("quickstart", options=Options(seats=6))
    ann = await rig.join(host.room, "Ann")
    assert (await host.command("host.start")).ok
    await rig.pass_ms(3_000)
    assert (await ann.command("ask", what="help")).ok
    await _to_the_end(rig, host)
    first = unpacked(await ask(rig, f"{host.room}/export?format=csv", host.token))["seats"][0]
    assert first["decided_by_person"] == "0"


async def test_each_decision_has_its_time_after_the_phase_opened(rig: Rig) -> None:
    """Once, by whose hand and with the pauses; what is said beside the game is none; what was taken back is marked."""
    host, ann = await finished_rooms.begun(rig, "quickstart", 6, ("Ann",))
    assert (await host.command("host.advance")).ok
    await rig.pass_ms(2_500)
    assert (await ann.command("ask", what="help")).ok
    assert (await ann.command("ready", ready=True)).ok
    assert (await host.command("host.rewind", season=1, phase="policy")).ok
    await finished_rooms.to_the_end(rig, host)
    room = await finished_rooms.stored(rig, host.room)
    (table,) = (each for each in tables(finished_room(room.row, room.records)) if each.name == "decisions")
    (own,) = (dict(zip(table.columns, row, strict=True)) for row in table.rows if row[5] == "person")
    opened = next(one.at_ms for one in room.records if b'"phase_opened"' in one.events and b"admission" in one.events)
    ready = next(one for one in room.records if one.by == "person" and b'"ready"' in one.command)
    assert own == {
        "seq": ready.seq,
        "season": 1,
        "phase": "admission",
        "seat": 1,
        "member": 1,
        "by": "person",
        "command": "ready",
        "after_ms": ready.at_ms - opened,
        "undone": 1,
    }
    assert ready.at_ms - opened >= 2_500


async def test_a_renamed_person_is_one_person(rig: Rig) -> None:
    """Whom the host has given another name stands in what is taken home by that name alone."""
    host = await begun(rig)
    assert (await host.command("host.seat", seat=2, name="Ana L.")).ok
    await _to_the_end(rig, host)
    tables = unpacked(await ask(rig, f"{host.room}/export?format=csv&names=1", host.token))
    assert [row["name"] for row in tables["seats"]][:2] == ["'=Canaryanna", "Ana L."]


def _opened(response: Response) -> bytes:
    """Return what is in a file, taken out of its zip."""
    if response.headers["Content-Type"] != "application/zip":
        return bytes(response.body)
    with zipfile.ZipFile(io.BytesIO(response.body)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


async def test_erased_names_are_in_no_export(rig: Rig) -> None:
    """When the names are gone from the store, the column of names is empty."""
    host = await finished(rig, "counter")
    await rig.stop()
    stored = await rig.log.privates(host.room)
    seats = {key: without_people(value) for key, value in stored.items() if key.startswith("seat:")}
    await rig.log.put_private(host.room, {key: value or None for key, value in seats.items()})
    await rig.start()
    found = await ask(rig, f"{host.room}/export?format=csv&names=1", host.token)
    assert {row["name"] for row in unpacked(found)["seats"]} == {""}


async def test_single_ratings_are_told_without_names(rig: Rig) -> None:
    """The events say which scores were given, and of nobody from whom or to whom."""
    host = await finished(rig)
    tables = unpacked(await ask(rig, f"{host.room}/export?format=csv", host.token))
    given = [json.loads(row["data"]) for row in tables["events"] if row["event"] == "ratings_given"]
    assert any(found["scores"] for found in given)
    assert all(found.keys() == {"season", "scores", "means"} for found in given)
    sealed = [json.loads(row["data"]) for row in tables["events"] if row["event"] == "choice_made"]
    rates = [found for found in sealed if found["command"] == "rate"]
    assert rates
    assert all(found.keys() == {"command", "by_default"} for found in rates)


async def test_what_a_rewind_took_back_is_marked_and_not_counted(rig: Rig) -> None:
    """The events tell all that happened; postings and figures tell the game as it was played in the end."""
    host = await begun(rig)
    for _ in range(8):
        await host.command("host.advance")
        await rig.pass_ms(1_000)
    assert (await host.command("host.rewind", season=1, phase="matching")).ok
    await rig.pass_ms(1_000)
    host.read()
    await _to_the_end(rig, host)
    tables = unpacked(await ask(rig, f"{host.room}/export?format=csv", host.token))
    undone = [row for row in tables["events"] if row["undone"] == "1"]
    assert "season_recapped" in {row["event"] for row in undone}
    assert "dealt" not in {row["event"] for row in undone}
    held = dict.fromkeys(host.table["account"], 0)
    for row in tables["postings"]:
        held[row["source"]] -= int(row["credits"])
        held[row["target"]] += int(row["credits"])
    assert held == {name: account["balance"] for name, account in host.table["account"].items()}
    assert {row["season"] for row in tables["figures"]} == set(host.table["figures"])


async def test_a_fork_keeps_the_seed_of_the_game_it_came_from(rig: Rig) -> None:
    """Its tables and debrief come without seed and decks; its log, which holds both, does not."""
    origin = await begun(rig)
    forked = await origin.command("host.fork", season=1, phase="policy")
    assert forked.ok
    assert forked.data is not None
    fork = Client(rig)
    await fork.say(Resume(str(forked.data["room"]), host_token=origin.token))
    await rig.pass_ms(100)
    fork.read()
    assert (await fork.command("host.resume")).ok
    assert (await fork.command("host.end")).ok
    await rig.pass_ms(100)
    refused = await ask(rig, f"{fork.room}/export?format=jsonl", origin.token)
    assert "the game that this one came from was still on" in refused.body.decode()
    seed = (await rig.log.rooms())[0].seed.hex().encode()
    events = unpacked(await ask(rig, f"{fork.room}/export?format=csv", origin.token))["events"]
    assert {"dealt", "game_ended"} <= {row["event"] for row in events}
    assert {row["data"] for row in events} == {""}
    for what in ("debrief", "export?format=csv"):
        found = await ask(rig, f"{fork.room}/{what}", origin.token)
        assert found.status_code == 200
        assert seed not in _opened(found)


def test_no_cell_is_a_formula() -> None:
    """Text that a spreadsheet would run is told as text; numbers below zero stay numbers; Chinese opens as Chinese."""
    texts = ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝1", "plain", "谷雨"]  # noqa: RUF001
    body = csv_zip([Table("cells", ("text", "number"), [[text, -5] for text in texts])])
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        raw = archive.read("cells.csv")
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))[1:]
    assert [row[0] for row in rows] == [f"'{text}" for text in texts[:7]] + texts[7:]
    assert {row[1] for row in rows} == {"-5"}


async def test_a_file_comes_whole_over_a_socket() -> None:
    """What a browser or a script is given has the length that was said, behind the proxy's address or not."""
    async with running(loopback(), StandIns(), log=MemoryLog()) as server:
        async with dial(server) as host:
            await say(host, Create("counter", Options(seats=1, pace="host")))
            welcome = await hear(host, Welcome)
            for number, name in enumerate(("host.start", "host.end")):
                await say(host, Command(str(number), name))
                assert (await hear(host, Result)).ok
        reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
        head = f"GET /api/rooms/{welcome.room}/export?format=jsonl HTTP/1.1\r\nHost: here\r\n"
        writer.write(f"{head}Authorization: Bearer {welcome.host_token}\r\n\r\n".encode())
        answer = await reader.read()
        writer.close()
    headers, _, body = answer.partition(b"\r\n\r\n")
    assert headers.startswith(b"HTTP/1.1 200 ")
    assert f"content-length: {len(body)}" in headers.decode().lower()
    assert [json.loads(line) for line in body.splitlines()][-1]["end"] == 2
