"""What became of my own choices, told by the phone before the next question: a test for each kind of moment.

One goes through a real game; the others tell a phone the facts that a server tells, and look at what it makes of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.accessibility import violations_of_both_themes
from tests.browser.rig.phone import roles_with_first, seated
from tests.browser.rig.told_phone import BO, MINA, OLGA, ToldPhone

SPOKEN = ".live [role=status]"
AWAKE = "() => !document.querySelector('.moment[data-asleep]') && !document.documentElement.dataset.settling"
SIDEWAYS = "() => document.documentElement.scrollWidth > innerWidth"

DEAL: dict[str, Any] = {
    "id": 9,
    "season": 1,
    "investor": BO,
    "venture": 5,
    "maker": MINA,
    "credits": 60,
    "hours": 0,
    "shares": 2500,
}
DEAL |= {"fee": 0, "source": "sheet", "round": 0, "delivered": 0, "fee_due": 0, "fee_paid": 0}
PACKAGE = {**DEAL, "id": 10, "credits": 0, "hours": 4, "shares": 100, "fee": 7, "source": "package"}
PITCH = {"maker": MINA, "space": OLGA, "season": 1, "venture": 5, "score": 33, "bar": 36, "desks": 2, "ahead": []}
ROLL = {"dice": 5, "spirit": 1, "help": 2, "misses": 0, "needed": 9}
PAYOUT = {"venture": 5, "seats": [MINA, BO], "season": 1, "price": "fair", "sales": 133, "spent": 213}
STEPS = {"goods": 39, "wage": 8, "rent": 12, "tax": 7, "reserve": 20, "dividend": 47}
DANGER = {"venture": 5, "seats": [MINA, BO], "space": OLGA, "season": 1, "sold": 133, "bar": 90, "reason": ""}
WAGE = {"amount": 8, "other": "venture:5", "reason": "wage", "season": 1}


def lies(page: Page, kind: str) -> None:
    """Wait until a kind of moment lies on the phone."""
    expect(page.locator(f'.moment[data-kind="{kind}"]')).to_be_visible()


def go_on(page: Page) -> None:
    """Tap the button of a moment once taps count."""
    page.wait_for_function(AWAKE)
    page.locator(".moment .button.main").click()


def test_a_door_that_opens_is_told_on_the_whole_screen(open_page: OpenPage, new_room: OpenRoom) -> None:
    """In for the first time: score, bar and desks, said as one sentence; kept in Mine, and told once."""
    host = new_room(roles_with_first("maker"), 1000, pace="host")
    page = seated(open_page, host, tells=True)
    page.emulate_media(reduced_motion="reduce")
    host.send("start")
    host.send("advance")
    expect(page.locator(".header .phase")).to_contain_text("Admission")
    host.send("advance")
    lies(page, "door")
    moment = page.locator(".moment.full")
    expect(moment.locator("h1")).to_have_text("You\N{RIGHT SINGLE QUOTATION MARK}re in!")
    expect(moment).to_contain_text("bar 36")
    expect(page.locator(SPOKEN)).to_contain_text("North Hall: you\N{RIGHT SINGLE QUOTATION MARK}re in! You scored")
    assert violations_of_both_themes(page) == []
    go_on(page)
    expect(page.locator(".default")).to_be_visible()
    page.locator(".tabs button").nth(2).click()
    page.get_by_role("button", name="you\N{RIGHT SINGLE QUOTATION MARK}re in!").click()
    expect(page.locator("dialog h1")).to_have_text("You\N{RIGHT SINGLE QUOTATION MARK}re in!")
    page.reload()
    page.keyboard.press("Escape")
    page.locator(".tabs button").first.click()
    expect(page.locator(".default")).to_be_visible()
    expect(page.locator(".moment")).to_have_count(0)


def born(phone: ToldPhone) -> None:
    """Let Bo fund Mina's venture."""
    phone.open("matching", 3, venture={"5": {"born": False, "shares": {"1": 10000}}})
    shares = {"born": True, "shares": {"1": 7500, "3": 2500}}
    hand = {"deal": {"9": DEAL}, "maker": {"1": {"spirit": 6}}, "venture": {"5": shares}}
    phone.tell({**hand, "account": {"venture:5": {"balance": 120}}})


def turned_away(phone: ToldPhone) -> None:
    """Let a door stay shut."""
    phone.open("exchange", 2, {"pitch": {"1": {**PITCH, "outcome": "below"}}}, venture={"5": {"space": 0}})


def taught(phone: ToldPhone) -> None:
    """Let Jun teach Mina."""
    phone.open("exchange", 2)
    log = [
        {"text": "exchange_made", "values": {"maker": 2, "seat": MINA}},
        {"text": "skill_learnt", "values": {"maker": MINA, "skill": "business"}},
    ]
    phone.open("matching", 3, log=log, maker={"1": {"skills": [2, 6, 4], "spirit": 6, "ties": [2]}})


def helped(phone: ToldPhone) -> None:
    """Let Bo's hours come, and Lin's not."""
    phone.open("matching", 3)
    answer = {"seat": MINA, "season": 1, "venture": 5, "answers": {"3": "given", "8": "full"}}
    lin = {"8": {"id": 8, "role": "investor", "name": "Lin"}}
    phone.open("incubation", 4, {"list_answer": {"1": answer}}, deal={"10": PACKAGE}, seat=lin)


