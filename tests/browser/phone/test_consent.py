"""The page of welcome and consent: before the first choice, answered by one tap, changed under Mine."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.accessibility import violations
from tests.browser.rig.stage import PHONE


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en-GB", ("Name", "Take a seat", "No", "Mine", "Yes, it may")),
        ("zh-CN", ("名字", "入座", "不同意", "我的", "同意")),
    ],
)
def test_it_is_asked_once_and_a_no_keeps_nobody_from_playing(
    open_page: OpenPage, new_room: OpenRoom, language: str, words: tuple[str, ...]
) -> None:
    """The page stands where the lobby would, and after a no the game goes on; under Mine one says something else."""
    name, enter, no, mine, yes = words
    host = new_room(pace="host", consent=True)
    phone = open_page(f"j/{host.room}", PHONE, language)
    phone.get_by_label(name).fill("Mina")
    phone.get_by_role("button", name=enter).click()
    page = phone.locator("#consent-heading")
    expect(page).to_be_visible()
    assert violations(phone) == []
    phone.get_by_role("button", name=no, exact=True).click()
    expect(page).to_have_count(0)
    host.send("start")
    phone.get_by_role("button", name=mine, exact=True).click()
    change = phone.get_by_role("button", name=yes, exact=True)
    change.click()
    expect(change).to_have_attribute("aria-pressed", "true")
    phone.reload()
    expect(phone.locator(".header .phase")).to_be_visible()
    expect(page).to_have_count(0)
