"""Whose seat: a stranger waits calmly, and those who sit there or the host let in, turn away, or give out a pass."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.accessibility import violations_of_both_themes
from tests.browser.rig.stage import CONSOLE, Host, take_seat
from tests.browser.rig.wall_reader import table

TRIO = ("maker", "investor", "operator")
IN_LAST_SEASON = re.compile(r"(\d+)/\1\b")
LANGUAGES = {"en": "en-GB", "zh": "zh-CN"}
_TARGETS = """selector => [...document.querySelectorAll(selector)].map(each => each.getBoundingClientRect())
    .filter(box => box.width > 0).map(box => Math.round(Math.min(box.width, box.height)))"""


def full_room(open_page: OpenPage, new_room: OpenRoom, *, teams: bool = True) -> tuple[Host, Page]:
    """Return the host of a room where no seat is free, and the phone of its first seat."""
    host = new_room(TRIO, pace="host", teams=teams)
    phones = [open_page(f"j/{host.room}") for _ in TRIO]
    for phone, name in zip(phones, ("Mina", "Jun", "Alma"), strict=True):
        take_seat(phone, name)
    return host, phones[0]


def knock(page: Page, name: str, language: str = "en") -> None:
    """Ask for a seat that is not free, and wait."""
    page.locator("form input").nth(1).fill(name)
    page.locator("form .button.main").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        {"en": "Wait to be let in", "zh": "等人放你进来"}[language]
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_stranger_waits_and_the_seat_lets_them_in(
    open_page: OpenPage, new_room: OpenRoom, url: str, language: str
) -> None:
    """The one who waits may watch meanwhile and is in by itself; the phone of the seat goes on with what it does."""
    host, mina = full_room(open_page, new_room)
    noor = open_page(f"j/{host.room}", language=LANGUAGES[language])
    knock(noor, "Noor", language)
    expect(noor.get_by_role("button", name={"en": "Watch", "zh": "旁观"}[language])).to_be_visible()
    assert violations_of_both_themes(noor) == []
    assert min(noor.evaluate(_TARGETS, ".apart .button, .apart summary")) >= 48
    asking = mina.locator(".asks-in")
    expect(asking).to_contain_text("Noor asks to share your seat.")
    assert violations_of_both_themes(mina) == []
    assert min(mina.evaluate(_TARGETS, ".asks-in .button")) >= 48
    mina.get_by_role("button", name="Table", exact=True).click()
    asking.get_by_role("button", name="Let in").click()
    expect(noor.locator(".seat-page")).to_be_visible()
    expect(asking).to_have_count(0)
    assert table(url, host.room)["seat"]["1"]["name"] == "Mina & Noor"


def test_the_console_answers_who_asks_for_any_seat(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Turned away, a phone asks no more; let in, it has the seat; the list of seats stays at hand."""
    host, _ = full_room(open_page, new_room)
    console = open_page(f"c/{host.room}/{host.invite()}", CONSOLE)
    noor, eve = (open_page(f"j/{host.room}") for _ in range(2))
    for page, name in ((noor, "Noor"), (eve, "Eve")):
        knock(page, name)
    rows = console.locator(".asks-in li")
    expect(rows).to_have_count(2)
    assert violations_of_both_themes(console) == []
    rows.filter(has_text="Eve").get_by_role("button", name="Not now").click()
    expect(eve.get_by_role("heading", level=1)).to_have_text("This door stays closed")
    rows.filter(has_text="Noor").get_by_role("button", name="Let in").click()
    expect(noor.locator(".seat-page")).to_be_visible()
    expect(rows).to_have_count(0)


def test_a_pass_opens_a_seat_once_and_stands_in_no_address(open_page: OpenPage, new_room: OpenRoom) -> None:
    """The seat's menu shows it large; its link fills it in and forgets it, and a used one is told at its field."""
    host, mina = full_room(open_page, new_room)
    mina.get_by_role("button", name="Menu").click()
    sheet = mina.get_by_role("dialog")
    sheet.get_by_role("button", name="Somebody else to this seat").click()
    code = sheet.locator(".figure").inner_text()
    expect(sheet.locator(".qr")).to_be_in_viewport(ratio=1)
    shown = sheet.locator(".qr").get_attribute("aria-label") or ""
    assert re.search(rf"#/j/{host.room}/{code}", shown), shown
    assert violations_of_both_themes(mina) == []
    noor, eve = (open_page(f"j/{host.room}/{code}") for _ in range(2))
    for page, name in ((noor, "Noor"), (eve, "Eve")):
        expect(page.get_by_label("Pass")).to_have_value(code)
        assert code not in page.url
        page.get_by_label("Name").fill(name)
        page.get_by_role("button", name="Take a seat").click()
        if page is noor:
            expect(page.locator(".seat-page")).to_be_visible()
    expect(eve.locator(".complaint")).to_contain_text("That pass opens no seat.")
    assert violations_of_both_themes(eve) == []


def test_a_room_without_teams_offers_its_last_season_to_watch(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Nobody is asked there, since nobody shares a seat: who comes watches."""
    host, mina = full_room(open_page, new_room, teams=False)
    host.send("start")
    season = mina.locator(".header .phase")
    while not IN_LAST_SEASON.match(before := season.inner_text()):
        host.send("advance")
        expect(season).not_to_have_text(before, use_inner_text=True)
    page = open_page(f"j/{host.room}")
    page.get_by_label("Name").fill("Noor")
    page.get_by_role("button", name="Take a seat").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The room is full")
    page.get_by_role("button", name="Watch").click()
    expect(page.locator(".wall")).to_be_visible()
