"""What axe finds on a page, in the dark and in the light. An empty list is what the tests ask for."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

__all__ = ["violations", "violations_of_both_themes"]

_MOST_RUNS = 5
_ALL = {"resultTypes": ["violations"]}
_CONTRAST = {**_ALL, "runOnly": ["color-contrast"]}  # all that another theme can change
# whether the page stands still; from then on it is counted what changes in it
_AT_REST = """() => { if (document.getAnimations().some(each => each.playState === 'running')) return false;
    window.changes = 0; window.watch ??= new MutationObserver(all => { window.changes += all.length; });
    window.watch.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    return true; }"""


def violations(page: Page, options: dict[str, list[str]] = _ALL, within: str | None = None) -> list[str]:
    """Return what axe finds on a page at rest, or within a part of it, each with the first element that it means.

    Where something has changed under its eyes, such as a card that is fading in, it looks again.
    """
    axe = Axe("0") if page.evaluate("'axe' in window") else Axe()  # half a megabyte: once for each page
    found: list[dict[str, Any]] = []
    for _ in range(_MOST_RUNS):
        page.wait_for_function(_AT_REST)
        found = axe.run(page, within, options=options).response["violations"]
        if not found or not page.evaluate("window.changes"):
            break
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]} {one['nodes'][0]['failureSummary']}" for one in found]


def violations_of_both_themes(page: Page) -> list[str]:
    """Return what axe finds in the dark, and what of it is too pale in the light, where the page is left."""
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    dark = violations(page)
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    return dark + violations(page, _CONTRAST)
