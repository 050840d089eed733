"""An order about somebody that the class could not store, and that comes again: everybody sits at one table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from makersphere_protocol.messages import ClassOptions, Options, Resume
from makersphere_server.storage.event_log import StoreUnavailable
from tests.server.rig.classes import rooms_of, seen
from tests.server.rig.fakes import Client, Rig, code

NAMES = ("Ana", "Bo", "Cy", "Di")
Order = Callable[[Client, str], Awaitable[Any]]


async def _class(rig: Rig, *, begun: bool = True) -> Client:
    """Return the host of a class of three tables of two; Ana and Di sit at the first."""
    host = await rig.create("two", options=Options(), class_=ClassOptions(people=6, table=2))
    await _come_back(rig, host)
    assert not begun or (await host.command("host.start")).ok
    return await seen(host)


def _cannot_store_once(rig: Rig, monkeypatch: pytest.MonkeyPatch, room: str) -> None:
    """Have the store refuse the next command of a class, and nothing else."""
    append, refused = rig.log.append, list[str]()

    async def refusing(of: str, *args: Any, **more: Any) -> None:  # noqa: ANN401  (passed on)
        if of == room and not refused:
            refused.append(of)
            raise StoreUnavailable("full")
        await append(of, *args, **more)

    monkeypatch.setattr(rig.log, "append", refusing)


async def _swap(host: Client, id: str) -> Any:  # noqa: ANN401  (the result)
    args: dict[str, Any] = {"person": 1, "with": 2}
    return await host.command("class.swap", id=id, **args)


async def _move(host: Client, id: str) -> Any:  # noqa: ANN401  (the result)
    return await host.command("class.move", id=id, person=1, to=2)


async def _remove(host: Client, id: str) -> Any:  # noqa: ANN401  (the result)
    return await host.command("class.remove", id=id, person=1)


async def _erase(host: Client, id: str) -> Any:  # noqa: ANN401  (the result)
    return await host.command("class.erase_person", id=id, person=1)


async def _deal_anew(host: Client, id: str) -> Any:  # noqa: ANN401  (the result)
    return await host.command("class.group", id=id, by="mix", anew=True)


async def _come_back(rig: Rig, host: Client) -> None:
    """Have all phones send their frames again."""
    for name in NAMES:
        await rig.join(host.room, name, id=name)


async def _people_at(rig: Rig, host: Client) -> list[int]:
    """Return how many sit at each table."""
    return [(await rig.lobby.open_rooms.find(room)).glance()["people"] for room in rooms_of(host)]


@pytest.mark.parametrize("restarts", [False, True])
@pytest.mark.parametrize(
    ("order", "begun", "people"),
    [
        (_swap, True, [2, 1, 1]),
        (_move, True, [1, 2, 1]),
        (_remove, True, [1, 1, 1]),
        (_erase, True, [1, 1, 1]),
        (_deal_anew, False, [2, 1, 1]),
    ],
)
async def test_who_came_back_meanwhile_is_taken_away_again(
    rig: Rig,
    monkeypatch: pytest.MonkeyPatch,
    order: Order,
    begun: bool,  # noqa: FBT001
    people: list[int],
    restarts: bool,  # noqa: FBT001
) -> None:
    """Their phones have gone back to the seats of before; the same order again seats nobody at two tables."""
    host = await _class(rig, begun=begun)
    _cannot_store_once(rig, monkeypatch, host.room)
    assert code(await order(host, "once")) == "unavailable"
    if restarts:
        await rig.stop()
        await rig.start()
        back = Client(rig)
        await back.say(Resume(host.room, host_token=host.token))
        host = await seen(back)
    await _come_back(rig, host)
    await rig.pass_ms(61_000)  # a seat whose person was erased is anybody's after a minute
    await _come_back(rig, host)
    assert await _people_at(rig, host) == [2, 1, 1]
    assert (await order(host, "once")).ok
    await rig.pass_ms(100)
    await _come_back(rig, host)
    assert await _people_at(rig, host) == people
