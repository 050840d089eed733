"""Screenshots of every page and phase: `python -m tests.browser.shots [--out FOLDER] [--scenario NAME]`.

Plays a game, quickstart unless told otherwise, with one person on a phone and bots beside, in both languages and
themes, and looks at the phone, the console and the projector in every phase. Prints the folder. Not a test: people
look at these.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import attrs
from playwright.sync_api import Browser, Page, sync_playwright

from house.system import find_chromium
from tests.browser.stage import CONSOLE, PHONE, PROJECTOR, SIX, Host, flags, hosting, serving, turn

_MOST_TURNS = 60
_SETTLE_MS = 350
_ROLES = ("maker", "investor", "operator")
_LOOKS = (("en-GB", "light"), ("zh-CN", "light"), ("en-GB", "dark"), ("zh-CN", "dark"))


@attrs.frozen
class Camera:
    """Where pictures go, and in which language and theme the pages are."""

    browser: Browser
    url: str
    out: Path
    language: str
    theme: str
    scenario: str

    def open(self, fragment: str, size: tuple[int, int]) -> Page:
        """Open a page of the client."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale=self.language,
            color_scheme="dark" if self.theme == "dark" else "light",
        )
        page = context.new_page()
        page.goto(f"{self.url}#/{fragment}")
        page.wait_for_timeout(_SETTLE_MS)
        return page

    def shoot(self, page: Page, name: str) -> None:
        """Take one picture."""
        page.screenshot(path=self.out / f"{name}-{self.language[:2]}-{self.theme}.png")


@contextmanager
def _room(camera: Camera, role: str) -> Iterator[Host]:
    others = list(SIX)
    others.remove(role)
    with hosting(camera.url, (role, *others), scale=1000, scenario=camera.scenario) as host:
        yield host


def _game(camera: Camera, role: str) -> None:
    """Play a game as one role and take a picture whenever something else is asked."""
    with _room(camera, role) as host:
        phone = camera.open(f"j/{host.room}", PHONE)
        camera.shoot(phone, f"{role}-00-join")
        phone.locator("form input").last.fill("Mina")
        phone.locator(".button.main").click()
        phone.locator(".role-sheet").wait_for()
        screens = {
            "console": camera.open(f"r/{host.room}/{host.token}", CONSOLE),
            "projector": camera.open(f"s/{host.room}", PROJECTOR),
        }
        camera.shoot(phone, f"{role}-01-lobby")
        _beside(camera, screens, role, "01-lobby")
        screens["console"].locator(".strip .button.main").click()
        phone.locator(".purse").wait_for()
        for number in range(2, _MOST_TURNS):
            phone.wait_for_timeout(_SETTLE_MS)
            camera.shoot(phone, f"{role}-{number:02d}")
            _beside(camera, screens, role, f"{number:02d}")
            if phone.locator(".button.main").count() == 0:
                break
            _go_on(phone)
        _tabs(camera, phone, role)
        for page in (phone, *screens.values()):
            page.context.close()


def _beside(camera: Camera, screens: dict[str, Page], role: str, moment: str) -> None:
    """Take the large pages as well, once: they are the same whoever plays."""
    if role == _ROLES[0]:
        for name, page in screens.items():
            page.wait_for_timeout(_SETTLE_MS)
            camera.shoot(page, f"{name}-{moment}")


def _go_on(phone: Page) -> None:
    before = turn(phone)
    phone.locator(".button.main").click()
    for _ in range(40):
        if phone.locator(".header .digits").count() == 0 or turn(phone) != before:
            return
        phone.wait_for_timeout(50)


def _tabs(camera: Camera, phone: Page, role: str) -> None:
    for number, name in enumerate(("now", "table", "mine", "rules")):
        phone.locator(".tabs button").nth(number).click()
        phone.wait_for_timeout(_SETTLE_MS)
        camera.shoot(phone, f"{role}-tab-{name}")


def _overview(camera: Camera, target: Path) -> None:
    """Put projector, console and phone of one moment on one picture."""
    with _room(camera, "maker") as host:
        phone = camera.open(f"j/{host.room}", PHONE)
        phone.locator("form input").last.fill("Mina")
        phone.locator(".button.main").click()
        phone.locator(".role-sheet").wait_for()
        console, wall = camera.open(f"r/{host.room}/{host.token}", CONSOLE), camera.open(f"s/{host.room}", PROJECTOR)
        console.locator(".strip .button.main").click()
        phone.locator(".purse").wait_for()
        while "Matching" not in turn(phone):
            _go_on(phone)
        phone.wait_for_timeout(4 * _SETTLE_MS)
        pictures = {name: page.screenshot() for name, page in (("wall", wall), ("console", console), ("phone", phone))}
        page = camera.browser.new_page(viewport={"width": 1600, "height": 920})
        page.set_content(_MONTAGE.format_map({name: b64encode(picture).decode() for name, picture in pictures.items()}))
        page.wait_for_timeout(_SETTLE_MS)
        page.screenshot(path=target)


_MONTAGE = """<body style="margin: 0; background: #c3d1cc">
<style>img {{ position: absolute; border-radius: 8px }}</style>
<img src="data:image/png;base64,{wall}" width="1100" style="left: 40px; top: 40px">
<img src="data:image/png;base64,{console}" width="760" style="left: 400px; top: 410px">
<img src="data:image/png;base64,{phone}" width="370" style="left: 1190px; top: 60px">"""


def main(arguments: list[str]) -> int:
    """Take all pictures, or the one that shows what the game is."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.browser.shots", description="Take pictures of every page and phase."
    )
    parser.add_argument("--out", type=Path, help="folder of the pictures; by default a temporary one")
    parser.add_argument("--overview", type=Path, help="take this one picture alone, for the README")
    parser.add_argument("--quick", action="store_true", help="in English and light alone")
    parser.add_argument("--scenario", default="quickstart", help="what is played; those of mixes.py too")
    wanted = parser.parse_args(arguments)
    chromium = find_chromium()
    if chromium is None:
        sys.stderr.write("no Chromium, Chrome or Edge found: install one or name it in CHROMIUM\n")
        return 2
    out = wanted.out or Path(tempfile.mkdtemp(prefix="makersphere-shots-"))
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags())
        if wanted.overview:
            _overview(Camera(browser, url, out, *_LOOKS[0], wanted.scenario), wanted.overview)
        for language, theme in () if wanted.overview else _LOOKS[:1] if wanted.quick else _LOOKS:
            for role in _ROLES:
                _game(Camera(browser, url, out, language, theme, wanted.scenario), role)
        browser.close()
    print(wanted.overview or out)  # noqa: T201  (it talks to the person at the terminal)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
