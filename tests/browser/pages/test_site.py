"""The documentation site in a browser: it asks nobody else, is searched in both languages, and fits a phone."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.xdist_group("site")

ROOT = Path(__file__).resolve().parents[3]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the name is the library's)
        """Say nothing of each request."""


@pytest.fixture(scope="module", name="site")
def site_(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build the site, show it on a port of this machine, and return its address."""
    folder = str(tmp_path_factory.mktemp("site"))
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, capture_output=True, check=True)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    ("page_name", "asked", "answer"),
    [
        ("index", "firewall", "The phones can't reach it"),
        ("zh/index", "隔离", "手机打不开"),
        ("zh/index", "防火墙", "手机打不开"),
    ],
)
def test_a_word_of_either_language_finds_its_page(
    browser: Browser, site: str, page_name: str, asked: str, answer: str
) -> None:
    """One search over both; the whole time no other host is asked for anything."""
    page = browser.new_page()
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    page.goto(f"{site}/{page_name}.html")
    box = page.get_by_role("textbox").first
    box.fill(asked)
    box.press("End")  # a search that is ready looks again when a key is let go, and text put in lets go of none
    expect(page.locator(".md-search-result__item").filter(has_text=answer).first).to_be_visible()
    assert [url for url in asked_for if not url.startswith(site) and not url.startswith(("data:", "blob:"))] == []
    page.close()


def test_no_page_is_wider_than_a_phone(browser: Browser, site: str) -> None:
    """Long names and tables scroll in a place of their own."""
    page = browser.new_page(viewport={"width": 360, "height": 780})
    for name in ("index", "zh/index", "teaching", "zh/teaching", "where-is-it", "playtests", "settings"):
        page.goto(f"{site}/{name}.html")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
    page.close()


def test_the_switch_of_languages_leads_to_the_same_page(browser: Browser, site: str) -> None:
    """By a click, as by the link without a script."""
    page = browser.new_page()
    page.goto(f"{site}/networks.html")
    page.locator(".md-header .md-select").hover()
    page.locator(".md-select__link[hreflang=zh]").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("手机打不开")
    assert page.url == f"{site}/zh/networks.html"
    page.close()
