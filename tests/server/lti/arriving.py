"""Somebody who comes to a class by an account of a platform, or by a personal link."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import attrs

from makersphere_protocol.errors import Refused
from makersphere_protocol.messages import Resume
from makersphere_server.lti.entering import Seated, Visit, let_in
from makersphere_server.lti.kept import Activity, Kept
from makersphere_server.lti.launching import Launched
from makersphere_server.storage.event_log import StoreUnavailable
from tests.server.rig.classes import desk_of, open_class, rooms_of, seen
from tests.server.rig.fakes import Client, Rig

__all__ = [
    "ACTIVITY",
    "EVE",
    "ROSA",
    "VISIT",
    "both_seated",
    "bound",
    "by_link",
    "code_of_a_table_that_is_over",
    "code_of_the_second_table",
    "credited",
    "launch",
    "links",
    "listed",
    "refuse_the_class_after_its_table",
    "second_table",
]

ROSA = "Rosa D\u00edaz"
EVE = Launched("https://m", "c", "1", "eve", "link", "T", *(True, (ROSA, "", ROSA), "https://m/g"))
ACTIVITY = Activity("https://m", "c", "1", "link", "T", "https://m/g", "salt")
VISIT = Visit("en", "192.0.2.7")


async def launch(rig: Rig, host: Client, launched: Launched = EVE, visit: Visit = VISIT) -> Seated | str:
    """Return the seat of somebody whom a platform sends, or why there is none."""
    task = asyncio.create_task(let_in(host.room, ACTIVITY, launched, visit, rig.lobby, rig.log))
    while not task.done():
        await rig.pass_ms(100)
    try:
        return task.result()
    except Refused as refused:
        return refused.text


async def links(host: Client) -> dict[str, str]:
    """Return the personal codes of a class, by its people."""
    given = (await host.command("class.links")).data
    assert given is not None
    return {str(number): str(code) for number, code in given["links"].items()}


async def by_link(rig: Rig, host: Client, person: str = "1") -> Client:
    """Return the phone of somebody who comes by their personal link."""
    return await rig.join(host.room, "", id="a phone", pass_=(await links(host))[person])


async def credited(rig: Rig, host: Client) -> dict[tuple[int, int], str]:
    """Return whose account which place is of, by table and seat."""
    found: dict[tuple[int, int], str] = {}
    for table, room in enumerate(rooms_of(host), 1):
        found |= {(table, seat): one.person for (seat, _), one in (await Kept.of(rig.log, room)).people.items()}
    return found


def bound(rig: Rig, host: Client) -> list[int]:
    """Return the tables of the people whose places accounts have."""
    return [person.table for person in desk_of(rig, host)._kept.book if person.has_account]


async def listed(rig: Rig) -> Client:
    """Return the host of a class whose list has one name."""
    host = await open_class(rig)
    assert (await host.command("class.people", names=[ROSA])).ok
    return host


async def second_table(rig: Rig, host: Client) -> Client:
    """Return the console of the second table of a class."""
    table = Client(rig)
    await table.say(Resume(rooms_of(host)[1], host_token=host.token))
    return await seen(table)


async def code_of_the_second_table(host: Client) -> str:
    """Return the code of Tom, whom this lists as the second person and deals to the second table."""
    assert (await host.command("class.people", names=["Tom"])).ok
    assert (await host.command("class.move", person=2, to=2)).ok
    return (await links(host))["2"]


async def both_seated(rig: Rig) -> tuple[Client, Visit, Client]:
    """Return the host of a class, a visit of Eve, who sits at its first table, by Tom's code, and his phone."""
    host = await listed(rig)
    await launch(rig, host)
    by_code = attrs.evolve(VISIT, code=await code_of_the_second_table(host))
    phone = await rig.join(host.room, "Tom", id="his phone")
    await rig.pass_ms(1_000)
    return host, by_code, phone


def refuse_the_class_after_its_table(rig: Rig, host: Client, meanwhile: Callable[[], None] = lambda: None) -> None:
    """Have the store refuse a class once, as soon as its second table has stored something; do more in that moment."""
    written: list[str] = []

    async def refuse_once(room: str) -> None:
        written.append(room)
        if room == host.room and rooms_of(host)[1] in written:
            rig.log.before_commit = None
            meanwhile()
            raise StoreUnavailable("full")

    rig.log.before_commit = refuse_once


async def code_of_a_table_that_is_over(rig: Rig, host: Client) -> str:
    """Return the code of somebody listed whose table is over."""
    code = await code_of_the_second_table(host)
    for command in ("host.start", "host.end"):
        assert (await host.command(command, table=2)).ok
        await rig.pass_ms(1_000)
    return code
