"""The comparison of ten tables to take home, in a browser: each column of it can be seen."""

from __future__ import annotations

from playwright.sync_api import Browser

from makersphere_rules.compared.figures import COMPARED
from makersphere_server.classes.compare_page import compare_page


def test_ten_tables_fit_a_small_laptop(browser: Browser) -> None:
    """Their figures, the class's mean and what is usual stand beside each other without being scrolled."""
    tables = [{"table": number, "figures": dict.fromkeys(COMPARED, 100.25 + number)} for number in range(1, 11)]
    means = {name: [123.45, 100.12, 140.33] for name in COMPARED}
    about = {"scenario": "classroom", "seasons": 3}
    group = {**about, "code": "K7QF234", "name": "10b", "tables": 10, "figures": means}
    usual = {"figures": {name: [100.5, 120.25, 140.75] for name in COMPARED}}
    cannot = {"named": [], "can_name": False, "not_measured": ""}
    found = {"figures": list(COMPARED), "tables": tables, "groups": [group], **cannot}
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_content(compare_page({**found, "usual": usual}, "en").decode())
    columns = page.locator(".scroll")
    assert columns.locator("thead th, thead td").count() == 13
    assert columns.evaluate("each => each.scrollWidth <= each.clientWidth")
    page.close()
