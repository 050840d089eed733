"""Again: after the end one tap on the console brings the same people, by themselves, into the next game."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.accessibility import violations
from tests.browser.rig.stage import CONSOLE, take_seat


def test_one_tap_takes_the_same_people_into_the_next_game(open_page: OpenPage, new_room: OpenRoom) -> None:
    """A phone lands in the lobby of the new room under its name, also out of its debrief.

    Back in the old one it is not led away again.
    """
    host = new_room()
    phone = open_page(f"j/{host.room}")
    take_seat(phone, "Mina")
    phone.get_by_role("button", name="Got it").click()
    reader = open_page(f"j/{host.room}")
    take_seat(reader, "Ben")
    host.send("start")
    host.send("end")
    reader.get_by_role("button", name="My debrief").click()
    reader.get_by_role("heading", level=1, name="What can we learn from it?").wait_for()
    page = open_page(f"c/{host.room}/{host.invite()}", CONSOLE)
    page.get_by_role("button", name="Again, with the same people").click()
    page.get_by_role("heading", level=1, name="Lobby").wait_for()
    code = page.locator(".strip .code").inner_text()
    assert code != host.room
    expect(page.get_by_role("button", name="Mina")).to_be_visible()
    expect(phone).to_have_url(re.compile(rf"#/p/{code}/"))
    expect(reader).to_have_url(re.compile(rf"#/p/{code}/"))
    phone.goto(f"{phone.url.split('#')[0]}#/p/{host.room}/now")
    expect(phone.get_by_role("button", name="Come along")).to_be_visible()
    assert violations(phone) == []
    phone.get_by_role("button", name="Come along").click()
    expect(phone).to_have_url(re.compile(rf"#/p/{code}/"))
