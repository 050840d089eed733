"""Two people of a class who change places: where every table is full, before the start and in play."""

from __future__ import annotations

from typing import Any

import pytest

from makersphere_protocol.errors import Close, Refused
from makersphere_protocol.messages import ClassOptions, Options, Result, Resume
from makersphere_server.room.room import Room
from tests.server.rig.classes import open_class, rooms_of, seen
from tests.server.rig.fakes import Client, Rig

FULL = ("Ana", "Bo", "Cy", "Di")


async def _full(rig: Rig, *, begun: bool = False) -> tuple[Client, dict[str, Client]]:
    """Return the host of a class of two full tables of two, and its people, by name."""
    host = await rig.create("two", options=Options(), class_=ClassOptions(people=4, table=2))
    people = {name: await rig.join(host.room, name, id=name) for name in FULL}
    assert not begun or (await host.command("host.start")).ok
    return await seen(host), people


async def _swap(host: Client, one: int, other: int, **more: Any) -> Result:  # noqa: ANN401
    """Have two people change places, by their numbers."""
    args: dict[str, Any] = {"person": one, "with": other}
    return await host.command("class.swap", **more, **args)


async def _why_not(host: Client, one: int, other: int) -> str:
    """Return the text of what a swap is refused with, or nothing."""
    result = await _swap(host, one, other)
    return "" if result.error is None else result.error.message


@pytest.mark.parametrize("begun", [False, True])
async def test_two_change_places_at_full_tables(rig: Rig, begun: bool) -> None:  # noqa: FBT001
    """Each phone finds the other's seat by its own frame, after a restart in between too; nobody else is disturbed."""
    host, people = await _full(rig, begun=begun)
    ana, bo = people["Ana"], people["Bo"]
    assert ana.room != bo.room
    assert (await host.command("class.move", person=1, to=2)).error, "there is no place"
    assert await _why_not(host, 1, 2) == ""
    await rig.pass_ms(100)
    assert [people[name].connection.closed for name in FULL] == [Close.REMOVED, Close.REMOVED, 0, 0]
    assert [table["dealt"] for table in (await seen(host)).table["tables"].values()] == [2, 2]
    await rig.stop()
    await rig.start()
    again = {name: await rig.join(host.room, name, id=name) for name in FULL}
    where = {name: (client.room, client.you.seat) for name, client in again.items()}
    assert where["Ana"] == (bo.room, bo.you.seat)
    assert where["Bo"] == (ana.room, ana.you.seat)
    assert where["Cy"] == (people["Cy"].room, people["Cy"].you.seat)


async def test_the_same_command_again_swaps_nobody_back(rig: Rig) -> None:
    """It is answered as before."""
    host, _ = await _full(rig)
    for _ in range(2):
        assert (await _swap(host, 1, 2, id="once")).ok
    assert [person["table"] for person in (await seen(host)).hand["person"].values()] == [2, 1, 1, 2]


async def test_a_swap_takes_two_of_different_tables_that_go_on(rig: Rig) -> None:
    """Nobody is moved by one that is refused, and it says what it takes."""
    host, people = await _full(rig, begun=True)
    why = "A swap takes two people of different tables whose games go on."
    same_table = next(n for n in (2, 3, 4) if people[FULL[n - 1]].room == people["Ana"].room)
    assert await _why_not(host, 1, same_table) == why
    assert await _why_not(host, 1, 1) == why
    assert (await host.command("class.people", names=["Zoe"])).ok
    assert await _why_not(host, 1, 5) == why, "Zoe has no table"
    assert (await _swap(host, 1, 9)).error
    assert (await host.command("host.end", table=2)).ok
    await seen(host)
    assert await _why_not(host, 1, 2) == why, "one is over"
    assert all(client.connection.closed == 0 for client in people.values())


async def test_who_may_move_somebody_may_swap_two(rig: Rig) -> None:
    """An assistant; a visitor does not."""
    host = await open_class(rig, people=2, table=1)
    for name in ("Ana", "Bo"):
        await rig.join(host.room, name, id=name)
    for rank, may in (("visitor", False), ("assistant", True)):
        token = ((await host.command("class.invite", rank=rank)).data or {})["host_token"]
        further = Client(rig)
        await further.say(Resume(host.room, host_token=token))
        assert (await _swap(further, 1, 2)).ok is may
    assert len(rooms_of(host)) == 2


async def test_a_swap_that_fails_in_its_middle_moves_nobody(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever was taken away already finds the own seat again; the same swap once more is carried out."""
    host, people = await _full(rig, begun=True)
    with monkeypatch.context() as patch:
        find = rig.lobby.open_rooms.find

        async def finding(code: str) -> Room:
            if code == people["Bo"].room:
                raise Refused("unavailable")
            return await find(code)

        patch.setattr(rig.lobby.open_rooms, "find", finding)
        assert (await _swap(host, 1, 2)).error
    await rig.pass_ms(100)
    assert [people[name].connection.closed for name in ("Ana", "Bo")] == [Close.REMOVED, 0]
    again = await rig.join(host.room, "Ana", id="Ana")
    assert (again.room, again.you.seat) == (people["Ana"].room, people["Ana"].you.seat)
    assert await _why_not(host, 1, 2) == ""
    swapped = await rig.join(host.room, "Ana", id="Ana")
    assert (swapped.room, swapped.you.seat) == (people["Bo"].room, people["Bo"].you.seat)
