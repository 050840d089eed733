"""Whose a seat is that somebody at a table of a class has left: never one whose person may still come back to it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from makersphere_protocol.codec import encode
from makersphere_protocol.messages import ClassOptions, Join, Options, Resume
from makersphere_server.room.model.inbox import Item, TakeAway
from tests.server.rig.asking import answer
from tests.server.rig.classes import ask, desk_of, open_class, rooms_of, seen
from tests.server.rig.fakes import Client, Rig, long_id

NAMES = ("Ana", "Bo", "Cy", "Di", "Ed", "Fay")


async def _begun(rig: Rig, names: Sequence[str] = NAMES) -> tuple[Client, dict[str, Client]]:
    """Return the host of a class of one table of six that plays, and its people, by name."""
    host = await rig.create("quickstart", options=Options(), class_=ClassOptions(people=6, table=6))
    people = {name: await rig.join(host.room, name, id=name) for name in names}
    assert (await host.command("host.start")).ok
    return await seen(host), people


async def _console(rig: Rig, room: str, token: str) -> Client:
    """Return the console of a room or class."""
    console = Client(rig)
    await console.say(Resume(room, host_token=token))
    return await seen(console)


async def _keep_seats(rig: Rig, room: str, token: str, *seats: int) -> None:
    """Keep seats of a table for others, by their names."""
    table = await _console(rig, room, token)
    for seat in seats:
        assert (await table.command("host.seat", seat=seat, name=f"Guest {seat}")).ok


async def test_of_the_removed_those_alone_are_kept_who_have_had_a_seat(rig: Rig) -> None:
    """Not whoever was given a table and never came; but whoever sat at another table before, after a restart too."""
    host = await open_class(rig, people=6)
    ana = await rig.join(host.room, "Ana", id="ana")
    assert (await host.command("class.people", names=["Zoe"])).ok
    ana.leave()
    for person, to in ((1, 2), (2, 1)):
        assert (await host.command("class.move", person=person, to=to)).ok
    await rig.stop()
    await rig.start()
    back = await _console(rig, host.room, host.token)
    for person in (1, 2):
        assert (await back.command("class.remove", person=person)).ok
    assert (await seen(back)).hand["removed"] == {"1": {"name": "Ana"}}


async def test_a_seat_that_was_freed_for_its_own_person_is_nobody_elses(rig: Rig) -> None:
    """Ana's phone is lost, and the host of her table has freed her seat; Fay's is left, and the newcomer has that."""
    host, people = await _begun(rig)
    table = await _console(rig, people["Ana"].room, host.token)
    assert (await table.command("host.remove", seat=people["Ana"].you.seat)).ok
    await rig.pass_ms(61_000)
    assert (await host.command("class.remove", person=6)).ok
    await rig.pass_ms(1_000)
    late = await rig.join(host.room, "Gus", id="gus")
    assert late.you.seat == people["Fay"].you.seat
    assert (await rig.join(host.room, "Ana", id="Ana")).you.seat == people["Ana"].you.seat


async def test_who_comes_back_after_a_restart_has_the_own_seat(rig: Rig) -> None:
    """Two were freed; whoever comes first does not get the other's seat and hand."""
    host, people = await _begun(rig)
    table = await _console(rig, people["Ana"].room, host.token)
    for name in ("Ana", "Bo"):
        assert (await table.command("host.remove", seat=people[name].you.seat)).ok
    await rig.stop()
    await rig.start()
    for name in ("Cy", "Di"):
        await rig.join(host.room, name, id=name)
    await rig.pass_ms(62_000)
    back = {name: await rig.join(host.room, name, id=name) for name in ("Bo", "Ana")}
    assert {name: one.you.seat for name, one in back.items()} == {name: people[name].you.seat for name in ("Bo", "Ana")}


