"""Screenshots of every page and phase: `python -m tests.browser.shots [PART …] [--out FOLDER] [--quick]`.

Parts are `apart` (the way in, closed doors, the network check, rules, what is printed), `game` (a whole game for each
role on a phone, with console and projector beside) and `readme` (the pictures of docs/pictures). Each page is taken in
both languages and themes and at the sizes that it is made for; contact sheets of all of them come last. Not a test:
people look at these.
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
from tests.browser.stage import CONSOLE, PHONE, PROJECTOR, ROOT, SIX, Host, flags, hosting, serving, turn

SMALL = (360, 740)
LANGUAGES = ("en-GB", "zh-CN")
THEMES = ("light", "dark")
ROLES = ("maker", "investor", "operator")
PARTS = ("apart", "game", "readme")
ON_PHONE = (SMALL, PHONE, CONSOLE)
ON_DESK = (PHONE, CONSOLE, PROJECTOR)
ON_WALL = (CONSOLE, PROJECTOR)
_MOST_TURNS = 60
_SETTLE_MS = 350
_PICTURES = ROOT / "docs/pictures"
_SHEET_WIDTH = 230  # of one picture on a contact sheet
_ALL_STEPS = 99  # of a scene: more than there are shows the last

Size = tuple[int, int]


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
        """Open a page of the client as on a device of its own."""
        width, height = size
        page = self.browser.new_context(viewport={"width": width, "height": height}, locale=self.language).new_page()
        page.goto(f"{self.url}#/{fragment}")
        page.wait_for_timeout(_SETTLE_MS)
        return page

    def shoot(self, page: Page, name: str, sizes: tuple[Size, ...] = ON_PHONE) -> None:
        """Take a page in each theme at each size, and leave it as it was."""
        before = page.viewport_size
        for theme in self.themes:
            page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
            for width, height in sizes:
                page.set_viewport_size({"width": width, "height": height})
                page.wait_for_timeout(60)
                page.screenshot(path=self.out / f"{name}.{self.language[:2]}.{theme}.{width}.png")
        if before:
            page.set_viewport_size(before)


# -- the pages around the game


def _apart(camera: Camera) -> None:
    """Take the way in, the closed doors, and the pages that need no seat."""
    for name, fragment in (("in", ""), ("check", "check"), ("rules", "rules"), ("create", "c/new")):
        page = camera.open(fragment)
        page.wait_for_timeout(2 * _SETTLE_MS)
        camera.shoot(page, f"apart-{name}", ON_DESK if name == "create" else ON_PHONE)
        page.context.close()
    with hosting(camera.url, ROLES, scenario=camera.scenario) as host:
        _doors(camera, host)
        _names(camera)
        _printed(camera, host)


def _knock(page: Page, name: str) -> None:
    page.locator("form input").last.fill(name)
    page.locator("form button[type=submit]").click()
    page.wait_for_timeout(2 * _SETTLE_MS)


def _doors(camera: Camera, host: Host) -> None:
    wrong = camera.open("j/K7QF234")
    _knock(wrong, "Mina")
    camera.shoot(wrong, "apart-wrong-code")
    camera.shoot(camera.open(f"r/{host.room}/nonsense"), "apart-expired")
    blocked, gone = camera.open(f"j/{host.room}"), camera.open(f"j/{host.room}")
    for page, status in ((blocked, 200), (gone, 503)):
        page.route_web_socket("**/ws", lambda socket: socket.close())
        page.route("**/healthz", lambda route, *, status=status: route.fulfill(status=status))
        _knock(page, "Mina")
    blocked.wait_for_timeout(3000)
    camera.shoot(blocked, "apart-blocked")
    camera.shoot(gone, "apart-server-gone")
    seat = camera.open(f"j/{host.room}")
    _knock(seat, "Mina")
    taken = camera.open(f"j/{host.room}")
    _knock(taken, "Mina")
    camera.shoot(taken, "apart-name-taken")
    _knock(taken, "Jun")
    _knock(camera.open(f"j/{host.room}"), "Ann")
    full = camera.open(f"j/{host.room}")
    _knock(full, "Bo")
    camera.shoot(full, "apart-full")
    host.send("remove", seat=1, reason="You left before the bell")
    seat.wait_for_timeout(2 * _SETTLE_MS)
    camera.shoot(seat, "apart-removed")
    host.send("lock", joining=False)
    _knock(wrong := camera.open(f"j/{host.room}"), "Bo")
    camera.shoot(wrong, "apart-locked")
    host.send("lock", joining=True)


_HARD_NAMES = ("米" * 20, "🦊🧪🚀👩‍🔬🦊🧪🚀", "<b>Mina</b>&amp;")


def _names(camera: Camera) -> None:
    """Take names that try to break a page, on a phone, the console and the wall."""
    with hosting(camera.url, ("maker", "maker", "maker", "investor", "operator"), scenario=camera.scenario) as room:
        phones = [camera.open(f"j/{room.room}") for _ in _HARD_NAMES]
        for phone, name in zip(phones, _HARD_NAMES, strict=True):
            _knock(phone, name)
        camera.shoot(phones[0], "names-lobby")
        screens = (camera.open(f"r/{room.room}/{room.invite()}", CONSOLE), camera.open(f"s/{room.room}", PROJECTOR))
        room.send("start")
        phones[0].locator(".tabs button").nth(1).click()
        phones[0].wait_for_timeout(3 * _SETTLE_MS)
        camera.shoot(phones[0], "names-table")
        camera.shoot(screens[0], "names-console", ON_DESK)
        camera.shoot(screens[1], "names-wall", ON_WALL)
        for page in (*phones, *screens):
            page.context.close()


def _printed(camera: Camera, host: Host) -> None:
    for what in ("roles", "cards", "paper", "sheet"):
        page = camera.open(f"print/{host.room}/{what}", (1000, 1300))
        page.locator(".paper").first.wait_for()
        page.wait_for_timeout(_SETTLE_MS)
        camera.shoot(page, f"print-{what}", ((1000, 1300),))
        page.pdf(path=camera.out / f"print-{what}.{camera.language[:2]}.pdf", prefer_css_page_size=True)
        page.context.close()


# -- the game


@contextmanager
def _room(camera: Camera, role: str) -> Iterator[Host]:
    others = list(SIX)
    others.remove(role)
    with hosting(camera.url, (role, *others), scale=1000, scenario=camera.scenario) as host:
        yield host


def _game(camera: Camera, role: str) -> None:
    """Play a game as one role and take a picture whenever something else is asked."""
    with _room(camera, role) as host:
        phone = camera.open(f"j/{host.room}")
        camera.shoot(phone, f"{role}-00-join")
        _knock(phone, "Mina")
        phone.locator(".role-sheet").first.wait_for()
        screens = {
            "console": camera.open(f"r/{host.room}/{host.invite()}", CONSOLE),
            "wall": camera.open(f"s/{host.room}", PROJECTOR),
        }
        camera.shoot(phone, f"{role}-01-lobby")
        _beside(camera, host, screens, role, "01-lobby")
        host.send("start")
        phone.locator(".purse").wait_for()
        for number in range(2, _MOST_TURNS):
            phone.wait_for_timeout(_SETTLE_MS)
            camera.shoot(phone, f"{role}-{number:02d}")
            _beside(camera, host, screens, role, f"{number:02d}")
            if phone.locator(".header .digits").count() == 0:
                break
            _go_on(phone, host)
        _tabs(camera, phone, role)
        for page in (phone, *screens.values()):
            page.context.close()


def _beside(camera: Camera, host: Host, screens: dict[str, Page], role: str, moment: str) -> None:
    """Take the large pages as well, once: they are the same whoever plays. The wall is dressed by the host."""
    if role != ROLES[0]:
        return
    camera.shoot(screens["console"], f"console-{moment}", ON_DESK)
    for theme in camera.themes:
        host.send("show", scene="phase", theme=theme, language=camera.language[:2])
        screens["wall"].wait_for_timeout(_SETTLE_MS)
        attrs.evolve(camera, themes=(theme,)).shoot(screens["wall"], f"wall-{moment}", ON_WALL)


def _go_on(phone: Page, host: Host) -> None:
    """Press the main button; what does not go on by it the host closes."""
    before = turn(phone)
    button = phone.locator(".button.main")
    if button.count():
        button.first.click()
    for attempt in range(40):
        if phone.locator(".header .digits").count() == 0 or turn(phone) != before:
            return
        if attempt == 20:
            host.send("advance")
        phone.wait_for_timeout(50)


def _tabs(camera: Camera, phone: Page, role: str) -> None:
    for number, name in enumerate(("now", "table", "mine", "rules")):
        phone.locator(".tabs button").nth(number).click()
        phone.wait_for_timeout(_SETTLE_MS)
        camera.shoot(phone, f"{role}-tab-{name}")


# -- the README's


def _readme(camera: Camera) -> None:
    """Take the pictures that say what the game is: all screens of one moment, a phone's questions, wall and console."""
    with _room(camera, "maker") as host:
        phone = camera.open(f"j/{host.room}")
        _knock(phone, "Mina")
        console, wall = camera.open(f"r/{host.room}/{host.invite()}", CONSOLE), camera.open(f"s/{host.room}", PROJECTOR)
        host.send("start")
        phone.locator(".purse").wait_for()
        asked = []
        while "Matching" not in turn(phone):
            phone.wait_for_timeout(3 * _SETTLE_MS)
            asked.append(phone.screenshot())
            _go_on(phone, host)
        phone.wait_for_timeout(4 * _SETTLE_MS)
        asked.append(phone.screenshot())
        pictures = {"wall": wall.screenshot(), "console": console.screenshot(), "phone": asked[-1]}
        _mount(camera, _MONTAGE.format_map({k: b64encode(v).decode() for k, v in pictures.items()}), "overview.png")
        row = "".join(f'<img src="data:image/png;base64,{b64encode(one).decode()}" width="300">' for one in asked[-4:])
        _mount(camera, f'<body style="margin: 0"><div style="{_ROW}">{row}</div>', "phone.png", (1300, 690))
        while "Recap" not in turn(phone):
            _go_on(phone, host)
        host.send("show", scene="energy", step=_ALL_STEPS)
        wall.wait_for_timeout(8 * _SETTLE_MS)
        wall.screenshot(path=_PICTURES / "energy.png")
        cards = camera.open(f"print/{host.room}/cards", (1000, 1300))
        cards.locator(".paper").first.screenshot(path=_PICTURES / "cards.png")


