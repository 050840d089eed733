"""The wall in pictures: `python -m tests.browser.rig.wall_shots [--seats N …] [--film] [--out FOLDER] …`.

Plays a game of bots in classes of 8, 30 and 60, and takes every scene in both languages and in both lights; contact
sheets of all of them come last. `--size` takes them on another wall, `--only` those alone whose name has a word, and
`--readme` the six of docs/pictures. With `--film` it takes a frame each five seconds of the second season instead, as
it moves, while a class plays at the pace of people, so that one sees whether the wall lives in each phase. Not a test:
people look at these.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import attrs
from playwright.sync_api import Page, sync_playwright

from house.system import find_chromium
from tests.browser.rig.camera import SETTLE_MS, THEMES, Camera, Size, contact_sheets
from tests.browser.rig.classmates import classmates
from tests.browser.rig.stage import PHASES, PROJECTOR, ROOT, Host, flags, hosting, serving, take_seat

CLASSES: Final = {
    8: ("maker",) * 5 + ("investor",) * 2 + ("operator",),
    30: ("maker",) * 18 + ("investor",) * 9 + ("operator",) * 3,
    60: ("maker",) * 36 + ("investor",) * 19 + ("operator",) * 5,
}
LANGUAGES: Final = ("en-GB", "zh-CN")
ALL: Final = 99
OF_PHASE: Final = {
    "Policy": (("world", ALL),),
    "Exchange": (("entries", ALL),),
    "Matching": (("ties", ALL),),
    "Incubation": (("deals", ALL),),
    "Market": (("dice", 0), ("dice", ALL)),
    "Appraisal": (("energy", ALL),),
    "Recap": (("exits", ALL), ("indices", ALL), ("leaders", ALL)),
}
OF_END: Final = (
    ("phase", 0),
    ("aims", ALL),
    ("ranking", 0),
    ("ranking", 2),
    ("ranking", ALL),
    *((scene, ALL) for scene in ("together", "money", "curves", "survival", "network", "moments", "proof")),
)
_SETTLE_MS: Final = 900
_PICTURES: Final = ROOT / "docs/pictures"
_IN_README: Final = {
    "30-14-matching-0-phase": "wall-matching",
    "30-15-incubation-0-phase": "wall-incubation",
    "30-26-market-1-dice": "wall-dice",
    "30-27-appraisal-0-phase": "wall-market",
    "30-28-recap-0-phase": "wall-recap",
    "30-32-ranking": "wall-podium",
}
_SMALL_WALL: Final = (960, 540)
_FRAME_MS: Final = 5000
_FRAMES: Final = 5  # of each phase
_LATER_MS: Final = {"Appraisal": 12_000}  # a phase that has a second picture
_BOTS_MS: Final = 3000  # until all bots have done what they do
_SEASONS: Final = (1, 2)


@attrs.frozen
class _Taker:
    """What takes a class's pictures: how large the wall is, and a word that their names must have."""

    camera: Camera
    seats: int
    sizes: Sequence[Size]
    only: Sequence[str]

    def wants(self, name: str) -> bool:
        """Return whether a picture is asked for."""
        return not self.only or any(word in name for word in self.only)

    def dressed(self, host: Host, wall: Page, name: str, scene: str, step: int = 0) -> None:
        """Take a scene in both lights; rare moments stay away."""
        if not self.wants(name):
            return
        for theme in self.camera.themes:
            language = self.camera.language[:2]
            host.send("show", scene=scene, step=step, theme=theme, language=language, calm=True)
            wall.locator(f"html[data-theme={theme}]").wait_for()
            wall.wait_for_timeout(_SETTLE_MS)
            attrs.evolve(self.camera, themes=(theme,)).shoot(wall, name, tuple(self.sizes))

    def phase(self, host: Host, wall: Page, name: str, scenes: Sequence[tuple[str, int]]) -> None:
        """Take a phase as it is played, then what is shown in it."""
        for at, (scene, step) in enumerate((("phase", 0), *scenes)):
            self.dressed(host, wall, f"{name}-{at}-{scene}", scene, step)

    def scenes(self) -> None:
        """Take the lobby, each phase of both seasons, what is shown in the second, and the end."""
        with hosting(self.camera.url, CLASSES[self.seats], scenario="classroom", pace="host") as host:
            wall = self.camera.open(f"s/{host.room}", PROJECTOR)
            _seat_one(self.camera, host)
            self.dressed(host, wall, f"{self.seats:02d}-0-lobby", "phase")
            host.send("start")
            for season in _SEASONS:
                for number, phase in enumerate(PHASES, 1):
                    wall.wait_for_timeout(_BOTS_MS)
                    name = f"{self.seats:02d}-{season}{number}-{phase.lower()}"
                    self.phase(host, wall, name, OF_PHASE.get(phase, ()) if season == _SEASONS[-1] else ())
                    if phase in _LATER_MS and self.wants(later := f"{name}-1-later"):
                        wall.wait_for_timeout(_LATER_MS[phase])
                        self.dressed(host, wall, later, "phase")
                    host.send("advance")
            host.send("end")
            for at, (scene, step) in enumerate(OF_END):
                self.dressed(host, wall, f"{self.seats:02d}-3{at:x}-{scene}", scene, step)

    def film(self) -> None:
        """Take a frame each five seconds of the second season, in which a class plays at the pace of people."""
        with hosting(self.camera.url, CLASSES[self.seats], scenario="classroom", pace="host") as host:
            wall = _moving(self.camera, f"s/{host.room}")
            host.send("show", scene="phase", language=self.camera.language[:2])
            with classmates(self.camera.url, host.room, self.seats) as people:
                self._frames(wall, "00-lobby", 1)
                host.send("start")
                for _ in PHASES:
                    wall.wait_for_timeout(_BOTS_MS)
                    host.send("advance")
                people.are_slow = True
                for number, phase in enumerate(PHASES, 1):
                    self._frames(wall, f"{number:02d}-{phase.lower()}", _FRAMES)
                    host.send("advance")

    def _frames(self, wall: Page, name: str, many: int) -> None:
        lit = attrs.evolve(self.camera, themes=THEMES[:1])
        for frame in range(many):
            if frame:
                wall.wait_for_timeout(_FRAME_MS)
            lit.shoot(wall, f"film{self.seats:02d}-{name}-{frame}", (PROJECTOR,))


