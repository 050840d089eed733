"""The projector: what a room full of people sees, and nothing that only one may see."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.stage import PROJECTOR, take_seat

SMALLEST_PX = 28


def test_the_wall_shows_the_way_in_the_phases_and_the_ranking(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Code and QR in the lobby, phase and spaces in play, the ranking at the end; nothing scrolls or is small."""
    host = new_room()
    wall = open_page(f"s/{host.room}", PROJECTOR)
    expect(wall.locator(".wall-code")).to_have_text(host.room)
    expect(wall.locator(".qr path")).to_have_attribute("d", re.compile("^M"))
    take_seat(open_page(f"j/{host.room}"), "Mina")
    expect(wall.locator(".wall-people")).to_contain_text("Mina")
    host.send("start")
    expect(wall.locator(".band h1")).to_contain_text("Policy")
    for phase in ("Admission", "Exchange", "Matching", "Incubation", "Market", "Appraisal", "Recap"):
        host.send("advance")
        expect(wall.locator(".band h1")).to_contain_text(phase)
        expect(wall.locator(".wall-foot")).to_contain_text(host.room)
        sizes = wall.evaluate(
            "[...document.querySelectorAll('.wall *')].filter(each => [...each.childNodes].some(node =>"
            " node.nodeType === 3 && node.textContent.trim())).map(each => parseFloat(getComputedStyle(each).fontSize))"
        )
        assert min(sizes) >= SMALLEST_PX
        assert wall.evaluate("document.documentElement.scrollHeight <= innerHeight")
    expect(wall.locator(".board").first).to_contain_text("North Hall")
    host.send("end")
    expect(wall.locator(".ranking-list").first).to_contain_text("Mina")
    figures = wall.get_by_role("table", name="The ecosystem by season")
    expect(figures.get_by_role("columnheader")).to_have_text(["1"])
    expect(figures.get_by_role("row", name="Deals")).to_be_visible()
    expect(wall.locator(".talk")).to_be_in_viewport(ratio=1)


def test_the_wall_gets_the_table_and_no_hand(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Whatever the wall is sent, ambition, thesis and the appeal of an idea are not in it."""
    host = new_room()
    frames: list[str] = []
    wall = open_page("", PROJECTOR)
    wall.on("websocket", lambda socket: socket.on("framereceived", lambda frame: frames.append(str(frame))))
    wall.evaluate(f"location.hash = '#/s/{host.room}'")
    expect(wall.locator(".wall-code")).to_have_text(host.room)
    take_seat(open_page(f"j/{host.room}"), "Mina")  # bots alone would be at the end before anybody looked
    host.send("start")
    expect(wall.locator(".band h1")).to_contain_text("Policy")
    host.send("advance")
    expect(wall.locator(".band h1")).to_contain_text("Admission")
    assert frames
    for secret in ("ambition", "thesis_sectors", '"appeal"', '"hand"', '"lo"'):
        assert not [frame for frame in frames if secret in frame], secret
