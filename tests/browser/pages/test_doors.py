"""Whoever can't play just now: each trouble has a page of its own that says what to do next, and its button does it."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.conftest import OpenPage, OpenRoom, Troubles
from tests.browser.rig.accessibility import violations
from tests.browser.rig.between import listen
from tests.browser.rig.stage import CONSOLE, PHONE, PROJECTOR, take_seat

POSTS = re.compile("/carrier")
TRIO = ("maker", "investor", "operator")


def knock(page: Page, name: str) -> None:
    """Fill in the name and ask for a seat."""
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Take a seat").click()


def heading(page: Page, text: str) -> None:
    """Expect a page of its own, in order for a screen reader and with one main button at most."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)
    assert page.locator(".button.main").count() <= 1
    assert violations(page) == []


@pytest.mark.parametrize(("size", "pictures"), [(CONSOLE, 1), (PROJECTOR, 1), (PHONE, 0)])
def test_the_start_page_shows_what_this_is_where_there_is_room(
    open_page: OpenPage, size: tuple[int, int], pictures: int
) -> None:
    """On a laptop a picture in the wall's face beside its sentence; a phone fetches neither."""
    page = open_page("", size)
    expect(page.get_by_role("heading", name="I teach")).to_be_visible()
    expect(page.locator(".start-picture svg")).to_have_count(pictures)
    if pictures:
        expect(page.locator(".start-picture .house").first).to_be_visible()
    page.wait_for_function("document.fonts.status === 'loaded'")
    assert page.evaluate("[...document.fonts].some(face => face.status === 'loaded')") == bool(pictures)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert violations(page) == []


def test_a_wrong_code_says_so_and_leads_back_to_the_code(open_page: OpenPage, new_room: OpenRoom) -> None:
    """The name is kept; the code is typed anew, also with the full-width letters of a Chinese keyboard."""
    page = open_page("j/K7QF234")
    page.get_by_label("Code").fill("k7-qf 234")
    knock(page, "Mina")
    heading(page, "No room has this code")
    expect(page.get_by_text("You typed K7-QF 234.")).to_be_visible()
    page.get_by_role("button", name="Type another code").click()
    expect(page.get_by_label("Name")).to_have_value("Mina")
    room = new_room().room
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in room.lower())
    page.get_by_label("Code").fill(wide)
    expect(page.get_by_label("Code")).to_have_value(room)
    page.get_by_role("button", name="Take a seat").click()
    expect(page.get_by_text("We start when the host does.")).to_be_visible()


def test_a_full_room_can_be_watched(open_page: OpenPage, new_room: OpenRoom) -> None:
    """All seats are taken: ask the host, or watch."""
    host = new_room(TRIO)
    for name in ("Ann", "Bo", "Cy"):
        take_seat(open_page(f"j/{host.room}"), name)
    page = open_page(f"j/{host.room}")
    knock(page, "Di")
    heading(page, "The room is full")
    expect(page.get_by_text("Ask the host to add one, or watch.")).to_be_visible()
    page.get_by_role("button", name="Watch").click()
    expect(page).to_have_url(re.compile(rf"#/s/{host.room}$"))


