"""Every power of a host, by keyboard alone; what is dangerous asks once, with the focus on [Not yet]."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.accessibility import violations
from tests.browser.rig.keyboard import press, reach
from tests.browser.rig.stage import CONSOLE, PROJECTOR, Host, take_seat


def asked_once(page: Page, title: str) -> None:
    """Check that a sheet asks with the focus on [Not yet], and that Escape does nothing but close it."""
    expect(page.get_by_role("dialog")).to_contain_text(title)
    expect(page.get_by_role("button", name="Not yet")).to_be_focused()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def says(page: Page, text: str) -> None:
    """Check that the sheet that is open says something, with no fault in the page."""
    expect(page.get_by_role("dialog")).to_contain_text(text)
    assert violations(page) == []


def console(open_page: OpenPage, host: Host) -> Page:
    """Open the console of a room, and wait until it lists the seats."""
    page = open_page(f"c/{host.room}/{host.token}", CONSOLE)
    expect(page.locator("[data-seat='1']")).to_be_visible()
    return page


def start(page: Page) -> None:
    """Start the game, and wait until its first phase is there."""
    press(page, "Start the game")
    expect(page.locator(".strip .phase")).to_contain_text("Policy")


def led(open_page: OpenPage, new_room: OpenRoom) -> tuple[Host, Page, Page]:
    """Open a room whose game has been started at its console; return the host, Mina's phone and the console."""
    host = new_room()
    phone = open_page(f"j/{host.room}")
    take_seat(phone, "Mina")
    page = console(open_page, host)
    start(page)
    return host, phone, page


def close_phase(page: Page, following: str) -> None:
    """Close the phase by its key, which always asks."""
    page.keyboard.press("Shift+A")
    page.get_by_role("dialog").wait_for()
    press(page, "Close phase")
    expect(page.locator(".strip .phase")).to_contain_text(following)


def struck_out(page: Page) -> None:
    """Check that the list of what happened has what was taken back, struck out, and that it was."""
    page.keyboard.press("l")
    expect(page.locator(".log li", has=page.locator("s")).first).to_contain_text("taken back")
    expect(page.locator(".log li").first.locator("s")).to_have_count(0)
    page.keyboard.press("Escape")


def found_again(page: Page, room: str) -> None:
    """Check that a room that was opened from this one is listed after its sheet was closed."""
    press(page, "What if")
    expect(page.get_by_role("dialog").get_by_role("link")).to_have_attribute("href", room)
    page.keyboard.press("Escape")


def test_the_pace_the_wall_and_the_keys(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Start, pause, more time, close, plan, reveal, curtain, code, keys: each by a key or by Tab and Enter."""
    host = new_room(scale=1000)
    phone = open_page(f"j/{host.room}")
    take_seat(phone, "Mina")
    wall = open_page(f"s/{host.room}", PROJECTOR)
    page = console(open_page, host)
    start(page)
    page.keyboard.press("Shift+P")
    expect(page.locator(".strip").get_by_text("Paused")).to_be_visible()
    page.keyboard.press("Shift+E")
    for key, shown in (("ArrowRight", "The world"), ("ArrowLeft", "The game"), ("PageDown", "The world")):
        page.keyboard.press(key)
        expect(page.locator(".on-wall")).to_contain_text(shown)
    page.keyboard.press("b")
    expect(wall.locator(".curtain")).to_be_visible()
    page.keyboard.press("b")
    expect(wall.locator(".curtain")).to_have_count(0)
    expect(page.locator(".on-wall")).to_contain_text("The world")
    press(page, "Back to the game")
    expect(page.locator(".on-wall")).to_contain_text("The game")

    page.keyboard.press("q")
    expect(page.get_by_role("dialog").locator(".qr path")).to_have_attribute("d", re.compile("^M"))
    assert violations(page) == []
    says(page, "Seats are added before the start.")
    press(page, "Show it on the wall")
    expect(page.locator(".on-wall")).not_to_contain_text("The game")
    page.keyboard.press("?")
    says(page, "curtain down, up")
    page.keyboard.press("Escape")
    reach(page, page.locator(".button:has(.plan-button)"))
    page.keyboard.press("Enter")
    says(page, "At this pace the game takes")
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+A")
    asked_once(page, "Close Policy now?")
    page.keyboard.press("Shift+P")
    expect(page.locator(".strip").get_by_text("Paused")).to_have_count(0)
    close_phase(page, "Admission")


def test_a_seat_before_the_start(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Another role, another name, and one seat more."""
    host = new_room()
    take_seat(open_page(f"j/{host.room}"), "Mina")
    page = console(open_page, host)
    row = page.locator(".seat-row", has=page.locator("[data-seat='1']"))
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-seat='1']")).to_be_focused()
    page.keyboard.press("Enter")
    for role in ("Investor", "Maker"):
        press(page, "Role")
        press(page, role)
        expect(page.get_by_role("list", name=re.compile(f"^{role}s")).locator("[data-seat='1']")).to_have_count(1)
    press(page, "Rename")
    reach(page, page.get_by_label("New name for Mina"))
    page.keyboard.press("Control+A")
    page.keyboard.type("Mina & Lou")
    page.keyboard.press("Enter")
    expect(row).to_contain_text("Mina & Lou")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.locator(".panel")).to_have_count(0)
    expect(page.locator("[data-seat='1']")).to_be_focused()
    press(page, "Add a seat")
    expect(page.get_by_role("list", name=re.compile("^Makers")).locator("[data-seat='7']")).to_have_count(1)
    expect(page.get_by_text("Seat 7 is there: Maker.")).to_be_visible()
    assert violations(page) == []


