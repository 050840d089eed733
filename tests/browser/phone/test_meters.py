"""Meters of fate on the phone: from the first season on one reads what must be reached, by when, and where it is."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.phone import seated
from tests.browser.rig.stage import past_moments


def test_a_maker_reads_until_when_its_idea_must_be_born(open_page: OpenPage, new_room: OpenRoom) -> None:
    """In the first season, in Mine, in the market and in appraisal: a meter with its word and its sentence."""
    host = new_room(pace="host")
    page = seated(open_page, host)
    host.send("start")
    for phase in ("Admission", "Exchange"):
        host.send("advance")
        expect(page.locator(".header .phase")).to_contain_text(phase)
    past_moments(page)
    page.get_by_role("button", name="Mine", exact=True).click()
    fate = page.locator(".fate")
    expect(fate).to_contain_text("Still time")
    expect(fate).to_contain_text("To be born by the end of season 2: it has 0 of 60 credits.")
    expect(fate.locator(".fate-line")).to_have_text("needs 60")
    page.locator(".tabs button").first.click()
    for phase in ("Matching", "Incubation", "Market", "Appraisal"):
        host.send("advance")
        expect(page.locator(".header .phase")).to_contain_text(phase)
    past_moments(page)
    expect(page.locator(".fate").first).to_be_visible()
