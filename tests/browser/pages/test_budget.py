"""What a page may cost and where it may reach: few bytes in few requests, from this server alone, by its own policy."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.conftest import NewGuest, OpenPage, OpenRoom, Troubles
from tests.browser.rig.stage import CONSOLE, PROJECTOR, take_seat

FIRST_LOAD_BYTES = 60 * 1024
FIRST_SEASON_BYTES = 150 * 1024
PHASES = ("Policy", "Admission", "Exchange", "Matching", "Incubation", "Market", "Appraisal", "Recap")
ROLES = ("maker", "investor", "operator")
WALL_BYTES = 350 * 1024
FIRST_LOAD_REQUESTS = 6  # page, script, style, words, icon, socket: each costs a slow network a round trip
LATER = re.compile(r"console|wall|host|uqr|charts|print|check|rules")


def weighed(page: Page) -> dict[str, int]:
    """Return the bytes of whatever a page fetches from now on, compressed as they come."""
    sizes: dict[str, int] = {}

    def weigh(response: Response) -> None:
        sizes[response.url] = int(response.headers.get("content-length", "0"))

    page.on("response", weigh)
    return sizes


def test_a_player_is_in_with_60_kib(open_page: OpenPage, new_room: OpenRoom) -> None:
    """All that is fetched until one has a seat fits in the budget, in few requests, and nothing that comes later."""
    host = new_room()
    page = open_page("")
    sizes = weighed(page)
    page.reload()
    page.evaluate(f"location.hash = '#/j/{host.room}'")
    take_seat(page, "Mina")
    assert sum(sizes.values()) <= FIRST_LOAD_BYTES, sizes
    assert len(sizes) <= FIRST_LOAD_REQUESTS, sorted(sizes)
    assert [url for url in sizes if LATER.search(url)] == []


def test_a_wall_with_its_face_takes_350_kib(open_page: OpenPage, new_room: OpenRoom, new_guest: NewGuest) -> None:
    """Page, words, drawings, faces and both cuts of the display face fit in the budget, before the game and in it."""
    host = new_room(pace="host")
    new_guest(host)
    wall = open_page("", PROJECTOR)
    sizes = weighed(wall)
    wall.reload()
    wall.evaluate(f"location.hash = '#/s/{host.room}'")
    wall.locator(".wall-people .face").first.wait_for()
    host.send("start")
    wall.locator(".wall-strip").wait_for()
    wall.wait_for_function("document.fonts.ready.then(() => document.fonts.check('700 1em Bricolage'))")
    assert [url for url in sizes if url.endswith(".woff2")], "the wall has no face of its own"
    assert [url for url, size in sizes.items() if not size] == [], "unweighed"
    assert sum(sizes.values()) <= WALL_BYTES, sizes


def test_charts_come_only_where_they_are_shown(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Neither a lobby's console nor its wall has fetched them."""
    host = new_room()
    for fragment, size in ((f"r/{host.room}/{host.token}", CONSOLE), (f"s/{host.room}", PROJECTOR)):
        page = open_page("", size)
        sizes = weighed(page)
        page.goto(page.url.replace("#/", f"#/{fragment}"))
        page.locator("h1, .wall-code").first.wait_for()
        assert [url for url in sizes if "charts" in url] == []


def test_the_policy_lets_a_page_reach_this_server_alone(
    open_page: OpenPage, new_room: OpenRoom, troubles: Troubles
) -> None:
    """No script or style in the page, no other host, no frame; what breaks it would be heard in the console."""
    troubles.is_expected = lambda trouble: "https://example.org/" in trouble
    host = new_room()
    page = open_page(f"j/{host.room}")
    answer = page.request.get(page.url)
    policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert page.evaluate("document.querySelectorAll('script:not([src]), style, [style*=expression]').length") == 0
    refused = page.evaluate("fetch('https://example.org/').then(() => 'reached', () => 'refused')")
    assert refused == "refused"


@pytest.mark.parametrize("role", ROLES)
def test_a_first_season_takes_150_kib(open_page: OpenPage, new_room: OpenRoom, role: str) -> None:
    """All that a phone fetches from its first byte to the first recap, whichever role it has."""
    others = ["maker", "maker", "maker", "investor", "investor", "operator"]
    others.remove(role)
    host = new_room((role, *others), scenario="classroom", pace="host")
    page = open_page("")
    sizes = weighed(page)
    page.reload()
    page.evaluate(f"location.hash = '#/j/{host.room}'")
    take_seat(page, "Mina")
    host.send("start")
    for phase in PHASES:
        expect(page.locator(".header .phase")).to_contain_text(phase)
        page.wait_for_load_state("networkidle")
        if phase != PHASES[-1]:
            host.send("advance")
    assert sum(sizes.values()) <= FIRST_SEASON_BYTES, sizes
