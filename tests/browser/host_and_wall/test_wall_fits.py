"""Nothing is cut on the wall: one row of what `python -m tests.browser.rig.wall_fits` tries, which has all of them.

And names end their lines where they may, and are whole where there is room.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import OpenPage
from tests.browser.rig.stage import PROJECTOR
from tests.browser.rig.told_wall import LOOKS, ToldWall, town
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


_DOTTED = ("阿卜杜拉·买买提·艾力", "古丽娜尔·阿不都热依木", "迪丽热巴·迪力木拉提")
_HYPHENED = ("Jean-Baptiste-Emmanuel Z", "Jo-Ann Smith-Featherington")
_WORD = "Donaudampfschifffahrtskapitän"


def _doors(names: tuple[str, ...], spaces: int) -> dict[str, Any]:
    """Return a town of so many spaces, each of which gave a badge to investors of these names."""
    table = town(("Bo",) * 8)
    table["space"] = {str(space): {**table["space"]["7"], "id": space} for space in range(7, 7 + spaces)}
    table["investor"] = {}
    for space in range(7, 7 + spaces):
        table["seat"][str(space)] = {"id": space, "role": "operator", "name": "Zoe", "by": "person", "here": True}
    for at, (space, name) in enumerate(((space, name) for space in range(7, 7 + spaces) for name in names), 20):
        table["seat"][str(at)] = {"id": at, "role": "investor", "name": name, "by": "person", "here": True}
        table["investor"][str(at)] = {"seat": at, "type": "fund", "speciality": "any", "badges": [space]}
    return table


def _over(names: tuple[str, ...]) -> dict[str, Any]:
    """Return a game that is over, in which the first three makers share the first place."""
    table = town(names)
    table["game"] |= {"status": "over", "season": 3, "phase": "recap"}
    finals = (90, 90, 90, 80, 70, 60, 50, 40)
    score = {str(at): {"seat": at, "final": final, "standings": [], "parts": {}} for at, final in enumerate(finals, 1)}
    return {**table, "score": score}


def _parts(lines: list[str]) -> set[str]:
    """Return what stands between the dots and the ends of lines."""
    return {part for line in lines for part in line.removesuffix("·").split("·")}


_OF_DOTTED = {part for name in _DOTTED for part in name.split("·")}


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_line_ends_behind_a_dot_within_a_name(open_page: OpenPage, look: Look) -> None:
    """At the doors of five spaces, on the podium and in a ranking of two-digit points: each part is whole."""
    for many in (4, 6):
        wall = ToldWall(open_page, look, _doors((*_DOTTED, *_DOTTED)[:many], 5))
        assert wall.faults("entries", 1) == []
        assert _parts(wall.lines(".doors bdi")) == _OF_DOTTED
    wall = ToldWall(open_page, look, _over((*_DOTTED, *_DOTTED, *_DOTTED[:2])))
    for step in (0, 1, 3):
        assert wall.faults("ranking", step) == []
        assert _parts(wall.lines(".stand-name bdi, .rank-names bdi")) <= _OF_DOTTED, step
    wall.tell(score={"2": {"final": 60}, "3": {"final": 50}})
    for step in (0, 1, 3):
        assert wall.faults("ranking", step) == []
        assert _parts(wall.lines(".stand-name bdi, .rank-names bdi")) <= _OF_DOTTED, step


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_name_of_many_words_is_whole_at_one_of_many_doors(open_page: OpenPage, look: Look) -> None:
    """Of five spaces: in three lines where four came in to each, in two where six did."""
    four = ("Yusuf Abdirahman Farah", "María José Fernández", *_HYPHENED)
    for names in (four, (*four[1:], *four[1:])):
        wall = ToldWall(open_page, look, _doors(names, 5))
        assert wall.faults("entries", 1) == []
        assert set(wall.page.locator(".doors bdi").all_text_contents()) == set(names)


_CUT = """selector => [...document.querySelectorAll(selector)]
    .filter(each => each.scrollWidth > each.clientWidth + 1).map(each => each.textContent)"""


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_name_has_room_beside_how_many_more_share_its_place(open_page: OpenPage, look: Look) -> None:
    """On the podium and where all roles stand, in one line and in two."""
    for name in ("Bartholomew", "Wilhelmina van der Burgh"):
        wall = ToldWall(open_page, look, _over(("Bo", name, "Ana", *("Jun",) * 5)))
        for step in (0, 1, 3):
            assert wall.faults("ranking", step) == []
            assert wall.page.evaluate(_CUT, ":is(.stand-name, .rank-names) bdi") == [], (name, step)
        assert name in wall.page.locator(".rank-names bdi").all_text_contents()


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_no_ellipsis_stands_alone_in_a_line(open_page: OpenPage, look: Look) -> None:
    """A word that no line has room for is cut in one, on the podium, on deals and at the doors."""
    wall = ToldWall(open_page, look, _over((_WORD, "Bo", "Jun", _WORD, _WORD, *("Ana",) * 3)))
    for step in (0, 1, 3):
        assert wall.faults("ranking", step) == []
        lines = wall.lines(".stand-name bdi, .rank-names bdi")
        assert [line for line in lines if not line.startswith(("D", "B", "J", "A"))] == [], step
    wall = ToldWall(open_page, look, town((*("Bo",) * 4, _WORD, _WORD, "Bo", "Bo")))
    deal = {"season": 1, "credits": 60, "hours": 0, "shares": 3300, "fee": 0}
    for many in (2, 4, 8):
        told = {str(at): {**deal, "id": at, "investor": 5, "venture": 1, "maker": 1} for at in range(1, many + 1)}
        wall.tell(deal=told)
        assert wall.faults("deals", 1) == []
        lines = wall.lines(".deal-side.left bdi")
        assert lines, many
        assert [line for line in lines if not line.startswith("D")] == [], many


_GAPS = """() => [...document.querySelectorAll('.name-beside')].flatMap(each => {
    const edge = each.parentElement.getBoundingClientRect().left, em = parseFloat(getComputedStyle(each).fontSize);
    const boxes = [...each.children].map(piece => {
        const range = document.createRange();
        range.selectNodeContents(piece);
        return range.getBoundingClientRect(); });
    return boxes.map(({ left, top }, at) => {
        const before = boxes[at - 1], isFirst = !before || top >= before.bottom - 2;
        return [isFirst ? 'first' : 'next', Math.round(10 * (left - (isFirst ? edge : before.right)) / em)]; }); })"""


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_who_came_in_has_dots_between_pieces_of_a_line_alone(open_page: OpenPage, look: Look) -> None:
    """A line that begins with a desk begins with its first letter; a name is whole, on up to six cards."""
    names = (_DOTTED[0], *_HYPHENED, "Bo", "Wilhelmina van der Burgh", *("Jun",) * 3)
    table = town(names)
    for many in (2, 4, 6):
        ventures = {
            str(at): {**table["venture"][str(1 + at % 4)], "id": at, "lead": 1 + at % 5} for at in range(1, many + 1)
        }
        wall = ToldWall(open_page, look, {**table, "venture": ventures})
        for joins in (False, True):
            if joins:
                for venture in ventures.values():
                    venture["cofounders"] = [2 + venture["id"] % 2]
                joined = [{"text": "cofounder_joined", "values": {"maker": 2 + at % 2, "venture": at}} for at in (1, 2)]
                wall.tell(*joined, venture=ventures)
            assert wall.faults("entries") == [], many
            gaps = wall.page.evaluate(_GAPS)
            assert {gap for kind, gap in gaps if kind == "first"} == {0}, (many, gaps)
            assert {gap for kind, gap in gaps if kind == "next"} <= {7, 8}, (many, gaps)
            assert wall.page.evaluate(_CUT, ".name-beside bdi") == [], many
