"""The staged reveal under the host's thumb: large enough, true to the table, and still where that is asked."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import NewGuest, OpenPage, OpenRoom
from tests.browser.rig.accessibility import violations
from tests.browser.rig.stage import PROJECTOR, Host, stand_still
from tests.browser.rig.wall_reader import MUST_READ, MUST_READ_PX, SMALLEST_PX, advance_to, must_read, sizes, table

OF_SEASON = ("world", "entries", "ties", "deals", "dice", "energy", "exits", "indices", "leaders")
OF_END = ("aims", "ranking", "together", "money", "curves", "survival", "network", "moments", "proof")
TWELVE = ("maker",) * 7 + ("investor",) * 4 + ("operator",)
ALL = 99  # a step past the last shows everything

# a chart is drawn after the page around it
_DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"
# the nodes of the money are rectangles half as wide as a letter is high
_NODES = """() => { const em = parseFloat(getComputedStyle(document.querySelector('.canvas.sankey')).fontSize);
  return [...document.querySelectorAll('.canvas.sankey path')].map(each => each.getBoundingClientRect())
    .filter(each => Math.abs(each.width - em / 2) < 1.5).map(each => [Math.round(each.x), each.y, each.height]) }"""


def show(host: Host, wall: Page, scene: str, step: int = ALL) -> None:
    """Show a scene and wait until it stands still."""
    host.send("show", scene=scene, step=step)
    expect(wall.locator(f".wall-main[data-scene={scene}] h2").first).to_be_visible()
    stand_still(wall)


def assert_can_be_read(host: Host, wall: Page, scene: str) -> None:
    """Hold a scene against what the back row can read."""
    assert min(sizes(wall)) >= SMALLEST_PX, scene
    large = must_read(wall)
    assert large, scene
    assert min(large) >= MUST_READ_PX, scene
    assert wall.locator(".must").count() <= MUST_READ, scene
    assert wall.evaluate("document.querySelector('.wall-main').scrollHeight <= innerHeight"), scene
    expect(wall.locator(".wall-foot")).to_contain_text(host.room)


def test_every_scene_can_be_read_from_the_back_row(
    open_page: OpenPage, new_room: OpenRoom, new_guest: NewGuest
) -> None:
    """A title of 56 px, at most seven things that must be read, nothing under 28 px, the code always."""
    host = new_room()
    wall = open_page(f"s/{host.room}", PROJECTOR)
    wall.emulate_media(reduced_motion="reduce")  # what is measured here does not move
    guest = new_guest(host, "<b>Wilhelmina</b>-Charlotte van der Wood")
    host.send("start")
    expect(wall.locator(".wall-head h1")).to_contain_text("Policy")
    advance_to(guest, wall, "Recap")
    for scene in OF_SEASON:
        show(host, wall, scene)
        assert_can_be_read(host, wall, scene)
        if scene in ("energy", "indices"):
            assert violations(wall) == [], scene
    host.send("end")
    expect(wall.locator(".wall-head .wordmark")).to_be_visible()
    for scene in OF_END:
        show(host, wall, scene)
        assert_can_be_read(host, wall, scene)
    expect(wall.get_by_text("Its fingerprint is the one that was published")).to_be_visible()
    host.send("show", scene="moments", step=9)
    anew = open_page(f"s/{host.room}", PROJECTOR)  # a wall that has shown no chart yet has their words too
    expect(anew.locator(".moments .must")).to_be_visible()


# read all at once: a few seconds later the next one rolls
_ROLL = """roll => {
  const text = part => roll.querySelector(part)?.textContent;
  return {
    venture: Number(roll.dataset.venture),
    faces: [...roll.querySelectorAll('.rolling')].map(each => Number(each.getAttribute('aria-label'))),
    eyes: roll.querySelectorAll('.die circle').length,
    sum: text('.roll-sum'),
    flag: text('.roll-flag'),
  };
}"""


def test_the_dice_are_those_of_the_table_and_stand_still_where_motion_is_reduced(
    open_page: OpenPage, new_room: OpenRoom, new_guest: NewGuest, url: str
) -> None:
    """Faces, sum and need are the log's, no draw is named, and without motion the result is there at once."""
    host = new_room(TWELVE, scenario="classroom")  # in a smaller room nobody may roll in the first season
    wall = open_page(f"s/{host.room}", PROJECTOR)
    wall.emulate_media(reduced_motion="reduce")
    guest = new_guest(host)
    host.send("start")
    expect(wall.locator(".wall-head h1")).to_contain_text("Policy")
    advance_to(guest, wall, "Market")
    rolled = [venture for venture in table(url, host.room)["venture"].values() if venture["dice"]]
    assert rolled
    host.send("show", scene="dice", step=0)
    roll_of = wall.locator(".roll")
    expect(roll_of).not_to_contain_text("incubation|")
    longest = wall.evaluate("Math.max(0, ...document.getAnimations().map(each => each.effect.getTiming().duration))")
    assert longest <= 100
    seen = roll_of.evaluate(_ROLL)
    thrown = {venture["id"]: venture for venture in rolled}[seen["venture"]]
    assert (seen["faces"], seen["eyes"]) == (thrown["dice"], sum(thrown["dice"]))
    roll = thrown["roll"]
    total = roll["dice"] + roll["spirit"] + roll["help"] + roll["misses"]
    assert (seen["sum"], seen["flag"]) == (f"= {total}", f"needed {roll['needed']}")
    if len(rolled) > 1:  # the next one comes by itself
        expect(roll_of).not_to_have_attribute("data-venture", str(thrown["id"]))
    host.send("show", scene="dice", step=1)
    expect(wall.locator(".scene h2")).to_contain_text("moved up a stage")
    host.send("end")
    host.send("show", scene="proof", step=ALL)
    expect(wall.get_by_text("worked out again here: all as they fell")).to_be_visible()


