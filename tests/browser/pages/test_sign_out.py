"""A device that others use too: whoever signs out of it leaves nothing there."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.accessibility import violations
from tests.browser.rig.stage import CONSOLE, take_seat

KEPT = """() => [...Object.keys(localStorage), ...Object.keys(sessionStorage)]
    .filter(name => !['ms.prefs', 'ms.address'].includes(name))"""
SAVED = "() => JSON.stringify([{...localStorage}, {...sessionStorage}])"


def sign_out(page: Page) -> None:
    """Press the button, and then in earnest."""
    page.get_by_role("button", name="Sign out of this device").click()
    expect(page.get_by_text("For a device that others use too.")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Forget it all").click()
    expect(page.get_by_role("heading", name="Join a room")).to_be_visible()
    page.wait_for_function(f"() => ({KEPT})().length === 0")


def test_a_phone_forgets_its_seat_and_its_name(open_page: OpenPage, new_room: OpenRoom) -> None:
    """The next one finds no way back and nobody's name, by whichever address; the seat itself is kept."""
    host = new_room(("maker", "investor", "operator"))
    page = open_page(f"j/{host.room}")
    take_seat(page, "Mina")
    assert "Mina" in page.evaluate(SAVED)
    page.get_by_role("button", name="Menu").click()
    sign_out(page)
    assert "Mina" not in page.evaluate(SAVED)
    expect(page.get_by_label("Name")).to_have_value("")
    expect(page.get_by_role("button", name="Back to")).to_have_count(0)
    page.goto(page.url.split("#")[0] + f"#/p/{host.room}")
    expect(page.get_by_role("button", name="Take a seat")).to_be_visible()
    assert host.send("invite")["host_token"]  # the room goes on


def test_who_has_left_the_page_can_still_sign_out_of_it(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Where the way back is offered; where there is none, nothing is there to forget."""
    host = new_room(("maker", "investor", "operator"))
    page = open_page(f"j/{host.room}")
    expect(page.get_by_role("button", name="Take a seat")).to_be_visible()
    expect(page.get_by_role("button", name="Sign out of this device")).to_have_count(0)
    take_seat(page, "Mina")
    page.goto(page.url.split("#")[0] + "#/")
    sign_out(page)


def test_a_console_forgets_its_key_and_says_first_what_that_means(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Without it the page asks for a host's link."""
    host = new_room(("maker", "investor", "operator"))
    page = open_page(f"r/{host.room}/{host.token}", CONSOLE)
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("button", name="Sign out of this device").click()
    expect(page.get_by_text("bring in another host first")).to_be_visible()
    page.get_by_role("button", name="Forget it all").click()
    expect(page.get_by_role("heading", name="Join a room")).to_be_visible()
    page.wait_for_function(f"() => ({KEPT})().length === 0")
    page.goto(page.url.split("#")[0] + f"#/c/{host.room}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Start the game")).to_have_count(0)
