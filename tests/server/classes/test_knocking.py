"""Knocks at a class where nobody is let in: they write nothing and use up no number of a person."""

from __future__ import annotations

from typing import Any

import pytest

from makersphere_protocol.messages import Resume
from makersphere_server.classes import door
from tests.server.rig.classes import open_class, rooms_of, seen
from tests.server.rig.fakes import Client, Rig


async def _stored(rig: Rig, room: str) -> Any:  # noqa: ANN401  (all that the store has of it)
    return await rig.log.privates(room)


async def _full(rig: Rig) -> tuple[Client, str]:
    host = await open_class(rig, people=3)
    for name in ("Ana", "Bo", "Cy"):
        await rig.join(host.room, name, id=name)
    return host, "room_full"


async def _locked(rig: Rig) -> tuple[Client, str]:
    host = await open_class(rig)
    assert (await host.command("host.lock", joining=False)).ok
    return host, "joining_closed"


async def _without_tables(rig: Rig) -> tuple[Client, str]:
    return await open_class(rig, people=0), "unavailable"


async def _over(rig: Rig) -> tuple[Client, str]:
    host = await open_class(rig)
    assert (await host.command("host.start")).ok
    assert (await host.command("host.end")).ok
    await rig.pass_ms(1_000)
    return host, "over"


