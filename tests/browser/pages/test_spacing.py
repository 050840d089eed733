"""Wider spaces between letters, words, lines and paragraphs (WCAG 1.4.12) cut nothing, on phone, console and pages."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.phone import seated
from tests.browser.rig.stage import CONSOLE, PHASES

# as a person's own style sheet would do it: the policy of the pages lets no other in, and leaves this one alone
SPACED = """() => { const sheet = new CSSStyleSheet();
    sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
        word-spacing: 0.16em !important } p { margin-block-end: 2em !important }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]; }"""
# what stands beyond its box and is not shown; what is for ears alone, scrolls, or opens by a tap is not cut
CUT = """() => [...document.querySelectorAll('body *')].filter(each => {
    const own = [...each.childNodes].some(node => node.nodeType === 3 && node.textContent.trim());
    if (!own || !each.checkVisibility() || each.closest('svg, .unseen, select, .happened')) return false;
    const {overflowX, overflowY} = getComputedStyle(each), box = each.getBoundingClientRect();
    const hides = way => way === 'hidden' || way === 'clip';
    return box.width > 1 && (hides(overflowX) && each.scrollWidth > each.clientWidth + 1
        || hides(overflowY) && each.scrollHeight > each.clientHeight + 1); })
    .map(each => each.outerHTML.slice(0, 160))"""
SIDEWAYS = "() => document.documentElement.scrollWidth - innerWidth"


def is_whole(page: Page, where: str) -> None:
    """Hold that nothing is cut, and that the page scrolls one way alone."""
    assert page.evaluate(CUT) == [], where
    assert page.evaluate(SIDEWAYS) <= 0, where


def test_a_phone_is_whole_in_each_phase_and_on_each_tab(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Each question with its key, the other tabs, and the menu."""
    host = new_room(scale=1000)
    page = seated(open_page, host)
    page.evaluate(SPACED)
    host.send("start")
    for phase in PHASES:
        expect(page.locator(".header .phase")).to_contain_text(phase)
        expect(page.locator(".default")).to_be_visible()
        is_whole(page, phase)
        page.locator(".button.main").scroll_into_view_if_needed()
        expect(page.locator(".button.main")).to_be_in_viewport()
        host.send("advance")
    for tab in range(1, 4):
        page.locator(".tabs button").nth(tab).click()
        expect(page.locator(".tabs button").nth(tab)).to_have_attribute("aria-current", "page")
        is_whole(page, f"tab {tab}")
    page.get_by_role("button", name="Menu").click()
    is_whole(page, "menu")


def test_a_console_and_the_pages_around_are_whole(open_page: OpenPage, new_room: OpenRoom) -> None:
    """The way in, a new room, the rules and the check; the console in the lobby and in play."""
    host = new_room(scale=1000, pace="host")
    page = open_page("", CONSOLE)
    page.evaluate(SPACED)
    for fragment in ("", "c/new", "rules", "check", "networks", f"r/{host.room}/{host.invite()}"):
        page.goto(f"{page.url.split('#')[0]}#/{fragment}")
        expect(page.locator("h1").first).to_be_visible()
        is_whole(page, fragment)
    host.send("start")
    for phase in PHASES:
        expect(page.locator("h1.phase")).to_contain_text(phase)
        is_whole(page, phase)
        host.send("advance")
