"""The facilitator's page: a room from nothing to the ranking, by its buttons."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.stage import CONSOLE, take_seat


def created(page: Page, pace: str) -> str:
    """Create a quickstart room of six on the page that is open and return its code."""
    page.get_by_role("button", name="Quick start").click()
    seats = page.get_by_role("spinbutton", name="How many seats?")
    seats.fill("6")
    seats.press("Tab")
    page.get_by_role("button", name=pace, exact=True).click()
    page.get_by_role("button", name="Open the room").click()
    page.get_by_role("heading", name="Who needs you?").wait_for()
    return page.locator(".strip .code").inner_text()


def seconds(page: Page) -> int:
    """Return what the console's clock shows."""
    minutes, rest = page.locator(".strip .digits").inner_text().split(":")
    return int(minutes) * 60 + int(rest)


def test_a_host_creates_starts_pauses_extends_advances_and_ends(open_page: OpenPage) -> None:
    """The pace is under the host's thumb from the first to the last click."""
    page = open_page("c/new", CONSOLE)
    code = created(page, "Timed")
    assert re.fullmatch(r"[2-9A-HJ-NP-TV-Z]{7}", code)
    expect(page.locator(".links svg path")).to_have_attribute("d", re.compile("^M"))
    phone = open_page(f"j/{code}")
    take_seat(phone, "Mina")
    expect(page.locator(".seats")).to_contain_text("Mina")
    page.get_by_role("button", name="Start the game").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("What changed in the world?")

    page.get_by_role("button", name="Pause").click()
    expect(phone.get_by_text("Paused. The clock stands still and nothing is lost.")).to_be_visible()
    before = seconds(page)
    page.get_by_role("button", name="+ 60 s").click()
    page.wait_for_function(
        "before => { const [m, s] = document.querySelector('.strip .digits').innerText.split(':');"
        " return 60 * m + 1 * s >= before + 59 }",
        arg=before,
    )
    page.get_by_role("button", name="Go on").click()
    expect(phone.get_by_text("Paused. The clock stands still and nothing is lost.")).to_have_count(0)

    page.get_by_role("button", name="Close phase").click()
    expect(page.get_by_role("dialog")).to_contain_text("Close Policy now?")
    expect(page.get_by_role("button", name="Not yet")).to_be_focused()
    page.get_by_role("dialog").get_by_role("button", name="Close phase").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Which idea will you make?")

    page.get_by_role("button", name="End game").click()
    page.get_by_role("dialog").get_by_role("button", name="End game").click()
    expect(page.get_by_role("heading", name="The end")).to_be_visible()
    expect(page.locator(".ranking-list").first).to_contain_text("Mina")
    expect(phone.locator(".ranking-list li.own")).to_contain_text("Mina")
    expect(page.locator(".talk")).to_have_text("What held the room back? What would you do otherwise?")
    page.get_by_role("button", name="New game").click()
    expect(page.get_by_role("button", name="Open the room")).to_be_visible()
    expect(page).to_have_url(re.compile(r"#/c/new$"))


def test_a_host_speaks_to_all_and_frees_a_seat(open_page: OpenPage) -> None:
    """A message reaches every phone; a freed seat says why it is gone, and a bot plays on."""
    page = open_page("c/new", CONSOLE)
    code = created(page, "No clocks")
    phone = open_page(f"j/{code}")
    take_seat(phone, "Mina")
    page.get_by_role("button", name="Start the game").click()
    phone.locator(".purse").wait_for()
    page.get_by_label("Message to everyone").fill("Two minutes, then we look at deals.")
    page.get_by_role("button", name="Send").click()
    expect(phone.locator(".happened")).to_contain_text("Two minutes, then we look at deals.")
    page.get_by_role("button", name="Free the seat of Mina?").click()
    page.get_by_role("dialog").get_by_role("button", name="Free the seat").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("freed your seat")
    expect(page.locator(".seats tr", has_text="01")).to_contain_text("bot")


def test_the_console_comes_back_by_its_token_alone(open_page: OpenPage) -> None:
    """A reload keeps the host's chair, and the token never stands in the address bar."""
    page = open_page("c/new", CONSOLE)
    code = created(page, "No clocks")
    page.reload()
    expect(page.get_by_role("heading", name="Who needs you?")).to_be_visible()
    token = page.evaluate(f"JSON.parse(localStorage.getItem('ms.host.{code}')).token")
    other = open_page(f"r/{code}/{token}", CONSOLE)
    expect(other.get_by_role("heading", name="Who needs you?")).to_be_visible()
    assert token not in other.url
    assert token not in page.url
