"""How a room stands in the store's list: what the store does not take now is no reason to fail."""

from unittest.mock import AsyncMock, call

import pytest

from makersphere_server.room.commands.stored_state import mark_over, mark_quarantined
from makersphere_server.storage.event_log import StoreUnavailable


async def test_a_game_that_is_over_is_marked_again_until_the_store_has_it() -> None:
    """Whoever asks is told whether it does; what is no trouble of the store is a bug."""
    log = AsyncMock()
    log.set_state.side_effect = [StoreUnavailable, None, KeyError]
    assert not await mark_over(log, "ROOM234")
    assert await mark_over(log, "ROOM234")
    with pytest.raises(KeyError):
        await mark_over(log, "ROOM234")
    assert log.set_state.await_args_list == [call("ROOM234", "over")] * 3


async def test_a_room_that_stands_still_does_so_whatever_the_store_says() -> None:
    """The store may be why."""
    log = AsyncMock()
    log.set_state.side_effect = [None, ValueError]
    for _ in range(2):
        await mark_quarantined(log, "ROOM234", "a bug")
    assert log.set_state.await_args_list == [call("ROOM234", "quarantined", "a bug")] * 2
