"""Every phone: on its side, narrow, or with letters twice as large, the main button and the tabs stay in view."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.accessibility import violations
from tests.browser.rig.phone import roles_with_first, seated, settled, wait_for_phase
from tests.browser.rig.told_moments import MOMENTS
from tests.browser.rig.told_phone import ToldPhone

SHAPES = (((740, 360), "100%"), ((844, 390), "100%"), ((320, 640), "100%"), ((360, 740), "200%"), ((320, 568), "130%"))
# of the main button and of each tab, what lies outside the window or under something else; and what scrolls sideways
HIDDEN = """() => {
    const hidden = [...document.querySelectorAll('.button.main, .tabs button')].filter(each => {
        const box = each.getBoundingClientRect();
        const corners = [[box.left + 4, box.top + 4], [box.right - 4, box.bottom - 4]];
        return box.height < 44 || corners.some(([x, y]) => !each.contains(document.elementFromPoint(x, y))); });
    const root = document.documentElement;
    return [...hidden.map(each => each.textContent), ...(root.scrollWidth > innerWidth ? ['sideways'] : [])]; }"""

# the question and the main button are both whole on the screen, right of everything that can be chosen
BESIDE = """() => {
    const [question, main, first] = ['.now > h1', '.now .button.main', '.now .card'].map(each =>
        document.querySelector(each)?.getBoundingClientRect());
    return question.top >= 0 && question.bottom <= main.top && main.bottom <= innerHeight
        && (!first || first.right <= question.left); }"""


def _take_shape(page: Page, size: tuple[int, int], letters: str) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.evaluate("size => { document.documentElement.style.fontSize = size; scrollTo(0, 0); }", letters)


def test_the_main_button_is_in_view_on_every_phone(open_page: OpenPage, new_room: OpenRoom) -> None:
    """In five shapes, at the top and at the end of a page, phase by phase; axe finds nothing in any shape.

    On its side, the question stands beside what there is to choose from, and stays there.
    """
    host = new_room(roles_with_first("maker"), pace="host")
    page = seated(open_page, host)
    host.send("start")
    for phase in ("Policy", "Admission", "Exchange", "Matching"):
        if phase != "Policy":
            host.send("advance")
        wait_for_phase(page, phase)
        settled(page)
        for size, letters in SHAPES:
            _take_shape(page, size, letters)
            for end in ("0", "document.documentElement.scrollHeight"):
                page.evaluate(f"scrollTo(0, {end})")
                page.wait_for_function(f"() => ({HIDDEN})().length === 0")
                if size[0] > size[1]:
                    page.wait_for_function(BESIDE)
            if phase == "Matching":
                assert violations(page) == []
        _take_shape(page, (390, 844), "")
    expect(page.locator(".button.main")).to_be_visible()


# words of a heading that stand in two lines, and how many lines a heading has
BROKEN = """node => {
    const words = document.createTreeWalker(node, NodeFilter.SHOW_TEXT), broken = [];
    for (let text = words.nextNode(); text; text = words.nextNode())
        for (const { 0: word, index } of text.data.matchAll(/\\S+/g)) {
            const range = document.createRange();
            range.setStart(text, index);
            range.setEnd(text, index + word.length);
            if (new Set([...range.getClientRects()].map(each => each.top)).size > 1) broken.push(word); }
    return broken; }"""
LINES = "node => Math.round(node.scrollHeight / parseFloat(getComputedStyle(node).lineHeight))"


def test_a_card_with_a_picture_breaks_no_word_on_a_small_phone(open_page: OpenPage) -> None:
    """At 320 px and letters of twice the size the title stands below its picture."""
    came = MOMENTS["arrivals"]
    phone = ToldPhone(open_page, came.seat)
    _take_shape(phone.page, (320, 640), "200%")
    came.happens(phone)
    title = phone.page.locator(".moment-head:has(.moment-picture) h1")
    expect(title).to_contain_text("came in")
    assert title.evaluate(BROKEN) == []


def test_on_its_side_season_and_phase_stand_in_one_line(open_page: OpenPage, new_room: OpenRoom) -> None:
    """The longest name of a phase in either language has room beside clock and menu."""
    host = new_room(roles_with_first("maker"), pace="host")
    page = seated(open_page, host, size=(740, 360))
    host.send("start")
    wait_for_phase(page, "Policy")
    title = page.locator(".header .phase")
    for name in ("第 3/3 季 市场分配", "10/10 Incubation"):
        title.evaluate("(node, name) => { node.textContent = name; }", name)
        assert title.evaluate(LINES) == 1, name
