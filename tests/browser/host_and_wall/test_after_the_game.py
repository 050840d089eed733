"""The console after the end: what is talked about stands first, and what comes after the talk beside it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.stage import CONSOLE


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
