"""Screenshots of every page and phase: `python -m tests.browser.rig.shots [PART …] [--out FOLDER] [--language L] …`.

Parts are `gallery` (every symbol, small and large, in colour and in grey), `apart` (the way in, closed doors, the
network check, rules, what is printed), `game` (a whole game for each role on a phone, with console and wall beside,
each scene of the reveal included) and `readme` (the pictures of docs/pictures). Each page is taken in both languages
and themes and at the sizes that it is made for; contact sheets of all of them come last. Not a test: people look at
these.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import attrs
from playwright.sync_api import Page, Route, sync_playwright
from playwright.sync_api import TimeoutError as Late

from house.system import find_chromium
from tests.browser.rig.camera import ON_DESK, ON_PHONE, ON_WALL, SETTLE_MS, SMALL, THEMES, Camera, Size, contact_sheets
from tests.browser.rig.stage import CONSOLE, PHONE, PROJECTOR, ROOT, SIX, Host, flags, hosting, serving, turn
from tests.browser.rig.wall_reader import table

LANGUAGES = ("en-GB", "zh-CN")
ROLES = ("maker", "investor", "operator")
PARTS = ("gallery", "apart", "game", "readme")
ON_PHONES = (SMALL, PHONE)
_MOST_TURNS = 60
_PATIENCE_MS = 2_000
_PICTURES = ROOT / "docs/pictures"
_ALL_STEPS = 99  # of a scene: more than there are shows the last
_OF_SEASON = ("world", "entries", "ties", "deals", "dice", "energy", "exits", "indices", "leaders")
_OF_END = ("aims", "ranking", "together", "money", "curves", "survival", "network", "moments", "proof")
_GALLERY = ROOT / "clients/web/tests/gallery"


# -- the pages around the game


def _apart(camera: Camera) -> None:
    """Take the way in, the closed doors, and the pages that need no seat."""
    for name, fragment in (("in", ""), ("check", "check"), ("rules", "rules"), ("create", "c/new")):
        page = camera.open(fragment)
        page.wait_for_timeout(2 * SETTLE_MS)
        camera.shoot(page, f"apart-{name}", ON_DESK if name == "create" else ON_PHONE)
        page.context.close()
    with hosting(camera.url, ROLES, scenario=camera.scenario) as host:
        _doors(camera, host)
        _names(camera)
        _printed(camera, host)


def _gallery(camera: Camera) -> None:
    """Take every role, kind, sector and stage, small and large, in colour and in grey."""
    with tempfile.TemporaryDirectory() as folder:
        npx = shutil.which("npx") or "npx"
        arguments = (_GALLERY, "--config", "vite.config.ts", "--outDir", folder, "--logLevel", "error")
        subprocess.run((npx, "vite", "build", *arguments), cwd=ROOT / "clients/web", check=True)

        def serve(route: Route) -> None:
            route.fulfill(path=Path(folder) / (urlsplit(route.request.url).path.lstrip("/") or "index.html"))

        page = camera.browser.new_page()
        page.route("http://gallery.test/**", serve)
        page.goto("http://gallery.test/")
        page.locator(".part-picture").last.wait_for()
        for name in ("colour", "grey"):
            page.evaluate(f"document.documentElement.toggleAttribute('data-grey', {str(name == 'grey').lower()})")
            camera.shoot(page, f"gallery-{name}", ((1280, 1340),))
        page.close()


def _knock(page: Page, name: str) -> None:
    page.locator("form input").nth(1).fill(name)
    page.locator("form button[type=submit]").click()
    page.wait_for_timeout(2 * SETTLE_MS)


def _doors(camera: Camera, host: Host) -> None:
    wrong = camera.open("j/K7QF234")
    _knock(wrong, "Mina")
    camera.shoot(wrong, "apart-wrong-code")
    camera.shoot(camera.open(f"r/{host.room}/nonsense"), "apart-expired")
    blocked, gone = camera.open(f"j/{host.room}"), camera.open(f"j/{host.room}")
    for page, status in ((blocked, 200), (gone, 503)):
        page.route_web_socket("**/ws/*", lambda socket: socket.close())
        page.route("**/carrier/*", lambda route: route.abort())
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
    seat.wait_for_timeout(2 * SETTLE_MS)
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
        phones[0].wait_for_timeout(3 * SETTLE_MS)
        camera.shoot(phones[0], "names-table")
        camera.shoot(screens[0], "names-console", ON_DESK)
        _show(camera, room, screens[1], "names-wall", "phase", ON_WALL)
        for page in (*phones, *screens):
            page.context.close()


def _printed(camera: Camera, host: Host) -> None:
    for what in ("roles", "cards", "paper", "sheet"):
        page = camera.open(f"print/{host.room}/{what}", (1000, 1300))
        page.locator(".print-sheet").first.wait_for()
        page.wait_for_timeout(SETTLE_MS)
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
        camera.shoot(phone, f"{role}-01-lobby")
        stage = _Stage(camera, host) if role == ROLES[0] else None  # the large pages are the same whoever plays
        if stage:
            stage.shoot("01-lobby")
        host.send("start")
        phone.locator(".purse").wait_for()
        for number in range(2, _MOST_TURNS):
            game = table(camera.url, host.room)["game"]
            moment = f"{number:02d}-{game['season']}-{game['phase'] if game['status'] == 'running' else 'end'}"
            phone.wait_for_timeout(SETTLE_MS)
            camera.shoot(phone, f"{role}-{moment}", ON_PHONES)
            if stage:
                stage.shoot(moment)
            if game["status"] == "over":
                break
            _go_on(phone, host)
        _tabs(camera, phone, role)
        phone.context.close()


class _Stage:
    """The large pages of a room."""

    def __init__(self, camera: Camera, host: Host) -> None:
        self._camera = camera
        self._host = host
        self._console = camera.open(f"r/{host.room}/{host.invite()}", CONSOLE)
        self._wall = camera.open(f"s/{host.room}", PROJECTOR)

    def shoot(self, moment: str) -> None:
        """Take console and wall, and where a season or the game is over each scene of the reveal."""
        self._camera.shoot(self._console, f"console-{moment}", (PHONE, CONSOLE))
        self._show(moment, "phase")
        scenes = {"recap": _OF_SEASON, "end": _OF_END}.get(moment.rpartition("-")[2], ())
        for number, scene in enumerate(scenes, 1):
            self._show(f"{moment}-{number}-{scene}", scene)

    def _show(self, name: str, scene: str) -> None:
        _show(self._camera, self._host, self._wall, f"wall-{name}", scene)


def _show(
    camera: Camera, host: Host, wall: Page, name: str, scene: str, sizes: tuple[Size, ...] = (PROJECTOR,)
) -> None:
    """Take a scene of the wall; how it is dressed is the host's, in every theme."""
    for theme in camera.themes:
        host.send("show", scene=scene, step=_ALL_STEPS, theme=theme, language=camera.language[:2])
        wall.locator(f"html[data-theme={theme}] .wall-main[data-scene={scene}]").wait_for()
        wall.wait_for_timeout(2 * SETTLE_MS)
        attrs.evolve(camera, themes=(theme,)).shoot(wall, name, sizes)


