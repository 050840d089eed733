"""A wall whose server is a few lines of the page itself: it is told a table that a real game brings seldom.

For long names, deals of every kind and rolls of every sum, on walls of every shape; `wall_fits` then says what is cut.
"""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.rig.told_phone import NOW, ROOM, SOCKET
from tests.browser.rig.wall_fits import Look, faults, settle

__all__ = ["JOINER", "LOOKS", "ToldWall", "town"]

LOOKS = tuple(
    Look(size, language) for size in ((1024, 768), (1280, 720), (1920, 1080)) for language in ("en", "zh")
)  # of projectors of both shapes

_LINES = """selector => [...document.querySelectorAll(selector)].flatMap(each => {
    const lines = new Map(), range = document.createRange();
    const texts = document.createTreeWalker(each, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) for (const [at, letter] of [...texts.currentNode.data].entries()) {
        range.setStart(texts.currentNode, at);
        range.setEnd(texts.currentNode, at + 1);
        const line = Math.round(range.getBoundingClientRect().bottom / 12);
        lines.set(line, (lines.get(line) ?? '') + letter);
    }
    return [...lines.values()].map(line => line.trim()).filter(Boolean); })"""

JOINER = "\N{WORD JOINER}"  # of a dot within a Chinese name with what stands before it

_MAKERS, _INVESTORS, _SPACES = 4, 2, 2
_CARDS = ("rice-robot", "umbrella-relay", "battery-retirement", "rucksack-ramp")
_VENTURE = {"born": True, "closed": "", "tracks": [12, 8, 6], "dice": [], "roll": {}, "misses": 0, "stage": 1}


def town(names: tuple[str, ...]) -> dict[str, Any]:
    """Return eight seats: four makers with a venture each, two investors and two operators, who have these names."""
    roles = ("maker",) * _MAKERS + ("investor",) * _INVESTORS + ("operator",) * _SPACES
    seats = {
        str(at): {"id": at, "role": role, "name": name, "by": "person", "here": True}
        for at, (role, name) in enumerate(zip(roles, names, strict=True), 1)
    }
    spaces = [at for at, role in enumerate(roles, 1) if role == "operator"]
    ventures = {
        str(at): {
            **_VENTURE,
            "id": at,
            "card": card,
            "sector": "food",
            "lead": at,
            "space": spaces[at % 2],
            "founded": 1,
        }
        for at, card in enumerate(_CARDS, 1)
    }
    return {
        "game": {"season": 1, "seasons": 3, "phase": "incubation", "phase_number": 5, "status": "running"},
        "run": {"number": 1, "first_season": 1},
        "room": {"pace": "host", "language": "en"},
        "seat": seats,
        "maker": {str(at): {"seat": at, "ties": [], "venture": at} for at in range(1, _MAKERS + 1)},
        "investor": {
            str(at): {"seat": at, "type": "fund", "speciality": "any", "badges": [spaces[0]]}
            for at, role in enumerate(roles, 1)
            if role == "investor"
        },
        "space": {str(at): {"id": at, "stations": 3, "vitality": 40} for at in spaces},
        "venture": ventures,
    }


class ToldWall:
    """A wall that is told a table by a test, and then what moves.

    Attributes:
        page: the wall.
    """

    def __init__(self, open_page: OpenPage, look: Look, table: dict[str, Any]) -> None:
        """Open the wall of a room in which the game runs."""
        self._shown: dict[str, Any] = {"language": look.language, "theme": look.theme, "calm": True}
        self._seq = 10
        welcome = {"type": "welcome", "protocol": 1, "room": ROOM, "epoch": 1, "seq": self._seq, "now": NOW}
        welcome |= {"you": {"kind": "watcher"}, "table": {**table, "show": self._shown}}
        self.page: Page = open_page("", look.size)
        self.page.emulate_media(reduced_motion="reduce")
        self.page.add_init_script(f"const WELCOME = {json.dumps(welcome)}; {SOCKET}")
        self.page.goto(f"{self.page.url.split('#')[0]}#/s/{ROOM}")
        self.page.reload()
        self.page.locator(f"html[data-theme={look.theme}][lang^={look.language}] .wall-main").wait_for()

    def tell(self, *log: dict[str, Any], **table: Any) -> None:  # noqa: ANN401  (pieces of a table)
        """Tell the wall what has moved, and lines of the log."""
        self._seq += 1
        lines = [{"seq": self._seq, **line} for line in log]
        frame = {"type": "update", "seq": self._seq, "now": NOW, "table": table, "hand": {}, "log": lines}
        self.page.evaluate("frame => window.socket.say(frame)", frame)

    def show(self, **look: Any) -> None:  # noqa: ANN401  (pieces of what is shown)
        """Note what else the host has put on the wall; it is told with the next scene."""
        self._shown |= look

    def faults(self, scene: str, step: int = 0) -> list[str]:
        """Return what is cut in a scene at one of its steps."""
        self.tell(show={**self._shown, "scene": scene, "step": step})
        self.page.locator(f".wall-main[data-scene={scene}]").wait_for()
        settle(self.page)
        return [f"{scene} {step}: {fault}" for fault in faults(self.page)]

    def lines(self, selector: str) -> list[str]:
        """Return the lines in which the texts of some elements stand, without what joins their letters."""
        return [line.replace(JOINER, "") for line in self.page.evaluate(_LINES, selector)]
