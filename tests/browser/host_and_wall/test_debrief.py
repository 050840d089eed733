"""The debrief on a phone: the own story first, charts after a tap, each with a table, the host followed or not."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.accessibility import violations
from tests.browser.rig.stage import take_seat

SECTIONS = ("Money", "Curves", "Network", "Survival")


def test_a_phone_tells_its_own_story_first_and_fetches_charts_when_one_is_shown(
    open_page: OpenPage, new_room: OpenRoom
) -> None:
    """No chart is fetched for game or story; every chart has a table; the phone follows its host if it is told to."""
    host = new_room()
    fetched: list[str] = []
    phone = open_page(f"j/{host.room}")
    phone.on("request", lambda request: fetched.append(request.url))
    take_seat(phone, "Mina")
    host.send("start")
    for phase in ("Admission", "Exchange", "Matching", "Incubation", "Market", "Appraisal", "Recap"):
        host.send("advance")
        expect(phone.locator(".header .phase")).to_contain_text(phase)
    host.send("end")
    phone.get_by_role("button", name="My debrief").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("What can we learn from it?")
    expect(phone.get_by_role("table", name="Season by season")).to_be_visible()
    assert violations(phone) == []
    assert not [url for url in fetched if "charts" in url]
    for section in SECTIONS:
        phone.get_by_role("button", name=section, exact=True).first.click()
        expect(phone.locator(".canvas svg")).to_be_visible()
        assert violations(phone) == [], section
        phone.get_by_role("button", name="As a table").click()
        expect(phone.locator(".chart table").get_by_role("columnheader").first).to_be_visible()
        phone.get_by_role("button", name="As a table").click()
    assert [url for url in fetched if "charts" in url]
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    host.send("show", scene="curves", step=1)
    phone.get_by_role("button", name="Follow host").click()
    expect(phone.get_by_role("heading", name="What did the world put in, and what did it get?")).to_be_visible()
    host.send("show", scene="survival")
    expect(phone.get_by_role("button", name="Survival")).to_have_attribute("aria-pressed", "true")
