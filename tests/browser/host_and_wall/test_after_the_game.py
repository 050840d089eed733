"""The console after the end: what is talked about stands first, and what comes after the talk beside it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.accessibility import violations
from tests.browser.rig.stage import CONSOLE, PHONE


def test_the_debrief_is_in_view_and_what_is_taken_home_beside_it(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Nobody scrolls for the talk; the page is as high as its window, and *Take it home* stands to the right."""
    host = new_room(pace="host")
    host.send("start")
    for _ in range(8):
        host.send("advance")
    host.send("end")
    page = open_page(f"c/{host.room}/{host.invite()}", CONSOLE)
    tab = page.get_by_role("button", name="Moments", exact=True)
    expect(tab).to_be_in_viewport()
    home = page.get_by_role("heading", name="Take it home")
    expect(home).to_be_visible()
    talk, after = tab.bounding_box(), home.bounding_box()
    assert talk is not None
    assert after is not None
    assert talk["x"] + talk["width"] < after["x"]
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


@pytest.mark.parametrize("size", [CONSOLE, PHONE])
def test_the_yellow_button_leads_to_the_end_of_the_debrief(
    open_page: OpenPage, new_room: OpenRoom, size: tuple[int, int]
) -> None:
    """Behind the ranking it goes on with what the wall shows next, by name, until there is nothing more."""
    host = new_room(pace="host")
    host.send("start")
    host.send("end")
    page = open_page(f"c/{host.room}/{host.invite()}", size)
    page.get_by_role("button", name="Show who stands where at once").click()
    button = page.locator(".thumb .button.main")
    expect(button).to_contain_text("Reveal next")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []
    shown = page.locator(".now-next b").first
    before = shown.inner_text()
    button.click()
    expect(shown).not_to_have_text(before)
