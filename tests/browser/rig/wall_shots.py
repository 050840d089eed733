"""The wall in pictures: `python -m tests.browser.rig.wall_shots [--seats N …] [--film] [--out FOLDER] [--language L]`.

Plays a game of bots in classes of 8, 30 and 60, and takes every scene in both languages and in both lights; contact
sheets of all of them come last. With `--film` it takes a frame each five seconds of the second season instead, so that
one sees whether the wall lives in each phase. Not a test: people look at these.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Final

import attrs
from playwright.sync_api import Page, sync_playwright

from house.system import find_chromium
from tests.browser.rig.camera import THEMES, Camera, contact_sheets
from tests.browser.rig.stage import PHASES, PROJECTOR, Host, flags, hosting, serving, take_seat

CLASSES: Final = {
    8: ("maker",) * 5 + ("investor",) * 2 + ("operator",),
    30: ("maker",) * 18 + ("investor",) * 9 + ("operator",) * 3,
    60: ("maker",) * 36 + ("investor",) * 19 + ("operator",) * 5,
}
LANGUAGES: Final = ("en-GB", "zh-CN")
OF_PHASE: Final = {
    "Exchange": ("entries",),
    "Matching": ("ties",),
    "Incubation": ("deals",),
    "Market": ("dice",),
    "Recap": ("energy", "exits", "indices", "leaders"),
}
OF_END: Final = ("aims", "ranking", "together", "money", "curves", "survival", "network", "moments", "proof")
_ALL_STEPS: Final = 99
_SETTLE_MS: Final = 1500
_FRAME_MS: Final = 5000
_FRAMES: Final = 2  # of each phase
_BOTS_MS: Final = 3000  # until all bots have done what they do


def _dressed(camera: Camera, host: Host, wall: Page, name: str, scene: str) -> None:
    """Take a scene in both lights."""
    for theme in camera.themes:
        host.send("show", scene=scene, step=_ALL_STEPS, theme=theme, language=camera.language[:2])
        wall.locator(f"html[data-theme={theme}]").wait_for()
        wall.wait_for_timeout(_SETTLE_MS)
        attrs.evolve(camera, themes=(theme,)).shoot(wall, name, (PROJECTOR,))


def _scenes(camera: Camera, seats: int) -> None:
    """Take the lobby, each phase of the second season with its reveals, and the end."""
    with hosting(camera.url, CLASSES[seats], scenario="classroom", pace="host") as host:
        wall = camera.open(f"s/{host.room}", PROJECTOR)
        take_seat(camera.open(f"j/{host.room}"), "Mina")
        _dressed(camera, host, wall, f"{seats:02d}-00-lobby", "phase")
        host.send("start")
        for season in (1, 2):
            for number, phase in enumerate(PHASES, 1):
                wall.wait_for_timeout(_BOTS_MS)
                if season == 2:
                    for at, scene in enumerate(("phase", *OF_PHASE.get(phase, ()))):
                        _dressed(camera, host, wall, f"{seats:02d}-{number:02d}-{at}-{phase.lower()}-{scene}", scene)
                host.send("advance")
        host.send("end")
        for at, scene in enumerate(OF_END):
            _dressed(camera, host, wall, f"{seats:02d}-10-{at}-{scene}", scene)


def _film(camera: Camera, seats: int) -> None:
    """Take a frame each five seconds of the second season."""
    with hosting(camera.url, CLASSES[seats], scenario="classroom", pace="host") as host:
        wall = camera.open(f"s/{host.room}", PROJECTOR)
        take_seat(camera.open(f"j/{host.room}"), "Mina")
        host.send("start")
        for season in (1, 2):
            for number, phase in enumerate(PHASES, 1):
                for frame in range(_FRAMES if season == 2 else 0):
                    wall.wait_for_timeout(_FRAME_MS)
                    lit = attrs.evolve(camera, themes=THEMES[:1])
                    lit.shoot(wall, f"film{seats:02d}-{number:02d}-{phase.lower()}-{frame}", (PROJECTOR,))
                host.send("advance")


def main(arguments: list[str]) -> int:
    """Take what is asked for, and put it on contact sheets."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.browser.rig.wall_shots", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--seats", type=int, action="append", choices=CLASSES, help="a class; by default all")
    parser.add_argument("--film", action="store_true", help="a frame each five seconds of a season, and no scenes")
    parser.add_argument("--out", type=Path, help="folder of the pictures; by default a temporary one")
    parser.add_argument("--language", choices=LANGUAGES, help="in one language alone")
    wanted = parser.parse_args(arguments)
    chromium = find_chromium()
    if chromium is None:
        sys.stderr.write("no Chromium, Chrome or Edge found: name one in CHROMIUM\n")
        return 2
    out = wanted.out or Path(tempfile.mkdtemp(prefix="makersphere-wall-"))
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags())
        for language in (wanted.language,) if wanted.language else LANGUAGES:
            camera = Camera(browser, url, out, language, THEMES)
            for seats in wanted.seats or CLASSES:
                (_film if wanted.film else _scenes)(camera, seats)
        contact_sheets(browser, out)
    sys.stdout.write(f"{out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
