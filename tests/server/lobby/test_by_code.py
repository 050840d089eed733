"""Two servers without a database behind a real HAProxy, which finds a room by the first symbol of its code."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import attrs
import pytest
import trustme

from makersphere_bots.stand_ins import StandIns
from makersphere_clients.backoff import Backoff
from makersphere_clients.connection import Connection
from makersphere_protocol.codec import encode
from makersphere_protocol.messages import ClassOptions, Command, Create, Join, Options, Result, Resume, Watch, Welcome
from makersphere_server.app import Running, running
from makersphere_server.codes import ALPHABET
from makersphere_server.edge.http import _MAP
from tests.beside import Person
from tests.haproxy import RECIPES, in_front, program
from tests.loopback import free_port, loopback
from tests.server.rig.posting import by_address
from tests.server.rig.sockets import PATIENCE_S, hear, say

_NAMES = ("one", "two")
_TEXT = (RECIPES / "by_code.cfg").read_text("utf-8")
_BEGIN = dict(zip(_NAMES, re.findall(r"--codes-begin-with (\w+)", _TEXT), strict=True))
_QUICKLY = Backoff(delays_s=(0.1, 0.2))


@attrs.frozen
class Front:
    """Two servers, each to be stopped and started by itself, and where the proxy before them is reached."""

    port: int
    ports: dict[str, int]
    folder: Path
    servers: dict[str, Running] = attrs.field(factory=dict)
    stops: dict[str, AsyncExitStack] = attrs.field(factory=dict)

    @property
    def url(self) -> str:
        """Return the address of the socket, as a page has it."""
        return f"ws://127.0.0.1:{self.port}/ws"

    def at(self, name: str) -> str:
        """Return the address of a server's own socket."""
        return f"ws://127.0.0.1:{self.ports[name]}/ws"

    async def start(self, name: str) -> None:
        """Start a server on its own folder."""
        self.stops[name] = stack = AsyncExitStack()
        settings = loopback(
            port=self.ports[name],
            data=self.folder / name,
            proxies=("127.0.0.1",),
            codes_begin_with=_BEGIN[name],
        )
        self.servers[name] = await stack.enter_async_context(running(settings, StandIns()))

    def ask(self, path: str, token: str = "") -> Any:  # noqa: ANN401  (JSON of any shape)
        """Read something as a page does."""
        shown = {"Authorization": f"Bearer {token}"} if token else {}
        asked = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=shown)
        with urllib.request.urlopen(asked, timeout=PATIENCE_S) as answer:  # noqa: S310
            return json.load(answer)


@pytest.fixture
async def front(tmp_path: Path) -> AsyncIterator[Front]:
    """Return two servers behind a proxy."""
    front = Front(free_port(), {name: free_port() for name in _NAMES}, tmp_path)
    for name in _NAMES:
        await front.start(name)
    places = {"10.0.0.1": front.ports["one"], "10.0.0.2": front.ports["two"]}
    async with in_front("by_code.cfg", tmp_path, front.port, places):
        yield front
    for stop in front.stops.values():
        await stop.aclose()


async def _opened(address: str, **more: Any) -> Welcome:  # noqa: ANN401  (fields of a create frame)
    """Open something at an address, and go again."""
    person = await Person.come(address, Create("counter", Options(seats=3), **more))
    welcome = await person.welcome()
    await person.go()
    return welcome


async def test_people_at_one_address_find_rooms_of_both_servers_by_sockets_and_by_posts(front: Front) -> None:
    """By the code in the path alone, also when they come back, and what a program reads of a room is found too."""
    for name in _NAMES:
        opened = await _opened(front.at(name))
        assert opened.room[0] in _BEGIN[name]
        async with Connection(front.url, Join(opened.room, "Ann"), backoff=_QUICKLY) as ann:
            assert ann.dialled == 1
        for polls in (False, True):
            async with by_address(f"{front.url}/{opened.room.lower()}", polls=polls) as link:
                await say(link, Resume(opened.room, host_token=opened.host_token or ""))
                await hear(link, Welcome)
                await say(link, Command(f"announce {polls}", "host.announce", {"text": "Good morning"}))
                assert (await hear(link, Result)).ok
        shown = await asyncio.to_thread(front.ask, f"/api/v1/rooms/{opened.room}", opened.host_token or "")
        assert (shown["room"], shown["people"]) == (opened.room, 1)


async def test_who_opens_a_room_by_any_server_comes_back_to_it(front: Front) -> None:
    """Whichever the proxy has chosen; once that one is gone, the next room is opened at the other one."""
    for _ in _NAMES:
        async with Connection(front.url, Create("counter", Options(seats=3)), backoff=_QUICKLY) as founder:
            room = founder.mirror.room
        async with Connection(front.url, Resume(room, host_token=founder.host_token), backoff=_QUICKLY) as host:
            assert (host.mirror.room, host.dialled) == (room, 1)
        name = next(name for name in front.servers if room[0] in _BEGIN[name])
        assert room in front.servers.pop(name).lobby
        await front.stops[name].aclose()


