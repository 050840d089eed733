"""What a room prints: sheets, cards, a paper set, a host's sheet, each on whole pages."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from makersphere_server.afterwards.take_home.drawings import spread
from makersphere_server.afterwards.take_home.page import document, figure, paragraph, section
from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.accessibility import violations
from tests.browser.rig.printed import sheets
from tests.browser.rig.stage import take_seat

DESK = (1280, 800)
MM = 96 / 25.4  # CSS pixels
RUN_OVER = (
    "all => all.filter(one => one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1).length"
)


@pytest.mark.parametrize(("what", "pages"), [("roles", 12), ("cards", 10), ("paper", 7), ("sheet", 2), ("network", 1)])
def test_each_sheet_fits_its_page(open_page: OpenPage, new_room: OpenRoom, what: str, pages: int) -> None:
    """As many pages as sheets, nothing runs over, nothing of the screen is on them."""
    host = new_room()
    page = open_page(f"print/{host.room}/{what}", DESK)
    expect(page.locator(".print-sheet")).to_have_count(pages)
    assert page.locator(".print-sheet").evaluate_all(RUN_OVER) == 0
    with_code = what in ("sheet", "network")
    expect(page.get_by_text("This link works on this machine alone.")).to_have_count(1 if with_code else 0)
    assert violations(page) == []
    assert sheets(page) == pages
    page.emulate_media(media="print")
    expect(page.locator(".print-bar")).to_be_hidden()
    assert (
        page.locator(".print-sheet").first.evaluate("one => getComputedStyle(one).backgroundColor")
        == "rgb(255, 255, 255)"
    )


def test_printing_takes_nobodys_chair(open_page: OpenPage, new_room: OpenRoom) -> None:
    """The console stays the console while its browser prints what belongs to the room."""
    host = new_room(pace="host")  # bots alone would be at the end at once
    console = open_page(f"r/{host.room}/{host.invite()}", DESK)
    expect(console.get_by_role("button", name="Start the game")).to_be_enabled()
    page = console.context.new_page()
    page.goto(f"{console.url.split('#')[0]}#/print/{host.room}/sheet")
    expect(page.locator(".print-sheet")).to_have_count(2)
    console.get_by_role("button", name="Start the game").click()
    expect(console.locator(".strip .phase")).to_contain_text("Policy")


def test_cards_are_63_by_88_mm_and_bilingual(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Each of the ninety, with both names, each in its language, and nothing cut off."""
    page = open_page(f"print/{new_room().room}/cards", DESK)
    cards = page.locator(".table-card")
    expect(cards).to_have_count(90)
    box = cards.first.bounding_box()
    assert box is not None
    assert (round(box["width"] / MM), round(box["height"] / MM)) == (63, 88)
    expect(cards.first.locator('[lang="en"] h2')).to_have_text("Printed Knee")
    expect(cards.first.locator('[lang="zh-CN"] h2')).to_have_text(re.compile(r"^[\u4e00-\u9fff]+$"))
    assert cards.evaluate_all(RUN_OVER) == 0
    expect(page.get_by_text(re.compile(r"\{|___"))).to_have_count(0)


def test_role_sheets_are_those_that_were_dealt(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Once the game runs each seat gets its own, by name, and no secret is on any."""
    host = new_room()
    phone = open_page(f"j/{host.room}")
    take_seat(phone, "Mina & <i>Jun</i>")
    host.send("start")
    expect(phone.locator(".header .phase")).to_contain_text("Policy")
    page = open_page(f"print/{host.room}/roles", DESK)
    expect(page.locator(".role-page")).to_have_count(6)
    expect(page.locator(".print-name").first).to_have_text("Mina & <i>Jun</i>")


def test_a_picture_of_scores_stays_with_its_sentences(open_page: OpenPage) -> None:
    """Its heading and both sentences go to the next sheet with it, where the first has no room for all of them."""
    page = open_page("", DESK)
    page.goto("about:blank")
    drawn = figure(spread("", [28, 97, 396], 97, [(396, "standard 396")]), note="Each dot is one seat.")
    told = section("Your score", paragraph("28 points."), paragraph("Better than 0 of 100."), drawn)
    page.set_content(document("en", "Your game", (), (section("Your seasons", paragraph("You.")), told)).decode())
    page.emulate_media(media="print")
    kept = page.locator("section:last-of-type > :is(h2, p)")
    assert kept.evaluate_all("all => all.map(one => getComputedStyle(one).breakAfter)") == ["avoid"] * 3
    assert page.locator("section:first-of-type > p").evaluate("one => getComputedStyle(one).breakAfter") == "auto"
