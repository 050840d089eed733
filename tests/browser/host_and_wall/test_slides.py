"""The lesson as slides: on the wall, led from the console, and over a whole page without a room."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.accessibility import violations
from tests.browser.rig.printed import sheets
from tests.browser.rig.stage import CONSOLE, PROJECTOR
from tests.browser.rig.wall_reader import SMALLEST_PX, sizes

RAW_KEY = re.compile(r"\b(?:lesson|ui|scenario|role)\.[a-z_.]+")
FITS = "() => document.querySelector('.slide').scrollHeight <= document.querySelector('.slide').clientHeight"
# how many slides are on paper, how many of them run over, and how many things in them are not to be seen
PRINTED = """() => { const all = [...document.querySelectorAll('.slides-printed .slide')];
    const hidden = [...document.querySelectorAll('.slides-printed .comes')];
    const over = all.filter(each => each.scrollHeight > each.clientHeight);
    return [all.filter(each => each.offsetHeight > 0).length, over.length,
        hidden.filter(each => getComputedStyle(each).opacity !== '1').length]; }"""
OLD_BEAMER = (1024, 768)
SMALL_BEAMER = (1280, 720)


def read(page: Page, where: str) -> None:
    """Check that nothing of a slide is raw or cut off."""
    assert not RAW_KEY.search(page.locator(".slide:visible").inner_text()), where
    assert page.evaluate(FITS), where


def test_the_console_leads_through_the_slides(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Behind the opening, one press each, beside the way in; none tells an answer; the start takes them off."""
    host = new_room(pace="host")  # with bots alone a game that paces itself is past its first phase at once
    wall = open_page(f"s/{host.room}", PROJECTOR)
    console = open_page(f"c/{host.room}/{host.invite()}", CONSOLE)
    console.get_by_role("button", name="Scenes").click()
    console.get_by_role("dialog").get_by_role("button", name="Slides of the lesson").click()
    expect(console.get_by_role("dialog")).to_have_count(0)  # an arrow is not for the wall while a sheet is open
    kinds = ["title", "objectives", "plan", *["role"] * 3, *["question"] * 5]
    for at, kind in enumerate(kinds):
        expect(wall.locator(".slide")).to_have_attribute("data-slide", kind)
        expect(console.locator(".on-wall b")).to_contain_text(f"{at + 1}/{len(kinds)}")
        expect(wall.locator(".wall-code")).to_have_text(host.room)
        assert min(sizes(wall)) >= SMALLEST_PX, kind
        read(wall, kind)
        console.keyboard.press("ArrowRight")
    expect(wall.locator(".is-right")).to_have_count(0)
    host.send("start")
    expect(wall.locator(".wall-head h1")).to_contain_text("Policy")


def test_after_the_game_each_answer_waits_for_the_host(open_page: OpenPage, new_room: OpenRoom) -> None:
    """The question stands there first; one press turns its answer."""
    host = new_room()
    host.send("start")
    host.send("end")
    wall = open_page(f"s/{host.room}", PROJECTOR)
    host.send("show", scene="slides", step=1)
    expect(wall.locator(".slide-answers li")).to_have_count(3)
    expect(wall.locator(".is-right")).to_have_count(0)
    host.send("show", scene="slides", step=2)
    expect(wall.locator(".is-right")).to_have_count(1)
    assert violations(wall) == []


@pytest.mark.parametrize(("language", "size"), [("en-GB", PROJECTOR), ("zh-CN", OLD_BEAMER)])
def test_without_a_room_they_are_a_page(open_page: OpenPage, language: str, size: tuple[int, int]) -> None:
    """Arrow keys go through all of them, opening included, paper has one a sheet, Escape leads back to the lesson."""
    page = open_page("lesson/seminar/slides", size, language)
    expect(page.locator(".slide:visible")).to_have_attribute("data-slide", "title")
    last = int((page.locator(".slide-page > .row > span").inner_text()).split("/")[1])
    for at in range(1, last):
        read(page, str(at))
        page.keyboard.press("ArrowRight")
        expect(page.locator(".slide-page > .row > span")).to_have_text(f"{at + 1} / {last}")
    expect(page.locator(".is-right:visible")).to_have_count(1)
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".is-right:visible")).to_have_count(0)
    assert violations(page) == []
    assert sheets(page) == last
    page.emulate_media(media="print")
    assert page.evaluate(PRINTED) == [last, 0, 0]
    page.emulate_media(media="screen")
    page.keyboard.press("Escape")
    expect(page.locator(".lesson-part").first).to_be_visible()


@pytest.mark.parametrize(
    ("scenario", "language"),
    [("seminar", "en-GB"), ("training", "en-GB"), ("training", "zh-CN"), ("mechanisms", "en-GB")],
)
def test_slides_of_a_full_lesson_fit_a_small_beamer(
    open_page: OpenPage, new_room: OpenRoom, scenario: str, language: str
) -> None:
    """Six objectives, ten seasons and three lines of a question are the most that a lesson has; before and after."""
    host = new_room(scenario=scenario, pace="host")
    wall = open_page(f"s/{host.room}", SMALL_BEAMER, language)
    for after in (False, True):
        for step in range(11):
            host.send("show", scene="slides", step=step)
            expect(wall.locator(f'[data-step="{step}"] .slide')).to_be_visible()
            read(wall, f"{after} {step}")
        if not after:
            host.send("start")
            host.send("end")
