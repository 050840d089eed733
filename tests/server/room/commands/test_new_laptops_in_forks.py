"""A what-if knows its hosts by the devices that its origin knows now, also where one was lost since it was made."""

from collections.abc import AsyncIterator

import pytest

from makersphere_protocol.errors import Close, ProtocolError
from makersphere_protocol.messages import Resume
from tests.server.rig.classes import seen
from tests.server.rig.fakes import Client, Rig
from tests.server.rig.finished_rooms import begun


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


async def _comes(rig: Rig, room: str, token: str) -> Client:
    """Return who comes to a room with a host's token."""
    client = Client(rig)
    client.token = token
    await client.say(Resume(room, host_token=token))
    client.read()
    return client


async def _code(host: Client) -> str:
    given = await host.command("host.rejoin_code")
    assert given.data is not None, given
    return str(given.data["code"])


async def _by_code(rig: Rig, room: str, code: str) -> Client:
    client = Client(rig)
    await client.say(Resume(room, code=code))
    client.read()
    return client


async def _on_another_laptop(host: Client) -> Client:
    """Return the host of a room on another device, by a code that was made there now."""
    return await seen(await _by_code(host.rig, host.room, await _code(host)))


async def _assistant(host: Client) -> Client:
    """Return an assistant of the room."""
    invited = await host.command("host.invite", rank="assistant")
    assert invited.data is not None, invited
    return await seen(await _comes(host.rig, host.room, str(invited.data["host_token"])))


def _is_refused(client: Client) -> bool:
    return client.error().code == "unauthorised"


async def test_the_new_laptop_leads_there_too_and_the_old_one_opens_nothing(rig: Rig) -> None:
    """Who sits at the old one is put out as the new one comes; it stays so through a restart."""
    host, _ = await begun(rig, "quickstart", 6, ("Ann",))
    fork = await _forked(host)
    there = await _comes(rig, fork, host.token)
    assert there.you.kind == "host"
    new = await _on_another_laptop(host)
    back = await seen(await _comes(rig, fork, new.token))
    assert back.you.kind == "host"
    assert (await back.command("host.resume")).ok
    assert there.connection.closed == Close.REPLACED
    assert _is_refused(await _comes(rig, fork, host.token))
    await rig.kill()
    await rig.start()
    assert (await _comes(rig, fork, new.token)).you.kind == "host"
    assert _is_refused(await _comes(rig, fork, host.token))


async def test_a_code_of_the_origin_opens_no_chair_there(rig: Rig) -> None:
    """Neither one that was used in the origin since and replaced, nor the newer one; who hosts comes by a token."""
    host, _ = await begun(rig, "quickstart", 6, ("Ann",))
    code = await _code(host)
    fork = await _forked(host)
    assert _is_refused(await _by_code(rig, fork, code))
    new = await seen(await _by_code(rig, host.room, code))
    newer = await _code(new)
    for old in (code, newer):
        assert _is_refused(await _by_code(rig, fork, old))
    assert (await _comes(rig, fork, new.token)).you.kind == "host"


async def test_a_code_of_before_opens_the_chair_no_more_once_the_new_laptop_has_come(rig: Rig) -> None:
    """It was given out in the what-if, on the older laptop."""
    host, _ = await begun(rig, "quickstart", 6, ("Ann",))
    fork = await _forked(host)
    code = await _code(await seen(await _comes(rig, fork, host.token)))
    new = await _on_another_laptop(host)
    back = await seen(await _comes(rig, fork, new.token))
    assert _is_refused(await _by_code(rig, fork, code))
    assert not back.connection.closed


async def test_whom_the_origin_has_let_go_has_no_way_in(rig: Rig) -> None:
    """Neither by the token of before or another, nor by a code of either room, nor to what is taken home."""
    host, _ = await begun(rig, "quickstart", 6, ("Ann",))
    helper, moved = await _assistant(host), await _assistant(host)
    code = await _code(helper)
    fork = await _forked(host)
    own = await _on_another_laptop(await seen(await _comes(rig, fork, moved.token)))
    own_code = await _code(own)
    assert (await seen(await _comes(rig, fork, helper.token))).you.kind == "host"
    for gone in (helper, moved):
        assert (await host.command("host.let_go", host=gone.you.member)).ok
    for token in (helper.token, moved.token, own.token):
        assert _is_refused(await _comes(rig, fork, token))
        with pytest.raises(ProtocolError) as refused:
            await rig.lobby.kept_room(fork, token, "192.0.2.1")
        assert refused.value.code == "unauthorised"
    for each in (code, own_code):
        assert _is_refused(await _by_code(rig, fork, each))
    assert (await rig.lobby.kept_room(fork, host.token, "192.0.2.1")).rank == "lead"
    assert (await _comes(rig, fork, host.token)).you.kind == "host"


