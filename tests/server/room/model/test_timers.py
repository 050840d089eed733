"""Time: what remains is kept, through pauses, extensions and restarts."""

import time

import pytest

from makersphere_protocol.messages import At, Options, Timers
from makersphere_server.clock import SystemClock
from tests.server.rig.fakes import Client, Rig, code


def _left(client: Client) -> int:
    """Return the milliseconds that a client's table shows."""
    client.read()
    clock = client.table["clock"]
    assert isinstance(clock["deadline"], int)
    return clock["deadline"] - client.rig.clock.wall_ms()


async def test_a_phase_closes_when_its_time_is_up(rig: Rig) -> None:
    """The clock's close is a command through the same inbox, by the clock."""
    host, ann = await rig.started("two")
    assert 59_000 < _left(ann) <= 60_000
    await rig.pass_ms(_left(ann) - 1)
    ann.read()
    assert ann.at == At(1, "first")
    await rig.pass_ms(51)
    ann.read()
    assert ann.at == At(1, "second")
    records = await rig.log.read(host.room)
    assert [record.by for record in records if b'"close"' in record.command] == ["clock"]


async def test_no_limit_no_clock(rig: Rig) -> None:
    """A phase of 0 seconds has no clock, and neither has a room whose timers are scaled to nothing."""
    _, ann = await rig.started("counter")
    assert "clock" not in ann.table
    host = await rig.create("two", options=Options(seats=1, timers=Timers(0)))
    await host.command("host.start")
    await rig.pass_ms(600_000)
    host.read()
    assert "clock" not in host.table


async def test_timers_are_scaled(rig: Rig) -> None:
    """A room may have more or less of the scenario's time."""
    host = await rig.create("two", options=Options(seats=2, timers=Timers(50)))
    await rig.join(host.room)
    await host.command("host.start")
    await rig.pass_ms(50)
    assert 29_000 < _left(host) <= 30_000


async def test_a_pause_stops_the_clock(rig: Rig) -> None:
    """While paused no game command is taken and no time goes by; then the rest is there."""
    host, ann = await rig.started("two")
    await rig.pass_ms(10_000)
    left = _left(ann)
    assert (await host.command("host.pause")).ok
    await rig.pass_ms(100_000)
    ann.read()
    assert ann.table["clock"]["paused"] is True
    assert abs(ann.table["clock"]["remaining_ms"] - left) <= 50
    assert code(await ann.command("count", by=1)) == "paused"
    assert (await host.command("host.resume")).ok
    await rig.pass_ms(50)
    assert abs(_left(ann) - left) <= 100
    assert ann.at == At(1, "first")
    assert (await ann.command("count", by=1)).ok


async def test_a_paused_command_may_come_again(rig: Rig) -> None:
    """`paused` says nothing about the command: the same id is taken when the room goes on."""
    host, ann = await rig.started("two")
    await host.command("host.pause")
    assert code(await ann.command("count", "mine", by=1)) == "paused"
    await host.command("host.resume")
    assert (await ann.command("count", "mine", by=1)).ok


async def test_more_time_for_all(rig: Rig) -> None:
    """`host.extend` moves the deadline."""
    host, ann = await rig.started("two")
    left = _left(ann)
    assert (await host.command("host.extend", seconds=30)).ok
    await rig.pass_ms(50)
    assert abs(_left(ann) - left - 30_000) <= 100


async def test_more_time_for_one_seat(rig: Rig) -> None:
    """Others see only that the phase is still open; it closes when that seat's time is up too."""
    host, ann = await rig.started("two")
    ben = await rig.join(host.room, "Ben")
    assert (await host.command("host.extend", seconds=20, seat=1)).ok
    await rig.pass_ms(50)
    ann.read()
    ben.read()
    assert ann.hand["clock"]["deadline"] == ann.table["clock"]["deadline"] + 20_000
    assert "clock" not in ben.hand
    await rig.pass_ms(_left(ann) + 10_000)
    ann.read()
    assert ann.at == At(1, "first")
    await rig.pass_ms(10_050)
    ann.read()
    assert ann.at == At(1, "second")
    assert "clock" not in ann.hand


