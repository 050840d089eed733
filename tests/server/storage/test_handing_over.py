"""Several servers on one database: each lists its own rooms, and one that leaves hands all of them over."""

from __future__ import annotations

import asyncio

import pytest

from makersphere_server.storage.event_log import Elsewhere, RoomTaken, StoreUnavailable
from makersphere_server.storage.shared.owners import Owner, Server
from makersphere_server.storage.shared.shared_log import SharedLog
from makersphere_server.storage.sqlite_log import SqliteLog
from tests.postgres import ask, until_all_ended
from tests.server.rig.made_up_logs import records, row
from tests.server.storage.conftest import ONE, TWO, Pair

_LEASE = "UPDATE room_servers SET until = now() + interval '{} seconds' WHERE name = '{}'"


async def test_rooms_are_handed_over_after_all_that_was_written(pair: Pair) -> None:
    """What their first owner has still sent is in them; who gets them knew nothing of them, and gives them back."""
    await pair.one.create(row("ROOM333"))
    await asyncio.gather(
        pair.one.append("ROOM234", 2, records(3, 3)),
        pair.one.put_private("ROOM234", {"clock": b"7"}),
        pair.one.hand_over(),
    )
    for room, seq in (("ROOM234", 3), ("ROOM333", 0)):
        with pytest.raises(Elsewhere):
            await pair.one.append(room, seq, records(seq + 1, seq + 1))
        assert await pair.two.owner(room) == Owner("two", "wss://two.example/ws", is_alive=True)
    assert [row.room for row in await pair.one.rooms()] == []
    assert sorted(await pair.two.take_over()) == ["ROOM234", "ROOM333"]
    assert await pair.two.read("ROOM234") == records(1, 3)
    assert await pair.two.privates("ROOM234") == {"clock": b"7"}
    await pair.two.append("ROOM234", 3, records(4, 4))
    await pair.one.renew()  # it stays after all
    assert await pair.two.hand_over() == ONE
    await pair.one.take_over()
    await pair.one.append("ROOM234", 4, records(5, 5))
    assert await pair.one.read("ROOM234") == records(1, 5)


async def test_rooms_are_handed_to_no_server_whose_lease_has_ended(pair: Pair) -> None:
    """They stay where they are."""
    ask(pair.database.url, _LEASE.format(0, "two"))
    assert await pair.one.hand_over() is None
    await pair.one.append("ROOM234", 2, records(3, 3))


async def test_rooms_are_handed_to_the_server_that_has_the_fewest(pair: Pair) -> None:
    """A room that was lost meanwhile stays where it is by now."""
    third = await SharedLog.join(pair.database, Server("three", "wss://three.example/ws"))
    await pair.two.create(row("ROOM333"))
    ask(pair.database.url, _LEASE.format(0, "one"))
    assert await pair.two.take_over() == ["ROOM234"]
    ask(pair.database.url, _LEASE.format(5, "one"))
    await pair.one.create(row("ROOM444"))
    assert await pair.one.hand_over() == Server("three", "wss://three.example/ws")
    assert (await third.owner("ROOM234")).server == "two"
    assert await third.take_over() == ["ROOM444"]
    await third.close()


async def test_rooms_are_handed_to_no_server_that_leaves_itself(pair: Pair) -> None:
    """It has the fewest by then, and closes soon; one that has none to hand over hears who else is there."""
    third = await SharedLog.join(pair.database, Server("three", "wss://three.example/ws"))
    fourth = await SharedLog.join(pair.database, Server("four", "wss://four.example/ws"))
    await third.create(row("ROOM333"))
    assert await fourth.hand_over() == TWO
    assert await pair.one.hand_over() == TWO
    await pair.two.take_over()
    assert await pair.two.hand_over() == third.server
    await asyncio.gather(third.close(), fourth.close())


async def test_a_server_lists_its_own_rooms_alone(pair: Pair) -> None:
    """It opens, counts and erases no other, as long as they are another's."""
    await pair.two.create(row("ROOM333"))
    assert [found.room for found in await pair.one.rooms()] == ["ROOM234"]
    assert [found.room for found in await pair.two.rooms()] == ["ROOM333"]


@pytest.mark.parametrize("key", ["settings", "class"])
async def test_a_create_frame_founds_one_room_whichever_servers_it_reaches(key: str, pair: Pair) -> None:
    """The second one to store it is told that the store takes it not, and finds the first one's room then."""
    founding = {key: b'{"name":"\\"create\\":\\"no\\"","create":"0f12","scale":100}'}
    assert await pair.two.founded_by("0f12") == ""
    await pair.one.create(row("ROOM333"), founding)
    assert await pair.two.founded_by("0f12") == "ROOM333"
    kept, refused = await asyncio.gather(
        pair.two.create(row("ROOM555"), {key: b'{"create":""}'}),
        pair.two.create(row("ROOM444"), founding),
        return_exceptions=True,
    )
    assert kept is None
    assert type(refused) is StoreUnavailable
    with pytest.raises(RoomTaken):
        await pair.two.create(row("ROOM333"))
    await pair.two.create(row("ROOM666"), {key: b'{"create":""}'})
    assert [found.room for found in await pair.two.rooms()] == ["ROOM555", "ROOM666"]


async def test_a_room_that_stands_still_is_founded_anew_as_at_a_server_alone(pair: Pair) -> None:
    """Its create frame leads to the new one from then on."""
    founding = {"settings": b'{"create":"0f12"}'}
    await pair.one.create(row("ROOM333"), founding)
    await pair.one.set_state("ROOM333", "quarantined", "a coin is gone")
    assert await pair.two.founded_by("0f12") == ""
    await pair.two.create(row("ROOM444"), founding)
    assert await pair.one.founded_by("0f12") == "ROOM444"


async def test_two_rooms_of_a_frame_that_a_server_alone_has_founded_keep_no_other_from_starting(pair: Pair) -> None:
    """It works in the same database as ever, before names are used and afterwards."""
    await asyncio.gather(pair.one.close(), pair.two.close())
    until_all_ended(pair.database.url)
    alone = await SqliteLog.open(pair.database)
    for room in ("ROOM333", "ROOM444"):
        await alone.create(row(room), {"settings": b'{"create":"0f12"}'})
    await alone.close()
    until_all_ended(pair.database.url)
    ask(pair.database.url, "DROP INDEX rooms_by_frame")  # as where no name has been used yet
    again = await SharedLog.join(pair.database, ONE)
    assert await again.founded_by("0f12") == "ROOM444"
    await again.close()
