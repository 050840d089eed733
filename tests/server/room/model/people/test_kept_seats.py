"""Seats that are kept: vacated ones, those where a host has put a bot in, and those that got a name beforehand."""

import json

import pytest

from makersphere_protocol.messages import Options
from makersphere_server.room.model.dirty import Dirty
from makersphere_server.room.model.people.seats import STAND_IN_AFTER_MS, Seats, bot_instead, without_people
from tests.server.rig.asking import answer, asks, give_pass, wishes
from tests.server.rig.fakes import Rig, code

# -- a seat that was vacated


async def test_nobody_gets_a_vacated_seat_by_its_former_name(rig: Rig) -> None:
    """Not by the number, not without it; the host is asked by one of that name at a time, and gives a pass."""
    host, ann = await rig.started("two", 3)
    assert (await host.command("host.remove", seat=1)).ok
    assert (await asks(rig, host.room, "Ann", "thief")).code == "joining_closed"
    assert (await asks(rig, host.room, "Ann", "second", seat=1)).code == "name_taken"
    assert (await wishes(host))["Ann"]["seat"] == 1
    assert (await rig.join(host.room, "Ann", id="true", pass_=await give_pass(host, seat=1))).you.seat == 1
    assert ann.connection.closed == 4410


async def test_a_host_lets_somebody_into_a_vacated_seat(rig: Rig) -> None:
    """Whoever asks for it, under the former name or another; nobody else who asks is let in with them."""
    host, _ = await rig.started("two", 3)
    assert (await host.command("host.remove", seat=1)).ok
    await asks(rig, host.room, "Ann")
    await asks(rig, host.room, "Eve", seat=1)
    assert await answer(host, "Eve")
    assert (await rig.join(host.room, "Eve", id="Eve", seat=1)).you.seat == 1
    assert await wishes(host) == {}
    assert (await rig.join(host.room, "Ann", id="Ann")).you.seat == 2


async def test_a_vacated_seat_stays_closed_after_a_restart(rig: Rig) -> None:
    """With its bot or without, it is given to nobody who comes by."""
    host, _ = await rig.started("two", 2)
    assert (await host.command("host.remove", seat=1)).ok
    for wait_ms in (0, STAND_IN_AFTER_MS):
        await rig.pass_ms(wait_ms)
        await rig.kill()
        await rig.start()
        assert (await asks(rig, host.room, "Zed", seat=1)).code == "joining_closed"
    await host.resume(fresh=True)
    await rig.pass_ms(STAND_IN_AFTER_MS)
    host.read()
    assert host.table["seat"]["1"]["by"] == "bot"
    assert (await rig.join(host.room, "Zed")).you.seat == 2


@pytest.mark.parametrize("has_chosen", [True, False])
async def test_a_seat_that_was_vacated_before_it_was_said_is_closed(rig: Rig, has_chosen: bool) -> None:  # noqa: FBT001
    """An earlier version stored no more than that nobody sits there; where a person has chosen, the log knows it."""
    host, ann = await rig.started("two", 2)
    if has_chosen:
        assert (await ann.command("count", by=1)).ok
    assert (await host.command("host.remove", seat=1)).ok
    await rig.kill()
    private = rig.log._rooms[host.room].private
    seat = json.loads(private["seat:1"])
    private["seat:1"] = json.dumps({"is_bot": True, "name": "", "level": "", "members": seat["members"]}).encode()
    await rig.start()
    if has_chosen:
        assert (await asks(rig, host.room, "Zed", seat=1)).code == "joining_closed"
    else:
        assert (await rig.join(host.room, "Zed", seat=1)).you.seat == 1


async def test_a_bot_spends_nothing_of_a_removed_persons_for_a_minute() -> None:
    """Whatever a bot would do at once; after the minute it plays, and a host may put it in before."""
    rig = Rig(bots="random")
    await rig.start()
    host = await rig.create("classroom", options=Options(seats=6, pace="host"))
    ann = await rig.join(host.room)
    assert (await host.command("host.start")).ok
    await rig.pass_ms(1_000)
    assert (await host.command("host.remove", seat=ann.you.seat)).ok

    async def chosen() -> int:
        return sum(one.actor == ann.you.seat for one in await rig.log.read(host.room))

    before = await chosen()
    await rig.pass_ms(STAND_IN_AFTER_MS - 1_000)
    assert await chosen() == before
    await rig.pass_ms(2_000)
    assert await chosen() > before
    await rig.stop()


async def test_a_bot_is_not_put_in_by_taking_one_out(rig: Rig) -> None:
    """Who takes the bot out of a seat that was vacated just now ends nobody's minute; who puts one in does."""
    host, _ = await rig.started("two", 3)
    assert (await host.command("host.remove", seat=1)).ok
    for bot, by in ((False, "away"), (True, "bot")):
        assert (await host.command("host.seat", seat=1, bot=bot)).ok
        await rig.pass_ms(100)
        host.read()
        assert host.table["seat"]["1"]["by"] == by


