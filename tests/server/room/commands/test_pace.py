"""What closes phases in a room, and when it pauses by itself."""

from typing import Any

import pytest

from makersphere_protocol.codec import encode
from makersphere_protocol.messages import At, Command, Create, Options, Timers
from makersphere_rules.scenario_building import build
from makersphere_rules.shipped import modules
from makersphere_server.settings import Settings
from tests.server.rig.fakes import Client, Rig, code


async def _opened(rig: Rig, pace: Any, seats: int = 1, scale: int = 100) -> tuple[Client, Client]:  # noqa: ANN401
    """Return the host and the person of a game that has begun at a pace."""
    host = await rig.create("two", options=Options(seats=seats, pace=pace, timers=Timers(scale)))
    ann = await rig.join(host.room)
    assert (await host.command("host.start")).ok
    return host, await _now(ann)


async def _now(client: Client) -> Client:
    await client.rig.pass_ms(50)
    client.read()
    return client


def _phase(client: Client) -> str:
    return str(client.table["game"]["phase"])


async def test_by_itself_when_all_are_ready_or_time_is_up(rig: Rig) -> None:
    """The pace of a room that is told nothing."""
    _, ann = await _opened(rig, "self")
    assert "pace" not in ann.table["room"]
    assert (await ann.command("ready", ready=True)).ok
    assert _phase(await _now(ann)) == "second"
    await rig.pass_ms(30_000)
    assert (await _now(ann)).at.season == 2


async def test_a_close_that_is_due_no_more_closes_nothing(rig: Rig) -> None:
    """Whoever takes *ready* back while it is being stored has the time that is left."""
    _, ann = await _opened(rig, "self")

    async def take_back(_: str) -> None:
        rig.log.before_commit = None
        ann.session.receive(encode(Command("b", "ready", {"ready": False}, ann.at)))

    rig.log.before_commit = take_back
    assert (await ann.command("ready", ready=True)).ok
    assert _phase(await _now(ann)) == "first"
    assert (await ann.command("ready", ready=True)).ok
    assert _phase(await _now(ann)) == "second"


async def test_on_the_hosts_word_alone(rig: Rig) -> None:
    """There is no clock, and everybody may be ready for as long as it takes; a restart changes nothing."""
    host, ann = await _opened(rig, "host")
    assert ann.table["room"]["pace"] == "host"
    assert "clock" not in ann.table
    assert "host.extend" not in host.hand["legal"]
    assert (await ann.command("ready", ready=True)).ok
    await rig.pass_ms(600_000)
    await rig.kill()
    await rig.start()
    await host.resume()
    await ann.resume()
    await rig.pass_ms(600_000)
    assert _phase(await _now(ann)) == "first"
    assert (await host.command("host.advance")).ok
    assert _phase(await _now(ann)) == "second"


async def test_by_the_clock(rig: Rig) -> None:
    """Nobody is hurried on because the others are ready; without clocks it is as if by itself."""
    _, ann = await _opened(rig, "clock")
    assert (await ann.command("ready", ready=True)).ok
    await rig.pass_ms(59_000)
    assert _phase(await _now(ann)) == "first"
    await rig.pass_ms(1_000)
    assert _phase(await _now(ann)) == "second"
    _, ben = await _opened(rig, "clock", scale=0)
    assert (await ben.command("ready", ready=True)).ok
    assert _phase(await _now(ben)) == "second"


async def test_a_later_season_may_have_a_shorter_clock(rig: Rig) -> None:
    """The clock and the host's plan go by the limits of the season that is played."""
    phases = [{"name": "first", "limit_s": [60, 20], "modules": ["counter"]}]
    rig.two = build({"name": "two", "seasons": 2, "phase": phases}, modules())
    host, ann = await _opened(rig, "clock")
    await rig.pass_ms(59_000)
    assert ann.at.season == 1
    await rig.pass_ms(1_000)
    assert (await _now(ann)).at.season == 2
    plan = (await _now(host)).hand["plan"]
    assert plan["due"] - plan["started"] == 80_000 + 65_000  # with what is revealed, and the talk after a season
    assert plan["ends"] - plan["started"] == 80_000 + 2 * 65_000
    left_ms = rig.room(ann.room)._live.timer.left_ms()
    assert left_ms is not None
    assert left_ms <= 20_000


async def test_what_comes_before_the_turn_in_which_time_is_up_is_decided_before_the_close(rig: Rig) -> None:
    """Time that is up wakes the room; its turn takes all that waits by then, and the close comes behind it."""
    _, ann = await _opened(rig, "clock")
    left_ms = rig.room(ann.room)._live.timer.left_ms()
    assert left_ms is not None
    count = encode(Command("c", "count", {"by": 3}, ann.at))
    rig.clock.call_later(left_ms, lambda: ann.session.receive(count))
    await rig.pass_ms(left_ms)
    assert ann.results()[-1].ok
    assert _phase(await _now(ann)) == "second"
    await ann.say(Command("d", "count", {"by": 3}, At(1, "first")))
    assert code(ann.results()[-1]) == "not_your_phase"


