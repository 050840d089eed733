"""The same intention of the same person counts once, by whichever way the phone comes back after a lost answer."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import attrs
import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.between import listen
from tests.browser.rig.stage import CONSOLE, Host, take_seat
from tests.browser.rig.wall_reader import table

ALONE = ("player",)  # nobody else counts
# whether something of anybody on this phone has been sent and not been answered
_WAITS = "Object.keys(localStorage).some(name => name.startsWith('ms.sent'))"
# the phone's seat has gone to another one, and what opened it opens nothing any more
_FORGETS_ITS_SEAT = """Object.keys(localStorage).filter(name => name.startsWith('ms.seat'))
    .forEach(name => localStorage.removeItem(name))"""


@attrs.define
class Net:
    """What lies between a phone and the server.

    Attributes:
        loses: what is lost of the command `count`: `up`, itself; `down`, its answer and what it changes; else nothing.
        ids: what the command has gone out with.
        has_lost: something was lost.
    """

    loses: str = ""
    ids: list[str] = attrs.field(factory=list)
    has_lost: bool = False

    def between(self, page: Page) -> None:
        """Stand before the page's next connections."""
        listen(page, up=self._up, down=self._down)

    def _up(self, message: str | bytes, _: WebSocketRoute, server: WebSocketRoute) -> None:
        frame = json.loads(message)
        if frame.get("name") == "count":
            self.ids.append(frame["id"])
        if self.loses == "up" and frame.get("name") == "count":
            self.has_lost = True
        else:
            server.send(message)

    def _down(self, message: str | bytes, socket: WebSocketRoute, _: WebSocketRoute) -> None:
        type_ = json.loads(message)["type"]
        if self.loses == "down" and type_ in {"result", "update"}:
            self.has_lost = self.has_lost or type_ == "result"
        else:
            socket.send(message)


def reloads(page: Page, _: Net) -> Page:
    """Load the page anew."""
    page.reload()
    return page


def opens_another_tab(page: Page, net: Net) -> Page:
    """Close the tab, and come back by the room's button in a new one."""
    again = page.context.new_page()
    net.between(again)
    page.close()
    again.goto(re.sub("#.*", "#/", page.url))
    again.get_by_role("button", name=re.compile("^Back to")).click()
    return again


def joins_again(page: Page, _: Net) -> Page:
    """Lose the token, and join under the same name."""
    page.evaluate(_FORGETS_ITS_SEAT)
    page.reload()
    page.get_by_role("button", name="Take a seat").click()
    return page


WAYS_BACK = [reloads, opens_another_tab, joins_again]


def in_game(open_page: OpenPage, host: Host, net: Net) -> Page:
    """Return a phone behind a net that has a seat in a game that runs."""
    page = open_page("")
    net.between(page)
    page.goto(page.url.replace("#/", f"#/j/{host.room}"))
    take_seat(page, "Mina")
    host.send("start")
    expect(page.get_by_role("button", name="Count on")).to_be_visible()
    return page


def count_one(page: Page) -> None:
    """Count one on."""
    page.get_by_role("button", name="Count on").click()
    page.get_by_role("spinbutton", name="Step").fill("1")
    page.get_by_role("dialog").get_by_role("button", name="Count on").click()


def count_on(page: Page, net: Net) -> None:
    """Count one on, and wait until that or its answer has been lost."""
    count_one(page)
    page.wait_for_function(f"() => {_WAITS}")
    while not net.has_lost:
        page.evaluate("() => new Promise(requestAnimationFrame)")  # what lies between works while the page does


def counted_of_the_first_seat(url: str, room: str) -> int:
    """Return what the first seat has counted, as everybody sees it."""
    return int(table(url, room).get("count", {}).get("1", {}).get("count", 0))


def counted_once(page: Page, net: Net, url: str, room: str) -> None:
    """Expect that nothing waits any more, and that all that was sent had one id and counts once."""
    page.wait_for_function(f"() => !{_WAITS}")
    assert len(net.ids) > 1
    assert len(set(net.ids)) == 1
    assert counted_of_the_first_seat(url, room) == 1


@pytest.mark.parametrize("loses", ["up", "down"])
@pytest.mark.parametrize("comes_back", WAYS_BACK)
def test_what_was_sent_counts_once_by_every_way_back(
    open_page: OpenPage, new_room: OpenRoom, url: str, comes_back: Callable[[Page, Net], Page], loses: str
) -> None:
    """Lost on its way there or with its answer, a command goes out again under its own id, and is done once."""
    host, net = new_room(ALONE, scenario="counter", pace="host"), Net()
    page = in_game(open_page, host, net)
    net.loses = loses
    count_on(page, net)
    net.loses = ""
    page = comes_back(page, net)
    counted_once(page, net, url, host.room)


