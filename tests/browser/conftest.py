"""A real browser before a real server: what every browser test may ask for.

A page that writes to the console's error channel, throws, or asks another host for anything fails its test.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import attrs
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PHONE = (390, 844)
CONSOLE = (1280, 800)
PROJECTOR = (1920, 1080)

FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def flags() -> list[str]:
    """Return how the browser is started; root may not use its sandbox."""
    return [*FLAGS, *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [])]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(data: Path) -> Iterator[str]:
    """Run a server on a free port and yield its address."""
    port = free_port()
    url = f"http://127.0.0.1:{port}/"
    command = [sys.executable, "-m", "makersphere_server", "--host", "127.0.0.1", "--port", str(port)]
    with (data / "server.log").open("wb") as log:
        server = subprocess.Popen([*command, "--data", str(data / "rooms")], stdout=log, stderr=log, cwd=ROOT)
        try:
            _wait_for(url, server)
            yield url
        finally:
            server.terminate()
            server.wait(10)


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert server.poll() is None, "the server ended before it listened"
        try:
            with urllib.request.urlopen(f"{url}readyz", timeout=1):  # noqa: S310  (our own server)
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail("the server was not ready in half a minute")


@attrs.define
class Troubles:
    """What a page has complained of."""

    host: str
    found: list[str] = attrs.field(factory=list)

    def watch(self, page: Page) -> None:
        """Note errors of a page and what it asks of other hosts."""
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.found.append(f"thrown: {error}"))
        page.on("request", self._see)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.found.append(f"console: {message.text}")

    def _see(self, request: Request) -> None:
        host = urlsplit(request.url).netloc
        if host and host != self.host:
            self.found.append(f"another host: {request.url}")


@pytest.fixture(scope="session")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a server that has the built web client."""
    if not (ROOT / "clients/web/dist/index.html").is_file():
        message = "the web client is not built: python3 run.py setup"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with serving(tmp_path_factory.mktemp("server")) as address:
        yield address


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    """Return the system's Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=flags())
        yield started
        started.close()


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, url: str) -> Iterator[OpenPage]:
    """Return a function that opens a page in a context of its own; complaints of its pages fail the test."""
    contexts: list[BrowserContext] = []
    troubles = Troubles(urlsplit(url).netloc)

    def open_one(fragment: str = "", size: tuple[int, int] = PHONE, language: str = "en-GB") -> Page:
        width, height = size
        context = browser.new_context(viewport={"width": width, "height": height}, locale=language)
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        troubles.watch(page)
        page.goto(f"{url}#/{fragment}")
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert troubles.found == []
