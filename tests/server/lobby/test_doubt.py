"""Rooms that cannot be opened: they stand still and say why, the others are as they were."""

import pytest

from makersphere_protocol.messages import Resume
from makersphere_rules.written.notation import UnknownEvent
from makersphere_server.room import room as rooms
from makersphere_server.storage.overlay import Doubtful
from tests.server.rig.fakes import Client, Rig
from tests.server.rig.memory_log import MemoryLog


class _Changed(MemoryLog):
    """A store in which the values of one room were changed."""

    room = ""

    async def privates(self, room: str) -> dict[str, bytes]:
        """Return the values of the others."""
        if room == self.room:
            raise Doubtful(room, 1, "were changed", ("seat:1",))
        return await super().privates(room)


async def test_a_room_whose_tokens_are_in_doubt_lets_nobody_in() -> None:
    """A start with a changed token goes on for all rooms but that one, and that one opens for no token."""
    rig = Rig()
    rig.log = log = _Changed()
    await rig.start()
    _, ann = await rig.started()
    _, ben = await rig.started()
    await rig.kill()
    log.room = ann.room
    await rig.start()
    assert rig.lobby.stopped_rooms == 1
    again = Client(rig)
    await again.say(Resume(ann.room, seat_token=ann.token))
    assert again.error().code == "unavailable"
    await ben.resume()
    assert (await ben.command("count", by=1)).ok
    await rig.stop()


async def test_a_room_is_handed_over_before_anything_waits(rig: Rig) -> None:
    """Also where the store still has a reason of before to forget: nobody is let in before the broker's mirror."""
    _, ann = await rig.started()
    await rig.log.set_state(ann.room, "open", "the room cannot be opened: a module is missing")
    await rig.kill()
    await rig.start()
    handed_over: list[str] = []
    rig.lobby.follow_rooms(lambda room: handed_over.append(room.code))
    at_writes: list[list[str]] = []

    async def note(_: str) -> None:
        at_writes.append([*handed_over])

    rig.log.before_commit = note
    await ann.resume()
    assert at_writes[0] == handed_over == [ann.room]


async def test_a_room_that_cannot_be_opened_says_why_until_it_can(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store keeps the reason for the list of rooms, and no verdict: a start that has the rules opens the room."""
    rig = await Rig().start()
    _, ann = await rig.started()
    await rig.kill()

    async def fails(*_: object) -> None:
        raise UnknownEvent("harvested", 1)

    with monkeypatch.context() as patch:
        patch.setattr(rooms, "reopen", fails)
        await rig.start()
        again = Client(rig)
        await again.say(Resume(ann.room, seat_token=ann.token))
        assert again.error().code == "unavailable"
        (row,) = await rig.log.rooms()
        assert (row.state, row.reason) == ("open", "the room cannot be opened: unknown event 'harvested' version 1")
        await rig.kill()
    await rig.start()
    await ann.resume()
    (row,) = await rig.log.rooms()
    assert (row.state, row.reason) == ("open", "")
    await rig.stop()
