"""A class on a disk, from outside: listed and checked as what it is, its people's names erased, erased whole."""

from pathlib import Path

import pytest

from makersphere_protocol.messages import ClassOptions, Options
from makersphere_server.afterwards import kept_rooms
from makersphere_server.afterwards.verify import verify_stored
from makersphere_server.classes.kept_classes import export_class
from makersphere_server.storage.sqlite_log import SqliteLog
from tests.server.rig.fakes import Rig

CANARY = "Ottoline"


async def _to_disk(rig: Rig, folder: Path) -> None:
    """Write what a server in memory has stored into a folder."""
    disk = await SqliteLog.open(folder)
    for row in await rig.log.rooms():
        await disk.create(row, await rig.log.privates(row.room))
        await disk.append(row.room, 0, await rig.log.read(row.room))
    await disk.close()


@pytest.fixture
async def stored(rig: Rig, tmp_path: Path) -> tuple[Path, str]:
    """Return a folder with a class that has one table and somebody named, and the class's code."""
    host = await rig.create("counter", options=Options(), class_=ClassOptions(people=3, table=3, name="10b"))
    assert (await host.command("class.people", names=[CANARY])).ok
    await _to_disk(rig, tmp_path / "data")
    return tmp_path / "data", host.room


async def test_a_class_is_listed_and_checked(stored: tuple[Path, str]) -> None:
    """It is told from a room, can be played by nobody, and is sound."""
    folder, code = stored
    listed = {room.room: room for room in kept_rooms.list_rooms(folder)}
    assert (listed[code].scenario, listed[code].reason, listed[code].seats) == ("class", "", 0)
    assert sorted(room.scenario for room in listed.values()) == ["class", "counter"]
    report = verify_stored(folder, code)
    assert (report.is_right, report.records, report.status) == (True, 1, "class")


async def test_a_class_is_written_out_with_who_was_removed(rig: Rig, tmp_path: Path) -> None:
    """They had a seat, so that their name is kept until they are erased; and each table says of which game it is."""
    host = await rig.create("counter", options=Options(), class_=ClassOptions(people=1, table=1))
    await rig.join(host.room, CANARY, id="one")
    assert (await host.command("class.remove", person=1)).ok
    await _to_disk(rig, tmp_path / "data")
    written = export_class(tmp_path / "data", host.room)
    assert [person["name"] for person in written["removed"]] == [CANARY]
    assert written["people"] == []
    assert [table["game"] for table in written["tables"].values()] == [1]


async def test_names_of_a_class_are_erased_and_its_log_still_verifies(stored: tuple[Path, str]) -> None:
    """No byte of a name is left in the folder; the tables stay."""
    folder, code = stored

    def found() -> bool:
        return any(CANARY.encode() in path.read_bytes() for path in folder.rglob("*") if path.is_file())

    assert found()
    kept_rooms.erase_names(folder, code)
    assert not found()
    assert verify_stored(folder, code).is_right
    kept_rooms.erase(folder, code)
    assert code not in {room.room for room in kept_rooms.list_rooms(folder)}