def sold(phone: ToldPhone) -> None:
    """Let the first sale be enough."""
    phone.open("market", 5)
    payout = {**PAYOUT, "steps": STEPS, "holders": {"1": 32, "3": 15}}
    hand = {"payout": {"5": payout}, "danger": {"5": DANGER}, "entry": {"a": WAGE}}
    phone.open("appraisal", 6, hand, account={"maker:1": {"balance": 100}})


def ended(phone: ToldPhone) -> None:
    """Let the venture miss its bar."""
    phone.open("appraisal", 6)
    danger = {**DANGER, "sold": 22, "bar": 25, "reason": "unsold"}
    closed = {"5": {"closed": "unsold", "closed_season": 1, "shares": None}}
    phone.open("recap", 7, {"danger": {"5": danger}}, venture=closed, maker={"1": {"skills": [3, 6, 3]}})


def recapped(phone: ToldPhone) -> None:
    """Let the season be counted."""
    phone.open("appraisal", 6)
    standing = {"seat": MINA, "season": 1, "parts": {"credits": 54, "shares": 77, "spirit": 24}}
    scores = {"1": {"seat": MINA, "standings": [155], "parts": {}}, "2": {"seat": 2, "standings": [160], "parts": {}}}
    phone.open("recap", 7, {"standing": {"1": standing}}, score=scores)


MOMENTS: dict[str, tuple[Callable[[ToldPhone], None], str, str]] = {
    "door": (
        turned_away,
        "North Hall: not yet.",
        "You scored 33, the bar was 36. 2 of 3 desks stayed free. North Hall did not play its wild card.",
    ),
    "learned": (taught, "Jun taught you Business.", "3 to 4."),
    "signed": (born, "Rice Robot is born!", "60 credits from Bo for 25%. Mina keeps 75%."),
    "hours": (helped, "Bo will work for you, one will not.", "Lin chose others first: all hours were gone."),
    "market": (sold, "People buy Rice Robot!", "It had to sell 90: safe, 43 above. You get 40."),
    "bar": (ended, "Rice Robot closes here. What it taught stays.", "It sold 22. It had to sell 25."),
    "season": (recapped, "How did season 1 go?", "You have 155 points, place 2 of 2."),
}


@pytest.mark.parametrize("kind", MOMENTS)
def test_a_moment_says_what_happened_to_me(open_page: OpenPage, kind: str) -> None:
    """Shown before the question, said as one sentence, without a fault at 360 px; one tap on, and kept in Mine."""
    happens, title, sentence = MOMENTS[kind]
    phone = ToldPhone(open_page, MINA, (360, 740))
    page = phone.page
    page.emulate_media(reduced_motion="reduce")
    happens(phone)
    lies(page, kind)
    expect(page.locator(".moment h1")).to_have_text(title)
    expect(page.locator(".moment h1")).to_be_focused()
    expect(page.locator(SPOKEN)).to_contain_text(sentence)
    assert violations_of_both_themes(page) == []
    assert not page.evaluate(SIDEWAYS)
    expect(page.locator(".moment .button.main")).to_be_in_viewport(ratio=1)
    go_on(page)
    expect(page.locator(".moment")).to_have_count(0)
    expect(page.locator(".now h1")).to_be_focused()
    page.locator(".tabs button").nth(2).click()
    expect(page.locator(".own-story li")).to_have_count(1)
    expect(page.locator(".own-story li")).to_contain_text(sentence)


def test_dice_are_thrown_by_touch_and_say_what_was_missing(open_page: OpenPage) -> None:
    """Nothing is told before the throw; then the sum, by how much it missed, and what would have helped."""
    phone = ToldPhone(open_page, MINA, (360, 740))
    page = phone.page
    page.emulate_media(reduced_motion="reduce")
    phone.open("incubation", 4, deal={"10": PACKAGE})
    missed: dict[str, Any] = {"dice": [3, 2], "roll": ROLL, "misses": 2}
    phone.open("market", 5, venture={"5": missed}, deal={"10": {"delivered": 1}})
    lies(page, "roll")
    expect(page.locator(".moment h1")).to_have_text("6 or more on the dice")
    expect(page.locator(".moment")).not_to_contain_text("Missed")
    assert violations_of_both_themes(page) == []
    go_on(page)
    expect(page.locator(".moment h1")).to_have_text("Missed by one.")
    expect(page.locator(".moment")).to_contain_text("5 dice + 1 spirit + 2 help = 8, needed 9")
    expect(page.locator(".moment")).to_contain_text("Bo promised 4 hours and brought 1.")
    expect(page.locator(SPOKEN)).to_contain_text("needed 9. Missed by one. The next roll adds 2.")
    assert violations_of_both_themes(page) == []
    go_on(page)
    expect(page.locator(".moment")).to_have_count(0)


def test_with_little_time_left_nothing_lies_in_the_way(open_page: OpenPage) -> None:
    """A card goes by itself when less than a third of the phase is left; the story has it."""
    phone = ToldPhone(open_page, MINA)
    turned_away(phone)
    lies(phone.page, "door")
    phone.tell(clock={"deadline": 1_000_000 + 29_000})
    expect(phone.page.locator(".moment")).to_have_count(0)
    phone.page.locator(".tabs button").nth(2).click()
    expect(phone.page.locator(".own-story li")).to_have_count(1)