@pytest.mark.parametrize("name", _NAMES)
async def test_a_class_and_its_tables_are_at_one_server(name: str, front: Front) -> None:
    """Whoever comes by the code of the class is dealt to a table there, and comes back to that by its own code."""
    opened = await _opened(front.at(name), class_=ClassOptions(people=6, table=3, name="10b"))
    tables = set()
    for person in ("Ann", "Bo", "Cy", "Di"):
        came = await Person.come(f"{front.url}/{opened.room}", Join(opened.room, person))
        dealt = await came.welcome()
        await came.go()
        tables.add(dealt.room)
        async with Connection(front.url, Resume(dealt.room, dealt.seat_token or "")) as back:
            assert (back.mirror.room, back.dialled) == (dealt.room, 1)
    assert len(tables) == 2
    assert {code[0] for code in tables} <= set(_BEGIN[name])
    shown = await asyncio.to_thread(front.ask, f"/api/v1/classes/{opened.room}", opened.host_token or "")
    assert {table["room"] for table in shown["tables"].values()} == tables


async def test_a_server_that_dies_takes_its_own_rooms_alone_and_brings_them_back(front: Front) -> None:
    """Those of the other one go on; whoever plays in its own comes back by themselves once it is there again."""
    rooms = {name: (await _opened(front.at(name))).room for name in _NAMES}
    async with (
        asyncio.timeout(PATIENCE_S),
        Connection(front.url, Join(rooms["one"], "Ann"), backoff=_QUICKLY) as ann,
        Connection(front.url, Join(rooms["two"], "Bo"), backoff=_QUICKLY) as bo,
    ):
        await front.stops["one"].aclose()
        assert (await bo.command("rejoin_code")).ok
        with pytest.raises(urllib.error.HTTPError) as gone:
            await asyncio.to_thread(front.ask, f"/api/v1/rooms/{rooms['one']}", "token")
        with gone.value as answer:
            assert answer.code == 503
        await front.start("one")
        assert (await ann.command("rejoin_code")).ok
        assert bo.dialled == 1


@pytest.mark.parametrize("first", ["2", "X", "0", "Z"])
async def test_a_code_that_no_room_has_is_refused_as_always(first: str, front: Front) -> None:
    """Whether one of the servers has codes that begin so, or none."""
    code = f"{first}345678"
    asked = await Person.come(f"{front.url}/{code}", Watch(code))
    assert (await asked.error()).code == "no_such_room"
    async with by_address(f"{front.url}/{code}") as link:
        await link.send(encode(Watch(code)))
        assert json.loads(await link.recv())["code"] == "no_such_room"


@pytest.mark.parametrize("recipe", ["by_code.cfg", "two_servers.cfg"])
def test_every_path_with_a_code_is_led_by_its_first_symbol(recipe: str) -> None:
    """All that there are, each to one server, and no other ones; every symbol that codes have is shared out."""
    text = (RECIPES / recipe).read_text("utf-8")
    begin = re.findall(r"--codes-begin-with (\w+)", text)
    assert "".join(begin) == ALPHABET
    led = [re.compile(found, re.IGNORECASE) for found in re.findall(r"path_reg -i (\S+)", text)]
    rules = [rule.rule for rule in _MAP.iter_rules()]
    with_code = [rule for rule in rules if "<room>" in rule or "<code>" in rule]
    assert len(with_code) > 10
    for rule in [*with_code, "/carrier/<room>", "/carrier/<room>/up", "/carrier/<room>/poll"]:
        for symbol in ALPHABET:
            path = re.sub("<(room|code)>", f"{symbol}7QFWXY", rule)
            path = re.sub("<[^>]+>", "1", path)
            found = [bool(regex.match(path)) for regex in led]
            assert found == [symbol in symbols for symbols in begin], path
    for path in [*{*rules} - {*with_code}, "/carrier", "/carrier/up", "/carrier/poll"]:
        assert not any(regex.match(path) for regex in led), path


@pytest.mark.parametrize("recipe", ["haproxy.cfg", "two_servers.cfg", "by_code.cfg"])
def test_haproxy_takes_the_recipe_as_it_stands(recipe: str, tmp_path: Path) -> None:
    """All of it but for the certificate, and the user, whom not every machine has."""
    own = tmp_path / "both.pem"
    trustme.CA().issue_cert("play.school.example").private_key_and_cert_chain_pem.write_to_path(own)
    text = (RECIPES / recipe).read_text("utf-8")
    file = tmp_path / recipe
    file.write_text(
        text.replace("/etc/makersphere/both.pem", str(own)).replace("    user haproxy\n    group haproxy\n", "")
    )
    done = subprocess.run([program(), "-c", "-f", str(file)], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "[WARNING]" not in done.stderr


@pytest.mark.parametrize("recipe", ["two_servers.cfg", "by_code.cfg"])
async def test_a_server_is_told_that_people_came_by_https(recipe: str, tmp_path: Path) -> None:
    """Once, whatever they claim, beside where they came from: a page, and what has a code."""
    told: list[str] = []

    async def tell(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        told.append((await reader.readuntil(b"\r\n\r\n")).decode().lower())
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(tell, "127.0.0.1")
    there, port = server.sockets[0].getsockname()[1], free_port()
    claimed = {"X-Forwarded-Proto": "http", "X-Forwarded-For": "192.0.2.7"}
    async with server, in_front(recipe, tmp_path, port, {"10.0.0.1": there, "10.0.0.2": there}):
        for path in ("/lti/launch", "/api/v1/rooms/2345678"):
            asked = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=claimed)
            with await asyncio.to_thread(urllib.request.urlopen, asked, timeout=PATIENCE_S):
                head = next(one for one in reversed(told) if f"get {path} " in one)
            assert re.findall(r"x-forwarded-(\w+): (\S+)", head) == [("for", "127.0.0.1"), ("proto", "https")]