def _mount(camera: Camera, html: str, name: str, size: Size = (1600, 920)) -> None:
    page = camera.browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.set_content(html)
    page.wait_for_timeout(_SETTLE_MS)
    page.screenshot(path=_PICTURES / name)
    page.close()


_ROW = "display: flex; gap: 20px; padding: 20px; background: #c3d1cc; width: 1260px; height: 650px"
_MONTAGE = """<body style="margin: 0; background: #c3d1cc">
<style>img {{ position: absolute; border-radius: 8px }}</style>
<img src="data:image/png;base64,{wall}" width="1100" style="left: 40px; top: 40px">
<img src="data:image/png;base64,{console}" width="760" style="left: 400px; top: 410px">
<img src="data:image/png;base64,{phone}" width="370" style="left: 1190px; top: 60px">"""


def _contact_sheets(browser: Browser, out: Path) -> None:
    """Put the pictures of each page's kind and language beside one another, so that they can be looked through."""
    kinds: dict[str, list[Path]] = {}
    for path in sorted(out.glob("*.*.*.*.png")):
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


def main(arguments: list[str]) -> int:
    """Take the parts that are named, or all pages and phases."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.browser.shots", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; without, all but the last")
    parser.add_argument("--out", type=Path, help="folder of the pictures; by default a temporary one")
    parser.add_argument("--quick", action="store_true", help="in English and light alone")
    parser.add_argument("--scenario", default="quickstart", help="what is played; those of mixes.py too")
    wanted = parser.parse_args(arguments)
    chromium = find_chromium()
    unknown = sorted(set(wanted.parts) - set(PARTS))
    if chromium is None or unknown:
        trouble = f"no part {unknown[0]!r}" if unknown else "no Chromium, Chrome or Edge found: name one in CHROMIUM"
        sys.stderr.write(f"{trouble}\n")
        return 2
    out = wanted.out or Path(tempfile.mkdtemp(prefix="makersphere-shots-"))
    out.mkdir(parents=True, exist_ok=True)
    parts = wanted.parts or PARTS[:2]
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags())
        for language in LANGUAGES[:1] if wanted.quick else LANGUAGES:
            camera = Camera(browser, url, out, language, THEMES[:1] if wanted.quick else THEMES, wanted.scenario)
            if "apart" in parts:
                _apart(camera)
            for role in ROLES if "game" in parts else ():
                _game(camera, role)
        if "readme" in parts:
            _readme(Camera(browser, url, out, LANGUAGES[0], THEMES[:1], wanted.scenario))
        _contact_sheets(browser, out)
        browser.close()
    print(out)  # noqa: T201  (it talks to the person at the terminal)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
