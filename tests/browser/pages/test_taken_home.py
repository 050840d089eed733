"""What a class takes home, opened as a file: axe has nothing to say in either theme and language."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.conftest import NewGuest, OpenPage, OpenRoom
from tests.browser.rig.accessibility import violations_of_both_themes
from tests.browser.rig.stage import PHASES


@pytest.mark.parametrize("language", ["en", "zh"])
def test_axe_finds_nothing_on_what_a_class_takes_home(
    open_page: OpenPage, new_room: OpenRoom, new_guest: NewGuest, url: str, language: str, tmp_path: Path
) -> None:
    """The class's page, the teacher's copy and a student's own, of a game with two seasons; none runs over a phone."""
    host = new_room(pace="host")
    guest = new_guest(host)
    host.send("start")
    for _ in (*PHASES, *PHASES):
        host.send("advance")
    page = open_page()
    for what, token in (("class", host.token), ("teacher", host.token), ("mine", guest.token)):
        path = f"{url}api/rooms/{host.room}/home?what={what}&language={language}"
        file = tmp_path / f"{what}.html"
        file.write_bytes(page.request.get(path, headers={"Authorization": f"Bearer {token}"}).body())
        page.goto(file.as_uri())
        assert page.locator("html").get_attribute("lang") == language
        assert violations_of_both_themes(page) == [], what
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), what


_NAMES_MM = """() => [...document.querySelectorAll('.wide:has(.maker) text')].map(name => {
    const drawn = name.ownerSVGElement, box = drawn.getBoundingClientRect(), whole = drawn.viewBox.baseVal;
    const scale = Math.min(box.width / whole.width, box.height / whole.height);
    return parseFloat(getComputedStyle(name).fontSize) * scale * 25.4 / 96; })"""


def test_names_of_a_large_class_are_read_on_paper(
    open_page: OpenPage, new_room: OpenRoom, url: str, tmp_path: Path
) -> None:
    """On a sheet of A4 the network of thirty has names of 7 points and more; blocks of figures fill two columns."""
    host = new_room((*["maker"] * 18, *["investor"] * 9, *["operator"] * 3), pace="host")
    host.send("start")
    for _ in (*PHASES, *PHASES):
        host.send("advance")
    page = open_page("", (round((210 - 28) * 96 / 25.4), 1000))  # as wide as what is printed of a sheet
    path = f"{url}api/rooms/{host.room}/home?what=class&language=en"
    file = tmp_path / "class.html"
    file.write_bytes(page.request.get(path, headers={"Authorization": f"Bearer {host.token}"}).body())
    page.goto(file.as_uri())
    page.emulate_media(media="print")
    sizes = page.evaluate(_NAMES_MM)
    assert len(sizes) == 27
    assert min(sizes) > 2.5
    assert page.locator(".pairs").evaluate_all("all => all.map(each => getComputedStyle(each).columnCount)") == ["2"]
