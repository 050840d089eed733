"""The stuck and the quiet, as phone and console show them: a number of the lost, a question, and who is still there."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.accessibility import violations
from tests.browser.rig.stage import CONSOLE, PROJECTOR, Host, take_seat

_SAID = "What is a badge for?"
_ANSWER = "It lets you into a space."


def _started(open_page: OpenPage, new_room: OpenRoom) -> tuple[Host, Page, Page]:
    """Return a host, Mina's phone and the console of a game that has begun."""
    host = new_room(pace="host")
    phone = open_page(f"j/{host.room}")
    take_seat(phone, "Mina")
    host.send("start")
    console = open_page(f"r/{host.room}/{host.invite()}", CONSOLE)
    expect(phone.locator(".header .phase")).to_contain_text("Policy")
    return host, phone, console


def test_one_tap_says_that_somebody_is_lost_and_never_who(open_page: OpenPage, new_room: OpenRoom) -> None:
    """The console has a number; it is gone when it is taken back, and with the phase."""
    host, phone, console = _started(open_page, new_room)
    phone.get_by_role("button", name="I'm lost").click()
    needs = console.locator(".needs")
    expect(needs).to_contain_text("1 is lost")
    expect(needs).not_to_contain_text("Mina")
    phone.get_by_role("button", name="Take it back").click()
    expect(needs).not_to_contain_text("lost")
    phone.get_by_role("button", name="I'm lost").click()
    expect(needs).to_contain_text("1 is lost")
    host.send("advance")
    expect(needs).not_to_contain_text("lost")


def test_a_question_is_answered_on_that_phone_alone(open_page: OpenPage, new_room: OpenRoom) -> None:
    """The words reach the console, and the answer the one phone; the wall and another phone have neither."""
    host, phone, console = _started(open_page, new_room)
    wall = open_page(f"s/{host.room}", PROJECTOR)
    other = open_page(f"j/{host.room}")
    other.get_by_label("Name").fill("Ben")
    other.get_by_role("button", name="Take a seat").click()
    expect(other.locator(".header .phase")).to_contain_text("Policy")
    phone.get_by_role("button", name="Menu").click()
    phone.get_by_label("Or in your own words").fill(_SAID)
    phone.get_by_role("button", name="Send to the host").click()
    expect(phone.get_by_role("dialog")).to_contain_text("The host has not answered yet.")
    assert violations(phone) == []
    expect(console.locator(".needs")).to_contain_text(_SAID)
    assert violations(console) == []
    console.get_by_label("Answer Mina").fill(_ANSWER)
    console.locator(".asked-in-words").get_by_role("button", name="Send").click()
    expect(phone.get_by_role("dialog")).to_contain_text(_ANSWER)
    expect(console.locator(".needs")).not_to_contain_text(_SAID)
    for page in (wall, other):
        assert _ANSWER not in page.content()
        assert _SAID not in page.content()


def test_somebody_silent_is_asked_and_one_tap_answers(open_page: OpenPage, new_room: OpenRoom) -> None:
    """After two phases without a choice the phone asks, and says what follows; then it is quiet again."""
    host, phone, _ = _started(open_page, new_room)
    for phase in ("Admission", "Exchange", "Matching", "Incubation", "Market"):
        host.send("advance")
        expect(phone.locator(".header .phase")).to_contain_text(phase)
    banner = phone.locator(".banner", has_text="Still there?")
    expect(banner).to_contain_text("Else a stand-in plays for you in")
    assert violations(phone) == []
    banner.get_by_role("button", name="I'm here").click()
    expect(banner).to_have_count(0)
