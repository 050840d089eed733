"""A class at its fullest: how soon five hundred people sit who come by one code, and what twelve tables cost a console.

Everybody is there at once, as when the code has just been shown. The console is one more host of a class whose tables
are all played by bots that think as people do: what it is told is counted as it comes over the wire, and what it works
is the CPU time of the page's own thread, so that a busy machine makes no page look busy.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from makersphere_protocol.codec import encode
from makersphere_protocol.messages import SUBPROTOCOL, ClassOptions, Command, Create, Join
from tests.bench.harness import Figures, at_most, bench
from tests.bench.players import Player
from tests.bench.servers import Server, run_server
from tests.bench.web import Meter, started_browser
from tests.bench.web_wall import playing

if TYPE_CHECKING:
    from collections.abc import Iterator

_PEOPLE: Final = 500
_AT_A_TABLE: Final = 25
_TABLES: Final = 12
_SEATS: Final = 12
_PATIENCE_S: Final = 120
_SETTLE_S: Final = 10
_WATCHED_S: Final = 180


@bench("class-dealt", rounds=1, dealt_s=at_most(60))
def class_dealt() -> Figures:
    """Let five hundred people come to a class by one code at once, and see how soon the last has a seat at a table."""
    with TemporaryDirectory(dir=Path(__file__).parent, prefix=".store-") as folder:
        server = Server(run_server, folder)
        try:
            laid = ClassOptions(people=_PEOPLE, table=_AT_A_TABLE)
            host = Player(server.port)
            code = str(host.ask(encode(Create("classroom", class_=laid)))["room"])
            before, began = server.cpu_s(), time.perf_counter()
            people = [Player(server.port) for _ in range(_PEOPLE)]
            for number, person in enumerate(people):
                person.send(encode(Join(code, f"P{number}")))
            seated = Counter(str(person.answer()["room"]) for person in people)
            dealt_s = time.perf_counter() - began
            if sorted(seated.values()) != [_AT_A_TABLE] * (_PEOPLE // _AT_A_TABLE):
                raise AssertionError(f"tables are not full: {seated}")
            return {"dealt_s": dealt_s, "cpu_s": server.cpu_s() - before, "tables": len(seated)}
        finally:
            server.stop()


@bench("class-console", rounds=1, kib_per_s=at_most(150), page_percent=at_most(5.0))
def class_console() -> Figures:
    """What twelve tables that are played cost one console: bytes over the wire, a share of a core in the browser."""
    with started_browser() as (browser, url), _class(url) as (code, host):
        token = _told(host, "class.invite")["host_token"]
        page = browser.new_context(viewport={"width": 1280, "height": 800}, locale="en-GB").new_page()
        page.goto(f"{url}#/r/{code}/{token}")
        with playing(f"{url}#/j/{code}", _TABLES * _SEATS):
            page.locator(".class-tables > li").nth(_TABLES - 1).wait_for()
            _seated(host)
            _told(host, "host.start")
            _heard(host, _SETTLE_S)
            meter = Meter(page)
            before, began = meter.busy_s(), time.perf_counter()
            seconds, phases = _heard(host, _WATCHED_S)
            share = 100 * (meter.busy_s() - before) / (time.perf_counter() - began)
        if phases < _TABLES:
            raise AssertionError(f"only {phases} phases began in {_WATCHED_S} s: there was little to measure")
        kib = [size / 1024 for size in seconds.values()]
        return {
            "kib_per_s": round(sum(kib) / _WATCHED_S, 2),
            "kib_in_the_fullest_second": round(max(kib), 2),
            "page_percent": round(share, 2),
            "phases": phases,
        }


@contextmanager
def _class(url: str) -> Iterator[tuple[str, ClientConnection]]:
    """Open a class; yield its code and its founder's connection."""
    laid = ClassOptions(people=_TABLES * _SEATS, table=_SEATS)
    address = f"{url.replace('http', 'ws', 1)}ws"
    with connect(address, subprotocols=[Subprotocol(SUBPROTOCOL)], max_queue=None, ping_interval=None) as host:
        host.send(encode(Create("classroom", class_=laid)), text=True)
        yield json.loads(host.recv(_PATIENCE_S))["room"], host


def _told(host: ClientConnection, name: str) -> dict[str, Any]:
    """Have a command carried out; return what it gives."""
    host.send(encode(Command(name, name)), text=True)
    while True:
        frame = json.loads(host.recv(_PATIENCE_S))
        if frame["type"] == "result":
            if not frame["ok"]:
                raise AssertionError(frame)
            found: dict[str, Any] = frame.get("data", {})
            return found


def _seated(host: ClientConnection) -> None:
    """Wait until everybody sits."""
    here: dict[str, int] = {}
    until = time.monotonic() + _PATIENCE_S
    while sum(here.values()) < _TABLES * _SEATS:
        if time.monotonic() > until:
            raise AssertionError(f"only {sum(here.values())} came")
        tables = json.loads(host.recv(_PATIENCE_S)).get("table", {}).get("tables", {})
        here |= {number: table["here"] for number, table in tables.items() if "here" in table}


def _heard(host: ClientConnection, seconds: int) -> tuple[Counter[int], int]:
    """Listen for so long; return how many bytes came in each second, and how many phases have begun meanwhile."""
    came: Counter[int] = Counter()
    phases = 0
    began = time.monotonic()
    while (left := began + seconds - time.monotonic()) > 0:
        try:
            frame = host.recv(left, decode=False)
        except TimeoutError:
            break
        came[int(time.monotonic() - began)] += len(frame)
        tables = json.loads(frame).get("table", {}).get("tables", {})
        phases += sum("phase" in table for table in tables.values())
    return came, phases