_ASKED = (
    "before => `${document.querySelector('.header .phase')?.innerText} | ${document.querySelector('h1')?.innerText}`"
)
_ASKS_ELSE = f"{_ASKED}.replaceAll('\\n', ' ') !== before"


def _go_on(phone: Page, host: Host) -> None:
    """Press the main button; what does not go on by it the host closes."""
    before = turn(phone)
    if phone.locator("dialog[open]").count():
        phone.keyboard.press("Escape")
    try:
        phone.locator(".button.main").click(timeout=_PATIENCE_MS)
        phone.wait_for_function(_ASKS_ELSE, arg=before, timeout=_PATIENCE_MS)
    except Late:
        host.send("advance")
        phone.wait_for_function(_ASKS_ELSE, arg=before)


def _tabs(camera: Camera, phone: Page, role: str) -> None:
    for number, name in enumerate(("now", "table", "mine", "rules")):
        phone.locator(".tabs button").nth(number).click()
        phone.wait_for_timeout(SETTLE_MS)
        camera.shoot(phone, f"{role}-tab-{name}")


# -- the README's

_CLASS = ("maker",) * 7 + ("investor",) * 4 + ("operator",)
_ON_PHONE = ("Admission", "Exchange", "Matching", "Incubation")


def _readme(camera: Camera) -> None:
    """Take the pictures that say what the game is: all screens of one moment, a phone's questions, wall and cards."""
    with hosting(camera.url, _CLASS, scale=300, scenario="classroom") as host:
        phone = camera.open(f"j/{host.room}")
        _knock(phone, "Mina")
        console, wall = camera.open(f"r/{host.room}/{host.invite()}", CONSOLE), camera.open(f"s/{host.room}", PROJECTOR)
        host.send("start")
        phone.locator(".purse").wait_for()
        asked: dict[str, bytes] = {}
        for phase in _ON_PHONE:
            while phase not in turn(phone):
                _go_on(phone, host)
            phone.wait_for_timeout(4 * SETTLE_MS)
            asked[phase] = phone.screenshot()
        pictures = {"wall": wall.screenshot(), "console": console.screenshot(), "phone": phone.screenshot()}
        _mount(camera, _MONTAGE.format_map({k: b64encode(v).decode() for k, v in pictures.items()}), "overview.png")
        row = "".join(
            f'<img src="data:image/png;base64,{b64encode(one).decode()}" width="300">' for one in asked.values()
        )
        _mount(camera, f'<body style="margin: 0"><div style="{_ROW}">{row}</div>', "phone.png", (1300, 690))
        while not turn(phone).startswith("3/3 Recap"):
            _go_on(phone, host)
        host.send("show", scene="energy", step=_ALL_STEPS)
        wall.wait_for_timeout(8 * SETTLE_MS)
        wall.screenshot(path=_PICTURES / "energy.png")
        cards = camera.open(f"print/{host.room}/cards", (1000, 1300))
        cards.locator(".print-sheet").first.screenshot(path=_PICTURES / "cards.png")


