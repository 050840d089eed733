"""What comes out of the printer."""

from __future__ import annotations

import re

from playwright.sync_api import Page


def sheets(page: Page) -> int:
    """Return on how many sheets of paper a page is printed, of the size that it asks for."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True, print_background=True)))
