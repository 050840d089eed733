"""Nothing is cut on the wall: one row of what `python -m tests.browser.rig.wall_fits` tries, which has all of them."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.browser.rig.stage import PROJECTOR
from tests.browser.rig.wall_fits import Look, faults, look_through

_LOOKS = (Look((1024, 768)), Look(PROJECTOR, "zh", "dark"))


def test_nothing_is_cut_in_any_phase_or_scene_of_a_class_of_thirty(browser: Browser, url: str) -> None:
    """On a projector of 4:3 and on a wide one, in both languages: all text on the wall, in its board, over no other."""
    assert list(look_through(browser, url, (30, 3), _LOOKS)) == []


_BROKEN = """() => {
  const line = document.createElement('p');
  line.className = 'board';
  line.style.cssText = 'position: fixed; left: 10px; top: 10px; width: 40px; white-space: nowrap; overflow: hidden';
  line.textContent = 'far more than there is room for';
  document.querySelector('.wall').append(line);
}"""


def test_what_is_cut_is_found(browser: Browser) -> None:
    """A line that is hidden past its edge is told, with its words."""
    page = browser.new_page()
    page.set_content('<div class="wall"></div>')
    assert faults(page) == []
    page.evaluate(_BROKEN)
    assert any("far more" in fault and "cut at its side" in fault for fault in faults(page))
    page.close()
