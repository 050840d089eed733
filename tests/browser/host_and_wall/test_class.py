"""A class of several tables in the browser: its console, its wall, the phones that are dealt to tables and moved."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage
from tests.browser.rig.accessibility import violations
from tests.browser.rig.stage import PHASES, PHONE, PROJECTOR, leading, take_seat

LAPTOP = (1366, 768)


def _open_class(open_page: OpenPage, people: int, table: int) -> tuple[Page, str]:
    """Open a class of so many people at tables of so many; return its console and its code."""
    page = open_page("c/new/quickstart", LAPTOP)
    page.get_by_role("link", name="Several tables").click()
    page.get_by_label("What is the class called?").fill("10b")
    for label, count in (("How many people?", people), ("People at a table", table)):
        number = page.get_by_role("spinbutton", name=label)
        number.fill(str(count))
        number.press("Tab")
    expect(page.get_by_text(f"{-(-people // table)} tables of up to")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("button", name="Open the class").click()
    page.locator(".class-table").first.wait_for()
    return page, page.url.rsplit("/", 1)[1]


def _phone(open_page: OpenPage, code: str, name: str) -> Page:
    page = open_page(f"j/{code}")
    take_seat(page, name)
    return page


def _at_another_table(page: Page, before: str) -> None:
    page.wait_for_function("before => location.hash !== before && location.hash.startsWith('#/p/')", arg=before)


def _hash(page: Page) -> str:
    return str(page.evaluate("location.hash"))


def test_one_console_leads_all_tables_and_moves_people(open_page: OpenPage) -> None:
    """All start by one press, one is paused, somebody's phone goes to another table by itself, a wall follows."""
    console, code = _open_class(open_page, 4, 2)
    ana, bo = (_phone(open_page, code, name) for name in ("Ana", "Bo"))
    assert _hash(ana) != _hash(bo), "the fewest people sit at the other table"
    wall = open_page(f"s/{code}", PROJECTOR)
    expect(wall.locator(".class-wall li")).to_have_count(2)
    expect(wall.locator(".class-wall-in")).to_contain_text(code)
    assert violations(wall) == []
    console.get_by_role("button", name="Start", exact=True).click()
    expect(console.get_by_text("2 tables have begun.")).to_be_visible()
    console.get_by_role("button", name="Next phase").dblclick()
    console.get_by_role("dialog").get_by_role("button", name="Not yet").click()
    console.get_by_role("button", name="Table 2", exact=True).click()
    console.get_by_role("button", name="Pause", exact=True).click()
    expect(console.locator(".class-attention")).to_contain_text("Table 2: paused")
    expect(wall.locator(".class-wall li").nth(1)).to_contain_text("Paused")
    assert violations(console) == []
    console.get_by_role("button", name="Show table 2 on the wall").click()
    expect(wall.locator(".wall-paused")).to_be_visible()
    expect(wall.locator(".strip-code, .foot-code")).to_have_text(code)
    before = _hash(ana)
    console.get_by_role("button", name=re.compile("2 here of 2 people")).click()
    console.get_by_role("button", name=re.compile("^Ana")).click()
    console.get_by_role("button", name="Move", exact=True).click()
    _at_another_table(ana, before)
    assert _hash(ana) == _hash(bo)
    ana.reload()
    expect(ana.locator(".seat-page")).to_be_visible()
    expect(console.get_by_role("button", name=re.compile("^Ana"))).to_contain_text("Table 2")


# whether the code of a class, of the widest letters that there are, stands in one line within its board
_ONE_LINE = """() => {
    const code = document.querySelector('.class-wall-in b'), board = code.parentElement.getBoundingClientRect();
    code.textContent = 'WWWWWWW';
    const text = document.createRange();
    text.selectNodeContents(code);
    const lines = [...text.getClientRects()];
    return lines.length === 1 && lines[0].left >= board.left && lines[0].right <= board.right; }"""


@pytest.mark.parametrize("size", [PROJECTOR, (1024, 768)])
def test_the_code_stands_in_one_line_on_the_wall(open_page: OpenPage, size: tuple[int, int]) -> None:
    """Whichever letters it has: a class types what it reads."""
    _, code = _open_class(open_page, 4, 2)
    wall = open_page(f"s/{code}", size)
    wall.locator(".class-wall-in b").wait_for()
    assert wall.evaluate("document.fonts.ready.then(() => true)")
    assert wall.evaluate(_ONE_LINE)


def _token(console: Page, code: str) -> str:
    return str(console.evaluate("code => JSON.parse(localStorage.getItem('ms.host.' + code)).token", code))


