"""The host's page: a room from nothing to the ranking, by its buttons."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewGuest, OpenPage, OpenRoom
from tests.browser.rig.accessibility import violations
from tests.browser.rig.stage import CONSOLE, PHONE, stand_still, take_seat

MOST_OF_A_PHONE = 0.22  # that lies under the thumb
TWELVE = (*["maker"] * 7, *["investor"] * 4, "operator")
THIRTY = (*["maker"] * 18, *["investor"] * 9, *["operator"] * 3)


def created(page: Page, pace: str) -> str:
    """Create a quickstart room of six on the page that is open and return its code."""
    page.get_by_role("button", name="Quick start").click()
    people = page.get_by_role("spinbutton", name="How many people?")
    people.fill("6")
    people.press("Tab")
    page.get_by_role("button", name=pace, exact=True).click()
    page.get_by_role("button", name="Open the room").click()
    page.get_by_role("heading", level=1, name="Lobby").wait_for()
    return page.locator(".strip .code").inner_text()


def seconds(page: Page) -> int:
    """Return what the console's clock shows."""
    minutes, rest = page.locator(".strip .digits").inner_text().split(":")
    return int(minutes) * 60 + int(rest)


def everything_is_taken_home(page: Page, code: str) -> None:
    """Each file that the end offers is there, and is what its name says."""
    page.get_by_text("For analysis").click()
    pages = (("All pages (ZIP)", ".zip"), ("The class's page", "-class.html"), ("Who took part (CSV)", ".csv"))
    for file, ending in (*pages, ("Debrief", ".json"), ("Tables (CSV)", ".zip"), ("Log", ".jsonl")):
        take = page.get_by_role("button", name=file, exact=True)
        with page.expect_response(re.compile(f"/api/rooms/{code}/")) as answer, page.expect_download() as taken:
            take.click()
        assert answer.value.status == 200, file
        assert taken.value.suggested_filename.endswith(ending), file


def the_ranking_is_revealed(page: Page, phone: Page) -> None:
    """The phone of a maker named Mina shows each role as the host reveals it, and none before."""
    reveal = page.get_by_role("button", name="Next: ")
    expect(phone.get_by_text("The host reveals who stands where.")).to_be_visible()
    expect(phone.locator(".ranking-list")).to_have_count(0)
    at_once = page.get_by_role("button", name="Show who stands where at once")
    expect(at_once).to_be_visible()
    for step in ("1/2", "2/2"):  # what makers were after comes first
        reveal.click()
        expect(page.locator(".on-wall")).to_contain_text(f"The aims {step}")
        expect(reveal).to_have_attribute("aria-busy", "false")
    for roles in (1, 2, 3):
        expect(reveal).to_have_attribute("aria-busy", "false")  # until then it can't be pressed again
        reveal.click()
        expect(phone.locator(".ranking-list")).to_have_count(roles)
    expect(page.get_by_role("button", name="Reveal next: The ranking 4/4")).to_be_visible()
    expect(phone.locator(".ranking-list li.own")).to_contain_text("Mina")
    expect(phone.get_by_text("The host reveals who stands where.")).to_have_count(0)
    expect(at_once).to_have_count(0)


def the_ranking_waits_on_the_console_too(page: Page) -> None:
    """The page may be mirrored: who stands where is one key away, and goes again by the same key."""
    expect(page.locator(".ranking-list")).to_have_count(0)
    page.keyboard.press("v")
    expect(page.locator(".ranking-list").first).to_contain_text("Mina")
    page.keyboard.press("v")
    expect(page.locator(".ranking-list")).to_have_count(0)


