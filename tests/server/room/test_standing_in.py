"""Bots: in seats that nobody plays, and for people who have been away for long."""

import asyncio
import random
from collections.abc import Mapping

from makersphere_bots.legal import Form
from makersphere_bots.policy import READY, Move, View
from makersphere_protocol.codec import encode
from makersphere_protocol.messages import Command, Join
from makersphere_server.afterwards.verify import verify_room
from makersphere_server.room.model.policies import SeatView
from tests.server.rig.fakes import Client, Rig


class _Counts:
    """Counts by 2 and is ready; keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[int, str, int]] = []

    def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
        """Return what it does."""
        self.asked.append((view.seat, view.phase, view.table.get("tally", {}).get("total", 0)))
        assert set(legal) == {"count", "ready"}
        return [("count", {"by": 2}), READY]


async def test_bots_play_what_nobody_plays() -> None:
    """A bot is asked when its phase opens, sends through the room's inbox, and is stored as a bot."""
    rig = Rig()
    rig.policy = policy = _Counts()
    await rig.start()
    host, _ = await rig.started("two")
    await rig.pass_ms(200)
    host.read()
    assert host.table["tally"]["total"] == 4
    assert [seat["ready"] for seat in host.table["seat"].values()] == [False, True, True]
    assert [(seat, phase) for seat, phase, _ in policy.asked] == [(2, "first"), (3, "first")]
    await host.command("host.advance")
    await rig.pass_ms(200)
    assert {(seat, phase) for seat, phase, _ in policy.asked[2:]} == {(2, "second"), (3, "second")}
    assert all(total == 4 for _, _, total in policy.asked[2:4])  # what it sees is the new phase's table
    bys = [record.by for record in await rig.log.read(host.room)]
    assert bys.count("bot") == 8
    await rig.stop()


async def test_bots_alone_play_to_the_end() -> None:
    """A host who looks on is enough: bots play a whole game."""
    rig = Rig()
    rig.policy = _Counts()
    await rig.start()
    host = await rig.create("two", seats=4)
    await host.command("host.start")
    await rig.pass_ms(3_000)
    host.read()
    assert host.table["game"]["status"] == "over"
    assert host.table["tally"]["total"] == 4 * 2 * 4
    await rig.stop()


async def test_bots_rest_while_the_room_is_paused_or_empty() -> None:
    """Time stands still for bots too."""
    rig = Rig()
    rig.policy = policy = _Counts()
    await rig.start()
    host, ann = await rig.started("two")
    await rig.pass_ms(200)
    ann.leave()
    host.leave()
    await rig.pass_ms(200_000)
    asked = len(policy.asked)
    await host.resume(fresh=True)
    await host.command("host.pause")
    await host.command("host.advance")
    await rig.pass_ms(1_000)
    assert len(policy.asked) == asked
    await host.command("host.resume")
    await rig.pass_ms(1_000)
    assert len(policy.asked) > asked
    await rig.stop()


class _Shy:
    """Is never ready by itself."""

    def __init__(self) -> None:
        self.asked = 0

    def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
        """Return a move that is refused."""
        self.asked += 1
        return [("count", {"by": 99})]


async def test_a_bot_that_does_not_come_to_an_end_is_bounded() -> None:
    """A seat is asked so often in a phase; then it is ready, and the game goes on."""
    rig = Rig()
    rig.policy = policy = _Shy()
    await rig.start()
    host = await rig.create("counter", seats=1)
    await host.command("host.start")
    await rig.pass_ms(10_000)
    host.read()
    assert host.table["game"]["status"] == "over"
    assert policy.asked == 24
    await rig.stop()


async def test_a_bot_stands_in_for_who_is_long_away(rig: Rig) -> None:
    """A dropped player's seat is kept; after a minute a bot plays it, until somebody is back."""
    host, ann = await rig.started("two")
    await host.command("host.extend", seconds=600)
    ann.leave()
    await rig.pass_ms(1_000)
    host.read()
    seat = host.table["seat"]["1"]
    assert (seat["by"], seat["name"]) == ("away", "Ann")
    assert seat["seen"] % 10_000 == 0
    await rig.pass_ms(58_000)
    host.read()
    assert host.table["seat"]["1"]["by"] == "away"
    await rig.pass_ms(2_000)
    host.read()
    assert host.table["seat"]["1"]["by"] == "bot"
    assert host.table["seat"]["1"]["ready"] is True
    await ann.resume()
    assert ann.table["seat"]["1"]["by"] == "person"
    assert "seen" not in ann.table["seat"]["1"]


async def test_coming_and_going_begins_the_minute_anew(rig: Rig) -> None:
    """The minute counts from when somebody left last."""
    host, ann = await rig.started("counter")
    ann.leave()
    await rig.pass_ms(40_000)
    await ann.resume()
    ann.leave()
    await rig.pass_ms(30_000)
    host.read()
    assert host.table["seat"]["1"]["by"] == "away"


