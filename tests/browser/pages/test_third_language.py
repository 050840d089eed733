"""A third language is a folder of texts: a small one is put beside the others in a copy, and all else follows."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from house import webclient
from tests.browser.rig.stage import serving
from tests.cli.program import makersphere

pytestmark = pytest.mark.xdist_group("third_language")

ROOT = Path(__file__).resolve().parents[3]
GERMAN = {
    "language": {
        "language.about": "{a}: {b}",
        "language.comma": "{a}, {b}",
        "language.list": "{a} und {b}",
        "language.name": "Deutsch",
        "language.sentences": "{a} {b}",
        "language.short": "DE",
        "language.tag": "de",
    },
    "refusals": {"refusal.no_such_room": "Diesen Raum gibt es nicht."},
    "terminal": {"terminal.no_rooms": "In {folder} ist kein Raum."},
    "lesson": {"lesson.title": "Die Stunde: {scenario}"},
    "ui": {"ui.join": "Mit welchem Code?"},
}


@pytest.fixture(scope="module", name="copy")
def copy_(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy what the texts are read and built by, put German beside, build the pages, and return the copy's root."""
    root = tmp_path_factory.mktemp("copy")
    for top in ("server", "clients/web"):
        left_out = shutil.ignore_patterns("node_modules", "dist", "__pycache__", ".vitest")
        shutil.copytree(ROOT / top, root / top, ignore=left_out)
    (root / "clients/web/node_modules").symlink_to(ROOT / "clients/web/node_modules")
    german = root / "server/makersphere_protocol/texts/de"
    german.mkdir()
    for area, texts in GERMAN.items():
        (german / f"{area}.json").write_text(json.dumps(texts), "utf-8")
    webclient.npm(root, ["exec", "--", "vite", "build", "--logLevel", "warn"])
    return root


@pytest.fixture(scope="module", name="address")
def address_(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a server that has the copy's texts and pages."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(copy / "server"))
        with serving(tmp_path_factory.mktemp("rooms")) as url:
            yield url


@pytest.fixture(name="page")
def page_(browser: Browser, address: str) -> Iterator[Page]:
    """Return the start page as a German phone opens it."""
    context = browser.new_context(locale="de-AT", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()


def test_a_phone_speaks_it_and_says_the_rest_in_english(page: Page) -> None:
    """By the phone's own language; the switch has a place for each, by its own name."""
    expect(page.get_by_role("heading", level=1, name="Mit welchem Code?")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "de"
    expect(page.get_by_label("Name")).to_be_visible()
    choices = page.get_by_role("group", name="Language").get_by_role("button")
    assert choices.all_inner_texts() == ["DE", "EN", "中"]
    page.get_by_role("button", name="中").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    page.get_by_role("button", name="DE").click()
    expect(page.get_by_role("heading", level=1, name="Mit welchem Code?")).to_be_visible()


def test_the_server_refuses_in_it(page: Page) -> None:
    """Whoever asks in it is told so in it."""
    asked = {"Accept-Language": "de-AT,de;q=0.9", "Authorization": "Bearer nothing"}
    answer = page.request.get(page.url.split("#")[0] + "api/rooms/2222222/debrief", headers=asked)
    assert answer.json()["error"]["message"] == "Diesen Raum gibt es nicht."


def test_numbers_are_written_as_it_does(page: Page) -> None:
    """Thousands have its own mark."""
    page.goto(page.url.split("#")[0] + "#/lesson/training")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Die Stunde")
    expect(page.get_by_text(re.compile(r"^\d\.\d{3}$")).first).to_be_visible()


def test_the_command_speaks_it(copy: Path, tmp_path: Path) -> None:
    """By the variable, as any other."""
    done = makersphere(
        tmp_path, "rooms", "list", "--data", ".", MAKERSPHERE_LANGUAGE="de", PYTHONPATH=str(copy / "server")
    )
    assert "ist kein Raum" in done.stdout + done.stderr
