"""The end at a terminal: who stands where comes with the wall where a host leads, and at once where nobody does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from makersphere_clients.terminal.colours import DARK
from makersphere_clients.terminal.page import Page, Scene
from makersphere_clients.terminal.pages import console, final, story
from makersphere_clients.terminal.view import View
from makersphere_clients.terminal.words.texts import Words
from makersphere_protocol.messages import Line, You

WAITS = "The host reveals who stands where."
ROLES = ("maker", "investor", "operator")
LEAD = {"season": 2, "phase": "recap", "text": "lead_taken", "values": {"seat": 1, "role": "maker"}}
OVER: Mapping[str, Any] = {
    "game": {"status": "over", "season": 2, "phase": "recap"},
    "run": {"number": 1, "first_season": 1},
    "module": {"recap": {"phase": "recap"}},
    "figures": {"2": {"season": 2, "values": {}}},
    "seat": {str(n): {"id": n, "role": role, "name": f"P{n}"} for n, role in enumerate(ROLES, 1)},
    "score": {str(n): {"seat": n, "final": 90 + n, "place": 1} for n in (1, 2, 3)},
    "debrief": {"1": {"run": 1, "moments": {"1": LEAD}}},
}
LED = {**OVER, "room": {"pace": "host"}}
LINES = (Line("score", 9, {"seat": 2, "score": 92, "place": 1}),)


def scene_of(table: Mapping[str, Any], you: You, **shown: str | int) -> Scene:
    """Return a room after the end, with something on its wall."""
    hand: dict[str, Any] = {"legal": {"host.show": {}}} if you.kind == "host" else {}
    return Scene(View({**table, **({"show": shown} if shown else {})}, hand, you), Words("en"), DARK, LINES)


def told(scene: Scene) -> list[int]:
    """Return whose points stand on the page and in the log, and check that the rest goes with them."""
    page, log = final.page(scene).above.plain, story.log(scene).above.plain
    seats = [seat for seat in (1, 2, 3) if f"{90 + seat}  " in page]
    is_whole = seats == [1, 2, 3]
    assert (WAITS not in page, "92" in log, "takes the lead" in page) == (is_whole,) * 3
    return seats


INVESTOR, WATCHER, HOST = You("seat", 2, "investor"), You("watcher", 0, ""), You("host", 0, "")


@pytest.mark.parametrize("you", [INVESTOR, WATCHER])
def test_who_stands_where_comes_with_the_wall(you: You) -> None:
    """Role by role; and it stays once the host has gone on."""
    assert told(scene_of(LED, you)) == []
    assert told(scene_of(LED, you, scene="leaders", step=2)) == []
    assert told(scene_of(LED, you, scene="ranking", step=0, opened=1)) == [1]
    assert told(scene_of(LED, you, scene="ranking", step=2, opened=3)) == [1, 2, 3]
    for after in ("money", "why", "lobby"):
        assert told(scene_of(LED, you, scene=after, step=0, opened=3)) == [1, 2, 3]
    assert told(scene_of(LED, you, scene="aims", step=0, opened=1)) == [1]
    assert told(scene_of(LED, you, scene="slides", step=0)) == []


def test_ones_own_place_comes_with_ones_role() -> None:
    """An investor's does not stand there while only makers are shown."""
    assert "Place" not in final.page(scene_of(LED, INVESTOR, scene="ranking", step=0, opened=1)).above.plain
    assert "Place 1 of 1" in final.page(scene_of(LED, INVESTOR, scene="ranking", step=1, opened=2)).above.plain


def test_where_the_end_opens_nothing_nobody_is_told_that_it_will_be_revealed() -> None:
    """In a what-if of a game that was still played there is no ranking."""
    kept = {kind: tree for kind, tree in LED.items() if kind not in ("score", "debrief")}
    sealed = {**kept, "room": {"pace": "host", "sealed": True}}
    assert WAITS in final.page(scene_of(kept, INVESTOR)).above.plain
    assert WAITS not in final.page(scene_of(sealed, INVESTOR)).above.plain
    assert "show:ranking" not in [option.id for option in console.page(scene_of(sealed, HOST)).options]


def test_where_nobody_leads_it_is_there_at_once() -> None:
    """As in a game of bots; a game that was ended within a season had a host."""
    assert told(scene_of(OVER, INVESTOR)) == [1, 2, 3]
    assert told(scene_of({**OVER, "figures": {}}, INVESTOR)) == []


def test_a_host_sees_all_of_it_and_is_told_that_people_wait() -> None:
    """The console offers to open it first of all, until it is open."""

    def offers(page: Page) -> bool:
        assert all(f"{90 + seat}  " in page.above.plain for seat in (1, 2, 3))
        return bool(page.options) and page.options[0].id == "show:ranking"

    assert offers(console.page(scene_of(LED, HOST)))
    assert offers(console.page(scene_of(LED, HOST, scene="ranking", step=1, opened=2)))
    assert not offers(console.page(scene_of(LED, HOST, scene="ranking", step=2, opened=3)))
    assert not offers(console.page(scene_of(OVER, HOST)))


@pytest.mark.parametrize(
    ("early", "is_held"),
    [({}, True), ({"game": {**OVER["game"], "seasons": 3}}, False), ({"figures": {}}, False)],
)
def test_a_game_that_ended_early_is_held_against_no_standard_games(early: Mapping[str, Any], is_held: bool) -> None:  # noqa: FBT001
    """Those were played through all seasons: a season before the last, or within one, is no measure beside them."""
    compared = {"comparison": {str(n): {"seat": n, "better_than": 40 + n, "among_best": 50 + n} for n in (1, 2, 3)}}
    page = final.page(scene_of({**OVER, **compared, **early}, HOST, scene="ranking", step=2, opened=3)).above.plain
    assert [str(40 + n) in page for n in (1, 2, 3)] == [is_held] * 3
    assert ("Best of all roles" in page) == is_held
