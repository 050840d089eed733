"""A what-if knows its people by the phones that its origin knows now, also where one was lost since it was made."""

import json
from collections.abc import AsyncIterator

import pytest

from makersphere_protocol.errors import Close
from makersphere_protocol.messages import Resume
from makersphere_server.room.model.people.seats import SEAT_KEY
from tests.server.rig.asking import answer, asks
from tests.server.rig.classes import seen
from tests.server.rig.fakes import Client, Rig
from tests.server.rig.finished_rooms import begun

NAME = "Lost Lena"


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    """Give a server whose bots play."""
    rig = await Rig(bots="standard").start()
    yield rig
    await rig.stop()


async def _forked(host: Client) -> str:
    made = await host.command("host.fork", season=1, phase="policy")
    assert made.data is not None, made
    return str(made.data["room"])


async def _comes(client: Client, room: str) -> Client:
    """Return the same phone in another room, by the token of its own."""
    other = Client(client.rig)
    await other.say(Resume(room, client.token))
    other.read()
    return other


async def _leads(host: Client, room: str) -> Client:
    """Return the host in a what-if of the room."""
    other = Client(host.rig)
    await other.say(Resume(room, host_token=host.token))
    return await seen(other)


async def _on_another_phone(host: Client, lost: Client, name: str = NAME) -> Client:
    """Return who comes by a name, once the host has freed the seat and lets them into it."""
    seat = lost.you.seat
    assert (await host.command("host.remove", seat=seat)).ok
    await asks(host.rig, host.room, name, f"phone of {name}", seat=seat)
    assert await answer(host, name)
    return await seen(await host.rig.join(host.room, name, id=f"phone of {name}", seat=seat))


def _is_refused(client: Client) -> bool:
    return client.error().code == "unauthorised"


async def test_the_new_phone_is_that_person_there_too_and_the_lost_one_nobody(rig: Rig) -> None:
    """Who holds the lost one is put out of the what-if as the new one comes, and it stays so through a restart."""
    host, lost = await begun(rig, "quickstart", 6, (NAME,))
    fork = await _forked(host)
    there = await _comes(lost, fork)
    assert (there.you.seat, there.you.member) == (1, 1)
    new = await _on_another_phone(host, lost)
    back = await _comes(new, fork)
    assert (back.you.seat, back.you.member) == (1, 1)
    assert back.hand
    assert there.connection.closed == Close.REPLACED
    assert _is_refused(await _comes(lost, fork))
    await rig.kill()
    await rig.start()
    assert (await _comes(new, fork)).you.member == 1
    assert _is_refused(await _comes(lost, fork))


async def test_so_is_a_phone_that_a_short_code_has_opened_the_seat_on(rig: Rig) -> None:
    """By the code of the sheet, or the person's own; what they do there is theirs."""
    host, lost = await begun(rig, "quickstart", 6, (NAME,))
    fork = await _forked(host)
    given = await lost.command("rejoin_code")
    assert given.data is not None
    new = Client(rig)
    await new.say(Resume(host.room, code=str(given.data["code"])))
    back = await _comes(await seen(new), fork)
    assert (back.you.seat, back.you.member) == (1, 1)
    leads = await _leads(host, fork)
    assert (await leads.command("host.resume")).ok
    assert (await back.command("ready", ready=True)).ok


async def test_a_code_of_the_origin_opens_no_seat_there(rig: Rig) -> None:
    """Neither one that was used in the origin since and replaced, nor the newer one; the person comes by a token."""
    host, lost = await begun(rig, "quickstart", 6, (NAME,))
    given = await lost.command("rejoin_code")
    assert given.data is not None
    fork = await _forked(host)
    new = Client(rig)
    await new.say(Resume(host.room, code=str(given.data["code"])))
    newer = await (await seen(new)).command("rejoin_code")
    assert newer.data is not None
    for code in (given.data["code"], newer.data["code"]):
        by_code = Client(rig)
        await by_code.say(Resume(fork, code=str(code)))
        assert _is_refused(by_code)
    assert (await _comes(new, fork)).you.member == 1


async def test_somebody_else_in_the_seat_is_somebody_else_there_too(rig: Rig) -> None:
    """The origin's seat went to another person: theirs opens nothing in the what-if, and the first one's still does."""
    host, ann = await begun(rig, "quickstart", 6, ("Ann",))
    fork = await _forked(host)
    zoe = await _on_another_phone(host, ann, "Zoe")
    assert zoe.you.seat == ann.you.seat
    assert _is_refused(await _comes(zoe, fork))
    assert (await _comes(ann, fork)).you.member == 1


