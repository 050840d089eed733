"""A phone's life beside the game: reload, back, twin tabs, a cut link, a wrong clock, refusals, late choices."""

from __future__ import annotations

import json
import re
import time
import urllib.request
from typing import Any

from playwright.sync_api import Page, Route, WebSocketRoute, expect

from tests.browser.conftest import OpenPage, OpenRoom, Troubles
from tests.browser.rig.between import listen
from tests.browser.rig.phone import join_and_start, roles_with_first, seated, wait_for_phase
from tests.browser.rig.stage import Host, take_seat

THREE_HOURS_WRONG = "(() => { const now = Date.now; Date.now = () => now() + 3 * 3600 * 1000; })()"
IS_KEPT = (
    "tab => scrollY > 40 && sessionStorage.getItem("
    "Object.keys(sessionStorage).find(key => key.endsWith(tab)))?.includes(Math.round(scrollY))"
)


def clock_of(page: Page) -> int:
    """Return the seconds that stand beside the phase."""
    minutes, seconds = page.locator(".digits").inner_text().split(":")
    return int(minutes) * 60 + int(seconds)


def assert_same_time(one: Page, other: Page) -> None:
    """Hold two clocks that run against each other: they agree within a second, and within what reading them takes."""
    began = time.monotonic()
    ahead = clock_of(one) - clock_of(other)
    assert -1 <= ahead <= 1 + time.monotonic() - began


