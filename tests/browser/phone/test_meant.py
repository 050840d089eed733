"""No tap meant for yesterday: what comes right after a phase has changed answers nothing."""

from __future__ import annotations

import json

from playwright.sync_api import Page, WebSocket, expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.phone import roles_with_first, seated, settled, wait_for_phase


def _sent(page: Page) -> list[str]:
    """Return the names of the commands that a phone sends from its next load on, as they are sent."""
    names: list[str] = []

    def note(frame: str | bytes) -> None:
        tree = json.loads(frame)
        if tree["type"] == "command":
            names.append(tree["name"])

    def follow(socket: WebSocket) -> None:
        socket.on("framesent", note)

    page.on("websocket", follow)
    return names


def _middle(page: Page) -> tuple[float, float]:
    box = page.locator(".button.main").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_taps_right_after_the_host_closed_the_phase_lock_nothing_in(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Ready in Policy, two more taps and a key as Admission opens: they send nothing; a later tap does."""
    host = new_room(roles_with_first("maker"), pace="host")
    page = seated(open_page, host)
    sent = _sent(page)
    page.reload()
    host.send("start")
    wait_for_phase(page, "Policy")
    page.locator(".button.main").click()
    expect(page.locator(".button.main.ready")).to_be_visible()
    x, y = _middle(page)
    host.send("advance")
    page.wait_for_function("() => document.querySelector('.header .phase').innerText.includes('Admission')")
    for _ in range(2):
        page.mouse.click(x, y)
    page.keyboard.press("Enter")
    settled(page)
    page.locator(".button.main").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Knock at North Hall, or stay in the garage?")
    assert sent == ["ready", "keep_idea"]
