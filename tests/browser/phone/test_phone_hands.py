"""The phone by keyboard alone, under a finger, read aloud, refused, and with the longest of names."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.browser.conftest import OpenPage, OpenRoom
from tests.browser.rig.between import listen
from tests.browser.rig.phone import join_and_start, roles_with_first, seated, settled, wait_for_phase
from tests.browser.rig.stage import CONSOLE, PHASES, PROJECTOR, TURN, take_seat, turn

MOST_STEPS = 40
MOST_MOVED = 12  # a request of each bot, and some that are taken back; what a bar hides stays hidden
HEAR = """() => { window.heard = []; new MutationObserver(all => all.forEach(one => {
    const text = one.target.textContent; if (text) window.heard.push([performance.now(), text]); }))
    .observe(document.querySelector('.live'), {subtree: true, characterData: true, childList: true}); }"""
# a focused thing is in the page, and its middle is no other thing's
HIDDEN = """() => { const it = document.activeElement; if (it === document.body) return 'lost';
    const box = it.getBoundingClientRect(); if (box.width < 2) return '';
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const near = it === top || it.contains(top) || top?.closest('label, .field')?.contains(it);
    return near || it.closest('.stepper')?.contains(top) ? '' : it.outerHTML.slice(0, 120); }"""


def tab_to_main(page: Page) -> None:
    """Go by Tab to the main button; nothing on the way is hidden or loses the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        for _ in range(MOST_MOVED):  # bots ask, one after another, and each request moves what is below it
            if not page.evaluate(HIDDEN):
                break
            page.wait_for_timeout(250)
            page.keyboard.press("Shift+Tab")
            page.keyboard.press("Tab")
        assert page.evaluate(HIDDEN) == "", turn(page)
        if page.evaluate("document.activeElement.matches('.button.main')"):
            return
    raise AssertionError(f"no way to the main button of {turn(page)}")


ASKED_AGAIN = f"""before => {{
  const now = ({TURN})() || before;
  const asks = now === before && document.querySelector('.button.main:not(.ready, [aria-busy="true"])');
  window.askedSince = asks ? window.askedSince ?? performance.now() : undefined;
  return now !== before || performance.now() - window.askedSince > 1000;
}}"""


def is_asked_again(page: Page, before: str) -> bool:
    """Wait for another question, or for the same one to be asked on after an answer, and return which it is."""
    page.wait_for_function(ASKED_AGAIN, arg=before)
    page.evaluate("window.askedSince = undefined")
    return turn(page) == before


@pytest.mark.parametrize("role", ["maker", "investor", "operator"])
def test_a_season_is_played_by_keys_alone(open_page: OpenPage, new_room: OpenRoom, role: str) -> None:
    """Choosing, tabs, the menu and the main button have keys; the focus is never lost and never under a bar."""
    host = new_room(roles_with_first(role))
    page = open_page(f"j/{host.room}")
    page.get_by_label("Name").fill("Mina")
    page.keyboard.press("Enter")
    expect(page.get_by_text("We start when the host does.")).to_be_visible()
    host.send("start")
    wait_for_phase(page, "Policy")
    seen: list[str] = []
    for step in range(MOST_STEPS):
        before = turn(page)
        if before.startswith("2/2"):
            break
        seen.append(before.split(" | ")[0].split(" ", 1)[1])
        settled(page)
        if step < 4:
            tab_to_main(page)
            page.keyboard.press("Enter")
        else:
            page.keyboard.press("1")
            page.keyboard.press("r")
        again = 0
        while is_asked_again(page, before):  # somebody may have asked something of a seat that was ready
            again += 1
            assert again < MOST_STEPS, before
            page.keyboard.press("r")
        assert page.evaluate("document.activeElement.matches('h1, body, .button.main, .card')"), before
    assert tuple(dict.fromkeys(seen)) == PHASES
    for key, heading in (("t", "Table"), ("m", "Mine"), ("?", "How does it work?")):
        page.keyboard.press(key)
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    page.keyboard.press("n")
    expect(page.locator(".default")).to_be_visible()
    page.keyboard.press("c")
    expect(page.get_by_role("status").first).to_contain_text("no clock")


def test_a_new_offer_moves_nothing_under_a_finger(open_page: OpenPage, new_room: OpenRoom) -> None:
    """While a finger is down no row moves; a pill counts what is new, and shows it when it is tapped."""
    host = new_room(("maker", "maker", "investor", "operator"))
    mina, bo = (seated(open_page, host, name) for name in ("Mina", "Bo"))
    host.send("start")
    wait_for_phase(mina, "Policy")
    for phase in ("Admission", "Exchange"):
        host.send("advance")
        for phone in (mina, bo):
            wait_for_phase(phone, phase)
    mark = mina.get_by_role("button", name="Ask Bo")
    mark.scroll_into_view_if_needed()
    before = mark.bounding_box()
    assert before is not None
    mina.mouse.move(before["x"] + 5, before["y"] + 5)
    mina.mouse.down()
    bo.get_by_role("button", name="Ask Mina").click()
    bo.get_by_role("button", name="Propose an exchange").click()
    pill = mina.locator(".pill .button")
    expect(pill).to_have_text("Bo asks you · 1 new request")
    assert mina.locator(".card", has_text="teaches").count() == 0
    mina.mouse.move(1, 1)
    mina.mouse.up()
    pill.click()
    expect(mina.locator(".card", has_text="Bo teaches")).to_be_visible()


