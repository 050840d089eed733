"""The inbox: what waits for a room comes out once, in order, and wakes it; nothing else does."""

import asyncio

from makersphere_server.room.model.inbox import AwayForLong, Inbox
from tests.server.rig.fakes import settle


def seats(items: list[object]) -> list[int]:
    """Return which seats some items are about."""
    return [item.seat for item in items if isinstance(item, AwayForLong)]


async def is_woken(inbox: Inbox) -> bool:
    """Return whether a room that waits has something to do."""
    waiting = asyncio.create_task(inbox.wait())
    await settle()
    is_done = waiting.done()
    waiting.cancel()
    return is_done


async def test_a_room_is_woken_by_what_comes_and_rests_afterwards() -> None:
    """It takes a turn for each item or call, and none where nothing has happened since."""
    inbox = Inbox(10)
    assert not await is_woken(inbox)
    inbox.put(AwayForLong(1))
    assert await is_woken(inbox)
    assert seats([*inbox.take()]) == [1]
    assert not await is_woken(inbox)
    inbox.wake()
    assert await is_woken(inbox)
    assert not await is_woken(inbox)


async def test_what_is_too_much_for_one_turn_comes_in_the_next() -> None:
    """A long queue holds the loop for a while at a time, and nothing of it is lost or overtakes."""
    inbox = Inbox(10)
    for seat in range(600):
        inbox.put(AwayForLong(seat))
    taken: list[int] = []
    for _ in range(3):
        assert await is_woken(inbox)
        part = seats([*inbox.take()])
        assert 0 < len(part) < 600
        taken += part
    assert taken == [*range(600)]
    assert not inbox.is_waiting
    assert not await is_woken(inbox)


async def test_what_is_put_back_comes_first() -> None:
    """What a room took and cannot handle in this turn is the first in the next."""
    inbox = Inbox(10)
    for seat in (1, 2, 3):
        inbox.put(AwayForLong(seat))
    taken = inbox.take()
    inbox.put(AwayForLong(4))
    assert await is_woken(inbox)
    inbox.put_back(taken[1:])
    assert await is_woken(inbox)
    assert seats([*inbox.take()]) == [2, 3, 4]


def test_an_inbox_is_full_at_its_bound() -> None:
    """So many wait and no more; what the room itself needs is taken all the same."""
    inbox = Inbox(2)
    for seat in (1, 2, 3):
        assert inbox.is_full == (seat > 2)
        inbox.put(AwayForLong(seat))
    assert seats([*inbox.take()]) == [1, 2, 3]
