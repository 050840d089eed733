"""When what was erased is wiped from the files: soon, once for all who wait, and whatever goes wrong at last."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from makersphere_server.room.model.own_data.wiping import wiped
from tests.server.rig.fakes import Rig, code, settle
from tests.server.rig.left_behind import played_room

NAME, OTHER = "Ottoline", "Peregrine"


@pytest.fixture
async def rig() -> AsyncIterator[Rig]:
    """Return a server that has started."""
    rig = await Rig().start()
    yield rig
    await rig.stop()


async def test_files_that_somebody_reads_are_wiped_as_soon_as_they_can_be(rig: Rig) -> None:
    """Every second it is tried again."""
    host, (ottoline, _) = await played_room(rig, NAME, OTHER)
    rig.log.wipes_fail = 3
    assert (await host.command("host.erase_person", seat=ottoline.you.seat)).ok
    assert "wiping" in await rig.log.privates(host.room)
    await rig.pass_ms(4_000)
    assert rig.log.wiped == 4
    assert "wiping" not in await rig.log.privates(host.room)


async def test_nobody_holds_up_all_rooms_by_erasing_again_and_again(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a wipe that took long the store rests; then one wipe serves all who wait. Who is gone is erased once."""
    wipe, rooms = rig.log.wipe, [await played_room(rig, NAME, OTHER) for _ in range(3)]

    async def slowly() -> None:
        await wipe()
        rig.clock.now += 3_000

    monkeypatch.setattr(rig.log, "wipe", slowly)
    for host, people in rooms:
        for person in people:
            assert (await host.command("host.erase_person", seat=person.you.seat)).ok
            assert code(await host.command("host.erase_person", seat=person.you.seat)) == "rule"
    assert rig.log.wiped == 1
    assert "wiping" in await rig.log.privates(rooms[0][0].room)
    await rig.pass_ms(10 * 3_000)
    assert rig.log.wiped == 2
    for host, _ in rooms:
        assert not {"wiping"} & set(await rig.log.privates(host.room))


async def test_whatever_goes_wrong_with_a_wipe_it_is_tried_again(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also what nobody has thought of: the person is erased, so the host hears that they are."""
    host, (ottoline, _) = await played_room(rig, NAME, OTHER)

    async def fails() -> None:
        raise LookupError("nobody has thought of it")

    with monkeypatch.context() as patch:
        patch.setattr(rig.log, "wipe", fails)
        assert (await host.command("host.erase_person", seat=ottoline.you.seat)).ok
    assert "wiping" in await rig.log.privates(host.room)
    await rig.pass_ms(1_000)
    assert rig.log.wiped == 1
    assert "wiping" not in await rig.log.privates(host.room)


async def test_a_wipe_that_is_called_off_is_tried_again(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waited for it waits for the next one, and is not taken for served."""
    host, (ottoline, _) = await played_room(rig, NAME, OTHER)
    rig.log.wipes_fail = 1
    assert (await host.command("host.erase_person", seat=ottoline.you.seat)).ok
    with monkeypatch.context() as patch:
        patch.setattr(rig.log, "wipe", asyncio.Event().wait)
        wiping = asyncio.create_task(wiped(rig.log, host.room, rig.clock))
        await settle()
        wiping.cancel()
        await asyncio.wait([wiping])
    assert wiping.cancelled()
    await rig.pass_ms(1_000)
    assert rig.log.wiped == 2
    assert "wiping" not in await rig.log.privates(host.room)


async def test_a_wipe_that_fails_slowly_leaves_the_rooms_most_of_the_time(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While it is tried no room can store anything, so it is not tried every second."""
    wipe, (host, (ottoline, _)) = rig.log.wipe, await played_room(rig, NAME, OTHER)

    async def slowly() -> None:
        rig.clock.now += 2_000
        await wipe()

    monkeypatch.setattr(rig.log, "wipe", slowly)
    rig.log.wipes_fail = 1
    assert (await host.command("host.erase_person", seat=ottoline.you.seat)).ok
    await rig.pass_ms(15_000)
    assert rig.log.wiped == 1
    await rig.pass_ms(5_000)
    assert rig.log.wiped == 2
    assert "wiping" not in await rig.log.privates(host.room)
