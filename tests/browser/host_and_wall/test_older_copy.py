"""A server that was put back to an older copy of its folder: host and people are told, and a host decides."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.rig.accessibility import violations
from tests.browser.rig.stage import CONSOLE, PATIENCE_MS, PHONE, hosting, serving, take_seat
from tests.loopback import free_port


def opened(browser: Browser, address: str, size: tuple[int, int]) -> Page:
    """Return a page on a device of its own."""
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, locale="en-GB")
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(address)
    return page


def count(page: Page, step: int) -> None:
    """Count on, and wait until that is confirmed."""
    page.get_by_role("button", name="Count on").click()
    page.get_by_role("spinbutton", name="Step").fill(str(step))
    page.get_by_role("dialog").get_by_role("button", name="Count on").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_an_older_copy_is_told_to_host_and_people_and_decided_by_the_host(browser: Browser, tmp_path: Path) -> None:
    """The console gets in and reads how much is missing; the phone waits, says why, and is told when it is let in."""
    port, folder, older = free_port(), tmp_path / "server", tmp_path / "older"
    folder.mkdir()
    with serving(folder, port=port) as url:
        with hosting(url, ("player",), scenario="counter", pace="host") as host:
            phone = opened(browser, f"{url}#/j/{host.room}", PHONE)
            take_seat(phone, "Mina")
            host.send("start")
            count(phone, 3)
        console = opened(browser, f"{url}#/c/{host.room}/{host.token}", CONSOLE)
        expect(console.get_by_role("button", name="Pause")).to_be_visible()
    shutil.copytree(folder, older)
    with serving(folder, port=port):
        expect(console.locator(".banner")).to_have_count(0)
        for step in (4, 5):
            count(phone, step)
        expect(phone.get_by_text("Total 12")).to_be_visible()
        expect(console.locator(".log-part")).to_contain_text("12 in all")
    shutil.rmtree(folder)
    shutil.copytree(older, folder)
    with serving(folder, port=port):
        expect(console.get_by_role("alert").first).to_contain_text("The room stands still until you decide.")
        expect(phone.locator(".banner.warn")).to_contain_text("You have seen more than the server has.")
        console.get_by_role("button", name="See what is missing").click()
        sheet = console.get_by_role("dialog")
        expect(sheet).to_contain_text("2 commands are missing")
        assert violations(console) == []
        sheet.get_by_role("button", name="Go on without them").click()
        told = phone.get_by_role("dialog")
        expect(told).to_contain_text("What you chose last may be gone.")
        assert violations(phone) == []
        told.get_by_role("button", name="Go on").click()
        expect(phone.get_by_text("Total 3")).to_be_visible()
        expect(console.get_by_role("button", name="2 commands lost")).to_be_visible()
    for page in (phone, console):
        page.context.close()