def test_a_host_creates_starts_pauses_extends_advances_and_ends(open_page: OpenPage) -> None:
    """The pace is under the host's thumb from the first to the last click."""
    page = open_page("c/new", CONSOLE)
    code = created(page, "Timed")
    assert re.fullmatch(r"[2-9A-HJ-NP-TV-Z]{7}", code)
    expect(page.locator(".links svg path")).to_have_attribute("d", re.compile("^M"))
    phone = open_page(f"j/{code}")
    take_seat(phone, "Mina")
    expect(page.locator(".seat-list")).to_contain_text("Mina")
    page.get_by_role("button", name="Start the game").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("What changed in the world?")
    expect(page.locator(".plan-button")).to_have_text(re.compile(r"^ends \d\d:\d\d\s*on time$"))

    page.get_by_role("button", name="Pause").click()
    expect(phone.get_by_text("Paused. The clock stands still.")).to_be_visible()
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    minutes, rest = divmod(seconds(page) + 60, 60)
    page.get_by_role("button", name="+ 60 s").click()
    expect(page.locator(".strip .digits")).to_have_text(f"{minutes}:{rest:02}")
    page.get_by_role("button", name="Go on").click()
    expect(phone.get_by_text("Paused. The clock stands still.")).to_have_count(0)

    expect(page.locator(".seat-row .state.waiting")).to_have_count(1)
    expect(page.locator(".thumb")).to_contain_text("1 would use its default")
    page.get_by_role("button", name="Close policy, show the cards").click()  # one of six waits: nothing to ask
    expect(page.locator(".on-wall")).to_contain_text("The world")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Which idea will you make?")
    expect(page.locator(".notes h2")).to_have_text("Notes: Admission")

    page.get_by_role("button", name="End game").click()
    page.get_by_role("dialog").get_by_role("button", name="End game").click()
    expect(page.get_by_role("heading", name="The end", exact=True)).to_be_visible()
    the_ranking_waits_on_the_console_too(page)
    the_ranking_is_revealed(page, phone)
    assert violations(page) == []
    everything_is_taken_home(page, code)
    page.get_by_role("button", name="New game").click()
    expect(page.get_by_role("button", name="Open the room")).to_be_visible()
    expect(page).to_have_url(re.compile(r"#/c/new$"))


def test_the_console_comes_back_by_its_token_alone(open_page: OpenPage) -> None:
    """A reload keeps the host's chair, and the token never stands in the address bar."""
    page = open_page("c/new", CONSOLE)
    code = created(page, "No clocks")
    page.reload()
    expect(page.get_by_role("heading", level=1, name="Lobby")).to_be_visible()
    token = page.evaluate(f"JSON.parse(localStorage.getItem('ms.host.{code}')).token")
    other = open_page(f"r/{code}/{token}", CONSOLE)
    expect(other.get_by_role("heading", level=1, name="Lobby")).to_be_visible()
    assert token not in other.url
    assert token not in page.url


def test_a_class_is_seated_in_words_and_each_number_can_be_changed(open_page: OpenPage) -> None:
    """Bots, shared seats, thin roles and a lesson that is too short are said, and none of them stands in the way."""
    page = open_page("c/new", CONSOLE)
    words = page.locator(".class-words")
    people = page.get_by_role("spinbutton", name="How many people?")
    for size, said in (
        ("23", "14 makers · 7 investors · 2 operators"),
        ("1", "5 seats are played by bots"),
        ("70", "10 people share a seat"),
    ):
        people.fill(size)
        people.press("Tab")
        expect(words).to_contain_text(said)
    expect(words).to_contain_text("Made for 6 to 60 people. It can be played all the same.")
    people.fill("7")
    people.press("Tab")
    page.get_by_text("Change roles and seats").click()
    investors = page.get_by_role("spinbutton", name="Investor")
    investors.fill("1")
    investors.press("Tab")
    expect(words).to_contain_text("Only one Investor")
    page.get_by_role("button", name="As the rules seat them").click()
    expect(words).not_to_contain_text("Only one Investor")
    expect(
        page.get_by_text(
            "About 33 min of play, 45 min with joining, explaining and revealing. That leaves 15 min to talk about it."
        )
    ).to_be_visible()
    page.get_by_role("button", name="45 min", exact=True).click()
    page.get_by_role("button", name="Take Quick start").click()
    expect(
        page.get_by_text(
            "About 10 min of play, 20 min with joining, explaining and revealing. That leaves 25 min to talk about it."
        )
    ).to_be_visible()
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []
    people.focus()
    people.press("Enter")  # opens the room
    expect(page.locator(".strip .scenario")).to_have_text("Quick start · 7 seats")


