"""A person's seat on a phone, played by the visible buttons alone."""

from __future__ import annotations

import re
import time
from collections.abc import Collection

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.phone import MOST_TURNS, is_over, past_policy
from tests.browser.rig.stage import PATIENCE_MS, PHASES, TURN, answered, take_seat, text, turn

_SAID_OR_ASKED = f"""before => document.querySelector('.button.main.ready') || !document.querySelector('.button.main')
    || ({TURN})() !== before"""


def seated(page: Page, name: str = "Mina") -> Page:
    """Take a seat on the join page."""
    take_seat(page, name)
    return page


def get_ready(page: Page) -> list[str]:
    """Press the main button until the seat is ready or something else is asked of it; return what was asked."""
    asked: list[str] = []
    while page.locator(".button.main:not(.ready)").count() and len(asked) < MOST_TURNS:
        before = turn(page)
        if before in asked:
            break  # the phase had closed and this is the next one's first look at it
        asked.append(before)
        page.locator(".button.main").click()
        page.wait_for_function(_SAID_OR_ASKED, arg=before)
    return asked


def go_on(phones: Collection[Page]) -> bool:
    """Wait until one of the phones asks something; return whether one does, else all are at the end."""
    patience = time.monotonic() + PATIENCE_MS / 1000
    while not any(page.locator(".button.main:not(.ready)").count() for page in phones):
        if all(is_over(page) for page in phones):
            return False
        assert time.monotonic() < patience, [turn(page) for page in phones]
        time.sleep(0.05)
    return True


def test_one_person_of_each_role_plays_quickstart_from_joining_to_the_ranking(
    open_page: OpenPage, new_room: OpenRoom
) -> None:
    """Three phones and three bots in one room: every phase asks each its question, and the main button is enough."""
    host = new_room(("maker", "investor", "operator", "maker", "maker", "investor"))
    phones = {}
    for role in ("maker", "investor", "operator"):
        phones[role] = seated(open_page(f"j/{host.room}"), role.capitalize())
        expect(phones[role].get_by_role("heading", name=f"You are: {role.capitalize()}")).to_be_visible()
    host.send("start")
    asked: dict[str, list[str]] = {role: [] for role in phones}
    for page in phones.values():
        page.locator(".purse").wait_for()
    while go_on(phones.values()) and sum(map(len, asked.values())) < 3 * MOST_TURNS:
        for role, page in phones.items():
            asked[role] += get_ready(page)
    for role, page in phones.items():
        for season in (1, 2):
            lines = [line for line in asked[role] if line.startswith(f"{season}/2 ")]
            assert tuple(dict.fromkeys(line.split(" | ")[0].split(" ", 1)[1] for line in lines)) == PHASES, role
        assert all(line.endswith("?") for line in asked[role])
        expect(page.locator(".ranking-list li.own")).to_contain_text(role.capitalize())
        expect(page.get_by_text("Thank you for playing.")).to_be_visible()


