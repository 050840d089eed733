"""Two servers behind a real HAProxy with its recipe: by one origin people find their room, wherever it is."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import attrs
import pytest

from makersphere_clients.backoff import Backoff
from makersphere_clients.connection import Connection
from makersphere_protocol.messages import Create, Join, Options, Watch
from makersphere_server.storage.place import Database
from tests.beside import Beside, Person, beside, until
from tests.haproxy import in_front
from tests.listening import listening
from tests.loopback import free_port

_BEGIN = {"one": "23456789ABCDEF", "two": "GHJKMNPQRSTVWX"}
_QUICKLY = Backoff(delays_s=(0.1, 0.2))


class Way:
    """The way from the proxy to a server: one that stands still passes nothing on, and closes nothing."""

    def __init__(self, to: int) -> None:
        """Lead to a port."""
        self._to = to
        self.flows = asyncio.Event()
        self.flows.set()

    async def pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on what comes from either side."""
        up, down = await asyncio.open_connection("127.0.0.1", self._to)
        try:
            await asyncio.gather(self._copy(reader, down), self._copy(up, writer))
        finally:
            down.close()

    async def _copy(self, one: asyncio.StreamReader, other: asyncio.StreamWriter) -> None:
        while data := await one.read(65_536):
            await self.flows.wait()
            other.write(data)
        other.close()


@attrs.frozen
class Front:
    """Two servers, each to be stopped by itself, and where the proxy before them is reached.

    Attributes:
        way: from the proxy to the first server.
    """

    url: str
    servers: dict[str, Beside]
    stops: dict[str, AsyncExitStack]
    way: Way


@pytest.fixture
async def front(database: Database, tmp_path: Path) -> AsyncIterator[Front]:
    """Return two servers behind a proxy that has found them both alive."""
    port, ports = free_port(), {name: free_port() for name in ("one", "two")}
    stops = {name: AsyncExitStack() for name in ports}
    servers = {
        name: await stop.enter_async_context(
            beside(
                database,
                name,
                front=f"ws://127.0.0.1:{port}",
                port=ports[name],
                proxies=("127.0.0.1",),
                codes_begin_with=_BEGIN[name],
            )
        )
        for name, stop in stops.items()
    }
    way = Way(ports["one"])
    async with (
        listening(way.pass_on) as through,
        in_front("two_servers.cfg", tmp_path, port, {"10.0.0.1": through, "10.0.0.2": ports["two"]}),
    ):
        yield Front(f"127.0.0.1:{port}", servers, stops, way)
        way.flows.set()
    for stop in stops.values():
        await stop.aclose()


async def _room_at(address: str) -> tuple[str, str]:
    """Open a room at a server; return its code and its host's token."""
    person = await Person.come(address, Create("counter", Options(seats=3)))
    welcome = await person.welcome()
    await person.go()
    return welcome.room, welcome.host_token or ""


async def test_people_find_their_room_by_one_origin_and_go_on_when_its_server_stops(front: Front) -> None:
    """Whichever server the proxy has taken; who comes later finds the one that is left."""
    rooms = {name: (await _room_at(server.address))[0] for name, server in front.servers.items()}
    for name, server in front.servers.items():
        other = front.servers["two" if name == "one" else "one"]
        asked = await Person.come(f"ws://127.0.0.1:{other.server.port}/ws", Watch(rooms[name]))
        assert (await asked.error()).to == server.address == f"ws://{front.url}/{name}/ws"
    url = f"ws://{front.url}/ws"
    async with asyncio.timeout(60):
        people = {room: Connection(url, Join(room, "Ann"), backoff=_QUICKLY) for room in rooms.values()}
        for person in people.values():
            await person.open()
        await front.stops["one"].aclose()
        for room, person in people.items():
            result = await person.command("rejoin_code")
            assert result.ok
            assert room in front.servers["two"].server.lobby
            await person.close()
        async with Connection(url, Join(rooms["one"], "Bo"), backoff=_QUICKLY) as late:
            assert late.mirror.room == rooms["one"]


async def test_a_phone_goes_straight_to_the_server_that_has_opened_its_room(front: Front) -> None:
    """By its code: nobody is sent on, whichever server they would find without it; so does what a page reads."""
    for server in front.servers.values():
        room, token = await _room_at(server.address)
        async with Connection(f"ws://{front.url}/ws", Join(room, "Ann"), backoff=_QUICKLY) as person:
            assert person.dialled == 1
        request = urllib.request.Request(
            f"http://{front.url}/api/v1/rooms/{room}", headers={"Authorization": f"Bearer {token}"}
        )
        answer = await asyncio.to_thread(urllib.request.urlopen, request)
        assert json.load(answer)["room"] == room


async def test_what_a_page_asks_for_is_found_below_the_name_of_the_server_that_has_it(front: Front) -> None:
    """As a page does it: at the address of the socket, without what makes it one."""
    room, token = await _room_at(front.servers["two"].address)
    there = front.servers["two"].address.replace("ws:", "http:").removesuffix("ws")
    request = urllib.request.Request(  # noqa: S310  (our own)
        f"{there}api/v1/rooms/{room}", headers={"Authorization": f"Bearer {token}"}
    )
    answer = await asyncio.to_thread(urllib.request.urlopen, request)
    assert json.load(answer)["room"] == room


async def test_people_of_a_server_that_has_fallen_silent_are_let_go_and_find_their_room_at_the_other(
    front: Front,
) -> None:
    """Frozen, or without power, it closes no socket itself; nobody waits for the network to notice."""
    room, _ = await _room_at(front.servers["one"].address)
    there = await Person.come(front.servers["one"].address, Watch(room))
    await there.welcome()
    front.way.flows.clear()
    await front.servers["one"].fall_asleep()
    await until(lambda: there.closed)
    again = await Person.come(f"ws://{front.url}/ws", Watch(room))
    assert (await again.welcome()).room == room
    assert room in front.servers["two"].server.lobby
    await again.go()