async def test_an_assistant_whom_nobody_has_let_go_comes_by_token_and_code(rig: Rig) -> None:
    """Also once the origin is gone for good; and one of the what-if's own is none of the origin's."""
    host, _ = await begun(rig, "quickstart", 6, ("Ann",))
    fork, helper = await _forked(host), await _assistant(host)
    leads = await seen(await _comes(rig, fork, host.token))
    own = await _assistant(leads)
    assert own.you.member == helper.you.member
    assert (await host.command("host.let_go", host=helper.you.member)).ok
    moved = await _on_another_laptop(own)
    assert (await _comes(rig, fork, moved.token)).you.member == 2
    assert (await rig.lobby.kept_room(fork, moved.token, "192.0.2.1")).rank == "assistant"
    await rig.kill()
    await rig.log.erase(host.room)
    await rig.start()
    assert (await _comes(rig, fork, moved.token)).you.member == 2
    assert (await rig.lobby.kept_room(fork, moved.token, "192.0.2.1")).rank == "assistant"


async def test_a_chair_that_the_what_if_has_given_another_laptop_is_not_taken_back(rig: Rig) -> None:
    """By a code of the what-if's own; it stays so through a restart."""
    host, _ = await begun(rig, "quickstart", 6, ("Ann",))
    fork = await _forked(host)
    own = await _on_another_laptop(await seen(await _comes(rig, fork, host.token)))
    new = await _on_another_laptop(host)
    assert _is_refused(await _comes(rig, fork, new.token))
    assert not own.connection.closed
    await rig.kill()
    await rig.start()
    assert _is_refused(await _comes(rig, fork, new.token))
    assert (await _comes(rig, fork, own.token)).you.kind == "host"


async def test_nobody_hosts_there_who_is_not_that_host_in_both(rig: Rig) -> None:
    """Neither who was invited since, nor who was let go in one of both, nor somebody at a seat."""
    host, ann = await begun(rig, "quickstart", 6, ("Ann",))
    helper, gone = await _assistant(host), await _assistant(host)
    fork = await _forked(host)
    leads = await seen(await _comes(rig, fork, host.token))
    late = await _assistant(host)
    assert _is_refused(await _comes(rig, fork, late.token))
    moved, left = await _on_another_laptop(helper), await _on_another_laptop(gone)
    assert (await leads.command("host.let_go", host=helper.you.member)).ok
    assert (await host.command("host.let_go", host=gone.you.member)).ok
    for token in (moved.token, left.token, ann.token, host.token[::-1]):
        assert _is_refused(await _comes(rig, fork, token))


async def test_a_token_of_a_seat_opens_no_chair_and_no_seat_that_way(rig: Rig) -> None:
    """A new phone's token in the place of a host's is nobody's, and a host's in the place of a seat's is too."""
    host, ann = await begun(rig, "quickstart", 6, ("Ann",))
    fork = await _forked(host)
    given = await ann.command("rejoin_code")
    assert given.data is not None
    phone = await seen(await _by_code(rig, host.room, str(given.data["code"])))
    laptop = await _on_another_laptop(host)
    assert _is_refused(await _comes(rig, fork, phone.token))
    wrong = Client(rig)
    await wrong.say(Resume(fork, laptop.token))
    assert _is_refused(wrong)
    right = Client(rig)
    await right.say(Resume(fork, phone.token))
    right.read()
    assert (right.you.kind, right.you.seat) == ("seat", 1)


async def test_an_assistant_on_another_laptop_stays_one(rig: Rig) -> None:
    """Under the same number and with the same rank."""
    host, _ = await begun(rig, "quickstart", 6, ("Ann",))
    helper = await _assistant(host)
    fork = await _forked(host)
    back = await seen(await _comes(rig, fork, (await _on_another_laptop(helper)).token))
    assert not (await back.command("host.fork", season=1, phase="policy")).ok
    assert back.you.member == helper.you.member == 2
    assert back.hand["chair"]["2"]["rank"] == "assistant"


async def test_where_the_store_takes_nothing_the_laptop_is_asked_to_come_again(rig: Rig) -> None:
    """The next time it leads; and once the origin is gone for good it is known by nobody."""
    host, _ = await begun(rig, "quickstart", 6, ("Ann",))
    fork = await _forked(host)
    new = await _on_another_laptop(host)
    assert (await rig.watch(fork)).table  # so that the room is in memory
    rig.log.fail_next()
    assert (await _comes(rig, fork, new.token)).error().code == "unavailable"
    await rig.pass_ms(1_100)
    assert (await _comes(rig, fork, new.token)).you.kind == "host"
    other = await _on_another_laptop(new)
    await rig.kill()
    await rig.log.erase(host.room)
    await rig.start()
    assert _is_refused(await _comes(rig, fork, other.token))
    assert (await _comes(rig, fork, new.token)).you.kind == "host"