def money(wall: Page) -> tuple[float, int, list[list[Any]]]:
    """Return the px of a credit, the total, and the rows of the table beside the picture."""
    lines = wall.locator(".chart tbody tr").all()
    rows = [[cell.replace(",", "") for cell in line.locator("th, td").all_text_contents()] for line in lines]
    wall.evaluate(_DRAWN)
    nodes = wall.evaluate(_NODES)
    left = min(x for x, _, _ in nodes)
    height = sum(tall for x, _, tall in nodes if x == left)
    balance = wall.locator(".chart .meta").inner_text().replace(",", "")
    came, went = (int(each) for each in re.findall(r"(\d+) (?:in|out)", balance))
    assert came == went
    return height / came, came, rows


def test_the_money_has_one_scale_in_every_season_and_a_table_that_says_the_same(
    open_page: OpenPage, new_room: OpenRoom, new_guest: NewGuest
) -> None:
    """What comes in goes out, a credit is as wide in season 2 as in season 1, the table adds up."""
    host = new_room()
    wall = open_page(f"s/{host.room}", PROJECTOR)
    wall.emulate_media(reduced_motion="reduce")
    guest = new_guest(host)
    host.send("start")
    expect(wall.locator(".wall-head h1")).to_contain_text("Policy")
    advance_to(guest, wall, "Recap")
    show(host, wall, "energy")
    expect(wall.locator(".wall-foot")).to_have_text(re.compile("waiting"))  # it is whole at once
    expect(wall.locator(".canvas.sankey text").first).to_be_attached()
    host.send("show", scene="phase")
    guest.ready()
    expect(wall.locator(".wall-head h1")).to_contain_text("Policy")
    advance_to(guest, wall, "Recap")
    host.send("end")
    scales = []
    for season in (0, 1):
        show(host, wall, "money", season)
        expect(wall.locator(".chart .meta")).to_contain_text(f"Season {season + 1}")
        scale, total, rows = money(wall)
        scales.append(scale)
        from_outside = sum(
            int(amount) for start, _, amount, _ in rows if start in ("Consumers", "Government", "The room")
        )
        assert from_outside == total
    assert abs(scales[0] - scales[1]) < 0.02 * scales[0]
