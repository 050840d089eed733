"""Nothing is cut on the wall: one row of what `python -m tests.browser.rig.wall_fits` tries, which has all of them."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.browser.rig.stage import PROJECTOR
from tests.browser.rig.wall_fits import Look, faults, look_at_rehearsal, look_through

_LOOKS = (Look((1024, 768)), Look(PROJECTOR, "zh", "dark"))


def test_nothing_is_cut_in_any_phase_or_scene_of_a_class_of_thirty(browser: Browser, url: str) -> None:
    """On a projector of 4:3 and on a wide one, in both languages: all text on the wall, in its board, over no other."""
    assert list(look_through(browser, url, (30, 3), _LOOKS)) == []


def test_the_wall_says_whole_that_it_is_a_rehearsal(browser: Browser, url: str) -> None:
    """Before the start and in the first phase, on projectors of both shapes and in both languages."""
    looks = (*_LOOKS, Look((1280, 720)), Look(PROJECTOR))
    assert list(look_at_rehearsal(browser, url, looks)) == []


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


_WORDS = """words => {
  const line = document.createElement('p');
  line.style.cssText = 'width: 8ch; overflow-wrap: anywhere; font: 20px monospace';
  line.textContent = words;
  document.querySelector('.wall').replaceChildren(line);
}"""


def test_a_word_that_goes_on_in_the_next_line_is_found(browser: Browser) -> None:
    """It is told; what breaks between words, after a hyphen or within Chinese is not."""
    page = browser.new_page()
    page.set_content('<div class="wall"></div>')
    for words in ("one and another", "maker-space", "创客空间生态系统的一个长句子"):
        page.evaluate(_WORDS, words)
        assert faults(page) == []
    page.evaluate(_WORDS, "one ecosystem")
    assert faults(page) == ['"ecosystem" is broken in the middle (wall)']
    page.close()