# -- a bot that a host has put in


async def test_who_looks_on_does_not_act_for_the_seat(rig: Rig) -> None:
    """By its token, by a second device, by somebody who joins; until the host takes the bot out."""
    host = await rig.create("counter", options=Options(seats=3, pace="host", teams=True))
    ann = await rig.join(host.room)
    assert (await host.command("host.start")).ok
    await rig.pass_ms(100)
    ann.read()
    assert (await host.command("host.seat", seat=1, bot=True)).ok
    for _ in range(2):
        refused = await ann.command("count", by=1)
        assert refused.error is not None
        assert refused.error.code == "not_your_role"
        assert "bot" in refused.error.message
        assert (await ann.preview("count", by=1)).error is not None
        assert code(await ann.command("ready", ready=True)) == "not_your_role"
        await ann.resume(fresh=True)
        assert "count" not in ann.hand["legal"]
    assert (await ann.command("ask", what="help")).ok
    mate = await rig.share(host, "Zed", 1)
    assert code(await mate.command("count", by=1)) == "not_your_role"
    assert (await host.command("host.seat", seat=1, bot=False)).ok
    await rig.pass_ms(100)
    ann.read()
    assert "count" in ann.hand["legal"]
    assert (await ann.command("count", by=1)).ok


# -- a name that was given before anybody came


@pytest.mark.parametrize("in_play", [False, True])
async def test_a_name_given_beforehand_keeps_the_seat_for_its_person(rig: Rig, in_play: bool) -> None:  # noqa: FBT001
    """Whoever comes under that name gets that seat, and nobody else does, nor the name."""
    host = await rig.create("two", options=Options(seats=3))
    assert (await host.command("host.seat", seat=1, name="Ann Lee")).ok
    if in_play:
        assert (await host.command("host.start")).ok
    mina = await rig.join(host.room, "Mina")
    assert mina.you.seat == 2
    assert (await asks(rig, host.room, "Noor", seat=1)).code == "joining_closed"
    assert (await asks(rig, host.room, "Ann Lee", seat=3)).code == "name_taken"
    ann = await rig.join(host.room, "ann lee")
    assert ann.you.seat == 1
    names = [seat.get("name") for seat in ann.table["seat"].values()]
    assert names[:2] == ["ann lee", "Mina"]


async def test_whoever_is_let_into_a_kept_seat_has_their_own_name(rig: Rig) -> None:
    """A host may give the seat to somebody else, or free it; the name goes."""
    host = await rig.create("two", options=Options(seats=2))
    for seat, name in ((1, "Ann Lee"), (2, "Bo Lim")):
        assert (await host.command("host.seat", seat=seat, name=name)).ok
    assert (await asks(rig, host.room, "Mina")).code == "room_full"
    mina = await rig.join(host.room, "Mina", pass_=await give_pass(host, seat=1))
    assert (mina.you.seat, mina.table["seat"]["1"]["name"]) == (1, "Mina")
    assert (await host.command("host.remove", seat=2)).ok
    noor = await rig.join(host.room, "Noor")
    assert (noor.you.seat, noor.table["seat"]["2"]["name"]) == (2, "Noor")


async def test_people_whose_removal_was_not_stored_have_their_seat(rig: Rig) -> None:
    """Nobody was told that they are gone, and nothing of it is left."""
    host, ann = await rig.started("counter", 3)
    rig.log.fail_next()
    assert code(await host.command("host.remove", seat=1)) == "unavailable"
    await rig.pass_ms(2_000)
    assert (await ann.command("count", by=1)).ok
    host.read()
    assert host.table["seat"]["1"]["by"] == "person"
    assert (await asks(rig, host.room, "Ann", "again")).code == "name_taken"


@pytest.mark.parametrize("in_play", [False, True])
def test_a_seat_whose_people_were_erased_or_are_in_doubt_is_vacated_in_play(in_play: bool) -> None:  # noqa: FBT001
    """Its hand is nobody's who comes by; before the start there is none, and anybody may have the seat."""
    seats = Seats([1], {}, Dirty())
    seats.sit(seats[1], "Ann", "token", "", "en")
    stored = seats.take_unsaved()["seat:1"]
    assert stored is not None
    for instead in (without_people(stored), without_people(without_people(stored)), bot_instead()):
        later = Seats([1], {"seat:1": instead}, Dirty(), in_play=in_play)[1]
        assert (later.by, later.is_vacated, later.is_free) == ("bot", in_play, not in_play)