def test_who_asks_or_is_away_stands_on_top_and_nothing_moves_under_a_pointer(
    open_page: OpenPage, new_room: OpenRoom
) -> None:
    """Twelve seats, needs, wall, notes and pace fit; the order waits until the pointer is gone, or its host says so."""
    host = new_room(TWELVE)
    mina, jun = open_page(f"j/{host.room}"), open_page(f"j/{host.room}")
    take_seat(mina, "Mina")
    take_seat(jun, "Jun")
    host.send("start")
    page = open_page(f"c/{host.room}/{host.token}", CONSOLE)
    rows = page.locator(".seat-row")
    expect(rows).to_have_count(12)
    for part in (".pace", ".seat-group:last-child .seat-row", ".needs", ".wall-card", ".notes", ".console-foot"):
        expect(page.locator(part).first).to_be_in_viewport(ratio=0.9)
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert page.locator(".seat-row bdi").first.evaluate("name => parseFloat(getComputedStyle(name).fontSize)") >= 15

    page.mouse.move(400, 200)  # inside the list
    jun.get_by_role("button", name="Menu").click()
    jun.get_by_role("button", name="Help", exact=True).click()
    expect(page.locator(".toggle.wants")).to_have_text("Asking 1")
    expect(rows.first).to_contain_text("Mina")
    page.get_by_role("button", name="1 more asking or away").click()
    expect(rows.first).to_contain_text("HELP")
    mina.context.close()
    page.mouse.move(400, 60)
    expect(rows.nth(1)).to_contain_text("away")
    page.get_by_role("button", name="Away 1").click()
    expect(rows).to_have_count(1)
    page.get_by_role("button", name="Away 1").click()
    page.keyboard.press("/")
    page.keyboard.type("jun")
    expect(rows).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("[data-seat='2']")).to_be_focused()
    assert violations(page) == []


_SMALL_LAPTOP = (1366, 768)
_BOX = "document.querySelector('{}').getBoundingClientRect()"


def test_a_class_of_thirty_fits_on_a_laptop_and_each_name_is_whole(open_page: OpenPage, new_room: OpenRoom) -> None:
    """At 1280 x 800 every seat, what needs the host, the wall and the next phase are in sight; nothing scrolls."""
    host = new_room(THIRTY)
    lobby = open_page(f"c/{host.room}/{host.invite()}", _SMALL_LAPTOP)
    lobby.locator(".room-address").get_by_text("works on this machine alone").wait_for()
    assert lobby.evaluate(f"{_BOX.format('.wall-card')}.bottom <= {_BOX.format('.console-foot')}.top")
    long = "Maximilian Hohenberg"
    take_seat(open_page(f"j/{host.room}"), long)
    host.send("start")
    page = open_page(f"c/{host.room}/{host.token}", CONSOLE)
    expect(page.locator(".seat-row")).to_have_count(30)
    for row in page.locator(".seat-row").all():
        expect(row).to_be_in_viewport(ratio=1)
    for part in (".needs", ".wall-card", ".notes .button >> nth=-1", ".close-phase .button", ".more .button >> nth=-1"):
        expect(page.locator(part)).to_be_in_viewport(ratio=1)
    boxes = ["document.documentElement", "document.querySelector('.list')", "document.querySelector('.seat-rows')"]
    for box in boxes:
        assert page.evaluate(f"{box}.scrollHeight <= {box}.clientHeight && {box}.scrollWidth <= {box}.clientWidth"), box
    cut = "[...document.querySelectorAll('.seat-row bdi')].filter(name => name.scrollWidth > name.clientWidth).length"
    assert page.evaluate(cut) == 0
    page.keyboard.press("q")
    expect(page.get_by_role("dialog")).to_be_in_viewport(ratio=1)
    stand_still(page)  # a dialog rises into its place
    sheet = page.get_by_role("dialog").bounding_box()
    assert sheet is not None
    assert abs(sheet["x"] + sheet["width"] / 2 - 640) < 2
    assert abs(sheet["y"] + sheet["height"] / 2 - 400) < 2
    assert page.evaluate("(box => box.scrollHeight <= box.clientHeight)(document.querySelector('dialog'))")


@pytest.mark.parametrize(
    ("roles", "name"),
    [
        (TWELVE, "Maximiliane-Charlotte Hohenlohe-Langburg"),
        (THIRTY, "Wilhelmina van der Burgh"),
    ],
)
def test_a_long_name_is_whole_in_the_list_of_seats(
    open_page: OpenPage, new_room: OpenRoom, new_guest: NewGuest, roles: tuple[str, ...], name: str
) -> None:
    """On a laptop: of few seats the longest that a room takes, of a class what its row has the width for."""
    host = new_room(roles)
    new_guest(host, name)
    page = open_page(f"c/{host.room}/{host.token}", CONSOLE)
    shown = page.locator(".seat-row bdi").get_by_text(name)
    expect(shown).to_be_in_viewport(ratio=1)
    stand_still(page)
    assert shown.evaluate("e => e.scrollWidth <= e.clientWidth && e.scrollHeight <= e.clientHeight + 1")
    assert page.evaluate("(e => e.scrollHeight <= e.clientHeight)(document.querySelector('.seat-rows'))")


