"""What holds on every page: axe has nothing to say, and the first load is small."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.stage import CONSOLE, PROJECTOR, take_seat

PHASES = ("Admission", "Exchange", "Matching", "Incubation", "Market", "Appraisal", "Recap")


def violations(page: Page) -> list[str]:
    """Return what axe finds on a page at rest, each with the first element that it means."""
    page.wait_for_function("() => document.getAnimations().every(each => each.playState !== 'running')")
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]} {one['nodes'][0]['failureSummary']}" for one in found]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_on_a_phone(open_page: OpenPage, new_room: OpenRoom, theme: str) -> None:
    """Names, roles, contrast and order are right from joining to the end, in both themes, on all four tabs."""
    host = new_room()
    page = open_page(f"j/{host.room}")
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
    assert violations(page) == []
    take_seat(page, "Mina")
    assert violations(page) == []
    host.send("start")
    expect(page.locator(".header .phase")).to_contain_text("Policy")
    assert violations(page) == []
    for phase in PHASES:
        host.send("advance")
        expect(page.locator(".header .phase")).to_contain_text(phase)
        assert violations(page) == [], phase
    for tab in ("Table", "Mine", "Rules"):
        page.get_by_role("button", name=tab).click()
        assert violations(page) == [], tab
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == []
    host.send("end")


def test_axe_finds_nothing_on_console_and_wall(open_page: OpenPage, new_room: OpenRoom) -> None:
    """The same for the two large pages."""
    page = open_page("c/new", CONSOLE)
    expect(page.get_by_role("heading", name="What shall we play?")).to_be_visible()
    assert violations(page) == []
    host = new_room()
    console = open_page(f"r/{host.room}/{host.token}", CONSOLE)
    wall = open_page(f"s/{host.room}", PROJECTOR)
    expect(console.get_by_role("heading", level=1, name="Lobby")).to_be_visible()
    expect(wall.locator(".wall-code")).to_be_visible()
    assert violations(console) + violations(wall) == []