async def test_whom_a_host_of_the_what_if_has_removed_stays_out(rig: Rig) -> None:
    """A seat in the origin gives nobody one back that was taken from them there."""
    host, lost = await begun(rig, "quickstart", 6, (NAME,))
    fork = await _forked(host)
    there, new = await _leads(host, fork), await _on_another_phone(host, lost)
    assert (await there.command("host.remove", seat=1)).ok
    assert _is_refused(await _comes(new, fork))


async def test_a_phone_that_the_what_if_has_freed_takes_nothing_back(rig: Rig) -> None:
    """The host has let the person in there on another phone: the origin's token opens nothing any more."""
    host, ann = await begun(rig, "quickstart", 6, (NAME,))
    fork = await _forked(host)
    await _comes(ann, fork)
    leads = await _leads(host, fork)
    other = await _on_another_phone(leads, await _comes(ann, fork))
    assert (other.you.seat, other.you.member) == (1, 1)
    assert _is_refused(await _comes(ann, fork))
    assert not other.connection.closed
    assert (await _comes(other, fork)).you.member == 1


async def test_nor_does_one_whose_seat_was_taken_to_another_phone_there(rig: Rig) -> None:
    """By the person's own code, in the what-if alone; it stays so through a restart."""
    host, ann = await begun(rig, "quickstart", 6, (NAME,))
    fork = await _forked(host)
    given = await (await _comes(ann, fork)).command("rejoin_code")
    assert given.data is not None
    moved = Client(rig)
    await moved.say(Resume(fork, code=str(given.data["code"])))
    assert (await seen(moved)).you.member == 1
    assert _is_refused(await _comes(ann, fork))
    await rig.kill()
    await rig.start()
    assert _is_refused(await _comes(ann, fork))
    assert (await _comes(moved, fork)).you.member == 1


async def test_nothing_of_the_lost_phone_opens_the_seat_once_the_new_one_has_come(rig: Rig) -> None:
    """Neither a code that was given out there before, nor the frame by which the person joined the game."""
    host, lost = await begun(rig, "quickstart", 6, (NAME,))
    fork = await _forked(host)
    given = await (await _comes(lost, fork)).command("rejoin_code")
    assert given.data is not None
    new = await _comes(await _on_another_phone(host, lost), fork)
    by_code = Client(rig)
    await by_code.say(Resume(fork, code=str(given.data["code"])))
    assert _is_refused(by_code)
    assert (await rig.join(fork, NAME)).error().code == "name_taken"
    assert not new.connection.closed


async def test_who_came_after_the_start_of_a_what_if_has_never_been_there(rig: Rig) -> None:
    """Somebody let in by mistake, and freed: the what-if of before knows the person alone, all of that time."""
    host, lena = await begun(rig, "quickstart", 6, (NAME,))
    zoe = await _on_another_phone(host, lena, "Zoe")
    back = await _on_another_phone(host, zoe)
    assert (zoe.you.member, back.you.member) == (2, 1)
    fork = await _forked(host)
    start = (await rig.log.read(fork))[-1].seq
    seat = json.loads((await rig.log.privates(fork))[f"{SEAT_KEY}1"])
    (member,) = seat["members"]
    assert (seat["gone"], seat["since"] <= start) == ([], True)
    assert (member["number"], member["reads_from"]) == (1, 0)
    assert all(since <= until <= start for since, until in member["stays"])
    assert (await _comes(back, fork)).you.member == 1


async def test_a_made_up_token_opens_nothing_and_a_room_that_is_no_fork_asks_nobody(rig: Rig) -> None:
    """Also once the origin is gone for good: then nobody is known by it."""
    host, lost = await begun(rig, "quickstart", 6, (NAME,))
    fork, other = await _forked(host), await rig.create()
    new = await _on_another_phone(host, lost)
    made_up = Client(rig)
    made_up.token = new.token[::-1]
    assert _is_refused(await _comes(made_up, fork))
    assert _is_refused(await _comes(new, other.room))
    await rig.kill()
    await rig.log.erase(host.room)
    await rig.start()
    assert _is_refused(await _comes(new, fork))
    assert (await _comes(lost, fork)).you.member == 1


async def test_where_the_store_takes_nothing_the_phone_is_asked_to_come_again(rig: Rig) -> None:
    """It is told nothing that would have it type its name; the next time it comes in."""
    host, lost = await begun(rig, "quickstart", 6, (NAME,))
    fork = await _forked(host)
    new = await _on_another_phone(host, lost)
    assert (await rig.watch(fork)).table  # so that the room is in memory
    rig.log.fail_next()
    assert (await _comes(new, fork)).error().code == "unavailable"
    await rig.pass_ms(1_100)
    assert (await _comes(new, fork)).you.member == 1
