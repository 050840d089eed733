"""What is long stands on the wall: names, and what a deal gives, on projectors of both shapes and in both languages."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.conftest import OpenPage
from tests.browser.rig.told_wall import LOOKS, ToldWall, town
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
