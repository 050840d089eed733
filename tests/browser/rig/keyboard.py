"""A person without a mouse: what can be reached by Tab and pressed."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.browser.rig.phone import settled

__all__ = ["press", "reach"]

MOST_TABS = 150


def reach(page: Page, target: Locator) -> None:
    """Move the focus to something by Tab alone."""
    target.wait_for()
    for _ in range(MOST_TABS):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"not to be reached by Tab: {target}")


def press(page: Page, name: str, *, exact: bool = True) -> None:
    """Reach a button of the sheet that is open, or else of the page, and press it."""
    place = page.locator("dialog[open]") if page.locator("dialog[open]").count() else page.locator("body")
    reach(page, place.get_by_role("button", name=name, exact=exact))
    settled(page)
    page.keyboard.press("Enter")
