"""A host makes the present season the last: its recap closes by the end of the game; until then it can be undone."""

from typing import Literal

import pytest

from makersphere_protocol.messages import Options, Resume, Timers
from makersphere_server.afterwards.verify import verify_room
from tests.server.rig.fakes import Client, Rig, code


async def _started(rig: Rig, pace: Literal["host", "clock"] = "host") -> tuple[Client, Client]:
    """Return the host and a person of a game of two seasons of two phases, as it has begun."""
    host = await rig.create("two", options=Options(seats=1, pace=pace, timers=Timers(scale=100)))
    ann = await rig.join(host.room)
    assert (await host.command("host.start")).ok
    return await _now(host), await _now(ann)


async def _now(client: Client) -> Client:
    await client.rig.pass_ms(1_100)
    client.read()
    return client


async def _verified(rig: Rig, room: str) -> None:
    row = next(row for row in await rig.log.rooms() if row.room == room)
    report = verify_room(row, await rig.log.read(room))
    assert report.is_right, report


async def test_everybody_is_told_that_it_is_the_last_season_and_its_recap_ends_the_game(rig: Rig) -> None:
    """The table says it; in the recap the end is what closes, and the log verifies."""
    host, ann = await _started(rig)
    assert (await host.command("host.last_season", last=True)).ok
    assert (await _now(ann)).table["room"]["last_season"] == 1
    assert "season_is_last" in [line.text for line in ann.lines()]
    assert (await host.command("host.advance")).ok
    await _now(host)
    assert "host.advance" not in host.hand["legal"]
    refused = await host.command("host.advance")
    assert code(refused) == "rule"
    assert (await host.command("host.end")).ok
    assert (await _now(ann)).table["game"]["status"] == "over"
    assert ann.table["game"]["season"] == 1
    await _verified(rig, host.room)


@pytest.mark.parametrize("restarts", [False, True])
async def test_the_clock_ends_the_game_after_that_season_through_a_restart_too(rig: Rig, *, restarts: bool) -> None:
    """Nobody has to press anything; the order survives the server."""
    host, _ = await _started(rig, "clock")
    assert (await host.command("host.last_season", last=True)).ok
    if restarts:
        await rig.stop()
        await rig.start()
        again = Client(rig)
        await again.say(Resume(host.room, host_token=host.token))
        host = await _now(again)
    await rig.pass_ms(120_000)
    assert (await _now(host)).table["game"]["status"] == "over"
    assert host.table["game"]["season"] == 1
    await _verified(rig, host.room)


async def test_it_can_be_taken_back_until_then(rig: Rig) -> None:
    """The next season opens as ever."""
    host, ann = await _started(rig)
    assert (await host.command("host.last_season", last=True)).ok
    assert (await host.command("host.advance")).ok
    assert (await host.command("host.last_season", last=False)).ok
    assert "last_season" not in (await _now(ann)).table["room"]
    assert "season_is_not_last" in [line.text for line in ann.lines()]
    assert (await host.command("host.advance")).ok
    assert (await _now(host)).table["game"]["season"] == 2
    await _verified(rig, host.room)


async def test_the_last_season_of_the_scenario_needs_no_word(rig: Rig) -> None:
    """There is nothing to choose; and the plan ends where the host says."""
    host, _ = await _started(rig)
    ends = host.hand["plan"]["ends"]
    assert (await host.command("host.last_season", last=True)).ok
    assert (await _now(host)).hand["plan"]["ends"] < ends
    assert (await host.command("host.last_season", last=False)).ok
    for _ in range(2):
        assert (await host.command("host.advance")).ok
    assert "host.last_season" not in (await _now(host)).hand["legal"]
    assert code(await host.command("host.last_season", last=True)) == "rule"
