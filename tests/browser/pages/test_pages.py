"""What holds on every page, in both languages and themes: axe has nothing to say."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.accessibility import violations_of_both_themes
from tests.browser.rig.stage import CONSOLE, PHASES, PROJECTOR, take_seat, text

LANGUAGES = {"en": "en-GB", "zh": "zh-CN"}
PRINTED = ("roles", "cards", "paper", "sheet", "network")


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_beside_the_game(open_page: OpenPage, new_room: OpenRoom, language: str) -> None:
    """The way in, the rules, the network check, making a room, paper, and the pages of doors that stay closed."""
    host = new_room()
    page = open_page("", language=LANGUAGES[language])
    around = [
        "check",
        "networks",
        "rules",
        "c/new",
        "j/K7QF234",
        f"c/{host.room}",
        f"d/{host.room}",
        f"r/{host.room}/gone",
    ]
    for fragment in ("", *around, *(f"print/{host.room}/{what}" for what in PRINTED)):
        page.goto(f"{page.url.split('#')[0]}#/{fragment}")
        page.reload()
        expect(page.locator("h1").first).to_be_visible()
        assert violations_of_both_themes(page) == [], fragment


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_around_the_question_of_a_phone(
    open_page: OpenPage, new_room: OpenRoom, language: str
) -> None:
    """From joining to the end: the role sheet, the other three tabs, the menu, the ranking and one's own story."""
    host = new_room()
    page = open_page(f"j/{host.room}", language=LANGUAGES[language])
    expect(page.locator("h1")).to_be_visible()
    assert violations_of_both_themes(page) == []
    page.locator("form input").nth(1).fill("Mina")
    page.locator(".button.main").click()
    expect(page.locator(".seat-page")).to_be_visible()
    assert violations_of_both_themes(page) == []
    host.send("start")
    expect(page.locator(".purse")).to_be_visible()
    for _ in PHASES[1:]:
        host.send("advance")
    expect(page.locator(".header .phase")).to_contain_text(text(language, "phase.recap"))
    for tab in (1, 2, 3):
        page.locator(".tabs button").nth(tab).click()
        expect(page.locator(".tabs button").nth(tab)).to_have_attribute("aria-current", "page")
        assert violations_of_both_themes(page) == [], tab
    page.locator(".header .button.icon").last.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations_of_both_themes(page) == []
    page.keyboard.press("Escape")
    page.locator(".tabs button").first.click()
    host.send("end")
    expect(page.get_by_role("heading", name=text(language, "question.over.maker"))).to_be_visible()
    expect(page.locator(".ranking-list")).to_have_count(0)
    assert violations_of_both_themes(page) == []
    host.send("show", scene="ranking", step=2)
    expect(page.locator(".ranking-list").first).to_be_visible()
    assert violations_of_both_themes(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_console_and_wall_in_any_phase(
    open_page: OpenPage, new_room: OpenRoom, language: str
) -> None:
    """From the lobby to the debrief."""
    host = new_room()
    take_seat(open_page(f"j/{host.room}"), "Mina")
    console = open_page(f"r/{host.room}/{host.invite()}", CONSOLE, LANGUAGES[language])
    wall = open_page(f"s/{host.room}", PROJECTOR, LANGUAGES[language])
    host.send("show", scene="phase", language=language)
    expect(console.locator(".strip .code")).to_be_visible()
    expect(wall.locator(".wall-code")).to_be_visible()
    assert violations_of_both_themes(console) + violations_of_both_themes(wall) == []
    host.send("start")
    for _ in PHASES:
        before = wall.locator("h1").inner_text()
        assert violations_of_both_themes(console) + violations_of_both_themes(wall) == [], before
        host.send("advance")
        expect(wall.locator("h1")).not_to_have_text(before)
    host.send("end")
    expect(console.locator(".debrief")).to_be_visible()
    assert violations_of_both_themes(console) + violations_of_both_themes(wall) == []


def test_each_page_has_a_title_that_says_which_it_is(open_page: OpenPage, new_room: OpenRoom) -> None:
    """And of which room; in the language of the page, also when that is changed."""
    host = new_room()
    page = open_page("")
    start = page.url.split("#")[0]
    titles = []
    for fragment, title in (
        ("", "Join a room"),
        (f"j/{host.room}", f"Join a room {host.room}"),
        ("c/new", "What shall we play?"),
        ("rehearse", "Rehearse (10 minutes, alone)"),
        ("check", "Check the network"),
        ("networks", "The phones can't reach it"),
        ("rules", "How does it work?"),
        ("lesson/quickstart", "A lesson"),
        (f"print/{host.room}/roles", f"What shall be printed? {host.room}"),
        (f"d/{host.room}", f"Debrief {host.room}"),
        (f"s/{host.room}", f"The wall {host.room}"),
        (f"r/{host.room}/{host.token}", f"Console {host.room}"),
    ):
        page.goto(f"{start}#/{fragment}")
        expect(page).to_have_title(f"{title} \N{MIDDLE DOT} Makersphere")
        titles.append(page.title())
    assert len(set(titles)) == len(titles)
    phone = open_page(f"j/{host.room}")
    take_seat(phone, "Mina")
    expect(phone).to_have_title(f"Now {host.room} \N{MIDDLE DOT} Makersphere")
    phone.get_by_role("button", name="Table").click()
    expect(phone).to_have_title(f"Table {host.room} \N{MIDDLE DOT} Makersphere")
    phone.get_by_role("button", name="Menu").click()
    phone.get_by_role("button", name="\u4e2d\u6587").click()
    expect(phone).not_to_have_title(f"Table {host.room} \N{MIDDLE DOT} Makersphere")
