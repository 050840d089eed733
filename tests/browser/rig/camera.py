"""What the screenshots are taken with: a page in each theme at each size, standing still, and sheets of all of them."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import attrs
from playwright.sync_api import Browser, Page

from tests.browser.rig.stage import CONSOLE, PHONE, PROJECTOR

__all__ = ["ON_DESK", "ON_PHONE", "ON_WALL", "SETTLE_MS", "SMALL", "THEMES", "Camera", "Size", "contact_sheets"]

Size = tuple[int, int]

SMALL: Size = (360, 740)
THEMES = ("light", "dark")
ON_PHONE = (SMALL, PHONE, CONSOLE)
ON_DESK = (PHONE, CONSOLE, PROJECTOR)
ON_WALL = (CONSOLE, PROJECTOR)
SETTLE_MS = 350
_SHEET_WIDTH = 230  # of one picture on a contact sheet
_DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"


@attrs.define
class Camera:
    """Where pictures go, in which language the pages are, and in which themes they are taken."""

    browser: Browser
    url: str
    out: Path
    language: str
    themes: tuple[str, ...] = THEMES
    scenario: str = "quickstart"

    def open(self, fragment: str, size: Size = PHONE) -> Page:
        """Open a page of the client as on a device of its own, on which nothing moves."""
        width, height = size
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, locale=self.language, reduced_motion="reduce"
        )
        page = context.new_page()
        page.goto(f"{self.url}#/{fragment}")
        page.wait_for_timeout(SETTLE_MS)
        return page

    def shoot(self, page: Page, name: str, sizes: tuple[Size, ...] = ON_PHONE) -> None:
        """Take a page in each theme at each size, and leave it as it was."""
        before = page.viewport_size
        for width, height in sizes:
            page.set_viewport_size({"width": width, "height": height})
            for theme in self.themes:
                page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
                page.evaluate(_DRAWN)
                page.screenshot(path=self.out / f"{name}.{self.language[:2]}.{theme}.{width}.png")
        if before:
            page.set_viewport_size(before)


def contact_sheets(browser: Browser, out: Path) -> None:
    """Put the pictures of each page's kind and language beside one another, so that they can be looked through."""
    kinds: dict[str, list[Path]] = {}
    for path in sorted(set(out.glob("*.*.*.*.png")) - set(out.glob("sheet-*"))):
        name, rest = path.stem.split(".", 1)
        kinds.setdefault(f"{name.partition('-')[0]}.{rest}", []).append(path)
    for kind, paths in kinds.items():
        page = browser.new_page(viewport={"width": 1900, "height": 1000})
        width = _SHEET_WIDTH * (1 if int(kind.rpartition(".")[2]) < CONSOLE[0] else 2)
        figures = "".join(
            f'<figure style="display: inline-block; margin: 6px; vertical-align: top">'
            f'<img src="data:image/png;base64,{b64encode(path.read_bytes()).decode()}" width="{width}">'
            f"<figcaption>{path.stem.partition('.')[0]}</figcaption></figure>"
            for path in paths
        )
        page.set_content(f'<body style="margin: 8px; background: #888; font: 12px sans-serif">{figures}')
        page.screenshot(path=out / f"sheet-{kind}.png", full_page=True)
        page.close()
