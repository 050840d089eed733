"""Locked doors of a class: who has a place by its book comes in all the same, also one dealt since; nobody new does."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from makersphere_protocol.errors import Close
from makersphere_protocol.messages import ClassOptions, Options, Resume
from tests.server.rig.classes import open_class, rooms_of, seen
from tests.server.rig.fakes import Client, Rig

NAMES = ("Ana", "Bo", "Cy", "Di")


async def _locked(rig: Rig, *, people: int = 6, begun: bool = False) -> tuple[Client, dict[str, Client]]:
    """Return the host of a class whose doors are locked, and its people, who sit at its two tables in turn."""
    host = await rig.create("two", options=Options(), class_=ClassOptions(people=people, table=people // 2))
    phones = {name: await rig.join(host.room, name, id=name) for name in NAMES}
    assert not begun or (await host.command("host.start")).ok
    assert (await host.command("host.lock", joining=False)).ok
    return await seen(host), phones


async def _back(rig: Rig, host: Client, name: str) -> int:
    """Return at which table a phone is that comes back by itself."""
    came = await rig.join(host.room, name, id=name)
    assert came.you.kind == "seat"
    return rooms_of(host).index(came.room) + 1


async def _nobody_new_comes_in(rig: Rig, host: Client) -> None:
    """Hold that a stranger finds every door locked, however often, and has no place in the class afterwards."""
    before = (await seen(host)).hand["person"]
    for _ in range(2):
        assert (await rig.join(host.room, "Stranger", id="stranger")).error().code == "joining_closed"
    assert (await seen(host)).hand["person"] == before
    assert host.hand["class"]["waiting"] == 1


@pytest.mark.parametrize("begun", [False, True])
async def test_who_is_moved_to_a_locked_table_comes_in_there(rig: Rig, begun: bool) -> None:  # noqa: FBT001
    """Before the start and in play, and back again."""
    host, phones = await _locked(rig, begun=begun)
    for to in (2, 1):
        assert (await host.command("class.move", person=1, to=to)).ok
        await rig.pass_ms(100)
        assert phones["Ana"].connection.closed == Close.REMOVED
        assert await _back(rig, host, "Ana") == to
    await _nobody_new_comes_in(rig, host)


@pytest.mark.parametrize("begun", [False, True])
async def test_two_who_are_swapped_come_in_at_locked_tables(rig: Rig, begun: bool) -> None:  # noqa: FBT001
    """After a restart in between too."""
    host, _ = await _locked(rig, people=4, begun=begun)
    swap: dict[str, Any] = {"person": 1, "with": 2}
    assert (await host.command("class.swap", **swap)).ok
    await rig.stop()
    await rig.start()
    await host.resume(fresh=True)
    assert [await _back(rig, host, name) for name in NAMES] == [2, 1, 1, 2]


@pytest.mark.parametrize("begun", [False, True])
async def test_who_is_freed_at_a_locked_table_comes_back_by_themselves(rig: Rig, begun: bool) -> None:  # noqa: FBT001
    """The seat is theirs as before."""
    host, phones = await _locked(rig, begun=begun)
    ana = phones["Ana"]
    table = Client(rig)
    await table.say(Resume(ana.room, host_token=host.token))
    assert (await table.command("host.remove", seat=ana.you.seat)).ok
    again = await rig.join(host.room, "Ana", id="Ana")
    assert (again.room, again.you.seat) == (ana.room, ana.you.seat)
    await _nobody_new_comes_in(rig, host)


async def test_who_is_dealt_anew_comes_in_at_locked_tables(rig: Rig) -> None:
    """Each phone that was sent away finds its other table."""
    host, phones = await _locked(rig)
    assert (await host.command("class.group", by="mix", anew=True)).ok
    assert (await host.command("class.move", person=3, to=2)).ok
    await rig.pass_ms(100)
    sent = [name for name, phone in phones.items() if phone.connection.closed == Close.REMOVED]
    assert sent
    for name in sent:
        dealt = {each["name"]: each["table"] for each in (await seen(host)).hand["person"].values()}
        assert await _back(rig, host, name) == dealt[name]
    await _nobody_new_comes_in(rig, host)


async def test_who_was_dealt_to_the_next_game_comes_late_to_a_locked_table(rig: Rig) -> None:
    """A week later: everybody has a table of the new game, and its door is locked before the last one is there."""
    host, _ = await _locked(rig)
    assert (await host.command("host.start")).ok
    assert (await host.command("host.end")).ok
    await rig.pass_ms(1_100)
    assert (await host.command("class.tables", people=4)).data == {"opened": 2}
    assert (await host.command("class.group", by="size", anew=True)).data == {"dealt": 4, "moved": 4}
    assert await _back(rig, host, "Bo") in (3, 4)
    assert (await host.command("host.lock", joining=False)).ok
    assert await _back(rig, host, "Ana") in (3, 4)
    await _nobody_new_comes_in(rig, host)


async def test_a_listed_name_is_as_new_as_any_until_a_host_deals_it_a_table(rig: Rig) -> None:
    """Before or after the door was locked; who was removed has no place any more, whatever the list says anew."""
    host, _ = await _locked(rig)
    assert (await host.command("class.people", names=["Oli", "Zoe"])).ok
    for name in ("Oli", "Zoe"):
        assert (await rig.join(host.room, name, id=name)).error().code == "joining_closed"
    assert (await host.command("class.move", person=5, to=2)).ok
    assert await _back(rig, host, "Oli") == 2
    assert (await rig.join(host.room, "Zoe", id="Zoe")).error().code == "joining_closed"
    assert (await host.command("class.remove", person=5)).ok
    assert (await rig.join(host.room, "Oli", id="Oli")).error().code == "unauthorised"
    assert (await host.command("class.people", names=["Oli"])).ok
    assert (await rig.join(host.room, "Oli", id="another phone")).error().code == "joining_closed"


@pytest.mark.parametrize("is_listed", [False, True])
async def test_a_knock_at_a_locked_table_that_sleeps_is_no_place_there(rig: Rig, is_listed: bool) -> None:  # noqa: FBT001
    """Its lock is seen only as it opens, when the knock has dealt them there: of several at once none comes in."""
    host = await open_class(rig, people=3)
    assert not is_listed or (await host.command("class.people", names=["Oli"])).ok
    assert (await host.command("host.lock", joining=False)).ok
    await rig.stop()
    await rig.start()
    knocks = await asyncio.gather(*(rig.join(host.room, "Oli", id="stranger") for _ in range(3)))
    assert {knock.error().code for knock in knocks} == {"joining_closed"}
    assert (await rig.join(host.room, "Oli", id="stranger")).error().code == "joining_closed"
    await host.resume(fresh=True)
    assert [each.get("table") for each in (await seen(host)).hand["person"].values()] == [None] * is_listed


async def test_a_table_of_before_that_was_locked_locks_none_of_the_next_game(rig: Rig) -> None:
    """Whoever finds the next game full is told so: a host who reads of a lock looks for one that is not there."""
    host = await open_class(rig, people=3, table=3)
    await rig.join(host.room, "Ana", id="Ana")
    assert (await host.command("host.lock", joining=False)).ok
    for command in ("host.start", "host.end"):
        assert (await host.command(command)).ok
        await rig.pass_ms(1_000)
    assert (await host.command("class.table", seats=1)).ok
    assert (await rig.join(host.room, "Bo", id="Bo")).you.kind == "seat"
    assert (await rig.join(host.room, "Cy", id="Cy")).error().code == "room_full"
