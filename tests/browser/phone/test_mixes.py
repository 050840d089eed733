"""Other rules on the same phones: people play auctions and plans by touch, and a game of two runs to its end."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.phone import MOST_TURNS, is_over, press_main, roles_with_first
from tests.browser.rig.stage import PHONE, PROJECTOR, SIX, Host, take_seat

SMALL = (360, 740)


def at_matching(page: Page, host: Host) -> Page:
    """Take a seat, start, and close phases until matching is open."""
    take_seat(page, "Mina")
    host.send("start")
    page.locator(".purse").wait_for()
    for _ in range(3):
        host.send("advance")
    expect(page.locator(".header .phase")).to_contain_text("Matching")
    expect(page.locator(".default")).to_be_visible()
    return page


def test_an_investor_bids_and_joins_the_plan(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Money is bid for under seal, hours join the plan; each half asks its own question, and what is said stays."""
    host = new_room(roles_with_first("investor"), scenario="block-and-plan")
    page = at_matching(open_page(f"j/{host.room}"), host)
    expect(page.get_by_role("heading", level=1)).to_have_text("What do you bid, and on whom?")
    expect(page.locator("main")).to_contain_text("second-lowest")
    expect(page.locator(".default")).to_contain_text("no bid with money; all your hours join the plan")
    card = page.locator(".card", has=page.get_by_role("button", name="Bid for")).first
    card.get_by_role("button", name="Bid for").click()
    chosen = page.locator(".card.chosen")
    chosen.get_by_role("button", name="Less").press("Enter")  # a finger that stays on it, as a slow one does, repeats
    expect(chosen.get_by_role("spinbutton")).to_have_value("34")
    expect(page.locator(".default")).to_have_text("If time runs out: all your hours join the plan.")
    page.get_by_role("button", name="Done with money, now hours").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("How much of your time joins the plan?")
    less = page.get_by_role("button", name="Less: Packages at most")
    while less.is_enabled():
        less.press("Enter")
    expect(page.locator(".default")).to_contain_text("as you have chosen")
    page.get_by_role("button", name="Money", exact=True).click()
    expect(page.locator(".card.chosen").get_by_role("spinbutton")).to_have_value("34")


def test_a_bid_can_be_taken_back(open_page: OpenPage, new_room: OpenRoom) -> None:
    """No bid is a choice as well, until the hammer falls."""
    host = new_room(roles_with_first("investor"), scenario="block")
    page = at_matching(open_page(f"j/{host.room}"), host)
    page.get_by_role("button", name="Bid for").first.click()
    expect(page.locator(".card.chosen")).to_have_count(1)
    page.get_by_role("button", name="No bid for").click()
    expect(page.locator(".card.chosen")).to_have_count(0)


def test_a_lead_calls_for_bids_and_stays_out_of_the_plan(open_page: OpenPage, new_room: OpenRoom) -> None:
    """The reserve and who may win are the lead's; a venture may do without planned hours; the deal is in its list."""
    host = new_room(roles_with_first("maker"), scenario="block-and-plan")
    page = at_matching(open_page(f"j/{host.room}"), host)
    expect(page.locator(".default")).to_contain_text("you call for money, 35% at most")
    page.get_by_role("button", name="Angel").click()
    expect(page.locator(".default")).to_have_text("If time runs out: you take a package of hours.")
    page.get_by_role("button", name="Done with money, now hours").click()
    page.locator("button.card", has_text="No hours this time").click()
    expect(page.locator("button.card.chosen")).to_contain_text("No hours this time")
    expect(page.locator(".default")).to_contain_text("as you have chosen")
    page.locator(".button.main").click()  # sends what has been chosen, and waits for the bids of all bots
    expect(page.locator(".header .phase")).to_contain_text("Incubation")
    page.get_by_role("button", name="Mine").click()
    page.get_by_role("button", name="Deals").click()
    expect(page.locator("main")).to_contain_text("60 credits")
    expect(page.locator("main")).not_to_contain_text("4 hours")


@pytest.mark.parametrize("role", ["maker", "investor", "operator"])
def test_two_runs_by_other_rules_are_played_to_their_comparison(
    open_page: OpenPage, new_room: OpenRoom, role: str
) -> None:
    """The main button alone plays both runs, and the two stand side by side at the end, on phone and wall."""
    host = new_room(roles_with_first(role), scenario="two-runs")
    page = open_page(f"j/{host.room}")
    take_seat(page, "Mina")
    host.send("start")
    page.locator(".purse").wait_for()
    for _ in range(MOST_TURNS):
        if is_over(page):
            break
        press_main(page)
    expect(page.locator("table.runs thead th")).to_have_count(2)
    expect(page.locator("table.runs")).to_contain_text("Hours by clearinghouse")
    wall = open_page(f"s/{host.room}", PROJECTOR)
    expect(wall.locator("table.runs thead th")).to_have_count(2)
    host.send("show", scene="ranking", step=3)
    expect(wall.locator(".all-roles .stand-place").first).to_contain_text("1")
    row, face = (wall.locator(f".all-roles {part}").first.bounding_box() for part in ("li", ".face"))
    assert row is not None
    assert face is not None
    assert row["height"] < 2 * face["height"], "a name of the ranking is broken into pieces"


@pytest.mark.parametrize("mix", ["block", "plan", "lists", "bargain"])
def test_nothing_is_wider_than_a_small_phone(open_page: OpenPage, new_room: OpenRoom, mix: str) -> None:
    """Under every mix each half fits 360 px, and has something to thumb that is large enough."""
    for role in ("maker", "investor"):
        host = new_room(roles_with_first(role), scenario=mix)
        page = at_matching(open_page(f"j/{host.room}", SMALL), host)
        for half in ("Money", "Hours"):
            button = page.get_by_role("button", name=half, exact=True)
            if button.count():
                button.click()
            assert page.evaluate("() => document.documentElement.scrollWidth") == SMALL[0], (mix, role, half)
        host.send("end")


def test_the_tab_of_rules_says_what_is_played(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Rules are those of the modules on the table, with their numbers."""
    host = new_room(SIX, scenario="block-and-plan")
    page = at_matching(open_page(f"j/{host.room}", PHONE), host)
    page.get_by_role("button", name="Rules").click()
    rules = page.locator("main")
    for words in ("Money is auctioned", "A planner places hours", "split by the hours", "the last 20% close"):
        expect(rules).to_contain_text(words)
    expect(rules).not_to_contain_text("bargained")
