"""What the tests of the phone share: coming to a seat, waiting for a phase, and pressing the one main button."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.rig.stage import PHONE, SIX, Host, answered, take_seat, turn

__all__ = [
    "MOST_TURNS",
    "is_over",
    "join_and_start",
    "press_main",
    "roles_with_first",
    "seated",
    "settled",
    "wait_for_phase",
]

MOST_TURNS = 60


def roles_with_first(role: str) -> tuple[str, ...]:
    """Return the roles of a room of six in which the first seat, the one that is given out first, has this role."""
    others = list(SIX)
    others.remove(role)
    return (role, *others)


def seated(
    open_page: OpenPage, host: Host, name: str = "Mina", size: tuple[int, int] = PHONE, *, tells: bool = False
) -> Page:
    """Return a phone that has a seat and knows its role."""
    page = open_page(f"j/{host.room}", size, tells=tells)
    take_seat(page, name)
    page.get_by_role("button", name="Got it").click()
    return page


def past_policy(page: Page) -> None:
    """Press the button of the first season's news, once that is there: one in the lobby has the same words."""
    wait_for_phase(page, "Policy")
    page.get_by_role("button", name="Got it").click()


def wait_for_phase(page: Page, phase: str) -> None:
    """Wait until a phone is in a phase."""
    expect(page.locator(".header .phase")).to_contain_text(phase)
    expect(page.locator(".default")).to_be_visible()


def settled(page: Page) -> None:
    """Wait until keys count: right after a change of phase they were meant for the one before."""
    page.wait_for_function("() => !('settling' in document.documentElement.dataset)")


def join_and_start(page: Page, host: Host) -> None:
    """Load a page anew in a room, past whatever has been put in its way since; take a seat, and start the game."""
    page.goto(f"{page.url.split('#')[0]}#/j/{host.room}")
    page.reload()
    take_seat(page, "Mina")
    host.send("start")
    wait_for_phase(page, "Policy")


def press_main(page: Page) -> None:
    """Press the one main button and wait until something else is asked."""
    before = turn(page)
    button = page.locator(".button.main")
    box = button.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] / 2 > PHONE[1] * 0.6, f"the thumb does not reach the button of {before}"
    button.click()
    answered(page, before)


def is_over(page: Page) -> bool:
    """Return whether the ranking is shown and nothing is asked any more."""
    return page.locator(".ranking-list").count() > 0 and page.locator(".button.main").count() == 0
