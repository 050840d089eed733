"""The projector: what a room full of people sees, and nothing that only one may see."""

from __future__ import annotations

import base64
import re

from playwright.sync_api import Browser, expect

from tests.browser.conftest import NewGuest, OpenPage, OpenRoom
from tests.browser.rig.accessibility import violations
from tests.browser.rig.stage import PHASES, PROJECTOR, stand_still, take_seat
from tests.browser.rig.wall_reader import MUST_READ, MUST_READ_PX, SMALLEST_PX, must_read, qr_texts, sizes

AS_FROM_FAR = 0.25
_HALVES = """() => document.querySelectorAll('.deal-half.maker').length
  - document.querySelectorAll('.deal-half.investor').length"""


def test_the_wall_shows_the_way_in_the_street_and_the_ranking(
    open_page: OpenPage, new_room: OpenRoom, new_guest: NewGuest
) -> None:
    """Code in every scene, people and threads in a picture beside a list; nothing scrolls and nothing is small."""
    host = new_room()
    wall = open_page(f"s/{host.room}", PROJECTOR)
    expect(wall.locator(".wall-code")).to_have_text(host.room)
    guest = new_guest(host)
    expect(wall.locator(".wall-people")).to_contain_text("Mina")
    host.send("start")
    for phase in PHASES:
        expect(wall.locator(".wall-head h1")).to_contain_text(phase)
        expect(wall.locator(".wall-strip")).to_contain_text(host.room)
        assert min(sizes(wall)) >= SMALLEST_PX, phase
        assert min(must_read(wall)) >= MUST_READ_PX, phase
        assert wall.evaluate("document.documentElement.scrollHeight <= innerHeight"), phase
        if phase == "Matching":
            expect(wall.locator(".wall-strip")).to_contain_text(re.compile("offers? on the way"))
        if phase == "Incubation":
            expect(wall.locator(".street .house-name")).to_have_text(["North Hall", "Garage"])
            expect(wall.locator(".street .person-name").first).to_have_text("Mina")
            expect(wall.locator(".deal-half.maker").first).to_be_attached()  # the picture comes a moment later
            assert wall.evaluate(_HALVES) == 0
            expect(wall.locator(".street > svg:not([aria-hidden=true])")).to_have_count(0)
            expect(wall.get_by_role("region", name="North Hall").get_by_text("deal with").first).to_be_attached()
            assert violations(wall) == []
        if phase != PHASES[-1]:
            guest.ready()
    host.send("end")
    expect(wall.locator(".all-roles section").first).to_contain_text("Mina")


def test_the_code_is_read_from_the_back_row(open_page: OpenPage, new_room: OpenRoom, browser: Browser) -> None:
    """A camera that gets a quarter of the picture reads the link that opens the join page, in both themes."""
    host = new_room()
    wall = open_page(f"s/{host.room}", PROJECTOR)
    for theme in ("light", "dark"):
        host.send("show", scene="phase", theme=theme)
        expect(wall.locator("html")).to_have_attribute("data-theme", theme)
        expect(wall.locator(".qr path")).to_have_attribute("d", re.compile("^M"))
        box = wall.locator(".qr-box").bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 560
        picture = base64.b64encode(wall.screenshot()).decode()
        (text,) = qr_texts(browser, picture, AS_FROM_FAR)
        assert text.endswith(f"#/j/{host.room}")


_CURTAIN_WATCH = """
const parse = JSON.parse;
const count = () => {
  if (!document.querySelector('.curtain')) {
    window.frames_without += 1;
    requestAnimationFrame(count);
  }
};
JSON.parse = (text, reviver) => {
  if (String(text).includes('"curtain":true') && window.frames_without === undefined) {
    window.frames_without = 0;
    requestAnimationFrame(count);
  }
  return parse(text, reviver);
};
"""  # how often the page is painted between the message and the curtain: a count is the same on every machine


