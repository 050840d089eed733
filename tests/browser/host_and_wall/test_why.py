"""The debrief says why: cards come as they are made, on console, phone and wall, under the host's bookmarks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage
from tests.browser.rig.accessibility import violations
from tests.browser.rig.stage import CONSOLE, PROJECTOR, Host, hosting, serving
from tests.browser.rig.wall_reader import SMALLEST_PX, sizes

pytestmark = pytest.mark.xdist_group("why")

MINUTES_MS = 300_000  # bots play hundreds of games, after everything else on the machine


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give a server whose games are explained when they have ended."""
    folder: Path = tmp_path_factory.mktemp("why")
    with serving(folder, "--why") as url:
        yield url


@pytest.fixture
def host(url: str) -> Iterator[Host]:
    """Give the host of a game that bots alone have played, with a bookmark in it."""
    with hosting(url, pace="host") as host:
        host.send("start")
        host.send("bookmark", word="Who spoke first?")
        for _ in range(6):
            host.send("advance")
        host.send("end")
        yield host


def test_the_debrief_says_why(host: Host, open_page: OpenPage) -> None:
    """Each card has what happened, what might have been, a question and its proof; the wall shows one at a press."""
    console = open_page(f"c/{host.room}/{host.invite()}", CONSOLE)
    console.get_by_role("button", name="Look around").click()
    console.get_by_role("button", name="Why", exact=True).click()
    expect(console.get_by_text("Who spoke first?")).to_be_visible()
    host.send("show", scene="together")  # now who stands where is open
    expect(console.locator(".why").first).to_be_visible(timeout=MINUTES_MS)
    expect(console.locator(".why-progress")).to_have_count(0, timeout=MINUTES_MS)
    cards = console.locator(".why")
    for card in cards.all():
        for part in (".what-happened", ".instead", ".differences", ".question", ".proof"):
            assert card.locator(part).first.inner_text(), part
    assert violations(console) == []
    wall = open_page(f"s/{host.room}", PROJECTOR)
    phone = open_page(f"d/{host.room}")
    for step in range(cards.count()):
        host.send("show", scene="why", step=step)
        said = cards.nth(step).locator(".what-happened").inner_text()
        expect(wall.locator(".why .what-happened")).to_have_text(said)
        expect(phone.locator(".why .what-happened")).to_have_text(said)
        assert min(sizes(wall)) >= SMALLEST_PX
        assert wall.evaluate("(e => e.scrollHeight <= e.clientHeight)(document.querySelector('.scene'))")
    expect(phone.get_by_text("Who spoke first?")).to_have_count(0)
    assert violations(wall) == []
    assert violations(phone) == []
