"""What if, by choices that the scenario names: each says what it does, and the room that opens is played by them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.accessibility import violations_of_both_themes
from tests.browser.rig.stage import PHONE

LAPTOP = (1366, 768)


@pytest.mark.parametrize("size", [LAPTOP, PHONE])
def test_another_room_is_opened_by_choices_with_a_name(
    open_page: OpenPage, new_room: OpenRoom, size: tuple[int, int]
) -> None:
    """Of two that contradict each other the later counts; the other room's console says what was taken."""
    host = new_room(scenario="classroom", pace="host")
    host.send("start")
    page = open_page(f"c/{host.room}/{host.invite()}", size)
    expect(page.locator(".strip .phase")).to_contain_text("Policy")
    page.get_by_role("button", name="What if").click()
    sheet = page.get_by_role("dialog")
    double, none = (sheet.get_by_role("button", name=name) for name in ("Double tax", "No tax"))
    expect(double).to_contain_text("20% instead of 10%")
    double.click()
    expect(double).to_have_attribute("aria-pressed", "true")
    none.click()
    expect(none).to_have_attribute("aria-pressed", "true")
    expect(double).to_have_attribute("aria-pressed", "false")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations_of_both_themes(page) == []
    sheet.get_by_role("button", name="Open a room from there").click()
    there = sheet.get_by_role("link", name="Open its console").get_attribute("href") or ""
    fork = open_page(there.partition("#/")[2], size)
    expect(fork.locator(".strip").get_by_text("Paused")).to_be_visible()
    expect(fork.locator(".strip").get_by_text("No tax")).to_be_visible()
    assert fork.evaluate("document.documentElement.scrollWidth <= innerWidth")
