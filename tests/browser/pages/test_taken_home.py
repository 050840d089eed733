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
