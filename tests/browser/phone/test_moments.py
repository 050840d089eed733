"""What became of my own choices, told by the phone before the next question: a test for each kind of moment.

One goes through a real game; the others tell a phone the facts that a server tells, and look at what it makes of them.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.accessibility import violations, violations_of_both_themes
from tests.browser.rig.phone import roles_with_first, seated, wait_for_phase
from tests.browser.rig.stage import AWAKE, PHONE
from tests.browser.rig.told_moments import MISSED, MOMENTS, PACKAGE, turned_away
from tests.browser.rig.told_phone import MINA, ToldPhone

KINDS = Path(__file__).parents[3] / "clients/web/src/seat/moments/kinds.ts"
# keeps each line that is spoken: a page forgets it, and says the next one, in its own time
LISTENS = """() => {
    window.spoken = [];
    const keep = () => window.spoken.push(document.querySelector('.live [role=status]').textContent);
    new MutationObserver(keep).observe(document.body, { subtree: true, childList: true, characterData: true }); }"""
GAP = """() => document.querySelector('.moment').getBoundingClientRect().top
    - document.querySelector('.banner').getBoundingClientRect().bottom"""
TAPE = """(box => (box.right - document.querySelector('.tape').getBoundingClientRect().left) / box.width)(
    document.querySelector('.tape i').getBoundingClientRect())"""
WHOLE = "name => name.scrollWidth <= name.clientWidth"
LYING = (844, 390)
SIDEWAYS = "() => document.documentElement.scrollWidth > innerWidth"


def lies(page: Page, kind: str) -> None:
    """Wait until a kind of moment lies on the phone."""
    expect(page.locator(f'.moment[data-kind="{kind}"]')).to_be_visible()


def go_on(page: Page) -> None:
    """Tap the button of a moment once taps count."""
    page.wait_for_function(AWAKE)
    page.locator(".moment .button.main").click()


def hears(page: Page, sentence: str) -> None:
    """Wait until a sentence is spoken, or has been since the page was listened to."""
    page.wait_for_function("sentence => window.spoken.some(line => line.includes(sentence))", arg=sentence)


def test_a_door_that_opens_is_told_on_the_whole_screen(open_page: OpenPage, new_room: OpenRoom) -> None:
    """In for the first time: score, bar and desks, said as one sentence; kept in Mine, and told once."""
    host = new_room(roles_with_first("maker"), 1000, pace="host")
    page = seated(open_page, host, tells=True)
    page.emulate_media(reduced_motion="reduce")
    host.send("start")
    host.send("advance")
    wait_for_phase(page, "Admission")  # and for the question: before it is there, no card can lie on it
    page.evaluate(LISTENS)
    host.send("advance")
    lies(page, "door")
    moment = page.locator(".moment.full")
    expect(moment.locator("h1")).to_have_text("You\N{RIGHT SINGLE QUOTATION MARK}re in!")
    expect(moment).to_contain_text("bar 36")
    names = moment.locator(".seat-desk-name")
    names.last.evaluate("name => { name.textContent = 'Maker 18' }")
    assert names.last.evaluate(WHOLE)
    hears(page, "North Hall: you\N{RIGHT SINGLE QUOTATION MARK}re in! You scored")
    assert violations_of_both_themes(page) == []
    go_on(page)
    expect(page.locator(".default")).to_be_visible()
    page.locator(".tabs button").nth(2).click()
    page.get_by_role("button", name="you\N{RIGHT SINGLE QUOTATION MARK}re in!").click()
    expect(page.locator("dialog h1")).to_have_text("You\N{RIGHT SINGLE QUOTATION MARK}re in!")
    page.reload()
    page.keyboard.press("Escape")
    page.locator(".tabs button").first.click()
    expect(page.locator(".default")).to_be_visible()
    expect(page.locator(".moment")).to_have_count(0)


@pytest.mark.parametrize("kind", MOMENTS)
def test_a_moment_says_what_happened_to_me(open_page: OpenPage, kind: str) -> None:
    """Shown before the question, said as one sentence, without a fault at 360 px; one tap on, and kept in Mine."""
    seat, happens, title, sentence, shown = MOMENTS[kind]
    phone = ToldPhone(open_page, seat, (360, 740))
    page = phone.page
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(LISTENS)
    happens(phone)
    lies(page, kind)
    expect(page.locator(".moment h1")).to_have_text(title)
    expect(page.locator(".moment h1")).to_be_focused()
    expect(page.locator(".moment")).to_contain_text(shown)
    hears(page, sentence)
    assert violations(page, within=".moment") == []
    assert not page.evaluate(SIDEWAYS)
    expect(page.locator(".moment .button.main")).to_be_in_viewport(ratio=1)
    go_on(page)
    expect(page.locator(".moment")).to_have_count(0)
    expect(page.locator(".now h1")).to_be_focused()
    page.locator(".tabs button").nth(2).click()
    expect(page.locator(".own-story li")).to_have_count(1)
    expect(page.locator(".own-story li")).to_contain_text(sentence)


def test_dice_are_thrown_by_touch_and_say_what_was_missing(open_page: OpenPage) -> None:
    """Nothing is told before the throw; then the sum, by how much it missed, and what would have helped."""
    phone = ToldPhone(open_page, MINA, (360, 740))
    page = phone.page
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(LISTENS)
    phone.open("incubation", 4, deal={"10": PACKAGE})
    phone.open("market", 5, venture={"5": MISSED}, deal={"10": {"delivered": 1}})
    lies(page, "roll")
    expect(page.locator(".moment h1")).to_have_text("6 or more on the dice")
    expect(page.locator(".moment")).not_to_contain_text("Missed")
    assert violations_of_both_themes(page) == []
    go_on(page)
    expect(page.locator(".moment h1")).to_have_text("Missed by one.")
    expect(page.locator(".moment")).to_contain_text("5 dice + 1 spirit + 2 help = 8, needed 9")
    expect(page.locator(".moment")).to_contain_text("Bo promised 4 hours and brought 1.")
    hears(page, "needed 9. Missed by one. The next roll adds 2.")
    assert violations_of_both_themes(page) == []
    go_on(page)
    expect(page.locator(".moment")).to_have_count(0)
    page.locator(".tabs button").nth(2).click()
    expect(page.locator(".own-story li").first).to_contain_text("Missed by one.")


def test_no_kind_of_moment_is_without_a_test() -> None:
    """The dice have a test of their own; each other kind that the page knows is told above."""
    kinds = re.findall(r'^  kind: "(\w+)"', KINDS.read_text(encoding="utf-8"), re.MULTILINE)
    assert {*MOMENTS, "roll"} == set(kinds)


def test_with_little_time_left_nothing_lies_in_the_way(open_page: OpenPage) -> None:
    """A card goes by itself when less than a third of the phase is left; the story has it."""
    phone = ToldPhone(open_page, MINA)
    turned_away(phone)
    lies(phone.page, "door")
    phone.tell(clock={"deadline": 1_000_000 + 29_000})
    expect(phone.page.locator(".moment")).to_have_count(0)
    phone.page.locator(".tabs button").nth(2).click()
    expect(phone.page.locator(".own-story li")).to_have_count(1)


def test_that_the_room_is_paused_is_read_above_a_card(open_page: OpenPage) -> None:
    """The notice stands whole over the card, upright and on its side."""
    phone = ToldPhone(open_page, MINA)
    turned_away(phone)
    lies(phone.page, "door")
    phone.tell(clock={"deadline": None, "paused": True, "remaining_ms": 60_000})
    for size in (PHONE, LYING):
        phone.page.set_viewport_size({"width": size[0], "height": size[1]})
        expect(phone.page.locator(".banner")).to_be_in_viewport(ratio=1)
        assert phone.page.evaluate(GAP) >= 0, f"the card covers the notice at {size}"


def test_a_reload_measures_the_time_that_is_left_against_the_whole_phase(open_page: OpenPage) -> None:
    """A third of the phase is left: the tape is a third of itself, before and after."""
    phone = ToldPhone(open_page, MINA)
    page = phone.page
    page.emulate_media(reduced_motion="reduce")
    phone.tell(clock={"deadline": 1_000_000 + 270_000})
    page.wait_for_function(f"() => {TAPE} > 0.9")
    phone.tell(clock={"deadline": 1_000_000 + 90_000})
    page.wait_for_function(f"() => {TAPE} < 0.4")
    page.reload()  # the server of this page says again that 90 s are left
    page.wait_for_function("() => document.querySelector('.tape i')?.style.transform")
    assert page.evaluate(TAPE) < 0.4, "it is measured against what is left"
