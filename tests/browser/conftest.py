"""A real browser before a real server: what every browser test may ask for.

A page that writes to the console's error channel, throws, or asks another host for anything fails its test.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import attrs
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, expect, sync_playwright

from tests.browser.rig.guest import Guest, guest_in_seat
from tests.browser.rig.stage import BUILT, HEARS, PATIENCE_MS, PHONE, SIX, Host, flags, hosting, past_moments, serving

expect.set_options(timeout=PATIENCE_MS)


@attrs.define(slots=False)  # Playwright hangs its own on bound methods
class Troubles:
    """What the pages of a test have complained of.

    Attributes:
        is_expected: whether a complaint is part of what the test does, such as cutting the link.
    """

    host: str
    found: list[str] = attrs.field(factory=list)
    is_expected: Callable[[str], bool] = lambda _: False

    def watch(self, page: Page) -> None:
        """Note errors of a page and what it asks of other hosts."""
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.found.append(f"thrown: {error}"))
        page.on("request", self._see)

    def unexpected(self) -> list[str]:
        """Return what nobody had announced."""
        return [trouble for trouble in self.found if not self.is_expected(trouble)]

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.found.append(f"console: {message.text}")

    def _see(self, request: Request) -> None:
        host = urlsplit(request.url).netloc
        if host and host != self.host:
            self.found.append(f"another host: {request.url}")


class OpenPage(Protocol):
    """Opens a page in a browser context of its own, as on a device of its own."""

    def __call__(
        self, fragment: str = "", size: tuple[int, int] = PHONE, language: str = "en-GB", *, tells: bool = False
    ) -> Page:
        """Return the page at a fragment of the client; unless it is to tell its moments, they are tapped away."""
        ...


class OpenRoom(Protocol):
    """Opens a room whose host speaks the protocol."""

    def __call__(
        self,
        roles: tuple[str, ...] = SIX,
        scale: int = 0,
        scenario: str = "quickstart",
        pace: str = "self",
        *,
        teams: bool = False,
        **more: Any,  # noqa: ANN401  (options of the contract)
    ) -> Host:
        """Return the host of a new room."""
        ...


class NewGuest(Protocol):
    """Lets somebody take a seat over the wire."""

    def __call__(self, host: Host, name: str = "Mina") -> Guest:
        """Return the guest, who has the first seat that is free."""
        ...


@pytest.fixture(scope="session")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a server that has the built web client."""
    if not BUILT.is_file():
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


@pytest.fixture
def troubles(url: str) -> Iterator[Troubles]:
    """Return the complaints of this test's pages; any that nobody announced fails it."""
    noted = Troubles(urlsplit(url).netloc)
    yield noted
    assert noted.unexpected() == []


@pytest.fixture
def open_page(browser: Browser, url: str, troubles: Troubles) -> Iterator[OpenPage]:
    """Return a function that opens pages."""
    contexts: list[BrowserContext] = []

    def open_one(
        fragment: str = "", size: tuple[int, int] = PHONE, language: str = "en-GB", *, tells: bool = False
    ) -> Page:
        width, height = size
        context = browser.new_context(viewport={"width": width, "height": height}, locale=language)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.add_init_script(HEARS)
        if not tells:
            page.add_locator_handler(page.locator(".moment"), lambda _: past_moments(page))
        troubles.watch(page)
        page.goto(f"{url}#/{fragment}")
        return page

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def new_room(url: str) -> Iterator[OpenRoom]:
    """Return a function that opens rooms; their hosts leave after the test."""
    with ExitStack() as hosts:

        def open_one(
            roles: tuple[str, ...] = SIX,
            scale: int = 0,
            scenario: str = "quickstart",
            pace: str = "self",
            *,
            teams: bool = False,
            **more: Any,  # noqa: ANN401  (options of the contract)
        ) -> Host:
            return hosts.enter_context(hosting(url, roles, scale, scenario, pace, teams=teams, **more))

        yield open_one


@pytest.fixture
def new_guest(url: str) -> Iterator[NewGuest]:
    """Return a function that lets people sit down over the wire; they leave after the test."""
    with ExitStack() as guests:

        def sit(host: Host, name: str = "Mina") -> Guest:
            return guests.enter_context(guest_in_seat(url, host.room, name))

        yield sit
