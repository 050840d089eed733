"""Rooms that go, one or all of them: each is closed, and known no more, whatever goes wrong with another one."""

import asyncio
from typing import Any

import pytest

from makersphere_protocol.errors import Refused
from makersphere_protocol.messages import Command, Watch
from makersphere_server.classes.desk import ClassDesk
from makersphere_server.storage.event_log import Elsewhere, Record
from tests.server.rig.classes import open_class, rooms_of
from tests.server.rig.fakes import Client, Rig, settle


def _fail(*_: object) -> None:
    raise RuntimeError("a bug in one room")


async def test_a_room_that_cannot_be_closed_keeps_no_other_open(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does a class; the server stops all the same."""
    broken, _ = await rig.started()
    host, ann = await rig.started()
    console = await open_class(rig)
    monkeypatch.setattr(ClassDesk, "finish", _fail)
    monkeypatch.setattr(rig.room(broken.room), "finish", _fail)
    monkeypatch.setattr(rig.room(broken.room), "close", _fail)
    await rig.lobby.stop()
    assert [client.connection.closed for client in (host, ann, console)] == [1012, 1012, 1012]


@pytest.mark.parametrize("what", ["finish", "close"])
async def test_a_room_that_cannot_be_put_away_is_read_again(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """Whoever comes then finds it as the store has it."""
    host, ann = await rig.started()
    monkeypatch.setattr(rig.room(host.room), what, _fail)
    ann.leave()
    host.leave()
    await rig.pass_ms(int(rig.settings.idle_s * 1_000) + 61_000)
    again = Client(rig)
    await again.say(Watch(host.room))
    await rig.pass_ms(50)
    assert again.welcome().table is not None


@pytest.mark.parametrize("moved", [None, Refused("moved", to="wss://two.example/ws")])
async def test_a_class_opens_no_table_while_rooms_finish(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, moved: Refused | None
) -> None:
    """Its consoles are there for as long as that takes; what they send then is sent again to who has the class."""
    console = await open_class(rig)
    await rig.join(console.room)
    store, can_store = rig.log.append, asyncio.Event()

    async def append(*args: Any, **named: Any) -> str:  # noqa: ANN401  (as it comes)
        await can_store.wait()
        return await store(*args, **named)

    async def hand_over() -> Refused | None:
        return moved

    monkeypatch.setattr(rig.log, "append", append)
    monkeypatch.setattr(rig.lobby.sharing, "hand_over", hand_over)
    stopping = asyncio.create_task(rig.lobby.stop())
    await settle()
    await console.say(Command("late", "host.start"))
    await settle()
    can_store.set()
    await stopping
    await settle()
    console.read()
    assert [(result.id, result.ok) for result in console.results()] == ([] if moved else [("late", False)])
    assert console.connection.closed == (4421 if moved else 1012)
    assert not [task for task in asyncio.all_tasks() if task.get_name().startswith("room ")]
    with pytest.raises(Refused, match="moved" if moved else "unavailable"):
        await rig.lobby.open_rooms.find(rooms_of(console)[1])


async def test_a_room_that_is_lost_while_it_is_read_is_known_no_more(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server that was frozen in the middle of taking rooms over would tell their people for ever that it has them."""
    host = await rig.create()
    row, read = rig.lobby.row(host.room), rig.log.privates

    async def privates(room: str) -> dict[str, bytes]:
        rig.lobby.lose({room})
        return await read(room)

    monkeypatch.setattr(rig.log, "privates", privates)
    await rig.lobby.learn([row])
    assert host.room not in rig.lobby


@pytest.mark.parametrize("of_a_class", [False, True])
async def test_a_room_that_turns_out_to_be_another_servers_is_known_no_more(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, *, of_a_class: bool
) -> None:
    """Who comes the next time is sent on."""
    host = await (open_class(rig) if of_a_class else rig.create())
    await rig.kill()
    await rig.start()

    async def read(room: str, after_seq: int = 0) -> list[Record]:
        raise Elsewhere(room)

    monkeypatch.setattr(rig.log, "read", read)
    stranger = Client(rig)
    await stranger.say(Watch(host.room))
    await rig.pass_ms(50)
    assert (stranger.error().code, stranger.error().retry_after) == ("unavailable", 1)
    assert host.room not in rig.lobby
