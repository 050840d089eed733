"""What if, of a game that is still played: what the fork's end would open is the game's, and stays closed."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from makersphere_protocol.codec import encode
from makersphere_protocol.errors import Refused
from makersphere_protocol.messages import Join, Options, Resume
from makersphere_server.afterwards.comparisons import Comparisons
from makersphere_server.afterwards.downloads import Downloads
from makersphere_server.afterwards.reading_pace import ReadingPace
from makersphere_server.afterwards.replays import Replays
from makersphere_server.afterwards.take_home.game import Shown
from tests.server.rig.fakes import Client, Rig, long_id


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    """Give a server whose bots play."""
    rig = await Rig(bots="standard").start()
    yield rig
    await rig.stop()


async def _now(client: Client) -> Client:
    await client.rig.pass_ms(1_100)
    client.read()
    return client


async def _second_season(rig: Rig) -> Client:
    """Return the host of a game that has come to the first phase of its second season."""
    host = await rig.create("classroom", options=Options(seats=6))
    await rig.join(host.room)  # who says nothing, so that no phase closes by itself
    assert (await host.command("host.start")).ok
    while host.table["game"]["season"] < 2:
        assert (await host.command("host.advance")).ok
        await _now(host)
    return host


async def _forked(host: Client) -> Client:
    """Return the host of a fork that goes on."""
    found = await host.command("host.fork", "", None, season=2, phase="policy")
    assert found.data, found
    fork = Client(host.rig)
    await fork.say(Resume(str(found.data["room"]), "", host.token))
    fork.token = host.token
    assert (await fork.command("host.resume")).ok
    return fork


async def _visitor(host: Client) -> Client:
    """Return somebody in a visitor's chair beside a host's."""
    invited, guest = await host.command("host.invite", rank="visitor"), Client(host.rig)
    guest.token = str((invited.data or {})["host_token"])
    await guest.say(Resume(host.room, host_token=guest.token))
    return guest


def _assert_is_sealed(client: Client) -> None:
    table = client.table
    assert (table["game"]["status"], table["room"]["sealed"]) == ("over", True)
    assert not {"score", "comparison", "debrief", "result", "forecast"} & table.keys()
    assert all("ambition" not in maker for maker in table["maker"].values())
    assert all("thesis_points" not in investor for investor in table["investor"].values())
    assert all("opened" not in figures for figures in table["figures"].values())
    assert "story" not in client.hand
    assert "score" not in {line.text for line in client.lines()}


async def test_its_end_opens_nothing(rig: Rig) -> None:
    """Neither to watchers nor to seats nor on the table of its hosts, also after a restart."""
    host = await _second_season(rig)
    fork = await _forked(host)
    wall, ben = await rig.watch(fork.room), Client(rig)
    await ben.say(Join(fork.room, "Ben"))
    assert "score" in wall.table  # who leads so far is no secret
    assert (await fork.command("host.end")).ok
    for looks in (await _now(wall), await _now(fork), await _now(ben)):
        _assert_is_sealed(looks)
    assert "game_ended" in {line.text for line in wall.lines()}
    assert b'"ambition":' not in b"".join(map(encode, wall.connection.got))
    await rig.kill()
    await rig.start()
    _assert_is_sealed(await rig.watch(fork.room))


async def test_its_hosts_alone_have_its_log(rig: Rig) -> None:
    """Of pages and files that are made of it, a watcher and a seat get none."""
    host = await _second_season(rig)
    fork = await _forked(host)
    ben = await rig.join(fork.room, "Ben")
    assert ben.token
    assert (await fork.command("host.end")).ok
    for token in ("", ben.token):
        kept = await rig.lobby.kept_room(fork.room, token, None, anyone=True)
        with pytest.raises(Refused, match="sealed"):
            await kept.records()
    kept = await rig.lobby.kept_room(fork.room, host.token, None)
    assert await kept.records()


async def test_what_its_hosts_have_read_opens_it_to_nobody_else(rig: Rig) -> None:
    """A log that lies in memory, since a host has asked for it, is as closed as in the store."""
    host = await _second_season(rig)
    fork = await _forked(host)
    ben, guest, pace = await rig.join(fork.room, "Ben"), await _visitor(fork), ReadingPace(rig.clock)
    assert ben.token
    assert (await fork.command("host.end")).ok
    assert (await fork.command("host.hand_out", page=True)).ok
    downloads, replays = Downloads(rig.lobby.kept_room, pace), Replays(rig.lobby.kept_room, pace)
    doors: dict[str, Callable[[str], Awaitable[object]]] = {
        "class": lambda token: downloads.take_home(fork.room, token, "", "class", Shown("en")),
        "mine": lambda token: downloads.take_home(fork.room, token, "", "mine", Shown("en")),
        "export": lambda token: downloads.export(fork.room, token, "", "csv", names=False),
        "debrief": lambda token: downloads.debrief(fork.room, token, ""),
        "replay": lambda token: replays.answer(fork.room, token, "", None),
    }
    for name in ("class", "export", "debrief", "replay"):
        assert await doors[name](host.token)
    closed = {ben.token: ("class", "mine", "replay"), guest.token: ("class", "export", "debrief"), "": ("replay",)}
    for token, names in closed.items():
        for name in names:
            with pytest.raises(Refused, match="sealed"):
                await doors[name](token)


async def test_a_visitor_reads_it_beside_its_origin_once_both_are_over(rig: Rig) -> None:
    """Until then final scores would tell the aims of a game that is still played."""
    host = await _second_season(rig)
    fork = await _forked(host)
    guest = await _visitor(fork)
    assert (await fork.command("host.end")).ok
    comparisons = Comparisons(rig.lobby.kept_room, ReadingPace(rig.clock))
    assert await comparisons.answer(fork.room, host.token, "")
    with pytest.raises(Refused, match="not_over_yet"):
        await comparisons.answer(fork.room, guest.token, "")
    assert (await host.command("host.end")).ok
    assert await comparisons.answer(fork.room, guest.token, "")


async def test_a_fork_of_a_game_that_is_over_opens_what_that_has_opened(rig: Rig) -> None:
    """Nothing of it is a secret any more."""
    host = await _second_season(rig)
    assert (await host.command("host.end")).ok
    fork = await _forked(await _now(host))
    assert (await fork.command("host.end")).ok
    table = (await _now(fork)).table
    assert table["maker"] == (await _now(host)).table["maker"]
    assert all(maker["ambition"] for maker in table["maker"].values())
    assert {"score", "debrief"} <= table.keys()


async def test_nobody_comes_to_know_what_its_bots_know(rig: Rig) -> None:
    """A bot's hand here is its hand in the game: whoever comes gets a seat of their own, or asks a host for it."""
    host = await _second_season(rig)
    assert (await host.command("host.seat", seat=5, name="Dora")).ok
    fork = await _forked(host)
    dora = Client(rig)
    await dora.say(Join(fork.room, "Dora", id=long_id("another Dora")))
    assert dora.error().code == "joining_closed"
    bots = [int(seat) for seat in host.table["seat"] if int(seat) != 1]
    for seat in bots:
        ben = Client(rig)
        await ben.say(Join(fork.room, f"Ben {seat}", seat=seat, id=long_id(f"Ben {seat}")))
        assert ben.error().code == "joining_closed"
    ben = await rig.join(fork.room, "Ben")
    assert ben.you.seat not in bots
    guest = Client(rig)
    await guest.say(Join(fork.room, "Cy", role="investor"))
    refused = guest.error()
    assert refused.code == "room_full"
    assert "what its bots know stays theirs" in refused.message
    given = (await fork.command("host.seat_pass", seat=bots[0])).data
    assert given is not None
    dee = await rig.join(fork.room, "Dee", pass_=given["code"])
    assert dee.you.seat == bots[0]  # a host knows what that shows


async def test_a_door_that_was_locked_stays_so(rig: Rig) -> None:
    """Who is let in nowhere by the game's hosts is not by its what-if."""
    host = await _second_season(rig)
    assert (await host.command("host.lock", joining=False)).ok
    fork = await _forked(host)
    ben = Client(rig)
    await ben.say(Join(fork.room, "Ben"))
    assert ben.error().code == "joining_closed"
    assert (await fork.command("host.lock", joining=True)).ok
    assert (await rig.join(fork.room, "Ben")).token
