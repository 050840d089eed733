"""One person in the rooms of a data folder: erased while the server is stopped, written out beside it."""

from pathlib import Path

import pytest

from makersphere_server.afterwards.kept_rooms import read_room
from makersphere_server.afterwards.verify import verify_room
from makersphere_server.classes.kept_people import NobodyThere, erase_person, export_person
from makersphere_server.storage.folder_lock import FolderInUse
from tests.server.rig.at_once import AtOnce, bytes_of
from tests.server.rig.classes import open_class, rooms_of
from tests.server.rig.fakes import Rig
from tests.server.rig.left_behind import played_room

NAME, OTHER = "Ottoline", "Peregrine"


async def _rig(folder: Path) -> Rig:
    rig = Rig()
    rig.log = AtOnce(folder)  # type: ignore[assignment]  # any store
    return await rig.start()


async def _close(rig: Rig) -> None:
    await rig.stop()
    await rig.log.close()


async def test_a_person_of_a_room(tmp_path: Path) -> None:
    """Written out beside the server, as a host has it; erased when it is stopped; then the room verifies and opens."""
    rig = await _rig(tmp_path)
    host, (ottoline, _) = await played_room(rig, NAME, OTHER)
    seat = ottoline.you.seat
    by_host = ((await host.command("host.export_person", seat=seat)).data or {})["places"][0]
    found = export_person(tmp_path, host.room, seat)["places"][0]
    asked = found["what_hosts_did"].pop()
    assert asked["command"] == "host.export_person"
    assert {**by_host, "role": None} == {**found, "role": None}
    assert OTHER not in str(found)
    with pytest.raises(FolderInUse):
        erase_person(tmp_path, host.room, seat)
    await _close(rig)
    assert erase_person(tmp_path, host.room, seat) == [host.room]
    left = bytes_of(tmp_path)
    assert NAME.encode() not in left
    assert f"answered by {OTHER}".encode() in left
    row, records, private = read_room(tmp_path, host.room)
    assert verify_room(row, list(records)).is_right
    assert "wiping" not in private
    again = await _rig(tmp_path)
    assert (await again.watch(host.room)).table["seat"][str(seat)]["by"] in ("away", "bot")
    await _close(again)


async def test_a_person_of_a_class(tmp_path: Path) -> None:
    """By the number in its list, at every table where they have been."""
    rig = await _rig(tmp_path)
    host = await open_class(rig)
    assert (await host.command("class.people", names=[NAME, OTHER])).ok
    ottoline = await rig.join(host.room, NAME, id=NAME)
    other = next(number for number, room in enumerate(rooms_of(host), 1) if room != ottoline.room)
    assert not (await ottoline.command("no_such", by=f"typed by {NAME}")).ok
    assert (await host.command("class.move", person=1, to=other)).ok
    await rig.join(host.room, NAME, id=NAME)
    found = export_person(tmp_path, host.room, 1)
    assert found["person"]["name"] == NAME
    assert len(found["tables"]) == 2
    assert OTHER not in str(found)
    await _close(rig)
    assert set(erase_person(tmp_path, host.room, 1)) == set(rooms_of(host))
    left = bytes_of(tmp_path)
    assert NAME.encode() not in left
    assert OTHER.encode() in left
    with pytest.raises(NobodyThere):
        erase_person(tmp_path, host.room, 1)


async def test_nobody_of_that_number(tmp_path: Path) -> None:
    """A seat where nobody sat, one that is not there, and a person that a seat never had."""
    rig = await _rig(tmp_path)
    host, (ottoline, _) = await played_room(rig, NAME, OTHER)
    await _close(rig)
    for seat, member in ((6, 0), (60, 0), (ottoline.you.seat, 7)):
        with pytest.raises(NobodyThere):
            erase_person(tmp_path, host.room, seat, member)
        with pytest.raises(NobodyThere):
            export_person(tmp_path, host.room, seat, member)
    with pytest.raises(KeyError):
        export_person(tmp_path, "NOSUCH1", 1)
