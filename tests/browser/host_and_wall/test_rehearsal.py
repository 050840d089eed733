"""A rehearsal: a teacher alone, led by the hand, presses all that a class needs, and reads what was pressed."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.rig.accessibility import violations
from tests.browser.rig.stage import CONSOLE, PROJECTOR, take_seat

STEPS = 22


def asks(console: Page, what: str) -> None:
    """Wait until the strip asks for a step, by the first words of it."""
    expect(console.locator(".rehearsal-now b")).to_contain_text(what)


def press(console: Page, name: str | re.Pattern[str]) -> None:
    """Press a button of the console by its name."""
    console.get_by_role("button", name=name).first.click()


def begun(open_page: OpenPage) -> tuple[Page, str]:
    """Open a rehearsal from the start page; return its console and the code of its room."""
    console = open_page("", CONSOLE)
    press(console, "Rehearse (10 minutes, alone)")
    press(console, "Open the rehearsal")
    asks(console, "Open the wall.")
    return console, console.url.rsplit("/", 1)[1]


def test_a_rehearsal_is_walked_whole(open_page: OpenPage) -> None:
    """Each step is ticked by what the room does; the end says that nothing was left out."""
    console, code = begun(open_page)
    assert violations(console) == []
    wall = open_page(f"s/{code}", PROJECTOR)
    expect(wall.locator(".wall-head")).to_contain_text("Rehearsal")
    asks(console, "Press the code on top")
    console.keyboard.press("q")
    press(console, "Show it on the wall")
    expect(console.get_by_role("dialog")).to_have_count(0)
    expect(console.locator(".on-wall")).to_contain_text("Code and QR")
    asks(console, "Let one phone join.")
    phone = open_page(f"j/{code}")
    take_seat(phone, "Mina")
    asks(console, "Show the opening")
    press(console, "Show the opening (90 s)")
    asks(console, "Start the game")
    press(console, "Start the game")
    asks(console, "Waiting")
    press(console, re.compile("^Waiting"))
    asks(console, "+ 30 s")
    press(console, re.compile(r"^All \d"))
    press(console, "+ 30 s")
    asks(console, "Pause")
    press(console, "Pause")
    press(console, "Go on")
    asks(console, "“Message”")
    console.get_by_label("Message to all phones").fill("Hello")
    press(console, "Send")
    asks(console, "Bookmark")
    press(console, "Bookmark")
    middle_of_a_class(console, phone)
    the_end(console)
    after_the_talk(console, phone)
    expect(console.get_by_role("dialog")).to_contain_text(f"Pressed: {STEPS} of {STEPS}")
    expect(console.get_by_role("dialog")).not_to_contain_text("Not pressed")
    assert violations(console) == []


def middle_of_a_class(console: Page, phone: Page) -> None:
    """Close phases, go through a scene, give a lost phone its seat back, go back a phase."""
    asks(console, "yellow button")
    console.locator(".close-phase .button.main").click()
    asks(console, "Close phases until")
    expect(console.locator(".small-wall")).to_have_attribute("data-shows", "scene")
    console.keyboard.press("ArrowRight")
    asks(console, "on the phone press “Ask to return”")
    console.locator("[data-seat='1']").click()
    press(console, re.compile("^Free$"))
    console.get_by_role("dialog").get_by_role("button", name=re.compile("Free")).click()
    press(phone, "Ask to return")  # as the strip calls it
    phone.get_by_label("Name").fill("Mina")
    press(phone, "Take a seat")
    press(console, "Let in")
    asks(console, "Take back phase")
    press(console, "Take back phase")
    press(console, "Take it back")


def the_end(console: Page) -> None:
    """End the game, reveal who stands where, and begin to talk."""
    asks(console, "End game")
    press(console, "End game")
    console.get_by_role("dialog").get_by_role("button", name="End game").click()
    asks(console, "until the wall shows a ranking")
    console.keyboard.press("ArrowRight")
    asks(console, "every role")
    press(console, "Show who stands where")
    asks(console, "until the wall shows the debrief")
    console.keyboard.press("ArrowRight")


def after_the_talk(console: Page, phone: Page) -> None:
    """Show what a phone has answered, lead the replay, take the class's page home, and open the next room."""
    asks(console, "Answer a question on the phone")
    phone.get_by_role("textbox", name="In your own words").first.fill("We shared.")
    phone.get_by_role("button", name="Hand in").first.click()
    press(console, re.compile("^Answers"))
    press(console, "Show on the wall: We shared.")
    console.keyboard.press("Escape")
    asks(console, "Lead the replay")
    press(console, "Lead the replay")
    asks(console, "The class's page")
    with console.expect_download():
        press(console, "The class's page")
    asks(console, "Again, with the same people")
    press(console, "Again, with the same people")
    press(console, "Open the next room")
    expect(console.get_by_role("dialog")).to_be_visible()


def test_what_is_left_out_is_said_at_the_end_and_can_be_tried(open_page: OpenPage) -> None:
    """A reload keeps how far it is; whoever skips everything reads all of it, and takes one step up again."""
    console, _ = begun(open_page)
    press(console, "Skip")
    asks(console, "Press the code on top")
    console.reload()
    asks(console, "Press the code on top")
    for _ in range(STEPS - 1):
        press(console, "Skip")
    sheet = console.get_by_role("dialog")
    console.set_viewport_size({"width": 1366, "height": 768})
    for name in ("Open a room for my class", "Back to the console"):
        expect(sheet.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    assert violations(console) == []
    expect(sheet).to_contain_text(f"Pressed: 0 of {STEPS}")
    sheet.get_by_role("button", name="Try it now").first.click()
    sheet.get_by_role("button", name="Back to the console").click()
    asks(console, "Open the wall.")