def _mount(camera: Camera, html: str, name: str, size: Size = (1600, 1010)) -> None:
    page = camera.browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.set_content(html)
    page.wait_for_timeout(SETTLE_MS)
    page.screenshot(path=_PICTURES / name)
    page.close()


_ROW = "display: flex; gap: 20px; padding: 20px; background: #c3d1cc; width: 1260px; height: 650px"
_MONTAGE = """<body style="margin: 0; background: #c3d1cc">
<style>img {{ position: absolute; border-radius: 8px }}</style>
<img src="data:image/png;base64,{wall}" width="1100" style="left: 40px; top: 40px">
<img src="data:image/png;base64,{console}" width="720" style="left: 450px; top: 520px">
<img src="data:image/png;base64,{phone}" width="370" style="left: 1190px; top: 100px">"""


def main(arguments: list[str]) -> int:
    """Take the parts that are named, or all pages and phases."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.browser.rig.shots", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{', '.join(PARTS)}; without, all but the last")
    parser.add_argument("--out", type=Path, help="folder of the pictures; by default a temporary one")
    parser.add_argument("--language", choices=LANGUAGES, help="in one language alone")
    parser.add_argument("--theme", choices=THEMES, help="in one theme alone")
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
    parts = wanted.parts or PARTS[:-1]
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags())
        themes = (wanted.theme,) if wanted.theme else THEMES
        languages = (wanted.language,) if wanted.language else LANGUAGES
        if "gallery" in parts:
            _gallery(Camera(browser, url, out, languages[0], themes))
        for language in languages:
            camera = Camera(browser, url, out, language, themes, wanted.scenario)
            if "apart" in parts:
                _apart(camera)
            for role in ROLES if "game" in parts else ():
                _game(camera, role)
        if "readme" in parts:
            _readme(Camera(browser, url, out, LANGUAGES[0], THEMES[:1], wanted.scenario))
        contact_sheets(browser, out)
        browser.close()
    print(out)  # noqa: T201  (it talks to the person at the terminal)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
