"""What to do where phones reach nothing: the page, the doors to it, and the code drawn with another network."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.stage import CONSOLE

WIFI = {"address": "192.168.1.7", "interface": "wlan0", "kind": "wifi"}
CABLE = {"address": "10.1.2.3", "interface": "eth0", "kind": "network"}
VPN = {"address": "10.8.0.2", "interface": "tun0", "kind": "vpn"}


def in_networks(page: Page) -> None:
    """Let the server's machine be in a Wi-Fi, at a cable and in a VPN."""
    told = {"address": "192.168.1.7", "why": "likeliest", "taken": WIFI, "others": [CABLE, VPN]}

    def answer(route: Route) -> None:
        route.fulfill(body=json.dumps(told), content_type="application/json")

    page.route("**/api/address", answer)


@pytest.mark.parametrize("language", ["en-GB", "zh-CN"])
def test_the_page_has_the_address_of_this_very_machine(open_page: OpenPage, language: str) -> None:
    """In its first lines and in the mail to IT; the other networks are named."""
    page = open_page("check", language=language)
    in_networks(page)
    page.goto(f"{page.url.split('#')[0]}#/networks")
    port = page.url.split("#")[0].rstrip("/").rpartition(":")[2]
    for place in (page.locator(".networks .banner"), page.locator(".networks blockquote")):
        expect(place).to_contain_text(f"http://192.168.1.7:{port}")
    expect(page.locator(".networks .banner")).to_contain_text("10.1.2.3 (eth0)")


def test_the_page_is_reached_from_the_start_the_check_and_the_code(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Where a teacher is when phones do not come in."""
    page = open_page("")
    page.get_by_role("button", name="Network").click()
    expect(page.get_by_role("heading", name="The phones can't reach it")).to_be_visible()
    page.get_by_role("button", name="Check this device's network").click()
    page.get_by_role("button", name="Phones can't reach it").click()
    expect(page.get_by_role("heading", name="What to ask IT for")).to_be_visible()
    host = new_room()
    console = open_page(f"r/{host.room}/{host.invite()}", CONSOLE)
    console.locator(".strip .where .button").first.click()
    with console.context.expect_page() as opened:
        console.get_by_role("dialog").get_by_role("link", name="Phones can't reach it?").click()
    expect(opened.value.get_by_role("link", name="Phone without connection")).to_be_visible()


def test_the_host_takes_another_network_and_the_wall_beside_follows(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Codes of this browser lead into the network in which the phones are."""
    host = new_room(pace="host")
    address = open_page("check", CONSOLE)  # it may have asked for the networks already, and asks no more
    console, wall = (address.context.new_page() for _ in range(2))
    for page, way in ((console, f"r/{host.room}/{host.invite()}"), (wall, f"s/{host.room}")):
        in_networks(page)
        page.goto(f"{address.url.split('#')[0]}#/{way}")
    expect(wall.get_by_text("192.168.1.7").first).to_be_visible()
    expect(console.get_by_role("link", name="192.168.1.7")).to_be_visible()
    console.get_by_role("button", name="10.1.2.3 (eth0)").click()
    expect(console.get_by_role("link", name="10.1.2.3")).to_be_visible()
    expect(wall.get_by_text("10.1.2.3").first).to_be_visible()
