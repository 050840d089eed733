"""The rooms of a folder from outside: looked at beside a server, closed, opened again, erased, backed up."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from makersphere_protocol.messages import Resume, Watch
from makersphere_rules.events import SeatAdded
from makersphere_rules.shipped import scenario
from makersphere_rules.written.notation import encode_events
from makersphere_server.afterwards import kept_rooms
from makersphere_server.room.model.log.missing import Missing
from makersphere_server.storage.backup import back_up
from makersphere_server.storage.folder_lock import FolderInUse
from makersphere_server.storage.heads import read_heads
from makersphere_server.storage.sqlite_log import SqliteLog
from makersphere_server.storage.store import DATABASE_FILE, HEAD_FILE, Store
from tests.server.rig.fakes import Client, Rig
from tests.server.rig.made_up_logs import record, records, row

CANARY = "Ottoline"
THING = "ottolines-button"
PLACE = {"is_bot": False, "members": [{"number": 1, "name": CANARY, "token": "t", "join": "", "language": "en"}]}


def _private() -> dict[str, bytes]:
    return {
        "seat:1": json.dumps(PLACE).encode(),
        "seat:2": json.dumps({"is_bot": True, "members": [], "level": "hard"}).encode(),
        "text:2": f"hello {CANARY}".encode(),
        "seat_passes": b'[{"code":"c","seat":1,"until_ms":1}]',
        "let_in": b'[{"join":"j","seat":1,"until_ms":1}]',
        "devices": json.dumps([{"id": THING, "thing": "button", "seat": 1, "token": "t"}]).encode(),
        "asked:1:1": json.dumps({"text": f"who is {CANARY}?", "answer": f"{CANARY} is"}).encode(),
        "reflection:0:end_outside:1:1": json.dumps({"text": f"as {CANARY} says"}).encode(),
        "picked": b'{"season":0,"question":"end_outside","authors":[[1,1]]}',
        "standing": b"{}",
    }


@pytest.fixture
async def log(tmp_path: Path) -> AsyncIterator[SqliteLog]:
    """Give the log of a server at work, with two rooms."""
    log = await SqliteLog.open(tmp_path / "data")
    for code in ("ROOM222", "ROOM333"):
        await log.create(row(code, scenario=msgspec.json.encode(scenario("counter").source)), _private())
        await log.append(code, 0, records(1, 3))
    yield log
    await log.close()


@pytest.fixture
async def folder(log: SqliteLog, tmp_path: Path) -> Path:
    """Return the same folder when the server has stopped."""
    await log.close()
    return tmp_path / "data"


def _bytes(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


async def test_a_rehearsal_is_listed_as_one(log: SqliteLog, tmp_path: Path) -> None:
    """No class played it; a room of before knows of none."""
    private = {**_private(), "settings": b'{"rehearsal":true}'}
    await log.create(row("ROOM444", scenario=msgspec.json.encode(scenario("counter").source)), private)
    found = {room.room: room.rehearsal for room in kept_rooms.list_rooms(tmp_path / "data")}
    assert found == {"ROOM222": False, "ROOM333": False, "ROOM444": True}


async def test_rooms_are_listed_beside_a_server(log: SqliteLog, tmp_path: Path) -> None:
    """Looking needs no lock: what is acknowledged shows at once."""
    folder = tmp_path / "data"
    found = kept_rooms.list_rooms(folder)
    assert [(room.room, room.scenario, room.state, room.seats, room.seq) for room in found] == [
        ("ROOM222", "counter", "open", 2, 3),
        ("ROOM333", "counter", "open", 2, 3),
    ]
    await log.append("ROOM333", 3, records(4, 5))
    await log.set_state("ROOM333", "over")
    assert kept_rooms.list_rooms(folder)[1].seq == 5
    detail = kept_rooms.show_room(folder, "ROOM333")
    assert (detail.state, detail.season, detail.phase, detail.people, detail.epoch) == ("over", 1, "count", 1, 1)
    assert detail.hash == (await log.head("ROOM333"))[1]
    with pytest.raises(KeyError):
        kept_rooms.show_room(folder, "ROOM444")


async def test_the_seats_of_a_room_are_those_that_it_has_now(log: SqliteLog, tmp_path: Path) -> None:
    """Those added since its founding count; another role is no seat, and nobody makes one up by what they type."""
    more, other = encode_events([SeatAdded(3, "player"), SeatAdded(4, "player")]), encode_events([SeatAdded(1, "x")])
    typed = msgspec.json.encode({"args": {"text": encode_events([SeatAdded(9, "player")]).decode()}, "name": "write"})
    await log.append("ROOM333", 3, [replace(record(4), events=more), replace(record(5), events=other)])
    await log.append("ROOM333", 5, [replace(record(6), command=typed)])
    await log.append("ROOM222", 3, [replace(record(4), events=other)])
    assert [room.seats for room in kept_rooms.list_rooms(tmp_path / "data")] == [2, 4]
    assert kept_rooms.show_room(tmp_path / "data", "ROOM333").seats == 4


async def test_what_changes_rooms_waits_for_the_server_to_stop(log: SqliteLog, tmp_path: Path) -> None:
    """One writer at a time: beside a server nothing is closed, opened again or erased."""
    for change in (kept_rooms.close_room, kept_rooms.reopen, kept_rooms.erase, kept_rooms.erase_names):
        with pytest.raises(FolderInUse):
            change(tmp_path / "data", "ROOM222")
    assert (await log.rooms())[0].state == "open"


async def test_a_closed_room_keeps_its_history_and_opens_again(folder: Path) -> None:
    """Closing takes nothing away, and `reopen` gives it back under a new epoch."""
    kept_rooms.close_room(folder, "ROOM222")
    closed = kept_rooms.show_room(folder, "ROOM222")
    assert (closed.state, closed.seq, closed.epoch) == ("closed", 3, 1)
    kept_rooms.reopen(folder, "ROOM222")
    again = kept_rooms.show_room(folder, "ROOM222")
    assert (again.state, again.seq, again.epoch, again.hash) == ("open", 3, 2, closed.hash)


async def test_a_room_that_lost_its_end_is_listed_with_the_reason_and_opens_again(folder: Path) -> None:
    """What is left of a damaged room is playable as soon as somebody says so; what is gone is kept for its hosts."""
    with sqlite3.connect(folder / DATABASE_FILE) as conn:
        conn.execute("DELETE FROM records WHERE room = 'ROOM222' AND seq = 3")
        conn.execute("UPDATE rooms SET seq = 2 WHERE room = 'ROOM222'")
    conn.close()
    lost = kept_rooms.list_rooms(folder)[0]
    assert (lost.state, lost.seq) == ("quarantined", 2)
    assert "3 was acknowledged" in lost.reason
    kept_rooms.reopen(folder, "ROOM222")
    again = kept_rooms.show_room(folder, "ROOM222")
    assert (again.state, again.reason, again.seq, again.epoch) == ("open", "", 2, 2)
    assert again.missing == 1
    assert Missing.stored(kept_rooms.read_room(folder, "ROOM222")[2]).tree() == {
        "behind": {"from": 3, "to": 3, "known": {"from": 3, "to": 3}}
    }
    assert kept_rooms.show_room(folder, "ROOM333").missing == 0


async def test_a_room_whose_rules_are_not_here_is_listed_with_the_reason(log: SqliteLog, tmp_path: Path) -> None:
    """Whoever reads the list knows why nobody gets in: a module is missing, or an event is not known."""
    await log.create(row("ROOM444", scenario=b'{"name":"of a friend"}'))
    await log.set_state("ROOM333", "open", "the room cannot be opened: unknown event 'harvested' version 1")
    found = {each.room: (each.state, each.reason) for each in kept_rooms.list_rooms(tmp_path / "data")}
    assert found["ROOM222"] == ("open", "")
    assert found["ROOM333"] == ("open", "the room cannot be opened: unknown event 'harvested' version 1")
    assert found["ROOM444"][0] == "open"
    assert found["ROOM444"][1].startswith("the scenario cannot be played: ")


async def test_an_erased_room_is_nowhere(folder: Path) -> None:
    """No byte of it is left in the folder, and nobody takes it for a lost one; the others are as they were."""
    before = kept_rooms.show_room(folder, "ROOM333")
    assert b"ROOM222" in _bytes(folder)
    kept_rooms.erase(folder, "ROOM222")
    assert b"ROOM222" not in _bytes(folder)
    assert kept_rooms.list_rooms(folder)[0].room == "ROOM333"
    assert list(read_heads(folder / HEAD_FILE).rooms) == ["ROOM333"]
    store = Store(folder)
    assert [(one.room, one.state) for one in store.rooms()] == [("ROOM333", "open")]
    assert len(store.read("ROOM333", 0, 10)) == 3
    store.close()
    assert kept_rooms.show_room(folder, "ROOM333") == before
    with pytest.raises(KeyError):
        kept_rooms.erase(folder, "ROOM222")


async def test_a_lost_room_can_be_erased_from_the_list(folder: Path) -> None:
    """A room of which nothing is left but its head goes from the list when it is erased."""
    with sqlite3.connect(folder / DATABASE_FILE) as conn:
        conn.execute("DELETE FROM rooms WHERE room = 'ROOM222'")
    conn.close()
    assert [(room.room, room.state) for room in kept_rooms.list_rooms(folder)] == [
        ("ROOM333", "open"),
        ("ROOM222", "quarantined"),
    ]
    with pytest.raises(KeyError):
        kept_rooms.reopen(folder, "ROOM222")
    kept_rooms.erase(folder, "ROOM222")
    assert [room.room for room in kept_rooms.list_rooms(folder)] == ["ROOM333"]


async def test_names_are_erased_and_the_log_stays(folder: Path) -> None:
    """No name, text, answer or thing of theirs is left on the disk; records, hash and what is no person's are."""
    kept_rooms.erase_names(folder, "ROOM333")
    before = kept_rooms.show_room(folder, "ROOM222")
    assert CANARY.encode() in _bytes(folder)
    kept_rooms.erase_names(folder, "ROOM222")
    assert CANARY.encode() not in _bytes(folder)
    assert THING.encode() not in _bytes(folder)
    after = kept_rooms.show_room(folder, "ROOM222")
    assert (after.hash, after.seq, after.people) == (before.hash, before.seq, 0)
    store = Store(folder)
    private = store.privates("ROOM222")
    store.close()
    assert json.loads(private["seat:1"]) == {"is_bot": True, "members": [], "vacated": True}
    assert json.loads(private["seat:2"]) == {"is_bot": True, "members": [], "level": "hard"}
    assert (
        not {"devices", "seat_passes", "let_in", "picked", "asked:1:1", "reflection:0:end_outside:1:1"} & private.keys()
    )
    assert private["standing"] == b"{}"


