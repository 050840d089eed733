"""The replay: the host leads, each phone shows its own screen of then, the wall the table; afterwards one wanders."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.accessibility import violations
from tests.browser.rig.stage import CONSOLE, PHASES, PROJECTOR, Host, take_seat

_WAITS = re.compile("reveals? who stands where")
# what a list has beside its longest line, its own arrow counted as a letter high
_ROOM_LEFT = """list => {
    const { font, fontSize, paddingInlineStart, paddingInlineEnd } = getComputedStyle(list);
    const pen = Object.assign(document.createElement("canvas").getContext("2d"), { font });
    const longest = Math.max(...[...list.options].map(({ text }) => pen.measureText(text).width));
    const around = [paddingInlineStart, paddingInlineEnd, fontSize].reduce((sum, each) => sum + parseFloat(each), 0);
    return list.clientWidth - around - longest;
}"""


def banner(phone: Page) -> Locator:
    """Return the line that says where in the game a phone is."""
    return phone.get_by_role("region", name="Replay").get_by_role("status")


def played(host: Host, phone: Page) -> None:
    """Play one season and a bit, and end."""
    host.send("start")
    for phase in (*PHASES[1:], "Policy"):
        host.send("advance")
        expect(phone.locator(".header .phase")).to_contain_text(phase)
    host.send("end")


def test_a_host_leads_through_the_game_and_every_phone_shows_its_own_screen_of_then(
    open_page: OpenPage, new_room: OpenRoom
) -> None:
    """Wall and phones go where the console goes; nothing asked there can be pressed; a reload finds the place."""
    host = new_room()
    wall = open_page(f"s/{host.room}", PROJECTOR)
    phone, other = open_page(f"j/{host.room}"), open_page(f"j/{host.room}")
    take_seat(phone, "Mina")
    take_seat(other, "Ben")
    token = host.invite()
    host.send("start")
    ideas = phone.locator("main button.card")
    host.send("advance")
    expect(ideas.first).to_be_visible()
    ideas.nth(1).click()
    mine = ideas.nth(1).inner_text().splitlines()[0]
    for phase in PHASES[2:4]:
        host.send("advance")
        expect(phone.locator(".header .phase")).to_contain_text(phase)
    host.send("end")
    console = open_page(f"c/{host.room}/{token}", CONSOLE)
    console.get_by_role("button", name="Lead the replay").click()
    for page in (phone, other):
        expect(banner(page)).to_have_text("Replay: season 1, policy")
    expect(wall.get_by_role("heading", name="Replay: season 1, policy")).to_be_visible()
    console.get_by_role("button", name="One phase on").click()
    expect(banner(phone)).to_have_text("Replay: season 1, admission")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Which idea will you make?")
    expect(phone.locator("main").get_by_text(mine).first).to_be_visible()
    expect(other.locator("main").get_by_text(mine)).to_have_count(0)
    expect(phone.locator(".replay-past button:not(:disabled)")).to_have_count(0)
    assert violations(phone) == []
    phone.reload()
    expect(banner(phone)).to_have_text("Replay: season 1, admission")
    console.get_by_label("Phases of the game").select_option(label="Season 1 · Matching")
    for page in (phone, other):
        expect(banner(page)).to_have_text("Replay: season 1, matching")
    assert violations(console) == []
    console.get_by_role("button", name="End the replay").click()
    expect(phone.get_by_role("button", name="See the game again")).to_be_visible()
    expect(phone.get_by_text(_WAITS)).to_have_count(0)  # the replay has opened it


def test_whoever_wanders_goes_through_the_game_alone_and_comes_back_to_the_host(
    open_page: OpenPage, new_room: OpenRoom
) -> None:
    """Two buttons and a list; a reload finds the same place; the table and one's own pages are those of then."""
    host = new_room()
    phone = open_page(f"j/{host.room}")
    take_seat(phone, "Mina")
    played(host, phone)
    phone.get_by_role("button", name="See the game again").click()
    expect(banner(phone)).to_have_text("Replay: season 1, policy")
    assert phone.get_by_role("button", name="One phase back").is_disabled()
    assert phone.get_by_label("Phases of the game").evaluate(_ROOM_LEFT) >= 0
    phone.get_by_role("button", name="One phase on").click()
    expect(banner(phone)).to_have_text("Replay: season 1, admission")
    phone.get_by_label("Phases of the game").select_option(label="Season 2 · Policy")
    expect(banner(phone)).to_have_text("Replay: season 2, policy")
    assert phone.get_by_role("button", name="One phase on").is_disabled()
    phone.reload()
    expect(banner(phone)).to_have_text("Replay: season 2, policy")
    phone.get_by_role("button", name="Mine", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Mine")
    expect(banner(phone)).to_have_text("Replay: season 2, policy")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert violations(phone) == []
    host.send("show", scene="replay", step=2)
    phone.get_by_role("button", name="Follow host").click()
    expect(banner(phone)).to_have_text("Replay: season 1, exchange")
    host.send("show", scene="phase")
    phone.get_by_role("button", name="Now", exact=True).click()
    expect(phone.get_by_role("button", name="See the game again")).to_be_visible()