async def test_a_left_seat_that_is_kept_for_somebody_is_not_given_away(rig: Rig) -> None:
    """A pass to it is out, or a host has written a name on it: whoever comes late has a seat of their own."""
    host, people = await _begun(rig)
    table = await _console(rig, people["Ana"].room, host.token)
    for person in (1, 2):
        assert (await host.command("class.remove", person=person)).ok
    await rig.pass_ms(1_000)
    assert (await table.command("host.seat_pass", seat=people["Ana"].you.seat)).ok
    assert (await table.command("host.seat", seat=people["Bo"].you.seat, name="Zoe")).ok
    late = await rig.join(host.room, "Gus", id="gus")
    assert late.you.seat > len(NAMES)


async def test_a_free_seat_comes_before_one_that_was_left(rig: Rig) -> None:
    """Nobody has sat there, so there is no hand of somebody else's in it."""
    host, people = await _begun(rig, NAMES[:5])
    assert (await host.command("class.remove", person=2)).ok
    await rig.pass_ms(1_000)
    late = await rig.join(host.room, "Gus", id="gus")
    assert late.you.seat not in {one.you.seat for one in people.values()}
    assert late.you.seat <= len(NAMES)


@pytest.mark.parametrize("order", ["remove", "move"])
async def test_a_knock_in_that_very_moment_does_not_undo_it(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    """Whoever is being moved or removed is let in nowhere meanwhile, and nobody sits at two tables."""
    host = await open_class(rig)
    ana = await rig.join(host.room, "Ana", id="Ana")
    assert (await host.command("host.start")).ok
    inbox, knocks = rig.room(ana.room).inbox, list[tuple[Client, asyncio.Task[None]]]()
    put = inbox.put

    def knocking(item: Item) -> None:
        put(item)
        if isinstance(item, TakeAway) and not knocks:
            phone = Client(rig)
            knocks.append((phone, asyncio.ensure_future(phone.say(Join(host.room, "Ana", id=long_id("Ana"))))))

    monkeypatch.setattr(inbox, "put", knocking)
    to: dict[str, Any] = {"to": 2} if order == "move" else {}
    assert (await host.command(f"class.{order}", person=1, **to)).ok
    ((phone, knock),) = knocks
    await knock
    await rig.pass_ms(500)
    assert phone.error().code == "unavailable"
    assert rig.room(ana.room).glance()["people"] == 0


async def test_who_was_moved_to_a_locked_table_is_not_forgotten(rig: Rig) -> None:
    """Their phone knocks and comes in; person and line over the term stay."""
    host = await open_class(rig)
    for name in ("Ana", "Bo", "Cy"):
        await rig.join(host.room, name, id=name)
    assert (await host.command("host.start")).ok
    assert (await host.command("host.lock", joining=False, table=2)).ok
    assert (await host.command("class.move", person=1, to=2)).ok
    again = await rig.join(host.room, "Ana", id="Ana")
    assert again.room == rooms_of(host)[1]
    assert "1" in (await seen(host)).hand["person"]
    assert (await host.command("host.end")).ok
    assert "Ana" in (await ask(rig, f"{host.room}/compare/term", host.token)).body.decode()


async def test_who_was_moved_to_a_full_table_is_not_forgotten(rig: Rig) -> None:
    """However often their phone knocks, after a restart too: person, line over the term and table stay."""
    host = await rig.create("two", options=Options(), class_=ClassOptions(people=4, table=2))
    people = {name: await rig.join(host.room, name, id=name) for name in NAMES[:4]}
    assert (await host.command("host.start")).ok
    assert (await (await seen(people["Ana"])).command("ready", ready=True)).ok
    assert (await host.command("host.end")).ok
    assert (await host.command("class.tables", people=4)).ok
    for room in rooms_of(await seen(host))[2:]:
        await _keep_seats(rig, room, host.token, 1, 2)
    assert (await host.command("class.move", person=1, to=3)).ok
    for _ in range(3):
        assert (await rig.join(host.room, "Ana", id="Ana")).error().code == "room_full"
    assert (await seen(host)).hand["person"]["1"] == {"name": "Ana", "table": 3}
    await rig.stop()
    await rig.start()
    for _ in range(2):
        assert (await rig.join(host.room, "Ana", id="Ana")).error().code == "room_full"
    back = await _console(rig, host.room, host.token)
    assert back.hand["person"]["1"] == {"name": "Ana", "table": 3}
    assert "Ana" in (await ask(rig, f"{host.room}/compare/term", host.token)).body.decode()


async def test_who_was_moved_to_a_full_table_has_the_first_place_that_there_is(rig: Rig) -> None:
    """At that table, or at another one; they are the same person there."""
    host = await rig.create("two", options=Options(), class_=ClassOptions(people=4, table=2))
    for name in NAMES[:3]:
        await rig.join(host.room, name, id=name)
    await _keep_seats(rig, rooms_of(await seen(host))[1], host.token, 2)
    assert (await host.command("class.move", person=1, to=2)).ok
    assert (await rig.join(host.room, "Gus", id="gus")).room == rooms_of(host)[0]
    for _ in range(3):
        assert (await rig.join(host.room, "Ana", id="Ana")).error().code == "room_full"
    assert (await host.command("class.tables", people=6)).ok
    ana = await rig.join(host.room, "Ana", id="Ana")
    assert ana.room == rooms_of(await seen(host))[2]
    assert host.hand["person"]["1"]["table"] == 3


async def test_who_was_removed_and_came_by_a_personal_code_reads_that_it_opens_nothing(rig: Rig) -> None:
    """And not that there is a newer one, or that another name would do; after a restart, and once erased, too."""
    host = await open_class(rig)
    assert (await host.command("class.people", names=["Ana", "Bo"])).ok
    links = (await host.command("class.links")).data
    assert links is not None
    ana = await rig.join(host.room, "", pass_=links["links"]["1"])
    assert ana.you.kind == "seat"
    for person in (1, 2):
        assert (await host.command("class.remove", person=person)).ok
    for number in ("1", "2"):
        again = await rig.join(host.room, "", pass_=links["links"][number])
        assert again.error().code == "unauthorised"
        assert "opens nothing any more" in again.error().message
    await rig.stop()
    await rig.start()
    back = await _console(rig, host.room, host.token)
    assert (await back.command("class.erase_person", person=1)).ok
    told = [(await rig.join(host.room, "", pass_=links["links"][number])).error().message for number in ("1", "2")]
    assert ["erased your data" in message for message in told] == [True, False]
    other = await rig.join(host.room, "", pass_="K7QF234K7QF2")  # noqa: S106  (nobody's)
    assert "newer one" in other.error().message


async def test_who_was_removed_and_then_erased_reads_so(rig: Rig) -> None:
    """The phone is known by what is kept of it until then."""
    host = await open_class(rig)
    await rig.join(host.room, "Ana", id="Ana")
    assert rooms_of(host)
    assert (await host.command("class.remove", person=1)).ok
    assert (await host.command("class.erase_person", person=1)).ok
    again = await rig.join(host.room, "Ana", id="Ana")
    assert "erased your data" in again.error().message


async def test_the_name_of_somebody_who_was_removed_is_anybodys(rig: Rig) -> None:
    """A table with a bot's seat has it for the new one; the left seat stays as it is."""
    host, people = await _begun(rig, NAMES[:5])
    assert (await host.command("class.remove", person=1)).ok
    new = await rig.join(host.room, "Ana", id="new")
    assert new.you.seat not in {one.you.seat for one in people.values()}


async def test_who_asks_for_a_part_in_a_team_is_the_same_person_when_they_are_let_in(rig: Rig) -> None:
    """Their phone knocks again and again meanwhile, and is nobody new each time."""
    host = await rig.create("two", options=Options(seats=2, teams=True), class_=ClassOptions(people=3, table=3))
    table = await _console(rig, rooms_of(host)[0], host.token)
    await _keep_seats(rig, table.room, host.token, 3)
    for name in ("Ana", "Bo"):
        await rig.join(host.room, name, id=name)
    for _ in range(3):
        waiting = await rig.join(host.room, "Cy", id="Cy")
        assert (waiting.error().code, waiting.error().retry_after) == ("joining_closed", 5)
    assert [one["name"] for one in (await seen(host)).hand["person"].values()] == ["Ana", "Bo", "Cy"]
    table = await _console(rig, table.room, host.token)
    assert await answer(table, "Cy")
    assert (await rig.join(host.room, "Cy", id="Cy")).you.kind == "seat"


async def test_who_only_knocks_keeps_no_place_and_no_name_from_anybody(rig: Rig) -> None:
    """While a host is asked they have no place; after a no, or a minute without a knock, nobody knows them."""
    host, table = await _full(rig)
    strangers = [f"Stranger {n}" for n in range(4)]
    for name in strangers:
        assert (await rig.join(host.room, name, id=long_id(name))).error().message.startswith("That seat opens when")
    table = await _console(rig, table.room, host.token)
    assert await answer(table, strangers[0], accept=False)
    await rig.join(host.room, strangers[0], id=long_id(strangers[0]))
    assert strangers[0] not in await _names(host)
    await rig.pass_ms(61_000)
    cy = await rig.join(host.room, "Cy", id=long_id("cy"))
    assert cy.error().message.startswith("That seat opens when")
    assert await _names(host) == ["Ana", "Bo", "Di", "Cy"]
    assert await answer(table, "Cy", accept=True)
    assert (await rig.join(host.room, "Cy", id=long_id("cy"))).you.seat


async def _full(rig: Rig) -> tuple[Client, Client]:
    """Return the hosts of a class and of its one table, whose seats are kept for others than those who sit there."""
    host = await rig.create("two", options=Options(seats=2, teams=True), class_=ClassOptions(people=4, table=4))
    table = await _console(rig, rooms_of(host)[0], host.token)
    await _keep_seats(rig, table.room, host.token, 3)
    for name in ("Ana", "Bo", "Di"):
        assert (await rig.join(host.room, name, id=long_id(name))).you.seat
    return host, table


async def _asked_about(rig: Rig) -> Client:
    """Return the host of a class, after a minute without a knock of two who only asked to be let in."""
    host, _ = await _full(rig)
    for name in ("Eli", "Fay"):
        assert (await rig.join(host.room, name, id=long_id(name))).error().code == "joining_closed"
    await rig.pass_ms(61_000)
    return host


async def test_nobody_who_knocks_is_told_of_a_store_while_others_are_forgotten(rig: Rig) -> None:
    """Each who knocks has the store write it down, and meanwhile the others do."""
    host = await _asked_about(rig)

    async def slow(_: str) -> None:
        for _turn in range(3):
            await asyncio.sleep(0)

    rig.log.before_commit = slow
    phones = [Client(rig) for _turn in range(3)]
    for number, phone in enumerate(phones):
        phone.session.receive(encode(Join(host.room, f"New {number}", id=long_id(str(number)))))
    await rig.pass_ms(1_000)
    assert "unavailable" not in [phone.error().code for phone in phones]
    assert not {"Eli", "Fay"} & set(await _names(host))


async def test_nobody_is_forgotten_while_a_host_changes_their_place(rig: Rig) -> None:
    """The host's order would write down somebody whom the list has no more."""
    host = await _asked_about(rig)
    desk = desk_of(rig, host)
    with desk.keeping_out(desk.book):
        await rig.join(host.room, "Gus", id=long_id("gus"))
    assert await _names(host) == ["Ana", "Bo", "Di", "Eli", "Fay", "Gus"]
    await rig.join(host.room, "Gus", id=long_id("gus"))
    assert await _names(host) == ["Ana", "Bo", "Di", "Gus"]


async def _names(host: Client) -> list[str]:
    return [person["name"] for person in (await seen(host)).hand["person"].values()]
