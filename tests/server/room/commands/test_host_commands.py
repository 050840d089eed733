"""What a host may do, when, and what it does."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from makersphere_protocol.codec import encode
from makersphere_protocol.messages import At, Command, Create, Options
from tests.server.rig.fakes import Client, Rig, code


async def test_legal_says_what_a_host_may_do(rig: Rig) -> None:
    """The host's hand has a schema for each command that is possible now."""
    host = await rig.create("two")
    always = {"host.announce", "host.message", "host.answer", "host.look", "host.show"}
    always |= {"host.invite", "host.appoint", "host.rejoin_code", "host.erase_person", "host.export_person"}
    always |= {"host.off_wall"}
    assert set(host.hand["legal"]) == {"host.start", "host.seat", "host.deal", "host.remove", "host.lock"} | always
    await host.command("host.start")
    await rig.pass_ms(50)
    host.read()
    running = {
        "host.pause",
        "host.advance",
        "host.end",
        "host.seat",
        "host.remove",
        "host.extend",
        "host.end_at",
        "host.last_season",
        "host.rewind",
        "host.fork",
        "host.lock",
        "host.bookmark",
    } | always
    assert set(host.hand["legal"]) == running
    for schema in host.hand["legal"].values():
        Draft202012Validator.check_schema(schema)
    await host.command("host.pause")
    await rig.pass_ms(50)
    host.read()
    assert set(host.hand["legal"]) == running - {"host.pause"} | {"host.resume"}
    await host.command("host.end")
    await rig.pass_ms(50)
    host.read()
    assert set(host.hand["legal"]) == always | {"host.fork", "host.next", "host.hand_out"}


async def test_start_puts_bots_into_free_seats(rig: Rig) -> None:
    """Seats that nobody plays are bots from the start of the game."""
    host = await rig.create()
    await rig.join(host.room)
    host.read()
    assert [seat.get("by") for seat in host.table["seat"].values()] == ["person", None, None]
    await host.command("host.start")
    await rig.pass_ms(50)
    host.read()
    assert [seat["by"] for seat in host.table["seat"].values()] == ["person", "bot", "bot"]
    assert code(await host.command("host.start")) == "rule"


async def test_advance_and_end(rig: Rig) -> None:
    """A host may close the phase now, and end the game now."""
    host, ann = await rig.started("two")
    assert (await host.command("host.advance")).ok
    await rig.pass_ms(50)
    ann.read()
    assert ann.at == At(1, "second")
    assert (await host.command("host.end")).ok
    await rig.pass_ms(50)
    ann.read()
    assert ann.table["game"]["status"] == "over"
    assert code(await host.command("host.advance")) == "over"
    assert [row.state for row in await rig.log.rooms()] == ["over"]


async def test_a_late_host_command_is_refused(rig: Rig) -> None:
    """A host's `at` counts as a seat's does: two hosts who advance at once close one phase."""
    host, ann = await rig.started("two")
    then = host.at
    assert (await host.command("host.advance", at=then)).ok
    assert code(await host.command("host.advance", at=then)) == "not_your_phase"
    await rig.pass_ms(50)
    ann.read()
    assert ann.at == At(1, "second")


async def test_host_commands_are_idempotent_and_counted(rig: Rig) -> None:
    """They have their place in `seq` although they are no events of the game, and their ids count for good."""
    host, _ = await rig.started("two")
    first = await host.command("host.pause", "p")
    again = await host.command("host.pause", "p")
    assert first.seq == again.seq
    await rig.kill()
    await rig.start()
    await host.resume()
    assert (await host.command("host.pause", "p")).seq == first.seq
    assert (await rig.log.read(host.room))[-1].events == b"[]"


async def test_a_seat_gets_another_role_or_is_added_before_the_start(rig: Rig) -> None:
    """In the lobby a host gives seats their roles, and adds one."""
    host = await rig.create()
    assert (await host.command("host.seat", seat=4, role="player")).ok
    await rig.pass_ms(50)
    host.read()
    assert list(host.table["seat"]) == ["1", "2", "3", "4"]
    assert code(await host.command("host.seat", seat=9, role="player")) == "bad_args"
    assert code(await host.command("host.seat", seat=1, role="king")) == "bad_args"
    assert code(await host.command("host.seat", seat=5)) == "bad_args"
    dan = await rig.join(host.room, "Dan", seat=4)
    assert dan.you.seat == 4
    await rig.kill()
    await rig.start()
    await dan.resume()
    assert list(dan.table["seat"]) == ["1", "2", "3", "4"]


async def test_every_role_keeps_somebody(rig: Rig) -> None:
    """The only one of a role cannot be made another, so that every room that begins can be played."""
    host = await rig.create("classroom", 3)
    refused = await host.command("host.seat", seat=3, role="maker")
    assert code(refused) == "rule"
    assert refused.error is not None
    assert "Operator" in refused.error.message
    assert (await host.command("host.seat", seat=4, role="operator")).ok
    assert (await host.command("host.seat", seat=3, role="maker")).ok
    assert (await host.command("host.start")).ok


@pytest.mark.parametrize("roles", [["maker"] * 3, ["maker", "investor"], ["operator"] * 2])
async def test_a_room_without_a_role_is_not_founded(rig: Rig, roles: list[str]) -> None:
    """Chosen roles are refused at once where nobody has one that the game needs."""
    host = Client(rig)
    await host.say(Create("classroom", Options(roles=roles)))
    assert host.error().code == "bad_args"
    assert not await rig.log.rooms()


