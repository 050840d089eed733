"""The link: reload, a second screen, a cut, and links that have expired."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, OpenRoom, Troubles
from tests.browser.rig.phone import past_policy
from tests.browser.rig.stage import CONSOLE, take_seat

TRIO = ("maker", "investor", "operator")


def test_a_reload_keeps_the_seat_and_what_was_chosen(open_page: OpenPage, new_room: OpenRoom) -> None:
    """The same seat, the same phase, the same chosen card."""
    host = new_room()
    page = open_page(f"j/{host.room}")
    take_seat(page, "Mina")
    host.send("start")
    past_policy(page)
    other = page.locator("button.card:not(.chosen)").first
    name = other.locator(".name").inner_text().partition(" #")[0]
    other.click()
    expect(page.locator(".default")).to_contain_text(name)
    page.wait_for_function("() => !Object.keys(localStorage).some(key => key.startsWith('ms.sent'))")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Which idea will you make?")
    expect(page.locator("button.card.chosen")).to_contain_text(name)
    assert page.evaluate("document.querySelector('.header .token') !== null")


def test_a_second_screen_takes_over_and_the_first_does_not_fight(open_page: OpenPage, new_room: OpenRoom) -> None:
    """The newer screen plays; the older says so, and can take the seat back by its button."""
    host = new_room()
    first = open_page(f"j/{host.room}")
    take_seat(first, "Mina")
    token = first.evaluate(f"JSON.parse(localStorage.getItem('ms.seat.{host.room}')).token")
    second = open_page(f"r/{host.room}/{token}")
    expect(second.get_by_text("We start when the host does.")).to_be_visible()
    assert token not in second.url
    expect(first.get_by_role("heading", level=1)).to_have_text("You're playing on another screen now")
    first.get_by_role("button", name="Play here instead").click()
    expect(first.get_by_text("We start when the host does.")).to_be_visible()
    expect(second.get_by_role("heading", level=1)).to_have_text("You're playing on another screen now")


def test_a_cut_link_is_said_and_comes_back_by_itself(
    open_page: OpenPage, new_room: OpenRoom, troubles: Troubles
) -> None:
    """The phone says whose side is down and doubts its clock; back online, all is as it was."""
    troubles.is_expected = lambda trouble: "ERR_INTERNET_DISCONNECTED" in trouble
    host = new_room(scale=1000)
    page = open_page(f"j/{host.room}")
    take_seat(page, "Mina")
    host.send("start")
    expect(page.locator(".digits")).not_to_contain_text("?")
    page.context.set_offline(True)
    expect(page.get_by_text("Your phone is offline. Your seat is kept; we keep trying.").first).to_be_visible()
    expect(page.locator(".digits")).to_contain_text("?")
    host.send("advance")
    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Which idea will you make?")
    expect(page.locator(".banner")).to_have_count(0)
    expect(page.locator(".digits")).not_to_contain_text("?")


def test_a_console_without_a_link_says_what_is_known_and_offers_nothing(
    open_page: OpenPage, new_room: OpenRoom, troubles: Troubles
) -> None:
    """Whether the game goes on is not known there; pace and powers wait for the link."""
    troubles.is_expected = lambda trouble: "ERR_INTERNET_DISCONNECTED" in trouble
    host = new_room()
    take_seat(open_page(f"j/{host.room}"), "Mina")  # bots alone would be at the end at once
    page = open_page(f"c/{host.room}/{host.invite()}", CONSOLE)
    host.send("start")
    powers = [page.get_by_role("button", name=name) for name in ("Pause", "Shock card", "What if", "End game")]
    for power in powers:
        expect(power).to_be_enabled()
    page.context.set_offline(True)
    expect(page.locator(".banner.warn")).to_contain_text("if it is down, the game waits")
    for power in powers:
        expect(power).to_be_disabled()
    page.context.set_offline(False)
    for power in powers:
        expect(power).to_be_enabled()


def test_a_name_of_markup_and_emoji_breaks_nothing(open_page: OpenPage, new_room: OpenRoom) -> None:
    """It is shown as it was typed, on the phone and on the wall."""
    host = new_room()
    name = "<b>&\N{GRINNING FACE}"
    page = open_page(f"j/{host.room}")
    take_seat(page, name)
    expect(page.locator(".people")).to_contain_text(name)


def test_who_comes_late_takes_a_bot_s_seat_as_it_is(open_page: OpenPage, new_room: OpenRoom) -> None:
    """In the middle of a phase: first who one is, then the open question, and the hand that the bot has left."""
    host = new_room(TRIO)
    first = open_page(f"j/{host.room}")
    take_seat(first, "Mina")
    host.send("start")
    host.send("advance")
    expect(first.locator(".header .phase")).to_contain_text("Admission")
    late = open_page(f"j/{host.room}")
    late.get_by_label("Name").fill("Jun")
    late.get_by_role("button", name="Take a seat").click()
    expect(late.locator("main")).to_contain_text("go on from where it stands")
    late.get_by_role("button", name="Got it").click()
    expect(late.locator("h1")).to_have_text("Will you serve North Hall?")
    expect(late.locator(".purse")).to_contain_text("credits")
    first.get_by_role("button", name="Table").click()
    first.get_by_role("button", name="People").click()
    expect(first.locator("main")).to_contain_text("Jun")


def test_who_finds_no_seat_waits_for_the_next_admission(open_page: OpenPage, new_room: OpenRoom) -> None:
    """A full room that plays deals a latecomer in as a maker; until then the page says so."""
    host = new_room(TRIO)
    for name in ("Mina", "Jun", "Alma"):
        take_seat(open_page(f"j/{host.room}"), name)
    host.send("start")
    host.send("advance")
    host.send("advance")
    late = open_page(f"j/{host.room}")
    late.get_by_label("Name").fill("Noor")
    late.get_by_role("button", name="Take a seat").click()
    expect(late.get_by_text("You come in as a maker at the next admission.")).to_be_visible()
    while "Admission" not in late.locator(".header .phase").inner_text():
        before = late.locator(".header .phase").inner_text()
        host.send("advance")
        expect(late.locator(".header .phase")).not_to_have_text(before, use_inner_text=True)
    expect(late.locator("h1")).to_have_text("Which idea will you make?")
    expect(late.locator("main button.card")).to_have_count(3)


def test_a_seat_moves_to_another_phone_by_the_code_of_its_menu(open_page: OpenPage, new_room: OpenRoom) -> None:
    """The second phone has the seat and its tab's address without the code; the first says that it has gone on."""
    host = new_room()
    phone = open_page(f"j/{host.room}")
    take_seat(phone, "Mina")
    host.send("start")
    phone.locator(".purse").wait_for()
    phone.get_by_role("button", name="Menu").click()
    phone.get_by_role("button", name="Move to another phone").click()
    shown = phone.get_by_role("dialog").locator(".qr").get_attribute("aria-label") or ""
    address = re.search(r"#/(r/\w+/[^\s.]+)", shown)
    assert address is not None, shown
    other = open_page(address[1])
    expect(other.locator(".header .phase")).to_contain_text("Policy")
    assert "/p/" in other.url
    expect(other.locator("h1")).to_have_text("What changed in the world?")
    expect(phone.locator("h1")).to_contain_text("You're playing on another screen now")
