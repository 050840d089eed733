"""One person's data at the console: saved as a file, or erased after what goes and what stays was read."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.accessibility import violations
from tests.browser.rig.keyboard import press
from tests.browser.rig.stage import CONSOLE, PHONE, PROJECTOR, take_seat


def _saved(page: Page, name: str) -> dict[str, object]:
    """Press a button that saves a file, and return what is in it."""
    with page.expect_download() as download:
        page.get_by_role("button", name=name, exact=True).click()
    found: dict[str, object] = json.loads(Path(download.value.path()).read_text("utf-8"))
    return found


@pytest.mark.parametrize("size", [CONSOLE, PHONE])
def test_a_person_of_a_room(open_page: OpenPage, new_room: OpenRoom, size: tuple[int, int]) -> None:
    """The card saves and erases while the game is played; wall and console have the name no more."""
    host = new_room()
    phone = open_page(f"j/{host.room}")
    take_seat(phone, "Mina")
    host.send("start")
    wall = open_page(f"s/{host.room}", PROJECTOR)
    console = open_page(f"c/{host.room}/{host.token}", size)
    expect(console.locator("[data-seat='1']")).to_be_visible()
    console.locator("[data-seat='1']").click()
    console.get_by_text("This person's data", exact=True).click()
    found = _saved(console, "Save this person's data")
    assert "Mina" in json.dumps(found)
    assert violations(console) == []
    console.get_by_role("button", name="Erase this person", exact=True).click()
    dialog = console.get_by_role("dialog").last
    expect(dialog).to_contain_text("Erase Mina?")
    expect(dialog).to_contain_text("What was decided stays under the seat's number")
    assert violations(console) == []
    expect(console.get_by_role("button", name="Not yet")).to_be_focused()
    press(console, "Erase for good")
    expect(console.get_by_text("Erased. What was decided stays")).to_be_visible()
    expect(console.get_by_text("Mina")).to_have_count(0)
    expect(wall.get_by_text("Mina")).to_have_count(0)
    expect(phone.get_by_text("Mina")).to_have_count(0)


def test_a_person_of_a_class(open_page: OpenPage) -> None:
    """The list of names saves and erases, and has the person no more."""
    console = open_page("c/new/quickstart", CONSOLE)
    console.get_by_role("link", name="Several tables").click()
    console.get_by_label("What is the class called?").fill("10b")
    console.get_by_role("button", name="Open the class").click()
    console.locator(".class-table").first.wait_for()
    phone = open_page(f"j/{console.url.rsplit('/', 1)[1]}")
    take_seat(phone, "Ana")
    console.get_by_role("button", name=re.compile("1 here of 1 person")).click()
    console.get_by_role("button", name=re.compile("^Ana")).click()
    found = _saved(console, "Save this person's data")
    assert found["person"] == {"number": 1, "name": "Ana", "is_listed": False, "table": 1}
    console.get_by_role("button", name="Erase this person", exact=True).click()
    expect(console.get_by_role("dialog").last).to_contain_text("at every table of this class")
    assert violations(console) == []
    console.get_by_role("dialog").last.get_by_role("button", name="Erase for good", exact=True).click()
    expect(console.get_by_text("Ana", exact=True)).to_have_count(0)
