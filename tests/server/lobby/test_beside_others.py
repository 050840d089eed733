"""What a server asks of the database that it shares, and what it knows of rooms that come and go meanwhile."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable

import pytest

from makersphere_protocol.errors import ProtocolError
from makersphere_protocol.messages import ClassOptions, Create, Options, Resume, Watch
from makersphere_server.lobby import entry_limits
from makersphere_server.lobby.lobby import Lobby
from makersphere_server.storage.place import Database
from makersphere_server.storage.shared.owners import Owner
from tests.beside import Person, beside, until
from tests.server.rig.fakes import MemoryConnection, long_id

_ROOM = Create("counter", Options(seats=3, seed=7), id=long_id("room"))
_CLASS = Create("counter", Options(seats=3), id=long_id("class"), class_=ClassOptions(people=6, table=3, name="10b"))


async def _come(lobby: Lobby, code: str) -> object:
    return await lobby.enter(Resume(code, host_token="made up"), MemoryConnection())  # noqa: S106


async def _read(lobby: Lobby, code: str) -> object:
    return await lobby.kept_room(code, "made up", MemoryConnection().address)


async def test_a_guess_costs_by_the_rooms_of_all_servers(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server answers for all of them, from its start on: one that has few is no way round the budget."""
    monkeypatch.setattr(entry_limits, "_ROOMS_AT_FULL_RATE", 1)
    async with beside(database, "one") as one:
        founder = await Person.come(one.address, _CLASS)
        await founder.welcome()
        async with beside(database, "two", failures_per_s=1, failure_burst=3) as two:
            heard = [(await (await Person.come(two.address, Watch("NOSUCH2"))).error()).code for _ in range(2)]
            assert heard == ["no_such_room", "unavailable"]
        await until(lambda: one.log.in_all == 3)
        await founder.go()


@pytest.mark.parametrize("asks", [_come, _read], ids=["on a socket", "by a request"])
async def test_guesses_ask_the_database_no_oftener_than_the_budget_allows(
    database: Database, monkeypatch: pytest.MonkeyPatch, asks: Callable[[Lobby, str], Awaitable[object]]
) -> None:
    """However many come at once; the rest are told nothing of their code, and somebody with a room here comes in."""
    async with beside(database, "one", failures_per_address=3) as one:
        host = await Person.come(one.address, _ROOM)
        opened = await host.welcome()
        owners, asked = one.log.owners, []

        async def counted(rooms: Iterable[str]) -> dict[str, Owner]:
            asked.append(rooms)
            return await owners(rooms)

        monkeypatch.setattr(one.log, "owners", counted)
        tried = await asyncio.gather(*(asks(one.server.lobby, "NOSUCH2") for _ in range(40)), return_exceptions=True)
        heard = Counter(refused.code for refused in tried if isinstance(refused, ProtocolError))
        assert heard == {"no_such_room": 3, "unavailable": 37}
        assert len(asked) == 3
        back = await Person.come(one.address, Resume(opened.room, host_token=opened.host_token or ""))
        await back.welcome()
        await back.go()
