"""What a phone promises on every screen of a game, gone through once for each role."""

from __future__ import annotations

import re
from itertools import cycle

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.accessibility import violations_of_both_themes
from tests.browser.rig.phone import roles_with_first, seated
from tests.browser.rig.stage import PHASES, take_seat, text

LANGUAGES = cycle([("en", "zh"), ("zh", "en")])  # each phase is looked at in that of the one before, and in the other
SMALLEST_PX = 48

# what is yellow and in view; the tape itself is time, and is no button
YELLOW = """() => [...document.querySelectorAll('button')].filter(each => each.checkVisibility()
    && getComputedStyle(each).backgroundColor === getComputedStyle(document.querySelector('.tape i') ?? each)
        .backgroundColor && each.matches('.main')).length"""
SMALL = f"""() => [...document.querySelectorAll('button, a, input, select, summary')]
    .filter(each => each.checkVisibility()).map(each => [each.getBoundingClientRect(), each])
    .filter(([box]) => box.width > 1 && (box.width < {SMALLEST_PX} - 0.5 || box.height < {SMALLEST_PX} - 0.5))
    .map(([box, each]) => each.outerHTML.slice(0, 120))"""
SIDEWAYS = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
    .filter(each => { const box = each.getBoundingClientRect(); return box.right > innerWidth + 1 || box.left < -1; })
    .map(each => each.outerHTML.slice(0, 100))"""
TAPE_RUNS = "() => document.querySelector('.tape i')?.getAnimations().length === 1"
# half of the time is over: where the tape lies in its groove, from 0 at the left to 1 at the right
HALF_A_TAPE = """() => { const tape = document.querySelector('.tape i'), [run] = tape.getAnimations();
    run.pause(); run.currentTime = run.effect.getTiming().duration / 2;
    const groove = tape.parentElement.getBoundingClientRect(), {left, right} = tape.getBoundingClientRect();
    const part = x => Math.min(1, Math.max(0, (x - groove.left) / groove.width));
    return [part(left), part(right)].map(each => Math.round(each * 10) / 10); }"""
THIRD_ABOVE_FOOT = """() => document.querySelectorAll('.now .stepper .keys')[2].getBoundingClientRect().bottom
    <= document.querySelector('.foot').getBoundingClientRect().top"""
UNSAID = """() => [...document.querySelectorAll('main *')].filter(each => !each.children.length)
    .map(each => each.textContent).filter(text => /\\b(ui|guide|quiz|question|command)\\.[a-z_.]+/.test(text))"""


def dress(page: Page, language: str) -> None:
    """Put a page into a language by its own menu's switch."""
    wanted = "English" if language == "en" else "中文"
    page.locator(".header .bar .button.icon").last.click()
    page.get_by_role("button", name=wanted).click()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)


@pytest.mark.parametrize("role", ["maker", "investor", "operator"])
def test_every_question_is_one_question_with_one_yellow_button(
    open_page: OpenPage, new_room: OpenRoom, role: str
) -> None:
    """In each phase: one question, one yellow button in the thumb's reach, the default in view, and no fault."""
    host = new_room(roles_with_first(role), 1000)
    page = seated(open_page, host)
    page.emulate_media(reduced_motion="reduce")
    host.send("start")
    for phase, (language, other) in zip(PHASES, LANGUAGES, strict=False):
        expect(page.locator(".header .phase")).to_contain_text(text(language, f"phase.{phase.lower()}"))
        expect(page.locator(".default")).to_be_visible()
        assert violations_of_both_themes(page) == [], phase
        dress(page, other)
        heading = page.locator("h1")
        expect(heading).to_have_count(1)
        assert re.search("[?\N{FULLWIDTH QUESTION MARK}]$", heading.inner_text()), heading.inner_text()
        expect(page.locator(".default")).to_be_in_viewport(ratio=1)
        assert page.evaluate(YELLOW) == 1
        assert page.evaluate(SMALL) == []
        assert page.evaluate(UNSAID) == []
        box, tabs = page.locator(".button.main").bounding_box(), page.locator(".tabs").bounding_box()
        assert box is not None
        assert tabs is not None
        assert box["y"] + box["height"] / 2 > 844 * 0.6
        assert box["y"] + box["height"] <= tabs["y"]
        assert violations_of_both_themes(page) == [], phase
        host.send("advance")


def test_nothing_is_cut_at_320_px_at_200_per_cent_and_mirrored(open_page: OpenPage, new_room: OpenRoom) -> None:
    """No page scrolls sideways when narrow, zoomed, or in texts longer by two fifths; the tape runs to its start."""
    host = new_room(scale=1000)
    page = seated(open_page, host)
    host.send("start")
    expect(page.locator(".default")).to_be_visible()
    for phase in PHASES:
        mirrored = phase in {"Exchange", "Matching", "Appraisal"}
        page.evaluate(
            f"localStorage.setItem('ms.prefs', JSON.stringify({{language: 'en', pseudo: {str(mirrored).lower()}}}))"
        )
        page.reload()
        expect(page.locator("html")).to_have_attribute("dir", "rtl" if mirrored else "ltr")
        expect(page.locator(".default")).to_be_visible()
        page.wait_for_function(TAPE_RUNS)
        assert page.evaluate(HALF_A_TAPE) == ([0.5, 1] if mirrored else [0, 0.5])
        for width, height in ((390, 844), (320, 640), *([] if mirrored else [(195, 422)])):
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(SIDEWAYS) == [], (phase, width)
        main = page.locator(".button.main")
        main.scroll_into_view_if_needed()
        expect(main).to_be_in_viewport()
        page.set_viewport_size({"width": 390, "height": 844})
        host.send("advance")
    for tab in range(1, 4):
        page.locator(".tabs button").nth(tab).click()
        page.set_viewport_size({"width": 320, "height": 640})
        assert page.evaluate(SIDEWAYS) == [], tab


def test_a_small_phone_shows_the_hours_and_guides_nobody_who_is_ready(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Three fields of hours stand above the foot, which keeps line and key; after the key the guide is silent."""
    host = new_room(pace="host")  # the bots are ready first, and the phase is to stay when this phone is too
    page = seated(open_page, host, size=(360, 740))
    host.send("start")
    for phase in PHASES[1:5]:
        host.send("advance")
        expect(page.locator(".header .phase")).to_contain_text(phase)
    keys = page.locator(".now .stepper .keys")
    expect(keys.nth(2)).to_be_in_viewport(ratio=1)
    assert page.evaluate(THIRD_ABOVE_FOOT)
    expect(page.locator(".default")).to_be_in_viewport(ratio=1)
    assert page.evaluate(SMALL) == []
    expect(page.locator(".coach")).to_be_visible()
    page.locator(".button.main").click()
    expect(page.locator(".button.main.ready")).to_be_visible()
    expect(page.locator(".coach")).to_have_count(0)


def test_with_motion_reduced_nothing_runs_for_longer_than_a_tenth(open_page: OpenPage, new_room: OpenRoom) -> None:
    """No animation of more than 100 ms is running, the tape's neither, and dice lie still at once."""
    host = new_room(scale=1000)
    page = open_page(f"j/{host.room}")
    page.emulate_media(reduced_motion="reduce")
    take_seat(page, "Mina")
    host.send("start")
    for phase in PHASES:
        expect(page.locator(".header .phase")).to_contain_text(phase)
        expect(page.locator(".default")).to_be_visible()
        longest = page.evaluate(
            "Math.max(0, ...document.getAnimations().map(each => each.effect.getTiming().duration))"
        )
        assert longest <= 100
        assert page.locator(".rolling").count() == 0
        host.send("advance")
