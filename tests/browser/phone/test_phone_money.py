"""Money, dice and endings on the phone: what is shown is what the rules counted."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import NewGuest, OpenPage, OpenRoom
from tests.browser.rig.phone import is_over, press_main, seated, wait_for_phase
from tests.browser.rig.stage import take_seat

MINUS = "\N{MINUS SIGN}"
NUMBERS = re.compile(rf"([\d,]+) in {MINUS} ([\d,]+) out = ({MINUS}?[\d,]+)")


def frames_of(page: Page) -> list[dict[str, object]]:
    """Return a list that fills with what the server sends to a page."""
    found: list[dict[str, object]] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda text: found.append(json.loads(text))))
    return found


def credits_of(page: Page) -> int:
    """Return the credits that stand in the purse."""
    return int(page.locator(".purse li").first.locator("b").inner_text().replace(",", ""))


def counted(text: str) -> int:
    """Return a number as it is written on the page."""
    return int(text.replace(",", "").replace(MINUS, "-").replace("+", ""))


def test_what_an_offer_costs_is_said_before_and_stands_in_the_book_after(
    open_page: OpenPage, new_room: OpenRoom, new_guest: NewGuest
) -> None:
    """What the term sheet shows as credits after is in the purse once it is sent; each line opens its reason."""
    host = new_room(("investor", "maker", "operator"))
    page = seated(open_page, host)
    new_guest(host, "Bo")  # who is asked and does not answer
    host.send("start")
    for phase in ("Admission", "Exchange", "Matching"):
        host.send("advance")
        expect(page.locator(".header .phase")).to_contain_text(phase)
    page.get_by_role("button", name=re.compile(r"^Other terms: ")).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("spinbutton", name="You give").fill("20")
    dialog.get_by_role("spinbutton", name="You give").press("Tab")
    dialog.get_by_role("spinbutton", name="You get").fill("5")
    dialog.get_by_role("spinbutton", name="You get").press("Tab")
    line = dialog.locator(".terms-lines div", has_text="Your credits").locator("b")
    expect(dialog.locator(".terms-lines")).to_have_attribute("aria-busy", "false")
    after = counted(line.inner_text().split()[-1])
    dialog.get_by_role("button", name=re.compile("^Send to ")).click()
    expect(dialog).to_have_count(0)
    expect(page.locator(".purse li").first.locator("b")).to_have_text(str(after))
    page.get_by_role("button", name="Mine", exact=True).click()
    page.get_by_role("button", name="Money").click()
    seasons = [NUMBERS.search(each) for each in page.locator(".balance").all_inner_texts()]
    assert len(seasons) == 2
    assert sum(counted(each[3]) for each in seasons if each) == after
    for found in seasons:
        assert found is not None
        assert counted(found[1]) == counted(found[2]) + counted(found[3])
    kept = page.locator(".money-line", has_text="Set aside").first
    kept.locator("summary").click()
    expect(kept).to_contain_text("Set aside while an offer of yours waits for its answer.")
    page.get_by_role("button", name="As a table").click()
    expect(page.get_by_role("row", name="1 Set aside")).to_contain_text(f"{MINUS}20")


def test_dice_are_told_in_words(open_page: OpenPage, new_room: OpenRoom) -> None:
    """The faces are the log's draw, sum and target stand beside them, and the draw can be looked up."""
    host = new_room(scenario="classroom")
    page = open_page("")
    frames = frames_of(page)
    page.goto(f"{page.url.split('#')[0]}#/j/{host.room}")
    take_seat(page, "Mina")
    host.send("start")
    seen = 0
    wait_for_phase(page, "Policy")
    while not seen and not is_over(page):
        for card in page.locator(".card", has=page.locator(".die")).all():
            seen += 1
            expect(card.locator(".roll-sum")).not_to_have_class(re.compile("unrolled"))
            faces = [int(face) for face in card.locator(".die").evaluate_all("all => all.map(die => die.dataset.face)")]
            drawn = [
                venture["dice"]
                for frame in frames
                for venture in dict(dict(frame.get("table") or {}).get("venture") or {}).values()  # type: ignore[call-overload]
                if venture and venture.get("dice")
            ]
            assert faces in drawn
            total = int(card.locator(".roll-sum b").inner_text())
            parts = [int(number) for number in re.findall(r"\d+", card.locator(".roll-sum").inner_text().split("=")[0])]
            assert parts[0] == sum(faces)
            assert sum(parts) == total
            card.get_by_role("button", name="Fair? See the draw").click()
            dialog = page.get_by_role("dialog")
            expect(dialog.locator("code").first).to_contain_text("|incubation|roll|")
            expect(dialog.locator("li b").first).to_have_text(str(faces[0]))
            page.keyboard.press("Escape")
            expect(dialog).to_have_count(0)
        press_main(page)
    assert seen


def test_a_closing_says_the_gain_first_and_the_next_move_is_chosen_at_once(
    open_page: OpenPage, new_room: OpenRoom
) -> None:
    """Next moves stand on the same screen with their numbers; what is tapped is asked for when admission opens."""
    host = new_room((*["maker"] * 4, "investor", "operator"), scenario="classroom")
    page = seated(open_page, host)
    host.send("start")
    wait_for_phase(page, "Policy")
    while not page.locator(".comes-apart").count():
        press_main(page)
    expect(page.locator("h1")).to_have_text("What will you make next?")
    text = page.locator("main").inner_text()
    assert text.index("closes here") < text.index("+ 1 ") < text.index("Found again")
    assert page.locator("main .bad").count() == 0
    moves = page.locator("main button.card")
    assert moves.count() >= 2
    assert all(re.search(r"\d", each) for each in moves.all_inner_texts())

    join = moves.filter(has_text="Join ").first
    venture = join.locator("b").first.inner_text().removeprefix("Join ")
    join.click()
    expect(join).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(join).to_have_attribute("aria-pressed", "true")
    for phase in ("Policy", "Admission"):
        host.send("advance")
        wait_for_phase(page, phase)
    expect(page.locator("main")).to_contain_text(f"You asked to join {venture}")