def test_two_phones_change_places_at_full_tables(open_page: OpenPage) -> None:
    """In play; each goes to the other's table by itself, and plays on the seat that the other has left."""
    console, code = _open_class(open_page, 4, 2)
    phones = [_phone(open_page, code, name) for name in ("Ana", "Bo", "Cy", "Di")]
    console.get_by_role("button", name="Start", exact=True).click()
    expect(console.get_by_text("2 tables have begun.")).to_be_visible()
    ana, bo = (_hash(phone) for phone in phones[:2])
    assert ana != bo
    console.get_by_role("button", name=re.compile("4 here of 4 people")).click()
    console.get_by_role("button", name=re.compile("^Ana")).click()
    console.get_by_label("With whom").select_option("Bo, table 2")
    console.get_by_role("button", name="Swap", exact=True).click()
    for phone, before in zip(phones, (ana, bo), strict=False):
        _at_another_table(phone, before)
        expect(phone.locator(".seat-page")).to_be_visible()
    assert [_hash(phone) for phone in phones[:2]] == [bo, ana]
    expect(console.get_by_role("button", name=re.compile("^Bo"))).to_contain_text("Table 1")


def test_role_sheets_of_all_tables_are_printed_at_once(open_page: OpenPage) -> None:
    """From the class's own console; each says of which table it is, by the class's code."""
    console, code = _open_class(open_page, 4, 2)
    for name in ("Ana", "Bo"):
        _phone(open_page, code, name)
    console.get_by_role("button", name="Start", exact=True).click()
    expect(console.get_by_text("2 tables have begun.")).to_be_visible()
    console.get_by_role("button", name="More").click()
    link = console.get_by_role("link", name="Role sheets of all tables").get_attribute("href") or ""
    page = open_page(link.partition("#/")[2], LAPTOP)
    sheets = page.locator(".role-page")
    for number, name in ((1, "Ana"), (2, "Bo")):
        of_table = sheets.filter(has_text=f"{code} · Table {number}")
        expect(of_table).to_have_count(3)  # with the bot without whom no game begins
        expect(of_table.get_by_text(name, exact=True)).to_have_count(1)
    assert violations(page) == []


def test_whoever_was_moved_to_a_table_that_is_over_follows_a_later_move(open_page: OpenPage, url: str) -> None:
    """Their phone says that the game has ended there, and goes to the next table by itself."""
    console, code = _open_class(open_page, 4, 2)
    with leading(url, code, _token(console, code)) as host:
        host.send("class.people", names=["Ana"])
        ana = _phone(open_page, code, "Ana")
        at = _hash(ana)
        host.send("start")
        ana.goto("about:blank")  # she is away while she is moved, and comes once that table is over
        host.send("class.move", person=1, to=2)
        host.send("end", table=2)
        ana.goto(f"{url}{at}")
        expect(ana.get_by_text("The game has ended.", exact=False)).to_be_visible()
        host.send("class.move", person=1, to=1)
        ana.wait_for_function("at => location.hash === at", arg=at)
        expect(ana.locator(".seat-page")).to_be_visible()


def test_a_personal_link_opens_its_seat_on_another_phone(open_page: OpenPage) -> None:
    """Without a question; what is wrong with a list of names is said; removed people stay out."""
    console, _ = _open_class(open_page, 4, 2)
    console.get_by_role("button", name="Nobody on the list yet").click()
    console.get_by_label("Names, one a line", exact=True).fill("Cy\n\nDi\ncy")
    console.get_by_role("button", name="Add 3 names").click()
    expect(console.get_by_text("2 names were added; the list has 2 now.")).to_be_visible()
    expect(console.get_by_text("there twice: cy.")).to_be_visible()
    console.get_by_role("button", name="Sheet of personal links").click()
    slip = console.locator(".class-links li").filter(has_text="Cy")
    expect(slip).to_be_visible()
    console.emulate_media(media="print")
    assert console.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    console.emulate_media(media="screen")
    link = slip.locator(".qr").get_attribute("aria-label") or ""
    fragment = link[link.index("#/") + 2 :]
    assert violations(console) == []
    first = open_page(fragment)
    first.locator(".seat-page").wait_for()
    second = open_page(fragment)
    second.locator(".seat-page").wait_for()
    assert _hash(second) == _hash(first)
    first.get_by_role("button", name="Join again").click()
    first.locator(".seat-page").wait_for()
    second.get_by_role("button", name="Join again").click()
    second.locator(".seat-page").wait_for()
    console.get_by_role("button", name="Close", exact=True).click()
    console.get_by_role("button", name=re.compile("^Cy")).click()
    console.get_by_role("button", name="Remove from the class").click()
    console.get_by_role("dialog", name="Remove Cy from the class?").get_by_role("button", name="Remove").click()
    expect(second.get_by_text("Your teacher has taken you out of this class", exact=False)).to_be_visible()


