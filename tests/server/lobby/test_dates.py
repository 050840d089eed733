"""Phases that end at a date: they do although nobody is in the room, and after a restart too."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from makersphere_protocol.messages import At, Dates, Error, Options, Result
from makersphere_server.storage.event_log import StoreUnavailable
from tests.server.rig.fakes import Client, Rig

MINUTE_MS = 60_000
HOUR_MS = 60 * MINUTE_MS
EVERY_HOUR = Dates([f"{hour:02}:00" for hour in range(24)])


async def _is_away(room: str) -> None:
    raise StoreUnavailable(f"{room} cannot be read now")


@pytest_asyncio.fixture
async def rig() -> AsyncIterator[Rig]:
    """Return a server whose rooms are put away after ten minutes."""
    started = await Rig(bots="standard", idle_s=600).start()
    yield started
    await started.stop()


async def _dated(rig: Rig, **options: object) -> tuple[Client, Client]:
    """Return host and person of a game whose phases end at every full hour."""
    host = await rig.create("two", options=Options(seats=2, dates=EVERY_HOUR, **options))  # type: ignore[arg-type]
    ann = await rig.join(host.room)
    assert (await host.command("host.start")).ok
    await rig.pass_ms(200)
    host.read()
    return host, ann


def _to_the_hour(rig: Rig) -> int:
    return HOUR_MS - rig.clock.wall_ms() % HOUR_MS


async def _phases(rig: Rig, room: str) -> list[tuple[int, str, str]]:
    """Return season and phase of each close that the log has, and who closed it."""
    records = await rig.log.read(room)
    return [(one.season, one.phase, one.by) for one in records if b'"close"' in one.command]


async def test_a_phase_ends_at_its_date(rig: Rig) -> None:
    """The table shows the date, and not the scenario's minute; the clock closes the phase at that moment."""
    host, _ = await _dated(rig)
    date = rig.clock.wall_ms() + _to_the_hour(rig)
    assert host.table["clock"] == {"deadline": date, "dated": True}
    assert "plan" not in host.hand  # of a lesson's minutes
    await rig.pass_ms(date - rig.clock.wall_ms() - 1)
    host.read()
    assert host.at == At(1, "first")
    await rig.pass_ms(1_000)
    host.read()
    assert host.at == At(1, "second")
    assert host.table["clock"] == {"deadline": date + HOUR_MS, "dated": True}


async def test_a_date_comes_although_nobody_is_there(rig: Rig) -> None:
    """The room is put away, and read again at each date; at the close a bot plays for people who are away."""
    host, ann = await _dated(rig)
    ann.leave()
    host.leave()
    await rig.pass_ms(_to_the_hour(rig) - 2 * MINUTE_MS)
    assert rig.lobby.open_rooms.get(host.room) is None
    assert await _phases(rig, host.room) == []
    await rig.pass_ms(4 * MINUTE_MS)
    assert await _phases(rig, host.room) == [(1, "first", "clock")]
    await rig.pass_ms(HOUR_MS)
    assert await _phases(rig, host.room) == [(1, "first", "clock"), (1, "second", "clock")]
    bots = [one for one in await rig.log.read(host.room) if one.by == "bot" and one.actor == 1]
    assert {(one.season, one.phase) for one in bots} == {(1, "first"), (1, "second")}
    await rig.pass_ms(15 * MINUTE_MS)
    assert rig.lobby.open_rooms.get(host.room) is None


async def test_a_class_that_goes_home_together_stops_no_date(rig: Rig) -> None:
    """So many leave at once that a room with limits pauses by itself; here nobody may be there to let it go on."""
    host = await rig.create("two", options=Options(seats=8, dates=EVERY_HOUR))
    people = [await rig.join(host.room, f"Guest {number}") for number in range(8)]
    assert (await host.command("host.start")).ok
    for each in (host, *people):
        each.leave()
    await rig.pass_ms(_to_the_hour(rig) + 2 * MINUTE_MS)
    assert await _phases(rig, host.room) == [(1, "first", "clock")]


async def test_a_server_that_starts_after_the_date_closes_one_phase(rig: Rig) -> None:
    """Dates that have gone by while no server ran cost one phase, not one each."""
    host, ann = await _dated(rig)
    ann.leave()
    host.leave()
    await rig.stop()
    rig.clock.move_to(rig.clock.now + 5 * HOUR_MS)
    await rig.start()
    await rig.pass_ms(2 * MINUTE_MS)
    assert await _phases(rig, host.room) == [(1, "first", "clock")]


async def test_nobody_is_played_for_a_minute_after_leaving(rig: Rig) -> None:
    """Who closes the page at noon chooses in the evening."""
    host, ann = await _dated(rig)
    ann.leave()
    await rig.pass_ms(10 * MINUTE_MS)
    host.read()
    assert host.table["seat"]["1"]["by"] == "away"
    assert host.table["room"]["stand_in"] == "close"


async def test_a_date_does_not_come_in_a_paused_room(rig: Rig) -> None:
    """It stays as it is; a host who lets the room go on after that date gets the next one."""
    host, _ = await _dated(rig)
    assert (await host.command("host.pause")).ok
    host.leave()
    await rig.pass_ms(3 * HOUR_MS)
    assert await _phases(rig, host.room) == []
    await host.resume()
    assert host.table["clock"]["paused"]
    assert (await host.command("host.resume")).ok
    await rig.pass_ms(200)
    host.read()
    assert host.at == At(1, "first")
    assert 0 < host.table["clock"]["deadline"] - rig.clock.wall_ms() <= HOUR_MS


