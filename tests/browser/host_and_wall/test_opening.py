"""The opening scene before the start: one press at the console plays it, while people still come in."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NewGuest, OpenPage, OpenRoom
from tests.browser.rig.accessibility import violations
from tests.browser.rig.stage import CONSOLE, PROJECTOR
from tests.browser.rig.wall_reader import SMALLEST_PX, sizes

BEATS = ("place", "matching", "energy", "metabolism", "roles", "stake")
RAW_KEY = re.compile(r"\b(?:lesson|ui)\.[a-z_.]+")
OLD_BEAMER = (1024, 768)


def test_one_press_plays_it_and_people_still_come(open_page: OpenPage, new_room: OpenRoom, new_guest: NewGuest) -> None:
    """The console holds it at a picture, goes through it by its key, and the start of the game takes it off."""
    host = new_room()
    wall = open_page(f"s/{host.room}", PROJECTOR)
    console = open_page(f"c/{host.room}/{host.invite()}", CONSOLE)
    console.get_by_role("button", name="Show the opening (90 s)").click()
    expect(wall.locator(".beat")).to_have_attribute("data-beat", "place")
    expect(wall.locator(".wall-code")).to_have_text(host.room)
    new_guest(host)
    expect(wall.locator(".way-in.small")).to_contain_text("1 of 6")
    console.get_by_role("button", name="Pause").click()
    expect(console.get_by_role("button", name="Go on")).to_be_visible()
    for beat in BEATS[1:]:
        console.keyboard.press("ArrowRight")
        expect(wall.locator(".beat")).to_have_attribute("data-beat", beat)
    console.keyboard.press("ArrowLeft")
    expect(wall.locator(".beat")).to_have_attribute("data-beat", "roles")
    assert violations(console) == []
    console.get_by_role("button", name="Start the game").click()
    expect(wall.locator(".wall-head h1")).to_contain_text("Policy")
    expect(wall.locator(".beat")).to_have_count(0)


def test_it_goes_on_by_itself_and_leaves_the_code_on_the_wall(open_page: OpenPage, new_room: OpenRoom) -> None:
    """A wall that is opened late is at the picture where the others are; after the last one stands the way in."""
    host = new_room()
    host.send("show", scene="opening", step=5, plays=True)
    wall = open_page(f"s/{host.room}", PROJECTOR)
    expect(wall.locator(".beat")).to_have_attribute("data-beat", "stake")
    expect(wall.locator(".wall-people")).to_be_visible()
    expect(wall.locator(".beat")).to_have_count(0)


@pytest.mark.parametrize(("language", "size"), [("en", PROJECTOR), ("zh", OLD_BEAMER)])
def test_each_picture_is_read_from_far(
    open_page: OpenPage, new_room: OpenRoom, language: str, size: tuple[int, int]
) -> None:
    """Nothing is small, cut off or raw, on a new projector and an old one."""
    host = new_room()
    wall = open_page(f"s/{host.room}", size)
    unit = min(size[0] / PROJECTOR[0], size[1] / PROJECTOR[1])
    for step, beat in enumerate(BEATS):
        host.send("show", scene="opening", step=step, plays=False, language=language)
        expect(wall.locator(".beat")).to_have_attribute("data-beat", beat)
        expect(wall.locator("html")).to_have_attribute("lang", re.compile(language))
        assert min(sizes(wall)) >= SMALLEST_PX * unit - 0.5, beat
        assert not RAW_KEY.search(wall.locator(".wall").inner_text()), beat
        assert wall.evaluate(
            "document.querySelector('.beat').scrollHeight <= document.querySelector('.beat').clientHeight"
        )
    assert violations(wall) == []