def test_a_phone_that_comes_back_after_a_second_device_counts_nothing_again(
    open_page: OpenPage, new_room: OpenRoom, url: str
) -> None:
    """The seat goes to another phone by its code while an answer is lost; the first one joins again and is the same."""
    host, net = new_room(ALONE, scenario="counter", pace="host"), Net()
    first = in_game(open_page, host, net)
    first.get_by_role("button", name="Menu").click()
    first.get_by_role("button", name="Move to another phone").click()
    shown = first.get_by_role("dialog").locator(".qr").get_attribute("aria-label") or ""
    address = re.search(r"#/(r/\w+/[^\s.]+)", shown)
    assert address is not None, shown
    first.keyboard.press("Escape")
    net.loses = "down"
    count_on(first, net)
    second = open_page(address[1])
    expect(second.get_by_role("button", name="Count on")).to_be_visible()
    net.loses = ""
    first.get_by_role("button", name="Play here instead").click()
    first.get_by_role("button", name="Join again").click()
    first.get_by_role("button", name="Take a seat").click()
    counted_once(first, net, url, host.room)


def test_a_room_that_is_asked_for_is_opened_once_over_a_reload(open_page: OpenPage) -> None:
    """Every answer is lost, before the page is loaded anew and after it; then the host is in that one room."""
    ids, rooms, is_lost = set[str](), list[str](), [True]

    def up(message: str | bytes, _: WebSocketRoute, server: WebSocketRoute) -> None:
        frame = json.loads(message)
        ids.add(f"{frame['type']} {frame.get('id')}")
        server.send(message)

    def down(message: str | bytes, socket: WebSocketRoute, _: WebSocketRoute) -> None:
        rooms.append(json.loads(message).get("room"))
        if is_lost:
            socket.close()
        else:
            socket.send(message)

    page = open_page("", CONSOLE)
    listen(page, up=up, down=down)
    page.goto(page.url.replace("#/", "#/c/new"))
    page.get_by_role("button", name="Open the room").click()
    expect(page.locator("main.apart")).to_be_visible()
    page.reload()
    expect(page.locator("main.apart")).to_be_visible()
    is_lost.clear()
    page.get_by_role("heading", level=1, name="Lobby").wait_for()
    assert page.locator(".strip .code").inner_text() == rooms[0]
    assert len(ids) == 1
    assert len({room for room in rooms if room}) == 1


@attrs.define
class OtherHistory(Net):
    """A net behind which a phone has lived another game: under the room's next number it saw something else.

    Attributes:
        parts: whether the next thing that the room tells breaks the link instead, and is what the phone saw otherwise.
    """

    parts: bool = False
    _seen: int = 0

    def _up(self, message: str | bytes, socket: WebSocketRoute, server: WebSocketRoute) -> None:
        frame = json.loads(message)
        if frame["type"] == "resume" and self._seen:
            message = json.dumps(frame | {"seq": self._seen, "mark": "a-mark-of-another-game"})
        super()._up(message, socket, server)

    def _down(self, message: str | bytes, socket: WebSocketRoute, server: WebSocketRoute) -> None:
        if self.parts:
            self.parts, self._seen = False, json.loads(message)["seq"]
            socket.close()
        else:
            super()._down(message, socket, server)


def test_a_phone_that_saw_something_else_under_a_number_is_told_and_shows_what_the_room_has(
    open_page: OpenPage, new_room: OpenRoom, url: str
) -> None:
    """The whole picture is the room's; what the phone had not been answered goes out again, and counts once."""
    host, net = new_room(("player", "player"), scenario="counter", pace="host"), OtherHistory()
    other = open_page(f"j/{host.room}")
    take_seat(other, "Jun")
    page = in_game(open_page, host, net)
    net.loses = "up"
    count_on(page, net)
    net.loses, net.parts = "", True
    count_one(other)
    told = page.get_by_role("dialog", name="The server went back to an older copy")
    expect(told).to_contain_text("What you chose last may be gone. You now see what the room has.")
    told.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Total 2")).to_be_visible()
    page.wait_for_function(f"() => !{_WAITS}")
    assert (len(net.ids), len(set(net.ids))) == (2, 1)
    assert [each["count"] for each in table(url, host.room)["count"].values()] == [1, 1]


def test_what_one_person_has_sent_is_sent_by_nobody_else_on_the_same_phone(
    open_page: OpenPage, new_room: OpenRoom, url: str
) -> None:
    """Who takes another seat on that phone begins with nothing; the first person finds it waiting."""
    host, net = new_room(("player", "player"), scenario="counter", pace="host"), Net()
    page = in_game(open_page, host, net)
    net.loses = "up"
    count_on(page, net)
    net.loses = ""
    page.evaluate(_FORGETS_ITS_SEAT)
    page.reload()
    page.get_by_label("Name").fill("Jun")
    page.get_by_role("button", name="Take a seat").click()
    page.get_by_role("button", name="Got it").click()
    expect(page.get_by_role("button", name="Count on")).to_be_visible()
    assert page.evaluate(_WAITS)
    assert len(net.ids) == 1
    assert counted_of_the_first_seat(url, host.room) == 0
    page.evaluate(_FORGETS_ITS_SEAT)
    page.reload()
    page.get_by_label("Name").fill("Mina")
    page.get_by_role("button", name="Take a seat").click()
    counted_once(page, net, url, host.room)