def test_a_maker_chooses_an_idea_and_a_door(open_page: OpenPage, new_room: OpenRoom) -> None:
    """What is tapped is sealed, told in the line "If time runs out", and carried out at the close."""
    host = new_room()
    page = seated(open_page(f"j/{host.room}"))
    host.send("start")
    past_policy(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Which idea will you make?")
    cards = page.locator("button.card")
    expect(cards).to_have_count(3)
    other = page.locator("button.card:not(.chosen)").first
    name = other.locator(".name").inner_text()
    other.click()
    expect(page.locator(".default")).to_contain_text(name)
    page.get_by_role("button", name="Choose, then pick a door").click()
    page.locator("button.card", has_text="Garage").click()
    expect(page.locator(".default")).to_contain_text("garage")
    page.get_by_role("button", name="Work in the garage").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who will you work with?")
    page.get_by_role("button", name="Mine").click()
    expect(page.locator("main")).to_contain_text(name)
    expect(page.locator("main")).to_contain_text("Garage")


def test_a_sealed_choice_can_be_changed_after_ready(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Ready is no trap: it can be taken back, and the choice changed, while others still think."""
    host = new_room()
    page = seated(open_page(f"j/{host.room}"))
    other = seated(open_page(f"j/{host.room}"), "Bo")
    host.send("start")
    for phone in (page, other):
        past_policy(phone)
    page.get_by_role("button", name="Choose, then pick a door").click()
    page.get_by_role("button", name="Knock on this door").click()
    expect(page.get_by_role("button", name="Ready, tap to change")).to_be_visible()
    expect(page.get_by_text("Waiting for 1 of 6.")).to_be_visible()
    page.locator("button.card", has_text="Garage").click()
    expect(page.locator("button.card.chosen")).to_contain_text("Garage")
    page.get_by_role("button", name="Ready, tap to change").click()
    expect(page.get_by_role("button", name="Work in the garage")).to_be_visible()


def two_makers_in_exchange(open_page: OpenPage, new_room: OpenRoom) -> tuple[Page, Page]:
    """Return the phones of Mina and Bo, who have come as far as they can ask each other."""
    host = new_room(("maker", "maker", "investor", "operator"))
    mina, bo = (seated(open_page(f"j/{host.room}"), name) for name in ("Mina", "Bo"))
    host.send("start")
    for phone in (mina, bo):
        past_policy(phone)
    for phone in (mina, bo):
        phone.get_by_role("button", name="Choose, then pick a door").click()
        phone.get_by_role("button", name="Knock on this door").click()
    for phone in (mina, bo):
        expect(phone.get_by_role("heading", level=1)).to_have_text("Who will you work with?")
    return mina, bo


def test_who_is_asked_when_ready_is_waited_for_once_more(open_page: OpenPage, new_room: OpenRoom) -> None:
    """The button asks again, under the same question; pressed again, it lets the phase close."""
    mina, bo = two_makers_in_exchange(open_page, new_room)
    before = turn(bo)
    bo.locator(".button.main").click()
    expect(bo.locator(".button.main")).to_have_class(re.compile("ready"))
    mina.get_by_role("button", name="Ask Bo").click()
    mina.get_by_role("button", name="Propose an exchange").click()
    expect(bo.locator(".button.main")).not_to_have_class(re.compile("ready"))
    mina.locator(".button.main").click()
    assert turn(bo) == before
    answered(bo, before)
    expect(bo.locator(".header .phase")).to_contain_text("Matching")


def test_makers_exchange_by_asking_and_answering(open_page: OpenPage, new_room: OpenRoom) -> None:
    """One proposes, the other sees what it would change and says yes; both see that it happened."""
    mina, bo = two_makers_in_exchange(open_page, new_room)
    mina.get_by_role("button", name="Ask Bo").click()
    mina.get_by_role("button", name="Propose an exchange").click()
    card = bo.locator(".card", has_text="Mina teaches")
    expect(card).to_contain_text("an hour each")
    card.get_by_role("button", name="Yes").click()
    expect(bo.locator(".purse")).to_contain_text("9 hours")
    mina.locator(".happened").click()  # what she has learnt by it may stand on top
    expect(mina.get_by_role("dialog")).to_contain_text("you and Bo work together")


def test_chinese_is_spoken_by_who_reads_it(open_page: OpenPage, new_room: OpenRoom) -> None:
    """A phone set to Chinese plays in Chinese in the same room, and the switch works at once."""
    host = new_room()
    page = open_page(f"j/{host.room}", language="zh-CN")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    page.get_by_label("名字").fill("米娜")
    page.get_by_role("button", name="入座").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(text("zh", "question.lobby.maker"))
    host.send("start")
    expect(page.get_by_role("heading", level=1)).to_have_text(text("zh", "question.policy.maker"))
    page.get_by_role("button", name="菜单").click()
    expect(page.get_by_role("button", name="English")).to_have_attribute("lang", "en")
    expect(page.get_by_role("button", name="中文")).to_have_attribute("lang", "zh-CN")
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What changed in the world?")