def _readme(camera: Camera) -> None:
    """Take the pictures of the README, from a class of thirty."""
    lit = attrs.evolve(camera, language=LANGUAGES[0], themes=THEMES[:1])
    _Taker(lit, 30, (_SMALL_WALL,), tuple(_IN_README)).scenes()
    for name, picture in _IN_README.items():
        taken = camera.out / f"{name}.{lit.language[:2]}.{THEMES[0]}.{_SMALL_WALL[0]}.png"
        (_PICTURES / f"{picture}.png").write_bytes(taken.read_bytes())


def _take(camera: Camera, wanted: argparse.Namespace) -> None:
    """Take the scenes or the film of each language and class that is asked for."""
    for language in (wanted.language,) if wanted.language else LANGUAGES:
        for seats in wanted.seats or CLASSES:
            one = attrs.evolve(camera, language=language)
            taker = _Taker(one, seats, wanted.size or (PROJECTOR,), wanted.only)
            if wanted.film:
                taker.film()
            else:
                taker.scenes()


def _moving(camera: Camera, fragment: str) -> Page:
    """Open a wall on which things move."""
    width, height = PROJECTOR
    page = camera.browser.new_page(viewport={"width": width, "height": height}, locale=camera.language)
    page.goto(f"{camera.url}#/{fragment}")
    page.wait_for_timeout(SETTLE_MS)
    return page


def _seat_one(camera: Camera, host: Host) -> None:
    """Take a seat as a person, who does nothing: phases then last until the host goes on."""
    take_seat(attrs.evolve(camera, language=LANGUAGES[0]).open(f"j/{host.room}"), "Mina")


def _size(text: str) -> Size:
    width, _, height = text.partition("x")
    return int(width), int(height)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.browser.rig.wall_shots", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--seats", type=int, action="append", choices=CLASSES, help="a class; by default all")
    parser.add_argument("--film", action="store_true", help="a frame each five seconds of a season, and no scenes")
    parser.add_argument("--out", type=Path, help="folder of the pictures; by default a temporary one")
    parser.add_argument("--language", choices=LANGUAGES, help="in one language alone")
    parser.add_argument("--theme", choices=THEMES, help="in one light alone")
    parser.add_argument("--size", type=_size, action="append", help="of the wall, as 1024x768; by default 1920x1080")
    parser.add_argument("--only", action="append", default=[], help="only pictures whose name has this word")
    parser.add_argument("--readme", action="store_true", help="the pictures of docs/pictures alone")
    return parser


def main(arguments: list[str]) -> int:
    """Take what is asked for, and put it on contact sheets."""
    wanted = _parser().parse_args(arguments)
    chromium = find_chromium()
    if chromium is None:
        sys.stderr.write("no Chromium, Chrome or Edge found: name one in CHROMIUM\n")
        return 2
    out = wanted.out or Path(tempfile.mkdtemp(prefix="makersphere-wall-"))
    out.mkdir(parents=True, exist_ok=True)
    themes = (wanted.theme,) if wanted.theme else THEMES
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags())
        if wanted.readme:
            _readme(Camera(browser, url, out, LANGUAGES[0], themes))
        else:
            _take(Camera(browser, url, out, LANGUAGES[0], themes), wanted)
        contact_sheets(browser, out)
    sys.stdout.write(f"{out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