@pytest.mark.parametrize(("size", "language"), [(PHONE, "zh-CN"), (LAPTOP, "en-GB")])
def test_twelve_tables_fit_and_the_console_opens_anywhere(
    open_page: OpenPage, size: tuple[int, int], language: str
) -> None:
    """By the teacher's own link, whose token leaves the address; nothing scrolls sideways."""
    console, code = _open_class(open_page, 24, 2)
    console.get_by_role("button", name="More").click()
    console.get_by_role("button", name="My own link").click()
    link = console.get_by_label("My own link").input_value()
    page = open_page(link[link.index("#/") + 2 :], size, language)
    expect(page.locator(".class-table")).to_have_count(12)
    assert _hash(page) == f"#/class/{code}"
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert violations(page) == []


def test_the_people_fit_a_phone_and_a_file_that_is_not_chosen_closes_nothing(open_page: OpenPage) -> None:
    """Every field lies within its sheet; what was typed stands there still."""
    console, code = _open_class(open_page, 4, 2)
    page = open_page(f"class/{code}/{_token(console, code)}", PHONE)
    page.get_by_role("button", name="Nobody on the list yet").click()
    sheet = page.get_by_role("dialog")
    assert sheet.evaluate("each => each.scrollWidth <= each.clientWidth")
    typed = sheet.get_by_label("Names, one a line", exact=True)
    typed.fill("Ana")
    field = sheet.get_by_label("Choose a file")
    field.set_input_files({"name": "names.txt", "mimeType": "text/plain", "buffer": b"Bo\n"})
    expect(typed).to_have_value("Ana\nBo")
    field.dispatch_event("cancel", {"bubbles": True, "cancelable": True})
    expect(typed).to_have_value("Ana\nBo")


def _says_whose_table_it_is(console: Page) -> None:
    """See that the console of a table that is over names it and its class, and opens no room beside the class."""
    with console.context.expect_page() as opening:
        console.get_by_role("link", name="Open table 2 in a tab").click()
    table = opening.value
    expect(table.locator(".strip")).to_contain_text("Table 2 · 10b")
    expect(table.get_by_role("link", name="To the class\N{RIGHT SINGLE QUOTATION MARK}s page")).to_be_visible()
    expect(table.get_by_role("button", name="New game")).to_have_count(0)
    assert table.title().startswith("Table 2 · 10b · ")
    assert violations(table) == []
    table.close()


def test_the_tables_are_held_beside_each_other_when_all_are_over(open_page: OpenPage) -> None:
    """On the console, at a phone's width too, and on the wall, without a name."""
    console, code = _open_class(open_page, 18, 6)
    ana, *_ = (_phone(open_page, code, name) for name in ("Ana", "Bo", "Cy"))
    console.get_by_role("button", name="Start", exact=True).click()
    expect(console.get_by_text("3 tables have begun.")).to_be_visible()
    console.get_by_role("button", name="End after this season").click()
    console.get_by_role("dialog").get_by_role("button", name="End after this season").click()
    compare = console.get_by_role("button", name="Compare the tables")
    places = console.locator(".class-phase b")
    expect(places.filter(has_text="Season 1 of 1")).to_have_count(3)
    for press in (*["Next phase"] * (len(PHASES) - 1), "End game"):
        before = places.first.inner_text()
        console.get_by_role("button", name=press, exact=True).click()
        console.get_by_role("dialog").get_by_role("button", name=press).click()
        expect(places.filter(has_text=before)).to_have_count(0)
    expect(ana.get_by_text("The host reveals who stands where")).to_be_visible()
    console.get_by_role("button", name="Show the ranking").click()
    expect(console.get_by_text("3 tables show who stands where, on phones and on their walls.")).to_be_visible()
    expect(ana.get_by_text("The host reveals who stands where")).to_have_count(0)
    _says_whose_table_it_is(console)
    console.get_by_role("button", name="people").click()
    console.get_by_role("button", name="Ana").click()
    console.get_by_role("button", name="Show this person\N{RIGHT SINGLE QUOTATION MARK}s slip").click()
    expect(console.locator(".class-slip")).to_contain_text("Pass:")
    assert violations(console) == []
    console.keyboard.press("Escape")
    compare.click()
    sheet = console.get_by_role("dialog")
    expect(sheet.locator(".strips li")).to_have_count(20)
    assert violations(console) == []
    wall = open_page(f"s/{code}", PROJECTOR)
    sheet.get_by_role("button", name="Show it on the wall").click()
    expect(wall.locator(".class-wall-compare .strips li")).to_have_count(8)
    assert violations(wall) == []
