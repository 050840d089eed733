"""A moment of *Why* on the wall with the longest words that it can have: nothing lies over anything else."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Browser, WebSocketRoute, expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.between import listen
from tests.browser.rig.stage import PROJECTOR, stand_still
from tests.browser.rig.told_wall import ToldWall, town
from tests.browser.rig.wall_fits import Look, faults

SIZES = ((1280, 720), PROJECTOR, (1024, 768))
MAKER, INVESTOR = 1, 4  # of the usual six
NAMES = {MAKER: "Maximiliane Featherstonehaugh", INVESTOR: "Bartholomew Oyelaran-Whitcombe"}
CARD = "battery-retirement"
PEOPLE = {"maker": MAKER, "investor": INVESTOR, "venture": 1, "space": 6}
NUMBERS = {"bar": 100, "credits": 120, "appeal": 6, "total": 11, "needed": 12, "other": 12, "stage": 1, "level": 3}
VALUES = {**PEOPLE, **NUMBERS, "shares": 33, "price": "high", "other_price": "fair", "path": "integration", "season": 6}
# what happened, the kind of question, and the question: the longest of each
MOMENTS = (
    ("missed", "facts", "facts.missed"),
    ("roll_lost", "feelings", "feelings.roll_lost"),
    ("level", "what_next", "what_next.level"),
    ("bar_missed", "life", "life.bar_missed"),
    ("price", "learning", "learning.price"),
)


def _differs(what: str, was: int) -> dict[str, Any]:
    seat = MAKER if what == "score" else 0
    return {"what": what, "seat": seat, "was": was, "might": was - 1_100, "mean": -1_100, "lo": -4_400, "hi": 2_300}


def _told(number: int) -> dict[str, Any]:
    cause, kind, question = MOMENTS[number - 1]
    return {
        "number": number,
        "of": len(MOMENTS),
        "season": 6,
        "phase": "incubation",
        "cause": {"text": f"why.cause.{cause}", "values": VALUES},
        "instead": {"text": f"why.instead.{cause}", "values": VALUES},
        "question": {"kind": kind, "text": f"why.ask.{question}", "values": {**VALUES, "seat": MAKER}},
        "differences": [_differs("energy", 101_200), _differs("lives", 7_300), _differs("score", 8_400)],
        "seats": {str(MAKER): "maker", str(INVESTOR): "investor"},
        "venture": 1,
        "role": "maker",
        "moment": 0,
        "seq": 1_000,
        "futures": 200,
        "alike": 100,
    }


def _tell(shown: dict[str, Any], message: str | bytes, socket: WebSocketRoute, _: WebSocketRoute) -> None:
    """Send a welcome on as that of a room whose host shows a moment."""
    frame = json.loads(message)
    if frame["type"] == "welcome":
        table = frame["table"]
        for seat, name in NAMES.items():
            table["seat"][str(seat)]["name"] = name
        table["venture"] = {"1": {"id": 1, "card": CARD, "lead": MAKER}}
        table["why"] = {str(number): _told(number) for number in range(1, len(MOMENTS) + 1)}
        table["show"] = {"scene": "why", "calm": True, **shown}
    socket.send(json.dumps(frame))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("number", range(1, len(MOMENTS) + 1))
def test_the_longest_words_of_a_moment_have_room(
    browser: Browser, url: str, new_room: OpenRoom, language: str, number: int
) -> None:
    """On projectors of both shapes, where what might have been perhaps makes no difference, which takes most words."""
    host = new_room(pace="host")
    host.send("start")
    host.send("end")
    wall = browser.new_page(locale="en-GB", reduced_motion="reduce")
    listen(wall, down=partial(_tell, {"step": number - 1, "language": language}))
    wall.goto(f"{url}#/s/{host.room}")
    expect(wall.locator(".why .differences li")).to_have_count(2)
    for width, height in SIZES:
        wall.set_viewport_size({"width": width, "height": height})
        stand_still(wall)
        assert faults(wall) == [], (width, height)
        assert wall.evaluate("(e => e.scrollHeight <= e.clientHeight)(document.querySelector('.scene'))")
    wall.context.close()


def test_few_words_of_a_moment_fill_a_high_wall(open_page: OpenPage) -> None:
    """Chinese has fewer letters than most: on a projector of 4:3 they are larger."""
    values = {"space": 7, "credits": 32, "level": 2, "path": "resources"}
    told = {"number": 1, "of": 1, "season": 1, "phase": "policy", "seats": {}, "seq": 14, "futures": 60, "alike": 0}
    told |= {"cause": {"text": "why.cause.level", "values": values}}
    told |= {"instead": {"text": "why.instead.level", "values": values}}
    told |= {"question": {"kind": "what_next", "text": "why.ask.what_next.level", "values": values}}
    numbers = {"was": 225, "might": 122, "mean": -103, "lo": -113, "hi": -94}
    told |= {"differences": [{"what": "energy", "seat": 0, **numbers}, {"what": "score", "seat": 1, **numbers}]}
    table = town(("Bo", "Jun", "Mina", "Li", "Ana", "Ben", "Kofi", "Ines"))
    table["game"] |= {"status": "over", "phase": "recap"}
    wall = ToldWall(open_page, Look((1024, 768), "zh"), {**table, "why": {"1": told}})
    assert wall.faults("why") == []
    assert wall.page.evaluate("document.querySelector('.why .proof').getBoundingClientRect().bottom") > 0.75 * 768