def test_a_seat_that_asks_is_heard_spoken_to_and_looked_at(open_page: OpenPage, new_room: OpenRoom) -> None:
    """H goes to whoever asks; an answer takes the wish away; what the seat sees is there, its secrets after [Show]."""
    host = new_room()
    phone = open_page(f"j/{host.room}")
    take_seat(phone, "Mina")
    page = console(open_page, host)
    row = page.locator(".seat-row", has=page.locator("[data-seat='1']"))
    start(page)
    phone.locator(".purse").wait_for()
    phone.get_by_role("button", name="Menu").click()
    phone.get_by_role("button", name="Help", exact=True).click()
    expect(row).to_contain_text("HELP")
    page.keyboard.press("h")
    expect(page.locator(".panel")).to_contain_text("asks for help")
    assert violations(page) == []
    press(page, "I'm coming")
    expect(row).not_to_contain_text("HELP")
    reach(page, page.locator(".panel").get_by_label("Message to Mina"))
    page.keyboard.type("Try the garage.")
    page.keyboard.press("Enter")
    phone.keyboard.press("Escape")
    expect(phone.locator(".happened")).to_contain_text("Try the garage.")

    press(page, "See what Mina sees")
    sheet = page.get_by_role("dialog")
    expect(sheet).to_contain_text("The log says that a host has looked.")
    expect(sheet.locator(".over-shoulder h1")).to_have_text("What changed in the world?")
    expect(sheet.locator(".secret p")).to_have_count(0)
    assert violations(page) == []
    sheet.get_by_role("button", name=re.compile("^Show: ")).first.click()  # the picture of the phone has one, inert
    expect(sheet.locator(".secret p")).to_be_visible()


def test_a_seat_is_moved_stood_in_for_and_set_free(open_page: OpenPage, new_room: OpenRoom) -> None:
    """While policy is open a venture changes its place; a bot comes and goes; whoever is sent away reads why."""
    host = new_room()
    phone = open_page(f"j/{host.room}")
    take_seat(phone, "Mina")
    take_seat(open_page(f"j/{host.room}"), "Jun")  # else bots alone would be at the end at once
    page = console(open_page, host)
    row = page.locator(".seat-row", has=page.locator("[data-seat='1']"))
    start(page)
    for phase in ("Admission", "Exchange", "Matching", "Incubation", "Market", "Appraisal", "Recap", "Policy"):
        close_phase(page, phase)
    page.keyboard.press("ArrowUp")  # the first seat has been passed on the way to the start
    reach(page, page.locator("[data-seat='1']"))
    page.keyboard.press("Enter")
    press(page, "Move")
    to = page.locator(".panel").get_by_role("button", name=re.compile("^To ")).first
    wanted = to.inner_text().removeprefix("To ")
    reach(page, to)
    page.keyboard.press("Enter")
    expect(page.locator(".panel")).to_contain_text(re.compile(f"Moved to {wanted}", re.IGNORECASE))
    press(page, "Let a bot play")
    expect(row.locator(".by")).to_have_text("stand-in")
    press(page, "Take the bot out")
    expect(row.locator(".by")).to_have_count(0)
    press(page, "Free")
    asked_once(page, "Free the seat of Mina?")
    press(page, "Free")
    reach(page, page.get_by_label("Reason, shown to the person"))
    page.keyboard.type("You had to leave early.")
    press(page, "Free the seat")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("You had to leave early.")
    expect(row.locator(".by")).to_have_text("nobody now")  # for a minute: what was theirs is not spent at once