def test_what_is_read_aloud_comes_one_by_one(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Four messages of the host at once are said at least 1.5 s apart, and what others do is not said at all."""
    host = new_room()
    page, other = seated(open_page, host), seated(open_page, host, "Bo")
    host.send("start")
    wait_for_phase(page, "Policy")
    page.evaluate(HEAR)
    for number in range(4):
        host.send("announce", text=f"Message {number}")
    other.get_by_role("button", name="Got it").click()
    expect(page.get_by_role("status").first).to_contain_text("Message 3")
    heard = page.evaluate("window.heard")
    assert [text for _, text in heard if "Message" in text] == [
        f"From the host: Message {number}" for number in range(4)
    ]
    assert all(later - earlier > 1400 for (earlier, _), (later, _) in pairwise(heard))
    assert not [text for _, text in heard if "Bo" in text]


def test_secrets_are_closed_and_on_no_table(open_page: OpenPage, new_room: OpenRoom) -> None:
    """An ambition is shown when it is asked for, closed again after another tab, and in nobody else's page."""
    host = new_room()
    page, other, wall = seated(open_page, host), seated(open_page, host, "Bo"), open_page(f"s/{host.room}", PROJECTOR)
    console = open_page(f"c/{host.room}/{host.invite()}", CONSOLE)
    host.send("start")
    wait_for_phase(page, "Policy")
    page.get_by_role("button", name="Mine", exact=True).click()
    page.get_by_role("button", name="Aims").click()
    secret = page.locator(".secret p")
    expect(secret).to_have_count(0)
    page.get_by_role("button", name="Show").click()
    text = secret.inner_text()
    page.get_by_role("button", name="Rules", exact=True).click()
    page.get_by_role("button", name="Mine", exact=True).click()
    expect(page.get_by_role("button", name="Show")).to_be_visible()
    expect(secret).to_have_count(0)
    other.get_by_role("button", name="Table", exact=True).click()
    console.locator("[data-seat='1']").click()
    expect(console.locator(".panel")).to_contain_text("Mina")
    for view in (page, other, wall, console):
        assert text not in view.content()


REFUSALS = ("bad_args", "cannot_afford", "rule", "paused", "rate_limited", "unavailable", "not_your_role", "id_reused")


def test_each_refusal_stands_at_its_field_and_the_entry_stays(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Whatever is refused is said in the sheet, at the field that it names, and what was typed is still there."""
    host = new_room(roles_with_first("investor"))
    page = open_page("")
    refusal = {"code": ""}

    def up(message: str | bytes, socket: WebSocketRoute, server: WebSocketRoute) -> None:
        frame = json.loads(message)
        if frame.get("name") == "send_terms" and frame["type"] == "command":
            error = {"code": refusal["code"], "message": f"No: {refusal['code']}.", "field": "shares"}
            socket.send(json.dumps({"type": "result", "id": frame["id"], "ok": False, "error": error}))
        else:
            server.send(message)

    listen(page, up=up)
    join_and_start(page, host)
    for phase in ("Admission", "Exchange", "Matching"):
        host.send("advance")
        wait_for_phase(page, phase)
    page.get_by_role("button", name=re.compile(r"^Other terms: ")).first.click()
    shares = page.get_by_role("spinbutton", name="You get")
    shares.fill("7")
    for code in REFUSALS:
        refusal["code"] = code
        page.get_by_role("button", name=re.compile("^Send to ")).click()
        expect(page.get_by_role("dialog").get_by_role("alert")).to_have_text(f"No: {code}.")
        expect(shares).to_have_value("7")


def test_forty_wide_characters_emoji_and_markup_fit_everywhere(open_page: OpenPage, new_room: OpenRoom) -> None:
    """The longest names are whole in what is read, and no tab grows sideways with them."""
    host = new_room()
    names = ("\N{CJK UNIFIED IDEOGRAPH-5BBD}" * 40, "<b>&\N{GRINNING FACE}</b><i>x")
    page, other = (open_page(f"j/{host.room}") for _ in names)
    for phone, name in zip((page, other), names, strict=True):
        take_seat(phone, name)
    host.send("start")
    wait_for_phase(page, "Policy")
    page.set_viewport_size({"width": 320, "height": 640})
    for tab in ("Table", "Mine", "Now"):
        page.get_by_role("button", name=tab, exact=True).click()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, tab
    page.get_by_role("button", name="Table", exact=True).click()
    page.get_by_role("button", name="People").click()
    expect(page.get_by_text(names[1])).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator("main b, main i").get_by_text("x", exact=True).count() == 0