def test_a_closed_door_is_knocked_at_again_by_itself(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Every ten seconds, and once it is open the seat is there; a game that is over is not knocked at again."""
    host = new_room()
    host.send("lock", joining=False)
    page = open_page(f"j/{host.room}")
    page.clock.install()
    knock(page, "Mina")
    heading(page, "Wait to be let in")
    expect(page.get_by_text("The door is closed for now. Ask the host to let you in.")).to_be_visible()
    expect(page.get_by_text(re.compile(r"We knock again in \d+ s"))).to_be_visible()
    host.send("lock", joining=True)
    page.clock.run_for(10_100)
    expect(page.get_by_text("We start when the host does.")).to_be_visible()
    host.send("start")
    host.send("end")
    late = open_page(f"j/{host.room}")
    knock(late, "Jun")
    heading(late, "This door stays closed")
    expect(late.get_by_text("The game has ended.")).to_be_visible()
    expect(late.get_by_text("Knocking again")).to_have_count(0)


def test_a_name_that_cannot_be_had_is_told_at_its_field(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Taken, or nothing that can be shown: what was typed stays, and the field has the focus."""
    host = new_room()
    take_seat(open_page(f"j/{host.room}"), "Mina")
    page = open_page(f"j/{host.room}")
    for name, told in (("MINA", "Someone here is already"), ("\u200b\u2060", "This name can't be shown.")):
        knock(page, name)
        expect(page.locator(".complaint")).to_contain_text(told)
        expect(page.get_by_label("Name")).to_have_value(name)
        expect(page.get_by_label("Name")).to_be_focused()


def test_a_removed_seat_is_told_why_and_may_ask_to_return(open_page: OpenPage, new_room: OpenRoom) -> None:
    """The host's reason is the heading; asking to return is knocking again under the same name."""
    host = new_room()
    page = open_page(f"j/{host.room}")
    take_seat(page, "Mina")
    host.send("remove", seat=1, reason="<b>left</b> early")
    heading(page, "The host freed your seat: “<b>left</b> early”")
    page.get_by_role("button", name="Ask to return").click()
    expect(page.get_by_label("Name")).to_have_value("Mina")
    expect(page.get_by_label("Code")).to_have_value(host.room)


def test_an_expired_link_leaves_no_token_behind(open_page: OpenPage, new_room: OpenRoom) -> None:
    """The address bar and the history forget it at once; joining again is one press away."""
    host = new_room()
    page = open_page(f"r/{host.room}/nonsense")
    heading(page, "This link has expired")
    assert "nonsense" not in page.url
    assert "nonsense" not in str(page.evaluate("Object.values({...localStorage, ...sessionStorage}).join()"))
    page.get_by_role("button", name="Join again").click()
    expect(page.get_by_label("Code")).to_have_value(host.room)
    heading(open_page(f"c/{host.room}/nonsense"), "This host link has expired")


def test_a_server_of_another_version_brings_one_reload_and_then_a_page(open_page: OpenPage, new_room: OpenRoom) -> None:
    """It loads anew once by itself, in case it was old, and then stops and says so; the seat is kept."""

    def newer(message: str | bytes, socket: WebSocketRoute, _: WebSocketRoute) -> None:
        frame = json.loads(message)
        socket.send(json.dumps(frame | {"protocol": 2} if frame["type"] == "welcome" else frame))

    host = new_room()
    page = open_page("")
    loads: list[str] = []
    page.on("domcontentloaded", lambda page: loads.append(page.url))
    listen(page, down=newer)
    page.goto(page.url.replace("#/", f"#/j/{host.room}"))
    knock(page, "Mina")
    page.get_by_role("button", name=f"Back to {host.room} Mina").click()
    heading(page, "This page is older than the room")
    assert len(loads) == 1


def test_a_network_that_blocks_sockets_is_named_and_can_be_checked(
    open_page: OpenPage, new_room: OpenRoom, troubles: Troubles
) -> None:
    """Neither sockets nor posts come through, while the page itself does: the check says which and what helps."""
    troubles.is_expected = lambda trouble: "WebSocket" in trouble or "ERR_FAILED" in trouble
    host = new_room()
    page = open_page(f"j/{host.room}")
    page.route_web_socket(re.compile("/ws(/|$)"), lambda socket: socket.close())
    page.route(POSTS, lambda route: route.abort())
    knock(page, "Mina")
    heading(page, "This network blocks live connections")
    page.get_by_role("button", name="Check the network").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Does this network let you play?")
    expect(page.locator(".checks .good-row")).to_have_count(3)


@pytest.mark.parametrize("page_of", ["s/{room}", "c/{room}/{key}", "d/{room}", "print/{room}/sheet", "c/new"])
def test_every_page_names_a_network_that_blocks_sockets_and_goes_on_once_it_does_not(
    open_page: OpenPage, new_room: OpenRoom, troubles: Troubles, page_of: str
) -> None:
    """Wall, console, debrief, paper and a new room say it as a phone does, and open by themselves when it is over."""
    troubles.is_expected = lambda trouble: "WebSocket" in trouble or "ERR_FAILED" in trouble
    host = new_room(pace="host")
    page = open_page("", PROJECTOR)
    page.route(POSTS, lambda route: route.abort())
    blocked = [True]
    page.route_web_socket(
        re.compile("/ws(/|$)"), lambda socket: socket.close() if blocked[0] else socket.connect_to_server()
    )
    page.goto(page.url.replace("#/", f"#/{page_of.format(room=host.room, key=host.token)}"))
    if page_of == "c/new":
        page.get_by_role("button", name="Open the room").click()
    heading(page, "This network blocks live connections")
    expect(page.get_by_text("We keep trying. This page goes on by itself.")).to_be_visible()
    blocked[0] = False
    expect(page.get_by_text("This network blocks live connections")).to_have_count(0)
    expect(page.get_by_text("Opening the room")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).not_to_have_text("What shall we play?")


def test_a_server_that_is_gone_is_not_the_phones_fault(
    open_page: OpenPage, new_room: OpenRoom, troubles: Troubles
) -> None:
    """It answers with an error: the page says so, goes on trying, and takes the seat once it is back."""
    troubles.is_expected = lambda trouble: "503" in trouble or "WebSocket" in trouble
    host = new_room()
    page = open_page(f"j/{host.room}")
    gone = [True]
    page.route("**/healthz", lambda route: route.fulfill(status=503))

    def answer(socket: WebSocketRoute) -> None:
        if gone[0]:
            socket.close()
        else:
            socket.connect_to_server()

    page.route_web_socket(re.compile("/ws(/|$)"), answer)
    knock(page, "Mina")
    heading(page, "The server isn't answering")
    gone[0] = False
    expect(page.get_by_text("We start when the host does.")).to_be_visible()


def test_an_address_without_a_room_a_key_or_an_end_says_so(open_page: OpenPage, new_room: OpenRoom) -> None:
    """A debrief of no room or of a game that still plays, and a console elsewhere; another address is another page."""
    page = open_page("d/K7QF234")
    heading(page, "No room has this code")
    page = open_page("c/K7QF234")
    heading(page, "This device has no key for K7QF234")
    host = new_room(pace="host")  # bots alone would be at the end at once

    def move(fragment: str) -> None:
        page.evaluate("to => location.hash = to", f"#/{fragment}")

    move(f"s/{host.room}")
    expect(page.locator(".wall")).to_be_visible()
    move(f"d/{host.room}")
    heading(page, "The debrief comes after the end")
    host.send("start")
    host.send("end")
    expect(page.get_by_role("heading", level=1)).to_have_text("What can we learn from it?")
    move("check")
    expect(page.get_by_role("heading", level=1)).to_have_text("Does this network let you play?")
    move("rules")
    expect(page.locator(".manual-role")).to_have_count(3)


def test_a_long_name_is_cut_where_it_is_typed_and_fits_the_page(open_page: OpenPage, new_room: OpenRoom) -> None:
    """The field keeps what the server keeps, and the way back to the seat is no wider than the phone."""
    host = new_room()
    page = open_page(f"j/{host.room}")
    page.get_by_label("Name").fill("N" * 55)
    expect(page.get_by_label("Name")).to_have_value("N" * 40)
    page.get_by_role("button", name="Take a seat").click()
    expect(page.get_by_text("We start when the host does.")).to_be_visible()
    page.evaluate("location.hash = '#/'")
    expect(page.get_by_role("button", name=f"Back to {host.room}")).to_contain_text("N" * 40)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_address_without_a_page_says_so_above_the_way_in(open_page: OpenPage, new_room: OpenRoom) -> None:
    """A mangled address brings nobody to a page without a word; the form below it lets people in."""
    host = new_room()
    page = open_page("nonsense")
    heading(page, "Join a room")
    expect(page.get_by_role("status").first).to_have_text("There is no page at this address. Join a room here.")
    page.get_by_role("button", name="中").click()
    expect(page.get_by_role("status").first).to_contain_text("这个地址没有页面")
    page.get_by_role("button", name="EN").click()
    page.get_by_label("Code").fill(host.room)
    knock(page, "Mina")
    expect(page.get_by_text("We start when the host does.")).to_be_visible()
    known = open_page("")
    heading(known, "Join a room")
    expect(known.locator(".banner")).to_have_count(0)


def test_the_network_check_finds_nothing_amiss_here(open_page: OpenPage) -> None:
    """Four ticks, and one sentence for IT with this server's address, in the language of the person."""
    page = open_page("check")
    expect(page.locator(".checks .good-row")).to_have_count(4)
    expect(page.get_by_text("All four work. You can play here.")).to_be_visible()
    expect(page.locator("blockquote")).to_contain_text("ws://127.0.0.1")
    assert violations(page) == []
    page.get_by_role("button", name="中").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("这个网络能玩吗")
    assert page.evaluate("document.documentElement.lang") == "zh-CN"


def test_the_rules_can_be_read_without_a_room(open_page: OpenPage) -> None:
    """Three roles, eight phases and the words, from the way in and back to it."""
    page = open_page("")
    page.get_by_role("button", name="Rules").click()
    expect(page.locator(".manual-role")).to_have_count(3)
    expect(page.locator(".manual-phases li")).to_have_count(8)
    assert violations(page) == []
    page.get_by_role("button", name="Join a room").click()
    expect(page.get_by_label("Code")).to_be_visible()
