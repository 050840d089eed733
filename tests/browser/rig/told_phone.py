"""A phone whose server is a few lines of the page itself: it is told a table and a hand, and then what moves.

For what a phone makes of facts that a real game brings seldom or late: each test says which facts, and nothing waits
for bots. What the server really tells is tested where it is told.
"""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.rig.stage import PHONE

MINA, JUN, BO, OLGA = 1, 2, 3, 4
ROOM = "K7QFWXY"
NOW = 1_000_000

SOCKET = """
window.WebSocket = class extends EventTarget {
    constructor() {
        super();
        window.socket = this;
        setTimeout(() => { this.readyState = 1; this.onopen?.({}); });
    }
    send(text) {
        const { type, id } = JSON.parse(text);
        this.say(['join', 'resume', 'watch'].includes(type) ? WELCOME : { type: 'result', id, ok: true, seq: 10 });
    }
    say(frame) { this.onmessage?.({ data: JSON.stringify(frame) }); }
    close() { this.readyState = 3; }
};"""

_VENTURE = {"cofounders": [], "born": True, "closed": "", "tracks": [12, 8, 6], "dice": [], "roll": {}, "misses": 0}


def table() -> dict[str, Any]:
    """Return two makers, an investor and an operator in the first season's admission."""
    own = {"id": 5, "card": "rice-robot", "sector": "food", "lead": MINA, "stage": 1, "space": OLGA}
    other = {"id": 6, "card": "umbrella-relay", "sector": "city", "lead": JUN, "stage": 1, "space": OLGA}
    names = {MINA: ("maker", "Mina"), JUN: ("maker", "Jun"), BO: ("investor", "Bo"), OLGA: ("operator", "Olga")}
    return {
        "game": {"season": 1, "seasons": 4, "phase": "admission", "phase_number": 1, "status": "running"},
        "run": {"number": 1, "first_season": 1},
        "clock": {"deadline": NOW + 90_000, "paused": False},
        "seat": {
            str(seat): {"id": seat, "role": role, "name": name, "ready": False, "by": "person"}
            for seat, (role, name) in names.items()
        },
        "maker": {
            "1": {"seat": MINA, "skills": [2, 6, 3], "spirit": 5, "ties": [], "venture": 5, "hours": 10},
            "2": {"seat": JUN, "skills": [4, 2, 5], "spirit": 5, "ties": [], "venture": 6},
        },
        "investor": {"3": {"seat": BO, "badges": [], "speciality": "business", "type": "fund"}},
        "space": {"4": {"id": OLGA, "stations": 3, "rent": 12, "vitality": 40, "rating_mean": 0, "passed": []}},
        "venture": {
            "5": {**_VENTURE, **own, "shares": {"1": 7500, "3": 2500}},
            "6": {**_VENTURE, **other, "shares": {"2": 10000}},
        },
        "account": {"maker:1": {"balance": 60}, "investor:3": {"balance": 200}, "venture:5": {"balance": 60}},
        "module": {
            "world": {"phase": "", "search_cost": 10, "search_garage": 2},
            "incubation": {"phase": "incubation", "help_hours": 3},
        },
    }


class ToldPhone:
    """A phone that is told frames by a test."""

    def __init__(self, open_page: OpenPage, seat: int, size: tuple[int, int] = PHONE, language: str = "en-GB") -> None:
        """Open the phone of a seat, which is in admission."""
        laid = table()
        role = laid["seat"][str(seat)]["role"]
        you = {"kind": "seat", "seat": seat, "role": role, "member": 1}
        welcome = {"type": "welcome", "protocol": 1, "room": ROOM, "epoch": 1, "seq": 10, "now": NOW}
        welcome |= {"you": you, "table": laid, "hand": {"legal": {}}}
        self.page: Page = open_page("", size, language, tells=True)
        self._seq = 10
        self.page.add_init_script(f"const WELCOME = {json.dumps(welcome)}; {SOCKET}")
        held = json.dumps({"token": "x", "at": 0})
        self.page.evaluate(f"localStorage.setItem('ms.seat.{ROOM}', JSON.stringify({{...{held}, at: Date.now()}}))")
        self.page.goto(f"{self.page.url.split('#')[0]}#/p/{ROOM}/now")
        self.page.reload()
        expect(self.page.locator(".header .phase")).to_be_visible()
        self.page.wait_for_function("() => document.querySelector('.now h1')")
        self.tell(log=[self._opened("admission")])

    def tell(self, hand: object = None, log: object = None, **table: object) -> None:
        """Tell the phone what has moved."""
        self._seq += 1
        lines = [{"seq": self._seq, **line} for line in log or []]  # type: ignore[attr-defined]
        frame = {"type": "update", "seq": self._seq, "now": NOW, "table": table, "hand": hand or {}, "log": lines}
        self.page.evaluate("frame => window.socket.say(frame)", frame)

    def open(self, phase: str, number: int, hand: object = None, log: object = None, **table: object) -> None:
        """Tell the phone that a phase has opened, with what the close of the one before has brought."""
        lines = [*(log or []), self._opened(phase)]  # type: ignore[misc]
        self.tell(hand, lines, game={"phase": phase, "phase_number": number}, **table)

    def _opened(self, phase: str) -> dict[str, Any]:
        return {"text": "phase_opened", "values": {"season": 1, "phase": phase}}