async def test_a_seat_with_more_time_that_is_ready_holds_nobody_up(rig: Rig) -> None:
    """When the seat with more time is ready before it ends, the phase closes."""
    host, ann = await rig.started("two")
    await rig.join(host.room, "Ben")
    await host.command("host.extend", seconds=20, seat=1)
    await rig.pass_ms(61_000)
    ann.read()
    assert ann.at == At(1, "first")
    await ann.command("ready", ready=True)
    await rig.pass_ms(1_000)
    ann.read()
    assert ann.at == At(1, "second")


async def test_past_the_limit_a_phase_waits_for_no_seat_without_more_time(rig: Rig) -> None:
    """When the one seat with more time is ready, those whose time is up hold nobody up either."""
    host, ann = await rig.started("two")
    ben = await rig.join(host.room, "Ben")
    assert (await ben.command("ready", ready=False)).ok
    await host.command("host.extend", seconds=20, seat=1)
    await rig.pass_ms(61_000)
    ann.read()
    assert ann.at == At(1, "first")
    await ann.command("ready", ready=True)
    await rig.pass_ms(100)
    ann.read()
    assert ann.at == At(1, "second")
    records = await rig.log.read(host.room)
    assert [record.by for record in records if b'"close"' in record.command] == ["clock"]


async def test_a_restart_costs_nobody_the_turn(rig: Rig) -> None:
    """What remained is there after a restart, however long it took, and time stands still until somebody comes."""
    _, ann = await rig.started("two")
    await rig.pass_ms(23_000)  # between two times at which it is stored anyway
    left = _left(ann)
    await rig.stop()
    rig.clock.move_to(rig.clock.now + 3_600_000)
    await rig.start()
    await rig.pass_ms(60_000)
    await ann.resume()
    assert abs(_left(ann) - left) <= 200
    assert ann.at == At(1, "first")


async def test_a_kill_gives_a_little_time_back_and_takes_none(rig: Rig) -> None:
    """What remains is stored every few seconds: after a kill there is as much or a little more."""
    _, ann = await rig.started("two")
    await rig.pass_ms(20_000)
    left = _left(ann)
    await rig.kill()
    await rig.start()
    await ann.resume()
    assert left - 200 <= _left(ann) <= left + 6_000


async def test_a_pause_survives_a_restart(rig: Rig) -> None:
    """A paused room is paused after a restart."""
    host, ann = await rig.started("two")
    await host.command("host.pause")
    await rig.kill()
    await rig.start()
    await ann.resume()
    await rig.pass_ms(100_000)
    ann.read()
    assert ann.table["clock"]["paused"] is True
    assert ann.at == At(1, "first")


async def test_an_empty_room_stands_still(rig: Rig) -> None:
    """A room in which nobody is connected waits for them."""
    host, ann = await rig.started("two")
    await rig.pass_ms(10_000)
    left = _left(ann)
    ann.leave()
    host.leave()
    await rig.pass_ms(120_000)
    await ann.resume(fresh=True)
    assert abs(_left(ann) - left) <= 200
    assert ann.at == At(1, "first")


async def test_a_wall_clock_that_is_set_changes_no_deadline(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever sets the server's clock by an hour takes and gives nobody time: the deadline is told anew."""
    _, ann = await rig.started("two")
    before, real = _left(ann), rig.clock.wall_ms
    monkeypatch.setattr(rig.clock, "wall_ms", lambda: real() + 3_600_000)
    await rig.pass_ms(10_000)
    assert abs(before - 10_000 - _left(ann)) <= 50


def test_time_in_which_the_server_stood_still_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lid that was closed for a minute costs nobody a second; a busy moment counts like any other."""
    now_ns = 1_000_000_000
    monkeypatch.setattr(time, "monotonic_ns", lambda: now_ns)
    system = SystemClock()
    began = system.now_ms()
    for seconds, passed in ((0.25, 250), (5, 5_250), (60, 5_250), (1, 6_250)):
        now_ns += int(seconds * 1_000_000_000)
        assert system.now_ms() - began == passed