async def test_a_backup_is_a_folder_of_rooms_as_they_were_at_one_moment(log: SqliteLog, tmp_path: Path) -> None:
    """Taken while a server writes, it holds each room whole up to some `seq`, and a server starts on it."""
    done = False

    async def play() -> None:
        seq = 3
        while not done:
            await asyncio.gather(*(log.append(code, seq, records(seq + 1, seq + 1)) for code in ("ROOM222", "ROOM333")))
            seq += 1

    playing = asyncio.create_task(play())
    found = await asyncio.to_thread(back_up, tmp_path / "data", tmp_path / "copy")
    done = True
    await playing
    assert found.rooms == 2
    assert {path.name for path in (tmp_path / "copy").iterdir()} == {DATABASE_FILE, HEAD_FILE}
    restored = await SqliteLog.open(tmp_path / "copy")
    assert [one.state for one in await restored.rooms()] == ["open", "open"]
    whole = [await restored.read(code) for code in ("ROOM222", "ROOM333")]
    assert sum(map(len, whole)) == found.records
    now = [await log.read(code) for code in ("ROOM222", "ROOM333")]
    assert whole == [there[: len(copied)] for there, copied in zip(now, whole, strict=True)]
    await restored.close()


async def test_a_backup_overwrites_nothing(folder: Path, tmp_path: Path) -> None:
    """An older backup is safe, and one that fails leaves nothing behind."""
    (tmp_path / "copy").mkdir()
    with pytest.raises(FileExistsError):
        back_up(folder, tmp_path / "copy")
    (folder / DATABASE_FILE).write_bytes(b"no database at all" * 100)
    with pytest.raises(OSError, match="cannot be copied"):
        back_up(folder, tmp_path / "other")
    assert not (tmp_path / "other.unfinished").exists()
    assert not (tmp_path / "other").exists()


async def test_nobody_gets_into_a_closed_room(rig: Rig) -> None:
    """Whoever comes is told that it is closed; the others play on."""
    host, _ = await rig.started()
    other, _ = await rig.started()
    await rig.stop()
    await rig.log.set_state(host.room, "closed")
    await rig.start()
    for frame in (Watch(host.room), Resume(host.room, host_token=host.token)):
        client = Client(rig)
        await client.say(frame)
        assert client.error().code == "joining_closed"
        assert "closed" in client.error().message
    await other.resume()
    assert other.connection.is_open()
