"""Answers: a question after a season and two at the end, on phones, on the console, and on the wall when picked."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.accessibility import violations
from tests.browser.rig.stage import CONSOLE, PROJECTOR, Host, past_moments, take_seat

APART = 8  # pixels between what shows an answer and what keeps it off
WORDS = "At my aunt's bakery"


def test_a_class_answers_and_the_wall_says_what_is_picked_and_nobody(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Nothing is fetched before it is asked; one tap answers; words go to the wall by one press, without a name."""
    host = new_room()
    fetched: list[str] = []
    phone, other = open_page(f"j/{host.room}"), open_page(f"j/{host.room}")
    phone.on("request", lambda request: fetched.append(request.url))
    take_seat(phone, "Mina")
    take_seat(other, "Ben")
    wall = open_page(f"s/{host.room}", PROJECTOR)
    console = open_page(f"c/{host.room}/{host.invite()}", CONSOLE)
    host.send("start")
    _to_recap(host, phone, other)
    assert not [url for url in fetched if "question_cards" in url]
    phone.get_by_role("button", name="A question to you").click()
    card = phone.locator(".question-card")
    card.get_by_role("button").first.click()
    expect(card.get_by_role("status")).to_contain_text("Handed in")
    assert [url for url in fetched if "question_cards" in url]
    assert violations(phone) == []
    phone.get_by_role("button", name="Got it").click()  # answered or not, the main button is where it was
    console.get_by_role("button", name="Answers", exact=True).click()
    sheet = console.get_by_role("dialog")
    expect(sheet.get_by_text(re.compile(r"^\d of \d have answered$")).first).to_be_visible()
    assert violations(console) == []
    host.send("end")
    for each, words in ((phone, WORDS), (other, "In a choir")):
        box = each.get_by_role("textbox", name="In your own words")
        box.fill(words)
        each.get_by_role("button", name="Hand in").click()
        expect(each.locator(".own-words")).to_have_text(words)
    assert violations(phone) == []
    sheet.get_by_role("button", name=f"Show on the wall: {WORDS}").click()
    expect(wall.locator(".answers-words li")).to_have_text([WORDS])
    assert "Mina" not in wall.locator(".answers-scene").inner_text()
    assert "choir" not in wall.content()
    assert violations(wall) == []
    beside = sheet.locator(".pick").first.get_by_role("button")
    boxes = [found for one in beside.all() if (found := one.bounding_box())]
    assert boxes[1]["x"] >= boxes[0]["x"] + boxes[0]["width"] + APART or boxes[1]["y"] > boxes[0]["y"]
    sheet.get_by_role("button", name=f"Take off the wall: {WORDS}").click()
    expect(wall.locator(".answers-scene")).to_have_count(0)


def _to_recap(host: Host, *phones: Page) -> None:
    for phase in ("Admission", "Exchange", "Matching", "Incubation", "Market", "Appraisal", "Recap"):
        host.send("advance")
        expect(phones[0].locator(".header .phase")).to_contain_text(phase)
    for phone in phones:
        past_moments(phone)
