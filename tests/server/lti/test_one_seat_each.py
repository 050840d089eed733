"""Whoever a platform sends has one seat, whatever it calls them, in whichever language, however often it is bound."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

import attrs
import pytest

from makersphere_protocol.errors import Refused
from makersphere_protocol.messages import Options
from makersphere_server.lti.activities import Activities
from makersphere_server.lti.entering import Seated, Visit, let_in
from makersphere_server.lti.kept import Activity, Kept
from makersphere_server.lti.launching import Launched
from makersphere_server.storage.chain import Damaged
from makersphere_server.storage.event_log import StoreUnavailable
from tests.server.lti.arriving import both_seated, bound, launch, refuse_the_class_after_its_table
from tests.server.rig.asking import answer, asks, wishes
from tests.server.rig.classes import open_class, seen
from tests.server.rig.fakes import Rig

T = TypeVar("T")
_EVE = Launched("https://m", "c", "1", "person-1", "link", "T", *(True, ("Eve", "", "Eve"), "https://m/g"))
_ACTIVITY = Activity("https://m", "c", "1", "link", "T", "https://m/g", "salt")


async def _in_time(rig: Rig, doing: Coroutine[Any, Any, T]) -> T:
    task = asyncio.create_task(doing)
    while not task.done():
        await rig.pass_ms(100)
    return await task


async def _enters(rig: Rig, code: str, launched: Launched) -> Seated | None:
    """Return the seat of somebody whom a platform sends, or None: their host is asked."""
    try:
        return await _in_time(rig, let_in(code, _ACTIVITY, launched, Visit("en", "192.0.2.7"), rig.lobby, rig.log))
    except Refused as refused:
        if refused.text != "asks_in":
            raise
        return None


async def _comes(rig: Rig, code: str, name: str, language: str = "en", activity: Activity = _ACTIVITY) -> Seated:
    launched = attrs.evolve(_EVE, names=(name, "", name))
    return await _in_time(rig, let_in(code, activity, launched, Visit(language, "192.0.2.7"), rig.lobby, rig.log))


async def test_another_name_is_no_other_person(rig: Rig) -> None:
    """A platform that is told other names, or none, in other languages, fills no room with one."""
    host = await rig.create("two", options=Options(seats=3))
    for name, language in (("", "en"), ("", "zh"), ("Eve", "en"), ("Eva", "en")):
        await _comes(rig, host.room, name, language)
    assert list((await Kept.of(rig.log, host.room)).people) == [(1, 1)]


async def test_nor_is_it_in_a_class(rig: Rig) -> None:
    """The list of names has the one under which they came first."""
    host = await open_class(rig)
    for name in ("Eve", "Eva", "Evi"):
        await _comes(rig, host.room, name)
    assert [person["name"] for person in (await seen(host)).hand["person"].values()] == ["Eve"]


async def test_where_names_are_dealt_the_platforms_own_are_not_kept(rig: Rig) -> None:
    """Neither beside the seat nor anywhere else of the room, which speaks its own language."""
    host = await rig.create("two", options=Options(seats=3, pseudonyms=True, language="zh"))
    await _comes(rig, host.room, "Evelina")
    assert b"Evelina" not in b"".join((await rig.log.privates(host.room)).values())
    (kept,) = (await Kept.of(rig.log, host.room)).people.values()
    assert not kept.name.isascii()


@pytest.mark.parametrize("is_first_back", [False, True])
async def test_who_has_anothers_name_is_not_credited_with_their_work(rig: Rig, is_first_back: bool) -> None:  # noqa: FBT001
    """Whom a host has freed comes back by the same account, into the same place; no other account does by a name."""
    host = await rig.create("two", options=Options(seats=3))
    lena = attrs.evolve(_EVE, names=("Lena", "Adler", "Lena Adler"))
    other = attrs.evolve(_EVE, person="person-2", names=("Lena", "Berg", "Lena Berg"))
    assert await _enters(rig, host.room, lena) is not None
    assert (await host.command("host.start")).ok
    await rig.pass_ms(1_000)
    assert (await host.command("host.remove", seat=1)).ok
    for launched in (lena, other) if is_first_back else (other, lena):
        if await _enters(rig, host.room, launched) is None:
            (name,) = await wishes(host)
            assert await answer(host, name)
            assert await _enters(rig, host.room, launched) is not None
    kept = {person: one.person for person, one in (await Kept.of(rig.log, host.room)).people.items()}
    assert (kept.pop((1, 1)), kept.pop((2, 1))) == ("person-1", "person-2")
    assert kept == ({} if is_first_back else {(3, 1): "person-1"})


async def test_nor_does_an_account_take_the_place_of_whoever_came_without(rig: Rig) -> None:
    """Nor the other way about: by a name nobody who has an account comes back, nor as somebody."""
    host = await rig.create("two", options=Options(seats=2))
    await rig.join(host.room, "Lena")
    assert (await host.command("host.start")).ok
    await rig.pass_ms(1_000)
    lena = attrs.evolve(_EVE, names=("Lena", "Berg", "Lena Berg"))
    members = []
    for is_by_platform in (True, False):
        assert (await host.command("host.remove", seat=1)).ok
        if is_by_platform:
            assert await _enters(rig, host.room, lena) is None
            assert await answer(host, "Lena")
            assert await _enters(rig, host.room, lena) is not None
        else:
            await asks(rig, host.room, "Lena", "a phone", seat=1)
            assert await answer(host, "Lena")
            await rig.join(host.room, "Lena", id="a phone", seat=1)
        members.append(rig.room(host.room)._live.seats[1].members[0].number)
    assert members == [2, 3]


async def test_a_room_that_is_bound_again_knows_its_people(rig: Rig) -> None:
    """From one room to another and back: the seat is the same, since the id follows from the room's own secret."""
    one, two = [await rig.create("two", options=Options(seats=3)) for _ in range(2)]
    activities = Activities(rig.lobby, rig.log)
    for host in (one, two, one):
        own_link = f"https://t/#/c/{host.room}/{host.token}"
        code, activity = await _in_time(rig, activities.bind(_EVE, "192.0.2.7", own_link))
        await _comes(rig, code, "Eve", activity=activity)
    assert list((await Kept.of(rig.log, one.room)).people) == [(1, 1)]


@pytest.mark.parametrize("why", [StoreUnavailable("away"), Damaged("a class", 1, "no end"), KeyError("no row")])
async def test_nobody_knocks_at_a_class_that_could_be_neither_stored_nor_read(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, why: Exception
) -> None:
    """Its table had let an account in; whoever has sat there comes back to it as soon as the class can be read."""
    host, by_code, mine = await both_seated(rig)

    async def cannot_be_read(room: str) -> dict[str, bytes]:
        monkeypatch.undo()
        raise why

    refuse_the_class_after_its_table(
        rig, host, meanwhile=lambda: monkeypatch.setattr(rig.log, "privates", cannot_be_read)
    )
    assert await launch(rig, host, visit=by_code) == "unavailable"
    assert (await rig.join(host.room, "Tom", id="his phone")).error().code == "unavailable"
    again = await rig.join(host.room, "Tom", id="his phone")
    assert (again.room, again.you.seat, bound(rig, host)) == (mine.room, mine.you.seat, [1])
