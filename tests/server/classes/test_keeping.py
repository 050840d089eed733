"""Writes of a class that wait for one another: whoever is told that nothing is stored has nothing stored."""

import asyncio

from makersphere_protocol.errors import Refused
from makersphere_server.classes.book import ClassBook
from makersphere_server.storage.event_log import StoreUnavailable
from tests.server.rig.classes import desk_of, open_class
from tests.server.rig.fakes import Rig, settle


async def test_a_change_that_another_write_has_taken_along_is_stored_though_the_store_fails_later(rig: Rig) -> None:
    """Bo's write takes Di along; Di's takes Cy along, who came meanwhile, and the disk is full."""
    host = await open_class(rig)
    kept = desk_of(rig, host)._kept
    book = kept.book
    writes: list[str] = []
    go_on = asyncio.Event()
    stored: dict[str, asyncio.Task[None]] = {}

    def add(name: str) -> None:
        book.add(name, is_listed=True)
        stored[name] = asyncio.create_task(kept.store(book))

    async def write(room: str) -> None:
        writes.append(room)
        if len(writes) == 1:
            await go_on.wait()
        elif len(writes) == 2:
            add("Cy")
            await settle()
        else:
            raise StoreUnavailable("full")

    rig.log.before_commit = write
    add("Ana")
    await settle()
    add("Bo")
    add("Di")
    await settle()
    go_on.set()
    await stored["Bo"]
    told = await asyncio.gather(*stored.values(), return_exceptions=True)
    assert [name for name, each in zip(stored, told, strict=True) if isinstance(each, Refused)] == ["Cy"]
    on_disk = ClassBook.stored(host.room, await rig.log.privates(host.room))
    assert [person.name for person in kept.book] == [person.name for person in on_disk] == ["Ana", "Bo", "Di"]
