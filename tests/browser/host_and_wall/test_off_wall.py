"""A name is taken off the wall with one tap: no page but the console has it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.accessibility import violations
from tests.browser.rig.stage import CONSOLE, PROJECTOR, take_seat

_NAME = "Rudolfine"
_FACE = "orange fox"  # of seat 1


def test_one_tap_takes_a_name_off_the_wall_and_one_puts_it_back(open_page: OpenPage, new_room: OpenRoom) -> None:
    """The wall calls the seat by its face, the phone says so under Mine, the console has the name and the way back."""
    host = new_room(pace="host")
    phone, wall = open_page(f"j/{host.room}"), open_page(f"s/{host.room}", PROJECTOR)
    take_seat(phone, _NAME)
    console = open_page(f"r/{host.room}/{host.invite()}", CONSOLE)
    expect(wall.locator("body")).to_contain_text(_NAME)
    console.locator('[data-seat="1"]').click()
    console.get_by_role("button", name="Not on the wall").click()
    panel = console.get_by_role("region", name=_FACE)
    expect(panel).to_contain_text(_NAME)
    assert violations(console) == []
    expect(wall.locator("body")).not_to_contain_text(_NAME)
    expect(wall.locator("body")).to_contain_text(_FACE)
    host.send("start")
    phone.get_by_role("button", name="Mine", exact=True).click()
    expect(phone.locator("main")).to_contain_text(f"They read “{_FACE}”")
    panel.get_by_role("button", name=f"Show the name again: {_NAME}").click()
    expect(phone.locator("main")).not_to_contain_text("They read")


def test_a_name_waits_for_the_host_and_is_let_through(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Where each name waits, the wall has it after one press on the console."""
    host = new_room(pace="host", screened="all")
    phone, wall = open_page(f"j/{host.room}"), open_page(f"s/{host.room}", PROJECTOR)
    take_seat(phone, _NAME)
    console = open_page(f"r/{host.room}/{host.invite()}", CONSOLE)
    expect(wall.locator("body")).to_contain_text(_FACE)
    needs = console.locator(".needs")
    expect(needs).to_contain_text("This name waits for you.")
    assert violations(console) == []
    needs.get_by_role("button", name=f"Show the name {_NAME}").click()
    expect(wall.locator("body")).to_contain_text(_NAME)
    expect(needs).to_have_count(0)
