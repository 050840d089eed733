"""What is long stands on the wall: names, and what a deal gives, on projectors of both shapes and in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.rig.told_wall import JOINER, LOOKS, ToldWall, town
from tests.browser.rig.wall_fits import Look

_LONG = (
    "Alexandra Konstantinova",
    "Maximiliane von Hohenstein",
    "Bartholomew Featherstone",
    "Donaudampfschifffahrtsgesellschaft",
)
_NAMES = (*_LONG, *_LONG)


def _deals(many: int) -> dict[str, Any]:
    """Return deals for shares and a fee, of which the second in four is for a fee alone."""
    return {
        str(at): {
            "id": at,
            "season": 1,
            "investor": 5 + at % 2,
            "venture": 1 + at % 4,
            "maker": 1 + at % 4,
            "credits": 0,
            "hours": 4,
            "shares": 0 if at % 4 == 1 else 80,
            "fee": 5 + at,
        }
        for at in range(1, many + 1)
    }


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_what_a_deal_gives_stays_on_its_card(open_page: OpenPage, look: Look) -> None:
    """Shares and a fee, where few cards are large, where many are low, and beside names of every length."""
    wall = ToldWall(open_page, look, town(_NAMES))
    for many, steps in ((2, 1), (4, 1), (6, 2), (12, 3)):
        wall.tell(deal=_deals(many))
        assert [fault for step in range(steps) for fault in wall.faults("deals", step)] == [], many


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_team_with_a_desk_stays_on_its_card(open_page: OpenPage, look: Look) -> None:
    """Who came in by a long name, joined a team and has a desk: two on large cards, and more on low ones."""
    wall = ToldWall(open_page, look, {**town(("Bo", "Jun", *_LONG[1:3], *_LONG)), **_teams(1)})
    wall.tell(*({"text": "cofounder_joined", "values": {"maker": 3 + at % 2, "venture": at}} for at in range(1, 9)))
    for many in (1, 2, 4):
        wall.tell(**_teams(many))
        assert wall.faults("entries") == [], many


def _teams(many: int) -> dict[str, Any]:
    venture = town(_NAMES)["venture"]["1"]
    return {"venture": {str(at): {**venture, "id": at, "cofounders": [3 + at % 2]} for at in range(1, 2 * many + 1)}}


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_long_name_is_whole_on_the_podium(open_page: OpenPage, look: Look) -> None:
    """On each stand and in how the first got there, with as many parts of the score as there is room for."""
    parts = dict(zip(("base", "prize", "shares", "cash", "spirit", "ties"), (90, 60, 50, 40, 30, 20), strict=True))
    table = town(_NAMES)
    table["game"] |= {"status": "over", "season": 3, "phase": "recap"}
    score = {str(at): {"seat": at, "final": 300 - 10 * at, "standings": [], "parts": parts} for at in range(1, 9)}
    wall = ToldWall(open_page, look, {**table, "score": score})
    for first in range(3):
        wall.tell(score={str(first + 1): {"final": 300 + first}})
        assert wall.faults("ranking") == []
        names = wall.page.locator(".stand-name").all_inner_texts()
        assert sorted(name.replace("\n", " ") for name in names) == sorted(_LONG[:3])
        assert _LONG[first] in wall.page.locator(".how-title").inner_text()
    assert wall.faults("ranking", 3) == []
    assert _LONG[1] in wall.page.locator(".all-roles bdi").all_inner_texts()


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_long_name_is_whole_in_the_street(open_page: OpenPage, look: Look) -> None:
    """At a maker's desk and at an investor's table of two lines, where few sit."""
    wall = ToldWall(open_page, look, town((*_LONG[:3], "Bo", *_LONG[:2], "Jun", "Mina")))
    assert wall.faults("phase") == []
    names = [" ".join(each.split()) for each in wall.page.locator(".street .person-name").all_text_contents()]
    said = "".join(names).replace(" ", "")
    assert all(said.count(name.replace(" ", "")) >= many for name, many in zip(_LONG, (2, 2, 1), strict=False)), names


_THROUGH = """() => {
  const flag = document.querySelector('.roll-flag');
  const { left, top, bottom } = flag.getBoundingClientRect();
  const right = left + flag.clientLeft;
  return [...document.querySelectorAll('.piece-of-bar b, .added-name')].filter(each => {
    const range = document.createRange();
    range.selectNodeContents(each);
    const box = range.getBoundingClientRect();
    return box.left < right && box.right > left && box.top < bottom && box.bottom > top;
  }).map(each => each.textContent);
}"""


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_the_flag_of_a_roll_goes_through_no_number(open_page: OpenPage, look: Look) -> None:
    """Wherever what was needed lies: in the middle of a bonus, between two of them, or in a die."""
    wall = ToldWall(open_page, look, town(_NAMES))
    for at, (dice, roll) in enumerate(
        (
            ([5, 5], {"dice": 10, "spirit": 0, "help": 2, "misses": 0, "needed": 11}),
            ([5, 4], {"dice": 9, "spirit": 1, "help": 1, "misses": 2, "needed": 10}),
            ([6, 6], {"dice": 12, "spirit": 3, "help": 3, "misses": 3, "needed": 9}),
        )
    ):
        wall.tell(venture={"1": {"dice": dice, "roll": roll, "stage": 2, "moved_up": True}})
        assert wall.faults("dice") == [], at
        assert wall.page.evaluate(_THROUGH) == [], at


_ROOMY = (
    "Wilhelmina van der Burgh",
    "Maximiliane-Charlotte Hohenlohe-Langburg",
    "欧阳娜娜拉祜",
    "阿卜杜拉·买买提明·艾力江",
)
_FORTY = (*_ROOMY, _ROOMY[1], _ROOMY[3], _ROOMY[0], "Bo")
_CUT = """selector => [...document.querySelectorAll(selector)]
    .filter(each => each.scrollWidth > each.clientWidth + 2 || each.scrollHeight > each.clientHeight + 4)
    .map(each => each.textContent)"""
_ONE_LINE = """([selector, word]) => [...document.querySelectorAll(selector)].every(each => {
    const node = [...each.childNodes].find(child => child.data?.includes(word));
    if (!node) return true;
    const range = document.createRange();
    range.setStart(node, node.data.indexOf(word));
    range.setEnd(node, node.data.indexOf(word) + word.length);
    return new Set([...range.getClientRects()].map(box => Math.round(box.top))).size === 1; })"""


def _over() -> dict[str, Any]:
    """Return a game that is over, with what turned it, why, who worked with whom, and where the money went."""
    table = town(_FORTY)
    table["game"] |= {"status": "over", "season": 1, "phase": "recap"}
    for venture in table["venture"].values():
        venture["shares"] = {}
    values = {"maker": 2, "investor": 5, "venture": 3, "seat": 4, "hours": 4, "credits": 10, "shares": 3}
    turn = {"season": 1, "phase": "incubation", "text": "gift_of_hours", "values": values}
    paid = (
        ("from:consumers", "sector:food", 2900),
        ("from:government", "sector:outside", 1200),
        ("sector:food", "step:wage", 1400),
        ("sector:food", "step:rent", 900),
        ("sector:food", "step:kept", 600),
        ("sector:outside", "step:day_job", 1200),
        ("step:wage", "to:maker", 1400),
        ("step:rent", "to:operator", 900),
        ("step:kept", "to:reserve", 600),
        ("step:day_job", "to:maker", 1200),
    )
    links = {f"{one}>{other}": {"from": one, "to": other, "credits": amount} for one, other, amount in paid}
    told = {"run": 1, "first_season": 1, "last_season": 1, "curves": {}, "survival": {}, "aims": {}}
    network = {"1": {"ties": {"1:2": 1}, "deals": {"1:5": 1, "3:6": 1}}}
    told |= {"energy": {"1": {"links": links}}, "network": network, "moments": {"1": turn}}
    asked = {"maker": 2, "investor": 5, "venture": 3, "appeal": 6}
    differs = {"what": "score", "seat": 2, "was": 8400, "might": 7300, "mean": -1100, "lo": -4400, "hi": 2300}
    why = {"number": 1, "of": 1, "season": 1, "phase": "incubation", "differences": [differs], "venture": 3}
    why |= {"cause": {"text": "why.cause.missed", "values": asked}, "seats": {}, "seq": 9, "futures": 200, "alike": 100}
    why |= {"instead": {"text": "why.instead.missed", "values": asked}}
    why |= {"question": {"kind": "facts", "text": "why.ask.facts.missed", "values": asked}}
    return {**table, "debrief": {"1": told}, "why": {"1": why}}


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_names_are_whole_where_a_scene_has_room(open_page: OpenPage, look: Look) -> None:
    """In what turned the game, in why, and in the network, with names as long as a room takes them."""
    wall = ToldWall(open_page, look, _over())
    assert wall.faults("moments") == []
    told = wall.page.locator(".moments").inner_text()
    assert _ROOMY[1] in told
    assert _ROOMY[3] in told.replace(JOINER, "")
    assert wall.faults("why") == []
    assert all("…" not in text for text in wall.page.locator(".why").all_inner_texts())
    assert wall.page.locator(".why .question").inner_text().count(_ROOMY[1]) > 0
    assert wall.faults("network") == []
    wall.page.locator(".canvas.network svg text").first.wait_for()
    labels = "".join(wall.page.locator(".canvas.network svg text").all_text_contents()).replace(" ", "")
    assert [name for name in _ROOMY if name.replace(" ", "") not in labels] == []


def test_why_fills_a_wall_that_is_higher_than_most(open_page: OpenPage) -> None:
    """On a projector of 4:3 its letters are larger, so that no half of the page is empty."""
    wall = ToldWall(open_page, Look((1024, 768)), _over())
    assert wall.faults("why") == []
    part = "(document.querySelector('.why .proof').getBoundingClientRect().bottom) / innerHeight"
    assert wall.page.evaluate(part) > 0.75


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_names_and_ventures_are_whole_in_the_final_ranking(open_page: OpenPage, look: Look) -> None:
    """What somebody is known for stands below a name of two lines, and two who share a place are whole."""
    scores = {str(at): {"seat": at, "final": 300 - 10 * at, "standings": [], "parts": {}} for at in range(1, 9)}
    best = {"7": {"seat": 7, "better_than": 100, "among_best": 99}}
    wall = ToldWall(open_page, look, {**_over(), "score": scores, "comparison": best})
    assert wall.faults("ranking", 3) == []
    assert wall.page.evaluate(_CUT, ".all-roles :is(bdi, small)") == []
    wall.tell(score={"1": {"final": 280}, "5": {"final": 240}})
    for step in (0, 1, 3):
        assert wall.faults("ranking", step) == []
        assert wall.page.evaluate(_CUT, ".stand-name bdi, .all-roles :is(bdi, small)") == [], step


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_the_end_shows_each_role_as_it_is(open_page: OpenPage, look: Look) -> None:
    """With one role opened its places stand beside the curtains of the others."""
    scores = {str(at): {"seat": at, "final": 300 - 10 * at, "standings": [], "parts": {}} for at in range(1, 9)}
    wall = ToldWall(open_page, look, {**_over(), "score": scores})
    wall.show(opened=1)
    assert wall.faults("phase") == []
    assert wall.page.locator(".drapes .drape").count() == 2
    assert _ROOMY[0] in wall.page.locator(".drapes").inner_text()
    assert wall.page.evaluate(_CUT, ".drapes :is(bdi, small)") == []


def test_a_chinese_name_with_dots_stands_in_two_lines_in_the_lobby(open_page: OpenPage) -> None:
    """It is parted at a dot, where there is room for two lines."""
    table = town(_FORTY)
    table["game"] = {"status": "lobby", "seasons": 3}
    wall = ToldWall(open_page, Look((1280, 720), "zh"), table)
    assert wall.faults("phase") == []
    assert "阿卜杜拉·\n买买提明·艾力江" in wall.page.locator(".name-tag bdi").all_text_contents()


@pytest.mark.parametrize("size", [(1024, 768), (1280, 720), (1920, 1080)])
def test_a_chinese_fee_is_not_broken_in_a_word(open_page: OpenPage, size: tuple[int, int]) -> None:
    """Where shares and a fee have two lines."""
    wall = ToldWall(open_page, Look(size, "zh"), {**town(("Bo",) * 8), "deal": _deals(4)})
    assert wall.faults("deals") == []
    assert wall.page.evaluate(_ONE_LINE, [".deal-side b", "服务费"])


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_chinese_name_with_dots_is_parted_at_one_in_a_ranking(open_page: OpenPage, look: Look) -> None:
    """On a podium, beside the other roles, at the end with one role opened, and in who leads so far."""
    table = town(_FORTY)
    score = {str(at): {"seat": at, "final": 300 - 10 * at, "standings": [50], "parts": {}} for at in range(1, 9)}
    score["4"]["final"] = 400
    wall = ToldWall(open_page, look, {**_over(), "score": score})
    wall.show(opened=1)
    for scene, step in (("ranking", 0), ("ranking", 3), ("phase", 0)):
        assert wall.faults(scene, step) == []
        assert _parted(wall) == [], (scene, step)
    wall = ToldWall(open_page, look, {**table, "score": score})
    assert wall.faults("leaders", 2) == []
    assert _parted(wall) == []


def _parted(wall: ToldWall) -> list[str]:
    """Return the lines of the name with dots in which a part of it is not whole."""
    lines = wall.lines(":is(.rank-names, .stand-name) bdi")
    of_name = [line for line in lines if set(line) <= set(_ROOMY[3])]
    assert of_name
    return [line for line in of_name if not set(line.strip("·").split("·")) <= set(_ROOMY[3].split("·"))]


_REACHES = """() => {
    const bars = [...document.querySelectorAll('.sankey svg path')].map(each => each.getBoundingClientRect())
        .filter(box => box.width < 30 && box.height > 8);
    return [...document.querySelectorAll('.sankey svg text')].filter(each => {
        const { left, right, top, bottom } = each.getBoundingClientRect();
        const [from, to] = [top + (bottom - top) / 3, bottom - (bottom - top) / 3];
        return bars.some(bar => bar.left < right && bar.right > left && bar.top < to && bar.bottom > from);
    }).map(each => each.textContent); }"""


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_no_words_of_the_money_run_into_the_next_bar(open_page: OpenPage, look: Look) -> None:
    """However many digits stand behind them."""
    wall = ToldWall(open_page, look, _over())
    for amount in (20, 200, 888, 1200):
        links = {"from:government>sector:outside", "sector:outside>step:day_job", "step:day_job>to:maker"}
        wall.tell(debrief={"1": {"energy": {"1": {"links": {link: {"credits": amount} for link in links}}}}})
        assert wall.faults("money") == []
        wall.page.locator(".sankey svg text").first.wait_for()
        assert wall.page.evaluate(_REACHES) == [], amount


_MANY_WORDS = ("Jean-Baptiste-Emmanuel Z", "Jo-Ann Smith-Featherington")


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_a_name_of_many_words_has_room_on_a_deal(open_page: OpenPage, look: Look) -> None:
    """Its letters are as small as its lines need, where few cards are large and where more are lower."""
    wall = ToldWall(open_page, look, town(("Bo", "Jun", "Mina", "Li", *_MANY_WORDS, "Ana", "Ben")))
    for many in (2, 4, 8):
        wall.tell(deal=_deals(many))
        assert wall.faults("deals") == [], many
        assert wall.page.evaluate(_CUT, ".deal-side.left bdi") == [], many
        assert set(_MANY_WORDS) <= set(wall.page.locator(".deal-side.left bdi").all_text_contents()), many


_LOWEST = """() => Math.max(...[...document.querySelectorAll('.doors .token')]
    .map(each => each.getBoundingClientRect().bottom)) / innerHeight"""


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_who_got_a_badge_is_whole_and_fills_the_wall(open_page: OpenPage, look: Look) -> None:
    """Long names in three columns, of which each has three; they share the height of the wall."""
    table = town(("Bo", "Jun", "Mina", "Li", "Ana", "Ben", "Kofi", "Ines"))
    names = (*_MANY_WORDS, _LONG[1], "Lena", "Bo", _LONG[2], "Kofi", "Jun", "Marek")
    for at, name in enumerate(names, 10):
        table["seat"][str(at)] = {"id": at, "role": "investor", "name": name, "by": "person", "here": True}
        table["investor"][str(at)] = {"seat": at, "type": "fund", "speciality": "any", "badges": [(7, 8, 9)[at % 3]]}
    table["seat"]["9"] = {"id": 9, "role": "operator", "name": "Zoe", "by": "person", "here": True}
    table["space"]["9"] = {**table["space"]["7"], "id": 9}
    table["investor"] = {seat: each for seat, each in table["investor"].items() if int(seat) >= 10}
    wall = ToldWall(open_page, look, table)
    assert wall.faults("entries", 1) == []
    assert sorted(wall.page.locator(".doors bdi").all_text_contents()) == sorted(names)
    assert wall.page.evaluate(_CUT, ".doors .person > :last-child") == []
    assert wall.page.evaluate(_LOWEST) > 0.75


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("many", [3, 6])
def test_who_got_a_badge_of_one_of_four_is_whole(open_page: OpenPage, look: Look, many: int) -> None:
    """In narrow columns, with names below few faces and beside more, long ones in two lines."""
    table = town(("Bo", "Jun", "Mina", "Li", "Ana", "Ben", "Kofi", "Ines"))
    names = (_LONG[1], *_MANY_WORDS, "Lena", _LONG[2], "Marek")[:many]
    for space in (9, 10):
        table["seat"][str(space)] = {"id": space, "role": "operator", "name": "Zoe", "by": "person", "here": True}
        table["space"][str(space)] = {**table["space"]["7"], "id": space}
    table["investor"] = {}
    for at, (space, name) in enumerate(((space, name) for space in range(7, 11) for name in names), 11):
        table["seat"][str(at)] = {"id": at, "role": "investor", "name": name, "by": "person", "here": True}
        table["investor"][str(at)] = {"seat": at, "type": "fund", "speciality": "any", "badges": [space]}
    wall = ToldWall(open_page, look, table)
    assert wall.faults("entries", 1) == []
    assert sorted(wall.page.locator(".doors bdi").all_text_contents()) == sorted(4 * names)
    assert wall.page.evaluate(_CUT, ".doors .person > :last-child") == []


@pytest.mark.parametrize("size", [(1024, 768), (1920, 1080)])
def test_names_of_a_class_are_whole_in_the_network(open_page: OpenPage, size: tuple[int, int]) -> None:
    """Of eighteen makers, each in one line beside its mark."""
    table = _over()
    for at in range(9, 23):
        name = "Bartholomew Featherstone" if at == 13 else f"Name {at}"
        table["seat"][str(at)] = {"id": at, "role": "maker", "name": name, "by": "person", "here": True}
    wall = ToldWall(open_page, Look(size), table)
    assert wall.faults("network") == []
    wall.page.locator(".canvas.network svg text").first.wait_for()
    assert "Bartholomew Featherstone" in wall.page.locator(".canvas.network svg text").all_text_contents()


@pytest.mark.parametrize("look", LOOKS, ids=str)
@pytest.mark.parametrize("spaces", [2, 4])
def test_ten_badges_of_each_space_have_room(open_page: OpenPage, look: Look, spaces: int) -> None:
    """All are named, one below the other."""
    table = town(("Bo", "Jun", "Mina", "Li", "Ana", "Ben", "Kofi", "Ines"))
    table["investor"] = {}
    for space in range(7, 7 + spaces):
        table["seat"][str(space)] = {"id": space, "role": "operator", "name": "Zoe", "by": "person", "here": True}
        table["space"][str(space)] = {**table["space"]["7"], "id": space}
    for at in range(11, 11 + 10 * spaces):
        table["seat"][str(at)] = {"id": at, "role": "investor", "name": f"Name {at}", "by": "person", "here": True}
        table["investor"][str(at)] = {"seat": at, "type": "fund", "speciality": "any", "badges": [7 + at % spaces]}
    wall = ToldWall(open_page, look, table)
    assert wall.faults("entries", 1) == []
    assert wall.page.locator(".doors .person").count() == 10 * spaces
    assert wall.page.locator(".doors .wall-meta").count() == 0


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_aims_stand_at_one_height(open_page: OpenPage, look: Look) -> None:
    """Whoever has most names below."""
    table = _over()
    for at, maker in enumerate(table["maker"].values()):
        maker["ambition"] = ("craft", "craft", "craft", "wealth", "control")[at % 5]
    wall = ToldWall(open_page, look, table)
    assert wall.faults("aims", 1) == []
    for part in (".must", "h3", ".aim-names"):
        tops = wall.page.locator(f".aims {part}").evaluate_all("all => all.map(e => e.getBoundingClientRect().top)")
        assert max(tops) - min(tops) < 1, part


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_names_of_six_that_have_closed_are_whole(open_page: OpenPage, look: Look) -> None:
    """Beside the pieces of what they were."""
    table = town(("Bo", "Jun", "Mina", "Li", "Ana", "Ben", "Kofi", "Ines"))
    cards = ("standby-ghost-hunt", "minibus-planetarium", "traffic-light-theatre", "ferry-board-games", "pill-parrot")
    over = {"stage": 2, "closed": "funds", "closed_season": table["game"]["season"], "born": False, "sector": "city"}
    table["venture"] = {
        str(at): {"id": at, "lead": 1, "team": [1], "shares": {}, "card": card, **over}
        for at, card in enumerate((*cards, "draught-mouse"), 1)
    }
    wall = ToldWall(open_page, look, table)
    assert wall.faults("exits") == []
    assert wall.page.locator(".venture-cards b").count() == 6
    assert wall.page.evaluate(_CUT, ".venture-cards b") == []