async def test_a_room_that_was_paused_before_its_date_is_read_at_none(rig: Rig) -> None:
    """It had been put away with a date before; where it is paused, nothing would come of that."""
    host, ann = await _dated(rig)
    ann.leave()
    host.leave()
    await rig.pass_ms(15 * MINUTE_MS)
    await host.resume()
    assert (await host.command("host.pause")).ok
    host.leave()
    await rig.pass_ms(_to_the_hour(rig) + MINUTE_MS)
    for _ in range(10):
        await rig.pass_ms(MINUTE_MS // 2)
        assert rig.lobby.open_rooms.get(host.room) is None


async def test_a_host_sets_a_date_and_takes_it_away(rig: Rig) -> None:
    """In any room; without a date the phase waits for its people or its host, and the next has its limit."""
    host, ann = await rig.started("two")
    date = rig.clock.wall_ms() + 30 * HOUR_MS
    assert (await host.command("host.end_at", date=date)).ok
    await rig.pass_ms(200)
    host.read()
    assert host.table["clock"] == {"deadline": date, "dated": True}
    assert (await host.command("host.extend", seconds=600)).ok
    await rig.pass_ms(200)
    host.read()
    assert host.table["clock"]["deadline"] == date + 10 * MINUTE_MS
    assert (await host.command("host.end_at", date=0)).ok
    await rig.pass_ms(HOUR_MS)
    host.read()
    assert (host.at, "clock" in host.table) == (At(1, "first"), False)
    ann.leave()


@pytest.mark.parametrize("away_ms", [-1, 367 * 24 * HOUR_MS])
async def test_a_date_is_ahead_and_within_a_year(rig: Rig, away_ms: int) -> None:
    """Another one is refused, by the field, and the clock stays."""
    host, _ = await rig.started("two")
    before = dict(host.table["clock"])
    refused: Result = await host.command("host.end_at", date=rig.clock.wall_ms() + away_ms)
    assert refused.error is not None
    assert (refused.error.code, refused.error.field) == ("rule", "date")
    assert refused.error.message == "The date must lie ahead, within 366 days."
    host.read()
    assert host.table["clock"] == before


async def test_a_date_set_by_hand_survives_a_kill(rig: Rig) -> None:
    """An acknowledged date is stored; it comes after a restart although nobody comes."""
    host, _ = await rig.started("two")
    assert (await host.command("host.end_at", date=rig.clock.wall_ms() + 30 * MINUTE_MS)).ok
    await rig.kill()
    await rig.start()
    await rig.pass_ms(29 * MINUTE_MS)
    assert await _phases(rig, host.room) == []
    await rig.pass_ms(3 * MINUTE_MS)
    assert await _phases(rig, host.room) == [(1, "first", "clock")]


async def test_the_next_room_of_these_people_can_have_the_same_dates(rig: Rig) -> None:
    """Hosts have them once the game is over, as they were given."""
    host, _ = await _dated(rig)
    assert "dates" not in host.hand["host"]
    assert (await host.command("host.end")).ok
    await rig.pass_ms(200)
    host.read()
    assert host.hand["host"]["dates"] == {"times": EVERY_HOUR.times, "days": [], "zone": "UTC"}


async def test_dates_leave_space_for_people_and_take_turns() -> None:
    """However many rooms have the same date, somebody can come into a room; each of them is read in the end."""
    rig = await Rig(bots="standard", idle_s=600, most_rooms=4).start()
    rooms = []
    for _ in range(8):
        host, ann = await _dated(rig)
        ann.leave()
        host.leave()
        rooms.append(host.room)
        await rig.pass_ms(12 * MINUTE_MS if len(rooms) in (4, 8) else 0)
    await rig.pass_ms(_to_the_hour(rig) + MINUTE_MS)
    assert len(list(rig.lobby.open_rooms)) == 3
    assert (await rig.watch(rooms[-1])).table
    await rig.pass_ms(45 * MINUTE_MS)
    assert [len(await _phases(rig, room)) for room in rooms] == [1] * 8
    await rig.stop()


async def test_a_room_that_cannot_be_read_at_its_date_is_tried_again(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store that is away for a while costs no date."""
    host, ann = await _dated(rig)
    ann.leave()
    host.leave()
    await rig.pass_ms(30 * MINUTE_MS)
    with monkeypatch.context() as away:
        away.setattr(rig.log, "read", _is_away)
        await rig.pass_ms(_to_the_hour(rig) + 3 * MINUTE_MS)
    assert await _phases(rig, host.room) == []
    await rig.pass_ms(2 * MINUTE_MS)
    assert await _phases(rig, host.room) == [(1, "first", "clock")]


async def test_a_zone_that_is_none_is_refused(rig: Rig) -> None:
    """With the field's name; no room is made."""
    host = await rig.create("two", options=Options(seats=2, dates=Dates(["18:00"], [], "Mars/Base")))
    [error] = host.connection.got
    assert isinstance(error, Error)
    assert (error.code, "zone" in error.message) == ("bad_args", True)
