"""How many taps the sensible choices of a first season take; cards that tell are gone on with, and do not count."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.phone import seated
from tests.browser.rig.stage import AWAKE, answered_all, past_moments, turn

MAKER, INVESTOR, OPERATOR = "maker", "investor", "operator"
MOST = {MAKER: 14, INVESTOR: 14, OPERATOR: 12}
CLASS = (*[MAKER] * 7, *[INVESTOR] * 4, OPERATOR)
LEARN = re.compile("^Learn ")
SENT = re.compile("You (teach|learn) .+; an hour each")  # stays on the list, whatever a bot answers at once
MAIN = ".foot .button.main"  # the question's: a card told meanwhile has one of its own, and covers it
QUESTIONS = 3  # of one phase at most
WAIT_MS = 3_000  # for a choice that may not be there: the room is of bots
PHASES = ("Policy", "Admission", "Exchange", "Matching", "Incubation", "Market", "Appraisal", "Recap")


class Thumb:
    """Taps what a test says, as often as it is there, and counts."""

    def __init__(self, page: Page) -> None:
        """Begin with no tap."""
        self.page = page
        # some cards are told in the middle of a phase, as a deal's is
        page.add_locator_handler(page.locator(".moment"), lambda _: past_moments(page), no_wait_after=True)
        self.taps: list[str] = []

    def tap(self, what: Locator, name: str) -> bool:
        """Tap something once taps count, and say whether it was there."""
        try:
            what.first.wait_for(timeout=WAIT_MS)
        except Exception:  # noqa: BLE001  (Playwright's own error, of which nothing else is made)
            return False
        self.page.wait_for_function(AWAKE)
        what.first.click()
        self.taps.append(name)
        return True

    def pay(self, what: Locator, name: str) -> None:
        """Tap something that costs, and wait until the purse has paid for it."""
        purse = self.page.locator(".purse b").first
        had = purse.inner_text()
        assert self.tap(what, name)
        expect(purse).not_to_have_text(had)

    def be_ready(self) -> None:
        """Press the yellow button until nothing more is asked: some phases ask twice."""
        for _ in range(QUESTIONS):
            asked = turn(self.page)
            self.page.wait_for_function(AWAKE)
            self.page.locator(MAIN).click()
            self.taps.append("main")
            if answered_all(self.page, asked):
                return
        raise AssertionError("the phase asks again and again")


def cards(page: Page) -> Locator:
    """Return the cards that are choices and not chosen."""
    return page.locator(".now button.card[aria-pressed=false]:not([disabled])")


def maker(thumb: Thumb, phase: str) -> None:
    """Keep another idea, ask one to teach, ask for a fair deal, and guess; lists and ratings stay as proposed."""
    page = thumb.page
    match phase:
        case "Admission" | "Market":
            thumb.tap(cards(page), "card")
        case "Exchange":
            assert thumb.tap(page.get_by_role("button", name=LEARN), "learn")
            page.get_by_text(SENT).first.wait_for()
        case "Matching":
            thumb.pay(page.get_by_role("button", name=re.compile("^Ask for [0-9]")), "ask")
        case _:
            pass


def investor(thumb: Thumb, phase: str) -> None:
    """Teach one, back one venture by the fair deal that stands there, and guess; lists and ratings stay."""
    page = thumb.page
    match phase:
        case "Market":
            thumb.tap(cards(page), "card")
        case "Exchange":
            assert thumb.tap(page.locator(".now .card .button.ink"), "teach")
            page.get_by_text("You have taught somebody this season.").wait_for()
        case "Matching":
            thumb.pay(page.get_by_role("button", name=re.compile("^Offer [0-9]")), "offer")
        case _:
            pass


def operator(thumb: Thumb, phase: str) -> None:
    """Open cheaply with one desk more, introduce two, send the workshop's hours where they help most, and guess."""
    page = thumb.page
    match phase:
        case "Policy":
            assert thumb.tap(page.locator(".presets button").first, "cheap")
            assert thumb.tap(page.get_by_role("button", name="Community, level 1"), "level")
        case "Exchange":
            met = page.get_by_role("heading", name="should meet", level=2).inner_text()
            assert thumb.tap(page.get_by_label("Investors").locator("button.card"), "introduce")
            page.wait_for_function("met => !document.body.innerText.includes(met)", arg=met)
        case "Market":
            thumb.tap(cards(page), "card")
        case "Incubation":
            expect(page.locator(".button.main")).to_have_text("Send all where they help most")
        case _:
            pass


PLAYS: dict[str, Callable[[Thumb, str], None]] = {MAKER: maker, INVESTOR: investor, OPERATOR: operator}


@pytest.mark.parametrize("role", PLAYS)
def test_a_first_season_takes_few_taps(open_page: OpenPage, new_room: OpenRoom, role: str) -> None:
    """A choice in every phase that asks for one, and the yellow button: no more than the design allows."""
    others = list(CLASS)
    others.remove(role)
    host = new_room((role, *others), scenario="classroom", pace="host")
    page = seated(open_page, host)
    thumb = Thumb(page)
    host.send("start")
    for phase in PHASES:
        expect(page.locator(".header .phase")).to_contain_text(phase)
        past_moments(page)
        assert turn(page)
        PLAYS[role](thumb, phase)
        thumb.be_ready()
        host.send("advance")
    again = int(page.evaluate("window.pressedAgain ?? 0"))  # for somebody who has asked since
    assert len(thumb.taps) + again <= MOST[role], thumb.taps