async def test_another_pace_is_none(rig: Rig) -> None:
    """A room is not opened at a pace that the contract does not know."""
    client = Client(rig)
    await client.say(b'{"type":"create","scenario":"two","options":{"pace":"hasty"}}')
    assert code(client.results()[-1]) == "bad_frame"
    assert not await rig.log.rooms()


# -- when many drop at once


async def _class_of(rig: Rig, people: int) -> tuple[Client, list[Client]]:
    host = await rig.create("two", seats=people)
    class_ = [await rig.join(host.room, f"Pupil {number}") for number in range(people)]
    assert (await host.command("host.start")).ok
    return await _now(host), class_


async def test_a_room_pauses_when_many_drop(rig: Rig) -> None:
    """Three of ten in ten seconds: time stands still, the hosts are told how many, and a host lets it go on."""
    host, class_ = await _class_of(rig, 10)
    for client in class_[:3]:
        await rig.pass_ms(3_000)
        assert "paused" not in (await _now(host)).table["clock"]
        client.leave()
    table = (await _now(host)).table
    assert table["clock"]["paused"] is True
    assert host.hand["host"]["dropped"] == 3
    assert code(await class_[9].command("count", by=1)) == "paused"
    await rig.kill()
    await rig.start()
    await host.resume()
    assert host.hand["host"]["dropped"] == 3
    assert host.table["clock"]["paused"] is True
    assert (await host.command("host.resume")).ok
    await _now(host)
    assert "dropped" not in host.hand["host"]
    assert "paused" not in host.table["clock"]


async def test_a_room_that_nobody_leads_goes_on_after_a_minute(rig: Rig) -> None:
    """The pause waits for a host, but not for one who is not there: stand-ins play, and time runs again."""
    host, class_ = await _class_of(rig, 10)
    host.leave()
    for client in class_[:3]:
        client.leave()
    last = class_[9]
    await rig.pass_ms(59_000)
    assert (await _now(last)).table["clock"]["paused"] is True
    await rig.pass_ms(2_000)
    assert "paused" not in (await _now(last)).table["clock"]
    assert (await last.command("count", by=1)).ok


async def test_a_host_has_a_minute_to_come_back_to_a_pause(rig: Rig) -> None:
    """With a host there it waits; the minute begins when the last host goes, and a restart begins it anew."""
    host, class_ = await _class_of(rig, 10)
    for client in class_[:3]:
        client.leave()
    last = class_[9]
    await rig.pass_ms(300_000)
    assert (await _now(last)).table["clock"]["paused"] is True
    host.leave()
    await rig.pass_ms(59_000)
    await host.resume()
    await rig.pass_ms(300_000)
    assert (await _now(last)).table["clock"]["paused"] is True
    host.leave()
    await rig.pass_ms(50_000)
    await rig.kill()
    await rig.start()
    await last.resume()
    await rig.pass_ms(50_000)
    assert (await _now(last)).table["clock"]["paused"] is True
    await rig.pass_ms(11_000)
    assert "paused" not in (await _now(last)).table["clock"]


async def test_a_pause_of_a_host_waits_for_a_host(rig: Rig) -> None:
    """What a host has stopped goes on at a host's word alone."""
    host, class_ = await _class_of(rig, 3)
    assert (await host.command("host.pause")).ok
    host.leave()
    await rig.pass_ms(300_000)
    assert (await _now(class_[0])).table["clock"]["paused"] is True


async def test_few_and_slow_drops_pause_nothing(rig: Rig) -> None:
    """Two of three are too few for a network that is gone, and three in half a minute are too slow."""
    host, class_ = await _class_of(rig, 10)
    for client in class_[:4]:
        client.leave()
        await rig.pass_ms(6_000)
    assert "paused" not in (await _now(host)).table["clock"]
    small, three = await _class_of(rig, 3)
    for client in three[:2]:
        client.leave()
    assert "paused" not in (await _now(small)).table["clock"]


async def test_who_is_back_has_not_dropped(rig: Rig) -> None:
    """A phone that came back at once is not counted, and neither is who was removed."""
    host, class_ = await _class_of(rig, 10)
    for client in class_[:2]:
        client.leave()
    await class_[0].resume()
    assert (await host.command("host.remove", seat=10)).ok
    class_[2].leave()
    assert "paused" not in (await _now(host)).table["clock"]


@pytest.mark.parametrize("share", [0, 100])
async def test_the_share_is_a_setting(share: int) -> None:
    """With 0 a room never pauses by itself, with 100 when nobody is left."""
    rig = Rig()
    rig.settings = Settings(drop_share=share)
    await rig.start()
    host, class_ = await _class_of(rig, 4)
    for client in class_[:3]:
        client.leave()
    assert "paused" not in (await _now(host)).table["clock"]
    class_[3].leave()
    assert ("paused" in (await _now(host)).table["clock"]) is (share == 100)
    await rig.stop()


async def test_a_lost_create_opens_the_same_room_at_its_pace(rig: Rig) -> None:
    """The same frame again is the same room; at another pace it is another room."""
    rooms = []
    for pace in ("host", "host", "clock"):
        client = Client(rig)
        await client.say(Create("two", Options(pace=pace), id="mine, drawn at random"))
        await rig.pass_ms(50)
        client.read()
        rooms.append(client.room)
    assert rooms[0] == rooms[1] != rooms[2]
