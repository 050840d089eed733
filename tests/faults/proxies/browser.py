"""A phone and the wall in Chromium, by https through a proxy: what a browser does with what a recipe sends it.

Chromium has a home of its own, whose store of certificates knows the authority of the tests and nothing else that is
new, and finds the name of the recipes on this machine. Answers with sentences about what is not as it should be: a
page complains, the phone gets no seat or no turn, its screen may go dark, the wall does not show who has come.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, Page, async_playwright

from house.system import CHROMIUM_FLAGS, find_chromium
from tests.faults.proxies.callers import Caller
from tests.faults.proxies.carried import by_fetching
from tests.faults.proxies.programs import NAME, Proxy
from tests.faults.rig.seat import ask

__all__ = ["complaints", "complaints_when_fetching"]

_PATIENCE_MS: Final = 20_000
_PHONE: Final = (390, 844)
_WALL: Final = (1920, 1080)
_PERSON: Final = "Mina"
# notes whether the page has a lock on the screen at the moment
_HOLDS: Final = """window.lit = 0;
const request = navigator.wakeLock?.request.bind(navigator.wakeLock);
if (request) navigator.wakeLock.request = async (...given) => {
    const lock = await request(...given);
    window.lit += 1;
    lock.addEventListener('release', () => { window.lit -= 1; });
    return lock; };"""


async def complaints(proxy: Proxy, folder: Path) -> list[str]:
    """Open a phone and the wall, play the phone's first phase, and return what is not as it should be."""
    host = Caller(proxy)
    async with _chromium(proxy, folder) as browser, host.socket() as connection:
        options = {"seats": 6, "timers": {"scale": 0}, "seed": 1}
        room = (await ask(connection, {"type": "create", "scenario": "quickstart", "options": options}))["room"]
        told: list[str] = []
        wall, phone = [await _opened(browser, size, told) for size in (_WALL, _PHONE)]
        await wall.goto(f"{proxy.url}#/s/{room}")
        await phone.goto(f"{proxy.url}#/j/{room}")
        await phone.get_by_label("Name").fill(_PERSON)
        await phone.get_by_role("button", name="Take a seat").click()
        await phone.get_by_role("button", name="Got it").click()
        await phone.get_by_role("button", name="Screen going dark?").click()
        await phone.get_by_text("This page keeps the screen lit").wait_for()
        await phone.keyboard.press("Escape")
        await phone.wait_for_function("() => window.lit === 1")
        await wall.get_by_text(_PERSON).first.wait_for()
        started = await ask(connection, {"type": "command", "id": "start", "name": "host.start", "args": {}})
        if not started["ok"]:
            told.append(f"the room did not start: {started}")
        await phone.locator(".button.main").first.click()  # what came of the start, or the first question
        await phone.locator("h1").first.wait_for()
        await phone.screenshot(path=folder / "phone.png")
        await wall.screenshot(path=folder / "wall.png")
        if not await phone.evaluate("() => isSecureContext && window.lit === 1"):
            told.append("the phone's screen may go dark in play")
        return told


async def complaints_when_fetching(proxy: Proxy, folder: Path) -> list[str]:
    """Open a phone where no socket and no stream gets through, and return what is not as it should be.

    A socket that fails is told in the console by the browser itself; nothing else may be.
    """
    caller = Caller(proxy)
    async with _chromium(proxy, folder) as browser, by_fetching(caller)(caller.url) as connection:
        options = {"seats": 6, "timers": {"scale": 0}, "seed": 1}
        room = (await ask(connection, {"type": "create", "scenario": "quickstart", "options": options}))["room"]
        told: list[str] = []
        phone = await _opened(browser, _PHONE, told)
        await phone.goto(f"{proxy.url}#/j/{room}")
        await phone.get_by_label("Name").fill(_PERSON)
        await phone.get_by_role("button", name="Take a seat").click()
        await phone.locator("p.slower", has_text="Live connection blocked; playing by the slower way.").wait_for()
        await phone.screenshot(path=folder / "fetching.png")
        started = await ask(connection, {"type": "command", "id": "start", "name": "host.start", "args": {}})
        if not started["ok"]:
            told.append(f"the room did not start: {started}")
        await phone.locator(".button.main").first.click()
        await phone.locator("h1").first.wait_for()
        return [each for each in told if "WebSocket" not in each]


async def _opened(browser: Browser, size: tuple[int, int], told: list[str]) -> Page:
    width, height = size
    context = await browser.new_context(viewport={"width": width, "height": height}, locale="en-GB")
    context.set_default_timeout(_PATIENCE_MS)
    page = await context.new_page()
    await page.add_init_script(_HOLDS)
    page.on("console", lambda message: told.append(f"console: {message.text}") if message.type == "error" else None)
    page.on("pageerror", lambda error: told.append(f"thrown: {error}"))
    return page


@asynccontextmanager
async def _chromium(proxy: Proxy, folder: Path) -> AsyncIterator[Browser]:
    """Give a browser that trusts the authority of the proxy's certificate."""
    store = folder / ".pki/nssdb"
    store.mkdir(parents=True)
    await _certutil(store, "-N", "--empty-password")
    await _certutil(store, "-A", "-n", "tests", "-t", "C,,", "-i", str(proxy.trust))
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=find_chromium(),
            args=[*CHROMIUM_FLAGS, f"--host-resolver-rules=MAP {NAME} 127.0.0.1"],
            env={**os.environ, "HOME": str(folder)},
        )
        yield browser
        await browser.close()


async def _certutil(store: Path, *arguments: str) -> None:
    process = await asyncio.create_subprocess_exec("certutil", "-d", f"sql:{store}", *arguments)
    if await process.wait():
        raise RuntimeError(f"certutil {arguments[0]} failed; it is of Debian's libnss3-tools")
