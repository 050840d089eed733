"""A new room: what a teacher may say before it is there, and what the room is like then."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.rig.accessibility import violations
from tests.browser.rig.stage import CONSOLE


def test_a_changed_rule_is_named_on_the_console(open_page: OpenPage) -> None:
    """Of two choices that contradict each other the later is taken; the console has it in words."""
    page = open_page("c/new/classroom", CONSOLE)
    page.get_by_text("Change the rules").click()
    double, none = (page.get_by_role("button", name=re.compile(f"^{name}")) for name in ("Double tax", "No tax"))
    double.click()
    expect(double).to_have_attribute("aria-pressed", "true")
    none.click()
    expect(none).to_have_attribute("aria-pressed", "true")
    expect(double).to_have_attribute("aria-pressed", "false")
    assert violations(page) == []
    page.get_by_role("button", name="Open the room").click()
    expect(page.locator(".console-page").get_by_text("No tax").first).to_be_visible()


def test_a_room_can_be_opened_that_asks_no_questions(open_page: OpenPage) -> None:
    """The answers' sheet says that nobody is asked, and lets the host ask after all."""
    page = open_page("c/new/quickstart", CONSOLE)
    page.get_by_text("More settings").click()
    page.get_by_role("button", name="Not asked").click()
    page.get_by_role("button", name="Open the room").click()
    page.get_by_role("button", name="Menu").click()
    page.get_by_role("dialog").get_by_role("button", name="Answers").click()
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_role("button", name="Questions are switched off")).to_be_visible()
    expect(sheet).not_to_contain_text("The first question comes")


def test_what_usually_happens_is_of_the_nearest_size(open_page: OpenPage) -> None:
    """Thirty-one people read the numbers of thirty seats, with when the first venture closes and what no bot used."""
    page = open_page("c/new/classroom", CONSOLE)
    people = page.get_by_role("spinbutton", name="How many people?")
    people.fill("31")
    people.press("Tab")
    page.locator("summary", has_text="What usually happens").click()
    fold = page.locator("details", has_text="What usually happens").last
    expect(fold).to_contain_text("games of bots with 30 seats; your class has 31")
    expect(fold).to_contain_text("season in which the first one closes")
    assert violations(page) == []