async def test_a_policys_bug_stops_the_room(rig: Rig) -> None:
    """A bug is loud, and it is that room's alone."""

    class Broken:
        def choose(self, view: View, legal: Mapping[str, Form], rng: random.Random) -> list[Move]:
            raise RuntimeError("oh")

    host, _ = await rig.started()
    rig.policy = Broken()
    other = await rig.create()
    await other.command("host.start")
    await rig.pass_ms(100)
    assert other.connection.closed == 1013
    assert host.connection.is_open()


async def test_a_bots_moves_stop_at_the_person_who_sits_down() -> None:
    """What a bot has sent and the room has not taken yet does not play for somebody who has just joined."""
    rig = Rig()
    rig.policy = _Counts()
    await rig.start()
    host, ann = await rig.started("two", 2)
    await rig.pass_ms(200)
    before = len(await rig.log.read(host.room))
    room, ben = rig.room(host.room), Client(rig)
    ben.session.receive(encode(Join(host.room, "Ben", seat=2)))
    for _ in range(9):
        if not room.inbox.is_waiting:
            await asyncio.sleep(0)
    assert room.inbox.is_waiting
    room._stand_ins._ask(2, SeatView(2, "player", room._telling.view.table(), room._telling.view.game_hand(2)))
    await rig.pass_ms(200)
    ann.read()
    assert ann.table["seat"]["2"]["by"] == "person"
    since = (await rig.log.read(host.room))[before:]
    assert [(record.by, record.command) for record in since] == [
        ("room", b'{"args":{"ready":false},"name":"ready"}')
    ]  # and nothing of the bot's
    await rig.stop()


async def test_a_bot_begins_anew_where_the_game_goes_back(rig: Rig) -> None:
    """What it has sent for the game of before is not played in the one that begins again; there it is asked anew."""
    rig.policy = policy = _Counts()
    host, _ = await rig.started("two", 2)
    await rig.pass_ms(200)
    room, asked = rig.room(host.room), len(policy.asked)
    host.session.receive(encode(Command("back", "host.rewind", {"season": 1, "phase": "first"})))
    room._stand_ins._ask(2, SeatView(2, "player", room._telling.view.table(), room._telling.view.game_hand(2)))
    await rig.pass_ms(200)
    host.read()
    assert host.table["tally"]["total"] == 2
    assert [phase for _, phase, _ in policy.asked[asked:]] == ["first", "first"]


async def test_a_person_who_takes_a_bots_seat_is_not_ready_for_it() -> None:
    """The bot's ready is taken back in the log, what it has counted stays, and the phase waits; after a crash too."""
    rig = Rig()
    rig.policy = _Counts()
    await rig.start()
    host, _ = await rig.started("two", 3)
    await rig.pass_ms(200)
    await rig.join(host.room, "Ben")
    await rig.kill()
    await rig.start()
    cat = await rig.join(host.room, "Cat")
    assert [seat["ready"] for seat in cat.table["seat"].values()] == [False, False, False]
    assert cat.table["tally"]["total"] == 4
    (row,) = await rig.log.rooms()
    records = await rig.log.read(host.room)
    assert [(record.actor, record.by) for record in records[-2:]] == [(2, "room"), (3, "room")]
    assert not verify_room(row, records).reason
    await rig.stop()


async def test_a_person_whose_bot_the_host_takes_out_is_not_ready_for_it() -> None:
    """Nobody has come and nobody has gone: the word is the bot's all the same."""
    rig = Rig()
    rig.policy = _Counts()
    await rig.start()
    host, ann = await rig.started("two", 2)
    await rig.join(host.room, "Ben")
    await host.command("host.seat", seat=1, bot=True)
    await rig.pass_ms(200)
    ann.read()
    assert (ann.table["seat"]["1"]["by"], ann.table["seat"]["1"]["ready"]) == ("bot", True)
    await host.command("host.seat", seat=1, bot=False)
    await rig.pass_ms(200)
    ann.read()
    assert (ann.table["seat"]["1"]["by"], ann.table["seat"]["1"]["ready"]) == ("person", False)
    await rig.stop()


async def test_what_a_person_has_said_of_being_ready_stays(rig: Rig) -> None:
    """A bot that stood in meanwhile takes nothing of it away."""
    host, ann = await rig.started("counter", 3)
    await rig.join(host.room, "Ben")
    await ann.command("ready", ready=True)
    ann.leave()
    await rig.pass_ms(70_000)
    host.read()
    assert host.table["seat"]["1"]["by"] == "bot"
    await ann.resume()
    await rig.pass_ms(100)
    host.read()
    assert (host.table["seat"]["1"]["by"], host.table["seat"]["1"]["ready"]) == ("person", True)
