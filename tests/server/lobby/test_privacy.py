"""What is kept of people: erased by name, by room and by time, and nowhere where it does not belong."""

from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from makersphere_protocol.messages import Join, Resume, Watch
from makersphere_server.afterwards import kept_rooms
from makersphere_server.afterwards.verify import verify_room
from makersphere_server.storage.event_log import EventLog, StoreUnavailable
from tests.server.rig.at_once import AtOnce, bytes_of
from tests.server.rig.fakes import Client, Rig, settle
from tests.server.rig.memory_log import MemoryLog

DAY_MS = 86_400_000


async def _played(rig: Rig, name: str) -> str:
    """Return a room in which somebody of that name has done something, and which everybody has left."""
    host, ann = await rig.started()
    ben = await rig.join(host.room, name)
    assert (await ann.command("count", by=1)).ok
    assert not (await ann.command("count", by=name)).ok
    assert (await host.command("host.announce", text=f"hello {name}")).ok
    assert (await host.command("host.bookmark", word=f"ask {name}")).ok
    for client in (host, ann, ben):
        client.leave()
    await rig.pass_ms(700_000)
    assert host.room not in rig.lobby.open_rooms._rooms
    return host.room


async def _days(rig: Rig, days: int) -> None:
    """Let days go by, and the server look round a few times at their end."""
    rig.clock.move_to(rig.clock.now + days * DAY_MS)
    for _ in range(4):
        await settle()
        if rig.lobby._retention._checking is not None:
            await rig.lobby._retention._checking
        rig.clock.move_to(rig.clock.now + 3_600_000)
    await rig.pass_ms(4_000)  # a leap of the clock looks like a server that is late


async def _open(log: EventLog, *, now: int = 0, **settings: Any) -> Rig:  # noqa: ANN401  (of the server)
    rig = Rig(**settings)
    rig.clock.now = now
    rig.log = log  # type: ignore[assignment]  # any store
    return await rig.start()


async def test_rooms_are_kept_for_thirty_days(rig: Rig) -> None:
    """A room is erased thirty days after its last command, and nobody finds it again; a younger one stays."""
    old = await _played(rig, "Ottoline")
    await _days(rig, 20)
    young = await _played(rig, "Peregrine")
    await _days(rig, 9)
    assert {row.room for row in await rig.log.rooms()} == {old, young}
    await _days(rig, 2)
    assert [row.room for row in await rig.log.rooms()] == [young]
    for frame in (Watch(old), Join(old, "Ann"), Resume(old, "token")):
        stranger = Client(rig)
        await stranger.say(frame)
        assert stranger.error().code == "no_such_room"
    assert (await rig.watch(young)).you.kind == "watcher"


async def test_a_room_that_somebody_is_in_is_kept(rig: Rig) -> None:
    """However long nothing is done in it; it goes when everybody has left."""
    host, _ = await rig.started()
    await _days(rig, 40)
    assert len(await rig.log.rooms()) == 1
    assert host.connection.is_open()


async def test_a_command_makes_a_room_young_again(rig: Rig) -> None:
    """The days are counted from the last command, over restarts too."""
    host, ann = await rig.started()
    ann.leave()
    host.leave()
    await _days(rig, 20)
    await ann.resume()
    assert (await ann.command("count", by=1)).ok
    ann.leave()
    await rig.pass_ms(700_000)
    await rig.stop()
    rig = await _open(rig.log)
    await _days(rig, 45)
    assert len(await rig.log.rooms()) == 1
    await _days(rig, 6)
    assert await rig.log.rooms() == []
    await rig.stop()


async def test_a_wrong_clock_has_ten_minutes_to_be_put_right() -> None:
    """A machine that wakes up in another year erases nothing before somebody can notice."""
    rig = await _open(MemoryLog())
    await _played(rig, "Ottoline")
    await rig.stop()
    late = await _open(rig.log)
    late.clock.now = 4_000 * DAY_MS
    await settle()
    late.lobby._retention._check()
    await settle()
    late.clock.now = DAY_MS
    await _days(late, 1)
    assert len(await late.log.rooms()) == 1
    await late.stop()


async def test_a_server_that_runs_for_a_lesson_erases_what_is_over_time() -> None:
    """A laptop is switched on for a lesson alone: its rooms go all the same, and not before ten minutes have passed."""
    log = MemoryLog()
    rig = await _open(log)
    await _played(rig, "Ottoline")
    await rig.stop()
    lesson = await _open(log, now=31 * DAY_MS)
    await lesson.pass_ms(5 * 60_000)
    assert len(await log.rooms()) == 1
    await lesson.pass_ms(40 * 60_000)
    assert await log.rooms() == []
    await lesson.stop()