async def test_a_bot_for_a_person_and_back(rig: Rig) -> None:
    """A host may let a bot play a person's seat, and give it back."""
    host, _ = await rig.started("two")
    assert (await host.command("host.seat", seat=1, bot=True)).ok
    await rig.pass_ms(100)
    host.read()
    seat = {"id": 1, "role": "player", "ready": False, "by": "bot", "name": "Ann", "here": True}
    assert host.table["seat"]["1"] == seat
    assert (await host.command("host.seat", seat=1, bot=False)).ok
    assert (await host.command("host.seat", seat=2, bot=False)).ok  # nobody else is there: it stays a bot
    await rig.pass_ms(50)
    host.read()
    assert [seat["by"] for seat in host.table["seat"].values()] == ["person", "bot", "bot"]


async def test_remove(rig: Rig) -> None:
    """A removed seat's connection is closed with 4410 and the reason, its token opens nothing, others get it not."""
    host, ann = await rig.started("two")
    assert (await host.command("host.remove", seat=1, reason="left the class")).ok
    await rig.pass_ms(50)
    host.read()
    assert (ann.connection.closed, ann.connection.farewell) == (4410, "left the class")
    assert "name" not in host.table["seat"]["1"]
    assert host.table["seat"]["1"]["by"] == "away"
    await ann.resume()
    assert ann.error().code == "unauthorised"
    assert (await rig.join(host.room, "Ben")).you.seat == 2


async def test_a_long_reason_is_cut_to_what_a_close_holds(rig: Rig) -> None:
    """At most 123 bytes, between characters, and seen to be cut."""
    host, ann = await rig.started("two")
    assert (await host.command("host.remove", seat=1, reason="请假" * 60)).ok
    await rig.pass_ms(50)
    assert ann.connection.farewell == "请假" * 20 + "…"
    assert len(ann.connection.farewell.encode()) <= 123


async def test_a_removed_seat_says_nothing_more(rig: Rig) -> None:
    """What was on its way when its seat was taken away is refused, and what comes afterwards is not even read."""
    host, ann = await rig.started("two")
    late = encode(Command("late", "count", {"by": 7}, ann.at))
    host.session.receive(encode(Command("off", "host.remove", {"seat": 1})))
    ann.session.receive(late)
    await rig.pass_ms(50)
    assert code(ann.results()[-1]) == "unauthorised"
    room = rig.room(host.room)
    ann.session.receive(late)
    assert not room.inbox.is_waiting
    assert not any(record.by == "person" for record in await rig.log.read(host.room))


async def test_announce(rig: Rig) -> None:
    """Everybody reads it; the log keeps a salted digest, the text stands beside it and can be erased."""
    host, ann = await rig.started()
    assert (await host.command("host.announce", text="Coffee at ten")).ok
    await rig.pass_ms(50)
    ann.read()
    line = ann.lines()[-1]
    assert (line.text, line.values) == ("announced", {"text": "Coffee at ten"})
    assert b"Coffee" not in b"".join(record.command for record in await rig.log.read(host.room))
    assert b"Coffee at ten" in (await rig.log.privates(host.room)).values()
    assert code(await host.command("host.announce", text="x" * 401)) == "bad_args"
    assert code(await host.command("host.announce", text=3)) == "bad_args"


@pytest.mark.parametrize("name", ["host.fly", "host.", "host.start "])
async def test_unknown_host_commands(rig: Rig, name: str) -> None:
    """An unknown one is refused by name."""
    host = await rig.create()
    assert code(await host.command(name)) == "unknown_command"


@pytest.mark.parametrize(
    ("name", "args", "field"),
    [
        ("host.extend", {"seconds": 0}, "seconds"),
        ("host.extend", {"seconds": "60"}, "seconds"),
        ("host.extend", {"seconds": 60, "seat": 9}, "seat"),
        ("host.extend", {}, "seconds"),
        ("host.pause", {"long": True}, "long"),
        ("host.remove", {"seat": True}, "seat"),
        ("host.remove", {"seat": 1, "reason": 7}, "reason"),
    ],
)
async def test_wrong_arguments_are_named(rig: Rig, name: str, args: dict[str, Any], field: str) -> None:
    """A wrong argument is refused with its name."""
    host, _ = await rig.started("two")
    result = await host.command(name, **args)
    assert code(result) == "bad_args"
    assert result.error is not None
    assert result.error.field == field


async def test_presence_is_shown_to_hosts(rig: Rig) -> None:
    """A host sees how many are connected."""
    host = await rig.create(options=Options(seats=2))
    await rig.join(host.room)
    await rig.watch(host.room)
    await rig.pass_ms(50)
    host.read()
    assert host.hand["host"] == {"people_here": 1, "hosts": 1, "watchers": 1}


async def _two_hands(rig: Rig) -> tuple[Client, Client, Client]:
    host, ann = await rig.started("two")
    return host, ann, await rig.join(host.room, "Ben")


async def test_hands_go_to_their_seats_alone(rig: Rig) -> None:
    """No frame of one seat holds another's hand; hosts and watchers have no seat's hand."""
    host, ann, ben = await _two_hands(rig)
    wall = await rig.watch(host.room)
    await host.command("host.extend", seconds=77, seat=1)
    await rig.pass_ms(50)
    mark = b'"hand":{"clock"'
    assert any(mark in frame for frame in ann.connection.sent)
    assert not any(mark in frame for other in (host, ben, wall) for frame in other.connection.sent)
    assert wall.welcome().hand is None
    assert set(host.welcome().hand or {}) == {"legal", "choices", "host", "chair", "plan"}
