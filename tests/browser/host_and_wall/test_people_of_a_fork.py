"""A what-if room has the people of its origin: their phones come in each in its own seat, and nobody types anything."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.accessibility import violations
from tests.browser.rig.stage import CONSOLE, PROJECTOR, Host, take_seat


def _forked(host: Host) -> str:
    return str(host.send("fork", season=1, phase="policy")["room"])


def _sent(phone: Page) -> list[dict[str, object]]:
    """Return the frames that a phone sends from now on, as they go out."""
    frames: list[dict[str, object]] = []
    phone.on("websocket", lambda socket: socket.on("framesent", lambda frame: frames.append(json.loads(str(frame)))))
    return frames


def test_a_phone_comes_into_a_what_if_by_its_link_and_by_its_code(open_page: OpenPage, new_room: OpenRoom) -> None:
    """It is asked for no name; the room it came from goes on, and pulls nobody out. Its token goes to no other room."""
    host = new_room(pace="host")
    phone = open_page(f"j/{host.room}")
    take_seat(phone, "Ben")
    host.send("start")
    fork, other = _forked(host), new_room().room
    expect(phone.locator(".header .phase")).to_contain_text("Policy")
    expect(phone).to_have_url(re.compile(f"#/p/{host.room}/"))
    at = phone.url.split("#", maxsplit=1)[0]
    sent = _sent(phone)
    with phone.expect_event("websocket") as asked:
        phone.goto(f"{at}#/j/{other}")
    asked.value.wait_for_event("close")
    expect(phone.get_by_label("Name")).to_be_visible()
    assert [frame["type"] for frame in sent if frame["type"] != "ping"] == ["watch"]
    phone.goto(f"{at}#/j/{fork}")
    expect(phone).to_have_url(f"{at}#/p/{fork}/now")
    expect(phone.locator(".header .phase")).to_contain_text("Policy")
    assert [frame["room"] for frame in sent if frame.get("seat_token")] == [fork]
    phone.evaluate(f"localStorage.removeItem('ms.seat.{fork}')")
    phone.goto(f"{at}#/")
    phone.get_by_label("Code", exact=True).fill(fork)
    expect(phone).to_have_url(f"{at}#/p/{fork}/now")
    phone.goto(f"{at}#/p/{host.room}/now")
    expect(phone.locator(".header .phase")).to_contain_text("Policy")


def test_after_the_end_one_tap_leads_phones_and_wall_into_a_what_if(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Each phone is in its own seat; whoever has gone back comes along again by one tap."""
    host = new_room(pace="host")
    phone, wall = open_page(f"j/{host.room}"), open_page(f"s/{host.room}", PROJECTOR)
    take_seat(phone, "Ben")
    host.send("start")
    host.send("end")
    page = open_page(f"c/{host.room}/{host.invite()}", CONSOLE)
    page.get_by_role("button", name="What if").click()
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("combobox").select_option(label="Season 1, Policy")
    sheet.get_by_role("button", name="Open a room from there").click()
    lead = sheet.get_by_role("button", name=re.compile("^Lead everybody to"))
    expect(lead).to_be_visible()
    assert violations(page) == []
    code = lead.inner_text().split()[-1]
    assert host.room in phone.url
    lead.click()
    expect(page.locator(".strip .code")).to_have_text(code)
    expect(phone).to_have_url(re.compile(f"#/p/{code}/"))
    expect(wall).to_have_url(re.compile(f"#/s/{code}"))
    expect(page.get_by_role("button", name="Ben")).to_be_visible()
    at = phone.url.split("#", maxsplit=1)[0]
    phone.goto(f"{at}#/p/{host.room}/now")
    phone.get_by_role("button", name="Come along").click()
    expect(phone).to_have_url(re.compile(f"#/p/{code}/"))


def _own_code(console: Page) -> str:
    """Return the address that opens a console's chair on another device, as it stands there."""
    console.get_by_role("button", name="Who hosts").click()
    sheet = console.get_by_role("dialog")
    sheet.get_by_role("button", name="Show a code").click()
    address = sheet.get_by_role("status").locator(".mono").inner_text()
    console.keyboard.press("Escape")
    return address


def _shows(console: Page, room: str) -> None:
    expect(console.locator(".strip .code")).to_have_text(room)
    expect(console.get_by_role("button", name="Who hosts")).to_be_visible()


def test_a_chair_that_moves_reaches_the_what_if_by_each_button(open_page: OpenPage, new_room: OpenRoom) -> None:
    """On a second laptop, which has no key for it, and back on the first one, which has kept an older key."""
    host = new_room(pace="host")
    host.send("start")
    host.send("end")
    first, second = open_page(f"c/{host.room}/{host.invite()}", CONSOLE), open_page("", CONSOLE)
    address = _own_code(first)
    first.get_by_role("button", name="What if").click()
    first.get_by_role("dialog").get_by_role("combobox").select_option(label="Season 1, Policy")
    first.get_by_role("button", name="Open a room from there").click()
    lead = first.get_by_role("button", name=re.compile("^Lead everybody to"))
    fork = lead.inner_text().split()[-1]
    lead.click()
    _shows(first, fork)

    second.goto(address)
    _shows(second, host.room)
    second.get_by_role("button", name=f"To the next room, {fork}").click()
    _shows(second, fork)
    second.goto(f"{address.split('#', maxsplit=1)[0]}#/c/{host.room}")
    _shows(second, host.room)

    first.goto(_own_code(second))
    _shows(first, host.room)
    first.get_by_role("button", name="What if").click()
    first.get_by_role("button", name=f"Lead everybody to {fork}").click()
    _shows(first, fork)
