"""Two servers on one PostgreSQL behind HAProxy: phone and console go along when their room goes to the other one."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import attrs
from playwright.sync_api import Browser, Page, expect

from tests.browser.rig.stage import CONSOLE, PATIENCE_MS, PHONE, hosting, opened, serving, take_seat
from tests.haproxy import laid_out
from tests.loopback import free_port
from tests.postgres import Cluster, ask

_OWNER = "SELECT DISTINCT server FROM room_owners"


@attrs.frozen
class Pair:
    """Two servers with names below one address, of which the first one can be stopped.

    Attributes:
        url: where pages find them.
        database: what they share.
        stop_one: stops the first one in good order.
    """

    url: str
    database: str
    stop_one: ExitStack


@contextmanager
def two_servers(folder: Path, database: str) -> Iterator[Pair]:
    """Run both, and HAProxy by its recipe in front of them."""
    front, ports = free_port(), {"one": free_port(), "two": free_port()}
    places = {"10.0.0.1": ports["one"], "10.0.0.2": ports["two"]}
    with ExitStack() as stack, ExitStack() as first:
        for name in ("two", "one"):
            (folder / name).mkdir()
            address = f"ws://127.0.0.1:{front}/{name}/ws"
            flags = ("--database", database, "--server-name", name, "--server-address", address)
            (first if name == "one" else stack).enter_context(serving(folder / name, *flags, port=ports[name]))
        proxy = stack.enter_context(subprocess.Popen(laid_out("two_servers.cfg", folder, front, places)))
        stack.callback(proxy.terminate)
        _wait_for(front)
        yield Pair(f"http://127.0.0.1:{front}/", database, first)


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE_MS / 1000
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.1)
    raise AssertionError("the proxy did not come up")


def sockets_of(page: Page) -> set[str]:
    """Return the addresses of the sockets that a page makes from now on."""
    found: set[str] = set()
    page.on("websocket", lambda socket: found.add(socket.url))
    return found


def test_phone_and_console_go_along_with_their_room(browser: Browser, postgresql: Cluster, tmp_path: Path) -> None:
    """The server that had it is stopped for an upgrade: the seat is kept, and what was being typed; no banner stays."""
    with two_servers(tmp_path, postgresql.new_database()) as pair:
        with hosting(f"{pair.url}one/", ("player",), scenario="counter", pace="host") as host:
            phone = opened(browser, f"{pair.url}#/j/{host.room}", PHONE)
            take_seat(phone, "Mina")
            console = opened(browser, f"{pair.url}#/c/{host.room}/{host.invite()}", CONSOLE)
            host.send("start")
        phone.get_by_role("button", name="Count on").click()
        phone.get_by_role("spinbutton", name="Step").fill("7")
        assert ask(pair.database, _OWNER) == [("one",)]

        sockets = [sockets_of(page) for page in (phone, console)]
        pair.stop_one.close()
        assert ask(pair.database, _OWNER) == [("two",)]
        expect(console.get_by_role("button", name="Pause")).to_be_enabled()
        for page, known in zip((phone, console), sockets, strict=True):
            expect(page.locator(".banner")).to_have_count(0)
            assert f"{pair.url.replace('http', 'ws', 1)}two/ws/{host.room}" in known
        expect(phone.get_by_role("spinbutton", name="Step")).to_have_value("7")
        phone.get_by_role("dialog").get_by_role("button", name="Count on").click()
        expect(phone.get_by_text("Total 7")).to_be_visible()
        console.get_by_role("button", name="What happened").click()
        expect(console.get_by_role("dialog")).to_contain_text("7 in all")
        phone.reload()
        expect(phone.get_by_text("Total 7")).to_be_visible()
