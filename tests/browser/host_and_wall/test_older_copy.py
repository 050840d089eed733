"""A server that was put back to an older copy of its folder: host and people are told, and a host decides."""

from __future__ import annotations

import shutil
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.browser.rig.accessibility import violations
from tests.browser.rig.stage import CONSOLE, PHONE, hosting, opened, serving, take_seat
from tests.loopback import free_port


def ask_to_count(page: Page, step: int) -> None:
    """Count on, whether or not that goes out."""
    page.get_by_role("button", name="Count on").click()
    page.get_by_role("spinbutton", name="Step").fill(str(step))
    page.get_by_role("dialog").get_by_role("button", name="Count on").click()


def count(page: Page, step: int) -> None:
    """Count on, and wait until that is confirmed."""
    ask_to_count(page, step)
    expect(page.get_by_role("dialog")).to_have_count(0)


def is_told(phone: Page, total: int) -> None:
    """Expect that a phone says that it comes from another history, and shows the whole picture of this one."""
    told = phone.get_by_role("dialog", name="The server went back")
    expect(told).to_contain_text("What you chose last may be gone.")
    assert violations(phone) == []
    told.get_by_role("button", name="Go on").click()
    expect(phone.get_by_text(f"Total {total}")).to_be_visible()


def assert_happened(console: Page, told: str) -> None:
    """Assert that the console's list of what happened tells something; it is closed again."""
    console.get_by_role("button", name="What happened").click()
    expect(console.get_by_role("dialog")).to_contain_text(told)
    console.keyboard.press("Escape")


def test_an_older_copy_is_told_to_host_and_people_and_decided_by_the_host(browser: Browser, tmp_path: Path) -> None:
    """The console gets in and reads how much is missing; the phone waits, says why, and is told when it is let in.

    So is a phone that comes back once others have gone on; what it had not sent before goes out then, and counts once.
    """
    port, folder, older = free_port(), tmp_path / "server", tmp_path / "older"
    folder.mkdir()
    with serving(folder, port=port) as url:
        with hosting(url, ("player", "player"), scenario="counter", pace="host") as host:
            phone, late = (opened(browser, f"{url}#/j/{host.room}", PHONE) for _ in range(2))
            take_seat(phone, "Mina")
            take_seat(late, "Jun")
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
        assert_happened(console, "12 in all")
        expect(late.get_by_text("Total 12")).to_be_visible()
        late.context.set_offline(True)
        ask_to_count(late, 7)
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
        is_told(phone, 3)
        count(phone, 6)
        late.context.set_offline(False)  # under its last number there is the other phone's new command
        is_told(late, 16)
        expect(phone.get_by_text("Total 16")).to_be_visible()
        expect(console.get_by_role("button", name="2 commands lost")).to_be_visible()
    for page in (phone, late, console):
        page.context.close()
