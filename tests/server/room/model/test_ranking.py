"""How much of the ranking is open after the end: all where nobody led, and then nothing that is shown closes it."""

from typing import Any

import pytest

from makersphere_protocol.messages import Options, Resume
from makersphere_server.room.model.ranking import wall_of
from makersphere_server.room.model.wall import ALL_ROLES
from tests.server.rig.fakes import Client, Rig


async def _told(*clients: Client) -> None:
    await clients[0].rig.pass_ms(100)
    for client in clients:
        client.read()


async def _to_its_end(host: Client) -> None:
    while host.table["game"]["status"] != "over":
        await host.rig.pass_ms(60_000)
        host.read()


async def _played_alone(rig: Rig) -> tuple[Client, Client]:
    """Return the host and the person of a game that has come to its end by itself."""
    host = await rig.create("quickstart", options=Options(seats=6))
    ann = await rig.join(host.room)
    assert (await host.command("host.start")).ok
    await _to_its_end(host)
    await _told(host, ann)
    assert "show" not in host.table
    return host, ann


def _opened(rig: Rig, host: Client) -> int:
    return wall_of(rig.room(host.room)._live).opened


async def test_what_stood_open_at_once_is_not_closed_by_what_is_shown(rig: Rig) -> None:
    """Where nobody was known to lead the ranking is there with the end, and with whatever is shown afterwards."""
    host, ann = await _played_alone(rig)
    assert _opened(rig, host) == ALL_ROLES
    assert rig.room(host.room).glance()["show"]["opened"] == ALL_ROLES
    assert (await host.command("host.show", scene="lobby")).ok
    await _told(ann)
    assert ann.table["show"] == {"scene": "lobby", "step": 0, "opened": ALL_ROLES}


async def test_an_answer_on_the_wall_closes_nothing_that_stood_open(rig: Rig) -> None:
    """What a host picks is shown like a scene."""
    host, ann = await _played_alone(rig)
    question: dict[str, Any] = next(each for each in ann.hand["question"].values() if "choices" not in each)
    where = {"season": question["season"], "question": question["question"]}
    assert (await ann.command("reflect", **where, text="We shared.")).ok
    assert (await host.command("host.pick", **where, seat=ann.you.seat, shown=True)).ok
    await _told(host)
    assert host.table["show"]["opened"] == ALL_ROLES


async def test_what_a_host_takes_off_again_opens_nothing(rig: Rig) -> None:
    """A curtain that was down at the end shows that a host leads; lifting it reveals no ranking."""
    host = await rig.create("quickstart", options=Options(seats=6))
    await rig.join(host.room)
    assert (await host.command("host.start")).ok
    assert (await host.command("host.show", scene="phase", curtain=True)).ok
    await _to_its_end(host)
    assert (await host.command("host.show", scene="phase", curtain=False)).ok
    await _told(host)
    assert host.table["show"] == {"scene": "phase", "step": 0}
    assert _opened(rig, host) == 0


@pytest.mark.parametrize(
    ("command", "args"),
    [
        ("host.advance", {}),
        ("host.pause", {}),
        ("host.extend", {"seconds": 30}),
        ("host.last_season", {"last": True}),
    ],
)
async def test_a_host_who_sees_to_the_pace_has_the_ranking_to_reveal(
    rig: Rig, command: str, args: dict[str, Any]
) -> None:
    """Though nothing was ever put on the wall, as of a table of a class."""
    host = await rig.create("quickstart", options=Options(seats=6))
    await rig.join(host.room)
    assert (await host.command("host.start")).ok
    assert (await host.command(command, **args)).ok
    if command == "host.pause":
        assert (await host.command("host.resume")).ok
    await _to_its_end(host)
    assert _opened(rig, host) == 0
    assert host.table["show"] == {"scene": "phase", "step": 0}


@pytest.mark.parametrize("scene", ["opening", "slides"])
async def test_whoever_has_shown_something_before_the_game_has_the_ranking_to_reveal(rig: Rig, scene: str) -> None:
    """The game takes its place on the wall; the host who showed it to a class is there all the same."""
    host = await rig.create("quickstart", options=Options(seats=6))
    await rig.join(host.room)
    assert (await host.command("host.show", scene=scene)).ok
    assert (await host.command("host.start")).ok
    await _to_its_end(host)
    assert host.table["show"] == {"scene": "phase", "step": 0}
    assert _opened(rig, host) == 0


async def test_more_time_for_one_seat_leads_nobody(rig: Rig) -> None:
    """It is that seat's affair."""
    host = await rig.create("quickstart", options=Options(seats=6))
    ann = await rig.join(host.room)
    assert (await host.command("host.start")).ok
    assert (await host.command("host.extend", seconds=30, seat=ann.you.seat)).ok
    await _to_its_end(host)
    assert _opened(rig, host) == ALL_ROLES


async def test_a_game_that_is_ended_within_a_season_had_a_host(rig: Rig) -> None:
    """What is shown after that opens nothing by itself."""
    host, ann = await rig.started("quickstart", 6)
    assert (await host.command("host.end")).ok
    assert _opened(rig, host) == 0
    assert (await host.command("host.show", scene="lobby")).ok
    await _told(ann)
    assert ann.table["show"] == {"scene": "lobby", "step": 0}


@pytest.mark.parametrize("is_led", [True, False])
async def test_a_what_if_is_led_as_its_origin_was_played(rig: Rig, is_led: bool) -> None:  # noqa: FBT001
    """What a host shows after an end that nobody led says nothing of how the game was played."""
    host = await rig.create("quickstart", options=Options(seats=6))
    await rig.join(host.room)
    assert (await host.command("host.start")).ok
    if is_led:
        assert (await host.command("host.advance")).ok
    await _to_its_end(host)
    assert (await host.command("host.show", scene="lobby")).ok
    found = await host.command("host.fork", season=1, phase="exchange")
    assert found.data, found
    fork = Client(rig)
    await fork.say(Resume(str(found.data["room"]), "", host.token))
    fork.token = host.token
    assert (await fork.command("host.resume")).ok
    await _to_its_end(fork)
    assert _opened(rig, fork) == (0 if is_led else ALL_ROLES)
