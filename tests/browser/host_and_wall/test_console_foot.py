"""What is said at the console's foot on a laptop: whole, and over nothing else that is said there."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.stage import CONSOLE, stand_still, take_seat

LAPTOP = (1366, 768)
THIRTY = (*["maker"] * 18, *["investor"] * 9, *["operator"] * 3)
# how much wider the words of the two fields are than their place; the arrow of a list takes a place too
CUT = """() => ['input', 'select'].map(each => {
    const field = document.querySelector(`.console-foot .message ${each}`), style = getComputedStyle(field);
    const pen = document.createElement('canvas').getContext('2d');
    pen.font = style.font;
    const words = field.placeholder ?? field.selectedOptions[0].text;
    const arrow = each === 'select' ? 16 : 0;
    const room = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - arrow;
    return pen.measureText(words).width - room; })"""
OVERLAP = """([one, other]) => { const [a, b] = [one, other].map(each => {
        const range = document.createRange();
        range.selectNodeContents(document.querySelector(each));
        return range.getBoundingClientRect(); });
    return a.top < b.bottom && b.top < a.bottom && a.left < b.right && b.left < a.right; }"""
PLACES = """() => ['.thumb', '.close-phase .button', '.more', '.choosing'].map(each => {
    const { x, y, width, height } = document.querySelector(each).getBoundingClientRect();
    return [x, y, width, height]; })"""
REFUSED = """words => { const said = document.createElement('p'); said.className = 'complaint'; said.append(words);
    document.querySelector('.close-phase').append(said); }"""


def console(
    open_page: OpenPage,
    new_room: OpenRoom,
    language: str = "en-GB",
    size: tuple[int, int] = LAPTOP,
    phases: int = 3,
) -> Page:
    """Return the console of a class of thirty; after three phases a shock card can be drawn, as most buttons are."""
    host = new_room(THIRTY, 1000, "classroom", "host")
    take_seat(open_page(f"j/{host.room}"), "Maximiliane-Charlotte von Hohenstein")  # the list is no wider for it
    host.send("start")
    for _ in range(phases):
        host.send("advance")
    page = open_page(f"c/{host.room}/{host.invite()}", size, language)
    expect(page.locator(".seat-row")).to_have_count(30)
    stand_still(page)
    return page


@pytest.mark.parametrize("language", ["en-GB", "zh-CN"])
@pytest.mark.parametrize(("size", "phases"), [(LAPTOP, 3), (CONSOLE, 0)], ids=["shock", "policy"])
def test_the_fields_of_a_message_say_whole_what_they_are(
    open_page: OpenPage, new_room: OpenRoom, language: str, size: tuple[int, int], phases: int
) -> None:
    """Whom it goes to, and what is to be written there."""
    page = console(open_page, new_room, language, size, phases)
    assert max(page.evaluate(CUT)) <= 0


def test_that_a_message_was_sent_lies_over_nothing_that_is_said(open_page: OpenPage, new_room: OpenRoom) -> None:
    """It has the place of the words that were sent, and goes when others are written."""
    page = console(open_page, new_room)
    field = page.get_by_role("textbox", name="Message to all phones")
    field.fill("Two minutes left")
    page.get_by_role("button", name="Send", exact=True).click()
    said = page.locator(".console-foot .message [role=status]")
    expect(said).to_have_text("Sent to all phones; the wall shows no messages.")
    for other in (".choosing", ".more"):
        assert not page.evaluate(OVERLAP, [".console-foot .message [role=status]", other])
    field.click()
    page.keyboard.type("One")
    expect(said).to_have_text("")


def test_what_was_refused_moves_nothing(open_page: OpenPage, new_room: OpenRoom) -> None:
    """It stands above the line of the yellow button, which stays under the thumb."""
    page = console(open_page, new_room)
    before = page.evaluate(PLACES)
    page.evaluate(REFUSED, "That was meant for a phase that is over. Now it's Market.")
    expect(page.locator(".close-phase .complaint")).to_be_in_viewport(ratio=1)
    assert page.evaluate(PLACES) == before