@pytest.fixture
def writes(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the rooms whose private values are written, in order, as it grows."""
    written = list[str]()
    put_private = rig.log.put_private

    async def noted(room: str, values: Any) -> None:  # noqa: ANN401  (as they are)
        written.append(room)
        await put_private(room, values)

    monkeypatch.setattr(rig.log, "put_private", noted)
    return written


@pytest.mark.parametrize("opened", [_full, _locked, _without_tables, _over])
async def test_who_is_let_in_nowhere_leaves_no_trace(rig: Rig, writes: list[str], opened: Any) -> None:  # noqa: ANN401  (one of the above)
    """However often; whoever comes next has the number after the last who was let in."""
    host, refused = await opened(rig)
    before = dict(await _stored(rig, host.room))
    writes.clear()
    for _ in range(3):
        assert (await rig.join(host.room, "Di", id="di")).error().code == refused
    assert host.room not in writes
    assert await _stored(rig, host.room) == before
    people = len((await seen(host)).hand["person"])
    assert (await host.command("class.people", names=["Zoe"])).ok
    assert list((await seen(host)).hand["person"])[-1] == str(people + 1)


async def test_a_listed_name_that_finds_no_place_is_not_written(rig: Rig, writes: list[str]) -> None:
    """The phone knocks on, and sits down once the door is open."""
    host, _ = await _locked(rig)
    assert (await host.command("class.people", names=["Zoe"])).ok
    writes.clear()
    for _ in range(3):
        assert (await rig.join(host.room, "Zoe", id="zoe")).error().code == "joining_closed"
    assert host.room not in writes
    assert (await host.command("host.lock", joining=True)).ok
    assert (await rig.join(host.room, "Zoe", id="zoe")).you.kind == "seat"


@pytest.mark.parametrize("is_restarted", [False, True])
@pytest.mark.parametrize("opened", [_full, _locked, _without_tables])
async def test_who_finds_no_place_keeps_no_listed_name(rig: Rig, opened: Any, is_restarted: bool) -> None:  # noqa: ANN401, FBT001  (one of the above)
    """They have gone away; the person comes by another phone once there is a place, and is dealt as the list says."""
    host, refused = await opened(rig)
    assert (await host.command("class.people", names=["Oli"], marks=["red"])).ok
    assert (await host.command("class.ask", question="Which?", answers=["blue", "red"])).ok
    assert (await rig.join(host.room, "Oli", id="stranger", answer=1)).error().code == refused
    assert (await host.command("class.people", names=["Zoe"])).ok  # a write, with all that waits for one
    if is_restarted:
        await rig.stop()
        await rig.start()
        await host.resume(fresh=True)
    await host.command("host.lock", joining=True)
    await host.command("class.tables", people=6)
    oli = await rig.join(host.room, "oli", id="own phone", answer=3)  # says nothing
    assert oli.you.kind == "seat"
    (one,) = [person for person in (await seen(host)).hand["person"].values() if person["name"] == "Oli"]
    assert one["mark"] == "red"
    assert (await rig.join(host.room, "Oli", id="stranger")).error().code == "name_taken"


async def test_at_a_table_that_waits_a_listed_name_is_free_again(rig: Rig) -> None:
    """The host has dealt a table to it, whose seats are kept for others; who knocked there holds no name either."""
    host = await open_class(rig, people=3)
    assert (await host.command("class.people", names=["Oli"])).ok
    assert (await host.command("class.move", person=1, to=1)).ok
    table = Client(rig)
    await table.say(Resume(rooms_of(host)[0], host_token=host.token))
    for seat in (1, 2, 3):
        assert (await table.command("host.seat", seat=seat, name=f"Guest {seat}")).ok
    assert (await rig.join(host.room, "Oli", id="stranger")).error().code == "room_full"
    assert (await table.command("host.seat", seat=1, name="Oli")).ok
    assert (await rig.join(host.room, "Oli", id="own phone")).you.kind == "seat"


async def _asked_about(rig: Rig, *marks: str) -> Client:
    """Return the host of a class whose table keeps its only free seat for Oli, who is on the list."""
    host = await open_class(rig, people=3)
    people = [await rig.join(host.room, name, id=name) for name in ("Ana", "Bo", "Cy")]
    assert (await host.command("host.start")).ok
    assert (await host.command("class.remove", person=1)).ok
    said: dict[str, Any] = {"marks": list(marks)} if marks else {}
    assert (await host.command("class.people", names=["Oli"], **said)).ok
    table = Client(rig)
    await table.say(Resume(rooms_of(host)[0], host_token=host.token))
    assert (await (await seen(table)).command("host.seat", seat=people[0].you.seat, name="Oli")).ok
    return host


@pytest.mark.parametrize("marked", ["blue", ""])
async def test_what_a_host_has_changed_since_a_knock_stays(rig: Rig, marked: str) -> None:
    """The list is pasted anew while a phone waits, and the phone goes; what it answered goes with it."""
    host = await _asked_about(rig, "red")
    assert (await host.command("class.ask", question="Which?", answers=["green", "red"])).ok
    for is_again in (False, True):
        waiting = await rig.join(host.room, "Oli", id="stranger", answer=1)
        assert waiting.error().code == "joining_closed"
        if marked and not is_again:
            assert (await host.command("class.people", names=["Oli"], marks=[marked])).ok
    await rig.pass_ms(61_000)
    await rig.join(host.room, "Di", id="di", answer=3)
    (one,) = [person for person in (await seen(host)).hand["person"].values() if person["name"] == "Oli"]
    assert one["mark"] == (marked or "red")


async def test_a_listed_name_is_held_while_a_host_is_asked_about_it(rig: Rig) -> None:
    """For as long as the phone knocks; a minute after it has gone away the name is free."""
    host = await _asked_about(rig)
    assert (await rig.join(host.room, "Oli", id="stranger")).error().code == "joining_closed"
    assert (await rig.join(host.room, "Oli", id="own phone")).error().code == "name_taken"
    await rig.pass_ms(61_000)
    assert (await rig.join(host.room, "Oli", id="own phone")).error().code == "joining_closed"


async def _waiting(host: Client) -> int:
    """Return how many wait for a table, as the class page shows it."""
    shown: int = (await seen(host)).hand["class"].get("waiting", 0)
    return shown


async def test_who_knocks_without_an_id_or_under_many_names_is_no_crowd(rig: Rig) -> None:
    """A phone has an id of its own, and counts once under whichever name; a personal code counts as its person."""
    host, _ = await _full(rig)
    for n in range(20):
        assert (await rig.join(host.room, f"No phone {n}")).error().code == "room_full"
        assert (await rig.join(host.room, f"One phone {n}", id="one")).error().code == "room_full"
    assert await _waiting(host) == 1
    assert (await rig.join(host.room, "Di", id="di")).error().code == "room_full"
    assert (await host.command("class.people", names=["Zoe"])).ok
    links = (await host.command("class.links")).data
    assert links is not None
    for _ in range(2):
        assert (await rig.join(host.room, "", pass_=links["links"]["4"])).error().code == "room_full"
    assert await _waiting(host) == 3


async def test_of_too_many_who_wait_the_oldest_of_the_address_that_has_most_counts_no_more(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever floods a class keeps none of its own phones out of the number."""
    monkeypatch.setattr(door, "MOST_PEOPLE", 4)
    host, _ = await _full(rig)
    assert (await rig.join(host.room, "Di", id="di")).error().code == "room_full"
    rig.address = "198.51.100.7"
    for n in range(20):
        assert (await rig.join(host.room, f"Flood {n}", id=f"flood {n}")).error().code == "room_full"
    rig.address = "192.0.2.1"
    assert (await rig.join(host.room, "Ed", id="ed")).error().code == "room_full"
    assert await _waiting(host) == 4
    assert (await host.command("class.tables", people=6)).ok
    for name in ("di", "ed"):
        assert (await rig.join(host.room, name.title(), id=name)).you.seat
    assert await _waiting(host) == 2, "both were in the number, and are in it no more"


async def test_a_knock_that_a_table_turns_away_is_kept_nowhere(rig: Rig) -> None:
    """However many come whom a table does not let in, memory has nothing of them."""
    host = await open_class(rig, people=3)
    table = Client(rig)
    await table.say(Resume(rooms_of(host)[0], host_token=host.token))
    for seat in (1, 2, 3):
        assert (await table.command("host.seat", seat=seat, name=f"Guest {seat}")).ok
    for number in range(3):
        assert (await rig.join(host.room, f"Di {number}", id=f"di {number}")).error().code == "room_full"
    classes: Any = rig.lobby._classes
    kept = classes._desks[host.room]._door
    assert not kept._entering
    assert not kept._newcomers


async def test_the_door_of_all_tables_or_of_one_is_locked_and_opened(rig: Rig) -> None:
    """Each table says so; nobody new comes in where all are locked, and who has a place comes back."""
    host = await open_class(rig)
    ana = await rig.join(host.room, "Ana", id="ana")

    async def locked() -> list[bool]:
        return [table.get("locked", False) for table in (await seen(host)).table["tables"].values()]

    assert (await host.command("host.lock", joining=False, table=2)).data == {"tables": 1}
    assert await locked() == [False, True]
    assert (await host.command("host.lock", joining=False)).data == {"tables": 2}
    assert await locked() == [True, True]
    assert (await rig.join(host.room, "Bo", id="bo")).error().code == "joining_closed"
    assert (await rig.join(host.room, "Ana", id="ana")).you.seat == ana.you.seat
    assert (await host.command("host.lock", joining=True)).data == {"tables": 2}
    assert await locked() == [False, False]
    assert (await rig.join(host.room, "Bo", id="bo")).you.kind == "seat"
