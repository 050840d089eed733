"""Again: after the end the console asks once, and brings the same people, by themselves, into the next game.

Each keeps name and face; roles are dealt anew or stay; clocks stay, and the wall goes along.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewGuest, OpenPage, OpenRoom
from tests.browser.rig.accessibility import violations
from tests.browser.rig.stage import CONSOLE, PROJECTOR, take_seat


@pytest.mark.parametrize("dealing", ["anew", "same"])
def test_one_tap_takes_the_same_people_into_the_next_game(
    open_page: OpenPage, new_room: OpenRoom, dealing: str
) -> None:
    """A phone lands in the lobby of the new room under its name and with its face, also out of its debrief.

    Back in the old one it is not led away again.
    """
    host = new_room(scale=150)
    wall = open_page(f"s/{host.room}", PROJECTOR)
    phone = open_page(f"j/{host.room}")
    take_seat(phone, "Mina")
    face, role = phone.locator(".own-face b"), phone.locator(".people li", has_text="Mina")
    first = face.inner_text()
    phone.get_by_role("button", name="Another face").click()
    expect(face).not_to_have_text(first)
    taken, was = face.inner_text(), role.inner_text()
    phone.get_by_role("button", name="Got it").click()
    reader = open_page(f"j/{host.room}")
    take_seat(reader, "Ben")
    host.send("start")
    host.send("end")
    reader.get_by_role("button", name="My debrief").click()
    reader.get_by_role("heading", level=1, name="What can we learn from it?").wait_for()
    page = open_page(f"c/{host.room}/{host.invite()}", CONSOLE)
    page.get_by_role("button", name="Again, with the same people").click()
    expect(page.get_by_role("button", name="Deal anew")).to_have_attribute("aria-pressed", "true")
    if dealing == "same":
        page.get_by_role("group", name="Roles in the next game").get_by_role("button", name="The same").click()
    page.get_by_role("button", name="Open the next room").click()
    page.get_by_role("heading", level=1, name="Lobby").wait_for()
    code = page.locator(".strip .code").inner_text()
    assert code != host.room
    expect(page.get_by_role("button", name="Mina")).to_be_visible()
    expect(phone).to_have_url(re.compile(rf"#/p/{code}/"))
    expect(reader).to_have_url(re.compile(rf"#/p/{code}/"))
    expect(wall).to_have_url(re.compile(rf"#/s/{code}"))
    expect(wall.get_by_text("Mina")).to_be_visible()
    expect(face).to_have_text(taken)
    assert (role.inner_text() == was) == (dealing == "same")
    phone.goto(f"{phone.url.split('#')[0]}#/p/{host.room}/now")
    expect(phone.get_by_role("button", name="Come along")).to_be_visible()
    assert violations(phone) == []
    phone.get_by_role("button", name="Come along").click()
    expect(phone).to_have_url(re.compile(rf"#/p/{code}/"))


def test_again_asks_once_and_opens_no_third_room(open_page: OpenPage, new_room: OpenRoom, new_guest: NewGuest) -> None:
    """It says for how many a seat is kept; those count as kept, and the old console leads to the room that is there."""
    host = new_room()
    new_guest(host, "Mina")
    host.send("start")
    host.send("end")
    page = open_page(f"c/{host.room}/{host.invite()}", CONSOLE)
    page.get_by_role("button", name="Again, with the same people").click()
    expect(page.get_by_role("dialog")).to_contain_text("A seat is kept for one person")
    assert violations(page) == []
    page.get_by_role("button", name="Open the next room").click()
    page.get_by_role("heading", level=1, name="Lobby").wait_for()
    code = page.locator(".strip .code").inner_text()
    expect(page.get_by_role("button", name="Kept 1")).to_be_visible()
    expect(page.get_by_role("button", name="Free 5")).to_be_visible()
    expect(page.get_by_text("One seat is kept for somebody who is not here yet")).to_be_visible()
    page.goto(f"{page.url.split('#')[0]}#/c/{host.room}")
    page.get_by_role("button", name=f"To the next room, {code}").click()
    expect(page.locator(".strip .code")).to_have_text(code)