def test_back_leads_out_in_order_and_a_reload_finds_everything(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Back closes the sheet, returns to *Now*, then warns; a reload keeps tab, sheet, half-done terms, scroll."""
    host = new_room(roles_with_first("investor"))
    page = seated(open_page, host)
    host.send("start")
    for phase in ("Admission", "Exchange", "Matching"):
        host.send("advance")
        wait_for_phase(page, phase)
    page.get_by_role("button", name=re.compile(r"^Other terms: ")).first.click()
    shares = page.get_by_role("spinbutton", name="You get")
    shares.fill("7")
    shares.press("Tab")
    expect(page).to_have_url(re.compile(r"/now/~terms/\d+$"))
    page.go_back()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(re.compile("/now$"))
    page.reload()
    page.get_by_role("button", name=re.compile(r"^Other terms: ")).first.click()
    page.reload()  # an open sheet has an address of its own
    expect(page.get_by_role("spinbutton", name="You get")).to_have_value("7")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page).to_have_url(re.compile("/now$"))
    page.get_by_role("button", name="Rules", exact=True).click()
    page.get_by_role("heading", name="A season").scroll_into_view_if_needed()
    kept(page, "rules")
    depth = page.evaluate("scrollY")
    page.reload()
    expect(page.get_by_role("heading", name="How does it work?")).to_be_visible()
    page.wait_for_function(f"() => Math.abs(scrollY - {depth}) < 3")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Whom do you back?")
    page.go_back()
    expect(page.get_by_text("Press back again to leave; your seat is kept.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Whom do you back?")


def scrolled_down(page: Page) -> None:
    """Scroll a phone's page to about its end until that is kept: it scrolls itself once, and may still shrink."""
    page.wait_for_function(
        "() => { const end = document.documentElement.scrollHeight - innerHeight;"
        " if (end > 40 && (" + IS_KEPT + ")('.now')) return true;"
        " scrollTo({ top: scrollY < end ? end : end - 2 }); return false; }",
        polling=100,
    )


def kept(page: Page, tab: str) -> None:
    """Wait until the place that a tab is scrolled to is kept as it is."""
    page.wait_for_function(IS_KEPT, arg=f".{tab}")


def test_a_new_question_begins_at_its_top(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Whatever the last one was scrolled to, and wherever one was meanwhile; so does the page at the end."""
    host = new_room()
    page = seated(open_page, host, size=(360, 640))
    host.send("start")
    for phase in ("Admission", "Exchange"):
        host.send("advance")
        wait_for_phase(page, phase)
    scrolled_down(page)
    page.get_by_role("button", name="Table", exact=True).click()
    host.send("advance")
    expect(page.locator(".header .phase")).to_contain_text("Matching")
    page.get_by_role("button", name=re.compile("^Now")).click()  # it may count the offers that wait
    wait_for_phase(page, "Matching")
    page.wait_for_function("() => scrollY === 0")
    scrolled_down(page)
    host.send("end")
    expect(page.get_by_text("The host reveals who stands where.")).to_be_visible()
    page.wait_for_function("() => scrollY === 0")
    expect(page.locator("h1")).to_be_in_viewport(ratio=1)
    expect(page.locator("h1")).to_be_focused()


def test_a_second_tab_of_the_same_browser_takes_over(open_page: OpenPage, new_room: OpenRoom) -> None:
    """The older tab says so and does not fight; its button takes the seat back."""
    host = new_room()
    page = seated(open_page, host)
    twin = page.context.new_page()
    twin.goto(page.url)
    expect(twin.get_by_text("We start when the host does.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("You're playing on another screen now")
    page.get_by_role("button", name="Play here instead").click()
    expect(page.get_by_text("We start when the host does.")).to_be_visible()
    expect(twin.get_by_role("heading", level=1)).to_contain_text("You're playing on another screen now")


def test_the_clock_is_right_on_a_phone_three_hours_wrong(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Within a second, also after a pause and more time; what stands still says so."""
    host = new_room(scale=200)
    right, wrong = open_page(f"j/{host.room}"), open_page("")
    wrong.add_init_script(THREE_HOURS_WRONG)
    wrong.goto(f"{wrong.url.split('#')[0]}#/j/{host.room}")
    wrong.reload()
    take_seat(right, "Mina")
    take_seat(wrong, "Bo")
    host.send("start")
    for page in (right, wrong):
        wait_for_phase(page, "Policy")
    assert_same_time(right, wrong)
    wrong.get_by_role("button", name="Ask for more time").click()
    expect(wrong.get_by_text("Asked the host for more time.")).to_be_visible()
    host.send("pause")
    for page in (right, wrong):
        expect(page.get_by_text("Paused. The clock stands still.").first).to_be_visible()
    before = clock_of(right)
    assert clock_of(wrong) == before
    expect(wrong.locator(".button.main")).to_have_attribute("aria-disabled", "true")
    resumed = time.monotonic()
    host.send("resume")
    host.send("extend", seconds=60)
    for page in (right, wrong):
        expect(page.locator(".digits")).to_have_text(re.compile("^1:"))
    assert_same_time(right, wrong)
    assert before + 60 >= clock_of(wrong) >= before + 59 - (time.monotonic() - resumed)


def cut_at_the_first_answer(page: Page, command: str) -> list[str]:
    """Cut a page's link once, when a command is answered; return the ids that the command goes out with."""
    sent: list[str] = []
    cuts = iter([True])

    def up(message: str | bytes, _: WebSocketRoute, server: WebSocketRoute) -> None:
        frame = json.loads(message)
        if frame["type"] == "command" and frame["name"] == command:
            sent.append(frame["id"])
        server.send(message)

    def down(message: str | bytes, socket: WebSocketRoute, server: WebSocketRoute) -> None:
        frame = json.loads(message)
        if frame["type"] == "result" and frame["id"] in sent and next(cuts, False):
            socket.close(code=1001)
            server.close()
        else:
            socket.send(message)

    listen(page, up=up, down=down)
    return sent


def log_of(url: str, host: Host) -> list[dict[str, Any]]:
    """Return the records of a room that is over, as the host may take them home."""
    address = f"{url}api/rooms/{host.room}/export?format=jsonl"
    request = urllib.request.Request(address, headers={"Authorization": f"Bearer {host.token}"})  # noqa: S310  (ours)
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310  (our own server)
        lines = [json.loads(line) for line in answer.read().splitlines()]
    return [line["record"] for line in lines if "record" in line]


def test_an_interrupted_command_is_carried_out_once(
    open_page: OpenPage, new_room: OpenRoom, troubles: Troubles, url: str
) -> None:
    """Cut while a command is on its way, the same id goes out again after the return, and the log has it once."""
    troubles.is_expected = lambda trouble: "WebSocket" in trouble or "ERR_" in trouble
    host = new_room(roles_with_first("operator"), pace="host")  # the main button says ready too; the phase is to stay
    page = open_page("")
    sent = cut_at_the_first_answer(page, "buy_level")
    join_and_start(page, host)
    page.get_by_role("button", name=re.compile("^Community, level 1")).click()
    page.locator(".button.main").click()
    expect(page.locator("main")).to_contain_text("Community, level 2")
    page.wait_for_function("() => !document.querySelector('[aria-busy=true]')")
    assert len(sent) == 2
    assert sent[0] == sent[1]
    page.get_by_role("button", name="Mine", exact=True).click()
    page.get_by_role("button", name="Money").click()
    expect(page.locator(".money-line", has_text="Space upgrade")).to_contain_text("16")
    host.send("end")
    bought = [record["id"] for record in log_of(url, host) if record["command"].get("name") == "buy_level"]
    assert bought == sent[:1]


def test_a_late_choice_is_said_with_what_was_done_instead(open_page: OpenPage, new_room: OpenRoom) -> None:
    """What arrives after the close is refused; the phone says so, and what happened by default."""
    host = new_room()
    page = open_page("")
    held: list[str | bytes] = []

    def up(message: str | bytes, _: WebSocketRoute, server: WebSocketRoute) -> None:
        if json.loads(message).get("name") == "keep_idea":
            held.append(message)
            host.send("advance")
        server.send(message)

    listen(page, up=up)
    join_and_start(page, host)
    host.send("advance")
    wait_for_phase(page, "Admission")
    page.locator("button.card:not(.chosen)").first.click()
    note = page.locator(".late")
    expect(note).to_contain_text("The phase closed before your choice arrived. Your default was used.")
    expect(note).to_contain_text("You started")
    assert held


WHOSE = {
    200: "This network blocks live connections. Try mobile data or another Wi-Fi.",
    503: "The server isn't answering. It's not your phone.",
    0: "No answer: your Wi-Fi or the server. We keep trying.",
}


def test_a_lost_link_says_whose_side_is_down(open_page: OpenPage, new_room: OpenRoom, troubles: Troubles) -> None:
    """Nothing for a moment's gap; then grey tape, "?" and the one sentence that is known, which changes with that."""
    troubles.is_expected = lambda trouble: "ERR_" in trouble or "WebSocket" in trouble or "503" in trouble
    host = new_room(scale=1000)
    page = open_page("")
    sockets: list[WebSocketRoute] = []
    health = {"status": 200}

    def between(socket: WebSocketRoute) -> None:
        if sockets:
            socket.close(code=1001)
            return
        sockets.append(socket)
        server = socket.connect_to_server()
        socket.on_message(server.send)
        server.on_message(socket.send)

    def answer(route: Route) -> None:
        if health["status"]:
            route.fulfill(status=health["status"], body="")
        else:
            route.abort()

    page.route_web_socket(re.compile("/ws(/|$)"), between)
    page.route(re.compile("/carrier"), lambda route: route.abort())
    join_and_start(page, host)
    page.route(re.compile("/healthz$"), answer)
    sockets[0].close(code=1001)
    assert page.locator(".banner").count() == 0
    expect(page.locator(".digits")).to_contain_text("?")
    expect(page.locator(".tape.doubtful")).to_be_attached()
    for status, sentence in WHOSE.items():
        health["status"] = status
        expect(page.locator(".banner").first).to_contain_text(sentence)
        expect(page.get_by_role("link", name="Network check")).to_have_count(1 if status == 200 else 0)


LONG = "The door opens at ten past, so bring what you have made and put it on the long table. " * 4


def test_the_hosts_words_outlive_a_reload_and_leave_room_for_the_question(
    open_page: OpenPage, new_room: OpenRoom
) -> None:
    """Also in another tab that takes the seat; a long one is cut, says so, and stands in full after one tap."""
    host = new_room()
    page = seated(open_page, host, size=(360, 740))
    host.send("start")
    host.send("advance")
    wait_for_phase(page, "Admission")
    host.send("announce", text=LONG.strip())
    expect(page.locator(".happened")).to_contain_text("From the host: The door opens")
    page.reload()
    expect(page.locator(".happened")).to_contain_text("From the host: The door opens")
    twin = page.context.new_page()
    twin.set_viewport_size({"width": 360, "height": 740})
    twin.goto(page.url)
    line = twin.locator(".happened")
    expect(line).to_contain_text("Read on")
    expect(twin.locator("button.card").first).to_be_in_viewport()
    line.click()
    expect(twin.get_by_role("dialog").get_by_text(LONG.strip())).to_be_visible()
    twin.keyboard.press("Escape")
    host.send("announce", text="Short.")
    expect(line).to_contain_text("From the host: Short.")
    expect(line).not_to_contain_text("Read on")


def test_the_guide_is_quiet_while_the_game_is_paused(open_page: OpenPage, new_room: OpenRoom) -> None:
    """Nothing can be tapped then; nothing lies over anything, and it is back with the game."""
    host = new_room(scale=200)
    page = seated(open_page, host, size=(360, 740))
    host.send("start")
    wait_for_phase(page, "Policy")
    expect(page.locator(".coach")).to_be_visible()
    assert ends(page, ".default")[1] <= ends(page, ".button.main")[0] - 5  # its outline is that wide
    host.send("pause")
    expect(page.locator("main .banner")).to_contain_text("Paused.")
    expect(page.locator(".coach, [data-coached]")).to_have_count(0)
    assert ends(page, "main .banner")[1] <= ends(page, "h1")[0] - 8
    host.send("resume")
    expect(page.locator(".coach")).to_be_visible()


def ends(page: Page, selector: str) -> tuple[float, float]:
    """Return where an element begins and ends, in pixels from the top."""
    box = page.locator(selector).bounding_box()
    assert box is not None
    return box["y"], box["y"] + box["height"]


def test_added_time_is_said_in_place_of_how_little_there_was(open_page: OpenPage, new_room: OpenRoom) -> None:
    """What was read aloud of the clock is true no longer, so the new time is read."""
    host = new_room(scale=250)
    page = seated(open_page, host)
    host.send("start")
    wait_for_phase(page, "Policy")
    expect(page.get_by_role("status").first).not_to_be_empty()  # the phase is read aloud first
    host.send("extend", seconds=120)
    expect(page.get_by_role("status").first).to_have_text(re.compile(r"^2 minutes \d+ seconds? left$"))
    assert clock_of(page) > 100


def test_what_the_host_writes_is_read_in_the_lobby_and_after_the_end(open_page: OpenPage, new_room: OpenRoom) -> None:
    """It stands under the heading, also after a reload; a tap lists all of it, and what was read stays so."""
    host = new_room(pace="host")
    page = open_page(f"j/{host.room}", (360, 740))
    take_seat(page, "Mina")
    host.send("announce", text="We start at ten.")
    band = page.locator(".happened")
    expect(band).to_contain_text("From the host: We start at ten.")
    expect(page.get_by_role("status").first).to_have_text("From the host: We start at ten.")
    page.reload()
    expect(band).to_contain_text("From the host: We start at ten.")
    host.send("start")
    host.send("end")
    host.send("announce", text="Well played.")
    expect(band).to_contain_text("From the host: Well played. 1 more from the host")
    page.reload()
    expect(band).to_contain_text("From the host: Well played.")
    band.click()
    expect(page.get_by_role("dialog").get_by_role("listitem").first).to_have_text("From the host: Well played.")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.reload()
    expect(band).to_contain_text("From the host: Well played.")
    expect(band).not_to_contain_text("more from the host")