async def test_rooms_that_go_together_are_wiped_together(rig: Rig) -> None:
    """To wipe is to write everybody's values anew: once for all of them, and never where none has gone."""
    for name in ("Ottoline", "Peregrine", "Quentin"):
        await _played(rig, name)
    await _days(rig, 28)
    assert rig.log.wiped == 0
    await _days(rig, 4)
    assert await rig.log.rooms() == []
    assert rig.log.wiped == 1


async def test_files_that_cannot_be_wiped_now_are_wiped_as_soon_as_they_can_be(rig: Rig) -> None:
    """Not ten minutes later, and not only when another room goes."""
    await _played(rig, "Ottoline")
    rig.log.wipes_fail = 1
    await _days(rig, 31)
    assert (await rig.log.rooms(), rig.log.wiped) == ([], 2)


async def test_a_room_that_went_although_the_store_said_no_is_forgotten(rig: Rig) -> None:
    """The database was cut off before it could say that it had erased: nobody finds the room, or tries for ever."""
    room = await _played(rig, "Ottoline")
    await rig.log.erase(room)
    assert await rig.lobby._erase(room)
    assert room not in rig.lobby._rows


async def test_for_ever_is_for_ever() -> None:
    """`keep_days` 0 erases nothing."""
    rig = await _open(MemoryLog(), keep_days=0)
    await _played(rig, "Ottoline")
    await _days(rig, 4_000)
    assert len(await rig.log.rooms()) == 1
    await rig.stop()


async def test_a_store_that_refuses_is_asked_again(rig: Rig) -> None:
    """What cannot be erased now is still found, and goes ten minutes later."""
    room = await _played(rig, "Ottoline")
    rig.log.fail_next()
    with pytest.raises(StoreUnavailable):
        await rig.lobby._erase(room)
    assert (await rig.watch(room)).you.kind == "watcher"


@pytest.mark.parametrize("step", ["head", "erase"])
@pytest.mark.parametrize("trouble", [TypeError, StoreUnavailable])
async def test_a_room_that_cannot_be_erased_keeps_no_other(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, step: str, trouble: type[Exception]
) -> None:
    """It is said in the log and tried again ten minutes later; the others go, and the server still stops."""
    rooms = [await _played(rig, name) for name in ("Ottoline", "Peregrine")]
    really = getattr(rig.log, step)

    async def fails(room: str) -> object:
        if room == rooms[0]:
            raise trouble(room)
        return await really(room)

    with monkeypatch.context() as patch, capture_logs() as lines:
        patch.setattr(rig.log, step, fails)
        await _days(rig, 31)
        assert [row.room for row in await rig.log.rooms()] == rooms[:1]
        assert {line["room"] for line in lines if line["event"] == "room_not_erased"} == {rooms[0]}
        assert rooms[0] in rig.lobby._rows
    await _days(rig, 1)
    assert await rig.log.rooms() == []


async def test_a_server_stops_although_a_room_cannot_be_erased(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody is told that it stops, whatever is wrong with a room that was to be erased just now."""
    rig = await _open(MemoryLog())
    room = await _played(rig, "Ottoline")
    host, _ = await rig.started()
    monkeypatch.setattr(rig.log, "head", lambda _: 1 / 0)
    rig.clock.move_to(rig.clock.now + 31 * DAY_MS)
    await settle()
    await rig.stop()
    assert host.connection.closed == 1012
    assert room in [row.room for row in await rig.log.rooms()]


@pytest.mark.parametrize("how", ["time", "names", "room"])
async def test_what_is_erased_is_nowhere(how: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Name and text of the people of an erased room are in no database page, no write-ahead log, no line of any log."""
    folder = tmp_path / "data"
    rig = await _open(AtOnce(folder))
    kept = await _played(rig, "Peregrine")
    gone = await _played(rig, "Ottoline")
    assert b"Ottoline" in bytes_of(folder)
    if how == "time":
        await _days(rig, 31)
        assert await rig.log.rooms() == []
    await rig.stop()
    await rig.log.close()
    if how != "time":
        (kept_rooms.erase_names if how == "names" else kept_rooms.erase)(folder, gone)
    left = bytes_of(folder)
    assert b"Ottoline" not in left
    assert (gone.encode() in left) == (how == "names")
    assert (b"Peregrine" in left) == (how != "time")
    heard = capfd.readouterr()
    assert "Ottoline" not in heard.out + heard.err
    if how == "names":
        log = AtOnce(folder)
        row = next(row for row in await log.rooms() if row.room == gone)
        assert verify_room(row, await log.read(gone)).is_right
        await log.close()
    assert kept