def test_a_card_a_word_to_all_the_door_and_a_second_host(open_page: OpenPage, new_room: OpenRoom) -> None:
    """What the card would change is said before it is turned, and it is what everybody reads afterwards."""
    _, phone, page = led(open_page, new_room)
    press(page, "Shock card")
    reach(page, page.get_by_role("combobox", name="Card"))
    page.keyboard.press("ArrowDown")
    expect(page.locator("dialog .note b").first).to_contain_text("Out of the blue")
    assert violations(page) == []
    effect = page.locator("dialog .note b").first.inner_text()
    reach(page, page.get_by_role("dialog").get_by_role("button", name=re.compile("^Turn ")))
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("l")
    expect(page.locator(".log")).to_contain_text(effect)
    page.keyboard.press("Escape")

    reach(page, page.locator(".console-foot").get_by_label("Message to all phones"))
    page.keyboard.type("Two minutes, then we look at deals.")
    page.keyboard.press("Enter")
    expect(phone.locator(".happened")).to_contain_text("Two minutes, then we look at deals.")
    press(page, "Lock door")
    expect(page.locator(".strip .tag", has_text="Door locked")).to_be_visible()
    press(page, "Open door")
    expect(page.locator(".strip .tag", has_text="Door locked")).to_have_count(0)
    press(page, "Who hosts")
    page.get_by_label("Name (for hosts").fill("Ms Li")
    press(page, "Make a link")
    chair = page.get_by_label("Link to the chair").input_value()
    assert violations(page) == []
    second = open_page(chair.partition("#/")[2], CONSOLE)
    expect(second.locator(".strip .phase")).to_contain_text("Policy")
    expect(second.get_by_role("button", name="End game")).to_have_count(0)
    page.get_by_label("What Ms Li may do").select_option("lead")
    expect(second.get_by_role("button", name="End game")).to_be_visible()
    press(page, "Let Ms Li go")
    press(page, "Let go")
    expect(page.get_by_label("What Ms Li may do")).to_have_count(0)
    expect(second.locator(".strip .phase")).to_have_count(0)


def test_the_way_back_another_room_and_the_end(open_page: OpenPage, new_room: OpenRoom) -> None:
    """What people chose is counted before it is undone; the other room has the same people; the end asks once."""
    host, phone, page = led(open_page, new_room)
    close_phase(page, "Admission")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Which idea will you make?")
    phone.locator(".cards button.card").first.click()
    expect(phone.locator(".card.chosen")).to_be_visible()
    phone.locator(".button.main").click()
    expect(phone.get_by_role("heading", level=1)).not_to_have_text("Which idea will you make?")
    close_phase(page, "Exchange")
    press(page, "Take back phase")
    asked_once(page, "Take back to the start of Exchange?")
    press(page, "Take back phase")
    reach(page, page.get_by_role("combobox", name="Back to the start of"))
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("dialog")).to_contain_text("Take back to the start of Admission?")
    expect(page.get_by_role("dialog")).to_contain_text(re.compile("[12] choices? will be undone"))
    press(page, "Take it back")
    expect(page.locator(".strip .phase")).to_contain_text("Admission")
    struck_out(page)

    press(page, "What if")
    expect(page.get_by_role("dialog")).to_be_visible()
    expect(page.get_by_role("button", name="Open a room from there")).to_be_in_viewport(ratio=1)
    press(page, "Open a room from there")
    there = page.get_by_role("link", name="Open its console").get_attribute("href") or ""
    assert violations(page) == []
    page.keyboard.press("Escape")
    found_again(page, there)
    fork = open_page(there.partition("#/")[2], CONSOLE)
    expect(fork.locator(".strip").get_by_text("Paused")).to_be_visible()
    expect(fork.locator(".seat-list")).to_contain_text("Mina")
    assert fork.locator(".strip .code").inner_text() != host.room
    press(page, "End game")
    asked_once(page, "End the game now?")
    press(page, "End game")
    expect(page.get_by_role("dialog")).to_be_visible()
    press(page, "End game")
    expect(page.get_by_role("heading", name="The end", exact=True)).to_be_visible()


def test_what_if_goes_with_the_game_and_its_example_can_be_played(open_page: OpenPage, new_room: OpenRoom) -> None:
    """A phase that begins while the sheet lies open can be chosen, and the rules in the empty box are rules."""
    host = new_room()
    take_seat(open_page(f"j/{host.room}"), "Mina")
    page = open_page(f"c/{host.room}/{host.invite()}", CONSOLE)
    host.send("start")
    expect(page.locator(".strip .phase")).to_contain_text("Policy")
    press(page, "What if")
    newest = page.get_by_role("combobox", name="Back to the start of").locator("option").first
    expect(newest).to_contain_text("Policy")
    host.send("advance")
    expect(newest).to_contain_text("Admission")
    page.get_by_text("Other rules, as a scenario file says them").click()
    assert violations(page) == []
    rules = page.get_by_label("What changes, as in a scenario file")
    rules.fill(rules.get_attribute("placeholder") or "")
    press(page, "Open a room from there")
    expect(page.get_by_role("link", name="Open its console")).to_be_visible()