def test_a_curtain_hides_the_wall_at_once_and_a_phase_brings_the_game_back(
    open_page: OpenPage, new_room: OpenRoom
) -> None:
    """The next picture has nothing of the game left in it; a scene stays until another phase begins."""
    host = new_room()
    wall = open_page(f"s/{host.room}", PROJECTOR)
    take_seat(open_page(f"j/{host.room}"), "Mina")
    host.send("start")
    expect(wall.locator(".wall-strip")).to_be_visible()
    wall.evaluate(_CURTAIN_WATCH)
    host.send("show", scene="phase", curtain=True)
    expect(wall.locator(".curtain")).to_be_visible()
    assert wall.evaluate("window.frames_without") == 0
    expect(wall.get_by_text("North Hall")).to_have_count(0)
    expect(wall.locator(".wall-foot")).to_contain_text(host.room)
    host.send("show", scene="world", step=1, curtain=False)
    expect(wall.locator(".scene h2")).to_have_text("What changed in the world?")
    host.send("advance")
    expect(wall.locator(".wall-head h1")).to_contain_text("Admission")
    expect(wall.locator(".scene")).to_have_count(0)
    expect(wall.locator(".wall-strip")).to_be_visible()


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
    expect(wall.locator(".wall-head h1")).to_contain_text("Policy")
    host.send("advance")
    expect(wall.locator(".wall-head h1")).to_contain_text("Admission")
    assert frames
    for secret in ("ambition", "thesis_sectors", '"appeal"', '"hand"', '"lo"'):
        assert not [frame for frame in frames if secret in frame], secret


def test_a_wall_speaks_the_room_s_language_and_keeps_nothing_of_how_it_looks(
    open_page: OpenPage, new_room: OpenRoom
) -> None:
    """Language and theme are the host's; the browser, perhaps the teacher's own, keeps what its owner chose."""
    host = new_room()
    wall = open_page(f"s/{host.room}", PROJECTOR)
    host.send("show", scene="phase", language="zh", theme="dark")
    expect(wall.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(wall.locator("html")).to_have_attribute("data-theme", "dark")
    assert "dark" not in (wall.evaluate("localStorage.getItem('ms.prefs')") or "")
    assert len(must_read(wall)) <= MUST_READ


_WHOLE = """selector => [...document.querySelectorAll(selector)].every(each => {
  const frame = each.closest('section, .board').getBoundingClientRect();
  const inner = each.getBoundingClientRect();
  return inner.left >= frame.left && inner.right <= frame.right && inner.bottom <= frame.bottom;
})"""
_THIRTY = ("maker",) * 18 + ("investor",) * 9 + ("operator",) * 3


def test_a_class_of_thirty_has_room_on_the_wall(open_page: OpenPage, new_room: OpenRoom) -> None:
    """An outline for each free seat, signs whole beside long numbers, a ranking that counts the rest."""
    host = new_room(_THIRTY, scenario="classroom")
    wall = open_page(f"s/{host.room}", PROJECTOR)
    take_seat(open_page(f"j/{host.room}"), "Mina")
    expect(wall.locator(".wall-people .chair")).to_have_count(29)
    host.send("start")
    expect(wall.locator(".strip-demand b").first).to_contain_text(",")  # four digits
    expect(wall.locator(".strip-demand :is(.good, .bad)").first).to_be_visible()
    assert wall.evaluate(_WHOLE, ".strip-demand li > *")
    host.send("show", scene="leaders", step=2)
    expect(wall.locator(".leaders")).to_be_visible()
    host.send("end")  # who led so far does not turn into the ranking by itself
    expect(wall.get_by_text("The host reveals who stands where.")).to_be_visible()
    expect(wall.locator(".leaders")).to_have_count(0)
    host.send("show", scene="ranking", step=0)
    expect(wall.locator(".podium .stand:not(.empty)")).to_have_count(3)
    host.send("show", scene="ranking", step=3)
    expect(wall.locator(".all-roles li").first).to_be_visible()
    for _ in range(3):  # each size of the text
        stand_still(wall)
        assert wall.evaluate(_WHOLE, ".all-roles li")
        wall.keyboard.press("+")