def test_who_needs_the_host_never_pushes_the_question_for_the_class_out_of_sight(
    open_page: OpenPage, new_room: OpenRoom
) -> None:
    """At 1366 x 768: two of four are there whole, and all four scroll in their own place."""
    host = new_room(TWELVE)
    phones = [open_page(f"j/{host.room}") for _ in range(4)]
    for name, phone in zip(("Ann", "Ben", "Cem", "Dee"), phones, strict=True):
        take_seat(phone, name)
    host.send("start")
    page = open_page(f"c/{host.room}/{host.token}", _SMALL_LAPTOP)
    for phone in phones:
        phone.get_by_role("button", name="Menu").click()
        phone.get_by_role("button", name="More time", exact=True).click()
    fits = "box => (each => each.scrollHeight <= each.clientHeight)(document.querySelector(box))"
    for button, lines, whole in (("and 2 more", 2, (".beside", ".needs")), ("Show fewer", 4, (".beside",))):
        expect(page.get_by_role("button", name=button)).to_have_count(1)
        expect(page.locator(".needs li")).to_have_count(lines)
        expect(page.get_by_role("button", name="Ask it on the wall")).to_be_in_viewport(ratio=1)
        assert [box for box in whole if not page.evaluate(fits, box)] == []
        assert violations(page) == []
        page.get_by_role("button", name=button).click()


def test_of_five_hundred_seats_those_in_view_are_drawn(open_page: OpenPage, new_room: OpenRoom) -> None:
    """The list is long for whoever scrolls, goes by keys or reads aloud, and short for the browser."""
    host = new_room((*["maker"] * 300, *["investor"] * 158, *["operator"] * 42))
    page = open_page(f"c/{host.room}/{host.token}", CONSOLE)
    table = page.locator(".seats")
    expect(table.locator(".seat-row").first).to_have_attribute("aria-setsize", "500")
    assert page.locator(".seat-row").count() < 60
    page.locator(".seat-rows").evaluate("box => { box.scrollTop = box.scrollHeight }")
    expect(page.locator("[data-seat='500']")).to_be_visible()
    page.locator("[data-seat='500']").focus()
    for _ in range(30):
        page.keyboard.press("ArrowUp")
    expect(page.locator("[data-seat='470']")).to_be_focused()
    expect(page.locator("[data-seat='470']")).to_be_in_viewport()


def test_a_teacher_who_walks_has_clock_pace_exceptions_and_the_wall_under_the_thumb(
    open_page: OpenPage, new_room: OpenRoom
) -> None:
    """At 390 px the clock stays on top, pace and wall at the bottom, exceptions first between; a seat is a sheet."""
    host = new_room(TWELVE, scale=1000)
    jun = open_page(f"j/{host.room}")
    take_seat(jun, "Jun")
    page = open_page(f"c/{host.room}/{host.token}", PHONE)
    page.get_by_role("button", name="Start the game").click()
    jun.get_by_role("button", name="Menu").click()
    jun.get_by_role("button", name="More time", exact=True).click()
    first = page.locator(".seat-row").first
    expect(first).to_contain_text("more time")
    expect(page.locator(".list .needs")).to_contain_text("Jun")  # above everybody
    for name in ("Pause", "+ 30 s", "Close policy, show the cards", "Reveal next", "Curtain"):
        expect(page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    expect(page.locator(".strip .digits")).to_be_in_viewport(ratio=1)
    bar = page.locator(".thumb").bounding_box()
    assert bar is not None
    assert bar["height"] <= MOST_OF_A_PHONE * PHONE[1], "the bar hides who needs the host"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    small = page.evaluate(
        "[...document.querySelectorAll('button, input, select, a')].filter(each => each.offsetParent !== null"
        " && (each.offsetHeight < 43 || each.offsetWidth < 43)).map(each => each.outerHTML.slice(0, 80))"
    )
    assert small == []
    page.get_by_role("button", name="Pause").click()  # nothing runs while axe looks
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    assert violations(page) == []
    first.click()
    sheet = page.get_by_role("dialog", name="Jun")
    expect(sheet).to_be_visible()
    assert violations(page) == []
    sheet.get_by_role("button", name="+ 60 s").click()
    expect(sheet.get_by_text("asks for more time")).to_have_count(0)
    sheet.get_by_role("button", name="Close").click()
    page.get_by_role("button", name="Reveal next").click()
    expect(page.locator(".on-wall")).to_contain_text("The world")
    page.get_by_role("button", name="Curtain").click()
    expect(page.locator(".on-wall")).to_contain_text("curtain down")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
