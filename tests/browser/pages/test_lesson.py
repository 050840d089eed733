"""The lesson of a scenario on a page: for a teacher who has no room yet, on the screen and on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, OpenRoom, Troubles
from tests.browser.rig.accessibility import violations
from tests.browser.rig.printed import sheets
from tests.browser.rig.stage import CONSOLE, PHONE, take_seat

# objectives, plan, phases, script, answers (on paper), what usually happens, what if not, points, reading, questions
PARTS = 10
RAW_KEY = re.compile(r"\b(?:lesson|figure|phase|scenario)\.[a-z_.]+")


@pytest.mark.parametrize("size", [CONSOLE, PHONE])
def test_a_lesson_reads_whole_at_any_size(open_page: OpenPage, size: tuple[int, int]) -> None:
    """Nothing runs over, no key is raw, and whoever cannot see it finds its way."""
    page = open_page("lesson/classroom", size)
    expect(page.locator(".lesson-part")).to_have_count(PARTS)
    assert not RAW_KEY.search(page.locator("main").inner_text())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(page) == []


def test_another_scenario_is_one_press_away(open_page: OpenPage) -> None:
    """Its plans go over several lessons; the address names it."""
    page = open_page("lesson", CONSOLE)
    page.get_by_role("button", name="Training").or_(page.get_by_label("Training")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Training")
    expect(page.locator("summary").first).to_contain_text("over 4 lessons")
    assert page.url.endswith("#/lesson/training")


def test_from_a_console_it_tells_what_usually_happens_in_a_class_of_that_size(
    open_page: OpenPage, new_room: OpenRoom
) -> None:
    """Of a room of thirty-one seats the nearest size that was measured; another is one press away."""
    host = new_room((*("maker",) * 18, *("investor",) * 10, *("operator",) * 3), scenario="classroom")
    console = open_page(f"c/{host.room}/{host.token}", CONSOLE)
    link = console.get_by_role("link", name="The lesson").get_attribute("href") or ""
    page = open_page(link.partition("#/")[2], CONSOLE)
    usual = page.locator(".lesson-part.usual")
    expect(usual).to_contain_text("with 30 seats")
    usual.get_by_role("button", name="12", exact=True).click()
    expect(usual).to_contain_text("with 12 seats")


def test_a_scenario_without_a_lesson_says_so(open_page: OpenPage, troubles: Troubles) -> None:
    """As whoever has made one of one's own reads it."""
    troubles.is_expected = lambda trouble: "404" in trouble
    expect(open_page("lesson/mine", CONSOLE).get_by_text("There is no lesson for this scenario.")).to_be_visible()


def test_paper_has_no_buttons(open_page: OpenPage) -> None:
    """What is printed is the lesson alone."""
    page = open_page("lesson/quickstart", CONSOLE)
    expect(page.locator(".lesson-part")).to_have_count(PARTS)
    page.emulate_media(media="print")
    expect(page.locator(".lesson-bar")).to_be_hidden()


_ALONE = """parts => { for (const each of document.querySelectorAll('main > *'))
  each.style.display = parts.some(part => each.classList.contains(part)) ? '' : 'none'; }"""


@pytest.mark.parametrize("language", ["en-GB", "zh-CN"])
def test_what_is_handed_out_is_the_last_sheet_and_has_no_answers(open_page: OpenPage, language: str) -> None:
    """The reading and the questions are one sheet behind the teacher's; no answer stands beside its question."""
    page = open_page("lesson/classroom", CONSOLE, language)
    expect(page.locator(".lesson-part")).to_have_count(PARTS)
    page.emulate_media(media="print")
    expect(page.locator(".lesson-part.questions .on-screen").first).to_be_hidden()
    expect(page.locator(".lesson-part.answers")).to_be_visible()
    parts = page.locator(".lesson-part").evaluate_all("all => all.map(each => each.classList[1])")
    assert parts[-2:] == ["read", "questions"]
    whole = sheets(page)
    page.evaluate(_ALONE, parts[-2:])
    assert sheets(page) == 1
    page.evaluate(_ALONE, parts[:-2])
    assert sheets(page) == whole - 1
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_a_room_is_opened_with_the_scenario_of_the_lesson(open_page: OpenPage) -> None:
    """Whoever has read a lesson opens that one."""
    page = open_page("lesson/seminar", CONSOLE)
    page.get_by_role("button", name="Open a new room").click()
    expect(page.locator(".cards [aria-pressed=true]")).to_contain_text("Seminar")


def test_a_student_reads_in_the_rules_what_points_are_given_for(open_page: OpenPage, new_room: OpenRoom) -> None:
    """The scenario's own numbers, in words, before the game begins."""
    host = new_room(scenario="classroom")
    phone = open_page(f"j/{host.room}")
    take_seat(phone, "Mina")
    phone.get_by_role("button", name="Rules").or_(phone.get_by_role("tab", name="Rules")).first.click()
    points = phone.locator(".points")
    expect(points).to_contain_text("What points are given for")
    expect(points).to_contain_text("Up to 70 points: phases in which you decided")
    assert violations(phone) == []


@pytest.mark.parametrize(
    ("language", "made", "given"),
    [("en-GB", "How points are made", "Up to 70 points"), ("zh-CN", "分数怎么来", "70 分")],
)
def test_the_rules_of_a_room_say_how_points_are_made_and_what_they_are_given_for(
    open_page: OpenPage, new_room: OpenRoom, language: str, made: str, given: str
) -> None:
    """Before one has a seat; without a room there is nothing to say of its points for taking part."""
    rules = open_page(f"rules/{new_room().room}", language=language)
    expect(rules.locator(".points")).to_contain_text(given)
    expect(rules.get_by_role("heading", name=made)).to_be_visible()
    assert rules.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(rules) == []
    alone = open_page("rules", language=language)
    expect(alone.get_by_role("heading", name=made)).to_be_visible()
    expect(alone.locator(".points")).to_have_count(0)
