"""Where a network lets no socket through: phone, wall and console play on by events and posts, and say so once."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenPage, OpenRoom, Troubles
from tests.browser.rig.accessibility import violations
from tests.browser.rig.stage import CONSOLE, PHONE, PROJECTOR, take_seat

SAID = "Live connection blocked; playing by the slower way."
# notes each notice that has ever stood on a page: several pages are opened side by side, and a notice goes by itself
NOTES = """() => { window.noticed = [];
new MutationObserver(all => { for (const { addedNodes } of all) for (const node of addedNodes)
    if (node.matches?.('p.slower')) window.noticed.push(node.textContent); })
    .observe(document, { subtree: true, childList: true }); }"""


def opened(
    open_page: OpenPage,
    fragment: str,
    size: tuple[int, int] = PHONE,
    between: Callable[[Route], None] | None = None,
) -> Page:
    """Open a page behind something that closes every socket, and does what else it likes with what opens a carrier."""
    page = open_page("", size)
    page.evaluate(NOTES)
    page.route_web_socket(re.compile("/ws(/|$)"), lambda socket: socket.close())
    if between is not None:
        page.route(re.compile(r"/carrier(/\w{7})?$"), between)
    page.goto(page.url.replace("#/", f"#/{fragment}"))
    return page


def told_once(page: Page) -> None:
    """Expect that the sentence was said, once, and has gone again."""
    expect(page.locator("p.slower")).to_have_count(0)
    assert page.evaluate("window.noticed") == [SAID]


@pytest.mark.parametrize("is_kept_back", [False, True])
def test_a_phone_a_wall_and_a_console_play_a_phase(
    open_page: OpenPage,
    new_room: OpenRoom,
    troubles: Troubles,
    is_kept_back: bool,  # noqa: FBT001  (a case)
) -> None:
    """By a stream, and by fetching where something on the way keeps a stream back until it ends."""
    troubles.is_expected = lambda trouble: "WebSocket" in trouble or "ERR_FAILED" in trouble
    kept: list[Route] = []

    def keep_back(route: Route) -> None:
        if route.request.headers["accept"] == "text/event-stream":
            kept.append(route)  # never answered
        else:
            route.continue_()

    room = new_room(("maker", "investor", "operator"), pace="host")
    between = keep_back if is_kept_back else None
    console = opened(open_page, f"r/{room.room}/{room.token}", CONSOLE, between)
    wall = opened(open_page, f"s/{room.room}", PROJECTOR, between)
    phone = opened(open_page, f"j/{room.room}", PHONE, between)
    take_seat(phone, "Mina")
    expect(phone.locator("p.slower")).to_have_text(SAID)
    assert violations(phone) == []
    assert bool(kept) == is_kept_back
    expect(wall.locator(".wall-people")).to_contain_text("Mina")
    console.get_by_role("button", name="Start the game").click()
    expect(phone.locator("h1")).to_have_text("What changed in the world?")
    expect(wall.locator(".wall-strip")).to_be_visible()
    phone.locator(".button.main:not(.ready)").click()
    expect(phone.locator(".button.main.ready")).to_be_visible()
    console.get_by_role("button", name="Close policy, show the cards").click()
    expect(phone.locator(".header .phase")).to_contain_text("Admission")
    expect(wall.locator("h1")).to_have_text("Admission")
    for page in (console, wall, phone):
        told_once(page)


def test_a_room_is_opened_and_a_seat_come_back_to(open_page: OpenPage, troubles: Troubles) -> None:
    """*New room* goes by the slower way too; a page that is loaded again has its seat back."""
    troubles.is_expected = lambda trouble: "WebSocket" in trouble
    host = opened(open_page, "c/new", CONSOLE)
    host.get_by_role("button", name="Open the room").click()
    expect(host.get_by_role("heading", level=1, name="Lobby")).to_be_visible()
    code = host.url.split("/")[-1]
    phone = opened(open_page, f"j/{code}")
    take_seat(phone, "Mina")
    phone.reload()
    expect(phone.get_by_text("We start when the host does.")).to_be_visible()


def test_the_network_check_says_that_the_slower_way_works(open_page: OpenPage, troubles: Troubles) -> None:
    """Beside the sentence for IT, which is what makes it fast."""
    troubles.is_expected = lambda trouble: "WebSocket" in trouble
    page = opened(open_page, "check")
    expect(page.locator(".checks .good-row")).to_have_count(4)
    expect(page.get_by_text("It is blocked here. You can play all the same, by the slower way.")).to_be_visible()
